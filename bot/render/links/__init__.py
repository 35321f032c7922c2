"""Links as a chat wants them: cleaned, the domain to be seen, opened directly or not at all."""

import re

from bot.model import Button
from bot.model.links import GROUP, PRIVATE, LinkPolicy, LinkRule, ShownLink
from bot.render.links.bare import guarded
from bot.render.links.judging import judge
from bot.render.reader import Reader
from bot.render.rich import Rich, code, link, text

__all__ = ["GROUP", "PRIVATE", "default", "guarded", "judge", "opening", "rendered", "under"]

LABEL_UNITS = 60
_LINKED = re.compile(r"\w\.[^\W\d_]{2}|://|@\w")  # what Telegram makes a link of by itself


def default(chat_kind: str) -> LinkPolicy:
    """What is done with links where nobody has chosen; `chat_kind` as Telegram names it."""
    return PRIVATE if chat_kind == "private" else GROUP


def under(chosen: LinkPolicy, chat_kind: str) -> LinkPolicy:
    """What is done with links where a chat has chosen something: its own choice, else the default.

    Args:
        chosen: by the chat.
        chat_kind: as Telegram names it.
    """
    kinds = {**default(chat_kind).kinds, **chosen.kinds}
    return LinkPolicy(kinds, chosen.domains, chosen.blocked)


def opening(address: str, label: str, reader: Reader) -> tuple[Button, ...]:
    """A button that opens the original of an article, where the reader's chat opens such."""
    shown = judge(address, reader.links, original=True)
    return (Button(label, url=shown.url),) if shown.url else ()


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
