"""The clock's door: what is under way at the end is told to stop once, and waited for."""

import asyncio

from bot import jobs


async def test_a_job_that_is_stopped_puts_things_in_order() -> None:
    began, order = asyncio.Event(), []

    async def work() -> None:
        began.set()
        try:
            while True:  # noqa: ASYNC110 (busy on purpose)
                await asyncio.sleep(0)  # ready to go on at any moment
        finally:
            for _ in range(10):
                await asyncio.sleep(0)
            order.append("done")

    async with jobs.ticking(jobs.Job("busy", 60, work)):
        await began.wait()
    assert order == ["done"]
