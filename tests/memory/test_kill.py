"""kill -9 at any moment, under load: what was acknowledged holds."""

from __future__ import annotations

import asyncio
import multiprocessing
import random
import time
from datetime import timedelta
from pathlib import Path

import pytest

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from benchmarks.storage.promises import Promised
from memory.archive import Archive
from memory.moments import utc_now
from memory.stores.ledger import Ledger, key_id
from privacy.anonymization import Anonymizer
from privacy.detectors import NoDetector
from privacy.encryption import KeyRing
from privacy.identity import Principal, Scope
from privacy.master_key import load_master_key
from privacy.vault import Vaults
from tests.kit.crowd import PEOPLE, crowd
from tests.kit.forking import POSSIBLE, forker

pytestmark = pytest.mark.long

KILLS = 20


async def test_what_was_acknowledged_survives_kill_9(tmp_path):
    """Twenty kills while four people remember, learn, forget and undo: nothing promised is lost, nothing forgotten is back."""
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    rng = random.Random(seed)
    if POSSIBLE:
        forker()  # its address goes to the processes by their environment
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.kit.crowd", "pymilvus", "onnxruntime", "tokenizers"])
    promised = Promised()
    for number in range(KILLS):
        notes = tmp_path / f"notes{number}"
        process = processes.Process(target=crowd, args=(str(tmp_path), str(notes), rng.randrange(10**6)))
        process.start()
        # every fourth one dies while it opens and recovers, the others at work, however slow the machine is
        opening = number % 4 == 3
        await asyncio.to_thread(
            _wait, process, notes, rng.randrange(1, 50), rng.uniform(0.2, 3.0) if opening else 60
        )
        await asyncio.sleep(rng.uniform(0.0, 0.1))
        process.kill()
        await asyncio.to_thread(process.join)
        promised.read(notes)
        _check_ledger(tmp_path, promised)
    assert len(promised.live) > KILLS
    assert len(promised.gone) > KILLS / 2
    await _check_app(tmp_path, promised)


def _wait(process: multiprocessing.process.BaseProcess, notes: Path, promises: int, seconds: float) -> None:
    """Until it has made so many promises, or that long."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and not (notes.exists() and notes.read_bytes().count(b"\n") >= promises):
        assert process.is_alive(), "the process ended by itself; its error is above"
        time.sleep(0.02)


def _check_ledger(folder: Path, promised: Promised) -> None:
    """The file as the kill left it, before anything is recovered."""
    ledger = Ledger.open(folder / "home")
    try:
        ledger.verify()
        keyring = KeyRing(load_master_key(given=None, path=folder / "config" / "master.key"), ledger)
        archive = Archive(ledger, keyring, Vaults(keyring, ledger), Anonymizer(NoDetector()))
        there = {
            record.id: (person, archive.shown(record).text)
            for person in PEOPLE
            for record in archive.live(keyring.pseudonym(person))
        }
    finally:
        ledger.close()
    lost = promised.live.items() - there.items()
    assert not lost
    assert not promised.gone & there.keys()


async def _check_app(folder: Path, promised: Promised) -> None:
    """After a restart and once the undo time is over: keys are gone, and Milvus holds what the journal holds."""
    settings = Settings(home=folder / "home", config_home=folder / "config", masking=False)
    later = timedelta(seconds=60)
    app = await open_app(settings, model=ScriptedModel(), clock=lambda: utc_now() + later)
    try:
        await app.memory.settle()
        await app.memory.verify()
        assert await app.memory.indexed()
        live = {stored.id for stored in app.ledger.live()}
        assert promised.live.keys() <= live
        assert not promised.gone & live
        assert all(app.ledger.get_key(key_id(memory, 1)) is None for memory in promised.gone)
        rows = await asyncio.to_thread(lambda: {row.id for row in app.memory._index.rows()})
        assert rows == live
        assert app.ledger.pending_forgettings() == []
        unchecked = [row for row in app.ledger.unfinished_forgettings() if "checks" in row.pending]
        assert unchecked == []
        for person in PEOPLE:
            found = await app.memory.recall(
                "birds I saw", scope=Scope(person), by=Principal(person), limit=50
            )
            assert found.hits
            assert not promised.gone & {hit.memory.id for hit in found.hits}
    finally:
        await app.aclose()
