"""Updates brought to a webhook as by Telegram: several side by side, each until it is taken."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from urllib.parse import urlsplit

import httpx

from bot.sandbox.core import Webhook
from bot.sandbox.errors import bad
from bot.sandbox.params import Params
from bot.sandbox.updates import Json
from bot.sandbox.world import World

RETRY_SECONDS = 0.5  # Telegram waits longer
ANSWER_SECONDS = 60.0
HEADER = "X-Telegram-Bot-Api-Secret-Token"
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
_LOOPBACK = ("127.0.0.1", "localhost")


def asked_for(params: Params) -> Webhook | None:
    """What setWebhook asks for; None for no webhook.

    Raises:
        ApiError: Telegram would not take it. Where Telegram wants https, this wants this machine.
    """
    url, secret = params.text("url", ""), params.text("secret_token", "")
    if not url:
        return None
    if urlsplit(url).hostname not in _LOOPBACK:
        raise bad("bad webhook: the sandbox brings updates on this machine only")
    if not _SECRET.fullmatch(secret):
        raise bad("secret token contains unallowed characters")
    most = params.number("max_connections", 40)
    if not 1 <= most <= 100:
        raise bad("bad webhook: max_connections must be between 1 and 100")
    return Webhook(url, secret, most)


@asynccontextmanager
async def bringing(world: World) -> AsyncIterator[None]:
    """Updates are brought while the block runs and there is a webhook."""
    task = asyncio.create_task(_bring(world))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})


async def _bring(world: World) -> None:
    under_way: dict[int, asyncio.Task[None]] = {}

    def ended(number: int, _: asyncio.Task[None]) -> None:
        del under_way[number]
        world.updates.changed.fire()

    async with httpx.AsyncClient(timeout=ANSWER_SECONDS) as client, asyncio.TaskGroup() as tasks:
        while not world.closed:
            for update in world.updates.waiting(0):
                hook, number = world.webhook, update["update_id"]
                if hook and number not in under_way and len(under_way) < hook.most:
                    task = tasks.create_task(_bring_one(world, hook, client, update))
                    under_way[number] = task
                    task.add_done_callback(partial(ended, number))
            await world.updates.changed.wait(ANSWER_SECONDS)


async def _bring_one(world: World, hook: Webhook, client: httpx.AsyncClient, update: Json) -> None:
    """Until it is taken, or the webhook is another."""
    headers = {HEADER: hook.secret} if hook.secret else {}
    while world.webhook is hook and not world.closed:
        try:
            answer = await client.post(hook.url, json=update, headers=headers)
            problem = "" if answer.is_success else f"Wrong response from the webhook: {answer}"
        except httpx.HTTPError as error:
            problem = f"Connection failed: {error}"
        if not problem:
            world.updates.confirm(update["update_id"])
            return
        hook.last_error, hook.last_error_at = problem, world.now()
        await world.pause(RETRY_SECONDS)
