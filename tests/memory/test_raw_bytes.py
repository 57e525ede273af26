"""Looking through the files of a database that is in use does it no harm."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

from memory.probes import files_with
from memory.raw_bytes import BLOCK

WORDS = "Hortensia Wildgruber keeps bees"
TRY = """
import sqlite3, sys
try:
    sqlite3.connect(sys.argv[1], timeout=0).execute("begin immediate")
except sqlite3.OperationalError as refused:
    print(refused)
"""


def test_the_locks_of_a_database_outlive_a_look(tmp_path: Path) -> None:
    """Who writes has the lock against other processes still when its files were looked through, twice."""
    path = tmp_path / "ledger.sqlite3"
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("create table t (x)")
    writer.execute("begin immediate")
    writer.execute("insert into t values (1)")
    for _ in range(2):
        assert files_with(tmp_path, [WORDS]) == 0
        tried = subprocess.run(
            [sys.executable, "-c", TRY, str(path)], capture_output=True, text=True, check=True
        )
        assert "locked" in tried.stdout
    writer.execute("rollback")
    writer.close()


def test_words_are_found_wherever_they_lie(tmp_path: Path) -> None:
    """Also across the border of two pieces, and at the very end."""
    for number, at in enumerate((0, BLOCK - 7, BLOCK + 3, 2 * BLOCK - 1)):
        (tmp_path / f"{number}.bin").write_bytes(b"\0" * at + WORDS.encode())
    (tmp_path / "empty.bin").touch()
    assert files_with(tmp_path, [WORDS]) == 4


def test_a_file_that_is_cut_while_it_is_read_ends_nothing(tmp_path: Path) -> None:
    """A log is cut at any moment: what is gone is not there, and that is all."""
    path, over = tmp_path / "ledger.sqlite3-wal", threading.Event()

    def cut() -> None:
        while not over.is_set():
            path.write_bytes(b"\1" * (BLOCK // 2))
            path.write_bytes(b"")

    cutting = threading.Thread(target=cut)
    cutting.start()
    try:
        assert [files_with(tmp_path, [WORDS]) for _ in range(200)] == [0] * 200
    finally:
        over.set()
        cutting.join()
