"""Open loops: what somebody said was coming, that is over by now, and that they have not spoken of since. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from .lexical import terms
from .timeline import Moment

RECENT = timedelta(days=45)  # what is over longer is not asked about
TOLD = 2  # telling words that a later message shares when it tells how it went


def open_loops(moments: Sequence[Moment], now: datetime, offered: Collection[str]) -> list[Moment]:
    """Plans of the person's whose time has come and gone, newest first; none that was offered before.

    A plan is closed by anything said since it was over that shares two of its telling words, or its only one.
    """
    due = [
        moment
        for moment in moments
        if moment.until is not None
        and "plan" in moment.kinds
        and moment.at > moment.memory.occurred_at
        and now - RECENT <= moment.until <= now
        and moment.memory.speaker == "user"
        and moment.memory.id not in offered
    ]
    return [moment for moment in reversed(due) if not any(_closes(later, moment) for later in moments)]


def _closes(later: Moment, plan: Moment) -> bool:
    wanted = {*terms(plan.memory.text)}
    shared = wanted & {*terms(later.memory.text)}
    after = later.memory.occurred_at >= plan.at and later.memory.id != plan.memory.id
    return after and len(shared) >= min(TOLD, len(wanted)) > 0
