"""The chat page by itself: what it shows of calls to the Bot API, without the bot."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Page, expect

from bot.sandbox import Chat, World, create_app, life, serve
from tests.conftest import still
from tests.sandbox.browser import CHROMIUM, DESK, add, opened, picture
from tests.sandbox.calls import PIXEL, call, keyboard, upload

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")

LONG = "一段很长的话，写满屏幕才好往上翻。" * 12


@pytest.fixture
def world() -> World:
    return World(still)


@pytest.fixture
def chat(world: World) -> Chat:
    return world.private_chat()


@pytest.fixture
async def page(world: World, chat: Chat) -> AsyncIterator[Page]:
    async with serve(world, create_app(world)) as address, opened(address) as page:
        yield page


async def tell(world: World, chat: Chat, text: str, **more: Any) -> None:
    answer = await call(world, "sendMessage", chat_id=chat.id, text=text, **more)
    assert answer["ok"], answer


async def test_a_push_arrives_by_itself(world: World, chat: Chat, page: Page) -> None:
    await expect(page.locator("#start")).to_be_visible()
    await tell(world, chat, "今日速览", disable_notification=True)
    await expect(page.locator("[data-role=bot] .text")).to_have_text("今日速览")
    await expect(page.locator("[data-role=bot] .time")).to_contain_text("静音")
    await expect(page.locator("#start")).to_be_hidden()
    await expect(page.locator("#new")).to_be_hidden()


async def test_a_push_while_reading_above_is_marked(world: World, chat: Chat, page: Page) -> None:
    for number in range(8):
        await tell(world, chat, f"{number} {LONG}")
    await expect(page.locator("[data-role=bot]")).to_have_count(8)
    await page.evaluate("document.querySelector('#messages').scrollTop = 0")
    await tell(world, chat, "新来的")
    await expect(page.locator("#new")).to_be_visible()
    await expect(page.locator("#new")).to_have_text("新消息 ↓")
    assert await page.evaluate("document.querySelector('#messages').scrollTop") == 0
    await picture(page, "unread")
    await page.click("#new")
    await expect(page.locator("#new")).to_be_hidden()
    await expect(page.locator("#messages").get_by_text("新来的")).to_be_in_viewport()


async def test_a_push_to_another_chat_is_counted(world: World, chat: Chat, page: Page) -> None:
    await add(page, "group", "读报群")
    await expect(page.locator("#title")).to_have_text("读报群")
    await tell(world, chat, "一")
    await tell(world, chat, "二")
    private = page.locator(f'[data-chat="{chat.id}"]')
    await expect(private.locator(".count")).to_have_text("2")
    await private.click()
    await expect(private.locator(".count")).to_have_count(0)


async def test_a_group_and_a_second_reader(world: World, chat: Chat, page: Page) -> None:
    await add(page, "group", "家里的群")
    await add(page, "person", "小王")
    await page.locator("#chats button", has_text="家里的群").click()
    group = next(one for one in world.chats.values() if one.kind == "group")
    await expect(page.locator("#speaker option")).to_have_text(["读者（群主）", "小王"])
    await page.fill("#text", "大家好")
    await page.press("#text", "Enter")
    await page.select_option("#speaker", label="小王")
    await page.fill("#text", "我是小王")
    await page.press("#text", "Enter")
    await expect(page.locator(".who")).to_have_text(["读者", "小王"])
    await tell(world, group, "两位好", reply_markup=keyboard(callback_data="x"))
    async with page.expect_response("**/page/press"):
        await page.click("[data-button=按]")
    await picture(page, "group")
    found = (await call(world, "getUpdates"))["result"]
    assert [next(iter(u.keys() - {"update_id"})) for u in found] == [
        "my_chat_member",
        "message",
        "message",
        "callback_query",
    ]
    assert found[-1]["callback_query"]["from"]["first_name"] == "小王"
    status = {p.name: group.members.by_id[p.id].status for p in world.people.values()}
    assert status == {"读者": "creator", "小王": "member"}


async def test_files_and_pictures(world: World, chat: Chat, page: Page) -> None:
    file = ("我的数据.json", b'{"a": 1}', "application/json")
    await upload(world, "sendDocument", "document", file, chat_id=chat.id, caption="都在这里")
    await upload(world, "sendPhoto", "photo", ("a.png", PIXEL), chat_id=chat.id)
    async with page.expect_download() as started:
        await page.click(".file")
    download = await started.value
    assert download.suggested_filename == "我的数据.json"
    assert await page.locator(".bubble img").evaluate("image => image.decode().then(() => true)")
    await page.click(".bubble img")
    await expect(page.locator("#large img")).to_be_visible()
    await page.click("#large")
    await expect(page.locator("#large")).to_be_hidden()


async def test_an_alert_is_a_dialog_and_other_words_pass(
    world: World, chat: Chat, page: Page
) -> None:
    await tell(world, chat, "一")
    await expect(page.locator("[data-role=bot] .text")).to_have_text("一")  # it looks
    for alert in (False, True):
        number = chat.press_data("x", chat.last())
        words = "只有管理员能改" if alert else "好了"
        await call(
            world, "answerCallbackQuery", callback_query_id=number, text=words, show_alert=alert
        )
    await expect(page.locator("#toast")).to_have_text("好了")
    await expect(page.locator("#alert")).to_contain_text("只有管理员能改")
    await page.get_by_text("知道了").click()
    await expect(page.locator("#alert")).to_be_hidden()


async def test_spoilers_open_on_click(world: World, chat: Chat, page: Page) -> None:
    text = "<tg-spoiler>结局</tg-spoiler><blockquote expandable>引文</blockquote>"
    await tell(world, chat, text, parse_mode="HTML")
    spoiler = page.locator(".spoiler")
    await expect(spoiler).to_have_css("color", "rgba(0, 0, 0, 0)")
    await spoiler.click()
    await expect(spoiler).not_to_have_css("color", "rgba(0, 0, 0, 0)")
    await expect(page.locator("#chats small")).to_contain_text("▒▒")
    await page.locator(".folded").press("Enter")
    await expect(page.locator(".folded.shown")).to_be_visible()


async def test_every_kind_of_message_is_drawn(world: World, chat: Chat, page: Page) -> None:
    await page.set_viewport_size(DESK)
    forum = world.group("论坛", forum=True)
    life.close_topic(forum, life.open_topic(forum, "科技"))
    asked = forum.say("微信")
    await tell(world, forum, "答", reply_parameters={"message_id": asked})
    forum.send({"dice": {"emoji": "x", "value": 1}})
    life.upgrade(world, world.group("群"))
    world.channel("频道").say("公告")
    await page.locator("#chats button", has_text="论坛").click()
    await expect(page.locator(".service")).to_have_text(
        ["新话题：科技", "话题已关闭", "这类消息这里显示不了"]
    )
    await expect(page.locator(".quote")).to_have_text("微信")
    await page.locator("#chats button", has_text="频道").click()
    await expect(page.locator(".text")).to_have_text("公告")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", ["phone", "desk"])
async def test_nothing_overflows(
    world: World, chat: Chat, page: Page, width: str, dark: bool
) -> None:
    if width == "desk":
        await page.set_viewport_size(DESK)
    await page.emulate_media(color_scheme="dark" if dark else "light")
    await add(page, "group", "名字很长很长的一个读报群，长到放不下")
    await add(page, "person", "小王")
    await tell(world, chat, "https://example.com/" + "a" * 200 + " " + LONG)
    file = ("数据" * 40 + ".json", b"{}", "application/json")
    await upload(world, "sendDocument", "document", file, chat_id=chat.id, caption="都在这里")
    markup = {"inline_keyboard": [[{"text": n * 9, "callback_data": n} for n in "甲乙丙"]]}
    text = (
        "<b>微信外链</b> 试点 <tg-spoiler>还没公布</tg-spoiler>\n"
        f"<blockquote expandable>{LONG}</blockquote><pre>make demo</pre>"
    )
    await tell(world, chat, text, parse_mode="HTML", reply_markup=markup, disable_notification=True)
    await page.locator(f'[data-chat="{chat.id}"]').click()
    await expect(page.locator("[data-role=bot]")).to_have_count(3)
    await picture(page, f"chat-{width}-{'dark' if dark else 'light'}")
    await expect(page.locator("#form")).to_be_in_viewport(ratio=1)
    for box in ("body", "#messages", "main"):
        wide = await page.locator(box).evaluate("one => one.scrollWidth - one.clientWidth")
        assert wide <= 0, box
    await page.locator("[data-add=group]:visible, #more:visible").first.click()
    await picture(page, f"adding-{width}-{'dark' if dark else 'light'}")
