"""What a search found: articles, each with the sentence that holds the words."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.model import Cited, Message, StoredArticle
from bot.model.delivery import ScopeKind
from bot.render import words
from bot.render.actions import Action, Screen
from bot.render.keys import button, fresh, message, numbers, setup, turning
from bot.render.notes import filled
from bot.render.rich import Rich, bold, join, text
from bot.render.setup import Setup, Step
from bot.render.stories import SENTENCE_UNITS, TITLE_UNITS, heading, published

PER_PAGE = 5


def found(
    articles: Sequence[tuple[StoredArticle, Cited | None]],
    total: int,
    query: str,
    action: Action,
    now: datetime,
    zone: ZoneInfo,
) -> Message:
    """One page of articles, newest first, each with the sentence that answers the query."""
    first = action.page * PER_PAGE + 1
    entries = [_entry(first + n, a, cited, now, zone) for n, (a, cited) in enumerate(articles)]
    head = heading(
        filled(words.SEARCH_ABOUT, query=query), filled(words.COUNT_ARTICLES, total=total)
    )
    return message(
        [head, *entries],
        numbers(first, [action.to(Screen.STORY, a.story_id) for a, _ in articles]),
        turning(action, -(-total // PER_PAGE)),
        (
            button(words.TO_TIMELINE, Action(Screen.TIMELINE, phrase=action.phrase)),
            fresh(setup(words.TO_SUBSCRIBE, Setup(Step.RHYTHM, ScopeKind.WORDS, action.phrase))),
        ),
    )


def _entry(
    number: int, stored: StoredArticle, cited: Cited | None, now: datetime, zone: ZoneInfo
) -> Rich:
    lines = [bold(f"{number}. {stored.article.title}", TITLE_UNITS)]
    if cited is not None:
        lines.append(text(cited.sentence.text, SENTENCE_UNITS))
    by = published(stored, now, zone)
    return join([*lines, Rich(f"<i>{by.html}</i>", by.units)])
