"""Forgetting to the end: nothing in any kind, document, file or cache says it again, and a receipt proves what was looked for."""

from __future__ import annotations

import asyncio
import base64
import copy
import sqlite3
import uuid
from datetime import timedelta

import numpy as np
import pytest
import pytest_asyncio

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from memory import quiet
from memory.conversations import FORGOTTEN
from memory.errors import UnknownMemory
from memory.moments import utc_now
from memory.probes import files_with
from memory.records import Draft, Utterance
from privacy.errors import BadSignature
from privacy.identity import Principal, Scope
from privacy.signatures import check

NOTHING = tuple((name, 0) for name in ("id", "words", "meaning", "bytes", "transcripts"))
as_ada = {"scope": Scope("ada"), "by": Principal("ada")}
ADA = Scope("ada")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def app(tmp_path_factory):
    folder = tmp_path_factory.mktemp("erasure")
    settings = Settings(home=folder / "home", config_home=folder / "config")
    opened = await open_app(settings, model=ScriptedModel())
    yield opened
    await opened.aclose()


pytestmark = pytest.mark.asyncio(loop_scope="module")


async def remembered(app, text, session="terminal"):
    (kept,) = await app.memory.remember(Utterance(text=text, session=session), **as_ada)
    return kept


async def chatted(app, text):
    """A conversation as the chat keeps it: a title, a line, and a receipt that repeats words nothing kept."""
    thread = uuid.uuid4().hex
    kept = await remembered(app, text, thread)
    put = app.conversations.put
    await put("thread", thread, {"id": thread, "name": text[:40]}, scope=ADA)
    await put("step", f"{thread}-1", {"id": f"{thread}-1", "output": text}, scope=ADA, parent=thread)
    await put("step", f"{thread}-2", {"id": f"{thread}-2", "output": "Thank you."}, scope=ADA, parent=thread)
    pieces = [{"prose": "You are Keepsake."}, {"output": f"You said: {text}"}]
    body = {"messages": [{"role": "user", "pieces": pieces}]}
    await put("receipt", f"{thread}-r", body, scope=ADA, parent=thread)
    return kept, thread


async def document(app, kind, id):
    return await app.conversations.get(kind, id, scope=ADA)


async def test_two_who_destroy_at_once_both_find_it_done(app):
    """The follower and somebody who waits may destroy the same forgetting at once: neither fails, and both see the checks."""
    for number in range(3):
        kept = await remembered(app, f"Secret number {number}.")
        hidden = await app.memory.forget([kept.id], **as_ada)
        destroy = app.memory._erasure.destroy
        done = await asyncio.gather(*(asyncio.to_thread(destroy, hidden.id, utc_now()) for _ in range(4)))
        assert {(one.state, one.probes) for one in done} == {("destroyed", NOTHING)}


async def test_the_chats_that_say_it_go_where_that_is_wanted(app):
    """The conversation in which it was said goes with all its lines; others stay, and so does it when it is undone."""
    kept, thread = await chatted(app, "My magpie Octavia steals spoons.")
    _, other = await chatted(app, "My toad Ignatius sleeps all day.")
    reach = await app.memory.reach([kept.id], **as_ada)
    assert (reach.lines, reach.chats) == (1, 1)
    hidden = await app.memory.forget([kept.id], **as_ada, transcripts="delete")
    await app.memory.undo(hidden.id, **as_ada)
    assert await document(app, "thread", thread)
    done = await app.memory.forget([kept.id], **as_ada, now=True, transcripts="delete")
    assert (done.probes, done.transcripts) == (NOTHING, "delete")
    assert await document(app, "thread", thread) is None
    assert await document(app, "step", f"{thread}-1") is None
    assert "Ignatius" in (await document(app, "step", f"{other}-1"))["output"]


async def test_what_was_left_to_do_can_be_done_at_once(app):
    """Asked to try again: the index is written anew, nothing is left to do, and the checks are made once more."""
    kept = await remembered(app, "The key to the loft is under the mint.")
    done = await app.memory.forget([kept.id], **as_ada, now=True)
    assert "index bytes" in done.pending
    again = await app.memory.finish_forgetting(done.id, **as_ada)
    assert (again.pending, dict(again.probes)["id"]) == ((), 0)
    with pytest.raises(UnknownMemory):
        await app.memory.finish_forgetting(done.id, scope=Scope("ben"), by=Principal("ben"))


async def test_title_and_receipts_lose_the_words_and_lines_stay_unless_asked(app):
    """The title and the receipts forget with the memory; the lines of the chat stay, are counted, and go blank on request."""
    kept, thread = await chatted(app, "My canary Ferdinand sings at five.")
    done = await app.memory.forget([kept.id], **as_ada, now=True)
    assert dict(done.probes) == {"id": 0, "words": 0, "meaning": 0, "bytes": 0, "transcripts": 1}
    assert (await document(app, "thread", thread))["name"] == FORGOTTEN
    receipt = await document(app, "receipt", f"{thread}-r")
    assert receipt["messages"][0]["pieces"] == [{"prose": "You are Keepsake."}, {"output": FORGOTTEN}]
    assert "Ferdinand" in (await document(app, "step", f"{thread}-1"))["output"]

    kept, thread = await chatted(app, "My parrot Leopold whistles at six.")
    done = await app.memory.forget([kept.id], **as_ada, now=True, transcripts="blank")
    assert done.probes == NOTHING
    assert (await document(app, "step", f"{thread}-1"))["output"] == FORGOTTEN
    assert (await document(app, "step", f"{thread}-2"))["output"] == "Thank you."


async def test_a_name_goes_with_the_last_that_uses_it(app):
    """A name is known as long as a memory or a line of the chat uses it, and unknown to the vault and to masking after that."""
    kept, thread = await chatted(app, "My neighbour is called Wilhelmina Gruber.")

    def known():
        return {entry.spelling for entry in app.vaults.of(ADA).known().values()}

    await app.memory.forget([kept.id], **as_ada, now=True)
    assert "Wilhelmina Gruber" in known()  # the line of the chat still says it
    assert await app.conversations.delete("thread", thread, scope=ADA)
    assert "Wilhelmina Gruber" not in known()
    with sqlite3.connect(app.settings.home / "ledger.sqlite3") as db:
        assert not db.execute("SELECT 1 FROM vault_uses WHERE value NOT IN (SELECT id FROM vault)").fetchall()
    asked = app.anonymizer.mask_known("Where is Wilhelmina Gruber?", app.vaults.of(ADA))
    assert asked.text == "Where is Wilhelmina Gruber?"


async def test_no_file_holds_the_words_and_the_index_loses_the_vector(app):
    """After forgetting no file has the words in UTF-8, UTF-16, base64 or hex; after the rebuild none has the vector either, and the receipt says so."""
    text = "The key lies under the seventh flowerpot."
    kept = await remembered(app, text)
    await app.memory.settle()
    (row,) = [row for row in app.memory._index.rows() if row.id == kept.id]
    vector = np.asarray(row.dense, dtype="<f4").tobytes()

    def with_vector():
        milvus = app.settings.home / "milvus"
        return [path for path in milvus.rglob("*") if path.is_file() and vector in path.read_bytes()]

    assert with_vector()  # else the end of this test proves nothing
    done = await app.memory.forget([kept.id], **as_ada, now=True)
    assert done.pending == ("index bytes",)
    receipt = await app.memory.forgetting_receipt(done.id, **as_ada)
    assert receipt["index_bytes"] == "pending"
    assert files_with(app.settings.home, [text]) == 0
    embedded = app.embedder.embed_memories
    app.embedder.embed_memories = None  # a rebuild that embeds would fail
    try:
        await app.memory.reindex()
    finally:
        app.embedder.embed_memories = embedded
    assert with_vector() == []
    receipt = await app.memory.forgetting_receipt(done.id, **as_ada)
    assert (receipt["index_bytes"], receipt["pending"]) == ("gone", [])


async def test_the_index_is_written_anew_by_itself(app, monkeypatch):
    """Nobody has to ask for the rebuild: it comes when it is quiet."""
    monkeypatch.setattr(quiet, "REST", 0.0)
    monkeypatch.setattr(quiet, "APART", 0.0)
    kept = await remembered(app, "A sentence that nobody will miss.")
    done = await app.memory.forget([kept.id], **as_ada, now=True)
    async with asyncio.timeout(30):
        while (await app.memory.forgetting(done.id, **as_ada)).pending:
            await asyncio.sleep(0.2)


async def test_the_probe_finds_what_was_not_erased(app, tmp_path):
    """The look at raw files is no formality: words left in a file are counted, in every encoding it knows."""
    text = "The safe opens at half past nine."
    leaks = [text.encode(), text.encode("utf-16-le"), text.encode().hex().encode()]
    leaks += [base64.b64encode(b"x" * shift + text.encode() + b"yz") for shift in range(3)]
    for number, leak in enumerate(leaks):
        (tmp_path / f"{number}").write_bytes(b"before " + leak + b" after")
    assert files_with(tmp_path, [text]) == len(leaks)
    kept = await remembered(app, text)
    left = app.settings.home / "left.txt"
    left.write_text(f"{text}\n")
    done = await app.memory.forget([kept.id], **as_ada, now=True)
    left.unlink()
    assert dict(done.probes)["bytes"] == 1


async def test_a_reader_in_the_way_is_said(app):
    """While somebody reads the file, the log cannot be cut: the receipt says so, and it is done as soon as they stop."""
    kept = await remembered(app, "Said while somebody reads.")
    with sqlite3.connect(app.settings.home / "ledger.sqlite3", isolation_level=None) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM memories").fetchone()
        done = await app.memory.forget([kept.id], **as_ada, now=True)
        assert "log" in done.pending
        reader.execute("ROLLBACK")
    reader.close()
    await app.memory.settle()
    assert "log" not in (await app.memory.forgetting(done.id, **as_ada)).pending


async def test_a_receipt_is_signed(app):
    """A receipt verifies as it is, and with one letter changed it does not. It holds ids and figures, and no words."""
    kept = await remembered(app, "The receipt never says marmalade.")
    done = await app.memory.forget([kept.id], **as_ada, now=True)
    receipt = await app.memory.forgetting_receipt(done.id, **as_ada)
    assert check(receipt) == receipt["public_key"]
    assert receipt["memories"] == [kept.id]
    assert "marmalade" not in str(receipt)
    for name in receipt:
        forged = copy.deepcopy(receipt)
        forged[name] = "another"
        with pytest.raises(BadSignature):
            check(forged)


async def test_never_means_never(app):
    """What must never be learned again is not, however it is worded; what is undone, or said of something else, is."""

    async def taught(place, words):
        (heard,) = await app.memory.remember(Utterance(text=words), **as_ada)
        draft = Draft(
            kind="fact",
            text=f"The user was born in {place}.",
            episode=heard.id,
            quote=words,
            relation="born_in",
            object=place,
        )
        return await app.memory.learn([draft], **as_ada)

    (fact,) = await taught("Uppsala", "I was born in Uppsala.")
    hidden = await app.memory.forget([fact.id], **as_ada, never=True)
    assert await taught("Uppsala", "Well, Uppsala is my birthplace.") == []
    await app.memory.undo(hidden.id, **as_ada)
    assert len(await taught("UPPSALA", "As I said, Uppsala.")) == 0  # it is known again
    await app.memory.forget([fact.id], **as_ada, now=True, never=True)
    assert await taught("uppsala", "Uppsala it was.") == []
    assert len(await taught("Lund", "No, it was Lund.")) == 1


async def test_what_is_forgotten_is_in_no_kind(app):
    """Many things said, learned and forgotten in turn: what was forgotten is in no memory, document, search or list, and what was not is all there."""
    words = [f"word{number:02d}" for number in range(12)]
    kept = {word: await chatted(app, f"My favourite sound is {word} in the morning.") for word in words}
    facts = [
        Draft(kind="preference", text=f"The user likes {w}.", episode=k.id, quote=w, aspect=w, object=w)
        for w, (k, _) in kept.items()
    ]
    await app.memory.learn(facts, **as_ada)
    gone = set(words[::2])
    ids = [kept[word][0].id for word in gone]
    done = await app.memory.forget(ids, **as_ada, now=True, transcripts="blank")
    assert done.probes == NOTHING
    assert len(done.memories) == 2 * len(gone)  # the preferences rest on nothing else
    page = await app.memory.browse(**as_ada, words="word", limit=500)
    recalled = await app.memory.recall("Which sounds do I like in the morning?", **as_ada, limit=100)
    texts = [memory.text for memory in page.memories] + [hit.memory.text for hit in recalled.hits]
    texts += [
        f"{body}" for _, body in app.conversations.every(app.keyring.pseudonym("ada"), KINDS_OF_DOCUMENTS)
    ]
    for word in words:
        assert any(word in text for text in texts) is (word not in gone)


KINDS_OF_DOCUMENTS = ("thread", "step", "receipt", "element", "feedback")


async def test_undo_time_and_transcripts_survive_a_restart(tmp_path):
    """What was asked for is done after a restart too: the lines go blank when the time for undo ended meanwhile."""
    later = [timedelta(0)]
    settings = Settings(home=tmp_path / "home", config_home=tmp_path / "config")

    def clock():
        return utc_now() + later[0]

    first = await open_app(settings, model=ScriptedModel(), clock=clock)
    kept, thread = await chatted(first, "I hide my diary behind the stove.")
    hidden = await first.memory.forget([kept.id], **as_ada, transcripts="blank")
    await first.aclose()
    later[0] = timedelta(minutes=1)
    again = await open_app(settings, model=ScriptedModel(), clock=clock)
    try:
        await again.memory.settle()
        assert (await again.memory.forgetting(hidden.id, **as_ada)).state == "destroyed"
        assert (await document(again, "step", f"{thread}-1"))["output"] == FORGOTTEN
    finally:
        await again.aclose()


async def test_a_destroyed_vault_turns_no_placeholder_back(app):
    """Memories and chats stay with their placeholders; the values are in no list, search or file; numbers are not given twice."""
    carla = {"scope": Scope("carla"), "by": Principal("carla")}
    (said,) = await app.memory.remember(Utterance(text="My sister Hortensia Wildgruber lives here."), **carla)
    assert "Hortensia" in said.text
    known = await app.memory.placeholders(**carla)
    assert any("Hortensia" in one.value for one in known)
    other = await app.memory.placeholders(**as_ada)
    gone = await app.memory.destroy_vault(**carla)
    assert gone == len(known)
    assert await app.memory.placeholders(**carla) == ()
    assert await app.memory.placeholders(**as_ada) == other
    left = await app.memory.get(said.id, **carla)
    assert "Hortensia" not in left.text
    assert "[PERSON_1]" in left.text
    assert (await app.memory.browse(words="Hortensia", **carla)).total == 0
    assert files_with(app.ledger.folder, ["Hortensia Wildgruber"]) == 0
    (again,) = await app.memory.remember(Utterance(text="My aunt Petronella Wildgruber is here."), **carla)
    assert "Petronella" in again.text
    assert all(one.shown != "[PERSON_1]" for one in await app.memory.placeholders(**carla))
    await asyncio.to_thread(app.ledger.verify)
