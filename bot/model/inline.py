"""What is offered where somebody types the bot's name in any chat."""

from dataclasses import dataclass

from bot.model.messages import Message


@dataclass(frozen=True, slots=True)
class Offer:
    """A story to share: how it stands in the list, and the message that is sent when chosen."""

    id: str  # unique in its list, 1 to 64 bytes
    title: str
    description: str
    message: Message  # with no other buttons than addresses


@dataclass(frozen=True, slots=True)
class Offers:
    """One page of offers. `hint` says why there are none; `next_offset` is empty on the last."""

    offers: tuple[Offer, ...] = ()
    next_offset: str = ""
    hint: str = ""
