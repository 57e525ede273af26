"""What is believed: chat words, chips, pages, REST and the terminal agree."""

from __future__ import annotations

import json
import re

import pytest

from tests.ui.ways import FIVE, HTMX, Ways, liking

CHANGES = {
    # what the verb is called on the page, its words at REST, its form, its command
    "correct": ("correct", {"value": "{new}"}, ["correct", "{id}", "{new}"], "superseded"),
    "ended": ("ended", {}, ["ended", "{id}"], "superseded"),
    "not mine": ("not-mine", {}, ["not-mine", "{id}"], "archived"),
}
SAID = {
    "correct": "Change {thing} to {new}.",
    "ended": "It is no longer true that I like {thing}.",
    "not mine": "It's not about me that I like {thing}.",
    "confirm": "Confirm that I like {thing}.",
}
SHOWN_AS = {"superseded": "no longer so", "archived": "not about you", "paused": "paused"}
THINGS = iter(
    "lentils sailing marbles origami rowing puzzles fencing pottery skating cycling baking karaoke judo chess surfing".split()
)
NEWS = iter(
    "parsnips gliding dominoes juggling diving riddles archery weaving curling hiking brewing opera sumo bridge polo".split()
)


def changed(ways: Ways, way: str, verb: str, memory: str, new: str) -> None:
    """One of the verbs about what is believed, one of the ways."""
    name, body, command, _ = CHANGES[verb] if verb != "confirm" else ("confirm", {}, ["confirm", "{id}"], "")
    match way:
        case "chat":
            thing = ways.http.get(f"/api/v1/memories/{memory}").json()["object"]
            ways.said_in_chat(SAID[verb].format(thing=thing, new=new))
        case "page":
            form = {key: value.format(new=new) for key, value in body.items()}
            ways.http.post(f"/memory/{memory}/{name}", data=form, headers=HTMX).raise_for_status()
        case "terminal":
            ways.typed("facts", *(word.format(id=memory, new=new) for word in command))
        case "chip":
            ways.chip(f"memories/{memory}/{name}", **{key: v.format(new=new) for key, v in body.items()})
        case _:
            ways.post(f"memories/{memory}/{name}", **{key: v.format(new=new) for key, v in body.items()})


def seen(ways: Ways, memory: str) -> list[str]:
    """What a memory counts as, as each way of looking tells it."""
    rest = ways.http.get(f"/api/v1/memories/{memory}").json()["status"]
    listed = json.loads(ways.typed("memories", "--kind", "preference", "--limit", "200", "--json"))
    terminal = next(m["status"] for m in listed["memories"] if m["id"] == memory)
    row = ways.http.get("/memory", params={"memory": memory}).text.partition(f'id="memory-{memory}"')[2]
    words = re.findall(r'class="kind">([^<]+)<', row)[1:]
    on_page = next((status for status, word in SHOWN_AS.items() if words and word in words[0]), "active")
    account = ways.http.get(f"/api/v1/memories/{memory}/account").json()["memory"]["status"]
    return [rest, terminal, on_page, account]


@pytest.mark.parametrize("way", FIVE)
@pytest.mark.parametrize("verb", CHANGES)
def test_what_is_believed_changes_the_same_everywhere(ways: Ways, verb: str, way: str) -> None:
    """Corrected, ended, not mine, and confirmed again: each one way, and the same is seen by all."""
    thing, new = next(THINGS), next(NEWS)
    memory = liking(ways, thing)
    assert set(seen(ways, memory)) == {"active"}
    changed(ways, way, verb, memory, new)
    assert set(seen(ways, memory)) == {CHANGES[verb][3]}
    if verb == "correct":
        told = ways.said_in_chat("What do I like?") + ways.typed("memories", "--words", new)
        assert new in told
    assert ways.http.get("/api/v1/facts").json()["facts"] != []
    changed(ways, way, "confirm", memory, new)
    assert set(seen(ways, memory)) == {"active"}


ASIDE = iter("yodelling whittling falconry beekeeping topiary".split())
DAY = "2099-05-03"


def set_aside(ways: Ways, way: str, verb: str, memory: str, thing: str) -> None:
    """Pause, use again or keep until a day: one of the ways."""
    said = {
        "pause": f"Pause that I like {thing}.",
        "resume": f"Resume that I like {thing}.",
        "keep-until": f"Keep that I like {thing} until 3 May 2099.",
    }
    match way:
        case "chat":
            ways.said_in_chat(said[verb])
        case "page":
            form = {"memory": memory} | ({"until": DAY} if verb == "keep-until" else {})
            name = {"keep-until": "until"}.get(verb, verb)
            ways.http.post(f"/memory/{name}", data=form, headers=HTMX).raise_for_status()
        case "rest" | "chip":
            body = {"ids": [memory]} | ({"until": f"{DAY}T12:00:00Z"} if verb == "keep-until" else {})
            (ways.post if way == "rest" else ways.chip)(verb, **body)
        case "terminal":
            ways.typed("memories", verb, memory, *(["--day", DAY] if verb == "keep-until" else []))


@pytest.mark.parametrize("way", FIVE)
def test_setting_aside_is_the_same_everywhere(ways: Ways, way: str) -> None:
    """Paused, used again, kept until a day: each one way, and the same is seen by all."""
    thing = next(ASIDE)
    memory = liking(ways, thing)
    set_aside(ways, way, "pause", memory, thing)
    assert set(seen(ways, memory)) == {"paused"}
    assert f"like {thing}" not in ways.said_in_chat(f"Do I like {thing}?")
    set_aside(ways, way, "resume", memory, thing)
    assert set(seen(ways, memory)) == {"active"}
    assert f"like {thing}" in ways.said_in_chat(f"Do I like {thing}?")
    set_aside(ways, way, "keep-until", memory, thing)
    assert ways.http.get(f"/api/v1/memories/{memory}").json()["keep_until"].startswith(DAY)
    account = ways.http.get(f"/api/v1/memories/{memory}/account").json()["memory"]
    assert account["keep_until"].startswith(DAY)
    assert "3 May 2099" in ways.http.get(f"/memory/{memory}").text
    listed = json.loads(ways.typed("memories", "--kind", "preference", "--limit", "200", "--json"))
    assert next(m for m in listed["memories"] if m["id"] == memory)["keep_until"].startswith(DAY)
