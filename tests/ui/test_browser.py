"""The first conversation, in a real browser: remembered over a restart, looked at, forgotten, brought back."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, async_playwright

from tests.kit.serving import served

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
pytestmark = pytest.mark.browser


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    if CHROMIUM is None:
        if os.environ.get("KEEPSAKE_REQUIRE_BROWSER") == "1":
            pytest.fail("KEEPSAKE_REQUIRE_BROWSER=1, but there is no Chromium: install one.")
        pytest.skip("no Chromium here: the browser tests did not run")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        opened = await browser.new_page(viewport={"width": 1280, "height": 800})
        yield opened
        await browser.close()


async def says(page: Page, text: str) -> str:
    """Type, send, and wait until the answer stands still."""
    before = await page.locator(".ai-message").count()
    await page.fill("#chat-input", text)
    await page.click("#chat-submit")
    await page.wait_for_function(
        f"document.querySelectorAll('.ai-message').length > {before}", timeout=60_000
    )
    answer, last = "", None
    while answer != last:
        last = answer
        await asyncio.sleep(1)
        answer = await page.locator(".ai-message").last.inner_text()
    return answer


async def test_a_conversation_of_two_days(page: Page, tmp_path: Path) -> None:
    """What was said is known after a restart, can be looked at, forgotten, and brought back for ten seconds."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with served(tmp_path) as address:
        await page.goto(address)
        await page.wait_for_selector("#chat-input")
        await says(page, "I live in Lyon with my dog Rex.")
        await page.reload()
        await page.wait_for_selector("#thread-history a")
        await page.locator("#thread-history a").first.click()
        await page.wait_for_selector(".ai-message")
        assert "I live in Lyon" in await page.locator("body").inner_text()
    with served(tmp_path) as address:
        await page.goto(address)
        await page.wait_for_selector("#chat-input")
        answer = await says(page, "Where do I live?")
        assert "Lyon" in answer
        assert "Used 1 of" in answer
        await page.goto(f"{address}/memory?words=lyon")
        rows = page.locator("li.memory")
        count = await rows.count()
        assert count >= 2
        report = await Axe().run(page)
        assert [
            v["id"] for v in report.response["violations"] if v["impact"] in ("serious", "critical")
        ] == []
        told = rows.filter(has_text="you said").filter(has_text="with my dog").last
        await told.locator("summary").click()
        await told.get_by_role("button", name="Forget it").click()
        await page.get_by_role("button", name="Undo").click()
        await page.get_by_role("button", name="Undo").wait_for(state="detached")
        assert httpx.get(f"{address}/api/v1/memories", params={"words": "lyon"}).json()["total"] == count
        found = httpx.get(f"{address}/api/v1/memories", params={"words": "lyon"}).json()["memories"]
        ids = [memory["id"] for memory in found]
        done = httpx.post(f"{address}/api/v1/forget", json={"ids": ids, "now": True}, timeout=30).json()
        assert done["state"] == "destroyed"
        assert done["probes"] == [["text", 0], ["index", 0]]
        await page.goto(address)
        await page.wait_for_selector("#chat-input")
        assert "Lyon" not in await says(page, "Where do I live?")
    assert [url for url in asked if "127.0.0.1" not in url and not url.startswith(("data:", "blob:"))] == []
