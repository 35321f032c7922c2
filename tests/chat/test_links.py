"""Links under a chat's control, complaints, and what the operator blocks: as readers see it."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import trial
from bot.config import Config, Telegram
from bot.flow.operators import Operators
from bot.flow.reports import ReportNews
from bot.model.links import BanKind, LinkKind, LinkRule
from bot.render.linkpress import LinkPress, LinkStep, pack_link
from bot.sandbox import Chat, life
from bot.sources.posts import read_post
from tests.chat.talk import ask, labels, press
from tests.conftest import still
from tests.writing import NOW, SHANGHAI, UNLIMITED, post

BODY = (
    "<p>12月6日，新桥正式通车，全长 3 公里，详见 www.taobao.com/x 和 https://weibo.com/1 。</p>"
    '<p>更多：<a href="https://item.taobao.com/item.htm?id=9&amp;spm=a.b">购桥票</a>'
    '<a href="https://v.douyin.com/abc/">看视频</a></p>'
)
OTHER = "<p>12月6日，早稻收购价公布，每斤 1.24 元，比上年高两分。</p>"


@pytest.fixture
async def tried(config: Config, folder: Path) -> AsyncIterator[trial.Trial]:
    config = config.model_copy(update={"telegram": Telegram(operators=[77])})

    async with trial.trying(config, still, limits=UNLIMITED) as tried:
        (folder / "1.md").write_bytes(post(BODY, title="新桥通车", author="虎嗅"))
        (folder / "2.md").write_bytes(post(OTHER, title="早稻收购价公布", author="晨报"))
        for name, url in (("1.md", "https://huxiu.com/1?utm_source=x"), ("2.md", "")):
            await tried.house.ingest.article(replace(read_post(folder / name), url=url))
        yield tried


def urls(chat: Chat) -> list[str]:
    """Everything in the last message that can be pressed and leads out."""
    found = [e["url"] for e in chat.last().get("entities", ()) if e["type"] == "text_link"]
    rows = chat.last().get("reply_markup", {"inline_keyboard": []})["inline_keyboard"]
    return found + [b["url"] for row in rows for b in row if "url" in b]


def as_code(chat: Chat) -> list[str]:
    message = chat.last()
    units = message["text"].encode("utf-16-le")
    return [
        units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
        for e in message.get("entities", ())
        if e["type"] == "code"
    ]


async def test_the_panel_in_a_private_chat(tried: trial.Trial) -> None:
    chat = tried.world.private_chat()
    await ask(chat, "/links")
    assert labels(chat) == [
        "原始报道 · 直接打开", "购物 · 直接打开", "短视频 · 直接打开", "社交 · 直接打开",
        "其他 · 直接打开", "设置",
    ]  # fmt: skip
    assert "淘宝、天猫" in await press(chat, "购物 · 直接打开")
    assert labels(chat) == ["✓ 直接打开", "只显示域名", "隐藏", "默认", "‹ 返回"]
    await press(chat, "隐藏")
    assert "购物 · 隐藏" in labels(chat)
    await ask(chat, "/links HTTPS://www.Weibo.com/x 域名")
    assert "weibo.com · 只显示域名" in labels(chat)
    await press(chat, "weibo.com · 只显示域名")
    await press(chat, "默认")
    assert "weibo.com · 只显示域名" not in labels(chat)
    await press(chat, "全部恢复默认")
    assert "购物 · 直接打开" in labels(chat)
    assert "没看懂这个域名" in await ask(chat, "/links 淘宝 隐藏")
    assert "没看懂这个域名" in await ask(chat, "/links taobao.com 随便")
    await ask(chat, "/links taobao.com")
    assert labels(chat) == ["直接打开", "只显示域名", "隐藏", "默认", "‹ 返回"]


async def test_the_panel_in_a_group_is_for_administrators(tried: trial.Trial) -> None:
    group = tried.world.group("读报群")
    member = life.join(group, "成员")
    said = await ask(group, "/links@mailuo_bot", by=member)
    assert "原始报道：直接打开\n购物：直接打开\n短视频：只显示域名" in said
    assert "由管理员设置" in said
    assert labels(group) == []
    assert "由管理员设置" in await ask(group, "/links@mailuo_bot taobao.com 隐藏", by=member)
    await ask(group, "/links@mailuo_bot")
    number = group.press("购物 · 直接打开", by=member)
    await group.answer()
    assert "由管理员设置" in tried.world.callbacks[number].text
    await press(group, "购物 · 直接打开")
    await press(group, "隐藏")
    assert "购物 · 隐藏" in labels(group)
    life.person_becomes(group, member, "administrator", anonymous=True)
    await ask(group, "/links@mailuo_bot taobao.com 打开", by=member)
    assert "taobao.com · 直接打开" in labels(group)
    await ask(group, "/source@mailuo_bot 1", by=member)
    assert urls(group) == [
        "https://huxiu.com/1", "https://item.taobao.com/item.htm?id=9", "https://huxiu.com/1",
    ]  # fmt: skip
    assert {"看视频", "v.douyin.com（短链接）"} & set(as_code(group)) == {"v.douyin.com（短链接）"}


async def test_a_channel_is_spoken_for_from_a_private_chat(tried: trial.Trial) -> None:
    owner, stranger = tried.world.private_chat("主"), tried.world.private_chat("客")
    channel = tried.world.channel("早报", "zaobao", person=owner.person)
    assert "不是它的管理员" in await ask(stranger, "/links @zaobao")
    assert "“早报”的链接" in await ask(owner, "/links @zaobao")
    assert "短视频 · 只显示域名" in labels(owner)  # as in a group
    await press(owner, "短视频 · 只显示域名")
    await press(owner, "隐藏")
    assert "短视频 · 隐藏" in labels(owner)
    kept = await tried.house.store.chats.get(channel.id)
    assert kept is not None
    assert kept.links.kinds == {LinkKind.VIDEO: LinkRule.HIDE}
    assert await tried.house.store.chats.get(owner.id) is None
    data = pack_link(LinkPress(LinkStep.RESET, target=channel.id))
    number = stranger.press_data(data, stranger.last())
    await stranger.answer()
    assert "不是它的管理员" in tried.world.callbacks[number].text
    assert (await tried.house.store.chats.get(channel.id)) == kept


async def test_links_of_an_article_follow_the_policy(tried: trial.Trial) -> None:
    chat = tried.world.private_chat()
    await ask(chat, "/source 1")
    assert "https://item.taobao.com/item.htm?id=9" in urls(chat)  # no trackers
    assert urls(chat)[-1] == "https://huxiu.com/1"
    assert {"taobao.com", "v.douyin.com（短链接）"} <= set(as_code(chat))
    await ask(chat, "/links taobao.com 隐藏")
    await ask(chat, "/links huxiu.com 域名")
    said = await ask(chat, "/source 1")
    assert "taobao" not in said
    assert urls(chat) == ["https://v.douyin.com/abc/"]
    assert "打开原文" not in labels(chat)


async def test_addresses_in_quoted_sentences_follow_the_policy_too(tried: trial.Trial) -> None:
    chat = tried.world.private_chat()
    await ask(chat, "/latest")
    assert "www.taobao.com/x" in chat.last()["text"]
    assert as_code(chat) == []  # may be opened
    await ask(chat, "/links taobao.com 域名")
    await ask(chat, "/links weibo.com 隐藏")
    said = await ask(chat, "/latest")
    assert as_code(chat) == ["www.taobao.com/x"]
    assert "weibo" not in said


async def test_a_complaint_is_taken_and_acknowledged(tried: trial.Trial) -> None:
    chat = tried.world.private_chat()
    await ask(chat, "/source 1")
    assert "“新桥通车”有什么问题" in await press(chat, "反馈问题")
    assert "huxiu.com" in await press(chat, "链接")
    assert "反馈编号 1" in await press(chat, "2")
    assert "反馈编号 2" in await ask(chat, "/report 1 日期写错了")
    assert "反馈编号 2" in await ask(chat, "/report 1 日期还是错")  # the same thing
    await ask(chat, "/latest 新桥")
    await press(chat, "1")
    story = chat.last()
    chat.say("/report", reply_to=story["message_id"])
    assert "有什么问题" in (await chat.answer())["text"]
    assert "反馈编号 3" in await press(chat, "摘要")
    assert "想反馈哪件事" in await ask(chat, "/report")
    assert "找不到" in await ask(chat, "/report 99")
    link, told, _ = await tried.house.store.reports.listed()
    assert link.complaint.detail.startswith("https://item.taobao.com/")
    assert told.complaint.note == "日期还是错"
    for number in range(6):
        said = await ask(chat, f"/report {1 + number % 2} 问题{number}", by=None)
    assert "反馈编号" in said
    exported = await tried.house.store.chats.export(chat.id)
    assert len(exported["reports"]) == 4
    await tried.house.store.chats.forget(chat.id)
    assert await tried.house.store.reports.listed() == []


async def test_nobody_floods_the_queue(tried: trial.Trial) -> None:
    chat = tried.world.private_chat()
    said = ""
    for article in ("1", "2"):
        for about in ("摘要", "来源", "链接"):
            await ask(chat, f"/source {article}")
            await press(chat, "反馈问题")
            said = await press(chat, about)
            if "哪个链接" in said:
                said = await press(chat, "1")
    assert len(await tried.house.store.reports.listed()) == 5
    assert "反馈太多" in await ask(chat, "/report 2 又一个")


async def test_operators_are_told_once_an_hour(tried: trial.Trial) -> None:
    chat = tried.world.private_chat()
    await ask(chat, "/report 1 日期写错了")
    store = tried.house.store
    news = ReportNews(store, Operators(store, [chat.id], SHANGHAI, lambda: NOW), lambda: NOW)
    assert await news.tell() == 1
    await ask(chat, "/report 2 又写错了")
    assert await news.tell() == 0
    await tried.deliver()
    assert "新的读者反馈：1 条" in chat.last()["text"]


async def test_a_blocked_source_is_gone_everywhere_and_comes_back(tried: trial.Trial) -> None:
    chat = tried.world.private_chat()
    await ask(chat, "/latest 新桥")
    await press(chat, "1")
    old = chat.last()["message_id"]
    await ask(chat, "/subscribe 即时")
    await tried.house.store.bans.add(BanKind.SOURCE, "虎嗅", NOW)
    for asked in ("/latest", "/timeline", "/source", "/source 虎嗅", "/search 新桥", "/preview"):
        said = await ask(chat, asked)
        assert "虎嗅" not in said.replace("“虎嗅”", ""), asked
        assert "通车" not in said, asked
    assert "共 1 件事" in await ask(chat, "/latest")
    assert "找不到了" in await ask(chat, "/report 1")
    chat.press("时间线", old)
    await chat.answer(more=1)
    assert "找不到了" in chat.messages[old]["text"]
    await tried.house.store.bans.remove(BanKind.SOURCE, "虎嗅")
    assert "通车" in await ask(chat, "/latest")


async def test_a_blocked_domain_hides_its_links_and_its_articles(tried: trial.Trial) -> None:
    chat = tried.world.private_chat()
    await tried.house.store.bans.add(BanKind.DOMAIN, "taobao.com", NOW)
    await ask(chat, "/links item.taobao.com 打开")  # the chat cannot undo it
    said = await ask(chat, "/source 1")
    assert "taobao" not in said
    assert not any("taobao" in url for url in urls(chat))
    ban, _ = await tried.house.store.bans.add(BanKind.DOMAIN, "huxiu.com", NOW)
    assert ban.articles == 1
    assert "共 1 件事" in await ask(chat, "/latest")


async def test_a_digest_that_waits_is_withdrawn_and_later_ones_leave_it_out(
    tried: trial.Trial, folder: Path
) -> None:
    chat = tried.world.private_chat()
    await ask(chat, "/subscribe 即时")
    (folder / "3.md").write_bytes(post(BODY.replace("新桥", "老桥"), title="老桥", author="日报"))
    await tried.house.ingest.posts([folder / "3.md"])
    await tried.house.publisher.tick()
    _, withdrawn = await tried.house.store.bans.add(BanKind.SOURCE, "日报", NOW)
    assert withdrawn == 1
    before = len(chat.messages)
    (folder / "4.md").write_bytes(post(OTHER.replace("早稻", "晚稻"), title="晚稻", author="日报"))
    await tried.house.ingest.posts([folder / "4.md"])
    await tried.deliver()
    assert len(chat.messages) == before


async def test_garbled_buttons_are_answered(tried: trial.Trial) -> None:
    chat = tried.world.private_chat()
    await ask(chat, "/links")
    for data in (
        "l.x",
        "l.set.shopping.z.0",
        "l.set.999.h.0",
        "r.send.link.9.9.9",
        "r.",
        "l.one.0.-.5",
    ):
        chat.press_data(data, chat.last())
        await chat.answer()
    assert json.dumps(chat.last())
