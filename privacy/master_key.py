"""Where the master key comes from: given, the system's keyring, or a file beside the settings."""

from __future__ import annotations

import base64
import binascii
import os
import secrets
import unicodedata
from collections.abc import Callable
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw

from .encryption import Cipher
from .errors import NoKey, Unreadable, WrongKey

LENGTH = 32
SHORTEST = 8  # characters of a passphrase
SERVICE = "keepsake"


def load_master_key(*, given: str | None, path: Path, use_keyring: bool = False, data: bool = False) -> bytes:
    """The 32-byte master key; made at the first start and then always the same. Raises WrongKey, NoKey.

    `path` lies in the configuration directory, never beside the data it opens. `data`: there is sealed data
    already, so that a new key would be of no use.
    """
    if given is not None:
        return _decoded(given, "KEEPSAKE_MASTER_KEY")
    if use_keyring:
        return _from_keyring(data)
    try:
        if not path.exists():
            if _beside(path, "locked").exists():
                raise NoKey("Keepsake is locked. Unlock it with `keepsake unlock`; nothing is lost.")
            if data:
                raise _missing(str(path))
            _write_new(path)
        return _decoded(path.read_bytes().decode("ascii", "replace").strip(), str(path))
    except OSError as error:
        raise NoKey(
            f"The master key {path} can be neither read nor kept ({error.strerror}). Make its folder writable, or "
            "set KEEPSAKE_CONFIG to another one; nothing was changed."
        ) from None


def next_master_key(path: Path) -> bytes:
    """A new key beside the one in force, on disk before anything is wrapped with it; the same one when said again."""
    beside = _beside(path, "next")
    try:
        if not beside.exists():
            _write_new(beside)
        return _decoded(beside.read_bytes().decode("ascii", "replace").strip(), str(beside))
    except OSError as error:
        raise NoKey(
            f"A new master key cannot be kept in {path.parent} ({error.strerror}). Make it writable; nothing was changed."
        ) from None


def promote(path: Path) -> Path:
    """The new key takes the place of the old one, which is kept: where it lies now."""
    old = _beside(path, "old")
    old.unlink(missing_ok=True)
    os.link(path, old)
    os.replace(_beside(path, "next"), path)
    return old


def lock_up(path: Path, passphrase: str) -> None:
    """Put the key under a passphrase (Argon2id, RFC 9106) in the place of the readable file. Raises NoKey, WrongKey."""
    if len(passphrase) < SHORTEST:
        raise WrongKey(f"A passphrase has {SHORTEST} characters at least. Nothing was changed.")
    try:
        key, salt = _decoded(path.read_text("ascii").strip(), str(path)), secrets.token_bytes(16)
        sealed = Cipher(_stretched(passphrase, salt)).seal(key, salt)
        _write_new(_beside(path, "locked"), f"{salt.hex()} {sealed.hex()}")
        with path.open("r+b") as file:  # its bytes first, then its name
            file.write(bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except OSError as error:
        raise NoKey(
            f"The master key cannot be locked ({error.strerror}). Make {path.parent} writable."
        ) from None


def open_up(path: Path, passphrase: str) -> bytes:
    """The key that was locked up, readable again. Raises NoKey where none is locked, WrongKey for another passphrase."""
    locked = _beside(path, "locked")
    try:
        salt, sealed = (bytes.fromhex(part) for part in locked.read_text("ascii").split())
    except (OSError, ValueError):
        raise NoKey("Keepsake is not locked.") from None
    try:
        key = Cipher(_stretched(passphrase, salt)).open(sealed, salt)
    except Unreadable:
        raise WrongKey("This is not the passphrase it was locked with. Try again.") from None
    if not path.exists():
        _write_new(path, key.hex())
    locked.unlink()
    return key


def _stretched(passphrase: str, salt: bytes) -> bytes:
    return hash_secret_raw(
        unicodedata.normalize("NFC", passphrase).encode(),
        salt,
        time_cost=3,
        memory_cost=65_536,
        parallelism=4,
        hash_len=LENGTH,
        type=Type.ID,
    )


def settle(path: Path, opens: Callable[[bytes], bool]) -> None:
    """Finish a change of keys that was interrupted: whichever of the two opens the data is in force."""
    beside = _beside(path, "next")
    if path.exists() and beside.exists():
        current, coming = (_decoded(p.read_text("ascii").strip(), str(p)) for p in (path, beside))
        if not opens(current) and opens(coming):
            promote(path)


def _beside(path: Path, word: str) -> Path:
    return path.with_name(f"{path.stem}.{word}{path.suffix}")


def _decoded(text: str, where: str) -> bytes:
    try:
        key = bytes.fromhex(text) if len(text) == LENGTH * 2 else base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        key = b""
    if len(key) != LENGTH:
        raise WrongKey(
            f"A master key is 32 bytes, as 64 hex digits or base64, and {where} holds something else. Put the "
            "right one there, from your backup of it; nothing was changed."
        )
    return key


def _missing(where: str) -> NoKey:
    return NoKey(
        f"The master key {where} is missing, and this data was sealed with it. Put it back from your backup of it, or "
        "set KEEPSAKE_MASTER_KEY; nothing was changed."
    )


def _from_keyring(data: bool) -> bytes:
    import keyring

    try:
        kept = keyring.get_password(SERVICE, "master")
        if kept is None:
            if data:
                raise _missing("in the system's keyring")
            kept = secrets.token_bytes(LENGTH).hex()
            keyring.set_password(SERVICE, "master", kept)
    except keyring.errors.KeyringError as error:
        raise NoKey(
            f"The system's keyring does not answer ({type(error).__name__}). Unlock it, or leave KEEPSAKE_KEYRING "
            "unset; nothing was changed."
        ) from None
    return _decoded(kept, "the system's keyring")


def _write_new(path: Path, content: str = "") -> None:
    """Written whole or not at all: a torn key file would lock everything in."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write((content or secrets.token_bytes(LENGTH).hex()) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # fails when another process was first: its key is the one
    except FileExistsError:
        pass
    finally:
        draft.unlink()
