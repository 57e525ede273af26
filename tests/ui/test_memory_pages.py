"""The memory pages, their REST and the terminal: asking the list, pausing, keeping until a day, taking some along."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from tests.kit.serving import environment, served
from ui.cli import cli

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
