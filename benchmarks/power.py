"""Power cuts at any write: does what was acknowledged hold? keepsake bench power [--cuts 1000] [--lying-disk] [--seed 1].

A person keeps and forgets on a disk that notes every write. Then the power goes at some point: what was synced is there,
of the rest any sector may be there or not, in any order, whole or torn. What is left is opened, verified and held
against what had been acknowledged up to then, and the next life begins on it, so that recovery is cut as well.
With --lying-disk the disk only says that it syncs: then promises must break, or this program could not see it.
"""

from __future__ import annotations

import logging
import random
import shutil
import sys
import tempfile
import uuid
from collections import Counter
from pathlib import Path

from .storage.disk import Disk, Files, Promise, after_power_cut
from .storage.driver import Driver
from .storage.keeping import Keeper, broken_promises, opened, without_a_disk
from .storage.promises import Promised
from .storage.reporting import arguments, report

ANEW = 40  # lives until somebody begins with an empty folder
DEEDS = 12  # at most, in one life
MADE = "ledger.sqlite3.made"  # written by Python, not by SQLite


def lived(files: Files, folder: Path, chance: random.Random, *, lying: bool) -> Disk:
    """One life on these files, with every write of it."""
    laid_down(files, folder)
    disk = Disk(f"disk-{uuid.uuid4().hex}", lying=lying)
    try:
        store = opened(folder, Driver(disk.name))
        disk.promise("opened")
        try:
            keeper = Keeper(store, disk.promise, chance)
            for _ in range(chance.randrange(1, DEEDS)):
                keeper.step()
        finally:
            store.ledger.close()
    finally:
        disk.unregister()
    return disk


def laid_down(files: Files, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)


def sweep(cuts: int, seed: int, *, lying: bool = False) -> Counter[str]:
    """How many cuts and promises there were, and by kind how many promises did not hold."""
    logging.disable(logging.CRITICAL)
    chance, tally = random.Random(seed), Counter[str]()
    with tempfile.TemporaryDirectory(dir=without_a_disk()) as root:
        folder = Path(root, "home")
        files, promised = Files(), Promised()
        for number in range(cuts):
            if number % ANEW == 0:
                files, promised = Files(), Promised()
            marked = files.pop(MADE, None)
            begun = files if marked is None else files | {MADE: marked}
            disk = lived(begun, folder, chance, lying=lying)
            happened = disk.events[: chance.randrange(len(disk.events) + 1)]
            said = [event.said for event in happened if isinstance(event, Promise)]
            files = after_power_cut(files, happened, chance)
            if marked is not None or ("opened",) in said:
                files[MADE] = b""
            for one in said:
                promised.take(*one)
            tally["cuts"] += 1
            tally["promises"] += len(said)
            if number % 100 == 99:
                print(f"{number + 1} of {cuts}", file=sys.stderr)
            laid_down(files, folder)
            wrong = broken_promises(folder, promised)
            tally.update(wrong)
            if wrong:
                files, promised = Files(), Promised()  # the same loss is not counted twice
    return tally


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--cuts", type=int, default=1000)
    parser.add_argument("--lying-disk", action="store_true")
    given = parser.parse_args()
    tally = sweep(given.cuts, given.seed, lying=given.lying_disk)
    headline = f"{tally['cuts']} power cuts after {tally['promises']} acknowledgements; not held"
    report(tally, ("cuts", "promises"), headline, given.json)


if __name__ == "__main__":
    main()
