"""What a new statement does to what is believed: pure decisions over drafts and memories."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from .records import Draft, Shown
from .relations import relation_named

# Wishes of which a person has one at a time.
STANDING = frozenset(
    ["form of address", "language", "answer length", "units", "favourite", "favorite", "expertise"]
)
OPPOSITE = {"likes": "dislikes", "dislikes": "likes"}


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a draft that is news, and of those that it meets."""

    closes: tuple[str, ...] = ()  # what held until now
    disputes: tuple[str, ...] = ()  # what it contradicts: both wait for the person to say which is right
    reviews: tuple[str, ...] = ()  # what rests on something closed

    @property
    def disputed(self) -> bool:
        return bool(self.disputes)


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the journal about a memory."""

    at: int
    action: str
    memory: str


def same(draft: Draft, known: Shown) -> bool:
    """Whether a draft says again what is known."""
    if draft.kind != known.kind:
        return False
    if draft.text.strip().casefold() == known.text.strip().casefold():
        return True
    taste = draft.kind == "preference"
    asked = [draft.subject, draft.aspect if taste else relation_named(draft.relation).name, draft.object]
    held = [
        known.subject or "user",
        known.aspect if taste else relation_named(known.relation).name,
        known.object,
    ]
    alike = not taste or draft.polarity == known.polarity
    return bool(draft.object) and alike and [p.casefold() for p in asked] == [p.casefold() for p in held]


def rivals(draft: Draft, known: Shown) -> bool:
    """Whether both tell the same thing of the same somebody, with another value."""
    if draft.kind != known.kind or draft.subject.casefold() != (known.subject or "user").casefold():
        return False
    if draft.object.casefold() == known.object.casefold():
        return draft.kind == "preference" and OPPOSITE.get(draft.polarity) == known.polarity
    if draft.kind == "preference":
        return draft.aspect in STANDING and draft.aspect == known.aspect and draft.scope == known.scope
    relation = relation_named(draft.relation)
    return (relation.slot or relation.single) and relation == relation_named(known.relation)


def fills(draft: Draft, known: Shown) -> bool:
    """Whether a draft takes the place of what is known: of a slot, the newest value holds."""
    single = draft.kind == "fact" and relation_named(draft.relation).single
    return rivals(draft, known) and not single


def newer(draft: Draft, known: Shown, said: datetime | None) -> bool:
    """Whether a draft was said after what is known (or with it). Some readers come late, and what files bring is old."""
    if said is not None and said != known.occurred_at:
        return said > known.occurred_at
    return draft.episode >= max(known.sources, default="")


def taught(draft: Draft, known: Shown) -> bool:
    """Whether this episode taught this before: reading it again must not bring back what was closed since."""
    return draft.kind == known.kind and draft.episode in known.sources and draft.text == known.text


def resting_on(closed: Collection[str], known: Iterable[Shown]) -> tuple[str, ...]:
    """What was concluded from something that no longer holds, and what was concluded from that."""
    gone, found = set(closed), dict[str, None]()
    waiting = [memory for memory in known if memory.status == "active" and memory.id not in gone]
    while more := [memory for memory in waiting if memory.id not in found and gone & set(memory.sources)]:
        found |= dict.fromkeys(memory.id for memory in more)
        gone |= {memory.id for memory in more}
    return tuple(found)


def decide(draft: Draft, known: Sequence[Shown], said: datetime | None = None) -> Decision | None:
    """What a draft closes, disputes and puts up for review; None when it is no news. `said`: when, if that is known."""
    held = [memory for memory in known if memory.status in ("active", "disputed", "paused")]
    if any(same(draft, memory) for memory in held) or any(taught(draft, memory) for memory in known):
        return None
    others = [memory for memory in held if fills(draft, memory)]
    if not all(newer(draft, memory, said) for memory in others):
        return None
    closes = tuple(memory.id for memory in others)
    disputes = tuple(m.id for m in held if rivals(draft, m) and m.id not in closes)
    return Decision(closes, disputes, resting_on(closes, known))


def believed(changes: Iterable[Change], at: int) -> list[str]:
    """What was believed at a moment, as the journal tells: stated by then and not yet closed.

    >>> journal = [Change(1, "remembered", "a"), Change(5, "remembered", "b"), Change(5, "superseded", "a")]
    >>> believed(journal, 4), believed(journal, 5)
    (['a'], ['b'])
    """
    held: dict[str, None] = {}
    for change in changes:
        if change.at > at:
            break
        if change.action in ("remembered", "confirmed", "disputed", "reverted"):
            held[change.memory] = None
        elif change.action in ("superseded", "ended", "withdrawn", "merged"):
            held.pop(change.memory, None)
    return list(held)


def says(quote: str, value: str) -> bool:
    """Whether quoted words still tell a value: at least half of its words are among them.

    >>> says("I live in Oslo now", "Oslo"), says("", "Oslo"), says("I eat no pork", "does not eat pork")
    (True, False, True)
    """
    there = set(_words(quote))
    wanted = _words(value)
    return bool(there) and 2 * sum(word in there for word in wanted) >= len(wanted)


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text.casefold()).split()
