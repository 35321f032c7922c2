"""The answer to a question about a story: sentences with the numbers of their sources."""

import re
from collections.abc import Sequence

from bot.model import Message, StoredArticle, StoryView, TimelineEvent
from bot.model.questions import Found, Question
from bot.render.actions import Action, Screen
from bot.render.keys import Row, button, fresh, message
from bot.render.notes import filled
from bot.render.reader import Reader
from bot.render.rich import Rich, bold, clean, clip, join, soft, text
from bot.render.stories import SENTENCE_UNITS, TITLE_UNITS, heading, marked, published
from bot.render.times import when
from bot.render.typography import spaced


def answer(
    question: Question, view: StoryView, answers: Sequence[Found], reader: Reader
) -> Message:
    """Sentences that answer; a kind word where there are none."""
    marks = _Marks()
    blocks = [_found(found, marks) for found in answers]
    return _answer(question, view, blocks, marks, reader)


def dated(
    question: Question, view: StoryView, events: Sequence[TimelineEvent], reader: Reader
) -> Message:
    """Dated events that answer, oldest first; a kind word where there are none."""
    marks = _Marks()
    blocks = [_event(event, marks, reader) for event in events]
    return _answer(question, view, blocks, marks, reader)


def which(question: Question, number: int, reader: Reader) -> Message:
    """The question back: which of several stories is meant."""
    asked = reader.words.questions[question]
    return message(reader, [filled(reader.words.which_story, number=number, question=asked)])


class _Marks:
    """Articles, numbered as they are cited."""

    def __init__(self) -> None:
        self.cited: list[StoredArticle] = []

    def __call__(self, article: StoredArticle) -> str:
        if all(article.id != other.id for other in self.cited):
            self.cited.append(article)
        place = next(n for n, other in enumerate(self.cited, 1) if other.id == article.id)
        return f"[{place}]"


def _found(found: Found, marks: _Marks) -> Rich:
    """The sentence, with what answers in bold, and its mark."""
    said = clip(clean(spaced(found.cited.sentence.text)), SENTENCE_UNITS)
    named = "|".join(re.escape(clean(spaced(name))) for name in found.named)
    if not named:
        return marked(text(said), marks(found.cited.article))
    pieces = re.split(f"({named})", said)  # every other one is a name
    parts = (bold(piece) if n % 2 else text(piece) for n, piece in enumerate(pieces))
    return marked(join(parts, ""), marks(found.cited.article))


def _event(event: TimelineEvent, marks: _Marks, reader: Reader) -> Rich:
    date = when(event.when, reader.words)
    day = bold(date + ("" if event.when.certain else reader.words.about_then))
    said = marked(text(spaced(event.text), SENTENCE_UNITS), marks(event.sources[0].article))
    if event.subject:
        said = filled(reader.words.of_whom, subject=event.subject) + said
    return join([day, said])


def _answer(
    question: Question, view: StoryView, blocks: Sequence[Rich], marks: _Marks, reader: Reader
) -> Message:
    reader = reader.naming(view.story.articles)
    head = heading(text(reader.words.questions[question]), text(spaced(view.title), TITLE_UNITS))
    sources = [
        text(f"[{number}] ") + published(article, reader)
        for number, article in enumerate(marks.cited, 1)
    ]
    told = blocks or [text(reader.words.not_told)]
    return message(reader, [head, *told, soft(join(sources))], _ways_on(view.story.id, reader))


def _ways_on(story: int, reader: Reader) -> Row:
    """As messages of their own: the answer stays, and may be asked about in turn."""
    words = reader.words
    return tuple(
        fresh(button(label, Action(screen, story)))
        for label, screen in (
            (words.to_story, Screen.STORY),
            (words.to_timeline, Screen.STORYLINE),
            (words.to_sources, Screen.SOURCES),
        )
    )
