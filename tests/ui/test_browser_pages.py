"""The memory pages in a real browser: for everybody, with keys alone, in few clicks, whatever they show."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from playwright.async_api import Locator, Page, Route

from tests.kit.browsing import HOSTILE, findings, in_theme, opened, says
from tests.kit.talking import Talking

pytestmark = [pytest.mark.browser, pytest.mark.long]


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
