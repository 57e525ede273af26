"""The same verb, five ways: chat words, chips, pages, REST and the terminal, on one server."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import httpx
from typer.testing import CliRunner

from tests.kit.serving import environment
from ui.cli import cli

HTMX = {"HX-Request": "true"}
FIVE = ("chat", "chip", "page", "rest", "terminal")
IN_CHAT = "".join(
    path.read_text(encoding="utf-8")
    for path in (Path(__file__).parents[2] / "ui").rglob("*")
    if path.name in ("under_answer.js", "deeds.js", "FirstRun.jsx")
)


class Ways:
    """How one person does things. `user`: their name, where there are accounts."""

    def __init__(self, http: httpx.Client, folder: Path, user: str = "") -> None:
        self.http, self.folder = http, folder
        self._user = ("--user", user) if user else ()

    def post(self, path: str, **body: object) -> Any:
        answer = self.http.post(f"/api/v1/{path}", json=body)
        answer.raise_for_status()
        return answer.json()

    def chip(self, path: str, method: str = "POST", **body: object) -> Any:
        """What a button in the chat does: a call to REST. The last part of its address stands in the chat's own scripts."""
        verb = re.split(r"[/?]", path)[-1]
        assert re.search(rf"[/`\"]{verb}[`\"]|decide\(\"{verb}\"", IN_CHAT), f"no chip calls {verb}"
        answer = self.http.request(method, f"/api/v1/{path}", json=body)
        answer.raise_for_status()
        return answer.json()

    def sent(self, page: str, **form: object) -> str:
        """A form of a memory page."""
        answer = self.http.post(f"/memory/{page}", data=form, headers=HTMX)
        answer.raise_for_status()
        return answer.text

    def said_in_chat(self, text: str) -> str:
        with self.http.stream("POST", "/api/v1/ask", json={"text": text, "thread": "five"}) as answer:
            events = [json.loads(line) for line in answer.iter_lines()]
        return "".join(event.get("piece", "") for event in events)

    def typed(self, *words: str) -> str:
        """A command, through the private socket of the server that is up, as a process of its own would."""
        ran = CliRunner().invoke(cli, [*words, *self._user], env=environment(self.folder))
        assert ran.exit_code == 0, (ran.output, ran.exception)
        return ran.output

    def ids(self, words: str) -> list[str]:
        found = self.http.get("/api/v1/memories", params={"words": words, "kind": "episode"}).json()[
            "memories"
        ]
        return [memory["id"] for memory in found]

    def forget(self, way: str, words: str) -> None:
        ids = self.ids(words)
        match way:
            case "chat":
                assert self.said_in_chat(f"Forget that I keep {words}.")
            case "chip":
                self.chip("forget", ids=ids)
            case "page":
                page = self.http.get("/memory", params={"words": words}).text
                (memory,) = set(re.findall(r'id="memory-([0-9a-f-]{36})"', page)) & set(ids)
                asked = self.http.post("/memory/forget/preview", data={"memory": memory}, headers=HTMX)
                assert "Forget" in asked.text
                self.http.post("/memory/forget", data={"memory": memory}, headers=HTMX).raise_for_status()
            case "rest":
                self.http.post("/api/v1/forget", json={"ids": ids, "now": True}).raise_for_status()
            case "terminal":
                self.typed("forget", *ids)

    def remember(self, way: str, words: str) -> None:
        match way:
            case "chat":
                self.said_in_chat(f"I keep {words}.")
            case "terminal":
                self.typed("remember", f"I keep {words}.")
            case _:
                self.http.post("/api/v1/memories", json={"text": f"I keep {words}."}).raise_for_status()

    def undone(self, way: str, decision: str = "") -> None:
        """What was decided last, or this decision, is taken back. The pages have it for what is decided in Review."""
        match way:
            case "chat":
                self.said_in_chat("Undo.")
            case "chip":
                assert "decisions/${id(made.decision)}/undo" in IN_CHAT
                self.post(f"decisions/{decision}/undo")
            case "page":
                self.sent("review/undo", decision=decision)
            case "rest":
                self.post("undo")
            case _:
                self.typed("undo")


def liking(ways: Ways, thing: str) -> str:
    """Something that is believed: the id of a preference, once it is learned."""
    ways.http.post("/api/v1/memories", json={"text": f"I like {thing}."}).raise_for_status()
    for _ in range(120):
        found = ways.http.get("/api/v1/memories", params={"words": thing, "kind": "preference"}).json()
        if found["memories"]:
            return str(found["memories"][0]["id"])
        time.sleep(0.25)
    raise AssertionError(f"never learned: {thing}")
