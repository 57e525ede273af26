"""Incognito, "Don't learn" and the commands of the composer, through the chat's own socket."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.kit.chatting import chatting
from tests.kit.serving import served, settle
from tests.kit.talking import Talking, talking

SECRET = "Zerbinetta Quillfeather keeps marmosets."


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path, Talking]]:
    """A server whose model runs elsewhere, as far as it knows: so details are masked on the way."""
    folder = tmp_path_factory.mktemp("modes")
    with (
        talking() as (model, settings),
        served(folder, KEEPSAKE_MODEL_PLACE="elsewhere", **settings) as address,
    ):
        yield address, folder, model


def rows(folder: Path) -> dict[str, int]:
    """How many rows there are in each table."""
    with sqlite3.connect(folder / "data" / "ledger.sqlite3") as ledger:
        tables = [name for (name,) in ledger.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: ledger.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}


def entries(folder: Path) -> list[str]:
    """What the audit log says was done."""
    with sqlite3.connect(folder / "data" / "ledger.sqlite3") as ledger:
        return [action for (action,) in ledger.execute("SELECT action FROM audit ORDER BY seq")]


def at_rest(folder: Path) -> dict[str, int]:
    """The rows once nothing is learned in the background any more."""
    settle(folder)
    return rows(folder)


async def test_incognito_leaves_nothing(house: tuple[str, Path, Talking]) -> None:
    """0 rows and 0 bytes: no memory, no transcript, no receipt, no placeholder; and no memory is used."""
    address, folder, model = house
    httpx.post(f"{address}/api/v1/memories", json={"text": "Do the marigolds in my attic sleep?"}, timeout=60)
    before = await asyncio.to_thread(at_rest, folder)
    model.answer = "I see."
    async with chatting(address, profile="Incognito") as chat:
        answer = await chat.say(f"{SECRET} What sleeps in my attic?")
        assert answer.text.strip() == "I see."
        assert answer.element("MemoryUsed")["receipt"] == ""
        with pytest.raises(httpx.HTTPStatusError):
            await chat.feedback(answer, 0, "Not like that: use bullet points.")
    sent = "".join(message["content"] for message in model.requests[-1]["messages"])
    assert "marigolds" not in sent
    assert "Quillfeather" not in sent
    assert rows(folder) == before, entries(folder)
    found = [
        file for file in (folder / "data").rglob("*") if file.is_file() and b"marmoset" in file.read_bytes()
    ]
    assert found == []


async def test_a_private_chat_is_kept_when_its_person_says_so(house: tuple[str, Path, Talking]) -> None:
    """Nothing before anything was said; then the transcript and both sides as memories, once; and no word after that."""
    address, folder, model = house
    before = await asyncio.to_thread(at_rest, folder)
    async with chatting(address, profile="Incognito") as chat:
        _, button = await chat.until(lambda event: event[0] == "action")
        assert (button["name"], button["label"]) == ("keep_chat", "Keep this chat")

        async def keep() -> None:
            sent = {"sessionId": chat.session, "action": button}
            (await chat.http.post("/project/action", json=sent, timeout=60)).raise_for_status()

        await keep()
        await chat.until(lambda event: event[0] == "toast")
        assert rows(folder) == before
        model.answer = "A fine animal."
        await chat.say("I keep a dormouse called Wilhelmina.")
        for _ in range(2):
            await keep()
        model.answer = "I see."
        await chat.say("I keep a stoat called Theodora.")

    def told(words: str) -> list[str]:
        found = httpx.get(f"{address}/api/v1/memories", params={"words": words, "kind": "episode"}).json()
        return [memory["text"] for memory in found["memories"]]

    assert told("Wilhelmina") == ["I keep a dormouse called Wilhelmina."]
    assert told("Theodora") == []
    async with chatting(address, thread=chat.thread) as again:
        _, shown = await again.until(lambda event: event[0] == "resume_thread")
        outputs = [step["output"] for step in shown["steps"]]
        assert "I keep a dormouse called Wilhelmina." in outputs
        assert "A fine animal." in outputs
        assert not any("Theodora" in text for text in outputs)


async def test_using_without_learning(house: tuple[str, Path, Talking]) -> None:
    """With "Don't learn" memories are used for the answer, and nothing that is said is remembered."""
    address, _, model = house
    httpx.post(f"{address}/api/v1/memories", json={"text": "I water my cactus on Sundays."}, timeout=60)
    before = httpx.get(f"{address}/api/v1/status").json()["memories"].get("episode")
    async with chatting(address) as chat:
        await chat.say("When do I water my cactus?", modes={"memory": "dont_learn"})
    sent = "".join(message["content"] for message in model.requests[-1]["messages"])
    assert "on Sundays" in sent
    assert httpx.get(f"{address}/api/v1/status").json()["memories"].get("episode") == before


async def test_commands_of_the_composer(house: tuple[str, Path, Talking]) -> None:
    """/memory and /export lead there, /remember keeps, /forget forgets; the composer offers the four."""
    address, _, _ = house
    async with chatting(address) as chat:
        _, offered = await chat.until(lambda event: event[0] == "set_commands")
        assert {command["id"] for command in offered} == {"memory", "remember", "forget", "export"}
        assert "/memory" in (await chat.say("", command="memory")).text
        assert "/api/v1/export" in (await chat.say("", command="export")).text
        await chat.say("I whittle spoons.", command="remember")

        def whittling() -> int:
            found = httpx.get(f"{address}/api/v1/memories", params={"words": "whittle"}).json()["memories"]
            return sum(memory["speaker"] == "user" for memory in found)

        assert whittling() == 1
        answer = await chat.say("I whittle spoons.", command="forget")
        assert answer.text
        assert whittling() == 0, answer.text


async def test_a_command_may_be_typed_out(house: tuple[str, Path, Talking]) -> None:
    """Typed instead of chosen it is obeyed, never made small talk of; what would destroy all is asked about first."""
    address, _, talk = house
    async with chatting(address) as chat:
        before = len(talk.requests)
        assert "/memory" in (await chat.say("/memory")).text
        await chat.say("/remember I carve ladles.")
        assert "yes, forget everything" in (await chat.say("/forget everything")).text
        await chat.say("No.")
        await chat.say("/forget I carve ladles.")
        found = httpx.get(f"{address}/api/v1/memories", params={"words": "ladles"}).json()["memories"]
        assert [memory for memory in found if memory["speaker"] == "user"] == []
        sent = [m["content"] for request in talk.requests[before:] for m in request["messages"]]
        assert not any(text.startswith("/") for text in sent)
