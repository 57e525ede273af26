"""Any eight letters of many details in any file, however they are written: UTF-8, UTF-16, hex, base64, packed.

A file is turned into views of it (as it is, every other byte, what its hex and base64 stand for, what is packed in
it), and each stretch of eight bytes of a view is looked up in one table of all details. So a file is read once.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WIDTH = 8  # bytes of a detail that are too many
DEPTH = 3  # of what is packed in what is packed
LARGEST = 50_000_000  # bytes that are unpacked from one place
BITS = 22  # of the table that is asked first
MIX = np.uint64(0x9E3779B97F4A7C15)
HEX = re.compile(rb"(?:[0-9a-fA-F]{2}){8,}")
BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{11,}")
DEFLATED = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")


class Needles:
    """All stretches of eight bytes of all details."""

    def __init__(self, details: Iterable[str]) -> None:
        windows: dict[int, set[str]] = {}
        for detail in details:
            for spelling in (detail, detail.lower()):
                for window in _windows(spelling.encode()).tolist():
                    windows.setdefault(window, set()).add(detail)
        self._details = windows
        self._sorted = np.array(sorted(windows), dtype=np.uint64)
        self._table = np.zeros(1 << BITS, dtype=np.bool_)
        self._table[_mixed(self._sorted)] = True

    def found(self, content: bytes) -> set[str]:
        """The details of which a stretch stands in these bytes, as they are."""
        windows = _windows(content)
        if not len(windows):
            return set()
        likely = np.unique(windows[self._table[_mixed(windows)]])
        hits = likely[np.isin(likely, self._sorted)]
        return {detail for window in hits.tolist() for detail in self._details[window]}

    def in_text(self, text: str) -> set[str]:
        return self.found(text.encode())

    def in_file(self, file: Path) -> set[str]:
        content = file.read_bytes()
        found = {detail for view in views(content) for detail in self.found(view)}
        if content[:4] == b"PAR1":
            found |= {
                detail for text in _columns(file) for view in views(text) for detail in self.found(view)
            }
        return found

    def in_folder(self, folder: Path) -> dict[str, list[str]]:
        """By detail: the files that hold a stretch of it."""
        where: dict[str, list[str]] = {}
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            for detail in self.in_file(file):
                where.setdefault(detail, []).append(str(file.relative_to(folder)))
        return where


def views(content: bytes, depth: int = DEPTH) -> Iterator[bytes]:
    """The bytes, and what they may stand for; what stands in many places at once, as a file may hold a hundred thousand."""
    yield content
    yield content[::2]  # UTF-16, in either order
    yield content[1::2]
    digits = HEX.findall(content)
    yield b"\n".join(binascii.unhexlify(run) for run in digits)
    yield b"\n".join(binascii.unhexlify(run[1:-1]) for run in digits)
    letters = [run.replace(b"-", b"+").replace(b"_", b"/") for run in BASE64.findall(content)]
    for shift in range(4):
        pieces = (run[shift:] for run in letters)
        yield b"\n".join(base64.b64decode(piece[: len(piece) // 4 * 4]) for piece in pieces)
    if depth:
        for packed in _unpacked(content):
            yield from views(packed, depth - 1)


def _columns(file: Path) -> Iterator[bytes]:
    """Texts and bytes of a Parquet file, column by column. Numbers are left out: written out, they say anything."""
    import pyarrow.parquet as parquet

    for column in parquet.read_table(file).columns:
        values = (value.as_py() for value in column)
        yield b"\n".join(
            v.encode() if isinstance(v, str) else v for v in values if isinstance(v, str | bytes)
        )


def _unpacked(content: bytes) -> Iterator[bytes]:
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            yield from (packed.read(name) for name in packed.namelist())
    whole = memoryview(content)  # a large file looks packed at thousands of places: none of them is copied
    for start in DEFLATED.finditer(content):
        piece = _inflated(whole[start.start() : start.start() + LARGEST])
        if len(piece) >= WIDTH:
            yield piece


def _inflated(packed: memoryview) -> bytes:
    """As much as can be unpacked, also of what ends early; nothing where it only looked packed."""
    unpacking, done = zlib.decompressobj(zlib.MAX_WBITS | 32), b""
    try:
        for at in range(0, len(packed), 1024):
            done += unpacking.decompress(packed[at : at + 1024], LARGEST)
            if unpacking.eof:
                break
    except zlib.error:
        pass
    return done


def _windows(content: bytes) -> NDArray[np.uint64]:
    """Every stretch of eight bytes as a number."""
    if len(content) < WIDTH:
        return np.zeros(0, dtype=np.uint64)
    shifted = [
        np.frombuffer(content, dtype="<u8", offset=shift, count=(len(content) - shift) // WIDTH)
        for shift in range(min(WIDTH, len(content) - WIDTH + 1))
    ]
    return np.concatenate(shifted)


def _mixed(windows: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return (windows * MIX) >> np.uint64(64 - BITS)
