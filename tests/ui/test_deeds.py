"""What stands under an answer for ways of answering, for who is who, and for who may read: each acts in a click, and back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page

from tests.kit.browsing import chromium, findings, need_chromium, opened, says
from tests.kit.serving import served
from tests.kit.talking import talking
from tests.ui.conftest import PASSWORDS

pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    need_chromium()
    async with chromium() as browser:
        page = await browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(60_000)
        yield page


@pytest.fixture(scope="module")
def able(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose model follows what it was taught."""
    need_chromium()
    with talking() as (_, settings), served(tmp_path_factory.mktemp("deeds"), **settings) as at:
        yield at


async def asked(page: Page, address: str, path: str) -> Any:
    return await (await page.request.get(f"{address}/api/v1/{path}")).json()


async def stations(page: Page, address: str) -> dict[str, str]:
    """What each way of answering counts as."""
    found = (await asked(page, address, "procedures"))["procedures"]
    return {one["rule"]: "waits" if one["needs_approval"] else one["status"] for one in found}


async def become(page: Page, address: str, wanted: dict[str, str]) -> None:
    for _ in range(60):
        if await stations(page, address) == wanted:
            return
        await asyncio.sleep(0.25)
    assert await stations(page, address) == wanted


async def test_a_way_of_answering_is_decided_under_the_answer(page: Page, able: str) -> None:
    """What was learned just now is edited there, the new version approved or rejected, and gone back from; each with undo."""
    await opened(page, able)
    await says(page, "From now on, when I ask for a recipe, always use grams.")
    learned = page.get_by_test_id("learned").last.locator("li").filter(has_text="When I ask for a recipe")
    await learned.get_by_text("in use").wait_for()
    await learned.get_by_role("button", name="Change or forget").click()
    await learned.get_by_role("button", name="Edit…").click()
    await learned.get_by_role("textbox", name="What to do").fill("always use ounces")
    await page.keyboard.press("Enter")
    await learned.get_by_text("It waits for your approval").wait_for()
    await become(page, able, {"always use grams": "active", "always use ounces": "waits"})
    await learned.get_by_role("button", name="Approve").click()
    await learned.get_by_text("Approved.").wait_for()
    await become(page, able, {"always use grams": "retired", "always use ounces": "active"})
    await learned.get_by_role("button", name="Undo").click()
    await become(page, able, {"always use grams": "active", "always use ounces": "waits"})
    await says(page, "Which rules do you follow?")
    line = page.get_by_test_id("memory-used").last
    waiting = line.locator("ol > li").filter(has_text="ounces")
    await waiting.get_by_role("button", name="Reject").click()  # it is asked about without another click
    await waiting.get_by_text("Rejected.").wait_for()
    await become(page, able, {"always use grams": "active", "always use ounces": "retired"})
    await waiting.get_by_role("button", name="Undo").click()
    await waiting.get_by_role("button", name="Approve").click()
    await waiting.get_by_text("Approved.").wait_for()
    await waiting.get_by_role("button", name="Change or forget").click()
    await waiting.get_by_role("button", name="Go back to the version before").click()
    await become(page, able, {"always use grams": "active", "always use ounces": "retired"})
    await waiting.get_by_role("button", name="Undo").click()
    await become(page, able, {"always use grams": "retired", "always use ounces": "active"})
    assert [found for found in await findings(page) if found.startswith("button-name")] == []


async def test_a_memory_is_set_aside_under_the_answer(page: Page, able: str) -> None:
    """Paused, and kept until a day, each in a click or two, and back in one."""
    await opened(page, able)
    await says(page, "I like tulips.")
    learned = page.get_by_test_id("learned").last.locator("li").filter(has_text="You like tulips")

    async def stands_as(status: str, until: str) -> None:
        for _ in range(60):
            (found,) = (await asked(page, able, "memories?words=tulips&kind=preference"))["memories"]
            if (found["status"], (found["keep_until"] or "")[:10]) == (status, until):
                return
            await asyncio.sleep(0.25)
        assert (found["status"], found["keep_until"]) == (status, until)

    await learned.get_by_role("button", name="Change or forget").click()
    await learned.get_by_role("button", name="Pause").click()
    await learned.get_by_text("Paused.").wait_for()
    await stands_as("paused", "")
    await learned.get_by_role("button", name="Undo").click()
    await stands_as("active", "")
    await learned.get_by_role("button", name="Change or forget").click()
    await learned.get_by_role("button", name="Keep until…").click()
    await learned.get_by_label("Kept until").fill("2099-05-03")
    await page.keyboard.press("Enter")
    await learned.get_by_text("Kept until then.").wait_for()
    await stands_as("active", "2099-05-03")
    await learned.get_by_role("button", name="Undo").click()
    await stands_as("active", "")


async def names(page: Page, address: str) -> list[str]:
    return sorted(one["name"] for one in (await asked(page, address, "graph"))["entities"])


async def known(page: Page, address: str, *words: str) -> None:
    """Until facts with each of these words are learned."""
    facts = list[str]()
    for _ in range(240):
        facts = [fact["text"] for fact in (await asked(page, address, "graph"))["facts"]]
        if all(any(word in fact for fact in facts) for word in words):
            return
        await asyncio.sleep(0.25)
    raise AssertionError(f"never learned: {words} of {facts}")


async def test_who_is_who_is_taken_back_and_chosen_under_the_answer(page: Page, able: str) -> None:
    """After words that merge stands the way back; where several have the name, which of them is asked there."""
    await opened(page, able)
    for said in (
        "My friend Marta lives in Oslo.",
        "My friend Marta plays the cello.",
        "My friend Tilda bakes bread.",
    ):
        await says(page, said)
    await known(page, able, "Marta lives in Oslo", "Marta plays", "Tilda")
    before = await names(page, able)
    await says(page, "Marta and Tilda are the same person.")
    deed = page.get_by_test_id("deed").last
    await deed.get_by_text("Taken for one.").wait_for()
    assert len(await names(page, able)) == len(before) - 1
    await deed.get_by_role("button", name="Undo").click()
    await deed.get_by_text("Taken back.").wait_for()
    assert await names(page, able) == before
    await says(page, "That Marta plays the cello is about another Marta.")
    await page.get_by_test_id("deed").last.get_by_text("Told apart.").wait_for()
    assert (await names(page, able)).count("Marta") == 2
    await says(page, "Merge Marta and Tilda.")
    await page.get_by_text("More than one is called “Marta”, so nothing was changed.").wait_for()
    deed = page.get_by_test_id("deed").last
    await deed.get_by_role("button", name="cello").click()
    await deed.get_by_text("Taken for one.").wait_for()
    assert len(await names(page, able)) == len(before)
    await page.reload()  # what stands there is how it is now
    await page.get_by_test_id("deed").first.get_by_text("Taken back.").wait_for()


async def test_a_share_is_ended_and_given_again_under_the_answer(page: Page, house: tuple[str, Path]) -> None:
    """What was shared in words is there with its end; ended, it is given again for ten seconds."""
    address = house[0]
    need_chromium()
    form = {"username": "ada", "password": PASSWORDS["ada"]}
    await page.request.post(f"{address}/login", form=form)
    await opened(page, address)
    await says(page, "Share what you know about my garden with Ben for a week.")
    await page.get_by_text("Shared with ben: whatever I remember that says “garden”").wait_for()
    deed = page.get_by_test_id("deed").last
    await deed.get_by_text("ben · garden · until").wait_for()

    async def holds() -> list[bool]:
        given = (await asked(page, address, "shares"))["given"]
        return [one["holds"] for one in given if one["topic"] == "garden"]

    assert await holds() == [True]
    await deed.get_by_role("button", name="End sharing with ben").click()
    await deed.get_by_text("Nothing of it can be read any more.").wait_for()
    assert await holds() == [False]
    await deed.get_by_role("button", name="Undo").click()
    await deed.get_by_role("button", name="End sharing with ben").wait_for()
    assert await holds() == [True]
    await deed.get_by_role("button", name="End sharing with ben").click()
    await deed.get_by_text("ended").wait_for()
