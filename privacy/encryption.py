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
NAMING = "installation:naming"  # makes pseudonyms; kept once a new master key would make others


class KeyStore(Protocol):
    """Where wrapped keys lie: a table of the ledger."""

    def get_key(self, key_id: str) -> bytes | None: ...
    def put_key(self, key_id: str, owner: str, wrapped: bytes) -> None: ...
    def keys_under_master(self) -> Sequence[tuple[str, str, bytes]]: ...
    def replace_keys(self, keys: Sequence[tuple[str, str, bytes]]) -> None: ...  # all of them or none


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


def opens_store(master: bytes, store: KeyStore) -> bool:
    """Whether this master key opens what is kept; a new store is opened by any."""
    kept = store.get_key(CHECK)
    try:
        return kept is None or bool(Cipher(derived(master, "wrap")).open(kept, CHECK.encode()))
    except Unreadable:
        return False


class KeyRing:
    """The keys of one installation. `owner` is always a pseudonym. Thread-safe."""

    def __init__(self, master: bytes, store: KeyStore) -> None:
        self._store = store
        self._master = master
        self._wrapping = Cipher(derived(master, "wrap"))
        self.backups = self.sealing_backups(master)  # seals what lies beside a backup
        self._owners: dict[str, bytes] = {}
        self._secrets: dict[tuple[str, str], bytes] = {}
        self._lock = threading.RLock()
        self._check()
        kept = store.get_key(NAMING)
        self._naming = derived(master, "pseudonym") if kept is None else self._unwrapped(NAMING, kept)

    @staticmethod
    def sealing_backups(master: bytes) -> Cipher:
        return Cipher(derived(master, "backups"))

    def over(self, store: KeyStore) -> KeyRing:
        """The same master key over another store: a backup of it."""
        return KeyRing(self._master, store)

    @property
    def notes(self) -> Cipher:
        """Seals what the installation notes for itself."""
        return Cipher(self.installation("notes"))

    def _check(self) -> None:
        kept = self._store.get_key(CHECK)
        if kept is None:
            self._store.put_key(CHECK, "", self._wrapping.seal(CHECK.encode(), CHECK.encode()))
            return
        try:
            self._unwrapped(CHECK, kept)
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

    def forget_owner(self, owner: str) -> None:
        """The store destroyed the owner's key: everything sealed for them is dead, in every copy."""
        with self._lock:
            self._owners.pop(owner, None)
            self._secrets = {key: value for key, value in self._secrets.items() if key[0] != owner}

    def installation(self, name: str) -> bytes:
        """32 random bytes of this installation, made on first use; they outlive every master key."""
        with self._lock:
            key_id = f"installation:{name}"
            kept = self._store.get_key(key_id)
            if kept is not None:
                return self._unwrapped(key_id, kept)
            key = secrets.token_bytes(32)
            self._store.put_key(key_id, "", self._wrapping.seal(key, key_id.encode()))
            return key

    def rotate(self, master: bytes) -> int:
        """Wrap every key that the master key wraps with a new one, all or none; how many there were."""
        with self._lock:
            new = Cipher(derived(master, "wrap"))
            opened = {
                id: (owner, self._wrapping.open(wrapped, id.encode()))
                for id, owner, wrapped in self._store.keys_under_master()
            }
            opened.setdefault(NAMING, ("", self._naming))
            self._store.replace_keys(
                [(id, owner, new.seal(key, id.encode())) for id, (owner, key) in opened.items()]
            )
            self._master, self._wrapping, self.backups = master, new, self.sealing_backups(master)
            return len(opened)

    def opens(self, key_id: str, owner: str, wrapped: bytes) -> bool:
        """Whether a kept key can still be unwrapped."""
        try:
            if under_master(key_id):
                self._unwrapped(key_id, wrapped)
            else:
                self.unwrap(owner, key_id, wrapped)
        except Unreadable:
            return False
        return True

    def _unwrapped(self, key_id: str, wrapped: bytes) -> bytes:
        return self._wrapping.open(wrapped, key_id.encode())

    def _owner_key(self, owner: str) -> bytes:
        if owner not in self._owners:
            key_id = _owner_id(owner)
            wrapped = self._store.get_key(key_id)
            if wrapped is None:
                key = secrets.token_bytes(32)
                self._store.put_key(key_id, owner, self._wrapping.seal(key, key_id.encode()))
            else:
                key = self._unwrapped(key_id, wrapped)
            self._owners[owner] = key
        return self._owners[owner]


def under_master(key_id: str) -> bool:
    """Whether the master key itself wraps this key; an owner's key wraps all others.

    >>> under_master("owner:1f"), under_master("memory:2a:1")
    (True, False)
    """
    return key_id == CHECK or key_id.startswith(("owner:", "installation:"))


def _owner_id(owner: str) -> str:
    return f"owner:{owner}"


__all__ = ["Cipher", "KeyDestroyed", "KeyRing", "KeyStore", "derived", "under_master"]
