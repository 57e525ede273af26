"""A chain of hashes over a log: who edits, drops or reorders an entry breaks it. Never holds memory text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from .errors import ChainBroken

GENESIS = bytes(32)
_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def link(previous: bytes, entry: Mapping[str, object]) -> bytes:
    """The hash of an entry, bound to everything before it: SHA-256 over canonical JSON (RFC 8785 in spirit)."""
    return hashlib.sha256(previous + _canonical(entry).encode()).digest()


def verify(entries: Iterable[tuple[Mapping[str, object], bytes]], name: str = "journal") -> int:
    """How many there are. Raises ChainBroken naming the first (from 1) whose hash does not follow from those before it."""
    previous, number = GENESIS, 0
    for number, (entry, kept) in enumerate(entries, start=1):
        try:
            previous = link(previous, entry)
        except (TypeError, ValueError):
            previous = b""  # a damaged entry need not even be of the right kind
        if previous != kept:
            raise ChainBroken(
                f"The {name} was changed at entry {number}. Restore the data directory from a backup."
            )
    return number
