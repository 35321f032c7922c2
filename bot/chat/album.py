"""Pictures: commands and buttons, thin."""

from telegram import Message as TelegramMessage
from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, ContextTypes

from bot.chat.doors import pressed
from bot.chat.photos import Photos
from bot.chat.reply import quietly
from bot.errors import DrawingError
from bot.flow.answer import Answers
from bot.flow.pictures import COMMANDS, Pictures, words_before_picture
from bot.flow.visit import Visit, Visits
from bot.model import Message
from bot.render import notes
from bot.render.keys import FRESH


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

    def handlers(self) -> list["BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]"]:
        """One handler for all buttons of ours."""
        return [CallbackQueryHandler(self._press, pattern=r"^\+?p\.")]

    async def _press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        told = await pressed(update, self._visits)
        if told is None:
            return
        query, visit = told
        data, message = query.data or "", query.message
        try:
            answer = await self._pictures.press(data.removeprefix(FRESH), visit)
        except DrawingError:
            await quietly(query.answer(visit.words.picture_failed, show_alert=True))
            return
        if answer is None or not isinstance(message, TelegramMessage):
            await quietly(query.answer(visit.words.old_button))
            return
        await quietly(query.answer())
        await self._shown(answer, message, update)

    async def _shown(self, answer: Message, message: TelegramMessage, update: Update) -> None:
        query = update.callback_query
        assert query is not None
        in_place = answer.picture is not None and not (query.data or "").startswith(FRESH)
        if in_place:
            await quietly(self._photos.edit(query, answer))
        else:  # a photo cannot become a text
            await self._photos.reply(message, answer)
