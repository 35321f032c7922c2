"""Messages from readers: parse, ask, reply. Nothing is decided here about what to show."""

from telegram import Chat, MessageEntity, Update
from telegram import Message as TelegramMessage
from telegram.ext import BaseHandler, ContextTypes, MessageHandler, filters

from bot.chat.asking import asker
from bot.chat.links import COMMANDS as LINK_COMMANDS
from bot.chat.links import LinkDoor
from bot.chat.reply import arguments
from bot.chat.subscribing import COMMANDS as SUBSCRIPTION_COMMANDS
from bot.chat.subscribing import SubscriptionDoor
from bot.flow.answer import COMMANDS, Answers
from bot.flow.visit import Visit, Visits
from bot.model import Message
from bot.render import notes

OURS = (*COMMANDS, *SUBSCRIPTION_COMMANDS, *LINK_COMMANDS)


class Commands:
    """Handlers for commands and plain text.

    Args:
        answers: makes the answers.
        subscriptions: answers what is about subscriptions and settings.
        links: answers what is about links and complaints.
        visits: knows who asks.
    """

    def __init__(
        self,
        answers: Answers,
        subscriptions: SubscriptionDoor,
        links: LinkDoor,
        visits: Visits,
    ) -> None:
        self._answers = answers
        self._subscriptions = subscriptions
        self._links = links
        self._visits = visits

    def handlers(self) -> list["BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]"]:
        """New messages only: an edited question is not answered twice."""
        new = filters.UpdateType.MESSAGE
        private = filters.ChatType.PRIVATE
        return [
            MessageHandler(new & filters.COMMAND, self._command),
            MessageHandler(new & private & filters.TEXT, self._text),
            MessageHandler(new & private & ~filters.StatusUpdate.ALL, self._other),
        ]

    async def _command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = _message(update)
        name, addressee, asked = parse(message)
        if addressee and addressee.lower() != context.bot.username.lower():
            return
        private = message.chat.type == Chat.PRIVATE
        if name not in OURS and not (private or addressee):
            return  # in a group it may be meant for another bot
        visit = await self._visit(update)
        if name in SUBSCRIPTION_COMMANDS:
            await self._subscriptions.command(name, asked, message, visit)
        elif name in LINK_COMMANDS:
            await self._links.command(name, asked, message, visit)
        else:
            await _reply(message, await self._answers.command(name, asked, visit))

    async def _text(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        message = _message(update)
        said = await self._answers.text(message.text or "", await self._visit(update))
        await _reply(message, said)

    async def _other(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        visit = await self._visit(update)
        await _reply(_message(update), notes.note(visit.reader, visit.words.text_only))

    async def _visit(self, update: Update) -> Visit:
        by = asker(update)
        assert by is not None  # a message stands in a chat
        return await self._visits.of(by)


def parse(message: TelegramMessage) -> tuple[str, str, str]:
    """A command message as name (lower case), whom it is addressed to (or ''), and the rest."""
    text = message.text or ""
    entity = next(e for e in message.entities if e.type == MessageEntity.BOT_COMMAND)
    command = message.parse_entity(entity)
    name, _, addressee = command.removeprefix("/").partition("@")
    return name.lower(), addressee, text[len(command) :].strip()


def _message(update: Update) -> TelegramMessage:
    assert update.message is not None  # the filter lets nothing else through
    return update.message


async def _reply(message: TelegramMessage, answer: Message) -> None:
    """Reply in the same topic; in groups as a reply to the question."""
    await message.reply_text(**arguments(answer))
