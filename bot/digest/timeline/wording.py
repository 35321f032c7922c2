"""How an event is worded under the heading of its date: without what leads elsewhere.

Words go, none are added: the date once more, a day that only the article's reader knows (昨日), an
adverb that leans on a sentence which is not there (抖音还起诉过).
"""

import re

from bot.digest.events import subject
from bot.digest.events.subject import Lean
from bot.digest.sentences import balanced
from bot.model import DatedEvent, When

# A date that says no more than the heading does: no part of a day, no 初 or 末, no feast.
_PLAIN = re.compile(
    r"(?:(?:[\d〇零一二三四五六七八九]{4}\s{0,3}年|[今去前明]年)?\s{0,3}(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
    r"\s{0,3}(?:月份?|[日号])\s{0,3}){0,2}|[今昨前明][天日]|[一二两三四五六七八九十\d]{1,2}天前|上?周[一二三四五六日])"
)
_RANGE = re.compile("[至到～~—–-]")
_LED_IN = re.compile(r"(?:早在|就在|到了|而在|在|于)?\s{0,3}")
_COMMA = re.compile(r"\s{0,3}[，,]\s{0,3}(?!，|\d{1,4}\s{0,3}[年月日])")
_SHORTEST = 5  # characters that can be an entry
_NO_SUBJECT = re.compile("[因由随在对把被与和从经按据为以于就获曾已将]")

# Says a day by where the article or the sentence before stands; what follows may say more.
_FROM_THERE = re.compile(
    r"[今昨前明][天日]|次日|翌日|隔日|同日|当日|当天|[今去前明]年(?=\s{0,3}\d{1,2}\s{0,3}月)"
)
_DAY_BEFORE_HOUR = re.compile(
    r"(?:(?:(?:\d{4}|[今去前明])\s{0,3}年\s{0,3})?\d{1,2}\s{0,3}月\s{0,3})?\d{1,2}\s{0,3}[日号]\s{0,3}"
    r"(?=凌晨|清晨|早上|上午|中午|下午|傍晚|晚间|晚上|深夜|夜间|晚?\d{1,2}\s{0,3}[时点:：])"
)
_TIED_BEFORE = re.compile(r"[从自至到截直以]\s{0,3}$")
_TIED_BEHIND = re.compile(r"起|的|之|前|后|[（(、]|和|与|及|至|到|以|内|中(?!午)|头条|资本|$")
_AT = re.compile(r"于\s{0,3}$")

# Adverbs behind a subject that say 'too', where what follows needs them no further (还是, 也不).
_LEANING = re.compile(
    r"还(?![是有要能可会好需不没未款原债清击价给])|也(?![是有不没未能可会要好就门许])|又(?![一是有不称名])"
    r"|则(?=[在由于将被以从对向因遭获])|更(?=[在于将把被以从因曾])"
)
_MARK = re.compile("[，。；：]")
_PAIRED = re.compile(r"连|即使|哪怕|就算|无论|不管|不仅|不但|既|虽")


def worded(event: DatedEvent, when: When) -> str:
    """The text of an event as it stands under a date.

    Args:
        event: as an article tells it.
        when: the date of the heading.
    """
    text, dated = event.text, event.dated
    if event.when == when and text.count(dated) == 1 and not _RANGE.search(dated):
        text = _without_heading(text, dated, bool(event.subject))
    return _without_leaning(text)


def _without_heading(text: str, dated: str, has_subject: bool) -> str:
    """The text without the date it begins with, or without what only tells it from elsewhere.

    Args:
        text: of an event.
        dated: its date as it is written in the text, once.
        has_subject: whether its subject is shown before it.
    """
    at = text.find(dated)
    rest = text[at + len(dated) :]
    if _PLAIN.fullmatch(dated) and _LED_IN.fullmatch(text, 0, at):
        comma = _COMMA.match(rest)
        whole = comma or (not at and (has_subject or _stands(rest)))
        rest = rest[comma.end() :] if comma else rest
        if whole and len(rest) >= _SHORTEST:
            return rest.lstrip()
    return _without_there(text, at, dated)


def _stands(text: str) -> bool:
    return not _NO_SUBJECT.match(text) and subject.head(text, 0, ()).lean is Lean.STANDS


def _without_there(text: str, at: int, dated: str) -> str:
    """The text without 昨日, 同日 or 去年, which its heading says, or the day before an hour."""
    day = _DAY_BEFORE_HOUR.match(text) if at == 0 else None
    if day:
        return text[day.end() :]
    there = _FROM_THERE.match(dated)
    if there is None or _TIED_BEFORE.search(text, 0, at) or not balanced(text[:at]):
        return text  # what is quoted stays as it was said
    end = at + there.end()
    if _TIED_BEHIND.match(text, end):
        return text
    preposition = _AT.search(text, 0, at) if there.end() == len(dated) else None
    start = preposition.start() if preposition else at
    return (text[:start] + text[end:].lstrip()).lstrip("，, ")


def _without_leaning(text: str) -> str:
    """The text without an adverb behind its subject that leans on what was said before."""
    head = subject.head(text, 0, ())
    if head.lean is not Lean.STANDS:
        return text
    at = text.find(head.subject) + len(head.subject)
    adverb = _LEANING.match(text, at)
    if adverb is None or _PAIRED.search(text, 0, at):
        return text
    clause, *_ = _MARK.split(text[adverb.end() :], maxsplit=1)
    repeated = adverb[0] in clause  # 又快又稳
    return text if repeated else text[:at] + text[adverb.end() :]
