"""The list of chats goes from one database to another, also to that of another bot account.

A bot cannot write first to a person, and must be added to a group or channel by somebody there. So
chats that arrive are paused until they meet this bot; then their subscriptions go on.
"""

from collections.abc import AsyncIterator, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from bot.digest.due import next_slot
from bot.model.moving import IMPORTED, Added, ListedChat
from bot.sources import chatlist
from bot.store import Store
from bot.store.listing import AT_ONCE, Arrival


@dataclass(slots=True)
class Arrived:
    """An import: what was read, what of it was new, and which chats wait until they meet the
    bot."""

    chats: int = 0
    subscriptions: int = 0
    added: Added = field(default_factory=Added)
    persons: int = 0  # who must press /start
    groups: list[tuple[int, str]] = field(default_factory=list)  # number and title

    def note(self, chats: Sequence[ListedChat], added: Added, waiting: Collection[int]) -> None:
        """Note what became of some chats, of which some wait."""
        self.chats += len(chats)
        self.subscriptions += sum(len(chat.subscriptions) for chat in chats)
        self.added += added
        theirs = [chat.settings for chat in chats if chat.settings.id in waiting]
        groups = [(chat.id, chat.title) for chat in theirs if chat.kind != "private"]
        self.groups += groups
        self.persons += len(theirs) - len(groups)


async def exported(store: Store, now: datetime) -> AsyncIterator[str]:
    """The lines of the list of all chats."""
    yield chatlist.header(now)
    async for some in store.listing.all():
        for chat in some:
            yield chatlist.line(chat)


async def imported(
    store: Store,
    read: Callable[[], Iterable[ListedChat]],
    now: datetime,
    *,
    same_bot: bool,
) -> Arrived:
    """Add the chats of a list that are not there yet, with their subscriptions.

    Args:
        store: an open store.
        read: reads the list from its beginning; it is read twice, so that nothing is added of one
            that is wrong at its end.
        now: UTC.
        same_bot: whether the chats know this bot already and may be written to.

    Raises:
        ReadError: the list is wrong; nothing was added.
    """
    for _ in read():
        pass
    arrived = Arrived()
    chats = iter(read())
    while some := list(islice(chats, AT_ONCE)):
        batch = [Arrival(chat, _due(chat, now)) for chat in some]
        added = await store.listing.add(batch, "" if same_bot else IMPORTED, now)
        numbers = [chat.settings.id for chat in some]
        arrived.note(some, added, await store.listing.paused(numbers, IMPORTED))
    return arrived


def _due(chat: ListedChat, now: datetime) -> tuple[datetime | None, ...]:
    zone = ZoneInfo(chat.settings.zone)
    return tuple(next_slot(one.rhythm, zone, now) for one in chat.subscriptions)
