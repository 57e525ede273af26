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

from .errors import KeyDestroyed, Locked, Unreadable, WrongKey

FORMAT = b"\x01"
NONCE = 12
CHECK = "check"  # a key of this name is in every store that was sealed with a master key
NAMING = "installation:naming"  # makes pseudonyms; kept once a new master key would make others
LOCKED = "Keepsake is locked. Unlock it with `keepsake unlock`; nothing is lost."
# what hangs on an owner's key and is made anew with it; marks of what is gone cannot be, nor numbers on disk
RENEWED = ("cipher:wrap", "terms", "rotation")
AT_ONCE = 500  # keys wrapped anew in one transaction


class KeyStore(Protocol):
    """Where wrapped keys lie: a table of the ledger."""

    def get_key(self, key_id: str) -> bytes | None: ...
    def put_key(self, key_id: str, owner: str, wrapped: bytes) -> None: ...
    def keys_under_master(self) -> Sequence[tuple[str, str, bytes]]: ...
    def replace_keys(self, keys: Sequence[tuple[str, str, bytes]]) -> None: ...  # all of them or none
    def keys_of(self, owner: str, after: str, limit: int) -> Sequence[tuple[str, bytes]]: ...  # by name
    def rewrap_keys(self, keys: Sequence[tuple[str, bytes]]) -> None: ...  # those that are still there
    def promote_key(self, key_id: str, wrapped: bytes, gone: str) -> None: ...  # one takes another's place


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
        self._locked = False
        self._owners: dict[str, bytes] = {}
        self._coming: dict[str, bytes | None] = {}  # the key that takes an owner's place; None: none does
        self._gone: dict[str, bytes] = {}  # the one before: what was read a moment ago is still opened
        self._secrets: dict[tuple[str, str], bytes] = {}
        self._ciphers: dict[tuple[str, str], Cipher] = {}  # of these secrets
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
        if self._locked:
            raise Locked(LOCKED)
        return hmac.digest(self._naming, unicodedata.normalize("NFC", name).encode(), sha256)[:16].hex()

    def cipher(self, owner: str, purpose: str) -> Cipher:
        with self._lock:
            secret = self.secret(owner, "cipher:" + purpose)  # Locked is for this to say
            if (owner, purpose) not in self._ciphers:
                self._ciphers[owner, purpose] = Cipher(secret)
            return self._ciphers[owner, purpose]

    def secret(self, owner: str, purpose: str) -> bytes:
        """32 bytes for keyed hashes of one owner."""
        with self._lock:
            if self._locked:
                raise Locked(LOCKED)
            if (owner, purpose) not in self._secrets:
                root = self._owner_key(owner) if purpose in RENEWED else self._first_key(owner)
                self._secrets[owner, purpose] = derived(root, purpose)
            return self._secrets[owner, purpose]

    def mint(self, owner: str, key_id: str) -> tuple[bytes, Cipher]:
        """A new key: wrapped for the caller to store in its own transaction, and its cipher."""
        key, coming = secrets.token_bytes(32), self._coming_key(owner)
        wrapping = self.cipher(owner, "wrap") if coming is None else _wrapping(coming)
        return wrapping.seal(key, key_id.encode()), Cipher(key)

    def unwrap(self, owner: str, key_id: str, wrapped: bytes) -> Cipher:
        return Cipher(self._opened(owner, key_id, wrapped))

    def _opened(self, owner: str, key_id: str, wrapped: bytes) -> bytes:
        """A key that the owner's key wraps; while that changes, the one before or the one after it."""
        try:
            return self.cipher(owner, "wrap").open(wrapped, key_id.encode())
        except Unreadable:
            for other in (self._coming_key(owner), self._gone.get(owner)):
                if other is not None:
                    try:
                        return _wrapping(other).open(wrapped, key_id.encode())
                    except Unreadable:
                        continue
            raise

    # -- a new owner's key -------------------------------------------------------------------------

    def rotate_owner(self, owner: str) -> int:
        """Wrap every key of an owner with a new one, and put that in force; how many there were.

        Killed at any point: everything opens as before, and the next call goes on where this one was. Call while
        nothing new is written for this owner, or call it once more: what came in meanwhile is under the new key.
        """
        with self._lock:
            new = self._coming_key(owner) or self._begin_rotation(owner)
        count, after = 0, ""
        while page := self._store.keys_of(owner, after, AT_ONCE):
            apart = [(id, wrapped) for id, wrapped in page if not under_master(id)]
            opened = [(id, self._opened(owner, id, wrapped)) for id, wrapped in apart]
            self._store.rewrap_keys([(id, _wrapping(new).seal(key, id.encode())) for id, key in opened])
            count, after = count + len(opened), page[-1][0]
        with self._lock:
            old, id = self._owner_key(owner), _owner_id(owner)
            self._store.promote_key(id, self._wrapping.seal(new, id.encode()), _coming_id(owner))
            self._owners[owner], self._coming[owner], self._gone[owner] = new, None, old
            self._let_go_of(owner)
        return count

    def _begin_rotation(self, owner: str) -> bytes:
        """The new key, on disk before anything is wrapped with it; and the first one stays, for marks and numbers."""
        new, first = secrets.token_bytes(32), self._first_key(owner)
        for id, key in ((_first_id(owner), first), (_coming_id(owner), new)):
            self._store.put_key(id, owner, self._wrapping.seal(key, id.encode()))
        self._coming[owner] = new
        return new

    def _coming_key(self, owner: str) -> bytes | None:
        with self._lock:
            if owner not in self._coming:
                kept = self._store.get_key(_coming_id(owner))
                self._coming[owner] = None if kept is None else self._unwrapped(_coming_id(owner), kept)
            return self._coming[owner]

    def _first_key(self, owner: str) -> bytes:
        kept = self._store.get_key(_first_id(owner))
        return self._owner_key(owner) if kept is None else self._unwrapped(_first_id(owner), kept)

    # -- locked ------------------------------------------------------------------------------------

    def lock(self) -> None:
        """Know no key any more."""
        with self._lock:
            self._locked, self._master, self._naming = True, b"", b""
            self._wrapping = self.backups = _Closed()
            for known in (self._owners, self._coming, self._gone, self._secrets, self._ciphers):
                known.clear()

    def unlock(self, master: bytes) -> None:
        """Know them again. Raises WrongKey and stays locked when it is another master key."""
        fresh = KeyRing(master, self._store)
        with self._lock:
            self._master, self._wrapping, self.backups = master, fresh._wrapping, fresh.backups
            self._naming, self._locked = fresh._naming, False

    @property
    def locked(self) -> bool:
        return self._locked

    def forget_owner(self, owner: str) -> None:
        """The store destroyed the owner's key: everything sealed for them is dead, in every copy."""
        with self._lock:
            for known in (self._owners, self._coming, self._gone):
                known.pop(owner, None)
            self._let_go_of(owner)

    def _let_go_of(self, owner: str) -> None:
        self._secrets = {key: value for key, value in self._secrets.items() if key[0] != owner}
        self._ciphers = {key: value for key, value in self._ciphers.items() if key[0] != owner}

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


def _coming_id(owner: str) -> str:
    return f"owner:{owner}:next"


def _first_id(owner: str) -> str:
    return f"owner:{owner}:first"


def _wrapping(owner_key: bytes) -> Cipher:
    return Cipher(derived(owner_key, "cipher:wrap"))


class _Closed(Cipher):
    """Opens and seals nothing: the key was put away."""

    def __init__(self) -> None:
        super().__init__(bytes(32))

    def seal(self, plain: bytes, aad: bytes) -> bytes:
        raise Locked(LOCKED)

    def open(self, sealed: bytes, aad: bytes) -> bytes:
        raise Locked(LOCKED)


__all__ = ["Cipher", "KeyDestroyed", "KeyRing", "KeyStore", "derived", "under_master"]
