"""Backups: whole, without keys, and blind to what was forgotten since; and a master key that can be changed."""

from __future__ import annotations

import asyncio
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import asynccontextmanager

import pytest

from agent.errors import BadSettings
from agent.locking import rotate_master_key
from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from memory.backup import KEYS, restore, verify_backup
from memory.errors import BadBackup
from memory.probes import files_with
from memory.records import Utterance
from privacy.errors import ChainBroken, Forbidden, NoKey, WrongKey
from privacy.identity import Principal, Scope
from privacy.master_key import load_master_key

ADA = Scope("ada")
as_ada = {"scope": ADA, "by": Principal("ada")}
SECRET = "My accomplice is called Philippa Lindqvist."


@asynccontextmanager
async def opened(folder, home="home", **more):
    settings = Settings(**{"home": folder / home, "config_home": folder / "config", "masking": False} | more)
    app = await open_app(settings, model=ScriptedModel())
    try:
        yield app
    finally:
        await app.aclose()


def master(folder):
    return load_master_key(given=None, path=folder / "config" / "master.key", data=True)


async def texts(app):
    return {memory.text for memory in (await app.memory.browse(**as_ada)).memories}


async def remembered(app, text):
    (kept,) = await app.memory.remember(Utterance(text=text), **as_ada)
    return kept


async def test_yesterdays_backup_with_todays_keys_cannot_open_what_was_forgotten(tmp_path):
    """Memory, line and name that were forgotten after the backup are in none of the opened records of it; the rest is all there. With yesterday's key file they are."""
    backup, stolen = tmp_path / "backup", tmp_path / "stolen"
    async with opened(tmp_path, masking=True) as app:
        kept = await remembered(app, SECRET)
        await remembered(app, "I live in Lyon.")
        await app.conversations.put("thread", "default", {"id": "default", "name": "Lyon"}, scope=ADA)
        for id, line in (("one", SECRET), ("two", "I live in Lyon.")):
            await app.conversations.put("step", id, {"output": line}, scope=ADA, parent="default")
        found = await app.memory.back_up(backup)
        assert (found.entries, found.memories) == (2, 2)
        with sqlite3.connect(next(backup.glob("ledger-*.sqlite3"))) as copy:
            assert copy.execute("SELECT count(*) FROM keys").fetchone() == (0,)
        copy.close()
        shutil.copytree(backup, stolen)
        done = await app.memory.forget([kept.id], **as_ada, now=True, transcripts="blank", never=True)
        assert "backup keys" not in done.pending
        assert verify_backup(backup, app.keyring).entries == 2
    assert files_with(backup, [SECRET, "Philippa Lindqvist"]) == 0

    restored = restore(backup, tmp_path / "again", master(tmp_path))
    assert restored.memories == 1
    async with opened(tmp_path, "again", masking=True) as app:
        assert await texts(app) == {"I live in Lyon."}
        lines = await app.conversations.list("step", scope=ADA)
        assert [line["output"] for line in lines] == ["I live in Lyon."]
        assert app.vaults.of(ADA).known() == {}
        recalled = await app.memory.recall("Who is my accomplice?", **as_ada)
        assert not any("Philippa" in hit.memory.text for hit in recalled.hits)
        assert app.ledger.tombstones()
        assert (await app.memory.verify()).entries == 3
    restore(stolen, tmp_path / "yesterday", master(tmp_path))
    async with opened(tmp_path, "yesterday", masking=True) as app:
        assert SECRET in await texts(app)  # the README and the receipt say so


async def test_a_backup_while_people_write_is_whole(tmp_path):
    """What was acknowledged before a backup began is in it, what it holds verifies, and nobody had to wait for it."""
    async with opened(tmp_path) as app:
        before = {f"Said number {n}." for n in range(5)}
        for text in sorted(before):
            await remembered(app, text)

        async def talking():
            for number in range(30):
                await remembered(app, f"Meanwhile number {number}.")

        writing = asyncio.create_task(talking())
        for _ in range(3):
            found = await app.memory.back_up(tmp_path / "backup")
        await writing
    assert len(list((tmp_path / "backup").iterdir())) == 3
    restore(tmp_path / "backup", tmp_path / "again", master(tmp_path))
    async with opened(tmp_path, "again") as app:
        there = await texts(app)
        assert before <= there
        assert len(there) == found.memories


async def test_a_folder_that_was_away_catches_up(tmp_path):
    """Forgotten while the backup's folder was away: the receipt says so, and the key file follows once it is back."""
    backup, away = tmp_path / "backup", tmp_path / "away"
    async with opened(tmp_path) as app:
        kept = await remembered(app, SECRET)
        await app.memory.back_up(backup)
        backup.rename(away)
        done = await app.memory.forget([kept.id], **as_ada, now=True)
        assert "backup keys" in done.pending
        old = (away / KEYS).read_bytes()
        away.rename(backup)
        await app.memory.settle()
        assert "backup keys" not in (await app.memory.forgetting(done.id, **as_ada)).pending
        assert (backup / KEYS).read_bytes() != old
        assert verify_backup(backup, app.keyring).memories == 1


async def test_restore_is_careful(tmp_path):
    """Data that is there is not written over, and kept aside when forced; a damaged backup, a missing key file and a wrong key are refused, each with a sentence and nothing changed."""
    backup = tmp_path / "backup"
    async with opened(tmp_path) as app:
        await remembered(app, "Of yesterday.")
        await app.memory.back_up(backup)
        await remembered(app, "Of today.")
    with pytest.raises(BadBackup, match="--force"):
        restore(backup, tmp_path / "home", master(tmp_path))
    with pytest.raises(WrongKey, match="master"):
        restore(backup, tmp_path / "other", bytes(32))
    with pytest.raises(NoKey):
        load_master_key(given=None, path=tmp_path / "nowhere" / "master.key", data=True)
    keys = (backup / KEYS).read_bytes()
    (backup / KEYS).unlink()
    with pytest.raises(BadBackup, match=r"key file .* is missing"):
        restore(backup, tmp_path / "other", master(tmp_path))
    (backup / KEYS).write_bytes(keys[:-1] + bytes([keys[-1] ^ 1]))
    with pytest.raises(WrongKey):
        restore(backup, tmp_path / "other", master(tmp_path))
    (backup / KEYS).write_bytes(keys)
    copy = next(backup.glob("ledger-*.sqlite3"))
    whole = copy.read_bytes()
    copy.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(BadBackup, match="damaged"):
        restore(backup, tmp_path / "other", master(tmp_path))
    copy.write_bytes(whole)
    with pytest.raises(BadBackup, match="no backup"):
        restore(tmp_path / "config", tmp_path / "other", master(tmp_path))
    assert not (tmp_path / "other" / "ledger.sqlite3").exists()
    restore(backup, tmp_path / "home", master(tmp_path), force=True)
    async with opened(tmp_path) as app:
        assert await texts(app) == {"Of yesterday."}
        await app.memory.settle()
        assert await app.memory.indexed()
    (kept,) = (tmp_path / "home").glob("ledger.before-restore-*.sqlite3")
    (tmp_path / "aside").mkdir()
    kept.rename(tmp_path / "aside" / "ledger.sqlite3")
    async with opened(tmp_path, "aside") as app:
        assert await texts(app) == {"Of yesterday.", "Of today."}


async def test_what_goes_after_a_restore_is_in_no_backup_either(tmp_path):
    """The backup that was restored, and one made after it, are known afterwards: their key files let go of what is forgotten."""
    first, second = tmp_path / "first", tmp_path / "second"
    async with opened(tmp_path) as app:
        await remembered(app, SECRET)
        await app.memory.back_up(first)
        await app.memory.back_up(second)
    restore(first, tmp_path / "home", master(tmp_path), force=True)
    async with opened(tmp_path) as app:
        (kept,) = (await app.memory.browse(**as_ada)).memories
        done = await app.memory.forget([kept.id], now=True, **as_ada)
        assert "backup keys" not in done.pending
    for number, backup in enumerate((first, second)):
        restore(backup, tmp_path / f"home {number}", master(tmp_path))
        async with opened(tmp_path, f"home {number}") as app:
            assert await texts(app) == set()


async def test_a_backup_brings_no_ended_share_back(tmp_path):
    """What was revoked, or had expired, after the backup was made stays over when that is restored; what holds, holds."""
    bob, backup = {"scope": ADA, "by": Principal("bob")}, tmp_path / "backup"
    async with opened(tmp_path) as app:
        await remembered(app, "My boat needs a mast.")
        given = await app.sharing.share("bob", **as_ada)
        await app.sharing.share("eve", **as_ada)
        await app.memory.back_up(backup)
        await app.sharing.revoke(given.id, **as_ada)
    restore(backup, tmp_path / "home", master(tmp_path), force=True)
    async with opened(tmp_path) as app:
        with pytest.raises(Forbidden):
            await app.memory.browse(**bob)
        assert [grant.reader for grant in await app.sharing.given(**as_ada)] == ["eve"]
        seen = await app.memory.browse(scope=ADA, by=Principal("eve"))
        assert [memory.text for memory in seen.memories] == ["My boat needs a mast."]
        await app.memory.verify()


async def test_verify_names_the_first_broken_entry(tmp_path):
    """One byte of a payload, of a key, or one entry of the journal: verify finds it and says where."""
    async with opened(tmp_path) as app:
        for number in range(3):
            await remembered(app, f"Number {number}.")
        await app.memory.back_up(tmp_path / "backup")
        with sqlite3.connect(app.settings.home / "ledger.sqlite3") as db:
            db.execute("UPDATE keys SET wrapped = zeroblob(61) WHERE id LIKE 'memory:%'")
        db.close()
        with pytest.raises(ChainBroken, match="key memory:"):
            await app.memory.verify()
        with sqlite3.connect(app.settings.home / "ledger.sqlite3") as db:
            db.execute("UPDATE journal SET at = at + 1 WHERE seq = 2")
        db.close()
        with pytest.raises(ChainBroken, match="entry 2"):
            await app.memory.verify()
        assert verify_backup(tmp_path / "backup", app.keyring).entries == 3


# -- interrupted -----------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from pathlib import Path
from {module} import {name}
steps, calls = int(sys.argv[2]), [0]
def counted(function):
    def call(*args, **more):
        calls[0] += 1
        if calls[0] > steps:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*args, **more)
    return call
import shutil
# every call that changes what is on the disk, of those that are made between the steps
for owner, word in ((os, "replace"), (os, "link"), (os, "fsync"), (shutil, "rmtree"), (shutil, "copyfile")):
    setattr(owner, word, counted(getattr(owner, word)))
folder = Path(sys.argv[1])
{body}
"""
RESTORING = """
restore(folder / "backup", folder / "home", bytes.fromhex((folder / "config/master.key").read_text()), force=True)
"""
ROTATING = """
from memory.stores.ledger import Ledger
from privacy.encryption import KeyRing
from privacy.master_key import promote, settle
from memory.backup import Backups
path = folder / "config" / "master.key"
ledger = Ledger.open(folder / "home")
ring = KeyRing(bytes.fromhex(path.read_text()), ledger)
new = next_master_key(path)
backups = Backups(ledger, ring)
backups.stale()
rotating = counted(ring.rotate)
rotating(new)
counted(promote)(path)
counted(backups.refresh)()
"""


def killed_after(steps, folder, **script):
    ran = subprocess.run(
        [sys.executable, "-c", KILLED.format(**script), str(folder), str(steps)],
        capture_output=True,
        text=True,
    )
    assert ran.returncode in (0, -signal.SIGKILL), ran.stderr[-2000:]
    return ran.returncode != 0


async def test_killed_between_the_steps_of_a_restore(tmp_path):
    """After a kill between any two steps the old state or the new one is there, whole; said again, it is the new one."""
    async with opened(tmp_path) as app:
        await remembered(app, "Of yesterday.")
        await app.memory.back_up(tmp_path / "backup")
        await remembered(app, "Of today.")
    script = {"module": "memory.backup", "name": "restore", "body": RESTORING}
    old, new = {"Of yesterday.", "Of today."}, {"Of yesterday."}
    before, steps, seen = tmp_path / "before", 0, []
    shutil.copytree(tmp_path / "home", before)
    while True:
        killed = killed_after(steps, tmp_path, **script)
        seen.append(_texts_in(tmp_path / "home", tmp_path))
        if not killed:
            break
        shutil.rmtree(tmp_path / "home")
        shutil.copytree(before, tmp_path / "home")
        steps += 1
    assert all(found in (old, new) for found in seen)
    assert seen[0] == old
    assert seen[-1] == new
    assert len(seen) > 5


def _texts_in(home, folder):
    """What a start would find, from the ledger alone."""
    from memory.archive import Archive
    from memory.stores.ledger import Ledger
    from privacy.anonymization import Anonymizer
    from privacy.detectors import NoDetector
    from privacy.encryption import KeyRing, opens_store
    from privacy.master_key import settle
    from privacy.vault import Vaults

    path = folder / "config" / "master.key"
    ledger = Ledger.open(home)
    try:
        settle(path, lambda key: opens_store(key, ledger))
        keyring = KeyRing(master(folder), ledger)
        archive = Archive(ledger, keyring, Vaults(keyring, ledger), Anonymizer(NoDetector()))
        ledger.verify()
        return {archive.shown(record).text for record in archive.live(keyring.pseudonym("ada"))}
    finally:
        ledger.close()


async def test_killed_between_the_steps_of_a_new_master_key(tmp_path):
    """After a kill between any two steps everything opens, with the key that is in force then; the backup opens after the next start."""
    async with opened(tmp_path) as app:
        await remembered(app, "Of yesterday.")
        await app.memory.back_up(tmp_path / "backup")
    script = {"module": "privacy.master_key", "name": "next_master_key", "body": ROTATING}
    first, steps, keys = master(tmp_path), 0, set()
    while killed_after(steps, tmp_path, **script):
        assert _texts_in(tmp_path / "home", tmp_path) == {"Of yesterday."}
        keys.add(master(tmp_path))
        steps += 1
    assert steps > 5
    assert master(tmp_path) != first
    async with opened(tmp_path) as app:
        assert await texts(app) == {"Of yesterday."}
        assert verify_backup(tmp_path / "backup", app.keyring).memories == 1


async def test_a_new_master_key(tmp_path):
    """After `keepsake key rotate` names, memories and pseudonyms are what they were, the old key opens nothing, and the backup opens with the new one."""
    async with opened(tmp_path, masking=True) as app:
        await remembered(app, SECRET)
        await app.memory.back_up(tmp_path / "backup")
        old, pseudonym = master(tmp_path), app.keyring.pseudonym("ada")
        done = await asyncio.to_thread(rotate_master_key, app)
        assert done.backups
        assert done.keys >= 4
        await remembered(app, "After the change.")
        assert verify_backup(tmp_path / "backup", app.keyring).memories == 1
    assert master(tmp_path) != old
    with pytest.raises(WrongKey):
        async with opened(tmp_path, master_key=old.hex()):
            pass
    async with opened(tmp_path, masking=True) as app:
        assert await texts(app) == {SECRET, "After the change."}
        assert app.keyring.pseudonym("ada") == pseudonym
        with pytest.raises(BadSettings, match="KEEPSAKE_MASTER_KEY"):
            rotate_master_key(_given(app))


def _given(app):
    from dataclasses import replace

    given = Settings(home=app.settings.home, config_home=app.settings.config_home, master_key="0" * 64)
    return replace(app, settings=given)
