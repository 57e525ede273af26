"""Records in and out of the ledger: masking, sealing, opening, restoring. All of it blocks."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from privacy.anonymization import Anonymizer, restore
from privacy.encryption import KeyRing
from privacy.errors import Unreadable
from privacy.governance import Aside
from privacy.identity import Scope
from privacy.masked_text import MaskedText, Span, joined
from privacy.vault import Vault, Vaults

from .asides import cut, put_back
from .codec import open_record, open_text, seal_record
from .errors import BadInput
from .identifiers import Identifiers
from .lexical import blind
from .moments import microseconds, moment
from .records import (
    Draft,
    Episode,
    Fact,
    Kind,
    Preference,
    Procedure,
    Record,
    Shown,
    Status,
    Utterance,
)
from .showing import quote_of, shown
from .stores.ledger import Ledger, Stored, key_id
from .tombstones import marks

log = logging.getLogger(__name__)

LONGEST_TEXT = 1_000_000  # characters of one message


class Archive:
    """Turns what people say into sealed memories and back, for one owner at a time."""

    def __init__(self, ledger: Ledger, keyring: KeyRing, vaults: Vaults, anonymizer: Anonymizer) -> None:
        self.ledger = ledger
        self._keyring = keyring
        self._vaults = vaults
        self._anonymizer = anonymizer
        self._identifiers = Identifiers(after=ledger.newest())
        self._left_out: set[str] = set()

    def owner(self, scope: Scope) -> str:
        return self._keyring.pseudonym(scope.owner)

    def vault(self, owner: str) -> Vault:
        return self._vaults.of_owner(owner)

    # -- writing ---------------------------------------------------------------------------------

    def episodes(
        self,
        said: Sequence[Utterance],
        owner: str,
        now: datetime,
        *,
        taken: Sequence[Sequence[Aside]] = (),
        wait: Sequence[bool] = (),
    ) -> list[Record]:
        """New episodes, masked, in order; nothing is written to the ledger but vault values.

        `taken`: of each, the sentences that are not simply kept. `wait`: all of it is for its person to accept.
        """
        for utterance in said:
            if not utterance.text.strip():
                raise BadInput("There is nothing to remember in an empty message. Write something first.")
            if any("\ud800" <= character <= "\udfff" for character in utterance.text):
                raise BadInput("This message holds half a character and cannot be stored. Write it again.")
            if len(utterance.text) > LONGEST_TEXT:
                raise BadInput(
                    f"A message may have {LONGEST_TEXT:,} characters at most. Send it in several parts; "
                    "nothing of it was stored."
                )
        vault = self.vault(owner)
        masked = self._without([utterance.text for utterance in said], taken or [()] * len(said), vault)
        places: dict[str, int] = {}
        records = []
        for utterance, text, waits in zip(said, masked, wait or [False] * len(said), strict=True):
            place = places.get(utterance.session)
            if place is None:
                place = self.ledger.next_position(owner, self.session(owner, utterance.session))
            places[utterance.session] = place + 1
            detail = Episode(
                session=utterance.session, position=place, speaker=self._speaker(utterance, vault)
            )
            records.append(
                Record(
                    id=self._identifiers.new(now),
                    owner=owner,
                    kind="episode",
                    text=text,
                    occurred_at=utterance.at or now,
                    recorded_at=now,
                    detail=detail,
                    origin=utterance.origin,
                    status=_status(utterance, waits=waits),
                    sources=utterance.because,
                )
            )
        return records

    def _without(
        self, texts: Sequence[str], taken: Sequence[Sequence[Aside]], vault: Vault
    ) -> list[MaskedText]:
        """The texts masked, a marker where a sentence was taken out."""
        pieces = [cut(text, asides) for text, asides in zip(texts, taken, strict=True)]
        plain = [piece for parts in pieces for piece in parts if isinstance(piece, str) and piece.strip()]
        masked = iter(self._anonymizer.mask_many(plain, vault, to_keep=True))

        def done(piece: str | MaskedText) -> MaskedText:
            if isinstance(piece, MaskedText):
                return piece
            return next(masked) if piece.strip() else MaskedText(piece)

        return [joined([done(piece) for piece in parts]) for parts in pieces]

    def in_place_of(self, record: Record, place: int, sentence: str) -> Record | None:
        """Another version of the record, a sentence back where its marker stands; None when there is no marker."""
        return put_back(record, place, self._anonymizer.mask(sentence, self.vault(record.owner)))

    def derived(
        self, text: str, owner: str, kind: Kind, detail: Fact | Preference | Procedure, **rest: object
    ) -> Record:
        """A derived memory on its way in; `text` is plain and gets masked here."""
        now = rest.pop("now")
        return Record(
            id=self._identifiers.new(now),  # type: ignore[arg-type]  # callers pass a datetime
            owner=owner,
            kind=kind,
            text=self.masked(text, owner),
            recorded_at=now,  # type: ignore[arg-type]
            detail=detail,
            **rest,  # type: ignore[arg-type]
        )

    def mask(self, text: str, owner: str, *, derived: bool) -> MaskedText:
        """Words as they are masked now, said or derived."""
        return self.masked(text, owner) if derived else self._anonymizer.mask(text, self.vault(owner))

    def masked(self, text: str, owner: str) -> MaskedText:
        """Words derived from what was said, which was masked before them."""
        return self._anonymizer.mask_derived(text, self.vault(owner))

    def seal(self, record: Record) -> Stored:
        """The record under a new key of its own, ready for the ledger."""
        wrapped, cipher = self._keyring.mint(record.owner, key_id(record.id, record.version))
        session, position = 0, 0
        if isinstance(record.detail, Episode):
            session, position = self.session(record.owner, record.detail.session), record.detail.position
        return Stored(
            id=record.id,
            owner=record.owner,
            kind=record.kind,
            status=record.status,
            version=record.version,
            session=session,
            position=position,
            occurred_at=microseconds(record.occurred_at),
            recorded_at=microseconds(record.recorded_at),
            importance=record.importance,
            keep_until=microseconds(record.keep_until) if record.keep_until else None,
            sealed=seal_record(record, cipher),
            wrapped=wrapped,
            sources=record.sources,
            vault_values=tuple(value for text in _texts(record) for value in text.values),
        )

    def session(self, owner: str, session: str) -> int:
        """A conversation's number in the index: a keyed hash, never its name."""
        return blind("session:" + session, self._keyring.secret(owner, "session")) + 1

    def _speaker(self, utterance: Utterance, vault: Vault) -> MaskedText:
        name = utterance.speaker
        if name in ("user", "assistant") or not self._anonymizer.enabled:
            return MaskedText(name)
        entry = vault.entry("PERSON", name)
        placeholder = f"[PERSON_{entry.number}]"
        return MaskedText(placeholder, (Span(0, len(placeholder), "PERSON", entry.id),))

    # -- reading ---------------------------------------------------------------------------------

    def open(self, stored: Stored) -> Record:
        return _as_of_today(self._as_sealed(stored), stored)

    def live(
        self, owner: str, *, ids: Collection[str] | None = None, kind: str | None = None
    ) -> Iterator[Record]:
        for stored in self.ledger.live(owner, ids=ids, kind=kind, vectors=False):
            if (record := self._readable(stored)) is not None:
                yield record

    def versions(self, owner: str, ids: Collection[str]) -> list[Record]:
        """Every version of live memories, as it was sealed; the newest has the status of today."""
        stored = [item for item in self.ledger.versions(owner, ids) if self._readable(item) is not None]
        newest = {item.id: item.version for item in stored}
        return [
            self.open(item) if newest[item.id] == item.version else self._as_sealed(item) for item in stored
        ]

    def _as_sealed(self, stored: Stored) -> Record:
        cipher = self._keyring.unwrap(stored.owner, key_id(stored.id, stored.version), stored.wrapped)
        return open_record(
            stored.sealed, cipher, owner=stored.owner, memory=stored.id, version=stored.version
        )

    def opened(self, sealed: Sequence[Stored]) -> Iterator[tuple[Stored, Record]]:
        """These, with what is in them; what is damaged is left out."""
        for stored in sealed:
            if (record := self._readable(stored)) is not None:
                yield stored, record

    def stored(self, owner: str | None = None, *, ids: Collection[str] | None = None) -> Iterator[Stored]:
        """The same, still sealed, for the index."""
        return (item for item in self.ledger.live(owner, ids=ids) if self._readable(item) is not None)

    def _readable(self, stored: Stored) -> Record | None:
        """One damaged memory does not stop the others: it is left out, and `keepsake doctor` names its entry."""
        try:
            return self.open(stored)
        except Unreadable:
            if stored.id not in self._left_out:
                log.warning("a memory is damaged and was left out: run `keepsake doctor`")
                self._left_out.add(stored.id)
            return None

    def texts(self, owner: str) -> Iterator[str]:
        """What every live memory says, as its owner sees it; what is damaged is left out."""
        vault = self.vault(owner)
        for stored in self.ledger.live(owner, vectors=False):
            try:
                cipher = self._keyring.unwrap(owner, key_id(stored.id, stored.version), stored.wrapped)
                text = open_text(stored.sealed, cipher, owner=owner, memory=stored.id, version=stored.version)
            except Unreadable:
                continue
            yield restore(text, vault)

    def text(self, record: Record) -> str:
        """What a record says, as its owner sees it, and nothing of what hangs on it."""
        return restore(record.text, self.vault(record.owner))

    def shown(self, record: Record) -> Shown:
        """A record as its owner sees it."""
        return self.all_shown([record])[0]

    def all_shown(self, records: Iterable[Record]) -> list[Shown]:
        """Records of one owner as they see them; the messages that they quote are opened once for all."""
        read = list(records)
        quoted = {quote.episode for record in read if (quote := quote_of(record)) is not None}
        said = {e.id: e.text for e in self.live(read[0].owner, ids=quoted)} if quoted else {}
        return [shown(record, self.vault(record.owner), said) for record in read]

    # -- what must not be learned again ------------------------------------------------------------

    def marks(self, owner: str, ids: Collection[str]) -> frozenset[bytes]:
        """Marks of all that these memories say."""
        key = self._keyring.secret(owner, "tombstones")
        return frozenset(
            mark for memory in self.all_shown(self.live(owner, ids=ids)) for mark in marks(memory, key)
        )

    def forbids(self, owner: str) -> Callable[[Draft | Shown], bool]:
        """Whether something says what its person does not want to be learned again."""
        key, forbidden = self._keyring.secret(owner, "tombstones"), self.ledger.forbidden(owner)
        return lambda said: bool(forbidden and marks(said, key) & forbidden)


def _status(utterance: Utterance, *, waits: bool) -> Status:
    if utterance.quotation:
        return "quotation"
    return "quarantined" if waits else "active"


def _texts(record: Record) -> list[MaskedText]:
    detail = record.detail
    if isinstance(detail, Episode):
        return [record.text, detail.speaker]
    if isinstance(detail, Fact):
        return [record.text, detail.subject, detail.object]
    if isinstance(detail, Procedure):
        return [record.text, detail.rule, detail.trigger]
    return [record.text, detail.subject, detail.value]


def _as_of_today(record: Record, stored: Stored) -> Record:
    """Status and term live in the ledger's row: they change without a new sealed version."""
    if record.status == stored.status and stored.keep_until is None:
        return record
    until = None if stored.keep_until is None else moment(stored.keep_until)
    return replace(record, status=stored.status, keep_until=until)  # type: ignore[arg-type]  # the column holds Status values
