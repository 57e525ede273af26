"""Keys and values that live as long as one request: what is masked in passing leaves nothing behind."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from .encryption import KeyRing
from .vault import VaultRow, Vaults


class InPassing:
    """Where keys and vault rows lie for a moment: in memory."""

    def __init__(self) -> None:
        self._keys: dict[str, tuple[str, bytes]] = {}
        self._rows: list[VaultRow] = []

    def get_key(self, key_id: str) -> bytes | None:
        kept = self._keys.get(key_id)
        return kept[1] if kept else None

    def put_key(self, key_id: str, owner: str, wrapped: bytes) -> None:
        self._keys[key_id] = (owner, wrapped)

    def keys_under_master(self) -> Sequence[tuple[str, str, bytes]]:
        return [(key, owner, wrapped) for key, (owner, wrapped) in self._keys.items()]

    def replace_keys(self, keys: Sequence[tuple[str, str, bytes]]) -> None:
        self._keys |= {key: (owner, wrapped) for key, owner, wrapped in keys}

    def rewrap_keys(self, keys: Sequence[tuple[str, bytes]]) -> None:
        self._keys |= {key: (self._keys[key][0], wrapped) for key, wrapped in keys if key in self._keys}

    def keys_of(self, owner: str, after: str, limit: int) -> Sequence[tuple[str, bytes]]:
        mine = (
            (key, wrapped) for key, (whose, wrapped) in self._keys.items() if whose == owner and key > after
        )
        return sorted(mine)[:limit]

    def promote_key(self, key_id: str, wrapped: bytes, gone: str) -> None:
        self._keys[key_id] = (self._keys[key_id][0], wrapped)
        self._keys.pop(gone, None)

    def vault_rows(self, owner: str) -> list[VaultRow]:
        return [row for row in self._rows if row.owner == owner]

    def add_vault_row(
        self, owner: str, label: str, number: int, sealed: bytes, key: str, wrapped: bytes
    ) -> int:
        row = VaultRow(len(self._rows) + 1, owner, label, number, sealed, key, wrapped)
        self._rows.append(row)
        return row.id


def passing_vaults() -> Vaults:
    """Vaults that nobody opens again: their master key is drawn here and told to nobody."""
    store = InPassing()
    return Vaults(KeyRing(secrets.token_bytes(32), store), store)
