"""Pictures of every page, light and dark, wide and narrow: `python -m tests.kit.screenshots FOLDER`.

For people to look at. A real server, its own data, and a model of the test's own that says what it is told.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from pathlib import Path

import httpx
from playwright.async_api import Page, ViewportSize

from .browsing import chromium, opened, says
from .serving import keepsake, served
from .talking import Talking, talking

SIZES: dict[str, ViewportSize] = {
    "wide": {"width": 1280, "height": 800},
    "narrow": {"width": 390, "height": 844},
}
SAID = {
    "I live in Lyon with my dog Rex, and I start work at nine.": "A fine city for a dog. I'll keep that in mind.",
    "I love green tea, and I hate coriander.": "Noted: tea yes, coriander no.",
    "My sister Anna is getting married on 12 June.": "Congratulations to her!",
}
PASSWORD = "a kite over the dunes"
ASKED = "When do I start work, and when do I have to leave in Lyon?"
ANSWERED = """You start at nine [1], so a tram at **8:20** leaves some slack:

1. leave at 8:15
2. take the tram at 8:20
3. be there at 8:45

Re:Rex, `walk(dog="Rex")` needs another half hour."""


DISHES = {  # a dish and two friends for each window: all have one memory
    "wide-light": ("soup", "Marta", "Tilda"),
    "wide-dark": ("cake", "Rafael", "Kilian"),
    "narrow-light": ("salad", "Ingrid", "Sonja"),
    "narrow-dark": ("bread", "Oskar", "Bruno"),
}


class Pictures:
    """One window, of one width and in one theme, and where its pictures go."""

    def __init__(self, folder: Path, page: Page, ending: str) -> None:
        self._folder, self.page, self.ending = folder, page, ending

    async def take(self, name: str) -> None:
        await asyncio.sleep(0.4)  # colours fade, boxes open
        await self.page.screenshot(path=self._folder / f"{name}-{self.ending}.png")

    async def whole(self, name: str) -> None:
        """The whole page, however long."""
        await asyncio.sleep(0.4)
        await self.page.screenshot(path=self._folder / f"{name}-{self.ending}.png", full_page=True)


async def first_chat(pictures: Pictures, address: str) -> None:
    await opened(pictures.page, address)
    await pictures.page.get_by_test_id("first-run").get_by_text("Answers come from").wait_for()
    await pictures.take("1-first-chat")


async def days_before(page: Page, address: str, model: Talking) -> None:
    await opened(page, address)
    for said, answered in SAID.items():
        model.answer = answered
        await says(page, said)


async def chat(pictures: Pictures, address: str, model: Talking) -> None:
    page, model.answer = pictures.page, ANSWERED
    await opened(page, address)
    await asyncio.sleep(1.5)  # it fades in
    await pictures.take("2-new-chat")
    await says(page, ASKED)
    await page.locator("[data-testid=memory-used] li").first.wait_for()
    await page.get_by_role("button", name="Why?").last.wait_for()  # it is there when the answer is over
    await pictures.take("3-answer")
    await page.get_by_role("button", name="Why?").last.click()
    await page.get_by_test_id("receipt").last.get_by_text("chosen because").wait_for()
    await page.get_by_test_id("receipt").last.scroll_into_view_if_needed()
    await pictures.take("4-why")
    model.answer = "It depends on when you start."
    await page.get_by_role("button", name="Answer again without memory").last.click()
    await page.get_by_text("without memory", exact=True).last.wait_for()
    await page.get_by_role("button", name="Change or forget this memory").first.click()
    await page.get_by_role("button", name="Don't use for this topic").first.wait_for()
    await page.get_by_role("button", name="Don't use for this topic").first.scroll_into_view_if_needed()
    await pictures.take("4-chips")


async def memory(pictures: Pictures, address: str) -> None:
    page = pictures.page
    await page.goto(f"{address}/memory")
    await pictures.take("5-memory")
    await page.get_by_label("Ask", exact=True).fill("Where do I live?")
    await page.get_by_role("button", name="Ask", exact=True).click()
    await page.locator(".asked").wait_for()
    await pictures.take("5-asked")
    await page.goto(f"{address}/memory?words=zebra")
    await pictures.take("6-nothing-found")
    await page.goto(f"{address}/memory?words=coriander")
    await page.get_by_text("Filter and sort").click()
    await page.get_by_role("button", name="Forget…").first.click()
    await page.get_by_role("button", name="Forget it").wait_for()
    await pictures.take("7-forget")
    await page.get_by_role("button", name="Forget it").click()
    await page.get_by_role("button", name="Undo").wait_for()
    await pictures.take("8-undo")
    await page.get_by_role("button", name="Undo").click()
    await page.get_by_role("button", name="Undo").wait_for(state="detached")
    await page.get_by_role("button", name="Turn off").click()
    await page.get_by_role("button", name="Turn on").wait_for()
    await pictures.take("9-off")
    await page.get_by_role("button", name="Turn on").click()
    await page.get_by_role("button", name="Turn off").wait_for()
    await page.get_by_label("Choose all on this page").check()
    await page.get_by_role("button", name="Forget chosen…").click()
    await page.get_by_role("button", name="Forget them").wait_for()
    await pictures.take("10-many")
    await page.goto(f"{address}/memory?words=coriander")
    await page.get_by_label("Choose all on this page").check()
    await page.get_by_role("button", name="Change until…").click()
    await page.get_by_role("button", name="Keep until then").wait_for()
    await pictures.take("10-until")
    await page.get_by_role("button", name="Cancel").click()
    await page.get_by_role("button", name="Pause", exact=True).click()
    await page.get_by_text("used in no answer").wait_for()
    await pictures.take("10-paused")
    await page.get_by_role("button", name="Undo").click()
    await page.get_by_text("Used again").wait_for()


async def tabs(pictures: Pictures, address: str) -> None:
    """One memory, and the other tabs."""
    page = pictures.page
    await page.goto(f"{address}/memory?kind=fact&status=superseded")
    await page.get_by_role("link", name="Details").first.click()
    await page.get_by_role("heading", name="Versions").wait_for()
    await pictures.whole("11-details")
    await page.goto(f"{address}/memory/privacy")
    await page.get_by_label("or a text").fill(
        f"I keep {pictures.ending} bees.\nMy neighbour Otto Lund feeds them."
    )
    await page.get_by_role("button", name="Bring in").click()
    await page.get_by_role("link", name="Look at them").click()
    await page.get_by_text("feeds them").or_(page.get_by_text("bees")).first.wait_for()
    await pictures.take("11-arrival")
    for tab in ("review", "timeline", "skills", "privacy", "activity"):
        await page.goto(f"{address}/memory/{tab}")
        await pictures.whole(f"12-{tab}")
    await page.goto(f"{address}/memory/timeline?kind=fact")
    await pictures.take("12-timeline-filtered")
    await page.goto(f"{address}/memory/privacy")
    await page.get_by_text("Destroy the vault…").click()
    await page.get_by_role("button", name="Destroy the vault").scroll_into_view_if_needed()
    await pictures.take("12-vault")
    await page.goto(f"{address}/memory/review")
    await page.get_by_role("button", name="Keep all").first.click()
    await page.get_by_role("button", name="Undo").wait_for()
    await pictures.take("12-decided")
    await page.goto(f"{address}/memory/activity/changes")
    await pictures.take("13-changes")
    await page.goto(f"{address}/memory/timeline/story")
    await pictures.take("12-story")
    await page.goto(f"{address}/memory/connections")
    await page.locator("#graph canvas").first.wait_for()
    await pictures.whole("12-connections")
    await page.goto(f"{address}/memory/activity")
    await page.get_by_role("button", name="Verify the log").click()
    await page.get_by_text("as they were written").wait_for()
    await pictures.take("13-verified")
    await page.goto(f"{address}/memory/nonsense")
    await pictures.take("14-not-there")


async def practised(address: str) -> None:
    """A way of answering was judged twice, and a change of it waits: what it risks and how it does on these cases."""
    async with httpx.AsyncClient(base_url=f"{address}/api/v1", timeout=90) as http:

        async def asks(text: str, thread: str) -> str:
            told = (await http.post("/ask", json={"text": text, "thread": thread})).text.splitlines()
            return str(json.loads(told[-1])["receipt"])

        await asks("Whenever I ask for a recipe, always use grams.", "taught")
        for _ in range(120):  # what is said is read in the background
            found = (await http.get("/procedures")).json()["procedures"]
            if skills := [skill for skill in found if "grams" in skill["text"]]:
                break
            await asyncio.sleep(0.5)
        for number, (good, text) in enumerate(
            [(True, "Give me a recipe for pancakes."), (False, "I need a recipe for a quick soup, please.")]
        ):
            run = await asks(text, f"judged{number}")
            (await http.post("/feedback", json={"run": run, "good": good})).raise_for_status()
        reworded = {"rule": "always use grams and millilitres", "trigger": "I ask for a recipe for pancakes"}
        (await http.put(f"/procedures/{skills[0]['id']}", json=reworded)).raise_for_status()


async def skills(pictures: Pictures, address: str) -> None:
    page = pictures.page
    await page.goto(f"{address}/memory/skills")
    await page.locator("li.card").filter(has_text="millilitres").scroll_into_view_if_needed()
    await page.get_by_text("risk:").first.wait_for()
    for closed in ("See the cases", "What changed"):
        await page.locator("li.card").filter(has_text="millilitres").get_by_text(closed).first.click()
    await pictures.whole("18-skill-details")


async def deeds(pictures: Pictures, address: str, model: Talking) -> None:
    """Under answers: a way of answering that waits, another wording of it, people taken for one, which of two is meant."""
    page, model.answer = pictures.page, "I see."
    dish, one, other = DISHES[pictures.ending]
    await opened(page, address)
    await says(page, f"From now on, when I ask for {dish}, send an email to my sister.")
    waiting = page.get_by_test_id("learned").last.locator("li").filter(has_text="waits for your approval")
    await waiting.get_by_role("button", name="Forget").scroll_into_view_if_needed()
    await pictures.take("20-skill-waits")
    await waiting.get_by_role("button", name="Edit…").click()
    await waiting.get_by_role("textbox", name="What to do").fill("draft an email to my sister")
    await page.keyboard.press("Enter")
    await waiting.get_by_role("button", name="Undo").scroll_into_view_if_needed()
    await pictures.take("20-skill-reworded")
    await waiting.get_by_role("button", name="Reject").last.click()
    await waiting.get_by_text("Rejected.").scroll_into_view_if_needed()
    await pictures.take("20-skill-rejected")
    for said in (
        f"My friend {one} lives in Oslo.",
        f"My friend {one} plays the cello.",
        f"My friend {other} bakes bread.",
    ):
        await says(page, said)
    await asyncio.sleep(6)  # what is said is read in the background
    await says(page, f"{one} and {other} are the same person.")
    await page.get_by_test_id("deed").last.get_by_text("Taken for one.").wait_for()
    await pictures.take("21-merged")
    await page.get_by_test_id("deed").last.get_by_role("button", name="Undo").click()
    await page.get_by_test_id("deed").last.get_by_text("Taken back.").wait_for()
    await says(page, f"That {one} plays the cello is about another {one}.")
    await says(page, f"Merge {one} and {other}.")
    await page.get_by_test_id("deed").last.get_by_role("button", name="cello").wait_for()
    await pictures.take("21-which-one")


async def shared_in_words(pictures: Pictures, address: str) -> None:
    page = pictures.page
    await opened(page, address)
    await says(page, "Share what you know about tulips with Ben for a week.")
    deed = page.get_by_test_id("deed").last
    await deed.get_by_role("button", name="End sharing with ben").wait_for()
    await pictures.take("22-share-given")
    await deed.get_by_role("button", name="End sharing with ben").click()
    await deed.get_by_role("button", name="Undo").wait_for()
    await pictures.take("22-share-ended")


async def parting(pictures: Pictures, address: str, model: Talking) -> None:
    """A chat is deleted: what becomes of what was learned only there?"""
    page, model.answer = pictures.page, "Noted."
    await opened(page, address)
    await says(page, f"My {pictures.ending} canary is called Ferdinand, and it sings at five in the morning.")
    newest = {"pagination": {"first": 1}, "filter": {}}
    listed = await (await page.request.post(f"{address}/project/threads", data=newest)).json()
    thread = listed["data"][0]["id"]
    await page.evaluate(
        "id => fetch('/project/thread', { method: 'DELETE', headers: { 'Content-Type': 'application/json' }, "
        "body: JSON.stringify({ threadId: id }) })",
        thread,
    )
    offer = page.locator("#keepsake-parting")
    await offer.get_by_text("learned only here?").wait_for()
    await pictures.take("19-parting")
    await offer.get_by_text("What it is").click()
    await pictures.take("19-parting-open")
    await offer.get_by_role("button", name="Yes, forget").click()
    await offer.get_by_role("button", name="Undo").wait_for()
    await pictures.take("19-parting-undo")
    await offer.get_by_role("button", name="Undo").click()
    await offer.get_by_role("button", name="Keep them").click()
    await offer.get_by_text("Kept.").wait_for()


async def shared(pictures: Pictures, address: str) -> None:
    """Signing in, and what somebody else may read."""
    page = pictures.page
    await page.goto(f"{address}/login")
    await page.get_by_role("button", name="Sign In").wait_for()
    await pictures.take("17-login")
    await page.request.post(f"{address}/login", form={"username": "ada", "password": PASSWORD})
    await page.request.post(
        f"{address}/api/v1/memories", data={"text": "My aunt Wilhelmina Sorrel grows tulips."}
    )
    await shared_in_words(pictures, address)
    await page.goto(f"{address}/memory/sharing")
    await page.get_by_label("Who", exact=True).fill("ben")
    await page.get_by_role("button", name="Look what they would see").click()
    await page.get_by_text("and what you add later").wait_for()
    await pictures.whole("17-sharing-preview")
    await page.get_by_role("button", name="Share it").click()
    await page.get_by_role("button", name="End sharing with ben").first.wait_for()
    await pictures.whole("17-sharing")
    await page.goto(f"{address}/memory/privacy")
    await page.get_by_role("heading", name="Delete my account").scroll_into_view_if_needed()
    await pictures.take("17-account")
    await page.request.post(f"{address}/logout")
    await page.request.post(f"{address}/login", form={"username": "ben", "password": PASSWORD})
    await page.goto(f"{address}/memory/shared/ada")
    await pictures.take("17-shared")


async def destroyed(pictures: Pictures, address: str, word: str) -> None:
    page = pictures.page
    await page.goto(f"{address}/memory?words={word}")
    await page.get_by_role("button", name="Forget…").last.click()
    await page.get_by_role("button", name="Forget it").click()
    await page.get_by_text("Gone for good. Checked").wait_for(timeout=30_000)
    await pictures.take("15-destroyed")


async def corrected(address: str) -> None:
    """Something was believed otherwise, something is in doubt, and something waits for approval."""
    async with httpx.AsyncClient(base_url=f"{address}/api/v1", timeout=60) as http:
        said = "From now on, when I ask for the news, send an email to my sister."
        for text in ("I come from Porto.", "I come from Braga.", "I like jam.", "I like plum jam.", said):
            await http.post("/memories", json={"text": text})
        for _ in range(80):  # what is said is read in the background
            found = (await http.get("/memories", params={"kind": "fact"})).json()["memories"]
            lives = [
                memory for memory in found if memory["relation"] == "lives_in" and memory["subject"] == "user"
            ]
            skills = (await http.get("/procedures")).json()["procedures"]
            if skills and lives and any(memory["status"] == "disputed" for memory in found):
                break
            await asyncio.sleep(0.5)
        await http.post(f"/memories/{lives[0]['id']}/correct", json={"value": "Nantes"})


async def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        talking() as (model, settings),
        served(Path(home), **settings) as address,
    ):
        async with chromium() as browser:
            windows = []
            for width, size in SIZES.items():
                for theme in ("light", "dark"):
                    page = await browser.new_page(viewport=size)
                    await page.add_init_script(f"localStorage.setItem('vite-ui-theme', '{theme}')")
                    windows.append(Pictures(folder, page, f"{width}-{theme}"))
            for window in windows:
                await first_chat(window, address)
            await days_before(windows[0].page, address, model)
            await corrected(address)
            await practised(address)
            for window in windows:
                await chat(window, address, model)
                await memory(window, address)
                await tabs(window, address)
                await skills(window, address)
                await deeds(window, address, model)
                await parting(window, address, model)
            for window, word in zip(windows, ("Anna", "Congratulations", "Lyon", "coriander"), strict=True):
                await destroyed(window, address, word)
            found = httpx.get(f"{address}/api/v1/memories", params={"limit": 500}).json()["memories"]
            httpx.post(
                f"{address}/api/v1/forget", json={"ids": [m["id"] for m in found], "now": True}, timeout=60
            )
            for window in windows:
                await window.page.goto(f"{address}/memory")
                await window.take("16-empty")
                for tab in ("review", "timeline", "connections", "skills"):
                    await window.page.goto(f"{address}/memory/{tab}")
                    await window.take(f"16-empty-{tab}")
        (Path(home) / "shared").mkdir()
        with served(Path(home) / "shared", KEEPSAKE_AUTH="password") as address:
            for name in ("ada", "ben"):
                keepsake(Path(home) / "shared", "user", "add", name, "--password-stdin", typed=PASSWORD)
            async with chromium() as browser:
                for width, size in SIZES.items():
                    for theme in ("light", "dark"):
                        page = await browser.new_page(viewport=size)
                        await page.add_init_script(f"localStorage.setItem('vite-ui-theme', '{theme}')")
                        await shared(Pictures(folder, page, f"{width}-{theme}"), address)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
