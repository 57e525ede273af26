"""What a person waits for in the browser: `python -m benchmarks.paint`. Needs a Chromium.

How long until the chat is drawn first and until it can be typed into, and until what an answer rests on stands below
it once the answer is whole: less than nothing where it was there before the last word.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from playwright.async_api import Page

from tests.kit.browsing import chromium, opened, sends
from tests.kit.serving import served
from tests.kit.talking import Talking, talking

TIMES = 7
SIGNED_IN = 1.5  # seconds: on the first visit Chainlit signs in and opens its page once more
SETTLED = 1.0  # until what is learned from a turn is learned, and a page has drawn
TYPING = "chat, ready for typing"
AT_ONCE, WORD_BY_WORD = "chips, answer at once", "chips, word by word"
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


async def painted(page: Page) -> float:
    """Milliseconds from asking for a page until something of it was drawn. It is settled when looked at: to wait for it in the
    page would take `eval`, which our pages do not allow."""
    await asyncio.sleep(SETTLED)
    return float(await page.evaluate(PAINTED))


# runs in the page: when the words of the last answer were whole, and when its memories stood below it, as frames show them
WATCH = """
window.painted = [];
const first = (times, what) => { if (!(what in times)) { times[what] = 0; requestAnimationFrame((now) => { times[what] = now; }); } };
new MutationObserver(() => document.querySelectorAll(".ai-message").forEach((message, number) => {
  const times = (window.painted[number] ||= {});
  if (message.innerText.includes("ANSWER")) first(times, "answer");
  if (message.querySelector("[data-testid=memory-used] ol li a")) first(times, "chips");
})).observe(document, { childList: true, subtree: true, characterData: true });
"""
BOTH = "window.painted.length > 0 && window.painted.at(-1).answer && window.painted.at(-1).chips"


async def chips_after(page: Page, question: str) -> float:
    """Milliseconds from the last word of an answer to the words of the memories below it, both as painted."""
    before = await page.locator(".ai-message").count()
    await sends(page, question)
    await page.locator(".ai-message").nth(before).wait_for(timeout=60_000)
    await page.wait_for_function(BOTH, timeout=60_000)
    times = await page.evaluate("window.painted.at(-1)")
    await asyncio.sleep(SETTLED)
    return float(times["chips"] - times["answer"])


async def measured(address: str, model: Talking) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {
        name: []
        for name in (
            "chat, first paint",
            TYPING,
            "memories, first paint",
            AT_ONCE,
            WORD_BY_WORD,
            "chips, chat reopened",
        )
    }
    async with chromium() as browser:
        for _ in range(TIMES):
            page = await browser.new_page()  # nothing is cached
            asked = time.perf_counter()
            await page.goto(address, wait_until="commit")
            await page.wait_for_selector("#chat-input")
            found[TYPING].append((time.perf_counter() - asked) * 1000)
            found["chat, first paint"].append(await painted(page))
            await page.goto(f"{address}/memory")
            found["memories, first paint"].append(await painted(page))
            await page.close()
        page = await browser.new_page()
        await page.add_init_script(WATCH.replace("ANSWER", model.answer))
        await opened(page, address)
        await asyncio.sleep(SIGNED_IN)
        await sends(page, "I keep bees in Zwolle.")
        await page.get_by_test_id("memory-used").last.wait_for()
        await asyncio.sleep(SETTLED)
        for name, pause in ((AT_ONCE, 0.0), (WORD_BY_WORD, 0.05)):
            model.pause = pause
            for _ in range(TIMES):
                found[name].append(await chips_after(page, "What do I keep in Zwolle?"))
        for _ in range(TIMES):
            await page.reload()
            await page.wait_for_function(BOTH, timeout=60_000)
            times = await page.evaluate("window.painted.at(-1)")
            found["chips, chat reopened"].append(float(times["chips"] - times["answer"]))
    return found


async def main() -> None:
    with (
        tempfile.TemporaryDirectory() as home,
        talking() as (model, settings),
        served(Path(home), **settings) as address,
    ):
        model.answer = "So you do."
        found = await measured(address, model)
    print(f"{'':26}{'median ms':>10}{'slowest':>10}")
    for name, times in found.items():
        print(f"{name:26}{statistics.median(times):10.0f}{max(times):10.0f}")


if __name__ == "__main__":
    asyncio.run(main())
