"""A server that cannot start says why in a sentence; one that lacks a part serves the rest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from memory.stores.ledger import Ledger
from tests.kit.disks import filled, read_only, small_disk
from tests.kit.serving import free_port, keepsake, served


@contextmanager
def holding(folder: Path) -> Iterator[None]:
    """Another process that has the data open, for all that the server can tell."""
    ledger = Ledger.open(folder / "data")
    yield
    ledger.close()


@contextmanager
def newer(folder: Path) -> Iterator[None]:
    ledger = Ledger.open(folder / "data")
    with ledger._write() as db:
        db.exec_driver_sql("UPDATE meta SET value = '999' WHERE name = 'schema'")
    ledger.close()
    yield


@contextmanager
def damaged(folder: Path) -> Iterator[None]:
    (folder / "data").mkdir()
    (folder / "data" / "ledger.sqlite3").write_bytes(b"not a ledger " * 1000)
    yield


@contextmanager
def keyless(folder: Path) -> Iterator[None]:
    ledger = Ledger.open(folder / "data")
    ledger.put_key("check", "", b"sealed with a key that was lost")
    ledger.close()
    yield


@contextmanager
def unwritable(folder: Path) -> Iterator[None]:
    with small_disk(folder / "data", 8) as disk:
        read_only(disk, yes=True)
        yield


@contextmanager
def full(folder: Path) -> Iterator[None]:
    with small_disk(folder / "data", 8) as disk, filled(disk):
        yield


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (holding, "Another Keepsake process is using this data directory. Stop it"),
        (newer, "Install the newer version; nothing was changed."),
        (damaged, "is damaged and was left as it is. Keep a copy of it"),
        (keyless, "Put it back from your backup of it"),
        (unwritable, "Make it writable or set KEEPSAKE_HOME"),
        (full, "Free some space"),
    ],
)
def test_what_stands_in_the_way_is_one_sentence(tmp_path: Path, state, sentence: str) -> None:
    """No traceback, exit code 1, and a sentence that says what to do."""
    with state(tmp_path):
        ran = keepsake(tmp_path, "serve", KEEPSAKE_PORT=str(free_port()))
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    assert sentence in " ".join(ran.stderr.split())


def test_without_model_files_the_rest_is_served(tmp_path: Path) -> None:
    """A cache that cannot be filled is said at the start: new words are refused, finding by words and the page go on."""
    text = "I keep bees on the roof."
    with served(tmp_path) as address:
        assert httpx.post(f"{address}/api/v1/memories", json={"text": text}, timeout=60).status_code == 200
    (tmp_path / "cache").write_text("in the way")
    with served(tmp_path, KEEPSAKE_CACHE=str(tmp_path / "cache" / "models")) as address:
        refused = httpx.post(f"{address}/api/v1/memories", json={"text": "I grow figs."}, timeout=60)
        assert refused.status_code == 503
        assert "keepsake fetch" in refused.json()["error"]
        found = httpx.post(f"{address}/api/v1/recall", json={"question": "the bees"}, timeout=60).json()
        assert text in [hit["memory"]["text"] for hit in found["hits"]]
        assert "keepsake fetch" in found["trouble"]
        assert text in httpx.get(f"{address}/memory").text
    assert "keepsake fetch" in " ".join((tmp_path / "serve.log").read_text().split())
