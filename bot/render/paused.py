"""Why nothing is sent to a chat, in a reader's words rather than in Telegram's."""

from bot.model.moving import IMPORTED
from bot.render.reader import Reader

# What Telegram answers, in lower case; the first that fits.
_SIGNS = (
    ("away", ("blocked", "kicked", "left", "not a member", "banned", IMPORTED)),
    ("muted", ("not enough rights", "no rights", "administrator rights", "write_forbidden",
               "restricted")),
    ("gone", ("not found", "deactivated", "peer_id_invalid", "deleted")),
)  # fmt: skip


def paused(reason: str, reader: Reader) -> str:
    """A sentence for why a chat is paused.

    Args:
        reason: as it was kept: Telegram's error, or the bot's status in the chat.
        reader: for whom.
    """
    low = reason.lower()
    found = (why for why, signs in _SIGNS if any(sign in low for sign in signs))
    return reader.words.subscriptions_paused[next(found, "other")]
