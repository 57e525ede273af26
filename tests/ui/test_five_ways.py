"""What is remembered: chat words, chips, pages, REST and the terminal agree."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.ui.ways import FIVE, HTMX, Ways


def taken_along(http: httpx.Client) -> str:
    """All words of an export."""
    with zipfile.ZipFile(io.BytesIO(http.get("/api/v1/export").content)) as file:
        return " ".join(file.read(name).decode() for name in file.namelist() if name.startswith("memories"))


ANIMALS = {"chat": "ferrets", "chip": "llamas", "page": "geckos", "rest": "newts", "terminal": "quails"}


@pytest.mark.parametrize("way", ANIMALS)
def test_remembering_and_forgetting_are_the_same_everywhere(ways: Ways, way: str) -> None:
    """What one way remembers every other way finds; what one way forgets none of them finds any more."""
    words = ANIMALS[way]
    ways.remember(way, words)
    looks: list[Callable[[], str]] = [
        lambda: json.dumps(ways.http.get("/api/v1/memories", params={"words": words}).json()["memories"]),
        lambda: ways.http.get("/memory", params={"words": words}).text.replace(f'value="{words}"', ""),
        lambda: ways.typed("memories", "--words", words),
        lambda: json.dumps(
            ways.http.post("/api/v1/recall", json={"question": f"Who keeps {words}?"}).json()["hits"]
        ),
        lambda: taken_along(ways.http),
    ]
    assert [words in look() for look in looks] == [True] * len(looks)
    ways.forget(way, words)
    assert [words in look() for look in looks] == [False] * len(looks)


@pytest.mark.parametrize("way", FIVE)
def test_off_is_off_everywhere(ways: Ways, way: str) -> None:
    """Memory turned off one way is off for all, looking still works, and turned on again it is on."""
    match way:
        case "chat":
            assert "Memory is off" in ways.said_in_chat("Turn memory off.")
        case "chip":
            ways.chip("choices", "PUT", remember=False)
        case "rest":
            ways.http.put("/api/v1/choices", json={"remember": False}).raise_for_status()
        case "page":
            ways.http.post("/memory/choice", data={"remember": "false"}, headers=HTMX).raise_for_status()
        case "terminal":
            for purpose in ("remember", "answer", "learn"):
                ways.typed("consent", "withdraw", purpose)
    try:
        assert ways.http.post("/api/v1/memories", json={"text": "I keep owls."}).status_code == 409
        ways.said_in_chat("I keep owls.")
        assert ways.http.get("/memory", params={"words": "owls"}).text.count("memory-") == 0
        assert "Memory is off" in ways.http.get("/memory").text
        assert ways.http.get("/memory/activity").status_code == 200
    finally:
        ways.http.put("/api/v1/choices", json={"remember": True}).raise_for_status()
    assert "Memory is on" in ways.http.get("/memory").text


@pytest.mark.parametrize("way", FIVE)
def test_a_forgetting_is_undone_everywhere(ways: Ways, way: str) -> None:
    """What was forgotten one way is back for all once it is undone that way."""
    words = {"chat": "herons", "chip": "lynxes", "page": "otters", "rest": "badgers", "terminal": "weasels"}[
        way
    ]
    ways.remember("rest", words)
    ids = ways.ids(words)
    match way:
        case "chat":
            ways.said_in_chat(f"Forget that I keep {words}.")
            assert ways.ids(words) == []
            ways.said_in_chat("Undo.")
        case "page":
            told = ways.http.post("/memory/forget", data={"memory": ids}, headers=HTMX).text
            (forgetting,) = re.findall(r'name="forgetting" value="(\w+)"', told)
            assert ways.ids(words) == []
            ways.http.post("/memory/undo", data={"forgetting": forgetting}, headers=HTMX).raise_for_status()
        case "chip":
            forgetting = ways.chip("forget", ids=ids)["id"]
            assert ways.ids(words) == []
            ways.chip(f"forgettings/{forgetting}/undo")
        case "rest":
            forgetting = ways.http.post("/api/v1/forget", json={"ids": ids}).json()["id"]
            assert ways.ids(words) == []
            ways.http.post(f"/api/v1/forgettings/{forgetting}/undo").raise_for_status()
        case "terminal":
            ways.typed("ask", f"Forget that I keep {words}.")
            assert ways.ids(words) == []
            ways.typed("undo")
    assert set(ways.ids(words)) >= set(ids[:1])
    assert words in ways.http.get("/memory", params={"words": words}).text
    assert words in ways.typed("memories", "--words", words)


@pytest.mark.parametrize("way", ["chat", "page", "rest", "terminal"])
def test_everything_is_taken_along_the_same(ways: Ways, way: str, tmp_path: Path) -> None:
    """Each way to an export leads to the same memories; the chat's `/export` leads to the address of REST."""
    match way:
        case "chat":
            (link,) = re.findall(r"/api/v1/export", ways.said_in_chat("Export my data."))
            packed = ways.http.get(link).content
        case "page":
            (link,) = set(re.findall(r'href="(/api/v1/export)"', ways.http.get("/memory/privacy").text))
            packed = ways.http.get(link).content
        case "rest":
            packed = ways.http.get("/api/v1/export").content
        case "terminal":
            ways.typed("export", str(tmp_path / "all.zip"))
            packed = (tmp_path / "all.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        found = {memory["id"] for memory in json.loads(file.read("memories.json"))["memories"]}
    assert len(found) == ways.http.get("/api/v1/memories").json()["total"]


PASTED = {"page": "I carve whistles.", "rest": "I carve ladles.", "terminal": "I carve puppets."}


@pytest.mark.parametrize("way", PASTED)
def test_what_is_brought_in_waits_everywhere(ways: Ways, way: str, tmp_path: Path) -> None:
    """A file or a pasted text brought in one way waits for every other; a yes one way is a memory for all."""
    text, http = PASTED[way], ways.http
    match way:
        case "page":
            told = http.post("/memory/privacy/import", files={"text": (None, text)}, headers=HTMX)
            assert "1 memory waits in Review" in told.text
        case "rest":
            http.post("/api/v1/import", content=text, params={"name": "a.md"}).raise_for_status()
        case "terminal":
            (tmp_path / "a.md").write_text(text)
            ways.typed("import", str(tmp_path / "a.md"))
    (arrival,) = http.get("/api/v1/arrivals").json()["arrivals"]
    assert arrival["id"] in ways.typed("arrivals", "list")
    assert text in ways.typed("arrivals", "show", arrival["id"])
    assert text in http.get(f"/memory/review/arrivals/{arrival['id']}").text
    assert f"arrivals/{arrival['id']}/accept" in http.get("/memory/review").text
    assert text not in str(http.post("/api/v1/recall", json={"question": text}).json()["hits"])
    (memory,) = http.get(f"/api/v1/arrivals/{arrival['id']}").json()["memories"]
    match way:
        case "page":
            done = http.post(f"/memory/review/arrivals/{arrival['id']}/accept", data={"memory": memory["id"]}, headers=HTMX)  # fmt: skip
            undo = re.search(r'name="decision" value="(\w+)"', done.text)
            assert undo
            http.post("/memory/review/undo", data={"decision": undo[1]}, headers=HTMX).raise_for_status()
            assert http.get("/api/v1/arrivals").json()["arrivals"][0]["memories"] == 1
            http.post(f"/memory/review/arrivals/{arrival['id']}/accept", headers=HTMX).raise_for_status()
        case "rest":
            http.post(f"/api/v1/arrivals/{arrival['id']}/accept").raise_for_status()
        case "terminal":
            ways.typed("arrivals", "accept", arrival["id"], memory["id"])
    assert http.get("/api/v1/arrivals").json()["arrivals"] == []
    assert text in str(http.post("/api/v1/recall", json={"question": text}).json()["hits"])


def test_a_hostile_file_is_a_sentence_on_the_page(ways: Ways) -> None:
    """What cannot be brought in is said above the form, and nothing waits."""
    told = ways.http.post("/memory/privacy/import", files={"file": ("x.zip", b"PK\3\4 junk")}, headers=HTMX)
    assert told.status_code == 400
    assert "Nothing was brought in." in told.text
    assert (
        ways.http.post("/memory/privacy/import", files={"text": (None, " ")}, headers=HTMX).status_code == 400
    )
    assert ways.http.get("/api/v1/arrivals").json()["arrivals"] == []
