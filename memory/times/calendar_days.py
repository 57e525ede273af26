"""Calendar days, and the arithmetic on them: days, weeks, months, years away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from .words import WORDS, TimeWords

LONG_AGO = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Days:
    """Calendar days, the second one no longer in it."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Calendar:
    """From where time is looked at."""

    today: date
    language: str
    future: bool
    past: bool = False
    american: bool = False
    coming: bool = False  # what is going on already is not meant: "until June", said in June

    @property
    def words(self) -> TimeWords:
        return WORDS[self.language]


def unit_away(n: int, unit: str, today: date) -> Days:
    """The whole unit that lies so many units away: the day, the week from Monday on, the month, the year."""
    there = moved(today, n, unit)
    match unit:
        case "week" | "fortnight":
            monday = there - timedelta(days=there.weekday())
            return Days(monday, monday + timedelta(days=7))
        case "weekend":
            saturday = there - timedelta(days=there.weekday()) + timedelta(days=5)
            return Days(saturday, saturday + timedelta(days=2))
        case "month":
            first = there.replace(day=1)
            return Days(first, first + relativedelta(months=1))
        case "year":
            return Days(date(there.year, 1, 1), date(there.year + 1, 1, 1))
        case _:
            return Days(there, there + timedelta(days=1))


def moved(day: date, n: int, unit: str) -> date:
    match unit:
        case "week" | "weekend":
            return day + timedelta(weeks=n)
        case "fortnight":
            return day + timedelta(weeks=2 * n)
        case "month":
            return _later(day, months=n)
        case "year":
            return _later(day, months=12 * n)
        case _:
            return day + timedelta(days=n)


def _later(day: date, months: int) -> date:
    later: date = day + relativedelta(months=months)
    return later
