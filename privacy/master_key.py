"""Where the master key comes from: given, the system's keyring, or a file beside the settings."""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from pathlib import Path

from .errors import WrongKey

LENGTH = 32
SERVICE = "keepsake"


def load_master_key(*, given: str | None, path: Path, use_keyring: bool = False) -> bytes:
    """The 32-byte master key; made at the first start and then always the same.

    `path` lies in the configuration directory, never beside the data it opens.
    """
    if given is not None:
        return _decoded(given)
    if use_keyring:
        return _from_keyring()
    if not path.exists():
        _write_new(path)
    return _decoded(path.read_text(encoding="ascii").strip())


def _decoded(text: str) -> bytes:
    try:
        key = bytes.fromhex(text) if len(text) == LENGTH * 2 else base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        key = b""
    if len(key) != LENGTH:
        raise WrongKey(
            "The master key must be 32 bytes, as 64 hex digits or base64. Check KEEPSAKE_MASTER_KEY."
        )
    return key


def _from_keyring() -> bytes:
    import keyring

    kept = keyring.get_password(SERVICE, "master")
    if kept is None:
        kept = secrets.token_bytes(LENGTH).hex()
        keyring.set_password(SERVICE, "master", kept)
    return _decoded(kept)


def _write_new(path: Path) -> None:
    """Written whole or not at all: a torn key file would lock everything in."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_bytes(LENGTH).hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # fails when another process was first: its key is the one
    except FileExistsError:
        pass
    finally:
        draft.unlink()
