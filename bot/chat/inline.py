"""Inline mode: somebody types @bot and a word in any chat, and gets stories to share."""

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.ext import BaseHandler, ContextTypes, InlineQueryHandler

from bot.chat.asking import private_asker
from bot.chat.reply import arguments, quietly
from bot.flow.inline import Sharing
from bot.flow.visit import Visits
from bot.model.inline import Offer, Offers
from bot.render.deep_links import HINT

CACHE_SECONDS = 30  # news grows old, and one types a word letter by letter


class Inline:
    """The handler for inline queries.

    Args:
        sharing: makes the offers.
        visits: knows who asks.
    """

    def __init__(self, sharing: Sharing, visits: Visits) -> None:
        self._sharing = sharing
        self._visits = visits

    def handler(self) -> "BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]":
        """One handler for all of them."""
        return InlineQueryHandler(self._answer)

    async def _answer(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.inline_query
        assert query is not None  # the handler lets nothing else through
        visit = await self._visits.of(private_asker(query.from_user))
        offers = await self._sharing.offers(query.query, query.offset, visit)
        # Language and zone are the asker's, so what is made for one is not for another.
        answer = query.answer(
            [_result(offer) for offer in offers.offers],
            cache_time=CACHE_SECONDS,
            is_personal=True,
            next_offset=offers.next_offset or None,  # an empty one would be sent as a list
            button=_hint(offers),
        )
        await quietly(answer)


def _result(offer: Offer) -> InlineQueryResultArticle:
    sent = arguments(offer.message)
    keyboard = sent.pop("reply_markup")
    return InlineQueryResultArticle(
        offer.id,
        offer.title,
        InputTextMessageContent(sent.pop("text"), **sent),
        reply_markup=keyboard,
        description=offer.description,
    )


def _hint(offers: Offers) -> InlineQueryResultsButton | None:
    return InlineQueryResultsButton(offers.hint, start_parameter=HINT) if offers.hint else None
