"""The dated events of an article, in reading order."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from bot.digest.events import clauses, subject
from bot.digest.events.dated import Dated
from bot.digest.events.dating import Dating, dateline_end, datings
from bot.digest.events.hours import part_of_day
from bot.digest.events.kinds import SAID, kind, salience
from bot.digest.events.subject import Lean
from bot.model import DatedEvent, DateMention, EventKind

_SAYS_ENOUGH = re.compile(r"(?:\W*\w){4}")  # letters beside the date: 股价上涨
_NEAR = 40  # characters before a date that may hold its subject
# 12月1日的公告显示, 林女士反映: the rest is another clause.
_ONLY_SAYS = re.compile("(?:显示|称|表示|指出|反映|告诉[^，]{0,6}|介绍|回忆)$")
# 同日宣布, 接到投诉后: the next clause is part of it, whatever else that is dated to.
_GOES_ON = re.compile("(?:宣布|公告|决定|承诺|通知|透露|[^此之]后|之后|时|之前|期间|中|上)$")
_WHOSE = (EventKind.EVENT, EventKind.PLANNED)  # of what else is told, nothing is restored
_LEANING_DATE = re.compile(
    r"(?:此前一天|前一天|前一日|次日|翌日|第二天|隔日|同日|当日|当天|同月|当月|同年|当年|次年|次月|昨日|昨天|今日|今天"
    r"|前天|明天|明日)(?!起|\s{0,3}[\d一二三四五六七八九十])[，,]?\s{0,3}"
)


def events(read: Sequence[Dated], anchor: date | None, title: str = "") -> tuple[DatedEvent, ...]:
    """The dated events, in reading order.

    Args:
        read: the article's sentences with their dates.
        anchor: the day of the article; None when unknown: then only full dates count, and what
            leans on them.
        title: the article's title; a subject that it names may be restored.
    """
    known = "\n".join([title, title, *(one.sentence.text for one in read)])
    return tuple(e for n in range(len(read)) for e in _told(read, n, anchor, known))


def _told(
    read: Sequence[Dated], place: int, anchor: date | None, known: str
) -> Iterator[DatedEvent]:
    """The events of one sentence."""
    here = read[place]
    text = here.sentence.text
    kept = datings(text, here.mentions, anchor, here.last)
    if not kept:
        return
    starts = _starts(text, kept, here.mentions)
    for n, (dating, start) in enumerate(zip(kept, starts, strict=True)):
        end = _end(text, start, kept, starts, n)
        said = _cleaned(text, start, end, dating.mention)
        what = kind(dating, said, text, anchor)
        whose = _subject(read, place, said, known) if what in _WHOSE else ""
        if not _says_something(dating.mention, whose + said):
            start, whose = _clause_before(text, start), ""
            said = _cleaned(text, start, end, dating.mention)
            if not _says_something(dating.mention, said):
                continue
        yield DatedEvent(
            dating.when,
            said,
            here.sentence,
            salience(dating, said, what),
            what,
            whose,
            part_of_day(dating.mention, text),
            _dated(dating.mention, said, text),
        )


def _dated(mention: DateMention, said: str, text: str) -> str:
    """The date as it is written in what is told; empty where it was left out."""
    at = text.find(said)
    return mention.text if at <= mention.start and mention.end <= at + len(said) else ""


def _end(text: str, start: int, kept: Sequence[Dating], starts: Sequence[int], n: int) -> int:
    """Where the stretch of a date ends: where that of the next begins, if it is not an aside, and
    if something was said by then."""
    later = [
        s
        for d, s in zip(kept[n + 1 :], starts[n + 1 :], strict=True)
        if s > starts[n] and (kept[n].aside or not d.aside)
    ]
    for end in sorted(later):
        if not _GOES_ON.search(text[start:end].rstrip("，,： ")):
            return end
    return len(text)


def _starts(text: str, kept: Sequence[Dating], mentions: Sequence[DateMention]) -> list[int]:
    """Where the stretch of each date begins: with its clause, or with the sentence where that is
    near and the clause has no subject of its own."""
    breaks = clauses.breaks(text)
    starts = [clauses.start_of(d.mention.start, breaks) for d in kept]
    opens = dateline_end(text, mentions)
    first = starts[0]
    if opens < first < opens + _NEAR and not _stands(text, first, mentions):
        first = opens
    first = _with_speaker(text, first, breaks)
    return [max(first if s == starts[0] else s, opens) for s in starts]


def _clause_before(text: str, start: int) -> int:
    """The start of the clause before: 由副总裁接任，3月15日起生效."""
    return clauses.before(start, clauses.breaks(text))


def _with_speaker(text: str, start: int, breaks: Sequence[int]) -> int:
    """The start, moved before the clause that says who said it, where one stands right before."""
    before = clauses.before(start, breaks)
    return before if SAID.search(text, before, start) else start


def _stands(text: str, start: int, mentions: Sequence[DateMention]) -> bool:
    return subject.head(text, start, mentions).lean is Lean.STANDS


def _cleaned(text: str, start: int, end: int, mention: DateMention) -> str:
    """The stretch without what ties it to others, at most so long as a reader likes."""
    start += len(text[start:end]) - len(text[start:end].lstrip("，；、,; "))
    lead = clauses.lead(text[start:end])
    start += 0 if start <= mention.start < start + lead else lead
    leaning = _LEANING_DATE.match(text, start, end)
    start = leaning.end() if leaning else start
    stretch = text[start:end].strip("，；、 ")
    return clauses.shortened(stretch, least=max(0, mention.end - start))


def _says_something(mention: DateMention, text: str) -> bool:
    beside = text.replace(mention.text, "", 1)
    return _SAYS_ENOUGH.match(beside) is not None and not _ONLY_SAYS.search(text)


def _subject(read: Sequence[Dated], place: int, said: str, known: str) -> str:
    """The subject from the same paragraph, where the clause leans on it."""
    here = read[place]
    text = here.sentence.text
    at = text.find(said)
    lean = subject.head(text, at, here.mentions)
    if lean.lean not in (Lean.ZERO, Lean.PRONOUN):
        return ""
    before = [(r.sentence.text, r.mentions) for r in _paragraph(read, place)]
    if at > 0:
        before.append((text, here.mentions))
    first = subject.first_word(text, at, here.mentions)
    found = subject.restored(first, before, known)
    return "" if found in said else found


def _paragraph(read: Sequence[Dated], place: int) -> list[Dated]:
    """The few sentences before one in its paragraph."""
    block = read[place].sentence.block
    return [r for r in read[max(0, place - 3) : place] if r.sentence.block == block]
