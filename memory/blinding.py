"""What search gets of a memory and of a question: words as blind terms, meaning as turned vectors. All of it blocks."""

from __future__ import annotations

from privacy.anonymization import Anonymizer, in_plain_words, restore
from privacy.encryption import Cipher, KeyRing
from privacy.errors import KeyDestroyed, Unreadable
from privacy.masked_text import Span
from privacy.vault import Vault

from .archive import Archive
from .codec import open_vectors, seal_vectors
from .lexical import ASKS, blind, date_words, sparse
from .ports import Row, Vector
from .question import Question, understood
from .records import Episode, Record
from .stores.ledger import Stored, key_id
from .vector import rotation, rows_of


class Blinding:
    """Lets the index compare what it cannot read: every term and every vector is under its owner's key."""

    def __init__(self, archive: Archive, keyring: KeyRing, anonymizer: Anonymizer) -> None:
        self._archive = archive
        self._keyring = keyring
        self._anonymizer = anonymizer

    # -- of a memory -------------------------------------------------------------------------------

    def rows(self, stored: Stored, vectors: Vector | None) -> list[Row]:
        """The index rows of a memory; `vectors` are not yet turned."""
        turned = None if vectors is None else self.turned(vectors, stored.owner)
        return rows_of(stored, stored.sealed, turned, self.sparse(self._archive.open(stored)))

    def sparse(self, record: Record) -> dict[int, float]:
        """Blind weights of the original words; what was redacted is never hashed."""
        vault, detail, head, speaker = self._archive.vault(record.owner), record.detail, "", "user"
        if isinstance(detail, Episode):
            speaker = restore(detail.speaker, vault)
            head = f"{date_words(record.occurred_at)} {speaker}:"
        words = record.text.replaced(lambda span: _value(span, vault))
        return sparse(words, head, speaker, self._term_key(record.owner))

    def plain_words(self, record: Record) -> str:
        """What the embedder sees: the text, a plain word for each placeholder. Speaker and date would
        make all of one person's turns alike; search by words knows them."""
        return in_plain_words(record.text)

    # -- of a question -----------------------------------------------------------------------------

    def asked(self, question: str, owner: str) -> Question:
        """What a question asks for, as dimensions of the owner's index."""
        key = self._term_key(owner)
        return understood(question, lambda term: blind(term, key))

    def asking_dimension(self, owner: str) -> int:
        """The dimension that marks a memory that only asks."""
        return blind(ASKS, self._term_key(owner))

    def plain_question(self, question: str, owner: str) -> str:
        """What the embedder sees of a question."""
        return in_plain_words(self._anonymizer.mask_known(question, self._archive.vault(owner)))

    # -- vectors -----------------------------------------------------------------------------------

    def turned(self, vectors: Vector, owner: str) -> Vector:
        """Vectors under the owner's secret rotation."""
        return (vectors @ rotation(self._keyring.secret(owner, "rotation"), vectors.shape[-1])).astype(
            "float32"
        )

    def seal_vectors(self, stored: Stored, vectors: Vector) -> bytes:
        """For the ledger, under the key of the memory itself: with it they are destroyed."""
        return seal_vectors(
            vectors, self._cipher(stored), owner=stored.owner, memory=stored.id, version=stored.version
        )

    def vectors(self, stored: Stored, dimensions: int) -> Vector | None:
        """None when there are none yet, or none that can be read: then they are made again."""
        if stored.vector is None:
            return None
        cipher = self._cipher(stored)
        try:
            return open_vectors(
                stored.vector,
                cipher,
                dimensions,
                owner=stored.owner,
                memory=stored.id,
                version=stored.version,
            )
        except Unreadable:
            return None

    def _cipher(self, stored: Stored) -> Cipher:
        return self._keyring.unwrap(stored.owner, key_id(stored.id, stored.version), stored.wrapped)

    def _term_key(self, owner: str) -> bytes:
        return self._keyring.secret(owner, "terms")


def _value(span: Span, vault: Vault) -> str:
    """What stood in this place; nothing where it was redacted, or its value destroyed."""
    try:
        return "" if span.value is None else vault.value(span.value)
    except KeyDestroyed:
        return ""
