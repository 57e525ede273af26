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
        opened.set_default_timeout(60_000)
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


async def test_the_picture_of_connections_is_the_same_in_every_browser(page: Page, address: str) -> None:
    """What is dragged lies there in another browser too; something new moves nothing; it can be arranged anew."""

    def places() -> dict[str, list[float]]:
        found: dict[str, list[float]] = httpx.get(f"{address}/api/v1/graph/places").json()["places"]
        return found

    async def arranged(wanted: int) -> dict[str, list[float]]:
        for _ in range(100):
            if len(places()) >= wanted:
                break
            await asyncio.sleep(0.1)
        return places()

    await page.set_viewport_size({"width": 1280, "height": 800})
    await page.goto(f"{address}/memory/connections")
    await page.locator("#graph canvas").first.wait_for()
    things = len({e["id"] for e in httpx.get(f"{address}/api/v1/graph").json()["entities"]})
    before = await arranged(2)
    assert 2 <= len(before) <= things
    await page.locator("#graph").scroll_into_view_if_needed()
    box = await page.locator("#graph").bounding_box()
    assert box is not None
    you = "document.getElementById('graph')._cyreg.cy.getElementById('user').renderedPosition()"
    at = await page.evaluate(you)
    middle = (box["x"] + at["x"], box["y"] + at["y"])
    await page.mouse.move(*middle)
    await page.mouse.down()
    for step in range(1, 6):
        await page.mouse.move(middle[0] + 12 * step, middle[1] + 4 * step)
    await page.mouse.up()
    for _ in range(50):
        if places() != before:
            break
        await asyncio.sleep(0.1)
    dragged = places()
    moved = [thing for thing in before if dragged[thing] != before[thing]]
    assert moved, "nothing was moved"
    httpx.post(f"{address}/api/v1/memories", json={"text": "My sister Wilhelmina lives in Goes."}, timeout=60)
    for _ in range(100):
        if len(httpx.get(f"{address}/api/v1/graph").json()["entities"]) > things:
            break
        await asyncio.sleep(0.2)
    async with chromium() as browser:
        other = await browser.new_page()
        await other.goto(f"{address}/memory/connections")
        await other.locator("#graph canvas").first.wait_for()
        now = await arranged(len(dragged) + 1)
        assert len(now) > len(dragged)
        assert {thing: now[thing] for thing in dragged} == dragged
        assert await other.evaluate("localStorage.getItem('keepsake-positions')") is None
        await other.get_by_role("button", name="Arrange the picture anew").click()
        await other.locator("#graph canvas").first.wait_for()
        for _ in range(50):
            if places() not in ({}, now):
                break
            await asyncio.sleep(0.1)
        assert places()[moved[0]] != now[moved[0]]
