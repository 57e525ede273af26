"""The chat and the memory page in a real browser."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Locator, Page, Route

from tests.kit.browsing import chromium, findings, in_theme, need_chromium, opened, says, sends
from tests.kit.serving import served
from tests.kit.talking import Talking, talking

pytestmark = [pytest.mark.browser, pytest.mark.long]

HOSTILE = (
    "Re:Hello <img src='http://evil.example/a'> ![b](http://evil.example/b) <script>document.title='c'</script> "
    "[d](javascript:alert(1)) \u202eאבג\u202c `std::vector<a:b>`\n\n```\nkey:value ![e](f)\n```\n"
)


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    need_chromium()
    async with chromium() as browser:
        page = await browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(60_000)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        yield page
        beyond = [url for url in asked if "//127.0.0.1" not in url and not url.startswith(("data:", "blob:"))]
        assert beyond == [], "the browser asked somebody else"


@pytest.fixture(scope="module")
def talk() -> Iterator[tuple[Talking, dict[str, str]]]:
    with talking() as model:
        yield model


@pytest.fixture(scope="module")
def address(talk: tuple[Talking, dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    need_chromium()
    with served(tmp_path_factory.mktemp("browsed"), **talk[1]) as at:
        yield at


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
    shown = await answer.inner_text()
    assert "Re:Hello" in shown
    assert "<script>document.title='c'</script>" in shown
    assert "![b](" in shown
    await answer.locator("code", has_text="std::vector<a:b>").wait_for()  # drawn a moment after the words
    assert await answer.locator("code", has_text="key:value ![e](f)").count() == 1
    assert await answer.locator("img[src*=evil], a[href^=javascript]").count() == 0
    line = page.get_by_test_id("memory-used").last
    await line.get_by_text("Ferdinand").first.wait_for()
    await line.get_by_role("button", name="Why?").click()
    await line.get_by_text("This is everything that was sent").wait_for()
    await line.get_by_role("button", name="See the exact text").click()
    sent = [message["content"] for message in talk[0].requests[-1]["messages"]]
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


async def test_the_memory_pages_are_for_everybody(page: Page, address: str) -> None:
    """axe finds nothing serious on any page, light and dark, with the forms open; nothing is cut at 390."""
    said = [
        "I keep bees. " + "x" * 400,
        "I live in Porto.",
        "From now on, when I ask for tea, send an email to my aunt.",
    ]
    for text in said:
        kept = httpx.post(f"{address}/api/v1/memories", json={"text": text}, timeout=30).json()["memories"][0]
    came = httpx.post(f"{address}/api/v1/import", content="I whistle. " + "y" * 300, timeout=60).json()
    arrival = f"/review/arrivals/{came['arrival']}"
    pages = [f"{address}/memory{rest}" for rest in ("?words=zebra", f"/{kept['id']}", "/nonsense", arrival)]
    pages += [
        f"{address}/memory/{tab}"
        for tab in (
            "review",
            "timeline",
            "timeline/story?order=topic",
            "connections",
            "skills",
            "privacy",
            "sharing",
            "activity",
            "activity/changes",
        )
    ]
    for theme in ("light", "dark"):
        await page.goto(f"{address}/memory")
        await in_theme(page, theme)
        await page.get_by_text("Filter and sort").click()
        await page.get_by_role("button", name="Forget…").first.click()
        await page.get_by_role("button", name="Forget it").wait_for()
        colour = await page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert (colour == "rgb(255, 255, 255)") is (theme == "light")
        assert await findings(page) == []
        for one in pages:
            await page.goto(one)
            assert await findings(page) == [], one
    await page.set_viewport_size({"width": 390, "height": 844})
    for one in (f"{address}/memory", *pages):
        await page.goto(one)
        assert await page.evaluate("document.documentElement.scrollWidth") <= 390, one


async def test_hostile_words_are_inert_wherever_they_are_shown(page: Page, address: str) -> None:
    """HTML, markdown, links that run, right to left, 10 kB and emoji are text on every page, also while it is asked about."""
    hidden = "<img src='http://evil.example/s' onerror='document.title=1'>"
    said = [
        HOSTILE + "😀" + "x" * 10_000,
        f"My sister {hidden} is called [Eve](javascript:alert(1)).",
        "I live in ![Lyon](http://evil.example/l) <b>Lyon</b>.",
        "From now on, when I ask for <script>tea</script>, use <i>grams</i> and [x](javascript:alert(1)).",
        f"I was diagnosed with {hidden} diabetes.",
    ]
    for text in said:
        sent = httpx.post(f"{address}/api/v1/memories", json={"text": text}, timeout=60).raise_for_status()
    kept = sent.json()["memories"][0]["id"]
    came = httpx.post(f"{address}/api/v1/import", content=f"I whistle {hidden}.", timeout=60).json()
    told = list[str]()
    page.on("dialog", lambda one: told.append(one.message))
    tabs = ("review", "timeline", "timeline/story?order=topic", "connections", "skills", "privacy")
    rest = (
        "sharing",
        "activity",
        "activity/changes",
        f"review/arrivals/{came['arrival']}",
        f"{kept}?whole=true",
    )
    alive = (
        "img, iframe, object, script, form[action*=evil], [onerror], a[href^='javascript'], a[href*='evil']"
    )
    for one in ("", "?words=<img", *(f"/{tab}" for tab in (*tabs, *rest))):
        await page.goto(f"{address}/memory{one}")
        if one == "":
            await page.get_by_role("button", name="Forget…").first.click()
            await page.get_by_role("button", name="Forget it").wait_for()
            await page.get_by_label("Ask", exact=True).fill("Where do I live?")
            await page.get_by_role("button", name="Ask", exact=True).click()
            await page.locator(".asked").wait_for()
        assert await page.locator("main").locator(alive).count() == 0, one
        assert "Keepsake" in await page.title(), one
    assert told == []


async def test_what_comes_later_on_the_page_of_a_memory_takes_no_focus(page: Page, address: str) -> None:
    """Where it lies is fetched once the page is there; who types goes on, who stood in its place is taken along."""
    text = "My goat Amalthea climbs the roof."
    kept = httpx.post(f"{address}/api/v1/memories", json={"text": text}, timeout=60).json()["memories"][0]
    further = page.locator("#further")
    let_through = asyncio.Event()

    async def later(route: Route) -> None:
        await let_through.wait()
        await route.continue_()

    await page.route("**/further", later)
    for standing, then in (("a.brand", "A "), ("#further a", "SECTION further")):
        let_through.clear()
        await page.goto(f"{address}/memory/{kept['id']}")
        await page.locator("#further[aria-busy=true]").wait_for()
        await page.locator(standing).focus()
        let_through.set()
        await further.get_by_text("version in the journal").wait_for()
        await page.locator("#further[aria-busy=false]").wait_for()
        await page.wait_for_function(
            "then => `${document.activeElement.tagName} ${document.activeElement.id}` === then", arg=then
        )
    assert await further.get_attribute("aria-live") == "polite"


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


async def test_what_people_come_for_takes_few_clicks(
    page: Page, address: str, talk: tuple[Talking, dict[str, str]]
) -> None:
    """Forget what it knows of a job in 4, undo in 1, see why in 1, correct in 2, memory off in 2, export all in 3."""
    clicks = 0

    async def click(what: Locator) -> None:
        nonlocal clicks
        clicks += 1
        await what.click()

    async def took(most: int) -> None:
        nonlocal clicks
        assert clicks <= most
        clicks = 0

    httpx.post(f"{address}/api/v1/memories", json={"text": "I work as a glazier in Kirkwall."}, timeout=60)
    talk[0].answer = "A glazier [1]."
    await opened(page, address)
    await says(page, "What do I work as in Kirkwall?")
    line = page.get_by_test_id("memory-used").last
    await click(line.get_by_role("button", name="Why?"))
    await line.get_by_test_id("receipt").get_by_text("chosen because").wait_for()
    await took(1)
    await line.get_by_text("I work as a glazier").first.wait_for()
    chip = line.locator("ol > li").filter(has_text="I work as a glazier").first
    await click(chip.get_by_role("button", name="Change or forget"))
    await click(chip.get_by_role("button", name="Correct…").first)
    await page.keyboard.type("carpenter")
    await page.keyboard.press("Enter")
    await chip.get_by_text("Corrected.").wait_for()
    await took(2)
    await click(page.get_by_role("link", name="Memory").first)
    await page.wait_for_url("**/memory", wait_until="load")  # what is typed earlier is heard by nobody
    async with page.expect_response(lambda answer: "words=Kirkwall" in answer.url):
        await page.get_by_placeholder("Search your memory").press_sequentially("Kirkwall")
    await page.get_by_role("status").filter(has_text=" found").wait_for()
    await asyncio.sleep(0.3)  # the list settles
    await click(page.get_by_label("Choose all on this page"))
    await click(page.get_by_role("button", name="Forget chosen…"))
    await click(page.get_by_role("button", name="Forget them"))
    await page.get_by_text("Gone for good in 10 seconds").wait_for()
    await took(4)
    assert httpx.get(f"{address}/api/v1/memories", params={"words": "Kirkwall"}).json()["total"] == 0
    async with page.expect_navigation():  # the list is drawn anew
        await click(page.get_by_role("button", name="Undo"))
    await page.locator("li.memory").first.wait_for()
    await took(1)
    assert httpx.get(f"{address}/api/v1/memories", params={"words": "Kirkwall"}).json()["total"] > 0
    await opened(page, address)
    await click(page.get_by_role("link", name="Memory").first)
    await click(page.get_by_role("button", name="Turn off"))
    await page.get_by_text("Memory is off").wait_for()
    await took(2)
    await page.get_by_role("button", name="Turn on").click()
    await page.get_by_text("Memory is on").wait_for()
    await opened(page, address)
    await click(page.get_by_role("link", name="Memory").first)
    await click(page.get_by_role("link", name="Privacy"))
    async with page.expect_download() as download:
        await click(page.get_by_role("button", name="Download everything"))
    assert (await download.value).suggested_filename == "keepsake.zip"
    await took(3)


async def test_keys_alone_are_enough(page: Page, address: str) -> None:
    """Search, forget, undo, decide and switch without a mouse; focus is on something after every swap; nothing moves."""
    for text in ("I keep a heron in Zierikzee.", "I was born in Braga.", "I was born in Porto."):
        httpx.post(f"{address}/api/v1/memories", json={"text": text}, timeout=60)
    httpx.post(f"{address}/api/v1/import", content="I juggle in Zierikzee.", timeout=60).raise_for_status()
    await page.emulate_media(reduced_motion="reduce")

    async def focused() -> str:
        told: str = await page.evaluate(
            "(({tagName, id, textContent}) => `${tagName}#${id} ${textContent.trim()}`)(document.activeElement)"
        )
        return told

    async def tab_to(wanted: str) -> None:
        for _ in range(90):
            await page.keyboard.press("Tab")
            told = await focused()
            if wanted in told and not told.startswith("BODY"):
                return
        raise AssertionError(f"no way to {wanted}")

    async def presses(key: str, waiting_for: str) -> None:
        await page.keyboard.press(key)
        await page.get_by_text(waiting_for).first.wait_for()
        await asyncio.sleep(0.3)  # it settles
        assert not (await focused()).startswith("BODY"), "focus is lost"

    await page.goto(f"{address}/memory")
    await tab_to("INPUT#words")
    async with page.expect_response(lambda answer: "Zierikzee" in answer.url):
        await page.keyboard.type("heron Zierikzee")
    await page.get_by_role("status").filter(has_text=" found").wait_for()
    await tab_to("Forget…")
    await presses("Enter", "Forget this memory?")
    assert "Forget it" in await focused(), "focus goes to what was asked"
    await presses("Enter", "Gone for good in 10 seconds")
    assert "Undo" in await focused()
    await page.keyboard.press("Enter")
    await page.locator("li.memory").filter(has_text="heron").get_by_text("Forget…").first.wait_for()
    await page.goto(f"{address}/memory/review")
    card = page.locator("[data-card]").filter(has_text="A pasted text").first
    await card.focus()
    await presses("n", "Not kept. Gone for good in 10 seconds.")
    assert "Undo" in await focused()
    async with page.expect_response(
        lambda answer: answer.request.method == "GET" and "/review" in answer.url
    ):
        await page.keyboard.press("Enter")  # taking it back shows Review anew
    await card.wait_for()
    await asyncio.sleep(0.5)  # it settles
    await page.goto(f"{address}/memory/privacy")
    await tab_to("BUTTON#ask-first")
    await page.keyboard.press("Space")
    await page.locator("#ask-first[aria-checked=true]").wait_for()
    assert "BUTTON#ask-first" in await focused()
    await asyncio.sleep(0.3)  # it settles
    await page.keyboard.press("Space")
    await page.locator("#ask-first[aria-checked=false]").wait_for()
    moving = "[...document.querySelectorAll('*')].filter(e => getComputedStyle(e).transitionDuration !== '0s' || getComputedStyle(e).animationName !== 'none').length"
    assert await page.evaluate(moving) == 0


async def test_what_changes_elsewhere_is_told_on_every_tab(page: Page, address: str) -> None:
    """A memory added in another window is told on whichever tab is open, and shown with a click."""
    for number, tab in enumerate(
        ("", "/review", "/timeline", "/connections", "/skills", "/privacy", "/activity")
    ):
        async with page.expect_request("**/api/v1/events"):
            await page.goto(f"{address}/memory{tab}")
        await asyncio.sleep(0.5)
        httpx.post(f"{address}/api/v1/memories", json={"text": f"I fold kite number {number}."}, timeout=60)
        await page.get_by_text("Something changed in another window.").wait_for()
    await page.goto(f"{address}/memory")
    httpx.post(f"{address}/api/v1/memories", json={"text": "I fold paper lanterns."}, timeout=60)
    await page.locator("#news").get_by_role("link", name="Show it").click()
    await page.get_by_text("I fold paper lanterns.").first.wait_for()
