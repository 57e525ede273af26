"""Conversations as their people see them again: threads, steps and the like, masked and sealed.

A document is a JSON object; the texts in it (`TEXTS`) are masked before it is sealed, and restored for its owner.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, Literal, Protocol, get_args

from privacy.anonymization import Anonymizer, restore
from privacy.encryption import KeyRing
from privacy.errors import KeyDestroyed, Unreadable
from privacy.identity import Scope
from privacy.masked_text import MaskedText, Span
from privacy.vault import Vault, Vaults

from .moments import microseconds
from .stores.documents import Document, Rewritten
from .stores.ledger import Ledger

DocumentKind = Literal[
    "thread",
    "step",
    "element",
    "feedback",
    "receipt",
    "choice",
    "outcomes",
    "notice",
    "identity",
    "control",
    "loop",
    "milestone",
    "waiting",  # a sentence that waits for a yes
    "arrival",  # memories from a file that wait for a yes
    "grant",
    "reservation",
    "hidden",  # who or what is not shown in Connections: mentions, no names
    "remnant",  # a chat that was deleted, whose memories wait for a decision: no words
    "decision",  # what a decision changed, while it can be taken back: ids, no words
    "places",  # where they lie in that picture: mentions, no names
    "review",  # what was put off in Review, and what was asked when: ids, no words
]
BELOW_A_THREAD: tuple[DocumentKind, ...] = ("step", "element", "feedback", "receipt")
CHATS = ("thread", "step", "element")  # what "keep the conversations" is about
TEXTS = ("name", "output", "input", "comment")
FORGOTTEN = "[forgotten]"  # stands where words were taken out


class Sieve(Protocol):
    """What of the chat may be kept."""

    def keeps_chats(self, owner: str) -> bool: ...
    def transcript(self, kind: str, owner: str, text: str) -> str: ...


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
        self.sieve: Sieve | None = None  # None: everything may be kept

    def owner(self, scope: Scope) -> str:
        """Whose documents these are: a pseudonym."""
        return self._keyring.pseudonym(scope.owner)

    async def put(
        self, kind: DocumentKind, id: str, body: dict[str, Any], *, scope: Scope, parent: str = ""
    ) -> None:
        await asyncio.to_thread(self.write, kind, id, body, self._keyring.pseudonym(scope.owner), parent)

    def rewrite(self, kind: DocumentKind, owner: str) -> None:
        """Every document of a kind once more, masked as its person wants now, as of when it was written."""
        for document in self._ledger.documents.list(kind, owner, limit=1_000_000):
            try:
                body = self._opened(document, self._vaults.of_owner(owner))
            except (Unreadable, KeyDestroyed):
                continue
            plain = {
                name: value for name, value in body.items() if name not in ("_created_at", "_updated_at")
            }
            self.write(kind, document.id, plain, owner, document.parent, at=document.updated_at)

    def write(
        self,
        kind: DocumentKind,
        id: str,
        body: dict[str, Any],
        owner: str,
        parent: str = "",
        *,
        at: int | None = None,
    ) -> None:
        """The same for who is in a worker thread already. `at`: when it was written, if not now."""
        vault, sieve = self._vaults.of_owner(owner), self.sieve
        if sieve is not None and kind in CHATS and not sieve.keeps_chats(owner):
            return
        with vault.steady:
            before = self._ledger.documents.get(kind, id)
            if before is not None and before.owner != owner:
                return  # an id of somebody else: as if it had never been sent
            values: set[int] = set()

            def masked(text: str) -> dict[str, Any]:
                kept = text if sieve is None else sieve.transcript(kind, owner, text)
                hidden = self._anonymizer.mask(kept, vault, to_keep=True)
                values.update(hidden.values)
                return {"t": hidden.text, "s": [[s.start, s.end, s.label, s.value] for s in hidden.spans]}

            masked_body = _with_texts(body, _is_plain, masked)
            sealed, key, wrapped = self._sealed(kind, id, owner, masked_body, before)
            with self._deciding:
                if self._deleted & {id, parent}:
                    return
                moment = microseconds(self._clock()) if at is None else at
                unused = self._ledger.documents.put(
                    kind, id, owner, sealed, parent=parent, at=moment, key=key, wrapped=wrapped, uses=values
                )
            vault.drop(sorted(unused))

    def _sealed(
        self, kind: str, id: str, owner: str, body: dict[str, Any], kept: Document | None = None
    ) -> tuple[bytes, str, bytes]:
        """A document under the key it has already, or under a new one; and that key, by name and wrapped."""
        if kept is not None and kept.wrapped is not None:
            key, wrapped = kept.key, kept.wrapped
            cipher = self._keyring.unwrap(owner, key, wrapped)
        else:
            key = f"document:{secrets.token_hex(12)}"  # a new name too: an old copy must not find this key
            wrapped, cipher = self._keyring.mint(owner, key)
        plain = json.dumps(body, ensure_ascii=False).encode()
        return cipher.seal(plain, _aad(kind, id, owner)), key, wrapped

    async def get(self, kind: DocumentKind, id: str, *, scope: Scope) -> dict[str, Any] | None:
        return await asyncio.to_thread(self.read, kind, id, self._keyring.pseudonym(scope.owner))

    def read(self, kind: DocumentKind, id: str, owner: str) -> dict[str, Any] | None:
        """The same for who is in a worker thread already."""
        document = self._ledger.documents.get(kind, id)
        if document is None or document.owner != owner:
            return None
        return self._opened(document, self._vaults.of_owner(owner))

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

        await asyncio.to_thread(self.remove, kind, id, self._keyring.pseudonym(scope.owner))
        return True

    def remove(self, kind: DocumentKind, id: str, owner: str) -> None:
        """The same for who is in a worker thread already, and knows that it is there."""
        vault, unused = self._vaults.of_owner(owner), set[int]()
        with vault.steady, self._deciding:
            if kind == "thread":
                self._deleted.add(id)
                for child in BELOW_A_THREAD:
                    unused |= self._ledger.documents.delete_children(child, id)
            unused |= self._ledger.documents.delete(kind, [id])
            vault.drop(sorted(unused))

    def remove_below(self, kind: DocumentKind, parents: Collection[str], owner: str) -> None:
        """All documents of a kind that hang below these."""
        vault = self._vaults.of_owner(owner)
        with vault.steady:
            for parent in parents:
                vault.drop(sorted(self._ledger.documents.delete_children(kind, parent)))

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

    def every(self, owner: str, kinds: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """All documents of these kinds as their owner sees them, oldest first; what is damaged is left out."""
        vault = self._vaults.of_owner(owner)
        for kind in kinds:
            for document in self._ledger.documents.list(kind, owner, newest_first=False, limit=1_000_000):
                try:
                    yield kind, self._opened(document, vault)
                except (Unreadable, KeyDestroyed):
                    continue

    def named(self, owner: str, kind: DocumentKind) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """The same of one kind, with the id of each and of what it hangs below."""
        vault = self._vaults.of_owner(owner)
        for document in self._ledger.documents.list(kind, owner, newest_first=False, limit=1_000_000):
            try:
                yield document.id, document.parent, self._opened(document, vault)
            except (Unreadable, KeyDestroyed):
                continue

    def everybodys(self, kind: DocumentKind, parent: str) -> Iterator[dict[str, Any]]:
        """All documents of a kind that hang below this, whosever they are; what is damaged is left out."""
        for document in self._ledger.documents.everybody(kind, parent=parent):
            try:
                yield self._opened(document, self._vaults.of_owner(document.owner))
            except (Unreadable, KeyDestroyed):
                continue

    def end_all(self, owner: str) -> None:
        """All conversations of an owner go: what is still being written of one comes too late."""
        with self._deciding:
            self._deleted |= {d.id for d in self._ledger.documents.list("thread", owner, limit=1_000_000)}

    # -- taking words out --------------------------------------------------------------------------

    def below(self, owner: str, threads: Collection[str]) -> Sequence[Document]:
        """These conversations and all that hangs below them, sealed."""
        found = [d for d in (self._ledger.documents.get("thread", id) for id in sorted(threads)) if d]
        for thread in sorted(threads):
            for kind in BELOW_A_THREAD:
                found += self._ledger.documents.list(kind, owner, parent=thread, limit=1_000_000)
        return [document for document in found if document.owner == owner]

    def texts(self, document: Document) -> Sequence[str]:
        """Every text in a document, as its owner sees it."""
        vault, found = self._vaults.of_owner(document.owner), list[str]()
        body = self._readable(document)
        _with_texts(body, _is_masked, lambda text: found.append(_restored(text, vault)))
        return found

    def without(self, document: Document, taken: Callable[[str], bool]) -> Rewritten | None:
        """A document with a hole for every text that is `taken`, under a new key; None when nothing is."""
        vault, uses, holes = self._vaults.of_owner(document.owner), set[int](), list[str]()

        def change(text: dict[str, Any]) -> dict[str, Any]:
            if taken(_restored(text, vault)):
                holes.append(document.id)
                return {"t": FORGOTTEN, "s": []}
            uses.update(span[3] for span in text["s"] if span[3] is not None)
            return text

        body = _with_texts(self._readable(document), _is_masked, change)
        if not holes:
            return None
        sealed, key, wrapped = self._sealed(document.kind, document.id, document.owner, body)
        return Rewritten(document.kind, document.id, document.owner, sealed, key, wrapped, frozenset(uses))

    def blank(self, owner: str, threads: Collection[str], taken: Callable[[str], bool]) -> int:
        """A hole in these conversations for every text that is `taken`; in how many documents."""
        vault = self._vaults.of_owner(owner)
        with vault.steady:
            found = [self.without(document, taken) for document in self.below(owner, threads)]
            changed = [rewritten for rewritten in found if rewritten is not None]
            if changed:
                vault.drop(sorted(self._ledger.documents.rewrite(changed)))
        return len(changed)

    def _readable(self, document: Document) -> dict[str, Any]:
        """A damaged document says nothing any more: it does not stand in the way of forgetting."""
        try:
            return self._unsealed(document)
        except (Unreadable, KeyDestroyed):
            return {}

    def _unsealed(self, document: Document) -> dict[str, Any]:
        aad, key = _aad(document.kind, document.id, document.owner), document.key
        if not key:
            cipher = self._keyring.cipher(document.owner, "conversations")
        elif document.wrapped is None:
            raise KeyDestroyed("The key of this part of a conversation was destroyed: it is forgotten.")
        else:
            cipher = self._keyring.unwrap(document.owner, key, document.wrapped)
        body: dict[str, Any] = json.loads(cipher.open(document.body, aad))
        return body

    def _opened(self, document: Document, vault: Vault) -> dict[str, Any]:
        opened: dict[str, Any] = _with_texts(
            self._unsealed(document), _is_masked, lambda text: _restored(text, vault)
        )
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


def _restored(text: dict[str, Any], vault: Vault) -> str:
    return restore(MaskedText(text["t"], tuple(Span(*span) for span in text["s"])), vault)


def _is_plain(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _is_masked(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"t", "s"}


def _aad(kind: str, id: str, owner: str) -> bytes:
    return f"{kind}|{id}|{owner}".encode()
