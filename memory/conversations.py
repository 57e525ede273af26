"""Conversations as their people see them again: threads, steps and the like, masked and sealed.

A document is a JSON object; the texts in it (`TEXTS`) are masked before it is sealed, and restored for its owner.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal, get_args

from privacy.anonymization import Anonymizer, restore
from privacy.encryption import KeyRing
from privacy.identity import Scope
from privacy.masked_text import MaskedText, Span
from privacy.vault import Vault, Vaults

from .archive import microseconds
from .stores.documents import Document
from .stores.ledger import Ledger

DocumentKind = Literal["thread", "step", "element", "feedback", "receipt", "choice", "outcomes", "notice"]
BELOW_A_THREAD: tuple[DocumentKind, ...] = ("step", "element", "feedback", "receipt")
TEXTS = ("name", "output", "input", "comment")


class Conversations:
    """Every call names the scope; what is unknown and what is somebody else's both come back as None."""

    def __init__(
        self,
        ledger: Ledger,
        keyring: KeyRing,
        anonymizer: Anonymizer,
        vaults: Vaults,
        clock: Callable[[], datetime],
    ) -> None:
        self._ledger = ledger
        self._keyring = keyring
        self._anonymizer = anonymizer
        self._vaults = vaults
        self._clock = clock
        self._deleted: set[str] = set()  # threads: what is still being written of one comes too late
        self._deciding = threading.Lock()

    async def put(
        self, kind: DocumentKind, id: str, body: dict[str, Any], *, scope: Scope, parent: str = ""
    ) -> None:
        await asyncio.to_thread(self._put, kind, id, body, scope, parent)

    def _put(self, kind: DocumentKind, id: str, body: dict[str, Any], scope: Scope, parent: str) -> None:
        owner = self._keyring.pseudonym(scope.owner)
        kept = self._ledger.documents.get(kind, id)
        if kept is not None and kept.owner != owner:
            return  # an id of somebody else: as if it had never been sent
        vault = self._vaults.of(scope)
        with vault.steady:
            self._put_masked(kind, id, body, owner, vault, parent)

    def _put_masked(
        self, kind: DocumentKind, id: str, body: dict[str, Any], owner: str, vault: Vault, parent: str
    ) -> None:
        values: set[int] = set()

        def masked(text: str) -> dict[str, Any]:
            hidden = self._anonymizer.mask(text, vault)
            values.update(hidden.values)
            return {"t": hidden.text, "s": [[s.start, s.end, s.label, s.value] for s in hidden.spans]}

        plain = json.dumps(_with_texts(body, _is_plain, masked), ensure_ascii=False).encode()
        sealed = self._keyring.cipher(owner, "conversations").seal(plain, _aad(kind, id, owner))
        with self._deciding:
            if not self._deleted & {id, parent}:
                at = microseconds(self._clock())
                self._ledger.documents.put(kind, id, owner, sealed, parent=parent, at=at)
                self._ledger.note_uses(id, values)

    async def get(self, kind: DocumentKind, id: str, *, scope: Scope) -> dict[str, Any] | None:
        def read() -> dict[str, Any] | None:
            document = self._ledger.documents.get(kind, id)
            if document is None or document.owner != self._keyring.pseudonym(scope.owner):
                return None
            return self._opened(document, self._vaults.of(scope))

        return await asyncio.to_thread(read)

    async def list(
        self,
        kind: DocumentKind,
        *,
        scope: Scope,
        parent: str | None = None,
        newest_first: bool = True,
        limit: int = 1000,
    ) -> tuple[dict[str, Any], ...]:
        def read() -> tuple[dict[str, Any], ...]:
            owner, vault = self._keyring.pseudonym(scope.owner), self._vaults.of(scope)
            found = self._ledger.documents.list(
                kind, owner, parent=parent, newest_first=newest_first, limit=limit
            )
            return tuple(self._opened(document, vault) for document in found)

        return await asyncio.to_thread(read)

    async def delete(self, kind: DocumentKind, id: str, *, scope: Scope) -> bool:
        """Delete a document, and with a thread all that hangs below it."""
        if await self.get(kind, id, scope=scope) is None:
            return False

        def remove() -> None:
            with self._deciding:
                if kind == "thread":
                    self._deleted.add(id)
                    for child in BELOW_A_THREAD:
                        self._ledger.documents.delete_children(child, id)
                self._ledger.documents.delete(kind, [id])

        await asyncio.to_thread(remove)
        return True

    async def at_rest(self, *, scope: Scope) -> tuple[tuple[DocumentKind, dict[str, Any]], ...]:
        """Every document as it lies sealed, opened but not restored: placeholders and no names."""

        def read() -> tuple[tuple[DocumentKind, dict[str, Any]], ...]:
            owner = self._keyring.pseudonym(scope.owner)
            return tuple(
                (kind, self._unsealed(document))
                for kind in get_args(DocumentKind)
                for document in self._ledger.documents.list(kind, owner, limit=100_000)
            )

        return await asyncio.to_thread(read)

    def _unsealed(self, document: Document) -> dict[str, Any]:
        aad = _aad(document.kind, document.id, document.owner)
        cipher = self._keyring.cipher(document.owner, "conversations")
        body: dict[str, Any] = json.loads(cipher.open(document.body, aad))
        return body

    def _opened(self, document: Document, vault: Vault) -> dict[str, Any]:
        body = self._unsealed(document)

        def restored(text: dict[str, Any]) -> str:
            return restore(MaskedText(text["t"], tuple(Span(*span) for span in text["s"])), vault)

        opened: dict[str, Any] = _with_texts(body, _is_masked, restored)
        return opened | {
            "_created_at": document.created_at,
            "_updated_at": document.updated_at,
        }


def _with_texts(value: Any, wanted: Callable[[Any], bool], change: Callable[[Any], Any]) -> Any:
    """A copy of a document in which every wanted text, however deep, is changed."""
    if isinstance(value, list):
        return [_with_texts(item, wanted, change) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: change(item) if name in TEXTS and wanted(item) else _with_texts(item, wanted, change)
        for name, item in value.items()
    }


def _is_plain(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _is_masked(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"t", "s"}


def _aad(kind: str, id: str, owner: str) -> bytes:
    return f"{kind}|{id}|{owner}".encode()
