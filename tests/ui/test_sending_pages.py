"""What may go to a model elsewhere: said on the page, over REST and on the terminal; held to in the chat, and told there."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tests.kit.browsing import chromium, findings, need_chromium, opened, says
from tests.kit.serving import keepsake, served
from tests.kit.talking import talking

CELLO = "I play the cello in a small orchestra."
ASKED = "Which instrument do I play?"


def rules(address: str) -> dict[str, dict[str, str]]:
    """What was decided, by model, each with its date."""
    found = httpx.get(f"{address}/api/v1/privacy", timeout=60).json()["sending"]
    told = {
        place["provider"]: {rule["about"]: rule["how"] for rule in place["rules"] if rule["decided"]}
        for place in found
    }
    assert all(rule["since"] for place in found for rule in place["rules"] if rule["decided"])
    return {place: own for place, own in told.items() if own}


@pytest.mark.browser
async def test_what_stays_here_is_chosen_seen_and_kept(tmp_path: Path) -> None:
    """Only on this computer, from the page; more from REST and the terminal; the chat says what it did not send."""
    need_chromium()
    with talking() as (model, settings):
        settings |= {"KEEPSAKE_MODEL_PLACE": "elsewhere"}
        with served(tmp_path, **settings) as address:
            httpx.post(f"{address}/api/v1/memories", json={"text": CELLO}, timeout=60).raise_for_status()
            async with chromium() as browser:
                page = await browser.new_page(viewport={"width": 390, "height": 844})
                await page.goto(f"{address}/memory/privacy")
                chosen = page.get_by_label("127.0.0.1: memories of any kind")
                await chosen.focus()
                await chosen.select_option("never")
                stays = page.get_by_text("No memory goes there: they stay on this computer.")
                await stays.wait_for()
                assert await page.evaluate("document.activeElement.id") == "send-127.0.0.1-memories"
                await page.get_by_label("Another model, by its address").fill("https://api.example.org/v1")
                await page.get_by_role("button", name="Add a rule").click()
                await page.get_by_text("api.example.org", exact=True).wait_for()
                await page.get_by_text("By what they tell").first.click()
                await page.get_by_label("Every model elsewhere: phone numbers").select_option("never")
                await page.get_by_text("Memories with it stay here").first.wait_for()
                assert await findings(page) == []
                assert await page.evaluate("document.documentElement.scrollWidth") <= 390
                await page.set_viewport_size({"width": 1280, "height": 800})
                await opened(page, address)
                model.answer = "I do not know."
                await says(page, ASKED)
                sent = "".join(message["content"] for message in model.requests[-1]["messages"])
                assert "cello" not in sent
                assert ASKED in sent
                await page.get_by_role("button", name="Why?").last.click()
                receipt = page.get_by_test_id("receipt")
                await receipt.get_by_text("not sent to this model, as you decided").wait_for()
                assert CELLO in await receipt.inner_text()
            told = keepsake(tmp_path, "privacy", "send", "person", "send", "--to", "127.0.0.1", **settings)
            assert told.returncode == 0, told.stderr
            assert "Sent to 127.0.0.1: memories never, PERSON send" in told.stdout
            path = f"{address}/api/v1/privacy/sending"
            assert httpx.put(f"{path}/any/health", json={"how": "mask"}, timeout=60).status_code == 200
            assert httpx.put(f"{path}/any/shoes", json={"how": "mask"}, timeout=60).status_code == 400
            httpx.put(f"{path}/any/PHONE", json={"how": None}, timeout=60).raise_for_status()
            decided = rules(address)
        assert decided == {
            "any": {"health": "mask"},
            "127.0.0.1": {"memories": "never", "PERSON": "send"},
            "api.example.org": {"memories": "send"},
        }
        with served(tmp_path, **settings) as address:
            assert rules(address) == decided
