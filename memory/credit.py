"""How well procedures work, and what becomes of them by that. Pure decisions.

A procedure is judged by what happened in single turns. Four things can have happened:

                 the answer was good       it was not
    applied      helpful                   harmful
    not applied  could do without          was wanted
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import numpy as np

from .records import Shown, Status

FADING = 0.75  # what an outcome counts when the next one comes: people change their minds
SURE, VERY_SURE = 0.9, 0.95


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
