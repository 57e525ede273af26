"""Edits of the audit log that are found, and the time to verify a long one: keepsake bench audit [--edits 500] [--entries 1000000]."""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

from memory.stores.audits import AuditRow
from memory.stores.ledger import Ledger
from privacy import audit
from privacy.errors import ChainBroken

COLUMNS = ("at", "owner", "actor", "action", "subject", "count")
SHORT = 200  # entries of the log that is edited


def edit(db: sqlite3.Connection, chance: random.Random) -> str:
    """One change that somebody with write access and without the key could make; its kind."""
    first, second = sorted(chance.sample(range(1, SHORT + 1), 2))
    kind = chance.choice(["edit", "delete", "reorder", "cut off", "cut off with its end", "append"])
    if kind == "edit":
        column = chance.choice(COLUMNS)
        change = f"{column} + 1" if column in ("at", "count") else f"{column} || 'x'"
        db.execute(f"UPDATE audit SET {column} = {change} WHERE seq = ?", (first,))
    elif kind == "delete":
        db.execute("DELETE FROM audit WHERE seq = ?", (first,))
    elif kind == "reorder":
        for new, old in ((-1, first), (first, second), (second, -1)):
            db.execute("UPDATE audit SET seq = ? WHERE seq = ?", (new, old))
    elif kind == "append":  # a chain needs no key; its end does
        last = db.execute("SELECT hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()[0]
        entry = dict(zip(COLUMNS, (SHORT, "ada", "ada", "recall", "", 1), strict=True))
        db.execute(
            "INSERT INTO audit (at, owner, actor, action, subject, count, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*entry.values(), audit.link(last, entry)),
        )
    else:
        db.execute("DELETE FROM audit WHERE seq >= ?", (second,))
        if kind == "cut off with its end":
            db.execute(
                "UPDATE heads SET seq = ?, hash = (SELECT hash FROM audit WHERE seq = ?) WHERE chain = 'audit'",
                (second - 1, second - 1),
            )
    return kind


def edits(count: int, seed: int) -> dict[str, list[int]]:
    """By kind of edit: how many there were, how many were found."""
    found: dict[str, list[int]] = {}
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger.open(Path(folder))
        ledger.seal_heads(bytes(32), anew=True)
        for number in range(SHORT):
            ledger.audit(AuditRow(number, "ada", "ada", "recall"))
        with closing(sqlite3.connect(Path(folder, "ledger.sqlite3"), isolation_level=None)) as db:
            whole = {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in ("audit", "heads")}
            for _ in range(count):
                tally = found.setdefault(edit(db, chance), [0, 0])
                tally[0] += 1
                try:
                    ledger.verify_audit()
                except ChainBroken:
                    tally[1] += 1
                for table, rows in whole.items():
                    db.execute(f"DELETE FROM {table}")
                    db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
        ledger.close()
    return found


def long_log(entries: int) -> tuple[float, float, float]:
    """Microseconds to add one entry, seconds to verify so many, and seconds of the processor for that."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger.open(Path(folder))
        ledger.seal_heads(bytes(32), anew=True)
        begun = time.perf_counter()
        for number in range(1000):
            ledger.audit(AuditRow(number, "ada", "ada", "recall"))
        adding = (time.perf_counter() - begun) * 1000
        with closing(sqlite3.connect(Path(folder, "ledger.sqlite3"))) as db, db:
            last = db.execute("SELECT hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()[0]

            def rows():
                nonlocal last
                for number in range(1000, entries):
                    entry = dict(zip(COLUMNS, (number, "ada" * 10, "ada" * 10, "recall", "", 1), strict=True))
                    last = audit.link(last, entry)
                    yield (*entry.values(), last)

            db.executemany(
                "INSERT INTO audit (at, owner, actor, action, subject, count, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
                rows(),
            )
        with ledger._write() as written:
            ledger._seal_head(written, "audit", entries, last)
        begun, worked = time.perf_counter(), time.process_time()
        assert ledger.verify_audit() == entries
        took, worked = time.perf_counter() - begun, time.process_time() - worked
        ledger.close()
    return adding, took, worked


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=500)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    found = edits(arguments.edits, arguments.seed)
    for kind, (made, noticed) in sorted(found.items()):
        print(f"{kind:22} {noticed} of {made} found")
    adding, took, worked = long_log(arguments.entries)
    print(f"one more entry         {adding:.0f} us, on disk")
    print(f"{arguments.entries:,} entries    verified in {took:.1f} s, {worked:.1f} s of the processor")
    if arguments.json:
        arguments.json.write_text(
            json.dumps({"edits": found, "adding_us": adding, "verify_s": took, "verify_cpu_s": worked}) + "\n"
        )


if __name__ == "__main__":
    main()
