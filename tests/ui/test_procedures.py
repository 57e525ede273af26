"""Procedures and feedback from outside: REST, and `keepsake skills` on the terminal."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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
    with httpx2.Client(base_url=address, timeout=60) as http:
        _ask(http, "From now on, when I ask for a recipe, always use grams.")
        one = _learned(http, "grams")
        _ask(http, "Give me a recipe for pancakes.")
        assert "always use grams" in keepsake(folder, "skills", "list").stdout
        shown = keepsake(folder, "skills", "show", one["id"]).stdout
        assert "Learned from" in shown
        assert "would have been in the prompt" in shown
        edited = keepsake(folder, "skills", "edit", one["id"], "use ounces").stdout
        assert "waits for approval" in edited
        assert "+do: use ounces" in edited
        waiting = _learned(http, "ounces")
        path = "/api/v1/procedures"
        page = http.get("/memory/skills").text
        for said in (
            "in your own words",
            "risk: low",
            "Go back to version 1",
            "You judged none",
            "use ounces",
        ):
            assert said in page, said
        assert http.post(f"{path}/{waiting['id']}/approve").json()["status"] == "active"
        assert http.get(f"{path}/{one['id']}").json()["status"] == "retired"
        assert http.post(f"{path}/{waiting['id']}/approve").status_code == 400
        assert http.get(f"{path}/01890000-0000-7000-8000-000000000000").status_code == 404
        assert "version 1" in keepsake(folder, "skills", "rollback", waiting["id"]).stdout
        assert http.post(f"{path}/{one['id']}/retire").json()["status"] == "retired"
        assert "hold at once" in keepsake(folder, "skills", "small-changes", "true").stdout
        assert http.get(path).json()["small_changes"] is True
        assert 'id="small-changes" role="switch" aria-checked="true"' in http.get("/memory/skills").text
        http.post("/memory/skills/small-changes", data={"wanted": "false"}).raise_for_status()
        assert http.get(path).json()["small_changes"] is False
    refused = keepsake(folder, "skills", "reject", one["id"])
    assert (refused.returncode, "on trial" in refused.stderr) == (1, True)


def test_feedback_over_rest_counts_for_what_was_in_the_prompt(place: tuple[Path, str]) -> None:
    """A thumb for a receipt is credited; an unknown answer is a 404 and changes nothing."""
    _, address = place
    with httpx2.Client(base_url=address, timeout=60) as http:
        _ask(http, "Whenever I ask for code, always add type hints.")
        known = _learned(http, "type hints")
        finished = _ask(http, "Write code that sorts a list.")
        assert known["id"] in finished["used"]
        liked = {"run": finished["receipt"], "good": True}
        assert http.post("/api/v1/feedback", json=liked).json() == {"learned": True}
        assert http.get(f"/api/v1/procedures/{known['id']}").json()["helpful"] == 1
        assert http.post("/api/v1/feedback", json={"run": "nobody's", "good": True}).status_code == 404


def _ask(http: httpx2.Client, text: str) -> dict[str, Any]:
    lines = http.post("/api/v1/ask", json={"text": text, "thread": "rest"}).text.splitlines()
    finished: dict[str, Any] = json.loads(lines[-1])
    return finished


def _learned(http: httpx2.Client, words: str) -> dict[str, Any]:
    """It is read in the background, a moment after the answer."""
    for _ in range(200):
        for procedure in http.get("/api/v1/procedures").json()["procedures"]:
            if words in procedure["text"]:
                return dict(procedure)
        time.sleep(0.1)
    raise AssertionError(words)


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
