"""Telegram's door: the handlers, the command menu, and what happens when something goes wrong."""

import logging
from functools import partial
from typing import Any

from telegram import Bot, Update
from telegram.constants import UpdateType
from telegram.error import Conflict, NetworkError, TelegramError
from telegram.ext import Application, ContextTypes

from bot.chat.asking import asker
from bot.chat.buttons import Buttons
from bot.chat.commands import Commands
from bot.chat.life import Life
from bot.chat.links import LinkDoor
from bot.chat.reply import arguments
from bot.chat.subscribing import SubscriptionDoor
from bot.flow.answer import Answers
from bot.flow.visit import Visits
from bot.render import notes, words

log = logging.getLogger(__name__)

UPDATES = [UpdateType.MESSAGE, UpdateType.CALLBACK_QUERY, UpdateType.MY_CHAT_MEMBER]


def hang(
    application: "Application[Any, Any, Any, Any, Any, Any]",
    answers: Answers,
    subscriptions: SubscriptionDoor,
    links: LinkDoor,
    life: Life,
    visits: Visits,
) -> None:
    """Give an application our handlers.

    Args:
        application: a python-telegram-bot application, not yet started.
        answers: makes the answers.
        subscriptions: answers what is about subscriptions and settings.
        links: answers what is about links and complaints.
        life: is told what happens to chats.
        visits: knows who asks.
    """
    application.add_handlers(
        [
            *life.handlers(),
            *Commands(answers, subscriptions, links, visits).handlers(),
            subscriptions.handler(),
            links.handler(),
            Buttons(answers, visits).handler(),
        ]
    )
    application.add_handler(life.witness(), group=-1)
    application.add_error_handler(partial(_failed, visits))


async def tell_commands(bot: Bot) -> None:
    """Set the command menu: Chinese for all, English for those whose Telegram is in English.

    The bot answers without a menu too, so a failure is only logged.
    """
    menus = ((words.SIMPLIFIED.commands, None), (words.ENGLISH.commands, "en"))
    try:
        for menu, language in menus:
            await bot.set_my_commands(list(menu.items()), language_code=language)
    except TelegramError as error:
        log.warning("the command menu could not be set: %s", error)


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
        await update.effective_message.reply_text(**arguments(said))
    except TelegramError as error:
        log.warning("nor could the reader be told: %s", error)
