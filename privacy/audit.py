"""A chain of hashes over a log: who edits, drops or reorders an entry breaks it. Never holds memory text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from .errors import ChainBroken

GENESIS = bytes(32)


def link(previous: bytes, entry: Mapping[str, object]) -> bytes:
    """The hash of an entry, bound to everything before it: SHA-256 over canonical JSON (RFC 8785 in spirit)."""
    canonical = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    return hashlib.sha256(previous + canonical).digest()


def verify(entries: Iterable[tuple[Mapping[str, object], bytes]]) -> None:
    """Raise ChainBroken naming the first entry (from 1) whose hash does not follow from those before it."""
    previous = GENESIS
    for number, (entry, kept) in enumerate(entries, start=1):
        previous = link(previous, entry)
        if previous != kept:
            raise ChainBroken(
                f"The journal was changed at entry {number}. Restore the data directory from a backup."
            )
