"""Reading the bytes of files that others write, and that SQLite holds open in this process. Blocks."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BLOCK = 1 << 22  # bytes at a time
MOST = 64  # open files of SQLite that are kept; a process has a handful
_kept: OrderedDict[tuple[int, int], int] = OrderedDict()
_keeping = threading.Lock()


def blocks(path: Path, overlap: int) -> Iterator[bytes]:
    """A file in pieces that share `overlap` bytes, so that no string falls between two. Raises FileNotFoundError.

    It is read and not mapped: where a mapped file is cut short, the whole process is killed.
    """
    with _opened(path) as file:
        at = 0
        while piece := os.pread(file, BLOCK + overlap, at):
            yield piece
            if len(piece) < BLOCK + overlap:
                return
            at += BLOCK


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """A file of SQLite stays open: closing it would take away all locks that this process has on it, SQLite's own too."""
    if ".sqlite3" in path.name:
        yield _held(path)
        return
    file = os.open(path, os.O_RDONLY)
    try:
        yield file
    finally:
        os.close(file)


def _held(path: Path) -> int:
    with _keeping:
        found = os.stat(path)
        name = (found.st_dev, found.st_ino)
        if name not in _kept:
            file = os.open(path, os.O_RDONLY)
            there = os.fstat(file)  # another one may have been put in its place just now
            name = (there.st_dev, there.st_ino)
            _kept[name] = file
            while len(_kept) > MOST:
                os.close(_kept.popitem(last=False)[1])
        _kept.move_to_end(name)
        return _kept[name]
