"""Pictures: commands and buttons, thin."""

from telegram import Message as TelegramMessage
from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, ContextTypes

from bot.chat.asking import asker
from bot.chat.photos import Photos
from bot.chat.reply import quietly
from bot.errors import DrawingError
from bot.flow.pictures import Pictures
from bot.flow.visit import Visit, Visits
from bot.model import Message
from bot.render import notes
from bot.render.keys import FRESH


class Album:
    """Hands what is asked for as a picture to those who draw.

    Args:
        pictures: makes the answers.
        visits: knows who asks.
    """

    def __init__(self, pictures: Pictures, visits: Visits) -> None:
        self._pictures = pictures
        self._visits = visits
        self._photos = Photos()

    async def trends(self, message: TelegramMessage, visit: Visit) -> None:
        """Answer /trends."""
        await self._photos.reply(message, await self._pictures.trends(visit))

    async def timeline(self, said: str, message: TelegramMessage, visit: Visit) -> bool:
        """Answer /timeline with a picture; False where there is nothing to draw.

        Args:
            said: what it is to be about.
            message: the question.
            visit: who asks.
        """
        try:
            answer = await self._pictures.timeline(said, visit)
        except DrawingError:
            answer = notes.note(visit.reader, visit.words.picture_failed)
        if answer is not None:
            await self._photos.reply(message, answer)
        return answer is not None

    def handler(self) -> "BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]":
        """One handler for all buttons of ours."""
        return CallbackQueryHandler(self._press, pattern=r"^\+?p\.")

    async def _press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        query, by = update.callback_query, asker(update)
        assert query is not None  # the handler lets nothing else through
        data, message = query.data or "", query.message
        if by is None:
            await quietly(query.answer())
            return
        visit = await self._visits.of(by)
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
