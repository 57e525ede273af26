"""Placeholders and what they stand for: sealed, one vault per owner."""

from __future__ import annotations

import re
import secrets
import threading
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from .encryption import Cipher, KeyRing
from .errors import KeyDestroyed
from .identity import Scope


@dataclass(frozen=True, slots=True)
class VaultRow:
    """One spelling of a value, as it lies in the store."""

    id: int
    owner: str
    label: str
    number: int  # what the placeholder shows: the same for all spellings of a value
    sealed: bytes
    key: str  # the name of its own key; empty: it was sealed with its owner's
    wrapped: bytes | None  # that key; None: destroyed


@dataclass(frozen=True, slots=True)
class VaultEntry:
    """One spelling of a value, opened."""

    id: int
    label: str
    number: int
    spelling: str


class VaultStore(Protocol):
    """Where the rows lie: a table of the ledger."""

    def vault_rows(self, owner: str) -> list[VaultRow]: ...
    def add_vault_row(
        self, owner: str, label: str, number: int, sealed: bytes, key: str, wrapped: bytes
    ) -> int: ...


def canonical(label: str, spelling: str) -> str:
    """What makes two spellings the same value.

    >>> canonical("PERSON", "SARAH") == canonical("PERSON", "Sarah")
    True
    """
    folded = " ".join(unicodedata.normalize("NFKC", spelling).casefold().split())
    return re.sub(r"\D", "", folded) or folded if label == "PHONE" else folded


class Vault:
    """One owner's values, opened once and kept in memory. Thread-safe."""

    def __init__(self, owner: str, keyring: KeyRing, store: VaultStore) -> None:
        self._owner = owner
        self._keyring = keyring
        self._store = store
        self._entries: dict[int, VaultEntry] | None = None
        self._spellings: dict[tuple[str, str], list[VaultEntry]] = {}
        self._highest: dict[str, int] = {}
        self._given: dict[str, int] = {}  # the highest number of each label that the store knows of
        self._lock = threading.RLock()
        # held from masking a text until it is on disk, and while values go: else one could go in between
        self.steady = threading.RLock()
        self.version = 0  # grows with every change, so that a pattern built from it knows when it is old

    @property
    def owner(self) -> str:
        return self._owner

    def entry(self, label: str, spelling: str) -> VaultEntry:
        """The entry of a value in just this spelling, made when it is new."""
        with self._lock:
            entries = self._opened()
            wanted = canonical(label, spelling)
            same = self._spellings.setdefault((label, wanted), [])
            exact = next((e for e in same if e.spelling == spelling), None)
            if exact is not None:
                return exact
            number = same[0].number if same else self._highest.get(label, 0) + 1
            # a key of its own, so that in a backup of yesterday it cannot be read once it is forgotten
            key = f"value:{secrets.token_hex(12)}"
            wrapped, cipher = self._keyring.mint(self._owner, key)
            sealed = cipher.seal(spelling.encode(), self._aad(label, number))
            row = self._store.add_vault_row(self._owner, label, number, sealed, key, wrapped)
            entry = VaultEntry(row, label, number, spelling)
            entries[entry.id] = entry
            same.append(entry)
            self._highest[label] = max(number, self._highest.get(label, 0))
            self.version += 1
            return entry

    def value(self, entry_id: int) -> str:
        """The spelling behind a placeholder; KeyDestroyed when it was forgotten."""
        with self._lock:
            entry = self._opened().get(entry_id)
        if entry is None:
            raise KeyDestroyed("This personal detail was forgotten and cannot be shown again.")
        return entry.spelling

    def known(self) -> Mapping[int, VaultEntry]:
        """All values the person has used, by id."""
        with self._lock:
            return dict(self._opened())

    def drop(self, ids: Sequence[int]) -> None:
        """Know no more of these: the store has none of them left."""
        if not ids:
            return
        with self._lock:
            entries = self._opened()
            for entry_id in ids:
                entries.pop(entry_id, None)
            self._index()
            self.version += 1

    def empty(self) -> None:
        """Know nothing more: the store has nothing left of this owner."""
        with self._lock:
            self._entries, self._given = {}, {}
            self._index()
            self.version += 1

    def close(self) -> None:
        """Know nothing for now: it is opened again when it is asked."""
        with self._lock:
            self._entries = None
            self._spellings.clear()
            self._highest.clear()
            self.version += 1

    def _opened(self) -> dict[int, VaultEntry]:
        if self._entries is None:
            rows = self._store.vault_rows(self._owner)
            self._given = {}
            for row in rows:  # also of what was destroyed: a number is not given twice
                self._given[row.label] = max(row.number, self._given.get(row.label, 0))
            self._entries = {
                row.id: VaultEntry(
                    row.id,
                    row.label,
                    row.number,
                    self._cipher(row).open(row.sealed, self._aad(row.label, row.number)).decode(),
                )
                for row in rows
                if not row.key or row.wrapped is not None
            }
            self._index()
        return self._entries

    def _cipher(self, row: VaultRow) -> Cipher:
        if row.wrapped is None:
            return self._keyring.cipher(self._owner, "vault")
        return self._keyring.unwrap(self._owner, row.key, row.wrapped)

    def _index(self) -> None:
        """By value and by label, so that a new mention costs the same however many there are."""
        self._spellings.clear()
        self._highest = dict(self._given)
        for entry in (self._entries or {}).values():
            self._spellings.setdefault((entry.label, canonical(entry.label, entry.spelling)), []).append(
                entry
            )
            self._highest[entry.label] = max(entry.number, self._highest.get(entry.label, 0))

    def _aad(self, label: str, number: int) -> bytes:
        return f"{self._owner}|{label}|{number}".encode()


class Vaults:
    """Everybody's vaults, each opened on first use."""

    def __init__(self, keyring: KeyRing, store: VaultStore) -> None:
        self._keyring = keyring
        self._store = store
        self._vaults: dict[str, Vault] = {}
        self._lock = threading.Lock()

    def of(self, scope: Scope) -> Vault:
        return self.of_owner(self._keyring.pseudonym(scope.owner))

    def of_owner(self, owner: str) -> Vault:
        with self._lock:
            if owner not in self._vaults:
                self._vaults[owner] = Vault(owner, self._keyring, self._store)
            return self._vaults[owner]

    def close(self) -> None:
        """Every vault is closed; each is opened again on its next use."""
        with self._lock:
            for vault in self._vaults.values():
                vault.close()
