"""The activity page: every entry in words, own looks folded, drawing a page written down once."""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from pathlib import Path

import httpx

from memory.activity import LEAVES_OUT, SENT, Event
from tests.kit.serving import served
from ui.looks import LOOKS, in_lines

ROOT = Path(__file__).parents[2]
VERB_AT = {"admit": 3, "view": 2}  # where the gate's methods are given the verb


def verbs() -> set[str]:
    """Every name that a verb of memory is written down by."""
    calls = (
        node
        for path in (ROOT / "memory").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    )
    found = set()
    for call in calls:
        at = VERB_AT.get(call.func.attr, len(call.args))  # type: ignore[attr-defined]
        verb = call.args[at] if at < len(call.args) else None
        if isinstance(verb, ast.Constant):
            found.add(verb.value)
    return found


def event(number: int, action: str, *, who: str = "you", subject: str = "") -> Event:
    return Event(number, datetime(2026, 5, 3, 12, number, tzinfo=UTC), who, action, subject, 1)


def test_every_verb_has_a_word() -> None:
    """No entry is shown by the name that only the code knows."""
    assert len(verbs()) > 30
    others = {LEAVES_OUT, "page", "share", "revoke", "export", "decided", "refused", *SENT}
    assert verbs() | others <= set(LOOKS)


def test_own_looks_are_one_line_and_others_each_their_own() -> None:
    """Three looks of one's own, whatever each was called, are one line with its number; two of somebody else stay two."""
    lines = in_lines(
        [
            event(9, "browse"),
            event(8, "get", subject="a"),
            event(7, "counts"),
            event(6, "forget"),
            event(5, "forget"),
        ]
        + [
            event(4, "browse", who="somebody else", subject="g"),
            event(3, "browse", who="somebody else", subject="g"),
        ]
    )
    assert [(line.numbers, line.what, line.count) for line in lines] == [
        ((7, 9), "looked at", 3), ((6, 6), "forgotten", 1), ((5, 5), "forgotten", 1),
        ((4, 4), "looked at", 1), ((3, 3), "looked at", 1),
    ]  # fmt: skip


def test_drawing_a_page_is_one_look(tmp_path: Path) -> None:
    """Whatever a page reads to be drawn is one entry; a look by REST is one of its own, under its own name."""
    with served(tmp_path) as address, httpx.Client(base_url=address) as http:
        for tab in ("", "/review", "/timeline", "/connections", "/skills", "/privacy"):
            assert http.get(f"/memory{tab}").status_code == 200
        http.get("/api/v1/memories")
        told = [event["action"] for event in http.get("/api/v1/activity").json()["events"]]
        assert told[:2] == ["browse", "page"]
        assert told.count("page") == 6
        assert not {"waiting", "still_known", "counts", "placeholders", "graph"} & set(told)
