"""Methods that ask about chats, those who are in them, and files."""

from bot.sandbox.chats import Chat
from bot.sandbox.core import BOT_ID
from bot.sandbox.errors import bad
from bot.sandbox.files import MOST_DOWNLOAD_BYTES
from bot.sandbox.members import Member
from bot.sandbox.params import Params
from bot.sandbox.rights import check_open
from bot.sandbox.updates import Json
from bot.sandbox.world import World


def found(world: World, params: Params) -> Chat:
    """The chat that a call names.

    Raises:
        ApiError: 400: there is none.
    """
    chat = world.find(params.any_of("chat_id"))
    if chat is None:
        raise bad("chat not found")
    return chat


async def get_chat(world: World, params: Params) -> Json:
    chat = found(world, params)
    if chat.kind != "private":
        check_open(chat)
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    accepted = dict.fromkeys((*gifts, "gifts_from_channels"), False)
    about = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": accepted}
    return chat.chat() | about


async def get_chat_member(world: World, params: Params) -> Json:
    chat = found(world, params)
    check_open(chat)
    user_id = params.number("user_id")
    member = chat.members.by_id.get(user_id)
    if member is None and user_id in world.people and chat.kind != "private":
        member = Member(world.people[user_id].user(), "left")
    if member is None:
        raise bad("PARTICIPANT_ID_INVALID" if chat.kind != "private" else "user not found")
    return member.described(chat.kind)


async def get_chat_administrators(world: World, params: Params) -> list[Json]:
    chat = found(world, params)
    if chat.kind == "private":
        raise bad("there are no administrators in the private chat")
    check_open(chat)
    bots = params.flag("return_bots")
    found_ = (m for m in chat.members.administrators() if bots or m.user["id"] != BOT_ID)
    return [
        member.described(chat.kind)
        for member in found_
        if not member.anonymous or member.user["id"] == BOT_ID
    ]


async def get_chat_member_count(world: World, params: Params) -> int:
    chat = found(world, params)
    check_open(chat)
    return chat.members.count()


async def get_file(world: World, params: Params) -> Json:
    number = params.text("file_id")
    about = world.files.about(number)
    if about["file_size"] > MOST_DOWNLOAD_BYTES:
        raise bad("file is too big")
    return about | {"file_path": f"files/{number}"}
