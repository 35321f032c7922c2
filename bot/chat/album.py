"""Pictures: commands and buttons, thin."""

from telegram import Message as TelegramMessage

from bot.chat.photos import Photos
from bot.chat.presses import Handler, Press, handler
from bot.chat.reply import quietly
from bot.errors import DrawingError
from bot.flow.answer import Answers
from bot.flow.pictures import COMMANDS, Pictures, words_before_picture
from bot.flow.visit import Visit, Visits
from bot.model import Message
from bot.render import notes


class Album:
    """Hands what is asked for as a picture to those who draw.

    Args:
        pictures: makes the answers.
        answers: makes them where there is nothing to draw.
        visits: knows who asks.
    """

    commands = (*COMMANDS, "timeline")

    def __init__(self, pictures: Pictures, answers: Answers, visits: Visits) -> None:
        self._pictures = pictures
        self._answers = answers
        self._visits = visits
        self._photos = Photos()

    async def command(self, name: str, said: str, message: TelegramMessage, visit: Visit) -> bool:
        """Answer /trends, and a /timeline that asks for a picture."""
        if name == "trends":
            await self._photos.reply(message, await self._pictures.trends(visit))
            return True
        wanted = words_before_picture(said)
        if wanted is None:
            return False
        await self._photos.reply(message, await self._timeline(wanted, visit))
        return True

    async def _timeline(self, wanted: str, visit: Visit) -> Message:
        """As a picture; in words where there is nothing to draw."""
        try:
            drawn = await self._pictures.timeline(wanted, visit)
        except DrawingError:
            return notes.note(visit.reader, visit.words.picture_failed)
        return drawn or await self._answers.command("timeline", wanted, visit)

    def handlers(self) -> list[Handler]:
        """One handler for all buttons of ours."""
        return [handler(self._press, self._visits, r"^\+?p\.")]

    async def _press(self, press: Press) -> None:
        try:
            answer = await self._pictures.press(press.data, press.visit)
        except DrawingError:
            await press.answer(press.visit.words.picture_failed, alert=True)
            return
        if answer is None:
            await press.answer_old()
            return
        await press.answer()
        if answer.picture is not None and not press.fresh:
            await quietly(self._photos.edit(press.query, answer))
        else:  # a photo cannot become a text
            await self._photos.reply(press.message, answer)
