"""A process that takes places as fast as it may; run by the test of the pace.

Writes when it had its places, by the clock that all processes of a machine share.
"""

import asyncio
import json
import sys
import time

from bot.flow.pacing import Limits
from bot.flow.sharedpace import SharedPace
from bot.store.postgres.pace import Pacebook


async def run(url: str, first: int, count: int, per_second: float) -> list[float]:
    """Take places for messages to so many chats, from a number on."""
    book = Pacebook(url)
    pace = SharedPace(book, Limits(per_second=per_second))
    had: list[float] = []

    async def one(chat: int) -> None:
        await pace.turn(chat)
        had.append(time.monotonic())

    await asyncio.gather(*(one(chat) for chat in range(first, first + count)))
    await book.close()
    return had


if __name__ == "__main__":
    url, first, count, per_second = sys.argv[1:]
    had = asyncio.run(run(url, int(first), int(count), float(per_second)))
    sys.stdout.write(json.dumps(had))
