"""What the memory pages do in a real browser: by keys alone, focus never lost, axe content, nothing cut at 390."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Page

from tests.kit.browsing import chromium, findings, need_chromium
from tests.kit.serving import served

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    need_chromium()
    with served(tmp_path_factory.mktemp("by_hand")) as at:
        for text in ("I keep a heron in Zierikzee.", "I repair clocks in Zierikzee.", "I like plum jam."):
            httpx.post(f"{at}/api/v1/memories", json={"text": text}, timeout=60).raise_for_status()
        yield at


@pytest_asyncio.fixture(loop_scope="module")
async def page() -> AsyncIterator[Page]:
    async with chromium() as browser:
        opened = await browser.new_page(viewport={"width": 390, "height": 844})
        opened.set_default_timeout(20_000)
        yield opened


async def focused(page: Page) -> str:
    told: str = await page.evaluate(
        "(({tagName, id, name, textContent}) => `${tagName}#${id || name || ''} ${textContent.trim()}`)(document.activeElement)"
    )
    return told


async def tab_to(page: Page, wanted: str) -> None:
    for _ in range(120):
        await page.keyboard.press("Tab")
        told = await focused(page)
        if wanted in told and not told.startswith("BODY"):
            return
    raise AssertionError(f"no way to {wanted}")


async def presses(page: Page, key: str, waiting_for: str) -> str:
    """Press, wait for what comes, and say where focus is then: never nowhere."""
    await page.keyboard.press(key)
    await page.get_by_text(waiting_for).first.wait_for()
    await asyncio.sleep(0.3)  # it settles
    told = await focused(page)
    assert not told.startswith("BODY"), "focus is lost"
    return told


async def sound(page: Page) -> None:
    """For everybody, light and dark, and as wide as the window."""
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    for theme in ("light", "dark"):
        await page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        await asyncio.sleep(0.3)  # colours fade into each other
        assert await findings(page) == [], theme


async def test_asking_pausing_and_changing_until_by_keys(page: Page, address: str) -> None:
    """The question is answered below it; what is chosen is paused, used again and dated without a mouse."""
    await page.goto(f"{address}/memory")
    await tab_to(page, "INPUT#question")
    await page.keyboard.type("Where do I repair clocks?")
    assert "repair clocks in Zierikzee" in await presses(page, "Enter", "[1]")
    await sound(page)
    await tab_to(page, "Close")
    await page.keyboard.press("Enter")
    assert "INPUT#question" in await focused(page)
    await page.goto(f"{address}/memory?words=heron")
    await page.get_by_label("Choose all on this page").focus()
    await page.keyboard.press("Space")
    await tab_to(page, "Pause")
    assert "Undo" in await presses(page, "Enter", "used in no answer")
    await page.locator("li.memory").get_by_text("paused").first.wait_for()
    await sound(page)
    assert await presses(page, "Enter", "Used again")
    await page.get_by_label("Choose all on this page").focus()
    for _ in range(2):  # the rows came anew: nothing is chosen in them
        await page.keyboard.press("Space")
    if not await page.locator("li.memory input").first.is_checked():
        await page.keyboard.press("Space")
    await tab_to(page, "Change until…")
    assert "INPUT#until" in await presses(page, "Enter", "On that day it is forgotten")
    await sound(page)
    await page.locator("input[name=until]").fill("2999-05-03")
    await tab_to(page, "Keep until then")
    await presses(page, "Enter", "kept until 3 May 2999")
    await page.locator("li.memory").get_by_text("kept until 3 May 2999").first.wait_for()


async def test_the_chosen_ones_are_downloaded(page: Page, address: str) -> None:
    """As a file, without leaving the page."""
    await page.goto(f"{address}/memory?words=clocks")
    await page.get_by_label("Choose all on this page").check()
    async with page.expect_download() as download:
        await page.get_by_role("button", name="Export").click()
    assert (await download.value).suggested_filename == "keepsake.zip"
    assert "/memory?words=clocks" in page.url
