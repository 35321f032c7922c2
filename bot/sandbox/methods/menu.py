"""Methods about the command menu."""

import re

from bot.sandbox.errors import bad
from bot.sandbox.params import Params
from bot.sandbox.updates import Json
from bot.sandbox.world import World

MOST_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SCOPES = {
    "default": (), "all_private_chats": (), "all_group_chats": (), "all_chat_administrators": (),
    "chat": ("chat_id",), "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}  # fmt: skip


async def set_my_commands(world: World, params: Params) -> bool:
    commands = params.json("commands")
    if not isinstance(commands, list) or len(commands) > MOST_COMMANDS:
        raise bad("can't parse commands")
    for command in commands:
        if not isinstance(command, dict):
            raise bad("can't parse commands: expected an Object")
        if not _COMMAND.fullmatch(str(command.get("command", ""))):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[_menu(params)] = commands
    world.stir()
    return True


async def get_my_commands(world: World, params: Params) -> list[Json]:
    return world.commands.get(_menu(params), [])


async def delete_my_commands(world: World, params: Params) -> bool:
    world.commands.pop(_menu(params), None)
    world.stir()
    return True


def _menu(params: Params) -> tuple[str, str]:
    """Whose menu: 'default', or 'chat:5' for one chat's; and its language."""
    scope = params.json("scope") or {"type": "default"}
    if not isinstance(scope, dict):
        raise bad("can't parse BotCommandScope: expected an Object")
    kind = str(scope.get("type"))
    if kind not in _SCOPES:
        raise bad("can't parse BotCommandScope: Unsupported type specified")
    ids = (str(Params(scope).any_of(name)) for name in _SCOPES[kind])
    return ":".join([kind, *ids]), params.text("language_code", "")
