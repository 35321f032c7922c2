"""A browser on the chat page, and what a reader does there."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Page, async_playwright, expect

from tests.writing import ROOT

expect.set_options(timeout=30_000)  # ms; a slow machine is no fault of the page

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1100, "height": 760}


@asynccontextmanager
async def opened(address: str, viewport: dict[str, int] = PHONE) -> AsyncIterator[Page]:
    """A browser on an address; an error in the page's script fails the test."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = await browser.new_page(viewport=viewport, device_scale_factor=2, locale="zh-CN")
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        await page.goto(address)
        yield page
        await browser.close()
        assert errors == []


async def add(page: Page, kind: str, name: str) -> None:
    """A group or another reader, by whichever button this width shows."""
    await page.locator(f"[data-add={kind}]:visible, #more:visible").first.click()
    await page.locator("label", has=page.locator(f"[value={kind}]")).click()
    await page.fill("#name", name)
    await page.click("#confirm")
    await expect(page.locator("[data-chat][aria-current=true]")).to_contain_text(name)


async def picture(page: Page, name: str) -> None:
    """Keep a picture when asked to: MAILUO_PICTURES names the folder."""
    if folder := os.environ.get("MAILUO_PICTURES"):
        await page.screenshot(path=str(Path(ROOT, folder, f"{name}.png")))
