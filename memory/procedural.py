"""Procedures: which fit a turn, and which of those are applied. Pure decisions."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from random import Random

from .credit import SURE, Tally
from .records import Shown

NEAR = 0.32  # a cosine at which one turn is enough like another to be treated like it
STRANGE = 0.13  # as which turns that have nothing to do with each other vote on average
SOFTNESS = 0.08  # cosines that differ by this much differ by a factor of e in weight
RIVALRY = 0.5  # what speaks for another procedure speaks so much against this one: one turn may want both
REACH = 0.08  # how far below NEAR a proven procedure is tried in a new situation
WITHHELD = 0.1  # share of the fitting turns in which a procedure on trial is left out, to see its effect
PROVEN = 0.75  # share of helpful turns that a procedure surely has before it is tried in new situations
CHARACTERS = 1200  # of the prompt


# -- does it fit? ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a turn is (as cosines) to all that speaks for and against a procedure."""

    trigger: float | None = None
    wanted: tuple[float, ...] = ()
    unwanted: tuple[float, ...] = ()

    @property
    def support(self) -> float:
        """All that speaks for it, as votes."""
        cosines = self.wanted if self.trigger is None else (*self.wanted, self.trigger)
        return sum(_vote(cosine) for cosine in cosines)


def fit(likeness: Likeness, rival: float = 0.0, near: float = NEAR) -> float:
    """How much more speaks for a procedure than against it: above 0 it fits.

    Every turn votes with a weight that grows with its likeness, so that a single wrong vote among many is
    outvoted. `near` votes against, so that what is like nothing fits nothing, and more so where there are many
    turns to be like by chance; so do the votes for the strongest `rival`, for what is like another procedure's
    turns is probably not meant for this one.

    >>> fit(Likeness(wanted=(0.5,))) > 0 > fit(Likeness(wanted=(0.2,)))
    True
    >>> fit(Likeness(wanted=(0.5,), unwanted=(0.6,))) > 0
    False
    """
    complaints = sum(_vote(cosine) - _vote(STRANGE) for cosine in likeness.unwanted)
    by_chance = len(likeness.wanted) * _vote(STRANGE)
    contra = _vote(near) + by_chance + max(0.0, complaints) + RIVALRY * rival
    return math.log(likeness.support / contra) if likeness.support > 0 else -math.inf


def _vote(cosine: float) -> float:
    return math.exp(cosine / SOFTNESS)


# -- which of those that fit are applied? ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Candidate:
    """A procedure that is not retired, before a turn."""

    memory: Shown
    tally: Tally
    likeness: Likeness
    rival: float = 0.0  # the votes for the strongest other

    @property
    def explicit(self) -> bool:
        return self.memory.learned in ("instruction", "by hand")

    @property
    def fits(self) -> bool:
        """Complaints narrow what was inferred. What was said outright holds where it was said to, until it is retired."""
        likeness = self.likeness
        if self.explicit and (likeness.trigger or 0.0) >= NEAR:
            likeness = replace(likeness, unwanted=())
        return self.memory.scope == "always" or fit(likeness, self.rival) > 0

    @property
    def may_transfer(self) -> bool:
        """Proven where it was learned, and this turn is a little like those."""
        near = fit(self.likeness, self.rival, NEAR - REACH) > 0
        return near and self.tally.success.below(PROVEN) < 1 - SURE


@dataclass(frozen=True, slots=True)
class Applied:
    """A procedure in the prompt; on trial in this turn, or for good."""

    memory: Shown
    trial: bool = False
    carried_over: bool = False  # from turns that are only a little like this one


@dataclass(frozen=True, slots=True)
class Selection:
    """What goes into the prompt of one turn, and what was left out to see its effect."""

    applied: tuple[Applied, ...] = ()
    withheld: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The procedures that go into the prompt."""
        return tuple(one.memory.id for one in self.applied)

    def without(self, ids: Collection[str]) -> Selection:
        """The same, but for these."""
        return replace(self, applied=tuple(one for one in self.applied if one.memory.id not in ids))


def usable(memory: Shown, tally: Tally) -> bool:
    """Whether it may be applied at all. One edited answer is a whim, two are a habit."""
    if memory.status not in ("trial", "active") or memory.needs_approval:
        return False
    return memory.learned not in ("edit", "pattern") or memory.status == "active" or tally.wanted >= 2


def select(candidates: Sequence[Candidate], rng: Random, budget: int = CHARACTERS) -> Selection:
    """What is said outright always applies; of inferred editions of one thing one is drawn; then the budget.

    Chance plays only among what is inferred and on trial.
    """
    candidates = contested(candidates)
    fitting = [c for c in candidates if c.fits]
    drawn = [c for line in _lines_of(fitting) for c in _drawn(line, rng)]
    applied, withheld = list[Applied](), list[str]()
    for candidate in sorted(drawn, key=_precedence):
        on_trial = candidate.memory.status == "trial"
        if on_trial and not candidate.explicit and rng.random() < WITHHELD:
            withheld.append(candidate.memory.id)
        else:
            applied.append(Applied(candidate.memory, on_trial))
    if not fitting:
        far = sorted((c for c in candidates if c.may_transfer), key=lambda c: -fit(c.likeness))
        applied = [Applied(c.memory, trial=True, carried_over=True) for c in far[:1]]
    return Selection(_within(applied, budget), tuple(withheld))


def contested(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Each with the votes for its strongest rival; editions of one thing are no rivals."""
    lines = _lines_of([c for c in candidates if c.memory.scope == "situation"])
    strongest = [max(c.likeness.support for c in line) for line in lines]
    return [
        replace(c, rival=max((s for n, s in enumerate(strongest) if c not in lines[n]), default=0.0))
        for c in candidates
    ]


def _lines_of(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Editions of one thing together."""
    lines: dict[str, list[Candidate]] = {}
    first = {c.memory.id: c.memory.replaces for c in candidates}
    for candidate in candidates:
        root, seen = candidate.memory.id, set[str]()
        while first.get(root) and root not in seen:
            seen.add(root)
            root = first[root]
        lines.setdefault(root, []).append(candidate)
    return list(lines.values())


def _drawn(line: Sequence[Candidate], rng: Random) -> list[Candidate]:
    """Thompson sampling: each edition's chance to be drawn is the chance that it is the best."""
    outright = [c for c in line if c.explicit]
    if outright:
        return [max(outright, key=lambda c: c.memory.edition)]
    return [max(line, key=lambda c: c.tally.lately.sample(rng))] if len(line) > 1 else list(line)


def _precedence(candidate: Candidate) -> tuple[bool, bool, float, str]:
    memory = candidate.memory
    return (not candidate.explicit, memory.scope == "always", -candidate.tally.lately.mean, memory.id)


def _within(applied: Sequence[Applied], budget: int) -> tuple[Applied, ...]:
    kept, left = list[Applied](), budget
    for one in applied:
        left -= len(one.memory.text)
        if left >= 0:
            kept.append(one)
    return tuple(kept)
