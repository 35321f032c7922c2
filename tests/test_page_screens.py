"""The chat page in a real browser: every kind of screen once, at a phone's width."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bot import trial
from bot.app import House
from tests.sandbox.browser import PHONE, add, picture
from tests.test_page import address, page, press, pytestmark

__all__ = ["address", "page", "pytestmark"]

LONG = {"width": PHONE["width"], "height": 2400}  # a screen whole, without scrolling


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """When the demo's last post is to arrive."""
    due, arrives = asyncio.Event(), trial._arrives

    async def wait(house: House, files: Sequence[Path], stop: asyncio.Event) -> None:
        await due.wait()
        await arrives(house, files, stop)

    monkeypatch.setattr(trial, "_arrives", wait)
    monkeypatch.setattr(trial, "LATE_SECONDS", 0)
    return due


async def say(page: Page, text: str, expected: str) -> None:
    """Write, and wait for the answer."""
    await page.fill("#text", text)
    await page.press("#text", "Enter")
    await expect(page.locator("[data-role=bot]").last).to_contain_text(expected)


async def test_a_story_from_every_side(page: Page) -> None:
    await page.set_viewport_size(LONG)
    last = page.locator("[data-role=bot]").last
    await say(page, "微信", "搜索：微信")
    await picture(page, "search")
    await say(page, "/latest", "最新 · 共")
    await press(page, "1")
    await press(page, "全文摘要")
    await expect(last).to_contain_text("全文摘要 · ")
    await picture(page, "full")
    await press(page, "‹ 返回")
    await press(page, "来源")
    await press(page, "1")
    await expect(last).to_contain_text("摘要出自这几句")
    await picture(page, "article")
    await press(page, "反馈问题")
    await expect(last).to_contain_text("有什么问题？")
    await picture(page, "report")
    await say(page, "/source", "报道来自这些媒体")
    await picture(page, "outlets")


@pytest.mark.parametrize("theme", ["浅色", "深色"])
async def test_a_timeline_as_text_and_as_a_picture(page: Page, theme: str) -> None:
    await page.set_viewport_size(LONG)
    last = page.locator("[data-role=bot]").last
    await say(page, "/timeline 微信", "时间线：微信")
    await picture(page, "timeline_text")
    await press(page, "图片")
    await expect(last.locator("img")).to_be_visible()
    if theme == "深色":
        await page.emulate_media(color_scheme="dark")
        await press(page, theme)
        await expect(last.locator('[data-button="浅色"]')).to_be_visible()
    await picture(page, f"timeline_{'dark' if theme == '深色' else 'light'}")
    await say(page, "/trends", "升温")
    await picture(page, "trends")


async def test_subscribing_and_what_comes_of_it(late: asyncio.Event, page: Page) -> None:
    await page.set_viewport_size(LONG)
    last = page.locator("[data-role=bot]").last
    await say(page, "/subscribe", "订阅什么？")
    await picture(page, "subscribe")
    await press(page, "全部消息")
    await press(page, "每天")
    await press(page, "08:00")
    await expect(last).to_contain_text("要多详细？")
    await picture(page, "subscribe_size")
    await press(page, "详细")
    await expect(last).to_contain_text("已订阅")
    await say(page, "/subscriptions", "全部消息 · 每天 08:00")
    await picture(page, "subscriptions")
    await say(page, "/subscribe 微信 即时", "已订阅“微信”：即时")
    late.set()
    await expect(last).to_contain_text("微信 · 即时", timeout=30_000)
    await picture(page, "digest")


async def test_words_of_the_bot_alone(page: Page) -> None:
    await page.set_viewport_size(LONG)
    await say(page, "/help", "怎么用")
    await picture(page, "help")
    await say(page, "/search 火星移民", "没有找到")
    await say(page, "/report", "想反馈哪件事？")
    await say(page, "/why 微信", "还没有订阅")
    await picture(page, "notes")
    await add(page, "group", "读报群")
    await say(page, "/settings@mailuo_bot", "设置")
    await picture(page, "settings_group")
