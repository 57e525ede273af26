"""The memory pages, their REST and the terminal: asking the list, pausing, keeping until a day, taking some along."""

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
from ui.cli import cli

pytestmark = pytest.mark.long

HTMX = {"HX-Request": "true"}


class House:
    """One server and the ways into it."""

    def __init__(self, http: httpx.Client, folder: Path) -> None:
        self.http, self.folder = http, folder

    def says(self, text: str) -> str:
        kept = self.http.post("/api/v1/memories", json={"text": text}).raise_for_status().json()
        return str(kept["memories"][0]["id"])

    def page(self, path: str, **form: Any) -> str:
        """What a form or a button of the pages gets back."""
        return self.http.post(f"/memory/{path}", data=form, headers=HTMX).raise_for_status().text

    def rest(self, path: str, **body: Any) -> Any:
        return self.http.post(f"/api/v1/{path}", json=body).raise_for_status().json()

    def get(self, path: str, **query: Any) -> Any:
        return self.http.get(f"/api/v1/{path}", params=query).raise_for_status().json()

    def typed(self, *words: str) -> str:
        ran = CliRunner().invoke(cli, words, env=environment(self.folder))
        assert ran.exit_code == 0, (ran.output, ran.exception)
        return ran.output

    def recalled(self, question: str) -> list[str]:
        return [hit["memory"]["id"] for hit in self.rest("recall", question=question)["hits"]]

    def until(self, holds: Callable[[], Any], longest: float = 40) -> Any:
        """What happens in the background is waited for."""
        end = time.monotonic() + longest
        while time.monotonic() < end:
            if found := holds():
                return found
            time.sleep(0.25)
        raise AssertionError("it never came")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("pages")
    with served(folder) as address, httpx.Client(base_url=address, timeout=90) as http:
        yield House(http, folder)


# -- asking --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["page", "rest", "terminal"])
def test_the_list_itself_answers(house: House, way: str) -> None:
    """A question about oneself is answered in one's own words, with the memory they stand in, without a model."""
    if not house.get("memories", words="night porter")["memories"]:
        house.says("I work as a night porter in a small hotel.")
    match way:
        case "page":
            told = house.page("ask", question="What is my job?")
            (memory,) = set(re.findall(r'href="/memory/([0-9a-f-]{36})"', told))
        case "rest":
            found = house.rest("memories/ask", question="What is my job?")
            told, (memory,) = found["text"], found["memories"]
        case "terminal":
            told = house.typed("memories", "ask", "What is my job?")
            (memory,) = re.findall(r"\[1\] ([0-9a-f-]{36})", told)
    assert "night porter" in told
    assert "night porter" in house.get(f"memories/{memory}")["text"]


def test_what_is_known_of_something_is_listed(house: House) -> None:
    """ "What do you know about ...?" lists it; what nobody said is not made up; an empty question is a sentence."""
    house.says("My canoe is called Petrel.")
    house.says("The canoe leaks at the stern.")
    told = house.rest("memories/ask", question="What do you know about my canoe?")
    assert "Petrel" in told["text"]
    assert "stern" in told["text"]
    assert len(told["memories"]) >= 2
    assert house.rest("memories/ask", question="What is my blood type?")["memories"] == []
    empty = house.http.post("/memory/ask", data={"question": " "}, headers=HTMX)
    assert (empty.status_code, "Write something first." in empty.text) == (400, True)


def test_asking_keeps_nothing_and_works_while_memory_is_off(house: House) -> None:
    """Off is off for answers; a look at one's own list is none."""
    house.says("My boat shed is in Galway.")
    before = house.get("memories", kind="episode")["total"]
    house.http.put("/api/v1/choices", json={"remember": False}).raise_for_status()
    try:
        assert "Galway" in house.rest("memories/ask", question="Where is my boat shed?")["text"]
    finally:
        house.http.put("/api/v1/choices", json={"remember": True}).raise_for_status()
    assert house.get("memories", kind="episode")["total"] == before


# -- between keeping and forgetting --------------------------------------------------------------------

WAYS = ["page", "rest", "terminal"]


def changed(house: House, way: str, verb: str, ids: list[str], until: str = "") -> str:
    """Pause, resume or keep-until, one of the ways."""
    match way:
        case "page":
            path = "until" if verb == "keep-until" else verb
            form: dict[str, Any] = {"memory": ids}
            form |= {"until": until} if until else {"always": "true"}
            return house.page(path, **form)
        case "terminal":
            day = ["--day", until] if until else []
            return house.typed("memories", verb, *ids, *day)
    body = {"until": f"{until}T12:00:00+00:00"} if until else {}
    return str(house.rest(verb, ids=ids, **body))


@pytest.mark.parametrize("way", WAYS)
def test_what_is_paused_one_way_is_paused_for_all(house: House, way: str) -> None:
    """Kept, found and shown as paused; told to nobody who answers; used again on request."""
    thing = {"page": "kazoos", "rest": "zithers", "terminal": "bagpipes"}[way]
    ids = [house.says(f"The cellar holds {thing}."), house.says(f"The attic holds {thing} too.")]
    told = changed(house, way, "pause", ids)
    if way == "page":
        assert "Paused: 2 memories." in told
        assert all(f'id="memory-{memory}" hx-swap-oob="true"' in told for memory in ids)
    listed = house.get("memories", status="paused", words=thing)["memories"]
    assert {memory["id"] for memory in listed} == set(ids)
    assert set(ids) <= set(house.recalled(f"Which room holds {thing}?"))  # its person still finds it
    assert "Use it again" in house.http.get("/memory", params={"words": thing}).text
    told = house.http.post("/api/v1/ask", json={"text": f"Where are the {thing}?", "thread": way}).text
    assert "cellar" not in told
    assert "attic" not in told
    changed(house, way, "resume", ids)
    assert house.get("memories", status="paused", words=thing)["memories"] == []


@pytest.mark.parametrize("way", WAYS)
def test_until_when_something_is_kept_is_the_same_everywhere(house: House, way: str) -> None:
    """A day one way is that day for all; it can be taken off; a day that is over is refused with a sentence."""
    memory = house.says(f"The {way} key hangs behind the door.")
    changed(house, way, "keep-until", [memory], "2999-05-03")
    assert house.get(f"memories/{memory}")["keep_until"].startswith("2999-05-03")
    assert memory in [m["id"] for m in house.get("memories", dated=True)["memories"]]
    assert f"memory-{memory}" in house.http.get("/memory", params={"until": "day"}).text
    assert "kept until 3 May 2999" in house.http.get("/memory", params={"memory": memory}).text
    asked = house.page("until/ask", memory=memory)
    assert 'value="2999-05-03"' in asked
    changed(house, way, "keep-until", [memory])
    assert house.get(f"memories/{memory}")["keep_until"] is None
    for path, form in (("until", {"memory": memory, "until": "2020-01-01"}), ("until", {"memory": memory})):
        assert house.http.post(f"/memory/{path}", data=form, headers=HTMX).status_code == 400
    over = house.http.post("/api/v1/keep-until", json={"ids": [memory], "until": "2020-01-01T00:00:00Z"})
    assert "That day is over" in over.json()["error"]


@pytest.mark.parametrize("way", WAYS)
def test_some_are_taken_along(house: House, way: str, tmp_path: Path) -> None:
    """The chosen ones and no others, in a file that can be brought in elsewhere."""
    ids = [house.says(f"My {way} lantern is green."), house.says(f"My {way} rope is blue.")]
    house.says(f"My {way} anchor is rusty.")
    match way:
        case "page":
            packed = house.http.post("/memory/export", data={"memory": ids}).content
        case "rest":
            packed = house.http.post("/api/v1/export", json={"ids": ids}).content
        case "terminal":
            house.typed("export", str(tmp_path / "some.zip"), "--only", ids[0], "--only", ids[1])
            packed = (tmp_path / "some.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        assert {m["id"] for m in json.loads(file.read("memories.json"))["memories"]} == set(ids)
        assert "manifest.json" in file.namelist()
        assert not {"chats.jsonl", "receipts.jsonl", "journal.jsonl"} & set(file.namelist())
    came = house.http.post("/api/v1/import", content=packed, params={"name": "some.zip"}).json()
    assert came["known"] == len(ids)
    unknown = "01920000-0000-7000-8000-000000000000"
    assert house.http.post("/api/v1/export", json={"ids": [unknown]}).status_code == 404
    assert house.http.post("/memory/export", data={}, headers=HTMX).status_code == 400


def test_last_used_comes_first(house: House) -> None:
    """Sorted by use: what an answer rested on is above what none did, on the page and over REST."""
    used = house.says("My kayak is called Dipper.")
    house.says("My tent is called Burrow.")
    house.http.post(
        "/api/v1/ask", json={"text": "What is my kayak called?", "thread": "sort"}
    ).raise_for_status()
    house.until(lambda: house.get(f"memories/{used}/uses")["uses"])
    assert house.get("memories", by_use=True, kind="episode")["memories"][0]["id"] == used
    listed = house.http.get("/memory", params={"sort": "used", "kind": "episode"}).text
    assert listed.index(f"memory-{used}") == listed.index('id="memory-') + len('id="')
    assert used in house.http.get("/memory", params={"used": "ever"}).text
    assert f"memory-{used}" not in house.http.get("/memory", params={"used": "never"}).text


# -- all there is to say about one memory --------------------------------------------------------------


def test_details_say_where_it_lies_and_what_is_like_it(house: House) -> None:
    """Counted where it lies: journal, index, connections, summary, chats; what is alike; who looked; who received it."""
    words = house.says("My brother Emil repairs accordions in Trieste.")
    like = house.says("Emil also mends old harmoniums.")
    fact = house.until(lambda: house.get("memories", words="Emil", kind="fact")["memories"])[0]["id"]
    house.until(lambda: house.get(f"memories/{words}/whereabouts")["index"])
    at = house.get(f"memories/{fact}/whereabouts")
    assert (at["versions"], at["connections"] > 0, at["summaries"] > 0) == (1, True, True)
    assert at["lines"] == 0  # it was said by hand: no chat says it
    assert like in [memory["id"] for memory in house.get(f"memories/{words}/related")["memories"]]
    assert fact not in [memory["id"] for memory in house.get(f"memories/{words}/related")["memories"]]
    page = house.http.get(f"/memory/{words}").text
    assert "nobody beyond this computer" in page
    (fetched,) = re.findall(r'hx-get="([^"]*)" hx-trigger="load"', page)  # by itself, once the page is there
    (followed,) = re.findall(rf'href="(/memory/{words}\?[^"#]*)#further"', page)  # by hand, without a script
    for told in (house.http.get(fetched, headers=HTMX).text, house.http.get(followed).text):
        for part in ("1 version in the journal", "of the search index", "harmoniums"):
            assert part in told
    looked = house.get(f"memories/{fact}/looks")["events"]
    assert {event["who"] for event in looked} == {"you"}
    house.page("forget", memory=fact)
    for gone in (f"/api/v1/memories/{fact}/whereabouts", f"/memory/{fact}", f"/memory/{fact}/further"):
        assert house.http.get(gone).status_code == 404
