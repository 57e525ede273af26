"""What a person waits for in the browser: `python -m benchmarks.paint`. Needs a Chromium.

How long until the chat is drawn first, and until what an answer rests on stands below it once the answer is whole.
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
from tests.kit.talking import talking

TIMES = 7
SIGNED_IN = 1.5  # seconds: on the first visit Chainlit signs in and opens its page once more
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


async def painted(page: Page) -> float:
    """Milliseconds from asking for a page until something of it was drawn."""
    return float(await (await page.wait_for_function(PAINTED)).json_value())


async def chips_after(page: Page, question: str, answer: str) -> float:
    """Milliseconds from the last word of an answer to the words of the first memory below it."""
    before = await page.get_by_test_id("memory-used").count()
    await sends(page, question)
    await page.get_by_text(answer).nth(before).wait_for(timeout=60_000)
    began = time.perf_counter()
    await page.get_by_test_id("memory-used").nth(before).locator("li a").first.wait_for(timeout=60_000)
    return (time.perf_counter() - began) * 1000


async def measured(address: str) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {"chat, first paint": [], "memories, first paint": [], "chips": []}
    async with chromium() as browser:
        for _ in range(TIMES):
            page = await browser.new_page()  # nothing is cached
            await opened(page, address)
            await asyncio.sleep(SIGNED_IN)
            found["chat, first paint"].append(await painted(page))
            await page.goto(f"{address}/memory")
            found["memories, first paint"].append(await painted(page))
            await page.close()
        page = await browser.new_page()
        await opened(page, address)
        await chips_after(page, "I keep bees in Zwolle.", "So you do.")
        for _ in range(TIMES):
            found["chips"].append(await chips_after(page, "What do I keep in Zwolle?", "So you do."))
    return found


async def main() -> None:
    with (
        tempfile.TemporaryDirectory() as home,
        talking() as (model, settings),
        served(Path(home), **settings) as address,
    ):
        model.answer = "So you do."
        found = await measured(address)
    print(f"{'':24}{'median ms':>10}{'slowest':>10}")
    for name, times in found.items():
        print(f"{name:24}{statistics.median(times):10.0f}{max(times):10.0f}")


if __name__ == "__main__":
    asyncio.run(main())
