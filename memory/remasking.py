"""What is stored follows how its person wants details masked: every text is masked anew, in the background.

Interrupted, the next round begins again: a text that is masked as wanted stays as it is. What was redacted stays so.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import datetime

from privacy.anonymization import restore
from privacy.governance import Masking
from privacy.masked_text import MaskedText, joined

from .archive import Archive
from .charters import Charters
from .conversations import Conversations, DocumentKind
from .learning import quoted
from .moments import microseconds
from .records import Record
from .showing import quote_of

AT_ONCE = 64  # memories in one transaction
DOCUMENTS: tuple[DocumentKind, ...] = ("thread", "step", "feedback", "receipt", "waiting", "grant", "choice")


def named(masking: Masking) -> str:
    """A short name of a policy, that says nothing of its words."""
    return hashlib.sha256(json.dumps(asdict(masking), sort_keys=True).encode()).hexdigest()[:16]


class Remasking:
    """One round over everybody whose policy is another one than what is stored follows. All of it blocks."""

    def __init__(self, archive: Archive, conversations: Conversations, charters: Charters) -> None:
        self._archive = archive
        self._conversations = conversations
        self._charters = charters
        self._one_round = threading.Lock()

    def catch_up(self, now: datetime) -> int:
        """How many memories are masked otherwise now."""
        owners = {document.owner for document in self._archive.ledger.documents.everybody("choice")}
        with self._one_round:
            return sum(self._follow(owner, now) for owner in sorted(owners))

    def _follow(self, owner: str, now: datetime) -> int:
        wanted, name = named(self._charters.of_owner(owner).masking), f"masking:{owner}"
        followed = self._archive.ledger.bookmark(name) or named(Masking())
        if followed == wanted:
            return 0
        changed = self._memories(owner, now)
        self._documents(owner)
        self._archive.ledger.set_bookmark(name, wanted)
        return changed

    def _memories(self, owner: str, now: datetime) -> int:
        """An episode and what quotes it change in one transaction: a quotation is a stretch of its masked text."""
        groups: dict[str, list[str]] = {}
        for record in self._archive.live(owner):
            quote = quote_of(record)
            groups.setdefault(quote.episode if quote else record.id, []).append(record.id)
        together, changed = list[str](), 0
        for number, (episode, quoting) in enumerate(groups.items(), start=1):
            together += [episode, *quoting]
            if len(together) >= AT_ONCE or number == len(groups):
                changed += self._batch(owner, together, now)
                together = []
        return changed

    def _batch(self, owner: str, ids: list[str], now: datetime) -> int:
        vault = self._archive.vault(owner)
        with vault.steady:
            before = {record.id: record for record in self._archive.live(owner, ids=ids)}
            said = {memory.id: memory.quote for memory in self._archive.all_shown(before.values())}
            after = {id: self._anew(record) for id, record in before.items()}
            for id, record in after.items():
                after[id] = self._quoting(record, said[id], after)
            changed = [replace(r, version=r.version + 1) for id, r in after.items() if r != before[id]]
            if changed:
                sealed = [("masked anew", self._archive.seal(record)) for record in changed]
                vault.drop(sorted(self._archive.ledger.supersede(sealed, microseconds(now))))
        return len(changed)

    def _anew(self, record: Record) -> Record:
        detail = record.detail
        changes = {
            name: self._masked(value, record.owner, derived=True)
            for name in type(detail).__dataclass_fields__
            if isinstance(value := getattr(detail, name), MaskedText)
        }
        text = self._masked(record.text, record.owner, derived=record.kind != "episode")
        return replace(record, text=text, detail=replace(detail, **changes))  # type: ignore[arg-type]  # by name, of one detail

    def _quoting(self, record: Record, words: str, after: dict[str, Record]) -> Record:
        quote = quote_of(record)
        if quote is None or not words or quote.episode not in after:
            return record
        anew = quoted(words, after[quote.episode], self._archive) or quote
        return replace(record, detail=replace(record.detail, quote=anew))  # type: ignore[arg-type]  # only these have one

    def _masked(self, text: MaskedText, owner: str, *, derived: bool) -> MaskedText:
        """The text masked as its person wants now; what was redacted or taken aside stays where it stands."""
        if text.text in ("", "user", "assistant"):
            return text
        vault = self._archive.vault(owner)
        parts = list[MaskedText]()
        for piece in _between(text):
            redacted = (
                bool(piece.spans) and piece.spans[0].value is None and piece.spans[0].end == len(piece.text)
            )
            plain = restore(piece, vault)
            parts.append(
                piece if redacted or not plain.strip() else self._archive.mask(plain, owner, derived=derived)
            )
        return joined(parts)

    def _documents(self, owner: str) -> None:
        for kind in DOCUMENTS:
            self._conversations.rewrite(kind, owner)


def _between(text: MaskedText) -> Iterator[MaskedText]:
    """The stretches between what was redacted, and these themselves."""
    at = 0
    for span in text.spans:
        if span.value is None:
            yield text.part(at, span.start)
            yield text.part(span.start, span.end)
            at = span.end
    yield text.part(at, len(text.text))
