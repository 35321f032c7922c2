"""Readers press 👍 and 👎: a toast each, one vote a reader, in groups one a member."""

from bot import app
from bot.config import Config
from bot.flow import feedback
from bot.sandbox import Chat, Person, World
from tests.chat.test_conversation import ask, labels, press
from tests.conftest import still


async def toast(world: World, chat: Chat, label: str, by: Person | None = None) -> str:
    number = chat.press(label, by=by)
    await chat.answer()
    assert world.callbacks[number].answered
    return world.callbacks[number].text


async def test_a_vote_can_be_given_changed_and_taken_back(world: World, config: Config) -> None:
    chat = world.private_chat()
    await ask(chat, "/latest")
    card = await press(chat, "1")
    assert labels(chat)[-3:] == ["👍", "👎", "反馈问题"]
    assert (await toast(world, chat, "👍")).startswith("已赞")
    assert await toast(world, chat, "👎") == "已改为 👎"
    assert chat.last()["text"] == card  # nothing else changes
    async with app.opened(config, still) as house:
        told = await feedback.document(house.store)
        assert [m["method"][:5] for m in told["methods"]] == ["brief"]
        assert told["disliked"][0]["outlets"]
    assert await toast(world, chat, "👎") == "已取消。"
    async with app.opened(config, still) as house:
        assert (await feedback.document(house.store))["votes"] == 0


async def test_the_whole_summary_is_judged_as_such(world: World, config: Config) -> None:
    chat = world.group("读报群")
    await ask(chat, "/latest")
    await press(chat, "1")
    await press(chat, "全文摘要")
    await toast(world, chat, "👍")
    async with app.opened(config, still) as house:
        told = await feedback.document(house.store)
    assert [m["method"][:4] for m in told["methods"]] == ["full"]


async def test_each_member_of_a_group_has_a_vote(world: World, config: Config) -> None:
    chat = world.group("读报群")
    await ask(chat, "/latest")
    await press(chat, "1")
    for user in (7, 8, 9):
        await toast(world, chat, "👎" if user == 8 else "👍", Person(user, f"读者{user}", "zh"))
    async with app.opened(config, still) as house:
        told = await feedback.document(house.store)
    assert [(m["up"], m["down"]) for m in told["methods"]] == [(2, 1)]


async def test_forged_and_outlived_votes_are_answered(world: World, config: Config) -> None:
    chat = world.private_chat()
    await ask(chat, "/latest")
    for data in ("v.", "v.1.b.3.x", "v.999.b.3.u", "v.999999999999.f.999999.d"):
        number = chat.press_data(data, chat.last())
        await chat.answer()
        assert world.callbacks[number].answered
    async with app.opened(config, still) as house:
        assert (await feedback.document(house.store))["votes"] == 0


async def test_what_a_reader_said_is_exported_and_forgotten(world: World, config: Config) -> None:
    chat = world.private_chat()
    await ask(chat, "/latest")
    await press(chat, "1")
    await toast(world, chat, "👍")
    chat.say("/export")
    assert "document" in await chat.answer()
    await ask(chat, "/forget")
    await press(chat, "全部删除")
    async with app.opened(config, still) as house:
        assert (await feedback.document(house.store))["votes"] == 0
