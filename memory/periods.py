"""The stretch of time that words speak of, seen from a moment in a person's time zone: pure.

The date library reads dates and plain relative expressions; what people say beside that ("last summer", "the first week
of October", "between March and May", "over the weekend") is arithmetic on calendar days, so that a day that lasts 23 or
25 hours is still one day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateparser.date import DateDataParser
from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from .time_words import WORDS, TimeWords, anchor, months, weekdays

LONGEST = 9  # words of one expression
LONG_AGO = date(1900, 1, 1)
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
_LEAD = re.compile(
    r"^(?:(?:on|in|at|during|over|for|by|of|around|about|am|im|an|um|en|à|au|le|la|el|del|du|der|den|dem|the|back) )+"
)
_NAMED_DAY = re.compile(
    r"yesterday|today|tomorrow|tonight|hier|aujourd'hui|demain|gestern|heute|morgen|ayer|hoy|mañana"
)
_WRITTEN_DATE = re.compile(r"\d.*[^\W\d_]{3}|[^\W\d_]{3}.*\d|\d+[./-]\d+")
_SIDE = re.compile(
    r"\b(?:before|after|since|first|most recent\w*|latest|avant|après|depuis|première|vor|nach|seit|ersten?|zuletzt|antes|después|desde|primera)\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r" ?(?:morning|afternoon|evening|night|noon|matin|soir|nuit|abend|nacht|mittag|noche|tarde)$"
)
_COMMON = frozenset({"may", "march", "mars", "fall", "spring"})  # names that are common words too


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


@dataclass(frozen=True, slots=True)
class Days:
    """Calendar days, the second one no longer in it."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class _Calendar:
    """From where time is looked at."""

    today: date
    language: str
    future: bool
    past: bool = False
    american: bool = False

    @property
    def words(self) -> TimeWords:
        return WORDS[self.language]


def period_of(text: str, now: datetime, zone: ZoneInfo, *, ahead: bool = False) -> Period | None:
    """The first and longest time expression of a text; None where it is not about time.

    `ahead`: it is known to speak of what comes, so that "on Friday" is the next one.

    >>> berlin = ZoneInfo("Europe/Berlin")
    >>> now = datetime(2026, 1, 2, 11, tzinfo=berlin)
    >>> found = period_of("what was I working on last week?", now, berlin)
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
        calendar = _Calendar(now.astimezone(zone).date(), language, future, past, american)
        if found := _longest(line, calendar):
            days, words = found
            return Period(_midnight(days.start, zone), _midnight(days.end, zone), words)
    return None


def speaks_of_time(text: str) -> bool:
    """Whether a text holds any word about time, of whatever language."""
    line = text[:READ].replace("’", "'")
    return any(anchor(language).search(line) or _SIDE.search(line) for language in WORDS)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _longest(line: str, calendar: _Calendar) -> tuple[Days, str] | None:
    tokens = [(match.start(), match.end()) for match in _TOKEN.finditer(line)]
    for size in range(min(LONGEST, len(tokens)), 0, -1):
        for first in range(len(tokens) - size + 1):
            start, end = tokens[first][0], tokens[first + size - 1][1]
            words = line[start:end].rstrip(".").casefold()
            before = line[:start].casefold().split()[-1:]
            if anchor(calendar.language).search(words) and not {
                "every",
                "each",
                "jeden",
                "chaque",
                "cada",
            } & {*before}:
                if _doubtful(words, before, last=first + size == len(tokens), calendar=calendar):
                    continue
                if days := resolved(words, calendar):
                    return days, line[start:end]
    return None


def _doubtful(words: str, before: list[str], *, last: bool, calendar: _Calendar) -> bool:
    """A bare "may" or "Monday" is a time only behind a preposition, or at the end."""
    if re.fullmatch(r"\d{4}|\d{1,2}(?:st|nd|rd|th)", words):
        return True  # "room 2021", "my 30th birthday"
    name = words.removeprefix("the ").removesuffix("'s")
    if name not in _COMMON and name not in weekdays(calendar.language):
        return False
    led = bool(before) and re.fullmatch(rf"{calendar.words.inside}|on|am|le|el", before[0]) is not None
    return not led and not (last and name not in _COMMON and words == name)


# -- from words to days ----------------------------------------------------------------------------


def resolved(words: str, calendar: _Calendar) -> Days | None:
    """The days that a whole expression means, or None."""
    return _range(words, calendar) or _simple(words, calendar)


def _range(words: str, calendar: _Calendar) -> Days | None:
    there = calendar.words
    if match := re.fullmatch(there.between, words):
        two = _simple(match["two"], calendar)
        one = _simple(match["one"], calendar) or _simple(_lent(match["one"], match["two"]), calendar)
        if re.fullmatch(r"\D*\d{1,2}\D{0,2}", match["one"]):  # "from the 3rd to the 7th of May"
            one = _simple(_lent(match["one"], match["two"]), calendar)
        if one and two:
            while one.start > two.start:
                one = Days(one.start - relativedelta(years=1), one.end - relativedelta(years=1))
            return Days(one.start, two.end)
    if (match := re.fullmatch(there.since, words)) and (one := _simple(match["one"], calendar)):
        return Days(one.start, calendar.today + timedelta(days=1))
    if (match := re.fullmatch(there.after, words)) and (one := _simple(match["one"], calendar)):
        return Days(one.end, max(calendar.today + timedelta(days=1), one.end + timedelta(days=1)))
    ahead = replace(calendar, future=not calendar.past)
    if (match := re.fullmatch(there.before, words)) and (one := _simple(match["one"], ahead)):
        return Days(calendar.today if one.start > calendar.today and ahead.future else LONG_AGO, one.start)
    return None


def _lent(one: str, two: str) -> str:
    """The first day with the month of the second: "3" and "7 May"."""
    return re.sub(r"\d{1,2}", re.sub(r"\D", "", one), two, count=1)


def _simple(words: str, calendar: _Calendar) -> Days | None:
    ahead = re.match(r"(?:in|dans|en|dentro de) ", words) is not None and not calendar.past
    words = _LEAD.sub("", words.strip())
    if ahead and (days := _count_of_units(words, calendar, ahead=True)):
        return days
    readers = (
        _recent,
        _part_of_day,
        _part_of_period,
        _count_of_units,
        _unit,
        _weekend,
        _weekday,
        _season,
        _feast,
        _month,
        _year,
    )
    for reader in readers:
        if days := reader(words, calendar):
            return days
    if words.isdigit():
        return None
    return _day_of_month(words, calendar) or _by_library(words, calendar)


def _recent(words: str, calendar: _Calendar) -> Days | None:
    if re.fullmatch(calendar.words.recently, words):
        return Days(calendar.today - timedelta(days=14), calendar.today + timedelta(days=1))
    return None


def _part_of_day(words: str, calendar: _Calendar) -> Days | None:
    """ "this morning", "last night": nights belong to the day they begin on."""
    for pattern, by in ((calendar.words.today, 0), (calendar.words.yesterday, 1)):
        if re.fullmatch(pattern, words):
            day = calendar.today - timedelta(days=by)
            return Days(day, day + timedelta(days=1))
    return None


def _part_of_period(words: str, calendar: _Calendar) -> Days | None:
    """ "early March", "the end of 2025", "the first week of October"."""
    there = calendar.words
    weeks = "|".join(there.week_of)
    week = r"week(?:end)?|semaine|woche|semana"
    if match := re.fullmatch(
        rf"(?:the |la |der |die )?(?P<n>{weeks}) (?P<unit>{week}) (?:of|in|de|d'|im|des) ?(?P<inner>.+)",
        words,
    ):
        if (inner := _simple(match["inner"], calendar)) is None:
            return None
        n = there.week_of[match["n"]]
        start = inner.end - timedelta(days=7) if n < 0 else inner.start + timedelta(days=7 * n)
        return Days(start, min(start + timedelta(days=7), inner.end))
    for third, lead in enumerate((there.early, there.middle, there.late)):
        if match := re.fullmatch(rf"{lead}[ -]?(?P<inner>.+)", words):
            inner = (
                _month(match["inner"], calendar)
                or _year(match["inner"], calendar)
                or _unit(match["inner"], calendar)
            )
            if inner is None:
                continue
            length = (inner.end - inner.start).days
            by_month = length > 300
            cuts = [
                inner.start
                + (relativedelta(months=4 * part) if by_month else timedelta(days=round(length * part / 3)))
                for part in range(4)
            ]
            return Days(cuts[third], cuts[third + 1])
    return None


def _count_of_units(words: str, calendar: _Calendar, *, ahead: bool = False) -> Days | None:
    """ "three weeks ago", "in two days", "the last few months"."""
    there, today = calendar.words, calendar.today
    number = "|".join(sorted(map(re.escape, there.numbers), key=len, reverse=True)) + r"|\d{1,3}"
    unit = "|".join(there.units)
    counted = rf"(?:about |around |over |almost )?(?P<n>{number}) (?P<unit>{unit})"
    said = rf"{counted} (?:{there.ago})" if calendar.language == "en" else rf"(?:{there.ago}) {counted}"
    if match := re.fullmatch(said, words):
        return _around(-_number(match["n"], there), _unit_named(match["unit"], there), today)
    if ahead and (match := re.fullmatch(counted, words)):
        return _around(_number(match["n"], there), _unit_named(match["unit"], there), today)
    if match := re.fullmatch(rf"(?P<way>{there.last}|{there.next}) {counted}", words):
        n, name = _number(match["n"], there), _unit_named(match["unit"], there)
        if re.fullmatch(there.next, match["way"]):
            return Days(today, _moved(today, n, name) + timedelta(days=1))
        return Days(_moved(today, -n, name), today + timedelta(days=1))
    return None


def _unit(words: str, calendar: _Calendar) -> Days | None:
    """ "last week", "this month", "next year"."""
    there = calendar.words
    unit = "|".join(there.units)
    ways = ((there.last, -1), (there.this, 0), (there.next, 1))
    if match := re.fullmatch(rf"(?P<unit>{unit}) before last", words):
        return _around(-2, _unit_named(match["unit"], there), calendar.today)
    patterns = [(rf"{way} (?P<unit>{unit})", by) for way, by in ways if "?=" not in way]
    if calendar.language in ("fr", "es"):  # the word for "last" follows
        patterns += [
            (rf"(?P<unit>{unit}) (?:derni[eè]re?|passée?|pasad[ao])", -1),
            (rf"(?P<unit>{unit}) (?:prochaine?|que viene)", 1),
        ]
    for pattern, by in patterns:
        if match := re.fullmatch(pattern, words):
            return _around(by, _unit_named(match["unit"], there), calendar.today)
    return None


def _weekend(words: str, calendar: _Calendar) -> Days | None:
    there, today = calendar.words, calendar.today
    ways = f"{there.this}|{there.last}|{there.next}"
    match = re.fullmatch(
        rf"(?:(?P<way>{ways}) )?{there.weekend}(?: (?P<after>derni[eè]r|passée?|pasado|prochain|que viene))?",
        words,
    )
    if match is None:
        return None
    saturday = today - timedelta(days=today.weekday()) + timedelta(days=5)
    way = (match["way"] or "").strip()
    by = 0
    if match["after"]:
        by = 1 if match["after"] in ("prochain", "que viene") else -1
    elif way and re.fullmatch(there.last, way):
        by = -1
    elif way and re.fullmatch(there.next, way):
        by = 1
    elif not way and not calendar.future and saturday > today:
        by = -1
    saturday += timedelta(days=7 * by)
    return Days(saturday, saturday + timedelta(days=2))


def _weekday(words: str, calendar: _Calendar) -> Days | None:
    there, today = calendar.words, calendar.today
    names = "|".join(weekdays(calendar.language))
    match = re.fullmatch(
        rf"(?:(?P<way>{there.this}|{there.last}|{there.next}) ?)?(?P<day>{names})(?: (?P<after>derni[eè]r|passé|pasado|prochain|que viene))?",
        _PART.sub("", words),
    )
    if match is None:
        return None
    wanted, way = weekdays(calendar.language)[match["day"]], (match["way"] or "").strip()
    since = (today.weekday() - wanted) % 7
    future = (
        calendar.future
        or match["after"] in ("prochain", "que viene")
        or bool(way and re.fullmatch(there.next, way))
    )
    if way and re.fullmatch(there.this, way):
        day = today - timedelta(days=today.weekday()) + timedelta(days=wanted)
    elif future and not (way and re.fullmatch(there.last, way)):
        day = today + timedelta(days=(wanted - today.weekday()) % 7 or 7)
    else:
        day = today - timedelta(days=since or 7)
    return Days(day, day + timedelta(days=1))


def _season(words: str, calendar: _Calendar) -> Days | None:
    def days(name: str, year: int) -> Days:
        month, length = calendar.words.seasons[name]
        start = date(year, month, 1)
        return Days(start, start + relativedelta(months=length))

    return _yearly(words, tuple(calendar.words.seasons), days, calendar)


def _feast(words: str, calendar: _Calendar) -> Days | None:
    def days(name: str, year: int) -> Days:
        month, day, length = calendar.words.feasts[name]
        start = date(year, month, day) if month else easter(year) - timedelta(days=2)
        return Days(start, start + timedelta(days=length))

    return _yearly(words, tuple(calendar.words.feasts), days, calendar)


def _month(words: str, calendar: _Calendar) -> Days | None:
    def days(name: str, year: int) -> Days:
        start = date(year, months(calendar.language)[name], 1)
        return Days(start, start + relativedelta(months=1))

    return _yearly(words, tuple(months(calendar.language)), days, calendar)


def _yearly(
    words: str, names: tuple[str, ...], days: Callable[[str, int], Days], calendar: _Calendar
) -> Days | None:
    """What comes once a year: the one of a named year, the last or the next one, else the nearest that fits the tense."""
    there, today = calendar.words, calendar.today
    listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    match = re.fullmatch(
        rf"(?:(?P<way>{there.this}|{there.last}|{there.next}) ?)?(?:the )?(?P<name>{listed})"
        r"(?:(?: of| in| de| del)? (?P<year>\d{4}|last year|this year|next year)| (?P<after>derni[eè]re?|passée?|pasad[ao]|prochaine?|que viene))?",
        words,
    )
    if match is None:
        return None
    name, way, after = match["name"], (match["way"] or "").strip(), match["after"] or ""
    if match["year"]:
        relative = {"last year": -1, "this year": 0, "next year": 1}
        year = int(match["year"]) if match["year"].isdigit() else today.year + relative[match["year"]]
        return days(name, year)
    by_year = [days(name, year) for year in range(today.year - 2, today.year + 3)]
    if way and re.fullmatch(there.this, way):
        return days(name, today.year)
    if after in ("prochain", "prochaine", "que viene") or (way and re.fullmatch(there.next, way)):
        return next(found for found in by_year if found.start > today)
    if after or (way and re.fullmatch(there.last, way)):
        return next(found for found in reversed(by_year) if found.end <= today)
    if calendar.future:
        return next(found for found in by_year if found.end > today)
    return next(found for found in reversed(by_year) if found.start <= today)


def _year(words: str, calendar: _Calendar) -> Days | None:
    if re.fullmatch(r"(?:19|20)\d\d", words):
        return Days(date(int(words), 1, 1), date(int(words) + 1, 1, 1))
    if match := re.fullmatch(r"(?:the )?((?:19|20)\d)0s", words):
        first = int(match[1]) * 10
        return Days(date(first, 1, 1), date(first + 10, 1, 1))
    return None


def _day_of_month(words: str, calendar: _Calendar) -> Days | None:
    """ "the 5th"."""
    match = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th|\.)", words)
    if match is None or not 1 <= int(match[1]) <= 31:
        return None
    step = 1 if calendar.future else -1
    for by in range(13):
        first = calendar.today.replace(day=1) + relativedelta(months=step * by)
        if int(match[1]) > monthrange(first.year, first.month)[1]:
            continue
        day = first.replace(day=int(match[1]))
        if (day >= calendar.today) if calendar.future else (day <= calendar.today):
            return Days(day, day + timedelta(days=1))
    return None


def _by_library(words: str, calendar: _Calendar) -> Days | None:
    """A date or a named day, as the date library reads it; a bare number or hour is neither."""
    words = _PART.sub("", words) if _NAMED_DAY.search(words) else words
    last = words.rsplit(" ", 1)[-1]
    ends = last in months(calendar.language) or any(c.isdigit() for c in last) or _NAMED_DAY.search(last)
    if not ends or not (_NAMED_DAY.search(words) or _WRITTEN_DATE.search(words)):
        return None
    found = _library(calendar).get_date_data(words)
    if found.date_obj is None or found.period in ("time", None):
        return None
    day = found.date_obj.date()
    return Days(day, day + timedelta(days=1))


@lru_cache(maxsize=64)
def _library(calendar: _Calendar) -> DateDataParser:
    settings = {
        "RELATIVE_BASE": datetime.combine(calendar.today, time(12)),
        "PREFER_DATES_FROM": "future" if calendar.future else "past",
        "DATE_ORDER": "MDY" if calendar.american else "DMY",
        "PREFER_LOCALE_DATE_ORDER": False,
    }
    return DateDataParser(languages=[calendar.language], settings=settings)


# -- counting --------------------------------------------------------------------------------------


def _around(n: int, unit: str, today: date) -> Days:
    """The whole unit that lies so many units away: the day, the week from Monday on, the month, the year."""
    there = _moved(today, n, unit)
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


def _moved(day: date, n: int, unit: str) -> date:
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
    moved: date = day + relativedelta(months=months)
    return moved


def _unit_named(word: str, there: TimeWords) -> str:
    return next(unit for written, unit in there.units.items() if re.fullmatch(written, word))


def _number(word: str, there: TimeWords) -> int:
    return int(word) if word.isdigit() else there.numbers[word]
