"""Every verb of memory from chips and pages (REST and forms), chat words and the terminal: they agree."""

from __future__ import annotations

import io
import json
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from tests.kit.serving import environment, served
from tests.kit.talking import talking
from tests.ui.visitor import Visitor
from ui.cli import cli

HTMX = {"HX-Request": "true"}


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx.Client, Path]]:
    """One person's own server."""
    folder = tmp_path_factory.mktemp("five")
    with served(folder) as address, httpx.Client(base_url=address, timeout=90) as http:
        yield http, folder


class Ways:
    """The same verb, five ways. Each takes words and says what it changed."""

    def __init__(self, http: httpx.Client, folder: Path) -> None:
        self.http, self.folder = http, folder

    def post(self, path: str, **body: object) -> Any:
        answer = self.http.post(f"/api/v1/{path}", json=body)
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
        ran = CliRunner().invoke(cli, words, env=environment(self.folder))
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
                self.http.post("/api/v1/forget", json={"ids": ids}).raise_for_status()
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


def taken_along(http: httpx.Client) -> str:
    """All words of an export."""
    with zipfile.ZipFile(io.BytesIO(http.get("/api/v1/export").content)) as file:
        return " ".join(file.read(name).decode() for name in file.namelist() if name.startswith("memories"))


ANIMALS = {"chat": "ferrets", "chip": "llamas", "page": "geckos", "rest": "newts", "terminal": "quails"}


@pytest.fixture(scope="module")
def ways(alone: tuple[httpx.Client, Path]) -> Ways:
    return Ways(*alone)


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


@pytest.mark.parametrize("way", ["chat", "rest", "page", "terminal"])
def test_off_is_off_everywhere(ways: Ways, way: str) -> None:
    """Memory turned off one way is off for all, looking still works, and turned on again it is on."""
    match way:
        case "chat":
            assert "Memory is off" in ways.said_in_chat("Turn memory off.")
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


def liking(ways: Ways, thing: str) -> str:
    """Something that is believed: the id of a preference, once it is learned."""
    ways.http.post("/api/v1/memories", json={"text": f"I like {thing}."}).raise_for_status()
    for _ in range(120):
        found = ways.http.get("/api/v1/memories", params={"words": thing, "kind": "preference"}).json()
        if found["memories"]:
            return str(found["memories"][0]["id"])
        time.sleep(0.25)
    raise AssertionError(f"never learned: {thing}")


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
    "lentils sailing marbles origami rowing puzzles fencing pottery skating cycling baking karaoke".split()
)
NEWS = iter(
    "parsnips gliding dominoes juggling diving riddles archery weaving curling hiking brewing opera".split()
)


def changed(ways: Ways, way: str, verb: str, memory: str, new: str) -> None:
    """One of the verbs about what is believed, one of the ways. A chip is REST with the chat's own words."""
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
        case _:
            sent = {key: value.format(new=new) for key, value in body.items()}
            ways.http.post(f"/api/v1/memories/{memory}/{name}", json=sent).raise_for_status()


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


@pytest.mark.parametrize("way", ["chat", "page", "rest", "terminal"])
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


ASIDE = iter("yodelling whittling falconry beekeeping".split())
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
        case "rest":
            body = {"ids": [memory]} | ({"until": f"{DAY}T12:00:00Z"} if verb == "keep-until" else {})
            ways.http.post(f"/api/v1/{verb}", json=body).raise_for_status()
        case "terminal":
            ways.typed("memories", verb, memory, *(["--day", DAY] if verb == "keep-until" else []))


@pytest.mark.parametrize("way", ["chat", "page", "rest", "terminal"])
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


@pytest.mark.parametrize("way", ["chat", "page", "rest", "terminal"])
def test_a_forgetting_is_undone_everywhere(ways: Ways, way: str) -> None:
    """What was forgotten one way is back for all once it is undone that way."""
    words = {"chat": "herons", "page": "otters", "rest": "badgers", "terminal": "weasels"}[way]
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
        case "rest":
            forgetting = ways.http.post("/api/v1/forget", json={"ids": ids}).json()["id"]
            assert ways.ids(words) == []
            ways.http.post(f"/api/v1/forgettings/{forgetting}/undo").raise_for_status()
        case "terminal":
            told = ways.typed("ask", f"Forget that I keep {words}.")
            assert ways.ids(words) == []
            told += ways.typed("ask", "Undo.")
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


FRIENDS = {
    "chat": ("Marta", "Tilda"),
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
    """Two are one, or what is said of one is about another: one of the ways; the decision, where the way tells it."""
    match way:
        case "chat":
            said = {
                "merge": "{first} and {second} are the same person.",
                "split": "That {second} plays the cello is about another {first}.",
            }
            assert "undo" in ways.said_in_chat(said[verb].format(**about))
            return ""
        case "page":
            form = {"one": about["one"], "other": about["other"]} if verb == "merge" else {"entity": about["one"], "facts": about["fact"]}  # fmt: skip
            ways.sent(f"connections/{verb}", **form)
            shown = ways.http.get("/memory/connections").text
            return str(re.findall(r'{"decision": "(\w+)"}', shown)[-1])
        case "rest":
            body = {"one": about["one"], "other": about["other"]} if verb == "merge" else {"entity": about["one"], "facts": [about["fact"]]}  # fmt: skip
            return str(ways.post(f"graph/{verb}", **body)["decision"])
        case _:
            return ways.typed("graph", verb, about["one"], about["other" if verb == "merge" else "fact"]).strip()  # fmt: skip


def undecided(ways: Ways, way: str, decision: str) -> None:
    match way:
        case "chat":
            ways.said_in_chat("Undo.")
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


@pytest.mark.parametrize("way", ["page", "rest", "terminal", "chat"])
def test_sharing_is_given_and_ended_the_same(
    house: tuple[str, Path], ada: Visitor, ben: Visitor, way: str
) -> None:
    """Given one way, all see it; ended, nobody does."""
    ways, mine = Ways(ada.http, house[1]), ("--user", "ada")
    ada.remembers("I polish sextants.")

    def read() -> list[bool]:
        """Whether Ben reads: as he sees it, and as Ada does, by every way of looking."""
        given = ada.http.get("/api/v1/shares").json()["given"]
        page = ada.http.get("/memory/sharing").text
        return [
            ben.http.get("/api/v1/shared/ada/memories", params={"words": "sextants"}).status_code == 200,
            "sextants" in ben.http.get("/memory/shared/ada").text,
            any(grant["holds"] for grant in given),
            "End sharing with ben" in page,
            "in force" in ways.typed("shares", *mine),
        ]

    assert not any(read())
    match way:
        case "page":
            ways.sent("sharing/give", reader="ben")
        case "terminal":
            ways.typed("share", "ben", *mine)
        case "chat":
            assert "stop sharing with ben" in ways.said_in_chat("Share my memories with Ben.")
        case "rest":
            ways.post("shares", reader="ben")
    assert all(read())
    (grant,) = (one["id"] for one in ada.http.get("/api/v1/shares").json()["given"] if one["holds"])
    match way:
        case "page":
            ways.sent(f"sharing/{grant}/revoke")
        case "terminal":
            ways.typed("revoke", grant, *mine)
        case "chat":
            assert "ben can read nothing" in ways.said_in_chat("Stop sharing with Ben.")
        case "rest":
            ways.post(f"shares/{grant}/revoke")
    assert not any(read())


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


def practised(ways: Ways, way: str, verb: str, id: str, rule: str = "") -> None:
    """Edit, approve, reject or roll back: one of the ways."""
    match way:
        case "page":
            when = ways.http.get(f"/api/v1/procedures/{id}").json()["trigger"]  # the form holds it
            name, form = ("reword", {"rule": rule, "trigger": when}) if verb == "edit" else (verb, {})
            ways.sent(f"skills/{id}/{name}", **form)
        case "rest" if verb == "edit":
            ways.http.put(f"/api/v1/procedures/{id}", json={"rule": rule}).raise_for_status()
        case "rest":
            ways.post(f"procedures/{id}/{verb}")
        case "terminal":
            ways.typed("skills", verb, id, *([rule] if rule else []))


@pytest.mark.parametrize("way", SKILLS)
def test_a_skill_is_edited_approved_rejected_and_rolled_back_everywhere(able: Ways, way: str) -> None:
    """Each one way, and every way of looking sees the same. It is taught in the chat, whichever way decides."""
    situation, rule, better, worse = SKILLS[way]
    able.said_in_chat(f"From now on, when I ask for {situation}, always {rule}.")
    first = skill(able, rule)
    practised(able, way, "edit", first, better)
    second = skill(able, better)
    assert counted_as(able, second) == "waits"
    practised(able, way, "approve", second)
    assert (counted_as(able, first), counted_as(able, second)) == ("retired", "active")
    practised(able, way, "edit", second, worse)
    third = skill(able, worse)
    practised(able, way, "reject", third)
    assert (counted_as(able, second), counted_as(able, third)) == ("active", "retired")
    practised(able, way, "rollback", second)
    assert (counted_as(able, first), counted_as(able, second)) == ("active", "retired")
