"""The chat page in a real browser: sharing, links, replies and edits as a reader does them."""

from playwright.async_api import Page, expect

from tests.sandbox.browser import add, picture
from tests.test_page import address, page, press, pytestmark

__all__ = ["address", "page", "pytestmark"]


async def write(page: Page, text: str) -> None:
    await page.fill("#text", text)
    await page.press("#text", "Enter")


async def test_a_story_is_shared_into_a_group_and_its_link_followed(page: Page) -> None:
    await add(page, "group", "读报群")
    await expect(page.locator("[data-role=bot]")).to_contain_text("大家好，我是脉络")
    await picture(page, "hello")
    await page.fill("#text", "@mailuo_bot 微信")
    offer = page.locator(".offer")
    await expect(offer).to_have_count(1)
    await expect(offer).to_contain_text("等 3 家媒体")
    await picture(page, "inline")
    await page.press("#text", "Enter")  # writes nothing into the chat
    await offer.click()
    shared = page.locator("[data-role=reader]")
    await expect(shared.locator(".via")).to_have_text("通过 @mailuo_bot")
    await expect(shared).to_contain_text("[1] ")
    await expect(page.locator("#offers")).to_be_hidden()
    await picture(page, "shared")
    await shared.get_by_text("在脉络里打开").click()
    await expect(page.locator("#title")).to_have_text("脉络")
    await expect(page.locator("[data-role=reader]").last).to_contain_text("/start story_1")
    await expect(page.locator("[data-role=bot]").last).to_contain_text("[1] ")


async def test_nothing_found_is_a_hint_that_leads_to_the_start(page: Page) -> None:
    await page.fill("#text", "@mailuo_bot 火星移民")
    await expect(page.locator(".hint")).to_have_text("没有找到，换个词试试")
    await page.click(".hint")
    await expect(page.locator("[data-role=bot]").last).to_contain_text("发一个词就能搜索")


async def test_a_reply_is_answered_from_the_story_and_an_edit_changes_it(page: Page) -> None:
    last = page.locator("[data-role=bot]").last
    await write(page, "/latset")
    await expect(last).to_contain_text("没有 /latset 这个命令")
    await page.locator("[data-do=edit]").click()
    await expect(page.locator("#what-about")).to_have_text("编辑：/latset")
    await write(page, "/latest")
    await expect(last).to_contain_text("最新 · 共")
    await press(page, "1")
    await expect(last).to_contain_text("[1] ")
    await last.locator("[data-do=reply]").click()
    await expect(page.locator("#what-about")).to_contain_text("回复：")
    await write(page, "谁")
    await expect(last).to_contain_text("崔丽丽")
    await expect(page.locator("#about-what")).to_be_hidden()
    await picture(page, "reply")


async def test_a_channel_answers_its_administrator(page: Page) -> None:
    await add(page, "channel", "我的频道")
    await expect(page.locator("[data-role=bot]")).to_contain_text("我是脉络。管理员在这里发送")
    await write(page, "/latest")
    await expect(page.locator("[data-role=bot]").last).to_contain_text("最新 · 共")
    await picture(page, "channel")
