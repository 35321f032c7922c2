"""Links as a chat wants them: cleaned, the domain to be seen, opened directly or not at all."""

import re
from urllib.parse import urlsplit

from bot.model.links import LinkKind, LinkPolicy, LinkRule, ShownLink
from bot.render.links.clean import cleaned
from bot.render.links.hosts import KINDS, SHORTENERS, above, known
from bot.render.links.names import is_figures, registrable, shown_name
from bot.render.reader import Reader
from bot.render.rich import Rich, code, link, text

# In private everything opens; in a group what the group came for, and the rest can be read.
PRIVATE = LinkPolicy(dict.fromkeys(LinkKind, LinkRule.DIRECT))
GROUP = LinkPolicy({LinkKind.ORIGINAL: LinkRule.DIRECT, LinkKind.SHOPPING: LinkRule.DIRECT})
LABEL_UNITS = 60
_LINKED = re.compile(r"\w\.[^\W\d_]{2}|://|@\w")  # what Telegram makes a link of by itself


def default(chat_kind: str) -> LinkPolicy:
    """What is done with links where nobody has chosen; `chat_kind` as Telegram names it."""
    return PRIVATE if chat_kind == "private" else GROUP


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
    rule = known(host, policy.domains) or policy.kinds.get(kind, LinkRule.TEXT)
    # Nobody can tell from an address in figures where it leads.
    return LinkRule.TEXT if is_figures(host) and rule is LinkRule.DIRECT else rule


def _domain(host: str) -> str:
    """The name that answers for a link; a shortener in full, as it is known by that."""
    if is_figures(host):
        return host
    return shown_name(next((n for n in above(host) if n in SHORTENERS), registrable(host)))


def rendered(shown: ShownLink, label: str, reader: Reader) -> Rich:
    """A link in a message: its label, and where it leads.

    A domain that may only be read is set as code, since Telegram makes a link of a bare one.
    """
    if shown.rule is LinkRule.HIDE:
        return text("" if _LINKED.search(label) else label, LABEL_UNITS)
    about = (
        reader.words.link_shortened.format(domain=shown.domain) if shown.shortened else shown.domain
    )
    if shown.rule is LinkRule.DIRECT:
        named = link(shown.url, label, LABEL_UNITS)
        return named + " " + code(about) if named.units else link(shown.url, about)
    named = code(label, LABEL_UNITS) if _LINKED.search(label) else text(label, LABEL_UNITS)
    return named + " " + code(about) if named.units else code(about)
