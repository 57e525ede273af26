"""What somebody may want to be reminded of when a talk comes to it: something open, a contradiction, a date that has come. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from typing import Literal
from zoneinfo import ZoneInfo

from .loops import open_loops
from .records import Hit, Shown
from .timeline import Moment, moment_of

Occasion = Literal["open loop", "conflict", "date"]
ASPECT = "reminders"  # the name that their person's control of them goes by
NEAR, HALF = 0.45, 0.5  # so near in meaning, or so many of the rare words: the talk has come to it
A_DATE = timedelta(days=2)  # longer is a time, not a date


@dataclass(frozen=True, slots=True)
class Reminder:
    """Why something is spoken of, and the memories that say it; of a conflict both, the newer first."""

    occasion: Occasion
    memories: tuple[Shown, ...]


def reminder_of(
    hits: Sequence[Hit], now: datetime, zone: ZoneInfo, offered: Collection[str]
) -> Reminder | None:
    """The one thing of what came to mind that is worth a word unasked; None mostly. Nothing that was `offered`."""
    about = [hit.memory for hit in hits if hit.meaning >= NEAR or hit.coverage >= HALF]
    fresh = [memory for memory in about if memory.id not in offered]
    if conflict := _conflict(fresh):
        return Reminder("conflict", conflict)
    told = [m for m in fresh if m.kind == "episode" and m.speaker == "user"]
    moments = sorted((moment_of(memory, zone) for memory in told), key=lambda moment: moment.at)
    if come := next((moment for moment in moments if _has_come(moment, now)), None):
        return Reminder("date", (come.memory,))
    if loops := open_loops(moments, now, offered):
        return Reminder("open loop", (loops[0].memory,))
    return None


def _conflict(memories: Sequence[Shown]) -> tuple[Shown, ...]:
    """Two disputed beliefs about one thing."""
    disputed = sorted((m for m in memories if m.status == "disputed"), key=lambda m: m.id, reverse=True)
    for newer, older in combinations(disputed, 2):
        if (newer.kind, newer.subject, newer.relation) == (older.kind, older.subject, older.relation):
            return newer, older
    return ()


def _has_come(moment: Moment, now: datetime) -> bool:
    """Whether what was said is about today, and was said before."""
    if moment.until is None or moment.until - moment.at > A_DATE:
        return False
    return moment.memory.occurred_at < moment.at <= now < moment.until
