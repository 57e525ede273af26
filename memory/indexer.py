"""The follower that keeps Milvus up with the journal, from a bookmark.

Every step may be repeated: a memory that is live is written, one that is not is removed.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import numpy as np

from privacy.identity import Scope

from .archive import Archive
from .errors import IndexFault
from .hush import Hush
from .ports import Embedder, Row, Vector, VectorIndex
from .stores.ledger import Stored
from .vector import names, windows
from .working_set import WorkingSet

log = logging.getLogger(__name__)

BOOKMARK = "index"
READING = "index:reading"
# How a memory is read before it is embedded and before its words are hashed. Another number here, or
# another embedder, and the index follows the whole journal again, in the background.
EMBEDDED_AS, WORDS_AS = "text", "words, phrases, speaker, asking"
BATCH = 64
A_FEW = 8  # texts embedded in one go
ASKED = 4096  # rows in one question to Milvus
NEAREST = 50  # rows that a look for what was forgotten may bring


class Indexer:
    """Embeds, writes index rows and keeps the working sets; all of it blocks."""

    def __init__(self, archive: Archive, index: VectorIndex, embedder: Embedder, hush: Hush) -> None:
        self._archive = archive
        self._index = index
        self._embedder = embedder
        self._hush = hush
        self._sets: dict[str, WorkingSet] = {}
        self._lock = threading.RLock()  # guards the working sets
        self._catching_up = threading.Lock()
        self._checking = threading.Lock()
        self._stopping = False
        self._doubtful = True  # whether rows may be missing: at the start, and after every fault

    def behind(self) -> int:
        """Journal entries that the index has not seen."""
        return self._archive.ledger.last_seq() - self._bookmark()

    def catch_up(self) -> None:
        """Bring the index up to the journal. Raises IndexFault; the bookmark then stays where it was."""
        with self._catching_up:
            self._read_anew_if_reading_changed()
            while not self._stopping and (changes := self._archive.ledger.changes(self._bookmark(), BATCH)):
                for owner in dict.fromkeys(change[1] for change in changes):
                    self._follow(
                        owner, list(dict.fromkeys(change[3] for change in changes if change[1] == owner))
                    )
                self._archive.ledger.set_bookmark(BOOKMARK, str(changes[-1][0]))

    def stop(self) -> None:
        """Wait for the batch at hand; after this nobody starts the host again."""
        self._stopping = True
        with self._catching_up:
            pass

    def _read_anew_if_reading_changed(self) -> None:
        reading = f"{self._embedding} / {WORDS_AS}"
        if self._archive.ledger.bookmark(READING) != reading:
            self._archive.ledger.set_bookmark(BOOKMARK, "0")
            self._archive.ledger.set_bookmark(READING, reading)

    @property
    def _embedding(self) -> str:
        """What a sealed vector must have been made by to be used again."""
        return f"{self._embedder.name} / {EMBEDDED_AS}"

    def _kept_vectors(self, stored: Stored) -> Vector | None:
        if stored.embedder != self._embedding:
            return None
        return self._archive.vectors(stored, self._embedder.dimensions)

    def _bookmark(self) -> int:
        return int(self._archive.ledger.bookmark(BOOKMARK) or 0)

    def _follow(self, owner: str, ids: Sequence[str]) -> None:
        live = list(self._archive.stored(owner, ids=ids))
        rows = [
            row for stored, vectors in self._embedded(live) for row in self._archive.rows(stored, vectors)
        ]
        gone = set(ids) - {stored.id for stored in live}
        with self._lock:
            known = self._sets.get(owner)
            if known is not None:
                known.add(rows)
                known.remove(gone)
        self._reaching_milvus(lambda: self._write(owner, rows, sorted(gone)))

    def _write(self, owner: str, rows: Sequence[Row], gone: Sequence[str]) -> None:
        if rows:
            self._index.upsert(rows)
        if gone:
            self._index.remove(owner, gone)

    def _reaching_milvus(self, work: Callable[[], None]) -> None:
        """Once more with a fresh host when the first try finds it dead."""
        try:
            work()
        except IndexFault:
            self._doubtful = True
            self._index.recover()
            work()

    def check(self) -> None:
        """After a start or a fault: does Milvus hold as many memories as the ledger? If not, rebuild."""
        with self._checking:
            if self._doubtful and not self._stopping and (whole := self._is_whole()) is not None:
                if not whole:
                    log.warning("the search index had lost memories: it is made anew from the ledger")
                    self.rebuild()
                self._doubtful = False

    def _is_whole(self) -> bool | None:
        """None while something is being written: then nothing can be said yet."""
        with self._catching_up:
            seq = self._archive.ledger.last_seq()
            if self._bookmark() != seq:
                return None
            rows: list[int] = []
            self._reaching_milvus(lambda: rows.append(self._index.count(windows=False)))
            live = self._archive.ledger.live_count()
            whole = rows[-1] == live or rows[-1] == sum(1 for _ in self._archive.stored())
            return whole if self._archive.ledger.last_seq() == seq else None

    def _embedded(self, live: Sequence[Stored]) -> list[tuple[Stored, Vector]]:
        """Each memory with its vectors, one per window; new ones are embedded and kept sealed."""
        done: dict[str, Vector] = {}
        texts: list[str] = []
        pieces: list[tuple[Stored, int, int]] = []
        for stored in live:
            kept = self._kept_vectors(stored)
            if kept is not None:
                done[stored.id] = kept
                continue
            parts = windows(self._archive.plain_words(self._archive.open(stored)))
            pieces.append((stored, len(texts), len(texts) + len(parts)))
            texts += parts
        if texts:
            vectors = self._vectors(texts)
            done |= {stored.id: vectors[start:end] for stored, start, end in pieces}
            self._archive.ledger.keep_vectors(
                [
                    (stored.id, stored.version, self._archive.seal_vectors(stored, done[stored.id]))
                    for stored, *_ in pieces
                ],
                self._embedding,
            )
        return [(stored, done[stored.id]) for stored in live]

    def _vectors(self, texts: Sequence[str]) -> Vector:
        """A few at a time, for somebody may want to ask in between."""
        found = []
        for start in range(0, len(texts), A_FEW):
            self._hush.give_way()
            few = texts[start : start + A_FEW]
            found.append(self._embedder.embed_memories(few, scope=Scope("(background)")))
        return np.concatenate(found)

    # -- working sets ------------------------------------------------------------------------------

    def note(self, stored: Sequence[Stored]) -> None:
        """New memories can be found by their words at once, before they are embedded."""
        with self._lock:
            for item in stored:
                known = self._sets.get(item.owner)
                if known is not None:
                    known.add(self._archive.rows(item, None))
                    for memory in item.sources if item.kind == "episode" else ():
                        known.used(memory, item.id, item.recorded_at)

    def drop(self, owner: str, ids: Sequence[str]) -> None:
        with self._lock:
            if owner in self._sets:
                self._sets[owner].remove(ids)

    def let_go(self) -> None:
        """Keep no row in memory: they are loaded again when somebody asks."""
        with self._lock:
            self._sets.clear()

    def drop_owner(self, owner: str) -> None:
        """Nothing of this owner is remembered any more. Should Milvus be away, the check after it does this."""
        with self._lock:
            self._sets.pop(owner, None)
        self._doubtful = True
        try:
            self._index.remove_owner(owner)
        except IndexFault:
            log.warning("the search index is away: what it holds of a forgotten person goes when it is back")

    def working_set(self, owner: str) -> tuple[WorkingSet, threading.RLock]:
        """The owner's rows, loaded from Milvus on first use, and the lock to hold while reading them."""
        with self._lock:
            if owner not in self._sets:
                self._sets[owner] = self._load(owner)
            return self._sets[owner], self._lock

    def _load(self, owner: str) -> WorkingSet:
        loaded = WorkingSet(self._embedder.dimensions, self._archive.asking_dimension(owner))
        live = {stored.id: stored for stored in self._archive.stored(owner)}
        try:
            rows = [row for row in self._index.rows(owner) if row.id.split("#", 1)[0] in live]
        except IndexFault:
            rows = []  # the ledger has everything that Milvus has; it is only slower
        current = {row.id for row in rows if row.version == live[row.id.split("#", 1)[0]].version}
        loaded.add(row for row in sorted(rows, key=lambda row: row.id) if row.id.split("#", 1)[0] in current)
        for memory, stored in live.items():
            if memory not in loaded:
                loaded.add(self._archive.rows(stored, self._kept_vectors(stored)))
        for memory, answer, at in self._archive.ledger.uses(owner):
            loaded.used(memory, answer, at)
        return loaded

    # -- rebuilding --------------------------------------------------------------------------------

    def rebuild(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Write the whole index anew from the ledger; what has a sealed vector is not embedded again."""
        with self._catching_up:
            seq = self._archive.ledger.last_seq()
            live = list(self._archive.stored())
            # should this break off: everything is followed again
            self._archive.ledger.set_bookmark(BOOKMARK, "0")
            self._reaching_milvus(lambda: self._index.rebuild(self._all_rows(live, progress)))
            self._archive.ledger.set_bookmark(BOOKMARK, str(seq))
            with self._lock:
                self._sets.clear()
        return len(live)

    def _all_rows(self, live: Sequence[Stored], progress: Callable[[int, int], None] | None) -> Iterator[Row]:
        for start in range(0, len(live), BATCH):
            for stored, vectors in self._embedded(live[start : start + BATCH]):
                yield from self._archive.rows(stored, vectors)
            if progress is not None:
                progress(min(start + BATCH, len(live)), len(live))

    # -- looking for what was forgotten ------------------------------------------------------------

    def found(self, owner: str, ids: Sequence[str]) -> int:
        """How many of these memories the index or a working set still holds."""
        wanted = set(ids)
        with self._lock:
            here = len(wanted & self._sets[owner].ids()) if owner in self._sets else 0
        rows = [row for memory in sorted(wanted) for row in names(memory)]
        return here + sum(
            self._index.count(owner, ids=rows[start : start + ASKED]) for start in range(0, len(rows), ASKED)
        )

    def rows_of(self, owner: str) -> int:
        """How many rows an owner has, here and in Milvus."""
        with self._lock:
            here = len(self._sets[owner]) if owner in self._sets else 0
        return here + self._index.count(owner)

    def brought_by_words(self, owner: str, terms: Mapping[int, float], gone: Collection[str]) -> int:
        found = self._index.matching(owner, terms, limit=NEAREST)
        return sum(row.split("#", 1)[0] in gone for row, _ in found)

    def brought_by_meaning(self, owner: str, vector: Vector, gone: Collection[str]) -> int:
        found = self._index.near(owner, vector, limit=NEAREST)
        return sum(row.split("#", 1)[0] in gone for row, _ in found)

    def vector(self, stored: Stored) -> Vector | None:
        """A memory's vector as the index has it; None when it was never embedded."""
        kept = self._archive.vectors(stored, self._embedder.dimensions)
        return None if kept is None else self._archive.turned(kept, stored.owner)[0]
