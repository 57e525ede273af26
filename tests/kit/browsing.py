"""A real Chromium for the tests, and the few gestures a person makes in the chat."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, async_playwright
from playwright.async_api import TimeoutError as PlaywrightTimeout

# what could run, be fetched or be lost, if it were shown as anything but text
HOSTILE = (
    "Re:Hello <img src='http://evil.example/a'> ![b](http://evil.example/b) <script>document.title='c'</script> "
    "[d](javascript:alert(1)) \u202eאבג\u202c `std::vector<a:b>`\n\n```\nkey:value ![e](f)\n```\n"
)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # of its own accord it looks for its maker, for updates and for a proxy
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--no-proxy-server",
]


def need_chromium() -> None:
    """Skip, or fail where a browser is required."""
    if CHROMIUM is None:
        if os.environ.get("KEEPSAKE_REQUIRE_BROWSER") == "1":
            pytest.fail("KEEPSAKE_REQUIRE_BROWSER=1, but there is no Chromium: install one.")
        pytest.skip("no Chromium here: the browser tests did not run")


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


async def opened(page: Page, address: str) -> None:
    """The chat, ready to be typed into."""
    await page.goto(address)
    await page.wait_for_selector("#chat-input")


async def sends(page: Page, text: str) -> None:
    """Type and send. The page makes its field anew when a turn ends or an address changes, so look whether it stuck."""
    await page.wait_for_selector("#chat-submit")
    while True:
        await page.fill("#chat-input", text)
        await asyncio.sleep(0.3)
        with suppress(PlaywrightTimeout):  # it was made anew between a look and a click
            return await page.click("#chat-submit:enabled", timeout=1_000)


async def says(page: Page, text: str) -> str:
    """Type, send, and wait until the answer is there, with what stands under it."""
    before = await page.get_by_test_id("memory-used").count()
    await sends(page, text)
    await page.get_by_test_id("memory-used").nth(before).wait_for(timeout=60_000)
    return await page.locator(".ai-message").last.inner_text()


async def findings(page: Page) -> list[str]:
    """What axe finds serious or critical."""
    report = await Axe().run(page)
    return [
        f"{found['id']}: {found['nodes'][0]['html'][:120]}"
        for found in report.response["violations"]
        if found["impact"] in ("serious", "critical")
    ]


async def in_theme(page: Page, theme: str) -> None:
    """Light or dark, chosen as the chat's own switch chooses it."""
    await page.evaluate("theme => localStorage.setItem('vite-ui-theme', theme)", theme)
    await page.reload()
    await asyncio.sleep(0.3)  # colours fade into each other
