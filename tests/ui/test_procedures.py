"""Procedures and feedback from outside: REST, and `keepsake skills` on the terminal."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.kit.chatting import chatting
from tests.kit.serving import keepsake, served
from tests.kit.talking import talking


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A server that talks with a capable model, and its folder."""
    folder = tmp_path_factory.mktemp("procedures")
    with talking() as (_, settings), served(folder, **settings) as address:
        yield folder, address


def test_procedures_over_rest_and_on_the_terminal(place: tuple[Path, str]) -> None:
    """Taught by talking; listed, shown, reworded, approved, rolled back and retired from outside."""
    folder, address = place
    assert "Nothing was learned yet" in keepsake(folder, "skills", "list").stdout
    keepsake(folder, "ask", "From now on, when I ask for a recipe, always use grams.")
    keepsake(folder, "ask", "Give me a recipe for pancakes.", "--thread", "another")
    listed = json.loads(keepsake(folder, "skills", "list", "--json").stdout)
    assert listed["steers"]
    (one,) = listed["procedures"]
    shown = keepsake(folder, "skills", "show", one["id"]).stdout
    assert "Learned from" in shown
    assert "would have been in the prompt" in shown
    edited = keepsake(folder, "skills", "edit", one["id"], "use ounces").stdout
    assert "waits for approval" in edited
    assert "+do: use ounces" in edited
    with httpx2.Client(base_url=address) as http:
        waiting = next(p for p in http.get("/api/v1/procedures").json()["procedures"] if p["needs_approval"])
        assert http.post(f"/api/v1/procedures/{waiting['id']}/approve").json()["status"] == "active"
        assert http.get(f"/api/v1/procedures/{one['id']}").json()["status"] == "retired"
        assert http.post(f"/api/v1/procedures/{waiting['id']}/approve").status_code == 400
        assert http.get("/api/v1/procedures/01890000-0000-7000-8000-000000000000").status_code == 404
    assert "version 1" in keepsake(folder, "skills", "rollback", waiting["id"]).stdout
    assert "retired" in keepsake(folder, "skills", "retire", one["id"]).stdout
    refused = keepsake(folder, "skills", "reject", one["id"])
    assert (refused.returncode, "on trial" in refused.stderr) == (1, True)


def test_feedback_over_rest_counts_for_what_was_in_the_prompt(place: tuple[Path, str]) -> None:
    """A thumb for a receipt is credited; an unknown answer is a 404 and changes nothing."""
    _, address = place
    with httpx2.Client(base_url=address, timeout=60) as http:

        def ask(text: str) -> dict[str, object]:
            lines = http.post("/api/v1/ask", json={"text": text, "thread": "rest"}).text.splitlines()
            finished: dict[str, object] = json.loads(lines[-1])
            return finished

        ask("Whenever I ask for code, always add type hints.")
        for _ in range(100):  # it is read in the background
            known = [
                p for p in http.get("/api/v1/procedures").json()["procedures"] if "type hints" in p["text"]
            ]
            if known:
                break
            time.sleep(0.1)
        finished = ask("Write code that sorts a list.")
        assert known[0]["id"] in finished["used"]  # type: ignore[operator]  # a list of ids
        liked = {"run": finished["receipt"], "good": True}
        assert http.post("/api/v1/feedback", json=liked).json() == {"learned": True}
        assert http.get(f"/api/v1/procedures/{known[0]['id']}").json()["helpful"] == 1
        assert http.post("/api/v1/feedback", json={"run": "nobody's", "good": True}).status_code == 404


async def test_a_thumb_in_the_chat_reaches_learning(place: tuple[Path, str]) -> None:
    """Chainlit names the run of an answer: what the thumb's comment misses is tried, and it can be taken back."""
    async with chatting(place[1]) as chat:
        answer = await chat.say("Explain the fall of Rome to me.")
        thumb = await chat.feedback(answer, 0, "Please add the years.")
        procedures = (await chat.http.get("/api/v1/procedures")).json()["procedures"]
        (learned,) = [p for p in procedures if p["learned"] == "thumb"]
        assert (learned["rule"], learned["wanted"]) == ("add the years", 1)
        taken = await chat.http.request("DELETE", "/feedback", json={"feedbackId": thumb})
        assert taken.json() == {"success": True}
        left = (await chat.http.get(f"/api/v1/procedures/{learned['id']}")).json()
        assert left["wanted"] == 0
