"""One person's working set, out of what Milvus holds; what it does not hold yet is in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from .archive import Archive
from .blinding import Blinding
from .embedding import Embedding
from .errors import IndexFault
from .ports import Row, VectorIndex
from .stores.ledger import Stored
from .vector import memory_of
from .working_set import WorkingSet

T = TypeVar("T")


class Loading:
    """Loads an owner's working set; it blocks, about half a millisecond for each memory."""

    def __init__(self, archive: Archive, blinding: Blinding, index: VectorIndex) -> None:
        self._archive = archive
        self._blinding = blinding
        self._index = index
        self.closing = False  # then whoever loads breaks off, and closing need not wait for it

    def __call__(self, owner: str, embedding: Embedding) -> WorkingSet:
        """What can be found of an owner, its vectors by the embedder in force. Raises IndexFault when `closing`."""
        loaded = WorkingSet(embedding.embedder.dimensions, self._blinding.asking_dimension(owner))
        live = {stored.id: stored for stored in self._while_open(self._archive.stored(owner))}
        loaded.add(self._current(owner, live, embedding))
        for memory, stored in self._while_open(live.items()):
            if memory not in loaded:
                loaded.add(self._blinding.rows(stored, embedding.kept(stored)))
        for memory, answer, at in self._archive.ledger.uses(owner):
            loaded.used(memory, answer, at)
        return loaded

    def _current(self, owner: str, live: dict[str, Stored], embedding: Embedding) -> list[Row]:
        """The rows of Milvus that are as the ledger has them, in order; none while it is away, which is only slower."""
        try:
            rows = list(self._while_open(self._index.rows(owner)))
        except IndexFault:
            return []
        current = {row.id for row in rows if row.id in live and _is_current(row, live[row.id], embedding)}
        return sorted((row for row in rows if memory_of(row.id) in current), key=lambda row: row.id)

    def _while_open(self, items: Iterable[T]) -> Iterator[T]:
        for item in items:
            if self.closing:
                raise IndexFault("Keepsake is being closed. Ask again when it runs.")
            yield item


def _is_current(row: Row, stored: Stored, embedding: Embedding) -> bool:
    """Whether a row is of this version, and its vector by the embedder in force."""
    return row.version == stored.version and (row.dense is None or stored.embedder == embedding.mark)
