"""Subscribing, and what arrives: real python-telegram-bot, a real database, what readers get."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import trial
from bot.config import Config
from bot.flow.retention import TOLD_KEPT
from bot.model.delivery import ScopeKind
from bot.model.retention import Passing
from bot.render.setup import Setup, Step, pack
from bot.sandbox import ApiError, Chat, Fault, Faults, World, life
from tests.chat.talk import ask, press
from tests.conftest import BOTH
from tests.writing import NOW, SEEDS, SHANGHAI, UNLIMITED, post

EVENTS = {
    "大桥": "<p>12月{day}日，新桥正式通车，全长 3 公里，总投资 12 亿元。</p>",
    "粮价": "<p>12月{day}日，早稻收购价公布，每斤 1.24 元，比上年高两分。</p>",
    "球赛": "<p>12月{day}日，海风队在主场以二比零战胜北山队，升至榜首。</p>",
    "列车": "<p>12月{day}日，首趟冷链班列从成都开出，装载鲜果 800 吨。</p>",
}


_MANAGE = "+s.list"  # the button under every digest


class Desk:
    """The whole bot on a clock of the test's own, and the posts that reach it."""

    def __init__(self, tried: trial.Trial, folder: Path, faults: Faults) -> None:
        self.tried = tried
        self.world: World = tried.world
        self.folder = folder
        self.faults = faults
        self.now = NOW

    async def reports(self, *names: str, **front: str) -> None:
        """New posts about some of `EVENTS`."""
        for name in names:
            body = EVENTS[name].format(day=self.now.day)
            number = len(list(self.folder.iterdir()))
            title = f"{name}消息{number}"
            made = post(
                body,
                **{"title": title, "date": f"{self.now.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"}
                | front,
            )
            (self.folder / f"{number}.md").write_bytes(made)
        await self.tried.house.ingest.posts([self.folder])

    async def later(self, **stretch: float) -> None:
        """Time passes; then what is due is delivered."""
        self.now += timedelta(**stretch)
        await self.tried.deliver()

    def sent(self, chat: Chat) -> list[str]:
        """What the bot said of its own accord, by the words of its buttons."""
        return [m["text"] for m in chat.messages.values() if _MANAGE in str(m.get("reply_markup"))]


@pytest.fixture
async def desk(config: Config, folder: Path) -> AsyncIterator[Desk]:
    faults = Faults()
    made: list[Desk] = []

    def clock() -> datetime:
        return made[0].now if made else NOW

    async with trial.trying(config, clock, faults, UNLIMITED) as tried:
        made.append(Desk(tried, folder, faults))
        yield made[0]


async def toast(desk: Desk, chat: Chat, label: str, **how: Any) -> str:
    number = chat.press(label, **how)
    await chat.answer()
    return desk.world.callbacks[number].text


async def test_subscribing_step_by_step(desk: Desk) -> None:
    await desk.reports("大桥", author="虎嗅")
    chat = desk.world.private_chat()
    assert "订阅什么" in await ask(chat, "/subscribe")
    assert "减号" in await press(chat, "某个词")
    await press(chat, "返回")
    await press(chat, "某家媒体")
    assert "什么时候推送" in await press(chat, "虎嗅")
    assert "哪几天" in await press(chat, "选星期几")
    await press(chat, "三")
    await press(chat, "一")
    assert "每周三。几点？" in await press(chat, "选好了")
    assert "每周三 21:00" in await press(chat, "21:00")
    await press(chat, "改为静音")
    assert "已订阅“虎嗅”：每周三 21:00，标题" in await press(chat, "标题")
    assert "1. 虎嗅 · 每周三 21:00 · 标题 · 静音" in await press(chat, "订阅管理")
    await press(chat, "1")
    assert "什么时候推送" in await press(chat, "改时间")
    await press(chat, "即时")
    assert "已订阅“虎嗅”：即时，摘要" in await press(chat, "摘要")
    assert "已退订“虎嗅”" in await press(chat, "退订")


async def test_subscribing_by_words(desk: Desk) -> None:
    await desk.reports("大桥", author="虎嗅", categories="[交通]")
    chat = desk.world.private_chat()
    for said, answer in (
        ("微信 每天 08:00", "“微信”：每天 08:00，摘要"),
        ("虎嗅 即时", "“虎嗅”：即时"),
        ("weekly mon 9:00", "“全部消息”：每周一 09:00"),
        ("交通 每小时", "“交通”：每小时"),
        ("微信 -淘宝", "“微信 -淘宝”：每天 08:00"),
        ("story_1", "“关注：大桥消息0”：即时"),
        ("微信 18:00 标题", "“微信”：每天 18:00，标题"),  # changes the first
    ):
        assert answer in await ask(chat, f"/subscribe {said}")
    assert "已经找不到" in await ask(chat, "/subscribe story_99")
    assert "太长了" in await ask(chat, "/subscribe " + "字" * 61)
    listed = await ask(chat, "/subscriptions")
    assert "1. 微信 · 每天 18:00 · 标题" in listed
    assert "6. 关注：大桥消息0 · 即时 · 摘要" in listed
    kinds = {s.scope.kind for s in await desk.tried.house.store.subscriptions.of_chat(chat.id)}
    assert kinds == set(ScopeKind)
    assert "已退订“微信”" in await ask(chat, "/unsubscribe 微信")
    assert "没有订阅“火星”" in await ask(chat, "/unsubscribe 火星")
    assert "已退订“虎嗅”" in await ask(chat, "/unsubscribe 1")
    assert "已全部退订" in await ask(chat, "/unsubscribe 全部")
    assert "还没有订阅" in await ask(chat, "/subscriptions")


async def test_no_chat_has_endless_subscriptions(desk: Desk) -> None:
    chat = desk.world.private_chat()
    for number in range(20):
        assert "已订阅" in await ask(chat, f"/subscribe 词{number}")
    assert "最多 20 个" in await ask(chat, "/subscribe 词20")
    assert "已订阅" in await ask(chat, "/subscribe 词3 即时")


@BOTH
async def test_what_is_subscribed_to_arrives_once_and_on_time(desk: Desk) -> None:
    chat = desk.world.private_chat()
    await ask(chat, "/subscribe 每天 13:00 详细")
    await desk.reports("大桥", "粮价")
    await desk.later(minutes=59)
    assert desk.sent(chat) == []
    await desk.later(minutes=1)
    (digest,) = desk.sent(chat)
    assert digest.startswith("全部消息 · 每天 13:00")
    assert "1. 粮价消息 1" in digest
    assert "2. 大桥消息 0\n12月7日，新桥正式通车" in digest
    await desk.later(minutes=1)
    await desk.later(days=1)
    assert len(desk.sent(chat)) == 1  # nothing new: nothing said


@BOTH
async def test_days_of_downtime_are_caught_up_in_one_digest(desk: Desk) -> None:
    chat = desk.world.private_chat()
    await ask(chat, "/subscribe 每天 13:00 标题")
    for name in ("大桥", "粮价", "球赛"):
        await desk.reports(name)
        desk.now += timedelta(days=1)
    await desk.later(hours=2)
    (digest,) = desk.sent(chat)
    assert all(name in digest for name in ("大桥", "粮价", "球赛"))
    (kept,) = await desk.tried.house.store.subscriptions.of_chat(chat.id)
    assert kept.due_at == NOW.replace(day=11, hour=5)  # the next 13:00 in Shanghai


@BOTH
async def test_a_story_told_is_told_again_only_for_its_news(desk: Desk) -> None:
    chat = desk.world.private_chat()
    await ask(chat, "/subscribe 即时")
    await desk.reports("大桥")
    await desk.later(minutes=1)
    same = EVENTS["大桥"].format(day=7)
    (desk.folder / "again.md").write_bytes(post(same, title="新桥通车", author="晚报"))
    more = same + "<p>记者从管理局获悉，新桥首日车流量突破四万辆，晚高峰一度限流。</p>"
    await desk.tried.house.ingest.posts([desk.folder])
    await desk.later(minutes=1)
    assert len(desk.sent(chat)) == 1
    (desk.folder / "more.md").write_bytes(post(more, title="新桥通车首日限流", author="日报"))
    await desk.tried.house.ingest.posts([desk.folder])
    await desk.later(minutes=1)
    told = desk.sent(chat)
    assert len(told) == 2
    assert "后续：" in told[1]
    assert "车流量突破四万辆" in told[1]
    assert "总投资" not in told[1]
    assert "时间线" in json.dumps(chat.last()["reply_markup"], ensure_ascii=False)
    message = chat.last()["message_id"]
    await press(chat, "时间线")
    assert chat.last()["message_id"] != message  # the digest stays as it was
    assert chat.messages[message]["text"] == told[1]


async def test_each_chat_is_told_what_is_new_to_it(desk: Desk) -> None:
    slow, quick = desk.world.private_chat("慢"), desk.world.private_chat("快")
    await ask(slow, "/quiet 12:30-13:30")
    for chat in (slow, quick):
        await ask(chat, "/subscribe 即时")
    await desk.reports("大桥")
    await desk.later(minutes=1)
    told = EVENTS["大桥"].format(day=7)
    flow = "<p>新桥首日车流量突破四万辆，晚高峰一度限流。</p>"
    tolls = "<p>管理局决定，新桥国庆假期对小型客车免收通行费。</p>"
    for minutes, body in ((40, told + flow), (55, told + flow + tolls)):
        (desk.folder / f"{minutes}.md").write_bytes(post(body, title=f"新桥通车{minutes}"))
        await desk.tried.house.ingest.posts([desk.folder])
        await desk.later(minutes=minutes)
    assert [len(desk.sent(chat)) for chat in (slow, quick)] == [2, 3]
    both, one = desk.sent(slow)[-1], desk.sent(quick)[-1]
    assert "车流量" in both
    assert "免收通行费" in both
    assert "车流量" not in one
    assert "免收通行费" in one


@BOTH
async def test_two_subscriptions_do_not_tell_the_same_story(desk: Desk) -> None:
    chat = desk.world.private_chat()
    await ask(chat, "/subscribe 新桥 13:00")
    await ask(chat, "/subscribe 全部 13:00")
    await desk.reports("大桥", "粮价")
    await desk.later(hours=1)
    first, second = desk.sent(chat)
    assert "大桥" in first
    assert "粮价" in second
    assert "大桥" not in second


async def test_following_a_story(desk: Desk) -> None:
    await desk.reports("大桥")
    chat = desk.world.private_chat()
    await ask(chat, "/latest")
    await press(chat, "1")
    assert "已关注" in await toast(desk, chat, "关注")
    await desk.reports("粮价")
    await desk.later(minutes=1)
    assert desk.sent(chat) == []
    more = EVENTS["大桥"].format(day=7) + "<p>通车首日车流量突破四万辆，晚高峰一度限流。</p>"
    (desk.folder / "more.md").write_bytes(post(more, title="新桥通车首日限流", author="日报"))
    await desk.tried.house.ingest.posts([desk.folder])
    await desk.later(minutes=1)
    (told,) = desk.sent(chat)
    assert "后续：" in told


async def test_preview_now_and_why(desk: Desk) -> None:
    chat = desk.world.private_chat()
    assert "先订阅点什么" in await ask(chat, "/preview")
    assert "先订阅点什么" in await ask(chat, "/now")
    await ask(chat, "/subscribe 新桥 -事故 13:00")
    await ask(chat, "/quiet 12:00-14:00")
    assert "暂时没有新消息" in await ask(chat, "/preview")
    await desk.reports("大桥", "粮价")
    chat.say("/preview")
    await chat.answer(more=1)
    assert "大桥消息 0" in chat.last()["text"]
    assert "下一次（今天 13:00）会带上" in await ask(chat, "/why 新桥")
    assert "不在订阅范围里" in await ask(chat, "/why 粮价")
    await ask(chat, "/now")
    await desk.later(seconds=1)  # in quiet hours: it was asked for
    assert "大桥消息 0" in desk.sent(chat)[-1]
    assert "今天 12:00 已随“新桥 -事故”推送" in await ask(chat, "/why 新桥")
    assert "暂时没有新消息" in await ask(chat, "/now")
    assert "没有找到" in await ask(chat, "/why 火星")
    assert "想问哪件事" in await ask(chat, "/why")


async def test_zones_quiet_hours_a_topic_a_channel_an_upgrade_and_a_block(desk: Desk) -> None:
    """All that a delivery may meet, at once."""
    world = desk.world
    home, abroad, night = (world.private_chat(name) for name in ("家", "外", "夜"))
    await ask(home, "/subscribe 13:00")
    await ask(abroad, "/zone 纽约")
    await ask(abroad, "/subscribe 00:00")  # 13:00 in Shanghai
    await ask(night, "/quiet 12:00-15:00")
    await ask(night, "/subscribe 即时")
    forum = world.group("论坛", forum=True)
    topic = life.open_topic(forum, "时事")
    await ask(forum, "/subscribe@mailuo_bot 13:00", thread=topic)
    group = world.group("小群")
    await ask(group, "/subscribe@mailuo_bot 13:00")
    channel = world.channel("早报频道", "zaobao", person=home.person)
    assert "推送到“早报频道”" in await ask(home, "/subscribe @zaobao 13:00 静音")
    blocker = world.private_chat("挡")
    await ask(blocker, "/subscribe 13:00")
    life.block(blocker)
    grown = life.upgrade(world, group)
    await desk.reports("大桥")
    await desk.later(minutes=1)
    assert not any(map(desk.sent, world.chats.values()))
    await desk.later(minutes=59)
    assert [len(desk.sent(c)) for c in (home, abroad, forum, grown, channel)] == [1] * 5
    assert [len(desk.sent(c)) for c in (night, group, blocker)] == [0] * 3
    assert forum.last()["message_thread_id"] == topic
    assert next(s for s in world.traffic.sent if s.chat_id == channel.id).silent
    await desk.reports("粮价")
    await desk.later(hours=2)
    (morning,) = desk.sent(night)  # at 15:00, both in one
    assert "大桥" in morning
    assert "粮价" in morning
    life.close_topic(forum, topic)
    life.unblock(blocker)
    await ask(blocker, "/help")
    await desk.later(days=1)
    assert len(desk.sent(blocker)) == 1  # what it missed, once
    assert len(desk.sent(grown)) == 2
    assert len(desk.sent(forum)) == 2
    general = [m["text"] for m in forum.messages.values() if "message_thread_id" not in m]
    assert any("粮价" in text for text in general)
    assert any("有个话题关闭或删除了" in text for text in general)


async def test_only_administrators_change_a_groups_subscriptions(desk: Desk) -> None:
    group = desk.world.group("读报群")
    guest = life.join(group, "客人")
    assert "只有管理员" in await ask(group, "/subscribe@mailuo_bot 微信", by=guest)
    assert "已订阅“微信”" in await ask(group, "/subscribe@mailuo_bot 微信")
    for name, said in (
        ("unsubscribe", "微信"), ("quiet", "23:00-7:00"), ("zone", "东京"), ("language", "English"),
        ("now", ""), ("forget", ""), ("export", ""),
    ):  # fmt: skip
        assert "只有管理员" in await ask(group, f"/{name}@mailuo_bot {said}", by=guest)
    await ask(group, "/subscriptions@mailuo_bot", by=guest)  # looking is free
    await press(group, "1", by=guest)
    assert "只有管理员" in await toast(desk, group, "退订", by=guest)
    assert len(await desk.tried.house.store.subscriptions.of_chat(group.id)) == 1
    life.person_becomes(group, guest, "administrator", anonymous=True)
    assert "已订阅“抖音”" in await ask(group, "/subscribe@mailuo_bot 抖音", by=guest)


async def test_channels_are_for_those_who_administer_them(desk: Desk) -> None:
    owner, stranger = desk.world.private_chat("主"), desk.world.private_chat("客")
    channel = desk.world.channel("早报", "zaobao", person=owner.person)
    assert "不是它的管理员" in await ask(stranger, "/subscribe @zaobao 微信")
    assert "不是它的管理员" in await ask(owner, "/subscribe @nosuch 微信")
    assert "已订阅" in await ask(owner, "/subscribe @zaobao 微信")
    assert "“早报”的订阅" in await ask(owner, "/subscriptions @zaobao")
    message = owner.last()
    assert "还没有订阅" in await ask(stranger, "/subscriptions")
    drop = pack(Setup(Step.DROP, ref=1, target=channel.id))
    await _forged(desk, stranger, drop)
    assert len(await desk.tried.house.store.subscriptions.of_chat(channel.id)) == 1
    owner.press("1", message["message_id"])
    await owner.answer(more=1)
    assert "已退订“微信”" in await press(owner, "退订")


async def _forged(desk: Desk, chat: Chat, data: str) -> str:
    number = chat.press_data(data, chat.last())
    await chat.answer()
    return desk.world.callbacks[number].text


@pytest.mark.parametrize(
    "data",
    [
        "s.drop.a.1.s.480.127.b.0.0.0",
        "s.item.a.1.s.480.127.b.0.0.0",
        "s.now.a.0.s.480.127.b.0.0.1001",
        "s.save.a.0.s.480.127.b.0.0.1001",
        "s.save.w.99.s.480.127.b.0.0.0",
        "s.save.s.99.s.480.127.b.0.0.0",
        "s.follow.a.99.s.480.127.b.0.0.0",
        "s.save.a.0.s.1440.127.b.0.0.0",
        "s.save.a.0.s.480.0.b.0.0.0",
        "s.outlets.a.0.s.480.127.b.0.999.0",
        "s.nosuch.a.0.s.480.127.b.0.0.0",
        "s.",
        "+s.gone",
    ],
)
async def test_forged_buttons_do_nothing(desk: Desk, data: str) -> None:
    mine, other = desk.world.private_chat(), desk.world.private_chat("别人")
    assert mine.id == 1001
    await ask(mine, "/subscribe 微信")
    await ask(other, "/help")
    await _forged(desk, other, data)
    store = desk.tried.house.store
    assert [s.scope.value for s in await store.subscriptions.of_chat(mine.id)] == ["微信"]
    assert await store.subscriptions.of_chat(other.id) == []


async def test_settings_in_words(desk: Desk) -> None:
    chat = desk.world.private_chat()
    for said, answer in (
        ("/zone", "时区：北京时间，现在 12:00"),
        ("/zone 东京", "时区改为“东京时间”，现在 13:00"),
        ("/zone 火星", "不认识“火星”这个时区"),
        ("/quiet", "免打扰：未开启"),
        ("/quiet 23:00-07:00", "免打扰改为 23:00–07:00"),
        ("/quiet 夜里", "没看懂"),
        ("/quiet", "免打扰：23:00–07:00"),
        ("/quiet 关", "已关闭免打扰"),
        ("/language", "语言：简体"),
        ("/language English", "The language is now English"),
        ("/language 火星文", "Languages: 简体"),
    ):
        assert answer in await ask(chat, said)


async def test_times_are_shown_in_the_chats_zone(desk: Desk) -> None:
    await desk.reports("大桥")
    chat = desk.world.private_chat()
    assert "今天 12:00" in await ask(chat, "/source 1")
    await ask(chat, "/zone 东京")
    assert "今天 13:00" in await ask(chat, "/source 1")


async def test_a_new_zone_moves_the_slots(desk: Desk) -> None:
    chat = desk.world.private_chat()
    await ask(chat, "/subscribe 13:30")
    await ask(chat, "/zone 东京")  # it is 13:00 there
    await desk.reports("大桥")
    await desk.later(minutes=30)
    assert len(desk.sent(chat)) == 1


async def test_ending_quiet_hours_early_lets_out_what_waited(desk: Desk) -> None:
    chat = desk.world.private_chat()
    await ask(chat, "/subscribe 即时")
    await ask(chat, "/quiet 12:00-20:00")
    await desk.reports("大桥")
    await desk.later(minutes=1)
    assert desk.sent(chat) == []
    await ask(chat, "/quiet 关")
    await desk.later(minutes=1)
    assert len(desk.sent(chat)) == 1


async def test_a_chats_data_can_be_had_and_deleted(desk: Desk) -> None:
    chat = desk.world.private_chat()
    assert "没有保存任何数据" in await ask(chat, "/export")
    await ask(chat, "/subscribe 即时")
    await desk.reports("大桥")
    await desk.later(minutes=1)
    chat.say("/export")
    exported = (await chat.answer())["document"]
    assert exported["file_name"] == "mailuo.json"
    file = desk.world.files.get(exported["file_id"])
    found = json.loads(file.data)
    assert {name: len(rows) for name, rows in found.items()} == {
        "chat": 1, "subscriptions": 1, "told": 1, "outbox": 1,
        "links": 0, "reports": 0, "feeds": 0, "votes": 0,
    }  # fmt: skip
    await ask(chat, "/forget")
    await press(chat, "不删")
    assert await desk.tried.house.store.chats.get(chat.id)
    await ask(chat, "/forget")
    assert "已全部删除" in await press(chat, "全部删除")
    exported = await desk.tried.house.store.chats.export(chat.id)
    assert not any(exported.values())
    await desk.reports("粮价")
    await desk.later(days=2)
    assert len(desk.sent(chat)) == 1  # the one from before


async def test_what_is_refused_for_good_waits_for_the_operator(desk: Desk) -> None:
    chat = desk.world.private_chat()
    await ask(chat, "/subscribe 即时")
    await desk.reports("大桥")
    desk.faults.planned.append(
        Fault(ApiError(400, "Bad Request: message is too long"), "sendMessage")
    )
    await desk.later(minutes=1)
    assert "没能送达" in await ask(chat, "/why 新桥")


async def test_what_was_told_long_ago_is_off_the_record(desk: Desk) -> None:
    chat = desk.world.private_chat()
    await desk.reports("大桥")
    desk.now += timedelta(minutes=1)
    await ask(chat, "/subscribe 即时")
    assert "订阅之前的报道" in await ask(chat, "/why 新桥")
    desk.now += timedelta(minutes=1)
    await desk.reports("粮价")
    await desk.later(minutes=1)
    assert "已随" in await ask(chat, "/why 收购价")
    desk.now += TOLD_KEPT + timedelta(days=1)
    store = desk.tried.house.store.retention
    assert await store.drop_old(Passing.TOLD, desk.now - TOLD_KEPT, 10) == 1
    assert "时间太久" in await ask(chat, "/why 收购价")
    assert "订阅之前的报道" in await ask(chat, "/why 新桥")


async def test_commands_are_answered_while_a_broadcast_waits(desk: Desk) -> None:
    """The limits of the real thing: a broadcast to many does not keep a reader waiting."""
    reader = desk.world.private_chat("急")
    for number in range(40):
        chat = desk.world.private_chat(f"众{number}")
        await ask(chat, "/subscribe 即时")
    await desk.reports("大桥")
    broadcast = asyncio.create_task(desk.tried.deliver())
    assert "怎么用" in await ask(reader, "/help")
    await broadcast


async def test_the_seeds_arrive_as_one_story(desk: Desk) -> None:
    chat = desk.world.private_chat()
    await ask(chat, "/subscribe 即时 详细")
    await desk.tried.house.ingest.posts([SEEDS])
    await desk.later(minutes=1)
    (told,) = desk.sent(chat)
    assert told.count("家媒体") == 1
    assert "\n2. " not in told
