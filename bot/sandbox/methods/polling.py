"""Methods about the bot itself and how it fetches updates."""

import time

from bot.sandbox.errors import ApiError, bad
from bot.sandbox.params import Params
from bot.sandbox.updates import Json
from bot.sandbox.world import World


async def get_me(world: World, _: Params) -> Json:
    return {
        **world.me(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": world.inline_mode,
    }


async def get_updates(world: World, params: Params) -> list[Json]:
    """Long polling; a poll that a newer one overtakes ends with 409."""
    offset, limit = params.number("offset", 0), params.number("limit", 100)
    until = time.monotonic() + params.number("timeout", 0)
    updates = world.updates
    _allow(world, params)
    mine = updates.begin_poll()
    while not updates.waiting(offset):
        left = until - time.monotonic()
        if left <= 0 or world.closed:
            return []
        await updates.changed.wait(left)
        if not updates.is_latest_poll(mine):
            raise ApiError(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot "
                "instance is running",
            )
    return updates.waiting(offset)[:limit]


def _allow(world: World, params: Params) -> None:
    """Which kinds are wanted; a call that does not say keeps to what was said before."""
    kinds = params.json("allowed_updates")
    if kinds is None and not params.has("allowed_updates"):
        return
    if not (isinstance(kinds or [], list) and all(isinstance(k, str) for k in kinds or [])):
        raise bad("can't parse allowed_updates: expected an Array of String")
    world.updates.allow(kinds or [])


async def set_webhook(_: World, params: Params) -> bool:
    if params.text("url", ""):
        raise bad("bad webhook: the sandbox delivers by long polling only")
    return True


async def delete_webhook(world: World, params: Params) -> bool:
    if params.flag("drop_pending_updates"):
        world.updates.drop()
    return True


async def get_webhook_info(_: World, __: Params) -> Json:
    return {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
