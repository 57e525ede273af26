"""What three people must see, whatever they did: the plain model that `owners` holds the system against. Pure."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy
from dataclasses import dataclass, field

UNDO = 10  # seconds in which what is hidden can be brought back


@dataclass(frozen=True, slots=True)
class Kept:
    """A memory: what it says, what a topic is looked for in, and the message it was learned from (empty: it is one)."""

    text: str
    about: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Hidden:
    owner: int
    forgetting: str
    at: int
    kept: dict[str, Kept]

    def due(self, now: int) -> bool:
        """Its time is over, or the clock was put back so far that it would be long in coming."""
        return not self.at - UNDO <= now < self.at + UNDO


@dataclass(frozen=True, slots=True)
class Given:
    id: str
    owner: int
    reader: int
    topic: str
    expires: int | None


@dataclass(slots=True)
class Expected:
    """`gone` and `ended` only grow: no restored backup brings these back."""

    now: int = 0
    kept: tuple[dict[str, Kept], ...] = field(default_factory=lambda: ({}, {}, {}))
    hidden: list[Hidden] = field(default_factory=list)
    grants: list[Given] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)

    def seen(self, owner: int, reader: int) -> list[str]:
        """The texts that somebody sees of a person's memory, sorted."""
        topics = [grant.topic for grant in self.grants if (grant.owner, grant.reader) == (owner, reader)]
        return sorted(
            one.text
            for one in self.kept[owner].values()
            if owner == reader or any(topic in one.about for topic in topics)  # no topic: all of it
        )

    def going(self, owner: int, memory: str) -> dict[str, Kept]:
        """What leaves with a memory: the message it was learned from, and all that was learned from that.

        >>> three = Expected(kept=({"m": Kept("", ""), "f": Kept("", "", "m"), "g": Kept("", "", "m")}, {}, {}))
        >>> sorted(three.going(0, "f"))
        ['f', 'g', 'm']
        """
        kept = self.kept[owner]
        message = kept[memory].source or memory
        return {id: one for id, one in kept.items() if message in (id, one.source)}

    def hides(self, owner: int, memory: str, forgetting: str, *, for_good: bool) -> None:
        going = self.going(owner, memory)
        for id in going:
            del self.kept[owner][id]
        if for_good:
            self.gone |= set(going)
        else:
            self.hidden.append(Hidden(owner, forgetting, self.now, going))

    def brings_back(self, hidden: Hidden) -> None:
        self.hidden.remove(hidden)
        self.kept[hidden.owner].update(hidden.kept)

    def ends(self, grants: Collection[Given]) -> None:
        self.grants = [grant for grant in self.grants if grant not in grants]
        self.ended |= {grant.id for grant in grants}

    def waits_for_time(self) -> bool:
        return bool(self.hidden) or any(grant.expires is not None for grant in self.grants)

    def time_is(self, now: int) -> None:
        """Later, or earlier: what is due goes for good, what has expired stays so."""
        self.now = now
        over = [hidden for hidden in self.hidden if hidden.due(now)]
        self.gone |= {id for hidden in over for id in hidden.kept}
        self.hidden = [hidden for hidden in self.hidden if hidden not in over]
        self.ends([grant for grant in self.grants if grant.expires is not None and grant.expires <= now])

    def backed_up(self) -> Expected:
        return deepcopy(self)

    def restored(self, backup: Expected) -> None:
        """As it was then, but for what was forgotten or ended since."""
        copy = deepcopy(backup)
        self.kept = tuple({id: one for id, one in kept.items() if id not in self.gone} for kept in copy.kept)
        self.hidden = [
            Hidden(
                h.owner, h.forgetting, h.at, {id: one for id, one in h.kept.items() if id not in self.gone}
            )
            for h in copy.hidden
        ]
        self.grants = [grant for grant in copy.grants if grant.id not in self.ended]
        self.time_is(self.now)
