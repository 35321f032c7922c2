"""Methods about the bot itself and how it fetches updates."""

import time

from bot.sandbox import webhook
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
    if world.webhook:
        raise ApiError(
            409,
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first",
        )
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


async def set_webhook(world: World, params: Params) -> bool:
    hook = webhook.asked_for(params)
    _allow(world, params)
    if params.flag("drop_pending_updates"):
        world.updates.drop()
    world.webhook = hook
    world.updates.begin_poll()  # a poll that waits ends with 409
    return True


async def delete_webhook(world: World, params: Params) -> bool:
    if params.flag("drop_pending_updates"):
        world.updates.drop()
    world.webhook = None
    return True


async def get_webhook_info(world: World, _: Params) -> Json:
    known = world.webhook.info() if world.webhook else {"url": ""}
    pending = len(world.updates.waiting(0))
    return {**known, "has_custom_certificate": False, "pending_update_count": pending}
