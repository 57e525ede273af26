"""A changed way of answering, tried on turns that were judged: would it have been better, the same or worse? Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from .credit import Outcome, Tally

Verdict = Literal["better", "same", "worse"]


def verdict(turn: Outcome, *, before: bool, after: bool, reworded: bool) -> Verdict:
    """What a judged turn says of a change. `before`, `after`: whether the way would stand in its prompt as it is, and changed.

    Better: it would be there where it was missed, and otherwise or not at all where it did not help. Worse: it would be
    missing where it helped, or new where nothing was missing.

    >>> missed, helped = Outcome("a", applied=False, good=False), Outcome("b", applied=True, good=True)
    >>> verdict(missed, before=False, after=True, reworded=False), verdict(helped, before=True, after=False, reworded=True)
    ('better', 'worse')
    """
    match turn.applied, turn.good:
        case True, True:
            return "same" if after else "worse"
        case True, False:
            return "same" if after and not reworded else "better"
        case False, False:
            return "better" if after and (reworded or not before) else "same"
        case _:
            return "worse" if after and not before else "same"


def judged(own: Tally, line: Sequence[Tally], most: int) -> tuple[Outcome, ...]:
    """The newest judged turns of a way and of the versions it came from, the newest version first, one outcome a turn.

    A version takes over from the one before where that was wanted: such turns count as what they were for that one.
    """
    found: dict[str, Outcome] = {}
    for tally in reversed(line):
        found |= {outcome.asked: outcome for outcome in tally.outcomes}
    found |= {o.asked: o for o in own.outcomes if o.applied or o.asked not in found}
    return tuple(found.values())[-most:]
