"""Who is who, who may read, and ways of answering: chat words, chips, pages, REST and the terminal agree."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.kit.serving import served
from tests.kit.talking import talking
from tests.ui.visitor import Visitor
from tests.ui.ways import FIVE, IN_CHAT, Ways

FRIENDS = {
    "chat": ("Marta", "Tilda"),
    "chip": ("Henrik", "Ludmila"),
    "page": ("Rafael", "Kilian"),
    "rest": ("Ingrid", "Sonja"),
    "terminal": ("Oskar", "Bruno"),
}


def people(ways: Ways) -> set[str]:
    """Everybody and everything, by their ids: the same, however one looks."""
    rest = {one["id"] for one in ways.http.get("/api/v1/graph").json()["entities"]}
    terminal = {one["id"] for one in json.loads(ways.typed("graph", "list", "--json"))["entities"]}
    choices = ways.http.get("/memory/connections").text.partition('name="thing"')[2].partition("</select>")[0]
    assert rest == terminal == set(re.findall(r'<option value="([^"]+)"', choices))
    return rest


def named(ways: Ways, name: str) -> str:
    """The id of somebody, once they are learned of."""
    for _ in range(120):
        found = ways.http.get("/api/v1/graph").json()["entities"]
        if ids := [one["id"] for one in found if one["name"] == name]:
            return str(ids[0])
        time.sleep(0.25)
    raise AssertionError(f"never learned of: {name}")


def decided(ways: Ways, way: str, verb: str, **about: str) -> str:
    """Two are one, or what is said of one is about another: one of the ways; the decision, where the way tells it.

    A chip merges where several are called so, and takes back; what is told apart is said in words.
    """
    merging = verb == "merge"
    body = {"one": about["one"], "other": about["other"]} if merging else {"entity": about["one"], "facts": [about["fact"]]}  # fmt: skip
    match way:
        case "chip" if merging:
            return str(ways.chip("graph/merge", **body)["decision"])
        case "chat" | "chip":
            said = {
                "merge": "{first} and {second} are the same person.",
                "split": "That {second} plays the cello is about another {first}.",
            }
            assert "undo" in ways.said_in_chat(said[verb].format(**about))
            return str(ways.http.get("/api/v1/graph").json()["decisions"][-1]["id"])
        case "page":
            ways.sent(f"connections/{verb}", **body)
            shown = ways.http.get("/memory/connections").text
            return str(re.findall(r'{"decision": "(\w+)"}', shown)[-1])
        case "rest":
            return str(ways.post(f"graph/{verb}", **body)["decision"])
        case _:
            return ways.typed("graph", verb, about["one"], about["other" if merging else "fact"]).strip()


def undecided(ways: Ways, way: str, decision: str) -> None:
    match way:
        case "chat":
            ways.said_in_chat("Undo.")
        case "chip":
            assert "graph/decisions/${id(decision)}/undo" in IN_CHAT
            ways.post(f"graph/decisions/{decision}/undo")
        case "page":
            ways.sent("connections/undo", decision=decision)
        case "rest":
            ways.post(f"graph/decisions/{decision}/undo")
        case "terminal":
            ways.typed("graph", "undo", decision)


@pytest.mark.parametrize("way", FRIENDS)
def test_who_is_who_is_decided_the_same_everywhere(ways: Ways, way: str) -> None:
    """Merged, told apart and taken back: each one way, and every way of looking sees the same people."""
    first, second = FRIENDS[way]
    for said in (f"My friend {first} lives in Oslo.", f"My friend {second} plays the cello."):
        ways.post("memories", text=said)
    one, other = named(ways, first), named(ways, second)
    facts = ways.http.get("/api/v1/graph").json()["facts"]
    (fact,) = (f["id"] for f in facts if second in f["text"] and "cello" in f["text"])
    before = people(ways)
    merged = decided(ways, way, "merge", first=first, second=second, one=one, other=other)
    assert len(people(ways)) == len(before) - 1
    left = named(ways, first)
    split = decided(ways, way, "split", first=first, second=second, one=left, fact=fact)
    assert len(people(ways)) == len(before)
    undecided(ways, way, split)
    assert len(people(ways)) == len(before) - 1
    undecided(ways, way, merged)
    assert people(ways) == before


def given(ways: Ways, way: str) -> None:
    """Ben may read what is about sextants. A chip stands below what was said."""
    match way:
        case "chat" | "chip":
            told = ways.said_in_chat("Share what you know about sextants with Ben for a week.")
            assert "Shared with ben: whatever I remember that says “sextants”" in told
        case "page":
            ways.sent("sharing/give", reader="ben", topic="sextants", days="7")
        case "rest":
            ways.post("shares", reader="ben", topic="sextants")
        case "terminal":
            ways.typed("share", "ben", "--topic", "sextants", "--days", "7")


def ended(ways: Ways, way: str, grant: str) -> str:
    """Nothing of it may be read any more; the decision, where the way tells it."""
    match way:
        case "chat":
            assert "ben can read nothing" in ways.said_in_chat("Stop sharing with Ben.")
        case "chip":
            return str(ways.chip(f"shares/{grant}/revoke")["decision"])
        case "page":
            ways.sent(f"sharing/{grant}/revoke")
        case "rest":
            ways.post(f"shares/{grant}/revoke")
        case "terminal":
            ways.typed("revoke", grant)
    return ""


@pytest.mark.parametrize("way", FIVE)
def test_sharing_is_given_ended_and_undone_the_same(
    house: tuple[str, Path], ada: Visitor, ben: Visitor, way: str
) -> None:
    """Given one way, all see it; ended, nobody does; what was ended, and then what was given, is taken back that way."""
    ways = Ways(ada.http, house[1], "ada")
    ada.remembers("I polish sextants.")

    def read() -> set[bool]:
        """Whether Ben reads: as he sees it, and as Ada does, by every way of looking."""
        given = ada.http.get("/api/v1/shares").json()["given"]
        page = ada.http.get("/memory/sharing").text
        return {
            ben.http.get("/api/v1/shared/ada/memories", params={"words": "sextants"}).status_code == 200,
            "sextants" in ben.http.get("/memory/shared/ada").text,
            any(grant["holds"] for grant in given),
            "End sharing with ben" in page,
            "in force" in ways.typed("shares"),
        }

    assert read() == {False}
    given(ways, way)
    assert read() == {True}
    (grant,) = (one["id"] for one in ada.http.get("/api/v1/shares").json()["given"] if one["holds"])
    decision = ended(ways, way, grant)
    assert read() == {False}
    if way == "page":  # where it is given, nothing else takes it back
        return
    ways.undone(way, decision)
    assert read() == {True}
    ways.undone("rest" if way == "chip" else way)
    assert read() == {False}


@pytest.fixture(scope="module")
def able(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ways]:
    """A server whose model follows what it was taught."""
    folder = tmp_path_factory.mktemp("able")
    with (
        talking() as (_, settings),
        served(folder, **settings) as address,
        httpx.Client(base_url=address, timeout=90) as http,
    ):
        yield Ways(http, folder)


SKILLS = {
    "chat": ("a riddle", "use animals", "use kitchens", "use planets"),
    "chip": ("a song", "use choruses", "use refrains", "use ballads"),
    "page": ("a recipe", "use grams", "use ounces", "use cups"),
    "rest": ("a poem", "use rhymes", "use haiku form", "use free verse"),
    "terminal": ("a plan", "use bullet points", "use numbered steps", "use a table"),
}


def skill(ways: Ways, words: str) -> str:
    """The id of what was learned, once it is."""
    for _ in range(200):
        found = ways.http.get("/api/v1/procedures").json()["procedures"]
        if ids := [one["id"] for one in found if words in one["rule"]]:
            return str(ids[0])
        time.sleep(0.1)
    raise AssertionError(f"never learned: {words}")


def counted_as(ways: Ways, id: str) -> str:
    """What a way of answering counts as: the same, however one looks."""
    one = ways.http.get(f"/api/v1/procedures/{id}").json()
    rest = "waits" if one["needs_approval"] else one["status"]
    (line,) = (line for line in ways.typed("skills", "list").splitlines() if line.startswith(id))
    card = ways.http.get("/memory/skills").text.partition(f'id="skill-{id}"')[2].partition("</li>")[0]
    words = {"waits": ("waits for approval", "waits for your approval"), "active": ("active", "in use"), "retired": ("retired", "given up")}  # fmt: skip
    assert words[rest][0] in line, (rest, line)
    assert f'class="kind">{words[rest][1]}' in card, (rest, card[:400])
    return str(rest)


SAID = {
    "edit": "Change my rule about {about} to {rule}",
    "approve": "Approve the rule about {about}.",
    "reject": "Reject the rule about {about}.",
    "rollback": "Go back to the former version of the rule about {about}.",
}


def practised(ways: Ways, way: str, verb: str, id: str, rule: str = "") -> str:
    """Edit, approve, reject or roll back: one of the ways; the decision, where the way tells it."""
    now = ways.http.get(f"/api/v1/procedures/{id}").json()
    match way:
        case "chat":
            told = ways.said_in_chat(SAID[verb].format(about=now["rule"].removeprefix("use "), rule=rule))
            assert now["trigger"] in told
        case "chip" if verb == "edit":
            assert 'ask(path, "PUT", { rule })' in IN_CHAT
            return str(ways.http.put(f"/api/v1/procedures/{id}", json={"rule": rule}).json()["decision"])
        case "chip":
            return str(ways.chip(f"procedures/{id}/{verb}")["decision"])
        case "page":  # the form holds when it applies
            name, form = ("reword", {"rule": rule, "trigger": now["trigger"]}) if verb == "edit" else (verb, {})  # fmt: skip
            if verb in ("approve", "reject"):  # in Review, where it is taken back, too
                return re.findall(r'name="decision" value="(\w+)"', ways.sent(f"review/{id}/{name}"))[0]
            ways.sent(f"skills/{id}/{name}", **form)
        case "rest" if verb == "edit":
            ways.http.put(f"/api/v1/procedures/{id}", json={"rule": rule}).raise_for_status()
        case "rest":
            ways.post(f"procedures/{id}/{verb}")
        case "terminal":
            ways.typed("skills", verb, id, *([rule] if rule else []))
    return ""


@pytest.mark.parametrize("way", SKILLS)
def test_a_skill_is_edited_approved_rejected_rolled_back_and_undone_everywhere(able: Ways, way: str) -> None:
    """Each one way, and every way of looking sees the same. It is taught in the chat, whichever way decides."""
    situation, rule, better, worse = SKILLS[way]
    able.said_in_chat(f"From now on, when I ask for {situation}, always {rule}.")
    first = skill(able, rule)
    practised(able, way, "edit", first, better)
    second = skill(able, better)
    assert counted_as(able, second) == "waits"
    decision = practised(able, way, "approve", second)
    assert (counted_as(able, first), counted_as(able, second)) == ("retired", "active")
    able.undone(way, decision)
    assert (counted_as(able, first), counted_as(able, second)) == ("active", "waits")
    practised(able, way, "approve", second)
    practised(able, way, "edit", second, worse)
    third = skill(able, worse)
    practised(able, way, "reject", third)
    assert (counted_as(able, second), counted_as(able, third)) == ("active", "retired")
    decision = practised(able, way, "rollback", second)
    assert (counted_as(able, first), counted_as(able, second)) == ("active", "retired")
    if way != "page":  # it goes back to the other version there
        able.undone(way, decision)
        assert (counted_as(able, first), counted_as(able, second)) == ("retired", "active")
