"""Placeholders and what they stand for: sealed, one vault per owner."""

from __future__ import annotations

import hmac
import re
import threading
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from .encryption import KeyRing
from .errors import KeyDestroyed
from .identity import Scope


@dataclass(frozen=True, slots=True)
class VaultRow:
    """One spelling of a value, as it lies in the store."""

    id: int
    owner: str
    label: str
    number: int  # what the placeholder shows: the same for all spellings of a value
    lookup: bytes
    sealed: bytes


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
    def add_vault_row(self, owner: str, label: str, number: int, lookup: bytes, sealed: bytes) -> int: ...
    def delete_vault_rows(self, owner: str, ids: Sequence[int]) -> None: ...


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
        self._cipher = keyring.cipher(owner, "vault")
        self._hashing = keyring.secret(owner, "vault-lookup")
        self._store = store
        self._entries: dict[int, VaultEntry] | None = None
        self._lock = threading.RLock()
        # held from masking a text until it is on disk, and while values go: else one could go in between
        self.steady = threading.RLock()
        self.version = 0  # grows with every change, so that a pattern built from it knows when it is old

    def entry(self, label: str, spelling: str) -> VaultEntry:
        """The entry of a value in just this spelling, made when it is new."""
        with self._lock:
            entries = self._opened()
            wanted = canonical(label, spelling)
            same = [
                e for e in entries.values() if e.label == label and canonical(label, e.spelling) == wanted
            ]
            exact = next((e for e in same if e.spelling == spelling), None)
            if exact is not None:
                return exact
            taken = [e.number for e in entries.values() if e.label == label]
            number = same[0].number if same else max(taken, default=0) + 1
            lookup = hmac.digest(self._hashing, f"{label}|{wanted}".encode(), sha256)
            sealed = self._cipher.seal(spelling.encode(), self._aad(label, number))
            entry = VaultEntry(
                self._store.add_vault_row(self._owner, label, number, lookup, sealed), label, number, spelling
            )
            entries[entry.id] = entry
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
        with self._lock:
            self._store.delete_vault_rows(self._owner, ids)
            for entry_id in ids:
                self._opened().pop(entry_id, None)
            self.version += 1

    def _opened(self) -> dict[int, VaultEntry]:
        if self._entries is None:
            self._entries = {
                row.id: VaultEntry(
                    row.id,
                    row.label,
                    row.number,
                    self._cipher.open(row.sealed, self._aad(row.label, row.number)).decode(),
                )
                for row in self._store.vault_rows(self._owner)
            }
        return self._entries

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
