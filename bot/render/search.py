"""What a search found: articles, each with the sentence that holds the words."""

from collections.abc import Sequence

from bot.model import Cited, Message, StoredArticle
from bot.model.delivery import ScopeKind
from bot.render.actions import Action, Screen
from bot.render.keys import button, fresh, message, numbers, setup, turning
from bot.render.notes import filled
from bot.render.reader import Reader
from bot.render.rich import Rich, join, soft
from bot.render.setup import Setup, Step
from bot.render.stories import deck, heading, headline, published

PER_PAGE = 5
SENTENCE_UNITS = 200


def found(
    articles: Sequence[tuple[StoredArticle, Cited | None]],
    total: int,
    query: str,
    action: Action,
    reader: Reader,
) -> Message:
    """One page of articles, newest first, each with the sentence that answers the query."""
    reader = reader.naming(article for article, _ in articles)
    first = action.page * PER_PAGE + 1
    entries = [_entry(first + n, a, cited, reader) for n, (a, cited) in enumerate(articles)]
    head = heading(
        filled(reader.words.search_about, query=query),
        filled(reader.words.count_articles, total=total),
    )
    return message(
        reader,
        [head, *entries],
        numbers(first, [action.to(Screen.STORY, a.story_id) for a, _ in articles]),
        turning(action, -(-total // PER_PAGE), reader),
        (
            button(reader.words.to_timeline, Action(Screen.TIMELINE, phrase=action.phrase)),
            fresh(
                setup(reader.words.to_subscribe, Setup(Step.RHYTHM, ScopeKind.WORDS, action.phrase))
            ),
        ),
    )


def _entry(
    number: int,
    stored: StoredArticle,
    cited: Cited | None,
    reader: Reader,
) -> Rich:
    lines = [headline(stored.article.title, f"{number}. ")]
    if cited is not None:
        lines.append(deck(cited.sentence.text, SENTENCE_UNITS))
    return join([*lines, soft(published(stored, reader))])
