"""An embedder at work: it reads memories, and the vectors that it makes are kept sealed in the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from privacy.identity import Scope

from .archive import Archive
from .blinding import Blinding
from .hush import Hush
from .ports import Embedder, Vector
from .stores.ledger import Stored
from .vector import windows

# How a memory is read before it is embedded. Another word here, or another embedder, and all is read again.
EMBEDDED_AS = "text"
A_FEW = 4  # texts embedded in one go
# whether an owner lets an embedder read a memory of theirs: its words as they would be read, and the kinds of details in it
MayRead = Callable[[str, Embedder, str, frozenset[str]], bool]
BACKGROUND = Scope("(background)")  # of what is embedded for the index, for owners who agreed


def made_by(reading: str) -> str:
    """The name of the embedder that an index was made by, from what was noted about it: a mark, and what follows."""
    return reading.split(" / ")[0]


class Embedding:
    """What one embedder makes of memories; all of it blocks."""

    def __init__(
        self,
        archive: Archive,
        blinding: Blinding,
        hush: Hush,
        may_read: MayRead,
        will_read: Callable[[str, Embedder, int], None],
        embedder: Embedder,
    ) -> None:
        """`may_read`: whether an owner agrees. `will_read`: told how many memories of an owner are about to be handed over."""
        self._archive = archive
        self._blinding = blinding
        self._hush = hush
        self._may_read = may_read
        self._will_read = will_read
        self.embedder = embedder

    @property
    def mark(self) -> str:
        """What sealed vectors are marked with: only those of the same mark are used again."""
        return f"{self.embedder.name} / {EMBEDDED_AS}"

    def kept(self, stored: Stored) -> Vector | None:
        """The vectors of a memory that were made before; None where there are none of this embedder."""
        if stored.embedder != self.mark:
            return None
        return self._blinding.vectors(stored, self.embedder.dimensions)

    def of(self, live: Sequence[Stored]) -> list[tuple[Stored, Vector | None]]:
        """Each memory with its vectors, one per window; new ones are embedded and kept sealed."""
        kept = {stored.id: self.kept(stored) for stored in live}
        new = [stored for stored in live if kept[stored.id] is None]
        made = self._read(new)
        self._archive.ledger.keep_vectors(
            [
                (stored.id, stored.version, self._blinding.seal_vectors(stored, made[stored.id]))
                for stored in new
                if stored.id in made
            ],
            self.mark,
        )
        return [(stored, made.get(stored.id, kept[stored.id])) for stored in live]

    # -- before it takes over ----------------------------------------------------------------------

    def read_ahead(self, limit: int) -> bool:
        """Read some of what waits, and keep it beside what is searched. False: nothing waits any more."""
        waiting = self._archive.ledger.without_next(self.mark, limit)
        if not waiting:
            return False
        readable = [stored for stored, _ in self._archive.opened(waiting)]
        made = self._read(readable)
        sealed = {s.id: self._blinding.seal_vectors(s, made[s.id]) for s in readable if s.id in made}
        self._archive.ledger.keep_next(
            [(stored.id, stored.version, sealed.get(stored.id)) for stored in waiting], self.mark
        )
        return True

    def waiting(self) -> int:
        """How many memories are still to be read ahead."""
        return self._archive.ledger.count_without_next(self.mark)

    # -- reading -----------------------------------------------------------------------------------

    def _read(self, memories: Sequence[Stored]) -> dict[str, Vector]:
        """What the embedder makes of memories; not of those whose owner does not let it read them."""
        texts: list[str] = []
        pieces: list[tuple[str, int, int]] = []
        owners = Counter[str]()
        for stored in memories:
            record = self._archive.open(stored)
            text, details = self._blinding.plain_words(record), {span.label for span in record.text.spans}
            if self._may_read(stored.owner, self.embedder, text, frozenset(details)):
                parts = windows(text)
                pieces.append((stored.id, len(texts), len(texts) + len(parts)))
                texts += parts
                owners[stored.owner] += 1
        if not texts:
            return {}
        for owner, count in owners.items():
            self._will_read(owner, self.embedder, count)
        vectors = self._vectors(texts)
        return {memory: vectors[start:end] for memory, start, end in pieces}

    def _vectors(self, texts: Sequence[str]) -> Vector:
        """A few at a time, for somebody may want to ask in between."""
        found = []
        for start in range(0, len(texts), A_FEW):
            self._hush.give_way()
            few = texts[start : start + A_FEW]
            found.append(self.embedder.embed_memories(few, scope=BACKGROUND))
        return np.concatenate(found)
