"""kill -9 of the process that writes the ledger: keepsake bench kills [--kills 1000] [--no-transactions] [--seed 1].

A process keeps and forgets as fast as it goes and writes down what was acknowledged. It is killed at some moment, also
while it opens and recovers; what is left is opened, verified and held against the notes, and the next one goes on there.
With --no-transactions each statement is a transaction of its own: then promises must break, or this program could not see it.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from .storage.keeping import Keeper, broken_promises, opened, without_a_disk
from .storage.promises import Promised
from .storage.reporting import arguments, report

ANEW = 40  # kills until somebody begins with an empty folder
LONGEST = 0.15  # seconds of work between the first note and the kill
OPENING = 0.05  # of a process that is killed while it opens
STARTS = 30.0  # seconds that a process may need until its first note


class Hasty:
    """sqlite3 without transactions."""

    def __getattr__(self, name: str) -> Any:
        return getattr(sqlite3, name)

    def connect(self, *arguments: Any, **named: Any) -> sqlite3.Connection:
        return sqlite3.connect(*arguments, factory=_Hasty, **named)


class _Hasty(sqlite3.Connection):
    def cursor(self, *_: Any) -> sqlite3.Cursor:
        return super().cursor(_HastyCursor)


class _HastyCursor(sqlite3.Cursor):
    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        return super().execute("SELECT 1" if sql == "BEGIN" else sql, *values)


def keep(home: str, notes: str, seed: int, hasty: bool) -> None:
    """Never returns: it is killed."""
    logging.disable(logging.CRITICAL)
    handle = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def tell(*said: str) -> None:
        os.write(handle, ("\t".join(said) + "\n").encode())

    store = opened(Path(home), Hasty() if hasty else sqlite3)
    tell("opened")
    keeper = Keeper(store, tell, random.Random(seed))
    while True:
        keeper.step()


def sweep(kills: int, seed: int, *, hasty: bool = False) -> Counter[str]:
    """How many kills and promises there were, and by kind how many promises did not hold."""
    logging.disable(logging.CRITICAL)
    chance, tally = random.Random(seed), Counter[str]()
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["benchmarks.storage.keeping"])
    with tempfile.TemporaryDirectory(dir=without_a_disk()) as root:
        home, notes, promised = Path(root, "home"), Path(root, "notes"), Promised()
        for number in range(kills):
            if number % ANEW == 0:
                shutil.rmtree(home, ignore_errors=True)
                promised = Promised()
            notes.unlink(missing_ok=True)
            process = processes.Process(
                target=keep, args=(str(home), str(notes), chance.randrange(10**6), hasty)
            )
            process.start()
            if number % 5 == 4:
                time.sleep(chance.uniform(0, OPENING))
            else:
                _wait_for(notes, process)
                time.sleep(chance.uniform(0, LONGEST))
            process.kill()
            process.join()
            before = tally["promises"]
            tally["promises"] += promised.read(notes)
            tally["kills"] += 1
            tally["kills at work"] += tally["promises"] > before
            wrong = broken_promises(home, promised)
            tally.update(wrong)
            if wrong:
                shutil.rmtree(home)  # the same loss is not counted twice
                promised = Promised()
            if number % 100 == 99:
                print(f"{number + 1} of {kills}", file=sys.stderr)
    return tally


def _wait_for(notes: Path, process: multiprocessing.process.BaseProcess) -> None:
    until = time.monotonic() + STARTS
    while not (notes.exists() and notes.stat().st_size):
        if not process.is_alive() or time.monotonic() > until:
            raise RuntimeError("the process did not come to work; its error is above")
        time.sleep(0.001)


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--no-transactions", action="store_true")
    given = parser.parse_args()
    tally = sweep(given.kills, given.seed, hasty=given.no_transactions)
    at_work, kept = tally["kills at work"], tally["promises"]
    headline = f"{tally['kills']} kills ({at_work} at work) after {kept} acknowledgements; not held"
    report(tally, ("kills", "kills at work", "promises"), headline, given.json)


if __name__ == "__main__":
    main()
