"""Which stories a scope holds, and what its words name; in either script."""

from datetime import datetime

from bot.digest import words
from bot.digest.script import same_name, simplified
from bot.digest.wish import excluded
from bot.model.delivery import Scope, ScopeKind
from bot.store import Store


async def news(
    store: Store,
    scope: Scope,
    after: int,
    upto: int,
    *,
    bare: bool = False,
    told_until: datetime | None = None,
) -> list[int]:
    """The stories that have new articles within a scope, those with the newest first.

    Args:
        store: an open store.
        scope: what is asked for.
        after: articles of higher numbers are new …
        upto: … up to this.
        bare: also articles that say what is not wanted.
        told_until: not what was published before (UTC).
    """
    about_words = scope.kind is ScopeKind.WORDS
    wanted, unwanted = excluded(scope.value) if about_words else ([], [])
    return await store.stories.news(
        scope,
        words.query(" ".join(wanted)),
        [] if bare else [words.query(word) for word in unwanted],
        after,
        upto,
        told_until,
    )


async def outlet_named(store: Store, name: str) -> str | None:
    """The outlet of a name as the store writes it, whatever the script and the case of letters."""
    counts = await store.articles.outlets()
    return next((c.outlet for c in counts if same_name(c.outlet, name)), None)


async def category_named(store: Store, name: str) -> str | None:
    """The category of a name, typed in its script or in Traditional characters."""
    for written in dict.fromkeys((name, simplified(name))):
        if await store.articles.has_category(written):
            return written
    return None


def same(one: Scope, other: Scope) -> bool:
    """Whether two scopes are about the same."""
    return one.kind is other.kind and same_name(one.value, other.value)
