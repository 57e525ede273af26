"""The ledger's file: it is brought up to date whole or not at all, and never written over."""

from __future__ import annotations

import hashlib
import json
import sqlite3

import pytest
import sqlalchemy as sa

from memory.errors import InUse, StorageFault
from memory.stores import tables
from memory.stores.ledger import Ledger
from memory.stores.migrations import MIGRATIONS, NEWEST

MEMORY = "0190a0b0-0000-7000-8000-000000000001"


def first_schema(path):
    """A file of schema 1 as its first version left it, with one memory and its journal entry."""
    sealed = b"\x01 sealed bytes"
    entry = {
        "at": 7,
        "owner": "o1",
        "action": "remembered",
        "subject": MEMORY,
        "version": 1,
        "payload_hash": hashlib.sha256(sealed).hexdigest(),
    }
    canonical = json.dumps(entry, sort_keys=True, separators=(",", ":")).encode()
    link = hashlib.sha256(bytes(32) + canonical).digest()
    with sqlite3.connect(path) as db:
        db.executescript(MIGRATIONS[0].read_text(encoding="utf-8"))
        db.execute("insert into meta values ('schema', '1')")
        db.execute(
            "insert into journal values (1, 7, 'o1', 'remembered', ?, 1, ?, ?)",
            (MEMORY, entry["payload_hash"], link),
        )
        db.execute("insert into payloads values (?, 1, ?, null, null)", (MEMORY, sealed))
        db.execute("insert into keys values (?, 'o1', x'01')", (f"memory:{MEMORY}:1",))
        db.execute(
            "insert into memories values (?, 'o1', 'episode', 'active', 1, 5, 0, 7, 7, 0.5, null)", (MEMORY,)
        )
    db.close()  # fmt: skip


def schema_of(path):
    with sqlite3.connect(path) as db:
        found = db.execute("select value from meta where name = 'schema'").fetchone()
        names = {row[0] for row in db.execute("select name from sqlite_master")}
    db.close()
    return int(found[0]), names


def test_a_new_file_has_the_tables_of_the_program(tmp_path):
    """The steps, taken one after the other, make just what `tables.py` describes."""
    Ledger.open(tmp_path).close()
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'ledger.sqlite3'}")
    found = sa.inspect(engine)
    assert set(found.get_table_names()) == set(tables.metadata.tables)
    for name, table in tables.metadata.tables.items():
        described = {(c.name, str(c.type), c.nullable) for c in table.columns}
        assert {(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(name)} == described
        indexes = {(i.name, tuple(c.name for c in i.columns)) for i in table.indexes}
        assert {(i["name"], tuple(i["column_names"])) for i in found.get_indexes(name)} == indexes
    engine.dispose()
    assert schema_of(tmp_path / "ledger.sqlite3")[0] == NEWEST


def test_a_file_of_the_first_schema_is_brought_up_to_date(tmp_path):
    """An older file keeps its memories and its chain and gets the newest schema, once."""
    first_schema(tmp_path / "ledger.sqlite3")
    for _ in range(2):
        ledger = Ledger.open(tmp_path)
        assert ledger.verify() == 1
        (stored,) = ledger.live("o1")
        assert (stored.id, stored.sealed) == (MEMORY, b"\x01 sealed bytes")
        ledger.close()
        number, names = schema_of(tmp_path / "ledger.sqlite3")
        assert number == NEWEST >= 2
        assert "forgettings_of_state" in names


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path):
    """Steps are one transaction: when the last statement fails, nothing of the first one stays."""
    path = tmp_path / "ledger.sqlite3"
    first_schema(path)
    with sqlite3.connect(path) as db:
        db.execute(
            "create index memories_of_forgetting on memories (id)"
        )  # the step will find its name taken
    db.close()
    with pytest.raises(StorageFault):
        Ledger.open(tmp_path)
    number, names = schema_of(path)
    assert number == 1
    assert "forgettings_of_state" not in names


def test_a_newer_file_is_refused_and_unchanged(tmp_path):
    """What a newer program wrote is not touched by an older one, which says so."""
    path = tmp_path / "ledger.sqlite3"
    Ledger.open(tmp_path).close()
    with sqlite3.connect(path) as db:
        db.execute("update meta set value = '999' where name = 'schema'")
    db.close()
    before = path.read_bytes()
    with pytest.raises(StorageFault, match=r"newer Keepsake .*nothing was changed"):
        Ledger.open(tmp_path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", ["not a database", "cut in half", "a page of zeros"])
def test_a_damaged_file_is_said_and_left_as_it_is(tmp_path, damage):
    """Opening or reading a damaged ledger is refused with a sentence, and no byte of it is changed."""
    path = tmp_path / "ledger.sqlite3"
    first_schema(path)
    Ledger.open(tmp_path).close()
    whole = path.read_bytes()
    path.write_bytes(
        {
            "not a database": b"this was never one " * 500,
            "cut in half": whole[: len(whole) // 2],
            "a page of zeros": whole[:4096] + bytes(4096 * 20) + whole[4096 * 21 :],
        }[damage]
    )
    before = path.read_bytes()
    with pytest.raises(StorageFault, match="damaged and was left as it is"):
        _read(tmp_path)
    assert path.read_bytes() == before


def _read(folder):
    ledger = Ledger.open(folder)
    try:
        list(ledger.live())
        ledger.verify()
    finally:
        ledger.close()


def test_the_lock_goes_with_its_holder(tmp_path):
    """A second writer is refused while the first is open, and let in when it is closed."""
    first = Ledger.open(tmp_path)
    with pytest.raises(InUse):
        Ledger.open(tmp_path)
    first.close()
    Ledger.open(tmp_path).close()
    assert (tmp_path / "writer.lock").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "ledger.sqlite3").stat().st_mode & 0o777 == 0o600
