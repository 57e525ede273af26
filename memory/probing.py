"""Looking whether what was destroyed is gone: by id, by its words, by its meaning and by its bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .archive import Archive
from .blinding import Blinding
from .conversations import Conversations
from .errors import IndexFault
from .hiding import TRANSCRIPT
from .indexer import Indexer
from .probes import LOOKED_FOR, TELLING, Sought, files_with, letters, repeating
from .records import Episode
from .stores.ledger import ForgettingRow, Stored


class Probing:
    """Looks, and counts what it finds. All of it blocks."""

    def __init__(
        self, archive: Archive, blinding: Blinding, indexer: Indexer, conversations: Conversations
    ) -> None:
        self._archive = archive
        self._ledger = archive.ledger
        self._blinding = blinding
        self._indexer = indexer
        self._conversations = conversations
        self._unprobed: dict[str, tuple[Sought, ...]] = {}  # what is to be looked for once Milvus is back

    def look_for(self, sought: tuple[Sought, ...], row: ForgettingRow) -> None:
        """Nobody but us knows these words any more: they are let go of once they were looked for."""
        self._unprobed[row.id] = sought
        self.look(row)

    def sought(self, going: Sequence[Stored]) -> Iterator[Sought]:
        """What to look for afterwards. Nothing keeps it but the caller."""
        for number, (stored, record) in enumerate(self._archive.opened(going)):
            full = number < LOOKED_FOR
            yield Sought(
                id=record.id,
                session=record.detail.session if isinstance(record.detail, Episode) else "",
                text=self._archive.text(record),
                masked=record.text.text,
                terms=self._blinding.sparse(record) if full else {},
                vector=self._indexer.vector(stored) if full else None,
            )

    def look(self, row: ForgettingRow) -> None:
        """Count what is still found; without Milvus `finish` looks again. After a crash nobody knows the words any more."""
        sought = self._unprobed.get(row.id)
        try:
            self._indexer.catch_up()
            if row.ids:
                probes = [("id", self._ledger.remains(row) + self._indexer.found(row.owner, row.ids))]
            else:
                probes = [("id", self._ledger.owned_by(row.owner) + self._indexer.rows_of(row.owner))]
            if sought is not None:
                probes += self._by_words_and_meaning(row, sought[:LOOKED_FOR])
        except IndexFault:
            return
        if sought is not None:
            probes += self._by_bytes(row, sought[:LOOKED_FOR])
        self._unprobed.pop(row.id, None)
        self._ledger.keep_probes(row.id, probes)
        self._ledger.done([row.id], "checks")

    def _by_words_and_meaning(self, row: ForgettingRow, sought: Sequence[Sought]) -> list[tuple[str, int]]:
        """Questions to the index with the very words and sense of what was forgotten."""
        gone = set(row.ids) | {one.id for one in sought}
        words = sum(self._indexer.brought_by_words(row.owner, one.terms, gone) for one in sought)
        vectors = [one.vector for one in sought if one.vector is not None]
        meaning = sum(self._indexer.brought_by_meaning(row.owner, vector, gone) for vector in vectors)
        return [("words", words), ("meaning", meaning)]

    def _by_bytes(self, row: ForgettingRow, sought: Sequence[Sought]) -> list[tuple[str, int]]:
        """Other records and raw files that hold the words, and lines of the chat that say them."""
        texts = [text for one in sought for text in {one.text, one.masked} if len(letters(text)) >= TELLING]
        places, lines, repeats = files_with(self._ledger.folder, texts), 0, repeating(texts)
        places += sum(map(repeats, self._archive.texts(row.owner)))
        said = {session: repeating(there) for session, there in by_session(sought).items()}
        for document in self._conversations.below(row.owner, said):
            found = any(map(said[document.parent or document.id], self._conversations.texts(document)))
            lines += found and document.kind in TRANSCRIPT
            places += found and document.kind not in TRANSCRIPT
        return [("bytes", places), ("transcripts", lines)]

    def look_again(self, row: ForgettingRow) -> None:
        """Its words are known to nobody any more: it is looked for by id, and what words found before is told on."""
        if row.id in self._unprobed:
            return self.look(row)
        try:
            self._indexer.catch_up()
            by_id = self._ledger.remains(row) + self._indexer.found(row.owner, row.ids)
        except IndexFault:
            return None
        found = dict(row.probes) | {"id": by_id}
        self._ledger.keep_probes(row.id, list(found.items()))
        return self._ledger.done([row.id], "checks")


def by_session(sought: Sequence[Sought]) -> dict[str, list[str]]:
    """What was said in each conversation."""
    said: dict[str, list[str]] = {}
    for one in sought:
        if one.session:
            said.setdefault(one.session, []).append(one.text)
    return said
