"""What becomes of a link under a policy."""

from urllib.parse import urlsplit

from bot.model.links import LinkKind, LinkPolicy, LinkRule, ShownLink
from bot.render.links.clean import cleaned
from bot.render.links.hosts import KINDS, SHORTENERS, above, known
from bot.render.links.names import is_figures, registrable, shown_name


def judge(address: str, policy: LinkPolicy, *, original: bool = False) -> ShownLink:
    """What becomes of a link in a chat.

    Args:
        address: as an article holds it; anything.
        policy: the chat's.
        original: whether it is the report itself.
    """
    url = cleaned(address)
    host = urlsplit(url).hostname or ""
    kind = LinkKind.ORIGINAL if original else known(host, KINDS) or LinkKind.OTHER
    rule = _rule(host, kind, policy)
    if rule is LinkRule.HIDE:
        return ShownLink(kind, rule)
    shortened = known(host, SHORTENERS) or False
    openable = url if rule is LinkRule.DIRECT else ""
    return ShownLink(kind, rule, openable, _domain(host), shortened)


def _rule(host: str, kind: LinkKind, policy: LinkPolicy) -> LinkRule:
    if not host:
        return LinkRule.HIDE
    if known(host, dict.fromkeys(policy.blocked, True)):
        return LinkRule.HIDE
    rule = known(host, policy.domains) or policy.kinds.get(kind, LinkRule.TEXT)
    # Nobody can tell from an address in figures where it leads.
    return LinkRule.TEXT if is_figures(host) and rule is LinkRule.DIRECT else rule


def _domain(host: str) -> str:
    """The name that answers for a link; a shortener in full, as it is known by that."""
    if is_figures(host):
        return host
    return shown_name(next((n for n in above(host) if n in SHORTENERS), registrable(host)))
