"""The follower that keeps Milvus up with the journal, from a bookmark.

Every step may be repeated: a memory that is live is written, one that is not is removed.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial

from .archive import Archive
from .blinding import Blinding
from .embedding import Embedding
from .errors import IndexFault
from .loading import Loading
from .ports import Embedder, Row, Vector, VectorIndex
from .stores.ledger import Stored
from .vector import memory_of, names
from .working_set import WorkingSet
from .working_sets import WorkingSets

log = logging.getLogger(__name__)

BOOKMARK = "index"
READING = "index:reading"
# How a memory is read before its words are hashed. Another word here, or other vectors, and the index follows the whole
# journal again, in the background.
WORDS_AS = "words, phrases, speaker, asking"
BATCH = 64
ASKED = 4096  # rows in one question to Milvus
NEAREST = 50  # rows that a look for what was forgotten may bring


class Indexer:
    """Writes index rows and keeps the working sets; all of it blocks."""

    def __init__(
        self,
        archive: Archive,
        blinding: Blinding,
        index: VectorIndex,
        embedding: Embedding,
        successor: Embedding | None = None,
    ) -> None:
        """`successor`: takes over from `embedding` when it has read everything."""
        self._archive = archive
        self._blinding = blinding
        self._index = index
        self._embedding = embedding
        self._successor = successor
        self._loading = Loading(archive, blinding, index)
        self._sets = WorkingSets(lambda owner: self._loading(owner, self._embedding))
        self._catching_up = threading.Lock()
        self._checking = threading.Lock()
        self._stopping = False
        self._doubtful = True  # whether rows may be missing: at the start, and after every fault

    @property
    def embedder(self) -> Embedder:
        """Who made the vectors that are searched: a question is read by the same."""
        return self._embedding.embedder

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
        reading = f"{self._embedding.mark} / {WORDS_AS}"
        if self._archive.ledger.bookmark(READING) != reading:
            self._archive.ledger.set_bookmark(BOOKMARK, "0")
            self._archive.ledger.set_bookmark(READING, reading)

    def _bookmark(self) -> int:
        return int(self._archive.ledger.bookmark(BOOKMARK) or 0)

    def _follow(self, owner: str, ids: Sequence[str]) -> None:
        live = list(self._archive.stored(owner, ids=ids))
        rows = [
            row
            for stored, vectors in self._embedding.of(live)
            for row in self._blinding.rows(stored, vectors)
        ]
        gone = set(ids) - {stored.id for stored in live}

        def follow(known: WorkingSet) -> None:
            known.add(rows)
            known.remove(gone)

        self._sets.change(owner, follow)
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

    # -- another embedder --------------------------------------------------------------------------

    def succeed(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Let the successor read all that it has not read yet and take over; what is new is indexed meanwhile."""
        while self.succeed_a_step():
            self.catch_up()
            if progress is not None:
                progress(*self.succeeded())

    def succeed_a_step(self) -> bool:
        """Let the successor read some memories more, or take over when it has read all. Whether anything is left.

        What was there before is searched until then. Broken off, it goes on where it was.
        """
        with self._catching_up:
            successor = self._successor
            if successor is None or self._stopping:
                return False
            if successor.read_ahead(BATCH):
                return True
            self._take_over(successor)
            return False

    def succeeded(self) -> tuple[int, int]:
        """How many memories the successor has read, of how many; as many where there is none."""
        every = self._archive.ledger.live_count()
        successor = self._successor
        return every - (0 if successor is None else successor.waiting()), every

    def _take_over(self, successor: Embedding) -> None:
        """In one transaction of the ledger; should the index break off, everything is followed again."""
        marks = {BOOKMARK: "0", READING: f"{successor.mark} / {WORDS_AS}"}
        self._archive.ledger.take_over(successor.mark, marks)
        with self._sets.lock:
            self._embedding, self._successor = successor, None
            self._sets.let_all_go()
        self._index.resize(successor.embedder.dimensions)
        self._write_anew()
        log.info("the search index is now made by %s", successor.embedder.name)

    # -- working sets ------------------------------------------------------------------------------

    def note(self, stored: Sequence[Stored]) -> None:
        """New memories can be found by their words at once, before they are embedded."""
        for item in stored:
            self._sets.change(item.owner, partial(self._take_in, item))

    def _take_in(self, item: Stored, known: WorkingSet) -> None:
        known.add(self._blinding.rows(item, None))
        for memory in item.sources if item.kind == "episode" else ():
            known.used(memory, item.id, item.recorded_at)

    def drop(self, owner: str, ids: Sequence[str]) -> None:
        self._sets.change(owner, lambda known: known.remove(ids))

    def let_go(self) -> None:
        """Keep no row in memory: they are loaded again when somebody comes or asks."""
        self._sets.let_all_go()

    def drop_owner(self, owner: str) -> None:
        """Nothing of this owner is remembered any more. Should Milvus be away, the check after it does this."""
        self._sets.let_go(owner)
        self._doubtful = True
        try:
            self._index.remove_owner(owner)
        except IndexFault:
            log.warning("the search index is away: what it holds of a forgotten person goes when it is back")

    def working_set(self, owner: str) -> tuple[WorkingSet, threading.RLock]:
        """The owner's rows, loaded from Milvus on first use, and the lock to hold while reading them."""
        return self._sets.of(owner), self._sets.lock

    def load_ahead(self, owner: str) -> None:
        """The same for somebody who has not asked yet. Raises BrokenOff when this is stopped meanwhile."""
        self._sets.of(owner, lambda owner: self._loading(owner, self._embedding, lambda: self._stopping))

    # -- rebuilding --------------------------------------------------------------------------------

    def rebuild(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Write the whole index anew from the ledger; what has a sealed vector is not embedded again."""
        with self._catching_up:
            return self._write_anew(progress)

    def _write_anew(self, progress: Callable[[int, int], None] | None = None) -> int:
        seq = self._archive.ledger.last_seq()
        # one person after the other: the rotation of each is made once
        live = sorted(self._archive.stored(), key=lambda stored: stored.owner)
        # should this break off: everything is followed again
        self._archive.ledger.set_bookmark(BOOKMARK, "0")
        self._reaching_milvus(lambda: self._index.rebuild(self._all_rows(live, progress)))
        self._archive.ledger.set_bookmark(BOOKMARK, str(seq))
        self._sets.let_all_go()
        return len(live)

    def _all_rows(self, live: Sequence[Stored], progress: Callable[[int, int], None] | None) -> Iterator[Row]:
        for start in range(0, len(live), BATCH):
            for stored, vectors in self._embedding.of(live[start : start + BATCH]):
                yield from self._blinding.rows(stored, vectors)
            if progress is not None:
                progress(min(start + BATCH, len(live)), len(live))

    # -- looking for what was forgotten ------------------------------------------------------------

    def found(self, owner: str, ids: Sequence[str]) -> int:
        """How many of these memories the index or a working set still holds."""
        wanted = set(ids)
        with self._sets.lock:
            known = self._sets.loaded(owner)
            here = 0 if known is None else len(wanted & known.ids())
        rows = [row for memory in sorted(wanted) for row in names(memory)]
        return here + sum(
            self._index.count(owner, ids=rows[start : start + ASKED]) for start in range(0, len(rows), ASKED)
        )

    def rows_of(self, owner: str) -> int:
        """How many rows an owner has, here and in Milvus."""
        with self._sets.lock:
            known = self._sets.loaded(owner)
            here = 0 if known is None else len(known)
        return here + self._index.count(owner)

    def brought_by_words(self, owner: str, terms: Mapping[int, float], gone: Collection[str]) -> int:
        found = self._index.matching(owner, terms, limit=NEAREST)
        return sum(memory_of(row) in gone for row, _ in found)

    def brought_by_meaning(self, owner: str, vector: Vector, gone: Collection[str]) -> int:
        found = self._index.near(owner, vector, limit=NEAREST)
        return sum(memory_of(row) in gone for row, _ in found)

    def vector(self, stored: Stored) -> Vector | None:
        """A memory's vector as the index has it; None when it was never embedded."""
        kept = self._embedding.kept(stored)
        return None if kept is None else self._blinding.turned(kept, stored.owner)[0]
