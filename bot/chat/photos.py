"""Messages with pictures: sent, put in the place of another, named rather than sent again."""

from collections.abc import Awaitable, Callable

from cachetools import LRUCache
from telegram import CallbackQuery, InputMediaPhoto
from telegram import Message as TelegramMessage
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.chat.reply import arguments, keyboard
from bot.model import Message, Picture

_FILE = "mailuo.png"
_KNOWN = 2000  # file ids; some 200 bytes each
_Photo = bytes | str  # a new one, or one that Telegram has
_Send = Callable[[_Photo], Awaitable[TelegramMessage | bool]]


class Photos:
    """Sends answers, those with a picture as photos; Telegram gets each picture once."""

    def __init__(self) -> None:
        # By the names of pictures, Telegram's numbers of their files.
        self._known: LRUCache[str, str] = LRUCache(_KNOWN)

    async def reply(self, message: TelegramMessage, answer: Message) -> None:
        """Answer a message, in its topic."""
        if answer.picture is None:
            await message.reply_text(**arguments(answer))
            return

        async def send(photo: _Photo) -> TelegramMessage:
            return await message.reply_photo(
                photo,
                filename=_FILE,
                caption=answer.text,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard(answer),
            )

        await self._send(answer.picture, send)

    async def edit(self, query: CallbackQuery, answer: Message) -> None:
        """Put an answer with a picture in the place of the message whose button was pressed."""

        async def send(photo: _Photo) -> TelegramMessage | bool:
            media = InputMediaPhoto(
                photo, caption=answer.text, parse_mode=ParseMode.HTML, filename=_FILE
            )
            return await query.edit_message_media(media, reply_markup=keyboard(answer))

        assert answer.picture is not None
        await self._send(answer.picture, send)

    async def _send(self, picture: Picture, send: _Send) -> None:
        known = self._known.get(picture.name)
        try:
            sent = await send(known or picture.png)
        except BadRequest as refusal:
            if known is None or "file" not in str(refusal).lower():
                raise
            sent = await send(picture.png)  # Telegram has forgotten it
        if isinstance(sent, TelegramMessage) and sent.photo:
            self._known[picture.name] = sent.photo[-1].file_id
