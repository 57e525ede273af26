"""A disk that is full at any write: keepsake bench full [--every 1] [--seed 1].

The same person keeps and forgets on a disk that takes N writes and no more, for every N. Whatever fails must say that
the disk is full and lose nothing; looking goes on, and looks that could not be written down are counted; once there is
room everything works again by itself, and the looks left out are one entry of the audit log.
"""

from __future__ import annotations

import logging
import random
import sys
import tempfile
import uuid
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from memory.activity import LEAVES_OUT, Activity
from memory.errors import StorageFault
from memory.moments import utc_now
from memory.stores.audits import AuditRow
from privacy.identity import Principal, Scope

from .storage.disk import Disk
from .storage.driver import Driver
from .storage.keeping import Keeper, Opened, broken_promises, opened, without_a_disk
from .storage.promises import Promised
from .storage.reporting import arguments, report

DEEDS = ("remember", "write", "forget", "remember", "audit", "forget", "cut", "remember", "forget", "write")
LOOK = ("recall", Scope("ada"), Principal("ada"))


class Case:
    """One person on a disk with room for so many writes; what went wrong, by kind."""

    def __init__(self, folder: Path, disk: Disk, seed: int) -> None:
        self.folder = folder
        self.disk = disk
        self.chance = random.Random(seed)
        self.promised = Promised()
        self.wrong: list[str] = []
        self.refused = 0

    def run(self, room: int | None) -> int:
        """How many writes it took where there was room for all of them."""
        self.disk.writes_left = room
        store = self._open()
        try:
            self._live(store)
        finally:
            store.ledger.close()
        self.wrong += broken_promises(self.folder, self.promised)
        return sum(type(event).__name__ == "Write" for event in self.disk.events)

    def _open(self) -> Opened:
        driver = Driver(self.disk.name)
        try:
            return opened(self.folder, driver)
        except StorageFault as fault:
            self._refuse(fault)
            self.disk.writes_left = None
            return opened(self.folder, driver)

    def _live(self, store: Opened) -> None:
        keeper = Keeper(store, self.promised.take, self.chance)
        activity = Activity(store.ledger, store.keyring, utc_now)
        looks = 0
        for deed in DEEDS:
            self._try(getattr(keeper, deed))
            activity.note(*LOOK)
            looks += 1
            self._look(store)
        self.disk.writes_left = None
        activity.note(*LOOK)
        looks += 1
        for deed in DEEDS:
            getattr(keeper, deed)()
        rows = store.ledger.audited(store.owner, limit=1000)
        if _looks(rows) != looks or sum(row.action == LEAVES_OUT for row in rows) > 1:
            self.wrong.append("a look is not counted")
        self.promised.audited = len(rows)

    def _try(self, deed: Callable[[], None]) -> None:
        try:
            deed()
        except StorageFault as fault:
            self._refuse(fault)

    def _refuse(self, fault: StorageFault) -> None:
        self.refused += 1
        if "disk is full" not in str(fault):
            self.wrong.append("unclear message")

    def _look(self, store: Opened) -> None:
        there = {record.id: store.archive.shown(record).text for record in store.archive.live(store.owner)}
        must = {memory: text for memory, (_, text) in self.promised.live.items()}
        if not must.items() <= there.items():
            self.wrong.append("not shown while the disk is full")
        if self.promised.gone & there.keys():
            self.wrong.append("forgotten is back")


def _looks(rows: list[AuditRow]) -> int:
    return sum(
        row.count
        for row in rows
        if row.action == LEAVES_OUT or (row.action == LOOK[0] and row.actor == row.owner)
    )


def sweep(every: int, seed: int) -> Counter[str]:
    """How many disks there were and how often something was refused, and by kind what went wrong."""
    logging.disable(logging.CRITICAL)
    tally = Counter[str]()
    with tempfile.TemporaryDirectory(dir=without_a_disk()) as root:
        enough = _tried(Path(root, "enough"), None, seed, tally)
        for room in range(0, enough, every):
            _tried(Path(root, f"home{room}"), room, seed, tally)
            if room % 100 == 0:
                print(f"{room} of {enough}", file=sys.stderr)
    return tally


def _tried(folder: Path, room: int | None, seed: int, tally: Counter[str]) -> int:
    disk = Disk(f"disk-{uuid.uuid4().hex}")
    try:
        case = Case(folder, disk, seed)
        written = case.run(room)
    finally:
        disk.unregister()
    tally["disks"] += 1
    tally["refused"] += case.refused
    tally.update(case.wrong)
    return written


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--every", type=int, default=1, help="2: at every second write")
    given = parser.parse_args()
    tally = sweep(given.every, given.seed)
    headline = f"{tally['disks']} disks, {tally['refused']} times refused; wrong"
    report(tally, ("disks", "refused"), headline, given.json)


if __name__ == "__main__":
    main()
