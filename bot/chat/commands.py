"""Messages from readers: parse, ask, reply. Nothing is decided here about what to show."""

from collections.abc import Sequence

from telegram import Chat, MessageEntity, Update
from telegram import Message as TelegramMessage
from telegram.error import BadRequest
from telegram.ext import BaseHandler, ContextTypes, MessageHandler, filters

from bot.chat.answered import Answered
from bot.chat.asking import asker, buttons, of_bot
from bot.chat.doors import Door
from bot.chat.reply import UNCHANGED, arguments
from bot.flow.answer import COMMANDS, Answers
from bot.flow.question import Questions
from bot.flow.visit import Visit, Visits
from bot.model import Message
from bot.render import notes

# What another bot wrote, or a channel that the group belongs to.
_SOMEBODY_ELSES = filters.VIA_BOT | filters.IS_AUTOMATIC_FORWARD


class Commands:
    """Handlers for commands and plain text.

    Args:
        answers: makes the answers about the news.
        questions: answers replies that ask of a story.
        doors: answer what is about their subjects; each is asked before the news.
        visits: knows who asks.
    """

    def __init__(
        self, answers: Answers, questions: Questions, doors: Sequence[Door], visits: Visits
    ) -> None:
        self._answers = answers
        self._questions = questions
        self._doors = doors
        self._visits = visits
        self._answered = Answered()
        self._ours = {*COMMANDS, *(name for door in doors for name in door.commands)}

    def handlers(self) -> list["BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]"]:
        """Commands anywhere, also edited ones; words in private, and in replies to us."""
        private = filters.ChatType.PRIVATE
        new = filters.UpdateType.MESSAGE & ~_SOMEBODY_ELSES
        typed = filters.UpdateType.MESSAGES & ~_SOMEBODY_ELSES
        posted = filters.UpdateType.CHANNEL_POST
        return [
            MessageHandler((typed | posted) & filters.COMMAND & ~filters.FORWARDED, self._command),
            MessageHandler(typed & (private | filters.REPLY) & filters.TEXT, self._text),
            MessageHandler(new & private & ~filters.StatusUpdate.ALL, self._other),
        ]

    async def _command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = _message(update)
        name, addressee, asked = parse(message)
        if addressee and addressee.lower() != context.bot.username.lower():
            return
        private = message.chat.type == Chat.PRIVATE
        if name not in self._ours and not (private or addressee):
            return  # in a group it may be meant for another bot
        if not self._answered.wants(message):
            return
        visit = await self._visit(update)
        for door in self._doors:
            if name in door.commands and await door.command(name, asked, message, visit):
                self._answered.keep(message)
                return
        await self._reply(message, await self._answers.command(name, asked, visit))

    async def _text(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A question about the story that it is a reply to; else a search, but not in a group."""
        message, replied = _message(update), _message(update).reply_to_message
        if not self._answered.wants(message):
            return
        said, visit, answer = message.text or "", await self._visit(update), None
        if replied is not None and of_bot(replied, context.bot.id):
            answer = await self._questions.answer(said, buttons(replied), visit)
        if answer is None and message.chat.type == Chat.PRIVATE:
            answer = await self._answers.text(said, visit)
        if answer is not None:
            await self._reply(message, answer)

    async def _other(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        visit = await self._visit(update)
        await self._reply(_message(update), notes.note(visit.reader, visit.words.text_only))

    async def _reply(self, message: TelegramMessage, answer: Message) -> None:
        """Reply in the same topic, in groups as a reply to the question; or, where the question
        was edited, edit what was answered before."""
        before = self._answered.answer(message)
        if before is not None and await _edited(message, before, answer):
            self._answered.keep(message, before)
            return
        sent = await message.reply_text(**arguments(answer))
        self._answered.keep(message, sent.message_id)

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
    message = update.effective_message
    assert message is not None  # the filter lets nothing else through
    return message


async def _edited(question: TelegramMessage, number: int, answer: Message) -> bool:
    """Give an earlier answer new words; False when it is no longer there to be edited."""
    bot = question.get_bot()
    edit = bot.edit_message_text(chat_id=question.chat.id, message_id=number, **arguments(answer))
    try:
        await edit
    except BadRequest as refusal:
        return UNCHANGED in str(refusal).lower()
    return True
