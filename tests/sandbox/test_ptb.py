"""python-telegram-bot on the local Bot API: it understands every answer and every failure."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram import Bot, ChatMemberAdministrator, ChatMemberOwner, ReplyParameters, Update, error
from telegram.request import HTTPXRequest

from bot.sandbox import REFUSALS, Chat, Fault, Faults, World, create_app, flood, life, moved
from bot.sandbox.transport import InProcess
from tests.conftest import still
from tests.sandbox.calls import PIXEL


@pytest.fixture
def world() -> World:
    return World(still)


@pytest.fixture
def chat(world: World) -> Chat:
    return world.private_chat()


@pytest.fixture
def faults() -> Faults:
    return Faults()


@pytest.fixture
async def bot(world: World, faults: Faults) -> AsyncIterator[Bot]:
    transport = InProcess(create_app(world, faults))
    calls, polls = (
        HTTPXRequest(read_timeout=0.05, httpx_kwargs={"transport": transport}) for _ in "12"
    )
    base = "http://sandbox/bot"
    async with Bot(world.token, base, request=calls, get_updates_request=polls) as opened:
        yield opened


async def test_files(bot: Bot, chat: Chat) -> None:
    sent = await bot.send_document(chat.id, b"{}", caption="数据", filename="数据.json")
    assert sent.document is not None
    assert sent.document.file_name == "数据.json"
    assert (await bot.get_file(sent.document.file_id)).file_size == 2
    answer = ReplyParameters(sent.message_id)
    picture = await bot.send_photo(chat.id, PIXEL, reply_parameters=answer)
    assert picture.photo[0].height == 1
    assert picture.reply_to_message is not None
    assert picture.reply_to_message.document == sent.document


async def test_members(bot: Bot, world: World) -> None:
    group = world.group("群", supergroup=True)
    life.join(group, "甲", "administrator")
    creator = await bot.get_chat_member(group.id, group.person.id)
    assert isinstance(creator, ChatMemberOwner)
    found = await bot.get_chat_administrators(group.id)
    assert [type(one) for one in found] == [ChatMemberOwner, ChatMemberAdministrator]
    assert await bot.get_chat_member_count(group.id) == 3
    assert (await bot.get_chat(group.id)).title == "群"


async def test_updates(bot: Bot, world: World, chat: Chat) -> None:
    channel = world.channel("频道", "news")
    await bot.get_updates(allowed_updates=Update.ALL_TYPES)
    life.block(chat)
    chat.forward(channel.messages[channel.say("公告")])
    life.join(world.group("群"), "甲")
    blocked, post, forwarded, joined = await bot.get_updates()
    assert blocked.my_chat_member is not None
    assert post.channel_post is not None
    assert forwarded.message is not None
    assert forwarded.message.forward_origin is not None
    assert joined.chat_member is not None


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault(flood(7)), error.RetryAfter),
        (Fault(REFUSALS["bad_gateway"]()), error.NetworkError),
        (Fault(REFUSALS["blocked"]()), error.Forbidden),
        (Fault(REFUSALS["entities"]()), error.BadRequest),
        (Fault(moved(-1001000000009)), error.ChatMigrated),
        (Fault(reset=True), error.NetworkError),
        (Fault(delay=60), error.TimedOut),
    ],
)
async def test_failures(
    bot: Bot, chat: Chat, faults: Faults, fault: Fault, expected: type[error.TelegramError]
) -> None:
    faults.planned.append(fault)
    with pytest.raises(expected) as raised:
        await bot.send_message(chat.id, "一")
    assert type(raised.value) is expected


async def test_a_second_poller_ends_the_first(bot: Bot) -> None:
    polls = (bot.get_updates(timeout=5), bot.get_updates(timeout=0))
    first, second = await asyncio.gather(*polls, return_exceptions=True)
    assert isinstance(first, error.Conflict)
    assert "terminated by other getUpdates request" in str(first)
    assert second == ()
