"""Sealing and keys: master -> owner -> memory. Destroying a key forgets what it sealed."""

from __future__ import annotations

import hmac
import secrets
import threading
import unicodedata
from collections.abc import Sequence
from hashlib import sha256
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from .errors import KeyDestroyed, Unreadable, WrongKey

FORMAT = b"\x01"
NONCE = 12
CHECK = "check"  # a key of this name is in every store that was sealed with a master key


class KeyStore(Protocol):
    """Where wrapped keys lie: a table of the ledger."""

    def get_key(self, key_id: str) -> bytes | None: ...
    def put_key(self, key_id: str, owner: str, wrapped: bytes) -> None: ...
    def delete_keys(self, key_ids: Sequence[str]) -> None: ...


class Cipher:
    """AES-256-GCM under one key; the associated data binds the bytes to their place."""

    def __init__(self, key: bytes) -> None:
        self._aead = AESGCM(key)

    def seal(self, plain: bytes, aad: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE)
        return FORMAT + nonce + self._aead.encrypt(nonce, plain, aad)

    def open(self, sealed: bytes, aad: bytes) -> bytes:
        """Raises Unreadable when the bytes were changed, moved, or sealed with another key."""
        try:
            if sealed[:1] != FORMAT:
                raise InvalidTag
            return self._aead.decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], aad)
        except (InvalidTag, ValueError):
            raise Unreadable(
                "A sealed entry cannot be opened: it was damaged. Run `keepsake doctor`."
            ) from None


def derived(secret: bytes, purpose: str) -> bytes:
    """A 32-byte sub-key for one purpose (HKDF-SHA256, RFC 5869)."""
    return HKDF(SHA256(), length=32, salt=None, info=purpose.encode()).derive(secret)


class KeyRing:
    """The keys of one installation. `owner` is always a pseudonym. Thread-safe."""

    def __init__(self, master: bytes, store: KeyStore) -> None:
        self._store = store
        self._wrapping = Cipher(derived(master, "wrap"))
        self._naming = derived(master, "pseudonym")
        self._owners: dict[str, bytes] = {}
        self._secrets: dict[tuple[str, str], bytes] = {}
        self._lock = threading.RLock()
        self._check()

    def _check(self) -> None:
        kept = self._store.get_key(CHECK)
        if kept is None:
            self._store.put_key(CHECK, "", self._wrapping.seal(CHECK.encode(), CHECK.encode()))
            return
        try:
            self._wrapping.open(kept, CHECK.encode())
        except Unreadable:
            raise WrongKey(
                "The master key does not open this data. Put the right key into KEEPSAKE_MASTER_KEY or restore "
                "master.key in the configuration directory; nothing was changed."
            ) from None

    def pseudonym(self, name: str) -> str:
        """The name under which storage knows a person: keyed, so a list of names does not reveal it."""
        return hmac.digest(self._naming, unicodedata.normalize("NFC", name).encode(), sha256)[:16].hex()

    def cipher(self, owner: str, purpose: str) -> Cipher:
        return Cipher(self.secret(owner, "cipher:" + purpose))

    def secret(self, owner: str, purpose: str) -> bytes:
        """32 bytes for keyed hashes of one owner."""
        with self._lock:
            if (owner, purpose) not in self._secrets:
                self._secrets[owner, purpose] = derived(self._owner_key(owner), purpose)
            return self._secrets[owner, purpose]

    def mint(self, owner: str, key_id: str) -> tuple[bytes, Cipher]:
        """A new key: wrapped for the caller to store in its own transaction, and its cipher."""
        key = secrets.token_bytes(32)
        return self.cipher(owner, "wrap").seal(key, key_id.encode()), Cipher(key)

    def unwrap(self, owner: str, key_id: str, wrapped: bytes) -> Cipher:
        return Cipher(self.cipher(owner, "wrap").open(wrapped, key_id.encode()))

    def destroy_owner(self, owner: str) -> None:
        """Destroy the owner's key: everything sealed for them is dead at once, in every copy."""
        with self._lock:
            self._store.delete_keys([_owner_id(owner)])
            self._owners.pop(owner, None)
            self._secrets = {key: value for key, value in self._secrets.items() if key[0] != owner}

    def _owner_key(self, owner: str) -> bytes:
        if owner not in self._owners:
            key_id = _owner_id(owner)
            wrapped = self._store.get_key(key_id)
            if wrapped is None:
                key = secrets.token_bytes(32)
                self._store.put_key(key_id, owner, self._wrapping.seal(key, key_id.encode()))
            else:
                key = self._wrapping.open(wrapped, key_id.encode())
            self._owners[owner] = key
        return self._owners[owner]


def _owner_id(owner: str) -> str:
    return f"owner:{owner}"


__all__ = ["Cipher", "KeyDestroyed", "KeyRing", "KeyStore", "derived"]
