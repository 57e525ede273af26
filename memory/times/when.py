"""What a question says about time: a stretch of it, an order, or an event that it is measured by. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from ..records import Hit, Reason
from .calendar_days import LONG_AGO
from .periods import Period, period_of

TIMELY = (
    3.0  # what being of the asked time is worth, in the units of ranking: about three standard deviations
)
CLOSE = 0.6  # share of the best coverage that a memory needs to be put in order of time
_FIRST = re.compile(
    r"\b(?:(?:for )?the (?:very )?first time|did (?:i|we|you) first|first (?:mention|say|tell|talk|told|said)\w*|"
    r"(?:la )?première fois|zum ersten mal|das erste mal|(?:la )?primera vez)\b",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"\b(?:the last time|most recent(?:ly)?|did (?:i|we|you) last|latest|(?:la )?dernière fois|das letzte mal|zuletzt|(?:la )?última vez)\b",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\b(?P<side>before|after|since|avant|après|depuis|vor|nach|seit|antes de|después de|desde) "
    r"(?P<words>(?:the|my|our|i|we|she|he|they|le|la|les|mon|ma|mes|der|dem|die|den|meine\w*|el|los|las|mi|mis)\b.{3,80}?)[?.!]*$",
    re.IGNORECASE,
)
_BEFORE = frozenset({"before", "avant", "vor", "antes de"})


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a time is measured by: "before the trip to Oslo"."""

    words: str
    before: bool


@dataclass(frozen=True, slots=True)
class When:
    """What a question says about time; nothing of it: it is not about time."""

    period: Period | None = None
    order: Literal["first", "last", ""] = ""
    event: Event | None = None


def when_of(question: str, now: datetime, zone: ZoneInfo) -> When:
    """What these words say about time.

    >>> utc = ZoneInfo("UTC")
    >>> when_of("What did I eat before the trip to Oslo?", datetime(2026, 5, 3, tzinfo=utc), utc).event
    Event(words='the trip to Oslo', before=True)
    >>> when_of("When did I first mention Rome?", datetime(2026, 5, 3, tzinfo=utc), utc).order
    'first'
    """
    period = period_of(question, now, zone)
    order: Literal["first", "last", ""] = (
        "first" if _FIRST.search(question) else "last" if _LAST.search(question) else ""
    )
    match = None if period or order else _EVENT.search(question.strip())
    event = Event(match["words"], match["side"].casefold() in _BEFORE) if match else None
    return When(period, order, event)


def around(event: Event, found: Hit, now: datetime, zone: ZoneInfo) -> Period:
    """The time before or after an event, as the memory of it tells."""
    day = time_of(found, zone)
    if event.before:
        return Period(datetime.combine(LONG_AGO, datetime.min.time(), zone), day.start, event.words)
    return Period(day.end, max(now, day.end) + timedelta(seconds=1), event.words)


def time_of(hit: Hit, zone: ZoneInfo) -> Period:
    """When it was: the time that its words speak of, else the day on which it was said."""
    said = hit.memory.occurred_at.astimezone(zone)
    spoken = period_of(hit.memory.text, said, zone)
    if spoken is not None:
        return spoken
    start = said.replace(hour=0, minute=0, second=0, microsecond=0)
    return Period(start, start + timedelta(days=1))


def timely(hits: Sequence[Hit], period: Period, zone: ZoneInfo) -> tuple[Hit, ...]:
    """What was said in a time already stands higher; what speaks of it is lifted as much."""
    lifted = []
    for hit in hits:
        said = hit.memory.occurred_at.astimezone(zone)
        spoken = None if period.holds(said) else period_of(hit.memory.text, said, zone)
        if spoken is not None and spoken.meets(period) and _narrow(spoken, period):
            hit = replace(
                hit, score=hit.score + TIMELY, reasons=(*hit.reasons, Reason(name="time", value=TIMELY))
            )
        lifted.append(hit)
    return tuple(sorted(lifted, key=lambda hit: -hit.score))


def of_that_time(hit: Hit) -> bool:
    """Whether a memory was lifted for its time."""
    return any(reason.name == "time" and reason.value > 0 for reason in hit.reasons)


def in_order(hits: Sequence[Hit], order: Literal["first", "last"]) -> tuple[Hit, ...]:
    """Those that hold the question's words, oldest or newest first, then the others."""
    told = [
        hit for hit in hits if hit.memory.kind == "episode" and not hit.memory.text.rstrip().endswith("?")
    ]
    best = max((hit.coverage for hit in told), default=0.0)
    close = [
        hit for hit in told if best > 0 and hit.coverage >= CLOSE * best and hit.memory.speaker != "assistant"
    ]
    close.sort(key=lambda hit: (hit.memory.occurred_at, hit.memory.id), reverse=order == "last")
    chosen = {hit.memory.id for hit in close}
    return (*close, *(hit for hit in hits if hit.memory.id not in chosen))


def _narrow(spoken: Period, period: Period) -> bool:
    """Whether what is spoken of is not much longer than what is asked for: "in 2025" tells little of one day in it."""
    return (spoken.end - spoken.start) <= 4 * (period.end - period.start)
