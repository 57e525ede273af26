"""The chat in a real browser."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Page

from tests.kit.browsing import HOSTILE, findings, opened, says, sends
from tests.kit.serving import served
from tests.kit.talking import Talking

pytestmark = [pytest.mark.browser, pytest.mark.long]


async def learned(page: Page, address: str, words: str) -> None:
    """Until a fact was learned from what was said, and pages that are open have heard of it."""
    for _ in range(60):
        found = await page.request.get(f"{address}/api/v1/memories", params={"words": words, "kind": "fact"})
        if (await found.json())["memories"]:
            break
        await asyncio.sleep(0.5)
    await asyncio.sleep(1)


async def test_a_conversation_of_two_days(page: Page, tmp_path: Path) -> None:
    """What was said is known after a restart, can be looked at, forgotten, and brought back for ten seconds."""
    with served(tmp_path) as address:
        await opened(page, address)
        card = page.get_by_test_id("first-run")
        await card.get_by_text("I am a computer program").wait_for()
        assert "Answers come from SmolLM2" in await card.inner_text()
        assert "need a capable model" in await card.inner_text()
        await card.get_by_role("button", name="Remember automatically").click()
        await card.get_by_text("I remember, as you chose on").wait_for()
        assert "SmolLM2-135M (on this machine)" in await page.locator(".keepsake-model").inner_text()
        await says(page, "I live in Lyon with my dog Rex.")
        await page.reload()
        await page.locator("#thread-history a").first.click()
        await page.get_by_text("I live in Lyon with my dog Rex.").last.wait_for()
    with served(tmp_path) as address:
        await opened(page, address)
        assert "Lyon" in await says(page, "Where do I live?")
        line = page.get_by_test_id("memory-used").last
        assert "Used 1 of" in await line.inner_text()
        await line.get_by_role("button", name="Why?").click()
        await line.get_by_text("Nothing was sent to a model").wait_for()
        await learned(page, address, "lyon")
        await page.goto(f"{address}/memory?words=lyon")
        rows = page.locator("li.memory")
        count = await rows.count()
        assert count >= 2
        told = rows.filter(has_text="you said").filter(has_text="with my dog").last
        await told.get_by_role("button", name="Forget…").click()
        await page.get_by_text("more go along").wait_for()
        await told.get_by_role("button", name="Forget it").click()
        await page.get_by_role("button", name="Undo").wait_for()
        assert await rows.filter(has_text="with my dog").count() == 0  # what was learned from it went along
        await page.get_by_role("button", name="Undo").click()
        await rows.filter(has_text="with my dog").first.wait_for()
        assert await rows.count() == count
        assert httpx.get(f"{address}/api/v1/memories", params={"words": "lyon"}).json()["total"] == count
        found = httpx.get(f"{address}/api/v1/memories", params={"words": "lyon"}).json()["memories"]
        ids = [memory["id"] for memory in found]
        done = httpx.post(f"{address}/api/v1/forget", json={"ids": ids, "now": True}, timeout=30).json()
        assert done["probes"][:4] == [["id", 0], ["words", 0], ["meaning", 0], ["bytes", 0]]
        await page.goto(address)
        await page.locator("#thread-history a").first.click()
        await page.get_by_test_id("memory-used").last.get_by_text("forgotten").wait_for()
        await opened(page, address)
        assert "Lyon" not in await says(page, "Where do I live?")


async def test_a_fresh_start_shows_no_error(page: Page, address: str) -> None:
    """Whoever sits here is signed in by the first answer: nothing is refused, no other page is loaded in between."""
    refused, errors, pages = list[str](), list[str](), list[str]()
    page.on("response", lambda one: refused.append(one.url) if one.status >= 400 else None)
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("framenavigated", lambda frame: pages.append(frame.url))
    await opened(page, address)
    await page.get_by_test_id("first-run").first.wait_for()
    assert (refused, errors) == ([], [])
    assert not [url for url in pages if "/login" in url]


async def test_an_answer_is_inert_and_says_why(
    page: Page, address: str, talk: tuple[Talking, dict[str, str]]
) -> None:
    """Nothing in an answer runs or is fetched, no word is lost; "Why?" shows what was sent; every button has a name."""
    await opened(page, address)
    talk[0].answer = "A fine bird."
    await says(page, "My canary is called Ferdinand.")
    talk[0].answer = HOSTILE
    await says(page, "Who is my canary?")
    answer = page.locator(".ai-message").last
    await answer.locator(
        "code", has_text="std::vector<a:b>"
    ).wait_for()  # drawn a moment after the first words
    shown = await answer.inner_text()
    assert "Re:Hello" in shown
    assert "<script>document.title='c'</script>" in shown
    assert "![b](" in shown
    assert await answer.locator("code", has_text="key:value ![e](f)").count() == 1
    assert await answer.locator("img[src*=evil], a[href^=javascript]").count() == 0
    line = page.get_by_test_id("memory-used").last
    await line.get_by_text("Ferdinand").first.wait_for()
    await line.get_by_role("button", name="Why?").click()
    await line.get_by_text("This is everything that was sent").wait_for()
    await line.get_by_role("button", name="See the exact text").click()
    sent = [message["content"] for message in talk[0].requests[-1]["messages"]]
    await line.locator("pre").last.wait_for()
    shown = await line.locator("pre").all_inner_texts()
    assert shown[-len(sent) :] == sent  # above it: the tools that were offered
    assert [found for found in await findings(page) if found.startswith("button-name")] == []
    await line.get_by_role("link", name="Ferdinand").first.click()
    await page.wait_for_url("**/memory/*-*")
    await page.get_by_role("heading", name="Where it was used").wait_for()
    assert "Who is my canary?" in await page.locator("main").inner_text()


async def test_what_will_be_saved_is_shown_while_typing(page: Page, address: str) -> None:
    """A strip above the field shows placeholders for what is personal, before anything is sent; it can be hidden."""
    await opened(page, address)
    before = httpx.get(f"{address}/api/v1/status").json()["memories"]
    await page.fill("#chat-input", "Mail me at otto.lund@example.org, please.")
    strip = page.locator("#keepsake-strip")
    await strip.locator("mark", has_text="email").wait_for()
    assert "otto.lund" not in (await strip.locator("p").first.inner_text())
    assert "Saved without 1 personal details" in await strip.inner_text()
    await strip.locator("mark button").click()
    await strip.get_by_role("button", name="Keep as is just this once").click()
    await strip.locator("mark").wait_for(state="detached")
    await page.locator("#chat-input").press_sequentially(" or to mia.lund@example.org")
    await strip.locator("mark", has_text="email").wait_for()
    assert "Saved without 1 personal details" in await strip.inner_text()
    await strip.get_by_role("button", name="Hide").click()
    assert await strip.inner_text() == ""
    assert httpx.get(f"{address}/api/v1/status").json()["memories"] == before


async def test_stop_in_the_browser(page: Page, address: str, talk: tuple[Talking, dict[str, str]]) -> None:
    """The Stop button ends the answer, and what was said so far stays on the page."""
    await opened(page, address)
    talk[0].answer, talk[0].pause = " ".join(f"word{number}" for number in range(200)), 0.2
    await sends(page, "Tell me a long story.")
    await page.get_by_text("word2").wait_for()
    await page.click("#stop-button")
    talk[0].pause = 0.0
    await page.get_by_text("Task manually stopped.").wait_for()
    await page.wait_for_selector("#chat-submit")
    assert "word2" in await page.locator("body").inner_text()
    talk[0].answer = "Gladly."
    assert "Gladly." in await says(page, "Something else, please.")


async def test_what_an_answer_rests_on_can_be_changed_in_a_click(
    page: Page, address: str, talk: tuple[Talking, dict[str, str]]
) -> None:
    """A chip keeps a memory away from a topic, corrects and forgets; each is taken back; "without memory" stands beside."""
    await opened(page, address)
    talk[0].answer = "Nice."
    await says(page, "My cello teacher is Ottilie.")
    learned = page.get_by_test_id("learned").last
    await learned.get_by_text("Ottilie").first.wait_for(timeout=20_000)
    talk[0].answer = "Ottilie [1]."
    await says(page, "Who teaches me the cello?")
    line = page.get_by_test_id("memory-used").last
    chip = line.locator("ol > li").filter(has_text="My cello teacher").first
    await chip.get_by_role("button", name="Change or forget").click()
    await chip.get_by_role("button", name="Don't use for this topic").click()
    await chip.get_by_text("Not used for questions like this.").wait_for()
    assert len(httpx.get(f"{address}/api/v1/reservations").json()["reservations"]) == 1
    await chip.get_by_role("button", name="Undo").click()
    await chip.get_by_text("Not used for questions like this.").wait_for(state="detached")
    assert httpx.get(f"{address}/api/v1/reservations").json()["reservations"] == []
    await chip.get_by_role("button", name="Change or forget").click()
    await chip.get_by_role("button", name="Correct…").first.click()
    await page.keyboard.type("Hildegard")
    await page.keyboard.press("Enter")
    await chip.get_by_text("Corrected.").wait_for()
    found = httpx.get(f"{address}/api/v1/memories", params={"words": "Hildegard", "kind": "fact"}).json()
    assert found["total"] == 1
    await line.get_by_text("which you changed since").wait_for()
    await line.get_by_role("button", name="Why?").click()
    talk[0].answer = "I do not know."
    await line.get_by_role("button", name="Answer again without memory").click()
    await line.get_by_text("I do not know.").wait_for()
    await chip.get_by_role("button", name="Change or forget").click()
    await chip.get_by_role("button", name="Forget", exact=True).first.click()
    await chip.get_by_role("button", name="Undo").click()
    await chip.get_by_text("My cello teacher").wait_for()
    assert await chip.locator("em").count() == 0


async def test_what_stands_under_an_answer_appears_with_it_and_stays(
    page: Page, address: str, talk: tuple[Talking, dict[str, str]]
) -> None:
    """The memories are there before the last word; what is open stays open; what is forgotten vanishes from all answers."""
    await opened(page, address)
    talk[0].answer = "A sturdy animal."
    await says(page, "My mule is called Balthasar.")
    talk[0].answer, talk[0].pause = " ".join(f"mule{number}" for number in range(80)), 0.25
    before = await page.get_by_test_id("memory-used").count()
    await sends(page, "What is my mule called?")
    first = page.get_by_test_id("memory-used").nth(before)
    chip = first.locator("ol > li").filter(has_text="Balthasar").first
    await chip.get_by_text("Balthasar").wait_for()
    assert "mule79" not in await page.locator(".ai-message").last.inner_text()
    talk[0].pause = 0.0
    await first.get_by_role("button", name="Why?").wait_for()
    await chip.get_by_role("button", name="Change or forget").click()
    await says(page, "Does my mule have a name?")
    await learned(page, address, "Balthasar")
    assert await chip.get_by_role("button", name="Forget", exact=True).first.is_visible()
    other = page.get_by_test_id("memory-used").last.locator("ol > li").filter(has_text="Balthasar").first
    await other.wait_for()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/memories/" in request.url else None)
    await chip.get_by_role("button", name="Forget", exact=True).first.click()
    await other.wait_for(state="detached")
    assert len([url for url in asked if url.endswith("/known")]) == 1  # for all answers together
    await first.get_by_role("button", name="Undo").wait_for()  # its own words are gone from the line too


async def test_memory_is_turned_off_and_on(page: Page, address: str) -> None:
    """The switch on the memory page says what holds now, since when, and is obeyed."""
    await page.goto(f"{address}/memory")
    await page.get_by_role("button", name="Turn off").click()
    await page.get_by_text("Memory is off").wait_for()
    assert httpx.get(f"{address}/api/v1/choices").json()["remember"] is False
    await page.reload()
    assert "since" in await page.locator(".switch").inner_text()
    await page.get_by_role("button", name="Turn on").click()
    await page.get_by_text("Memory is on").wait_for()
    assert httpx.get(f"{address}/api/v1/choices").json()["remember"] is True
