"""The border to the disk: a record goes in, sealed bytes come out, and nothing else passes.

Every version of a memory is sealed under a key of its own; the associated data binds the bytes
to owner, id and version, so a row cannot be moved to another place.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import numpy as np

from privacy.encryption import Cipher
from privacy.masked_text import MaskedText, Span

from .ports import Vector
from .records import Detail, Episode, Fact, Preference, Procedure, Quote, Record

DETAILS: dict[str, type[Episode] | type[Fact] | type[Preference] | type[Procedure]] = {
    "episode": Episode,
    "fact": Fact,
    "preference": Preference,
    "procedure": Procedure,
}

SEALED = tuple(
    name for name in Record.__dataclass_fields__ if name != "keep_until"
)  # the ledger's row has it


def aad(owner: str, memory: str, version: int, part: str) -> bytes:
    """What the sealed bytes are bound to."""
    return f"{owner}|{memory}|{version}|{part}".encode()


def seal_record(record: Record, cipher: Cipher) -> bytes:
    plain = zlib.compress(json.dumps(_plain(record), ensure_ascii=False, separators=(",", ":")).encode())
    return cipher.seal(plain, aad(record.owner, record.id, record.version, "record"))


def open_record(sealed: bytes, cipher: Cipher, *, owner: str, memory: str, version: int) -> Record:
    """Raises privacy.errors.Unreadable when the bytes are not this memory's."""
    return _record(_opened(sealed, cipher, owner, memory, version))


def open_text(sealed: bytes, cipher: Cipher, *, owner: str, memory: str, version: int) -> MaskedText:
    """What a record says: much less work than the whole of it. Raises the same."""
    return _masked(_opened(sealed, cipher, owner, memory, version)["text"])


def _opened(sealed: bytes, cipher: Cipher, owner: str, memory: str, version: int) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(
        zlib.decompress(cipher.open(sealed, aad(owner, memory, version, "record")))
    )
    return plain


def seal_vectors(vectors: Vector, cipher: Cipher, *, owner: str, memory: str, version: int) -> bytes:
    """One row per window of the text, as little-endian float32."""
    rows = np.ascontiguousarray(vectors, dtype="<f4")
    return cipher.seal(rows.tobytes(), aad(owner, memory, version, "vectors"))


def open_vectors(
    sealed: bytes, cipher: Cipher, dimensions: int, *, owner: str, memory: str, version: int
) -> Vector:
    plain = cipher.open(sealed, aad(owner, memory, version, "vectors"))
    return np.frombuffer(plain, dtype="<f4").reshape(-1, dimensions).astype(np.float32)


def _plain(value: Any) -> Any:
    if isinstance(value, MaskedText):
        return {"t": value.text, "s": [[s.start, s.end, s.label, s.value] for s in value.spans]}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Record):
        return {name: _plain(getattr(value, name)) for name in SEALED}
    if isinstance(value, Quote):
        return asdict(value)
    if isinstance(value, Episode | Fact | Preference | Procedure):
        return {name: _plain(getattr(value, name)) for name in type(value).__dataclass_fields__}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _masked(plain: dict[str, Any]) -> MaskedText:
    return MaskedText(plain["t"], tuple(Span(*span) for span in plain["s"]))


def _detail(kind: str, plain: dict[str, Any]) -> Detail:
    values: dict[str, Any] = {}
    for name, value in plain.items():
        if isinstance(value, dict):
            values[name] = _masked(value) if "t" in value else Quote(**value)
        elif name in ("valid_from", "valid_until") and value is not None:
            values[name] = datetime.fromisoformat(value)
        else:
            values[name] = value
    return DETAILS[kind](**values)


def _record(plain: dict[str, Any]) -> Record:
    return Record(
        **{
            **plain,
            "text": _masked(plain["text"]),
            "occurred_at": datetime.fromisoformat(plain["occurred_at"]),
            "recorded_at": datetime.fromisoformat(plain["recorded_at"]),
            "sources": tuple(plain["sources"]),
            "detail": _detail(plain["kind"], plain["detail"]),
        }
    )
