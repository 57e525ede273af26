"""Our own export: memories with a manifest of hashes."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ..archive import LONGEST_TEXT
from ..errors import BadInput
from ..records import Shown
from .packed import NOTHING, Packed
from .saying import EARLIEST

MANIFEST = "manifest.json"
MEMORIES = "memories.json"
LATEST = datetime(3000, 1, 1, tzinfo=UTC)
_SHOWN = TypeAdapter(Shown)


def is_own(packed: Packed) -> bool:
    return MANIFEST in packed.names


def memories(packed: Packed) -> list[Shown]:
    """Sources before what rests on them. Raises BadInput when a part is not what the manifest says."""
    refused = BadInput(f"This is not a file that `keepsake export` wrote, or it was changed. {NOTHING}")
    manifest = packed.json(MANIFEST)
    hashes = manifest.get("sha256") if isinstance(manifest, dict) else None
    if not isinstance(hashes, dict) or not {MEMORIES} <= set(hashes) <= packed.names:
        raise refused
    if any(hashlib.sha256(packed.read(name)).hexdigest() != told for name, told in hashes.items()):
        raise refused
    listed: Any = packed.json(MEMORIES)
    try:
        found = [_memory(plain) for plain in listed["memories"]]
    except (ValidationError, ValueError, KeyError, TypeError):
        raise refused from None
    return sorted(found, key=lambda memory: (memory.kind != "episode", memory.id))


def _memory(plain: object) -> Shown:
    """One memory as it was written. ValueError when it cannot be one."""
    memory = _SHOWN.validate_python(plain)
    if memory.occurred_at.tzinfo is None or memory.recorded_at.tzinfo is None:
        raise ValueError("a time without a zone")
    if not memory.text.strip() or len(memory.text) > LONGEST_TEXT:
        raise ValueError("no text, or too much of it")
    if not (0 <= memory.importance <= 1 and 0 <= memory.confidence <= 1):
        raise ValueError("a share that is none")
    if not EARLIEST <= memory.occurred_at <= LATEST:
        raise ValueError("a time that cannot be true")
    return memory
