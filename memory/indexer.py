"""The follower that keeps Milvus up with the journal, from a bookmark.

Every step may be repeated: a memory that is live is written, one that is not is removed.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import numpy as np

from privacy.identity import Scope

from .archive import Archive
from .blinding import Blinding
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
# whether an owner lets an embedder read a memory of theirs: its words as they would be read, and the kinds of details in it
MayRead = Callable[[str, Embedder, str, frozenset[str]], bool]
BACKGROUND = Scope("(background)")  # of what is embedded for the index, for owners who agreed


def made_by(reading: str) -> str:
    """The name of the embedder that an index was made by, from what was noted about it."""
    return reading.split(" / ")[0]


def _made_by(embedder: Embedder) -> str:
    return f"{embedder.name} / {EMBEDDED_AS}"


class Indexer:
    """Embeds, writes index rows and keeps the working sets; all of it blocks."""

    def __init__(
        self,
        archive: Archive,
        blinding: Blinding,
        index: VectorIndex,
        embedder: Embedder,
        hush: Hush,
        successor: Embedder | None = None,
        may_read: MayRead = lambda owner, embedder, text, details: True,
        will_read: Callable[[str, Embedder, int], None] = lambda owner, embedder, count: None,
    ) -> None:
        """`successor`: takes over from `embedder` when it has read everything. `may_read`: whether an owner agrees.

        `will_read`: told how many memories of an owner an embedder is about to be handed.
        """
        self._archive = archive
        self._blinding = blinding
        self._index = index
        self._embedder = embedder
        self._hush = hush
        self._successor = successor
        self._may_read = may_read
        self._will_read = will_read
        self._sets: dict[str, WorkingSet] = {}
        self._lock = threading.RLock()  # guards the working sets
        self._catching_up = threading.Lock()
        self._checking = threading.Lock()
        self._stopping = False
        self._doubtful = True  # whether rows may be missing: at the start, and after every fault

    @property
    def embedder(self) -> Embedder:
        """Who made the vectors that are searched: a question is read by the same."""
        return self._embedder

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
        return _made_by(self._embedder)

    def _kept_vectors(self, stored: Stored) -> Vector | None:
        if stored.embedder != self._embedding:
            return None
        return self._blinding.vectors(stored, self._embedder.dimensions)

    def _bookmark(self) -> int:
        return int(self._archive.ledger.bookmark(BOOKMARK) or 0)

    def _follow(self, owner: str, ids: Sequence[str]) -> None:
        live = list(self._archive.stored(owner, ids=ids))
        rows = [
            row for stored, vectors in self._embedded(live) for row in self._blinding.rows(stored, vectors)
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

    def _embedded(self, live: Sequence[Stored]) -> list[tuple[Stored, Vector | None]]:
        """Each memory with its vectors, one per window; new ones are embedded and kept sealed."""
        kept = {stored.id: self._kept_vectors(stored) for stored in live}
        new = [stored for stored in live if kept[stored.id] is None]
        made = self._read(new, self._embedder)
        self._archive.ledger.keep_vectors(
            [
                (stored.id, stored.version, self._blinding.seal_vectors(stored, made[stored.id]))
                for stored in new
                if stored.id in made
            ],
            self._embedding,
        )
        return [(stored, made.get(stored.id, kept[stored.id])) for stored in live]

    def _read(self, memories: Sequence[Stored], embedder: Embedder) -> dict[str, Vector]:
        """What an embedder makes of memories; not of those whose owner does not let it read them."""
        texts: list[str] = []
        pieces: list[tuple[str, int, int]] = []
        owners = Counter[str]()
        for stored in memories:
            record = self._archive.open(stored)
            text, details = self._blinding.plain_words(record), {span.label for span in record.text.spans}
            if self._may_read(stored.owner, embedder, text, frozenset(details)):
                parts = windows(text)
                pieces.append((stored.id, len(texts), len(texts) + len(parts)))
                texts += parts
                owners[stored.owner] += 1
        if not texts:
            return {}
        for owner, count in owners.items():
            self._will_read(owner, embedder, count)
        vectors = self._vectors(texts, embedder)
        return {memory: vectors[start:end] for memory, start, end in pieces}

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
            waiting = self._archive.ledger.without_next(_made_by(successor), BATCH)
            if not waiting:
                self._take_over(successor)
                return False
            readable = [stored for stored, _ in self._archive.opened(waiting)]
            made = self._read(readable, successor)
            sealed = {s.id: self._blinding.seal_vectors(s, made[s.id]) for s in readable if s.id in made}
            self._archive.ledger.keep_next(
                [(stored.id, stored.version, sealed.get(stored.id)) for stored in waiting],
                _made_by(successor),
            )
            return True

    def succeeded(self) -> tuple[int, int]:
        """How many memories the successor has read, of how many; as many where there is none."""
        every = self._archive.ledger.live_count()
        if self._successor is None:
            return every, every
        return every - self._archive.ledger.count_without_next(_made_by(self._successor)), every

    def _take_over(self, successor: Embedder) -> None:
        """In one transaction of the ledger; should the index break off, everything is followed again."""
        marks = {BOOKMARK: "0", READING: f"{_made_by(successor)} / {WORDS_AS}"}
        self._archive.ledger.take_over(_made_by(successor), marks)
        with self._lock:
            self._embedder, self._successor = successor, None
            self._sets.clear()
        self._index.resize(successor.dimensions)
        self._write_anew()
        log.info("the search index is now made by %s", successor.name)

    def _vectors(self, texts: Sequence[str], embedder: Embedder) -> Vector:
        """A few at a time, for somebody may want to ask in between."""
        found = []
        for start in range(0, len(texts), A_FEW):
            self._hush.give_way()
            few = texts[start : start + A_FEW]
            found.append(embedder.embed_memories(few, scope=BACKGROUND))
        return np.concatenate(found)

    # -- working sets ------------------------------------------------------------------------------

    def note(self, stored: Sequence[Stored]) -> None:
        """New memories can be found by their words at once, before they are embedded."""
        with self._lock:
            for item in stored:
                known = self._sets.get(item.owner)
                if known is not None:
                    known.add(self._blinding.rows(item, None))
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
        loaded = WorkingSet(self._embedder.dimensions, self._blinding.asking_dimension(owner))
        live = {stored.id: stored for stored in self._archive.stored(owner)}
        try:
            rows = [row for row in self._index.rows(owner) if row.id.split("#", 1)[0] in live]
        except IndexFault:
            rows = []  # the ledger has everything that Milvus has; it is only slower
        current = {row.id for row in rows if self._is_current(row, live[row.id.split("#", 1)[0]])}
        loaded.add(row for row in sorted(rows, key=lambda row: row.id) if row.id.split("#", 1)[0] in current)
        for memory, stored in live.items():
            if memory not in loaded:
                loaded.add(self._blinding.rows(stored, self._kept_vectors(stored)))
        for memory, answer, at in self._archive.ledger.uses(owner):
            loaded.used(memory, answer, at)
        return loaded

    def _is_current(self, row: Row, stored: Stored) -> bool:
        """Whether a row is of this version, and its vector by the embedder in force."""
        return row.version == stored.version and (row.dense is None or stored.embedder == self._embedding)

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
        with self._lock:
            self._sets.clear()
        return len(live)

    def _all_rows(self, live: Sequence[Stored], progress: Callable[[int, int], None] | None) -> Iterator[Row]:
        for start in range(0, len(live), BATCH):
            for stored, vectors in self._embedded(live[start : start + BATCH]):
                yield from self._blinding.rows(stored, vectors)
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
        kept = self._kept_vectors(stored)
        return None if kept is None else self._blinding.turned(kept, stored.owner)[0]
