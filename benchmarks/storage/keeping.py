"""One person at the ledger, without models and index: keeps, forgets, undoes, destroys, and says what was acknowledged."""

from __future__ import annotations

import random
import sqlite3
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from memory.archive import Archive
from memory.backup import seal_heads, verify
from memory.moments import microseconds, utc_now
from memory.records import Utterance
from memory.stores.audits import AuditRow
from memory.stores.ledger import ForgettingRow, Ledger, key_id
from privacy.anonymization import Anonymizer
from privacy.detectors import NoDetector
from privacy.encryption import KeyRing
from privacy.errors import KeepsakeError
from privacy.vault import Vaults

from .promises import Promised

MASTER = bytes(range(32))
Tell = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Opened:
    """A data directory, as far as it needs no model."""

    ledger: Ledger
    archive: Archive
    keyring: KeyRing

    @property
    def owner(self) -> str:
        return self.keyring.pseudonym("ada")


def opened(home: Path, driver: Any = sqlite3) -> Opened:
    ledger = Ledger.open(home, driver)
    try:
        keyring = KeyRing(MASTER, ledger)
        seal_heads(ledger, keyring)
        return Opened(
            ledger, Archive(ledger, keyring, Vaults(keyring, ledger), Anonymizer(NoDetector())), keyring
        )
    except BaseException:
        ledger.close()
        raise


def without_a_disk() -> str | None:
    """A folder in memory, if there is such a place: neither a kill nor a disk of our own needs a real one."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


class Keeper:
    """Does one thing after another. `tell` hears what is asked for, and what was acknowledged."""

    def __init__(self, store: Opened, tell: Tell, chance: random.Random) -> None:
        self._store = store
        self._tell = tell
        self._chance = chance
        self.deeds = (
            self.remember,
            self.remember,
            self.forget,
            self.forget,
            self.write,
            self.audit,
            self.cut,
        )

    def step(self) -> None:
        self._chance.choice(self.deeds)()

    def remember(self) -> None:
        """One to three memories in one transaction."""
        store, flock, size = self._store, uuid.uuid4().hex, self._chance.choice((1, 1, 3))
        said = [Utterance(text=f"I saw bird {number} of {size} in flock {flock}.") for number in range(size)]
        records = store.archive.episodes(said, store.owner, utc_now())
        store.ledger.remember([store.archive.seal(record) for record in records])
        for record, one in zip(records, said, strict=True):
            self._tell("kept", "ada", record.id, one.text)

    def forget(self) -> None:
        """Hide one, and then undo it, destroy it or leave it hidden."""
        store = self._store
        there = list(store.archive.live(store.owner))
        if not there:
            return
        going, now = self._chance.choice(there), utc_now()
        until = microseconds(now + timedelta(seconds=10))
        row = ForgettingRow(uuid.uuid4().hex, store.owner, "hidden", microseconds(now), until, (going.id,))
        self._tell("asked", "ada", going.id, store.archive.shown(going).text)
        store.ledger.hide(row)
        self._tell("forgotten", "ada", going.id)
        match self._chance.choice(("leave", "undo", "destroy", "destroy")):
            case "undo":
                self._tell("asked", "ada", going.id)
                store.ledger.unhide(row, until)
                self._tell("undone", "ada", going.id)
            case "destroy":
                store.ledger.destroy(row, until)
                self._tell("destroyed", "ada", going.id)

    def write(self) -> None:
        """The next number into the one document."""
        documents, owner = self._store.ledger.documents, self._store.owner
        number = written(self._store) + 1
        documents.put("number", "one", owner, str(number).encode(), at=number)
        self._tell("written", "ada", "", str(number))

    def audit(self) -> None:
        self._store.ledger.audit(AuditRow(microseconds(utc_now()), self._store.owner, "ada", "recall"))
        self._tell("audited")

    def cut(self) -> None:
        """The write-ahead log goes into the file."""
        self._store.ledger.cut_log()


def written(store: Opened) -> int:
    found = store.ledger.documents.get("number", "one")
    return 0 if found is None else int(found.body)


def broken_promises(home: Path, promised: Promised) -> list[str]:
    """Open what is there as everybody does, and hold it against what was promised; what is wrong, by kind."""
    try:
        store = opened(home)
    except KeepsakeError:
        return ["cannot be opened"]
    try:
        whole = verify(store.ledger, store.keyring)
        there = {record.id: store.archive.shown(record).text for record in store.archive.live(store.owner)}
        keys = [
            memory for memory in promised.destroyed if store.ledger.get_key(key_id(memory, 1)) is not None
        ]
        number = written(store)
    except KeepsakeError:
        return ["does not verify"]
    finally:
        store.ledger.close()
    wrong = ["memory lost" for memory, (_, text) in promised.live.items() if there.get(memory) != text]
    wrong += ["forgotten is back"] * len(promised.gone & there.keys())
    wrong += ["destroyed key is back"] * len(keys)
    wrong += ["half a transaction"] * len(promised.torn(list(there.values())))
    wrong += ["document of another time"] * (not promised.written <= number <= promised.written + 1)
    wrong += ["audit entry lost"] * (whole.audited < promised.audited)
    return wrong
