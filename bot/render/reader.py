"""For whom a message is made: when it is read, and in which zone, words and script."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.model import NameKind, StoredArticle
from bot.model.links import PRIVATE, LinkPolicy
from bot.render.traditional import traditional, traditional_html
from bot.render.words import Catalogue, of
from bot.render.words.simplified import SIMPLIFIED


@dataclass(frozen=True, slots=True)
class Reader:
    """Everything about a reader that a screen depends on.

    `fresh` says that the message is read at once, as an answer is; what waits in a queue says no
    'just now'. `people` are those that the articles shown name; `links` says what may be opened.
    """

    now: datetime  # UTC
    zone: ZoneInfo
    words: Catalogue = SIMPLIFIED
    fresh: bool = True
    people: frozenset[str] = frozenset()
    links: LinkPolicy = PRIVATE

    @classmethod
    def speaking(
        cls, language: str, now: datetime, zone: ZoneInfo, *, fresh: bool = True
    ) -> "Reader":
        """A reader of a language, as Telegram or the reader names it."""
        return cls(now, zone, of(language), fresh)

    @property
    def today(self) -> date:
        """The day that it is where the reader is."""
        return self.now.astimezone(self.zone).date()

    @property
    def reads_traditional(self) -> bool:
        """Whether articles are shown in Traditional characters."""
        return self.words.code == "zh-hant"

    def naming(self, articles: Iterable[StoredArticle]) -> "Reader":
        """The same reader, for whom some articles are shown: their people keep their surnames."""
        if not self.reads_traditional:
            return self
        names = (name for stored in articles for name in stored.digest.names)
        people = frozenset(name.text for name in names if name.kind is NameKind.PERSON)
        return replace(self, people=people)

    def script(self, text: str) -> str:
        """A text in the characters that the reader reads."""
        return traditional(text, self.people) if self.reads_traditional else text

    def script_html(self, html: str) -> str:
        """HTML in the characters that the reader reads; tags stay as they are."""
        return traditional_html(html, self.people) if self.reads_traditional else html
