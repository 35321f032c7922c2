"""The chat page in a real browser: what a newcomer sees in `make demo`."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, expect

from bot import trial
from bot.config import Config
from bot.render import words
from tests.sandbox.browser import CHROMIUM, add, opened, picture
from tests.writing import SEEDS

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")


@pytest.fixture
async def address(config: Config) -> AsyncIterator[str]:
    """A running demo."""
    stop = asyncio.Event()
    told: asyncio.Queue[str] = asyncio.Queue()
    task = asyncio.create_task(trial.demo(config, SEEDS, 0, stop, told.put_nowait))
    line = await told.get()
    yield next(word for word in line.split() if word.startswith("http"))
    stop.set()
    await task


@pytest.fixture
async def page(address: str) -> AsyncIterator[Page]:
    """A phone's browser on the demo."""
    async with opened(address) as page:
        yield page


async def press(page: Page, label: str) -> None:
    await page.locator("[data-role=bot]").last.locator(f'[data-button="{label}"]').click()


async def test_a_newcomer_finds_a_story_its_timeline_and_its_sources(page: Page) -> None:
    last = page.locator("[data-role=bot]").last
    await page.fill("#text", "/latest")
    await page.press("#text", "Enter")
    await expect(last).to_contain_text("最新 · 共 1 件事")
    await expect(page.locator("[data-role=reader]")).to_contain_text("/latest")
    await picture(page, "latest")

    await press(page, "1")
    await expect(last).to_contain_text("[1] ")
    await expect(last).to_contain_text("已编辑")
    await picture(page, "story")

    await press(page, "时间线")
    await expect(last).to_contain_text("2010年")
    await expect(last).to_contain_text("2013年")
    await picture(page, "timeline")
    await press(page, "下一页 ›")
    await expect(last).to_contain_text("2021年9月17日")

    await press(page, "‹ 返回")
    await press(page, "来源")
    await expect(last).to_contain_text("转自 新榜（ID：newrankcn）")
    await picture(page, "sources")
    await press(page, "1")
    await expect(last).to_contain_text("摘要出自这几句")
    await expect(page.locator("[data-role=bot]")).to_have_count(1)  # all in one message


async def test_the_command_menu(page: Page) -> None:
    await page.click("#commands")
    await expect(page.locator("[data-command]")).to_have_count(len(words.SIMPLIFIED.commands))
    await page.click('[data-command="source"]')
    await expect(page.locator("[data-role=bot]").last).to_contain_text("报道来自这些媒体")


async def test_hostile_text_stays_text(page: Page) -> None:
    await page.fill("#text", "<img src=x onerror=alert(1)><b>粗</b>")
    await page.press("#text", "Enter")
    await expect(page.locator("[data-role=reader] .text")).to_have_text(
        "<img src=x onerror=alert(1)><b>粗</b>"
    )
    await expect(page.locator("[data-role=bot] .text").last).to_contain_text("<b>粗</b>")
    assert await page.locator(".text img").count() == 0


async def test_dark_and_wide(page: Page) -> None:
    await page.emulate_media(color_scheme="dark")
    await page.set_viewport_size({"width": 1100, "height": 760})
    await add(page, "group", "读报群")
    await page.fill("#text", "/timeline@mailuo_bot 抖音")
    await page.press("#text", "Enter")
    await expect(page.locator("[data-role=bot]").last).to_contain_text("时间线：抖音")
    await picture(page, "dark")


@pytest.mark.parametrize("ours", words.every(), ids=lambda c: c.code)
async def test_three_languages(page: Page, ours: words.Catalogue) -> None:
    last = page.locator("[data-role=bot]").last

    async def say(text: str, expected: str) -> None:
        await page.fill("#text", text)
        await page.press("#text", "Enter")
        await expect(last).to_contain_text(expected)

    await say(f"/language {ours.name}", ours.name)
    await say("/start", ours.start[:8])
    await picture(page, f"start-{ours.code}")
    await say("/settings", ours.setting_language.format(language=ours.name))
    await picture(page, f"settings-{ours.code}")
    await press(page, ours.to_zone)
    await expect(last).to_contain_text("/zone")
    await picture(page, f"zone-{ours.code}")
    await press(page, ours.to_back)
    await say("/latest", "微信")
    await press(page, "1")
    await expect(last.locator(f'[data-button="{ours.to_timeline}"]')).to_be_visible()
    await picture(page, f"story-{ours.code}")


async def test_the_panel_of_links_in_a_private_chat_and_in_a_group(page: Page) -> None:
    async def say(text: str) -> None:
        await page.fill("#text", text)
        await page.press("#text", "Enter")

    last = page.locator("[data-role=bot]").last
    await say("/links taobao.com 隐藏")
    await expect(last).to_contain_text("各类链接怎么显示")
    await expect(last.locator('[data-button="taobao.com · 隐藏"]')).to_be_visible()
    await picture(page, "links_private")
    await press(page, "短视频 · 直接打开")
    await expect(last).to_contain_text("抖音")
    await picture(page, "links_choice")
    await add(page, "group", "读报群")
    await say("/links@mailuo_bot")
    await expect(last.locator('[data-button="短视频 · 只显示域名"]')).to_be_visible()
    await picture(page, "links_group")


async def test_a_timeline_as_a_picture_light_and_dark(page: Page) -> None:
    await page.fill("#text", "/timeline 微信 图")
    await page.press("#text", "Enter")
    last = page.locator("[data-role=bot]").last
    await expect(last.locator("img")).to_be_visible()
    await last.evaluate("message => message.scrollIntoView()")
    await picture(page, "photo")
    await press(page, "深色")
    await expect(last.locator('[data-button="浅色"]')).to_be_visible()
    await picture(page, "photo_dark")
