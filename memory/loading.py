"""One person's working set, out of what Milvus holds; what it does not hold yet is in the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from .archive import Archive
from .blinding import Blinding
from .embedding import Embedding
from .errors import IndexFault, MemoryFault
from .ports import Row, VectorIndex
from .stores.ledger import Stored
from .vector import memory_of
from .working_set import WorkingSet

T = TypeVar("T")


class BrokenOff(MemoryFault):
    """It is not needed any more."""


class Loading:
    """Loads an owner's working set; it blocks, about half a millisecond for each memory."""

    def __init__(self, archive: Archive, blinding: Blinding, index: VectorIndex) -> None:
        self._archive = archive
        self._blinding = blinding
        self._index = index

    def __call__(
        self, owner: str, embedding: Embedding, is_over: Callable[[], bool] = lambda: False
    ) -> WorkingSet:
        """What can be found of an owner, its vectors by the embedder in force. Raises BrokenOff once it `is_over`."""

        def going_on(items: Iterable[T]) -> Iterator[T]:
            for item in items:
                if is_over():
                    raise BrokenOff("Keepsake is being closed. Come again when it runs.")
                yield item

        loaded = WorkingSet(embedding.embedder.dimensions, self._blinding.asking_dimension(owner))
        live = {stored.id: stored for stored in going_on(self._archive.stored(owner))}
        loaded.add(_current(going_on(self._index.rows(owner)), live, embedding))
        for memory, stored in going_on(live.items()):
            if memory not in loaded:
                loaded.add(self._blinding.rows(stored, embedding.kept(stored)))
        for memory, answer, at in going_on(self._archive.ledger.uses(owner)):
            loaded.used(memory, answer, at)
        return loaded


def _current(found: Iterable[Row], live: dict[str, Stored], embedding: Embedding) -> list[Row]:
    """The rows of Milvus that are as the ledger has them, in order; none while it is away, which is only slower."""
    try:
        rows = list(found)
    except IndexFault:
        return []
    current = {row.id for row in rows if row.id in live and _is_current(row, live[row.id], embedding)}
    return sorted((row for row in rows if memory_of(row.id) in current), key=lambda row: row.id)


def _is_current(row: Row, stored: Stored, embedding: Embedding) -> bool:
    """Whether a row is of this version, and its vector by the embedder in force."""
    return row.version == stored.version and (row.dense is None or stored.embedder == embedding.mark)
