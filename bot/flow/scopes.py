"""Which stories a scope holds: its words are cut as the index was."""

from bot.digest import words
from bot.digest.wish import excluded
from bot.model.delivery import Scope, ScopeKind
from bot.store import Store


async def news(
    store: Store, scope: Scope, after: int, upto: int, *, bare: bool = False
) -> list[int]:
    """The stories that have new articles within a scope, those with the newest first.

    Args:
        store: an open store.
        scope: what is asked for.
        after: articles of higher numbers are new …
        upto: … up to this.
        bare: also articles that say what is not wanted.
    """
    about_words = scope.kind is ScopeKind.WORDS
    wanted, unwanted = excluded(scope.value) if about_words else ([], [])
    return await store.stories.news(
        scope,
        words.query(" ".join(wanted)),
        [] if bare else [words.query(word) for word in unwanted],
        after,
        upto,
    )
