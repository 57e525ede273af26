"""A zip file from who knows where: read in memory, part by part, never unpacked to a disk."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Any

from ..errors import BadInput

LARGEST = 2_000_000_000  # bytes of all parts, as they say themselves
LARGEST_PART = 256_000_000  # bytes of a part that is read
MOST_PARTS = 100_000
MOST_BLOWN_UP = 1_000  # times as large as it is packed; text is packed to a twentieth, zeros to a thousandth
SMALL = 1_000_000  # bytes that may be packed as well as they like
NOTHING = "Nothing was brought in."


class Packed:
    """The parts of a zip file by name. Raises BadInput, with a sentence, for all that is not as it should be."""

    def __init__(self, raw: bytes) -> None:
        with _plainly_refused():
            self._file = zipfile.ZipFile(io.BytesIO(raw))
        parts = self._file.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST:
            raise BadInput(
                f"There is more in this zip file than can be brought in at once. Take parts of it. {NOTHING}"
            )
        for part in parts:
            if _leads_out(part.filename):
                raise BadInput(
                    f"A part of this zip file is named so that it would land outside of it. Get another copy. {NOTHING}"
                )
        self.names = frozenset(part.filename for part in parts)

    def read(self, name: str) -> bytes:
        part = self._file.getinfo(name)
        if part.file_size > max(SMALL, part.compress_size * MOST_BLOWN_UP):
            raise BadInput(
                f"{PurePosixPath(name).name} in this zip file swells when it is unpacked. Get another copy. {NOTHING}"
            )
        if part.file_size > LARGEST_PART:
            raise BadInput(
                f"{PurePosixPath(name).name} in this zip file is too large. Take it apart and bring the parts. {NOTHING}"
            )
        with _plainly_refused(), self._file.open(part) as file:
            return file.read(part.file_size)  # no more than it said, whatever comes

    def json(self, name: str) -> Any:
        return parsed(self.read(name))


def parsed(raw: bytes) -> Any:
    """JSON as values. Raises BadInput, also for JSON that is built to break its reader."""
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise BadInput(f"What is in this file is no JSON that can be read. {NOTHING}") from None


@contextmanager
def _plainly_refused() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
        raise BadInput(f"This zip file is damaged or was changed. Get it once more. {NOTHING}") from None
    except RuntimeError:  # what zipfile says of a password
        raise BadInput(
            f"This zip file is locked with a password. Unlock it and bring it again. {NOTHING}"
        ) from None


def _leads_out(name: str) -> bool:
    """Whether a name would lead out of the folder that a careless program unpacks it to.

    >>> [_leads_out(name) for name in ("a/b.json", "../b", "/etc/b", "C:\\\\b", "a/../../b")]
    [False, True, True, True, True]
    """
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in (path.parts[0] if path.parts else "")
