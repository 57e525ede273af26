"""The stretch of time that words speak of, seen from a moment in a person's time zone: pure.

Which words of a text are a time expression is decided here; which days they mean, in `expressions`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .calendar_days import Calendar, Days
from .expressions import resolved
from .words import WORDS, anchor, weekdays

LONGEST = 9  # words of one expression
READ = 400  # characters of a text
_TOKEN = re.compile(r"[^\s,;:!?¿¡()“”\"]+")
_FUTURE = re.compile(
    r"\b(?:will|going to|gonna|shall|planned|plans?|planning|upcoming|coming|next|tomorrow|visiting|(?:am|are|is|'m|'s) (?:i|we|she|he|they)? ?\w+ing"
    r"|do (?:i|we) have|have (?:i|we) got|what'?s on|due|werde|wird|morgen|nächste\w*|prochaine?|demain|próxim\w*|voy a)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:did|was|were|had|have i (?!got)\w+|ago|last|happened|habe|war|ai|était|hice|estuve)\b",
    re.IGNORECASE,
)
_SIDE = re.compile(
    r"\b(?:before|after|since|first|most recent\w*|latest|avant|après|depuis|première|vor|nach|seit|ersten?|zuletzt|antes|después|desde|primera)\b",
    re.IGNORECASE,
)
_END = re.compile(r"(?<![\w-])(?:end|ende|(?:jahres|monats)ende|fin(?:al|ales|es)?)\b", re.IGNORECASE)
_COMMON = frozenset({"may", "march", "mars", "fall", "spring"})  # names that are common words too
_REPEATED = frozenset({"every", "each", "jeden", "chaque", "cada"})


@dataclass(frozen=True, slots=True)
class Period:
    """From a moment on, until another; `words` say it."""

    start: datetime
    end: datetime
    words: str = ""

    def holds(self, moment: datetime) -> bool:
        return self.start <= moment < self.end

    def meets(self, other: Period) -> bool:
        return self.start < other.end and other.start < self.end


def period_of(text: str, now: datetime, zone: ZoneInfo, *, ahead: bool = False) -> Period | None:
    """The first and longest time expression of a text; None where it is not about time.

    `ahead`: it is known to speak of what comes, so that "on Friday" is the next one.

    >>> berlin = ZoneInfo("Europe/Berlin")
    >>> now = datetime(2026, 1, 2, 11, tzinfo=berlin)
    >>> found = period_of("what happened last week?", now, berlin)
    >>> f"{found.start:%Y-%m-%d} {found.end:%Y-%m-%d} {found.words}"
    '2025-12-22 2025-12-29 last week'
    >>> period_of("may I ask what my sister does?", now, berlin)
    """
    line = text[:READ].replace("’", "'")
    for language in WORDS:
        if not anchor(language).search(line):
            continue
        past = not ahead and _PAST.search(line) is not None
        future = ahead or (not past and _FUTURE.search(line) is not None)
        american = zone.key.startswith("America/")
        calendar = Calendar(now.astimezone(zone).date(), language, future, past, american, coming=ahead)
        if found := _longest(line, calendar):
            days, words = found
            return Period(_midnight(days.start, zone), _midnight(days.end, zone), words)
    return None


def until_of(period: Period, now: datetime) -> datetime:
    """Noon of the day that "until" means: the first one of a period, and the last one where its end is named.

    Said in the afternoon of that very day, its last minute.

    >>> utc = ZoneInfo("UTC")
    >>> june = datetime(2026, 6, 21, tzinfo=utc), datetime(2026, 7, 1, tzinfo=utc)
    >>> [f"{until_of(Period(*june, words), june[0]):%d %B, %H}" for words in ("21 June", "the end of June")]
    ['21 June, 12', '30 June, 12']
    >>> f"{until_of(Period(*june, 'the end of June'), datetime(2026, 6, 30, 15, tzinfo=utc)):%d %B, %H:%M}"
    '30 June, 23:59'
    """
    day = period.end - timedelta(days=1) if _END.search(period.words) else period.start
    noon = day.replace(hour=12, minute=0)
    return noon if noon > now else day.replace(hour=23, minute=59)


def speaks_of_time(text: str) -> bool:
    """Whether a text holds any word about time, of whatever language."""
    line = text[:READ].replace("’", "'")
    return any(anchor(language).search(line) or _SIDE.search(line) for language in WORDS)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _longest(line: str, calendar: Calendar) -> tuple[Days, str] | None:
    tokens = [(match.start(), match.end()) for match in _TOKEN.finditer(line)]
    for size in range(min(LONGEST, len(tokens)), 0, -1):
        for first in range(len(tokens) - size + 1):
            start, end = tokens[first][0], tokens[first + size - 1][1]
            words = line[start:end].rstrip(".").casefold()
            before = line[:start].casefold().split()[-1:]
            if (
                anchor(calendar.language).search(words)
                and not _REPEATED & {*before}
                and not _doubtful(words, before, last=first + size == len(tokens), calendar=calendar)
                and (days := resolved(words, calendar))
            ):
                return days, line[start:end]
    return None


def _doubtful(words: str, before: list[str], *, last: bool, calendar: Calendar) -> bool:
    """A bare "may" or "Monday" is a time only behind a preposition, or at the end."""
    if re.fullmatch(r"\d{4}|\d{1,2}(?:st|nd|rd|th)", words):
        return True  # "room 2021", "my 30th birthday"
    name = words.removeprefix("the ").removesuffix("'s")
    if name not in _COMMON and name not in weekdays(calendar.language):
        return False
    led = bool(before) and re.fullmatch(rf"{calendar.words.inside}|on|am|le|el", before[0]) is not None
    return not led and not (last and name not in _COMMON and words == name)
