"""Telegram's door: the handlers, and what happens when something goes wrong."""

import logging
from collections.abc import Sequence
from functools import partial
from typing import Any

from telegram import Update
from telegram.constants import UpdateType
from telegram.error import Conflict, NetworkError, TelegramError
from telegram.ext import Application, ContextTypes

from bot.chat.asking import asker
from bot.chat.buttons import Buttons
from bot.chat.commands import Commands
from bot.chat.doors import Door
from bot.chat.inline import Inline
from bot.chat.life import Life
from bot.chat.reply import arguments, quietly
from bot.flow.answer import Answers
from bot.flow.inline import Sharing
from bot.flow.question import Questions
from bot.flow.visit import Visits
from bot.render import notes

log = logging.getLogger(__name__)

UPDATES = [
    UpdateType.MESSAGE,
    UpdateType.EDITED_MESSAGE,
    UpdateType.CHANNEL_POST,
    UpdateType.CALLBACK_QUERY,
    UpdateType.INLINE_QUERY,
    UpdateType.MY_CHAT_MEMBER,
]


def hang(
    application: "Application[Any, Any, Any, Any, Any, Any]",
    answers: Answers,
    questions: Questions,
    sharing: Sharing,
    doors: Sequence[Door],
    life: Life,
    visits: Visits,
) -> None:
    """Give an application our handlers.

    Args:
        application: a python-telegram-bot application, not yet started.
        answers: makes the answers.
        questions: answers replies that ask of a story.
        sharing: offers stories to share.
        doors: answer what is about their subjects.
        life: is told what happens to chats.
        visits: knows who asks.
    """
    application.add_handlers(
        [
            *life.handlers(),
            *Commands(answers, questions, doors, visits).handlers(),
            *(handler for door in doors for handler in door.handlers()),
            Buttons(answers, visits).handler(),
            Inline(sharing, visits).handler(),
        ]
    )
    application.add_handler(life.witness(), group=-1)
    application.add_error_handler(partial(_failed, visits))


def polling_failed(error: TelegramError) -> None:
    """Log why updates could not be fetched, in words an operator can act on."""
    if isinstance(error, Conflict):
        log.error(
            "Telegram answers 409: another program fetches updates with this token. "
            "Stop it (or wait until it ends); updates are kept meanwhile."
        )
    elif isinstance(error, NetworkError):
        log.warning("Telegram cannot be reached, trying again: %s", error)
    else:
        log.error("updates could not be fetched: %s", error)


async def _failed(visits: Visits, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """The outer door: log what no handler caught, and tell the reader kindly."""
    log.error("an update could not be answered", exc_info=context.error)
    by = asker(update) if isinstance(update, Update) else None
    if not isinstance(update, Update) or update.effective_message is None or by is None:
        return
    visit = visits.unknown(by)
    said = notes.note(visit.reader, visit.words.something_wrong)
    try:
        if update.callback_query is not None:
            await quietly(update.callback_query.answer())
        await update.effective_message.reply_text(**arguments(said))
    except TelegramError as error:
        log.warning("nor could the reader be told: %s", error)
