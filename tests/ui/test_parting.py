"""A chat is deleted: what was learned only there is asked about, at once and in Review, and never goes or stays silently."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from tests.kit.browsing import chromium, findings, need_chromium, opened, says
from tests.kit.chatting import Chatting, chatting
from tests.kit.serving import environment, served
from ui.cli import cli

HTMX = {"HX-Request": "true"}


async def told(address: str, *texts: str) -> Chatting:
    """A chat of its own in which this is said."""
    async with chatting(address) as chat:
        for text in texts:
            await chat.say(text)
    return chat


async def learned(http: httpx.AsyncClient, words: str) -> None:
    """Wait until there is a belief with these words."""
    async with asyncio.timeout(60):
        while True:
            found = (await http.get("/api/v1/memories", params={"words": words})).json()["memories"]
            if any(m["kind"] != "episode" for m in found):
                return
            await asyncio.sleep(0.25)


async def deleted(http: httpx.AsyncClient, chat: Chatting) -> list[dict[str, Any]]:
    """Delete a chat as its sidebar does; what is asked about then."""
    gone = await http.request("DELETE", "/project/thread", json={"threadId": chat.thread})
    assert gone.json() == {"success": True}, gone.text
    return list((await http.get("/api/v1/remnants")).json()["remnants"])


async def typed(folder: Path, *words: str) -> str:
    """A command, through the private socket of the server that is up."""
    ran = await asyncio.to_thread(CliRunner().invoke, cli, words, env=environment(folder))
    assert ran.exit_code == 0, (ran.output, ran.exception)
    return ran.output


def asked(count: int) -> str:
    return f"Forget the {'one thing' if count == 1 else f'{count} things'} learned only here?"


def texts(remnant: dict[str, Any]) -> set[str]:
    return {memory["text"] for memory in remnant["memories"]}


async def known(http: httpx.AsyncClient, words: str) -> int:
    return int((await http.get("/api/v1/memories", params={"words": words})).json()["total"])


async def test_what_was_learned_only_there_is_asked_about(tmp_path: Path) -> None:
    """Over a restart too; what another chat says as well is not asked about, and stays whatever is decided."""
    with served(tmp_path) as address:
        one = await told(address, "I live in Lyon.", "I like marzipan.")
        two = await told(address, "I live in Lyon.", "The attic key hangs behind the clock.")
        three = await told(address, "Where do I live?")
        async with httpx.AsyncClient(base_url=address, timeout=60) as http:
            await http.post("/auth/header")
            await learned(http, "Lyon")
            await learned(http, "marzipan")
            (left,) = await deleted(http, one)
            assert len(left["memories"]) == len(texts(left))
            assert any("marzipan" in text for text in texts(left))
            assert not any("Lyon" in text for text in texts(left))
            assert len(await deleted(http, two)) == 2
    with served(tmp_path) as address:
        async with httpx.AsyncClient(base_url=address, timeout=60) as http:
            await http.post("/auth/header")
            first, second = (await http.get("/api/v1/remnants")).json()["remnants"]
            cards = (await http.get("/api/v1/review")).json()["cards"]
            assert [card["card"] for card in cards if card["sort"] == "left"] == [
                f"left:{first['id']}",
                f"left:{second['id']}",
            ]
            page = (await http.get("/memory/review")).text
            assert [asked(len(one["memories"])) in page for one in (first, second)] == [True, True]
            assert "Yes, forget" in page
            assert "Keep them" in page
            listed = await typed(tmp_path, "review")
            assert "Learned only in a chat that you deleted" in listed
            assert "marzipan" in listed

            done = (await http.post(f"/memory/review/remnants/{first['id']}/forget", headers=HTMX)).text
            assert await known(http, "marzipan") == 0
            assert [r["id"] for r in (await http.get("/api/v1/remnants")).json()["remnants"]] == [
                second["id"]
            ]
            back = re.search(r'name="forgetting" value="(\w+)"', done)
            assert back
            await http.post("/memory/review/undo", data={"forgetting": back[1]}, headers=HTMX)
            assert len((await http.get("/api/v1/remnants")).json()["remnants"]) == 2
            gone = await http.post(f"/api/v1/remnants/{first['id']}/forget", json={"now": True})
            assert dict(gone.json()["probes"])["id"] == 0
            assert await known(http, "marzipan") == 0
            beliefs = (await http.get("/api/v1/memories", params={"words": "Lyon", "kind": "fact"})).json()[
                "memories"
            ]
            assert [m["status"] for m in beliefs] == ["active"]
            assert "Lyon" in (await http.post("/api/v1/recall", json={"question": "Where do I live?"})).text

            await http.post(f"/memory/review/remnants/{second['id']}/keep", headers=HTMX)
            assert (await http.get("/api/v1/remnants")).json()["remnants"] == []
            assert await known(http, "attic key") > 0
            undo = {"remnant": second["id"]}
            await http.post("/memory/review/undo", data=undo, headers=HTMX)
            assert [r["id"] for r in (await http.get("/api/v1/remnants")).json()["remnants"]] == [
                second["id"]
            ]
            assert "Kept." in await typed(tmp_path, "review", "keep", f"left:{second['id']}")
            assert (await http.get("/api/v1/remnants")).json()["remnants"] == []
            assert await known(http, "attic key") > 0
            for verb in ("forget", "keep", "ask"):
                unknown = await http.post(f"/api/v1/remnants/{'0' * 32}/{verb}", json={})
                assert unknown.status_code == 404, verb
            assert [r["memories"][0]["text"] for r in await deleted(http, three)] == ["Where do I live?"]


async def test_the_page_hears_of_it(tmp_path: Path) -> None:
    """The event stream says that something waits, so that the number beside Review is right in every window."""
    with served(tmp_path) as address:
        chat = await told(address, "I like marzipan.")
        async with httpx.AsyncClient(base_url=address, timeout=60) as http:
            await http.post("/auth/header")
            async with http.stream("GET", "/api/v1/events") as events, asyncio.timeout(30):
                lines = events.aiter_lines()
                assert await anext(lines) == "event: now"
                await deleted(http, chat)
                while await anext(lines) != "event: asked":
                    pass
                assert await anext(lines) == "data: 1"
            activity = (await http.get("/memory/activity")).text
            assert "chat deleted" in activity
            assert "marzipan" not in activity


@pytest.mark.browser
async def test_the_sidebar_asks_at_once(tmp_path: Path) -> None:
    """After Chainlit's own question comes ours: yes can be undone, keep can be undone, and undecided it waits in Review."""
    need_chromium()
    with served(tmp_path) as address:
        async with chromium() as browser:
            page = await browser.new_page(viewport={"width": 1280, "height": 800})
            await opened(page, address)
            await says(page, "I like marzipan.")
            async with httpx.AsyncClient(base_url=address) as http:
                await learned(http, "marzipan")
                await page.reload()
                await page.locator("#thread-history a").first.hover()
                await page.locator("#thread-history a #thread-options").first.click()
                await page.locator("#delete-thread").click()
                await page.get_by_role("alertdialog").get_by_role("button").last.click()
                offer = page.locator("#keepsake-parting")
                await offer.get_by_text("learned only here?").wait_for()
                (left,) = (await http.get("/api/v1/remnants")).json()["remnants"]
                count = len(left["memories"])
                assert asked(count) in await offer.inner_text()
                await offer.get_by_text("What it is").click()
                assert "marzipan" in await offer.inner_text()
                own = [
                    found for found in await findings(page) if "keepsake" in found or "button-name" in found
                ]
                assert own == []
                await offer.get_by_role("button", name="Yes, forget").click()
                await offer.get_by_text("Forgotten.").wait_for()
                assert await known(http, "marzipan") == 0
                await offer.get_by_role("button", name="Undo").click()
                await offer.get_by_role("button", name="Keep them").click()
                await offer.get_by_text("Kept.").wait_for()
                assert await known(http, "marzipan") > 0
                await offer.get_by_role("button", name="Undo").click()
                await offer.get_by_role("button", name="Later").click()
                await offer.get_by_text("waits for you in Review").wait_for()
                await page.goto(f"{address}/memory/review")
                card = page.locator("[data-card]").filter(has_text="learned only here?")
                await card.get_by_role("button", name="Yes, forget").click()
                await page.get_by_text("Gone for good in 10 seconds").wait_for()
                assert await known(http, "marzipan") == 0
                assert (await http.get("/api/v1/remnants")).json()["remnants"] == []
