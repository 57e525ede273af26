"""Procedures: when they apply, how well they work, and what becomes of them. Pure decisions.

A procedure is judged by what happened in single turns. Four things can have happened:

                 the answer was good       it was not
    applied      helpful                   harmful
    not applied  could do without          was wanted
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

import numpy as np

from .archive import Archive
from .learning import quoted
from .records import Procedure, Proposal, Record, Shown, Status

NEAR = 0.32  # a cosine at which one turn is enough like another to be treated like it
STRANGE = 0.13  # as which turns that have nothing to do with each other vote on average
SOFTNESS = 0.08  # cosines that differ by this much differ by a factor of e in weight
RIVALRY = 0.5  # what speaks for another procedure speaks so much against this one: one turn may want both
REACH = 0.08  # how far below NEAR a proven procedure is tried in a new situation
FADING = 0.75  # what an outcome counts when the next one comes: people change their minds
WITHHELD = 0.1  # share of the fitting turns in which a procedure on trial is left out, to see its effect
SURE, VERY_SURE = 0.9, 0.95
PROVEN = 0.75  # share of helpful turns that a procedure surely has before it is tried in new situations
CHARACTERS = 1200  # of the prompt


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one turn says about one procedure."""

    asked: str  # the episode that asked
    applied: bool
    good: bool


@dataclass(frozen=True, slots=True)
class Belief:
    """A Beta distribution over how often something is good."""

    good: float = 0.0
    bad: float = 0.0

    @property
    def mean(self) -> float:
        return (self.good + 1) / (self.good + self.bad + 2)

    def below(self, share: float) -> float:
        """How likely it is that the true share is less than this.

        >>> round(Belief().below(0.5), 3), round(Belief(good=3).below(0.5), 4)
        (0.5, 0.0625)
        """
        return float(self._density()[share > _GRID].sum())

    def above(self, other: Belief) -> float:
        """How likely it is that this one's true share is the greater.

        >>> round(Belief(good=2, bad=1).above(Belief(good=2, bad=1)), 3)
        0.5
        """
        mine, theirs = self._density(), other._density()
        return float((mine * (np.cumsum(theirs) - theirs / 2)).sum())

    def sample(self, rng: Random) -> float:
        return rng.betavariate(self.good + 1, self.bad + 1)

    def _density(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        logs = self.good * np.log(_GRID) + self.bad * np.log1p(-_GRID)
        weights = np.exp(logs - logs.max())
        density: np.ndarray[tuple[int], np.dtype[np.float64]] = weights / weights.sum()
        return density


_GRID = (np.arange(2000) + 0.5) / 2000


@dataclass(frozen=True, slots=True)
class Tally:
    """All outcomes of one procedure, oldest first."""

    outcomes: tuple[Outcome, ...] = ()

    def count(self, *, applied: bool, good: bool) -> int:
        return sum(o.applied == applied and o.good == good for o in self.outcomes)

    @property
    def helpful(self) -> int:
        return self.count(applied=True, good=True)

    @property
    def harmful(self) -> int:
        return self.count(applied=True, good=False)

    @property
    def wanted(self) -> int:
        return self.count(applied=False, good=False)

    @property
    def success(self) -> Belief:
        """When it is applied: all there is to know."""
        return Belief(self.helpful, self.harmful)

    @property
    def lately(self) -> Belief:
        """When it is applied: what was long ago counts less."""
        good = bad = 0.0
        for outcome in (o for o in self.outcomes if o.applied):
            good, bad = FADING * good + outcome.good, FADING * bad + (not outcome.good)
        return Belief(good, bad)

    @property
    def effect(self) -> float:
        """How likely it is that answers are better with it than without."""
        without = Belief(self.count(applied=False, good=True), self.wanted)
        return self.success.above(without)

    def episodes(self, *, for_it: bool) -> tuple[str, ...]:
        """The turns that speak for applying it in turns like them, or against."""
        speaks = {True: (True, False), False: (False, True)}  # applied: (for, against)
        return tuple(
            dict.fromkeys(o.asked for o in self.outcomes if o.good == speaks[o.applied][0 if for_it else 1])
        )


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


# -- what becomes of it? ---------------------------------------------------------------------------


def station(memory: Shown, tally: Tally) -> Status:
    """On trial until it has proved itself, retired when it does harm or nothing."""
    if memory.status == "retired" or memory.needs_approval:
        return memory.status
    if tally.lately.below(0.5) > SURE:
        return "retired"
    if memory.status == "trial":
        controls = tally.wanted + tally.count(applied=False, good=True)
        if tally.helpful + tally.harmful >= 8 and controls >= 4 and tally.effect < 1 - SURE:
            return "retired"
        if tally.success.below(0.5) < 1 - SURE or (tally.wanted >= 3 and tally.harmful == 0):
            return "active"
    return memory.status


def takes_over(challenger: Tally, incumbent: Tally) -> bool:
    """Whether an edition on trial is better than the one it challenges, beyond chance."""
    return challenger.lately.above(incumbent.lately) > VERY_SURE


# -- editions --------------------------------------------------------------------------------------


def editions(memory: Shown, known: Mapping[str, Shown]) -> tuple[Shown, ...]:
    """A procedure and those it came from, newest first; a forgotten one ends the line."""
    line, seen = [memory], {memory.id}
    while (before := known.get(line[-1].replaces)) is not None and before.id not in seen:
        line.append(before)
        seen.add(before.id)
    return tuple(line)


def difference(before: Shown | None, after: Shown) -> str:
    """What changed in the words, as a diff."""
    old = [] if before is None else _lines(before)
    names = (f"version {before.edition}" if before else "nothing", f"version {after.edition}")
    return "\n".join(difflib.unified_diff(old, _lines(after), *names, lineterm=""))


def _lines(memory: Shown) -> list[str]:
    return [f"when: {memory.trigger or memory.scope}", f"do: {memory.rule}"]


def sentence(rule: str, trigger: str) -> str:
    """A procedure in one line.

    >>> sentence("use grams", "I ask for a recipe"), sentence("use grams", "recipes"), sentence("use grams", "")
    ('When I ask for a recipe: use grams', 'For recipes: use grams', 'Use grams')
    """
    if not trigger:
        return rule[:1].upper() + rule[1:]
    clause = trigger.split()[0].casefold() in _WHO
    return f"{'When' if clause else 'For'} {trigger}: {rule}"


_WHO = frozenset("i i'm i’m we you he she they it my somebody someone anybody anyone there".split())


def procedure_of(proposal: Proposal, episode: Record, archive: Archive, now: datetime) -> Record | None:
    """The record of a proposal, or None when its quote does not stand in the episode."""
    quote = quoted(proposal.quote, episode, archive)
    if quote is None:
        return None
    detail = Procedure(
        rule=archive.masked(proposal.rule, episode.owner),
        trigger=archive.masked(proposal.trigger, episode.owner),
        scope=proposal.scope,
        learned=proposal.learned,
        edition=proposal.edition,
        replaces=proposal.replaces,
        approval=proposal.approval,
        quote=quote,
    )
    return archive.derived(
        sentence(proposal.rule, proposal.trigger),
        episode.owner,
        "procedure",
        detail,
        now=now,
        occurred_at=episode.occurred_at,
        sources=(episode.id,),
        origin=proposal.origin,
        status=proposal.status,
    )
