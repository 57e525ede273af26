"""Timeline: what was learned, corrected and forgotten, day by day, and what was known on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from agent.wiring import running
from memory.records import Shown
from memory.timeline import By
from memory.verbs.explaining import Event

from .memories import Fields, wanted_of
from .rendering import ACTIONS, Me, at_noon, page

router = APIRouter()
PAGE = 100
DAYS = 60  # in the line on top
TALL = 40


@dataclass(frozen=True, slots=True)
class Day:
    """One day's entries, the newest first, and the memories that are still there."""

    at: datetime
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One day in the line on top: where it stands, how high, and how much happened."""

    x: int
    height: int
    day: date
    times: int


def by_day(events: Sequence[Event]) -> list[Day]:
    grouped = groupby(events, key=lambda event: event.at.astimezone().date())
    return [Day(at=(of_day := tuple(found))[0].at, events=of_day) for _, found in grouped]


def bars(counts: dict[date, int], today: date) -> list[Bar]:
    """A bar for each of the last days on which something happened.

    >>> bars({date(2026, 5, 3): 4, date(2026, 5, 2): 2}, date(2026, 5, 3))[-1].height
    20
    """
    highest = max(counts.values(), default=1)
    days = [today - timedelta(days=back) for back in range(DAYS)]
    return [
        Bar(
            x=(DAYS - 1 - back) * 10, height=max(2, TALL * counts[day] // highest), day=day, times=counts[day]
        )
        for back, day in enumerate(days)
        if counts.get(day)
    ]


@router.get("/timeline", response_class=HTMLResponse)
async def timeline(
    request: Request,
    me: Me,
    asked: Fields,
    on: str = "",
    action: str = "",
    offset: Annotated[int, Query(ge=0, le=2**62)] = 0,
) -> HTMLResponse:
    """All that happened; or what happened to memories that fit, by the same fields as the list has."""
    memory, then = running().memory, at_noon(on)
    wanted = await wanted_of(me, asked) if any(asked.values()) else None
    actions = (action,) if action in ACTIONS else ()
    known: list[Shown] = []
    until = then.replace(hour=23, minute=59, second=59) if then else None
    if until:
        known = await memory.facts(scope=me.scope, by=me.principal, as_of=until)
    events, total = await memory.events(
        scope=me.scope,
        by=me.principal,
        actions=actions,
        until=until,
        offset=offset,
        limit=PAGE,
        wanted=wanted,
    )
    live = await memory.still_known([e.memory for e in events], scope=me.scope, by=me.principal)
    counts = await memory.days(scope=me.scope, by=me.principal, wanted=wanted, actions=actions)
    values = {
        "days": by_day(events),
        "live": live,
        "on": on if until else "",
        "asked": asked,
        "action": action if actions else "",
        "filtering": bool(actions or wanted),
        "query": urlencode({"on": on, "action": action, **asked}),
        "then": then,
        "known": known,
        "bars": bars(counts, datetime.now(UTC).date()),
        "tall": TALL,
        "wide": DAYS * 10,
        "following": offset + PAGE if offset + PAGE < total else None,
        "previous": max(0, offset - PAGE) if offset else None,
    }
    return await page(request, me, "timeline", values)


@router.get("/timeline/story", response_class=HTMLResponse)
async def story(request: Request, me: Me, order: str = "day", when: str = "") -> HTMLResponse:
    """What the person told, by the day it happened, by topic or by person; of a time in words."""
    chosen: By = "topic" if order == "topic" else "person" if order == "person" else "day"
    told = await running().memory.timeline(scope=me.scope, by=me.principal, order=chosen, when=when)
    values = {"order": chosen, "when": when, "told": told}
    return await page(request, me, "timeline", values, name="story.html")
