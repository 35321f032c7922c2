"""ASK, by a reply to one of our messages: a question of one word about the story it shows."""

from collections.abc import Sequence

from bot.digest import questions
from bot.flow.answer import Answers
from bot.flow.lookup import Lookup
from bot.flow.visit import Visit
from bot.model import Button, EventKind, Message, StoryView, TimelineEvent
from bot.model.questions import Question
from bot.render import questions as screens
from bot.render.actions import Action, Screen
from bot.render.reader import Reader
from bot.render.shown import Shown

EVENTS = 6
LAST_EVENTS = 3
_CAME_OF_IT = (EventKind.EVENT, EventKind.PLANNED, EventKind.REACTION)


class Questions:
    """Answers questions about a story from its own articles.

    Args:
        answers: makes the screens that there are anyway.
        lookup: finds the story.
        username: the bot's, without @.
    """

    def __init__(self, answers: Answers, lookup: Lookup, username: str) -> None:
        self._answers = answers
        self._lookup = lookup
        self._username = username

    async def answer(self, said: str, buttons: Sequence[Button], visit: Visit) -> Message | None:
        """The answer to a reply; None when it asks nothing that we understand.

        Args:
            said: the reply.
            buttons: of the message that it answers, which is ours.
            visit: who asks.
        """
        asked, shown, reader = questions.asked(said), Shown(buttons, self._username), visit.reader
        if asked is None:
            return None
        number = shown.story(asked.number)
        if number is not None:
            return await self._about(asked.question, number, reader)
        if shown.several:
            return screens.which(asked.question, shown.first_number, reader)
        return None

    async def _about(self, question: Question, number: int, reader: Reader) -> Message:
        view = await self._lookup.story(number)
        if view is None or question is Question.SOURCE:
            return await self._answers.show(Action(Screen.SOURCES, number), reader)
        if question in (Question.WHEN, Question.OUTCOME):
            events = await self._events(question, view)
            return screens.dated(question, view, events, reader)
        return screens.answer(question, view, questions.found(question, view), reader)

    async def _events(self, question: Question, view: StoryView) -> Sequence[TimelineEvent]:
        full = question is Question.OUTCOME
        events = (await self._lookup.storyline(view.story.id, full=full)).events
        if full:
            return [event for event in events if event.kind in _CAME_OF_IT][-LAST_EVENTS:]
        telling = sorted(events, key=lambda event: -event.salience)[:EVENTS]
        return [event for event in events if event in telling]
