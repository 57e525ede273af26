"""One owner's memories, opened and kept open for looking through: keyed hashes cannot match a part of a word."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from .archive import Archive
from .moments import moment
from .records import Kind, Origin, Shown, Status

OWNERS = 8  # whose memories are kept open at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody looks for in their memory. Everything that is said must hold."""

    words: str = ""  # each of them, anywhere in the text
    kind: Kind | None = None
    origin: Origin | None = None
    status: Status | None = None
    among: frozenset[str] | None = None  # these ids
    but: frozenset[str] = frozenset()  # not these
    dated: bool = False  # only what is kept until a day
    oldest_first: bool = False
    by_use: bool = False  # what an answer rested on last comes first, what none did last

    @property
    def everything(self) -> bool:
        return self == Wanted(kind=self.kind)


@dataclass(frozen=True, slots=True)
class Held:
    """An open memory, and its words as they are compared."""

    memory: Shown
    words: str


@dataclass(slots=True)
class _Owned:
    """One owner's open memories, and the journal entry up to which they are."""

    seq: int = -1
    held: dict[str, Held] = field(default_factory=dict)
    order: list[Held] = field(default_factory=list)


def fits(held: Held, wanted: Wanted, words: Sequence[str]) -> bool:
    memory = held.memory
    return (
        (wanted.kind is None or memory.kind == wanted.kind)
        and (wanted.origin is None or memory.origin == wanted.origin)
        and (memory.status == wanted.status if wanted.status else _is_listed(memory, wanted))
        and (wanted.among is None or memory.id in wanted.among)
        and memory.id not in wanted.but
        and (memory.keep_until is not None or not wanted.dated)
        and all(word in held.words for word in words)
    )


def _is_listed(memory: Shown, wanted: Wanted) -> bool:
    """Whether a memory is found where nobody asks what it counts as: a quotation only by its id."""
    return memory.status != "quotation" or wanted.among is not None


class Shelf:
    """Opens each version once; what the journal says is new, changed or hidden is taken over at the next look."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._owned: OrderedDict[str, _Owned] = OrderedDict()
        self._lock = threading.Lock()

    def look(self, owner: str, wanted: Wanted) -> list[Shown]:
        """What fits, newest first or oldest first."""
        words = wanted.words.casefold().split()
        found = [held.memory for held in self._open(owner) if fits(held, wanted, words)]
        return found[::-1] if wanted.oldest_first else found

    def let_go(self, ids: Collection[str]) -> None:
        """Keep nothing of what was destroyed."""
        with self._lock:
            for owned in self._owned.values():
                if any(owned.held.pop(memory, None) for memory in ids):
                    owned.seq, owned.order = -1, list(owned.held.values())

    def close(self, owner: str) -> None:
        """Open everything of one owner anew at the next look."""
        with self._lock:
            self._owned.pop(owner, None)

    def _open(self, owner: str) -> list[Held]:
        with self._lock:
            owned = self._owned.setdefault(owner, _Owned())
            self._owned.move_to_end(owner)
            if len(self._owned) > OWNERS:
                self._owned.popitem(last=False)
            seq = self._archive.ledger.last_seq()
            if seq != owned.seq:
                self._bring_up(owner, owned)
                owned.seq = seq
            return owned.order

    def _bring_up(self, owner: str, owned: _Owned) -> None:
        standing, dated = self._archive.ledger.standing(owner), self._archive.ledger.dated(owner)
        changed = []
        for memory, version, status in standing:
            held, until = owned.held.get(memory), _moment(dated.get(memory))
            if held is None or held.memory.version != version:
                changed.append(memory)
            elif (held.memory.status, held.memory.keep_until) != (status, until):  # the words are the same
                shown = replace(held.memory, status=status, keep_until=until)  # type: ignore[arg-type]
                owned.held[memory] = replace(held, memory=shown)
        opened = self._archive.all_shown(self._archive.live(owner, ids=changed)) if changed else ()
        owned.held |= {memory.id: Held(memory, _compared(memory)) for memory in opened}
        owned.held = {memory: owned.held[memory] for memory, _, _ in standing if memory in owned.held}
        owned.order = list(owned.held.values())


def _moment(at: int | None) -> datetime | None:
    return None if at is None else moment(at)


def _compared(memory: Shown) -> str:
    return f"{memory.text}\n{memory.quote}".casefold()
