"""Who may is one table, and whoever edits the log of what happened is found out."""

from __future__ import annotations

import random
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from memory.stores.audits import AuditRow
from memory.stores.ledger import ForgettingRow, Ledger
from privacy.access import MAY, Grant, decide
from privacy.errors import ChainBroken
from privacy.identity import Principal, Scope


def test_the_table_of_who_may():
    """Owners may all, agents read and write, readers read while their grant holds, and nobody else anything."""
    now = datetime(2026, 11, 24, tzinfo=UTC)
    grant = Grant(id="1", owner="ada", reader="bob", given_at=now, expires_at=now + timedelta(hours=1))
    later = now + timedelta(hours=2)
    actions = MAY["owner"]
    for by, at, may in (
        (Principal("ada"), now, actions),
        (Principal("ada", agent=True), now, {"read", "write"}),
        (Principal("bob"), now, {"read"}),
        (Principal("bob"), later, set()),
        (Principal("eve"), now, set()),
    ):
        assert {a for a in actions if decide(by, a, Scope("ada"), [grant], at)} == set(may)


# -- the chain -----------------------------------------------------------------------------------------

EDITS = {
    "edit": "UPDATE audit SET at = at + 1 WHERE seq = {n}",
    "who": "UPDATE audit SET owner = 'x' WHERE seq = {n}",
    "delete": "DELETE FROM audit WHERE seq = {n}",
    "truncate": "DELETE FROM audit WHERE seq >= {n}",
    "reorder": "UPDATE audit SET seq = -seq WHERE seq IN ({n}, {m}); UPDATE audit SET seq = {m} WHERE seq = -{n}; "
    "UPDATE audit SET seq = {n} WHERE seq = -{m}",
    "truncate with its end": "DELETE FROM audit WHERE seq >= {n}; DELETE FROM heads",
    "move the end": "DELETE FROM audit WHERE seq >= {n}; UPDATE heads SET seq = {n} - 1, hash = "
    "(SELECT hash FROM audit WHERE seq = {n} - 1)",
}


@pytest.mark.parametrize("edit", EDITS)
def test_whoever_edits_the_audit_log_is_found_out(tmp_path, edit):
    """Edits, deletions, reorderings and cut ends are found, also when the noted end is cut with them. Twenty of each kind."""
    ledger, chance = Ledger.open(tmp_path), random.Random(edit)
    ledger.seal_heads(bytes(32), anew=True)
    for number in range(30):
        ledger.audit(AuditRow(number, "ada", "ada", "recall"))
    assert ledger.verify_audit() == 30
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite3", isolation_level=None)) as db:
        whole = {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in ("audit", "heads")}
        for _ in range(20):
            first, second = sorted(chance.sample(range(2, 31), 2))
            for statement in EDITS[edit].format(n=first, m=second).split("; "):
                db.execute(statement)
            with pytest.raises(ChainBroken):
                ledger.verify_audit()
            for table, rows in whole.items():
                db.execute(f"DELETE FROM {table}")
                db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
            assert ledger.verify_audit() == 30
    ledger.close()


def test_what_is_written_meanwhile_breaks_nothing(tmp_path):
    """The chains are whole while somebody looks and somebody else writes: an entry of that moment is no cut end."""
    ledger, done = Ledger.open(tmp_path), threading.Event()
    ledger.seal_heads(bytes(32), anew=True)

    def writes() -> None:
        for number in range(400):
            ledger.audit(AuditRow(number, "ada", "ada", "recall"))
            ledger.hide(_forgetting(number))
        done.set()

    writing, seen = threading.Thread(target=writes), [(0, 0)]
    writing.start()
    while not done.is_set():
        seen.append((ledger.verify_audit(), ledger.verify()))
    writing.join()
    assert len(seen) > 5
    assert seen == sorted(seen)
    assert (ledger.verify_audit(), ledger.verify()) == (400, 400)
    ledger.close()


def _forgetting(number: int) -> ForgettingRow:
    memory = f"m{number}"
    return ForgettingRow(f"f{number}", "ada", "hidden", number, number, (memory,))
