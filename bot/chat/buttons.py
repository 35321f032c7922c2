"""Presses on the buttons of the news: the message is edited in place."""

from bot.chat.presses import Handler, Press, handler
from bot.flow.answer import Answers
from bot.flow.visit import Visits


class Buttons:
    """The handler for presses.

    Args:
        answers: makes the screens.
        visits: knows who asks.
    """

    def __init__(self, answers: Answers, visits: Visits) -> None:
        self._answers = answers
        self._visits = visits

    def handler(self) -> Handler:
        """One handler for all buttons."""
        return handler(self._press, self._visits)

    async def _press(self, press: Press) -> None:
        screen = await self._answers.press(press.data, press.visit)
        if screen is None:
            await press.answer_old()
            return
        await press.answer()
        await press.show(screen)
