"""From a time expression to the calendar days that it means: pure.

The date library reads dates and plain relative expressions; what people say beside that ("last summer", "the first week
of October", "between March and May", "over the weekend") is arithmetic on calendar days, so that a day that lasts 23 or
25 hours is still one day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from dateparser.date import DateDataParser
from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from .calendar_days import LONG_AGO, Calendar, Days, moved, unit_away
from .words import TimeWords, months, weekdays

_LEAD = re.compile(
    r"^(?:(?:on|in|at|during|over|for|by|of|around|about|am|im|an|um|en|à|au|le|la|el|del|du|der|den|dem|the|back) )+"
)
_NAMED_DAY = re.compile(
    r"yesterday|today|tomorrow|tonight|hier|aujourd'hui|demain|gestern|heute|morgen|ayer|hoy|mañana"
)
_WRITTEN_DATE = re.compile(r"\d.*[^\W\d_]{3}|[^\W\d_]{3}.*\d|\d+[./-]\d+")
_PART = re.compile(
    r" ?(?:morning|afternoon|evening|night|noon|matin|soir|nuit|abend|nacht|mittag|noche|tarde)$"
)


def resolved(words: str, calendar: Calendar) -> Days | None:
    """The days that a whole expression means, or None."""
    return _range(words, calendar) or _simple(words, calendar)


def _range(words: str, calendar: Calendar) -> Days | None:
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


def _simple(words: str, calendar: Calendar) -> Days | None:
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


def _recent(words: str, calendar: Calendar) -> Days | None:
    if re.fullmatch(calendar.words.recently, words):
        return Days(calendar.today - timedelta(days=14), calendar.today + timedelta(days=1))
    return None


def _part_of_day(words: str, calendar: Calendar) -> Days | None:
    """ "this morning", "last night": nights belong to the day they begin on."""
    for pattern, by in ((calendar.words.today, 0), (calendar.words.yesterday, 1)):
        if re.fullmatch(pattern, words):
            day = calendar.today - timedelta(days=by)
            return Days(day, day + timedelta(days=1))
    return None


def _part_of_period(words: str, calendar: Calendar) -> Days | None:
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
    if re.fullmatch(there.weekend, words):
        return None  # "fin de semana"
    ways = [rf"{lead}[ -]?(?:{there.the})?(?P<inner>.+)" for lead in (there.early, there.middle, there.late)]
    for third, way in ((0, ways[0]), (1, ways[1]), (2, ways[2]), (2, there.closing)):
        if match := re.fullmatch(way, words):
            current = replace(calendar, coming=False)
            inner = (
                _month(match["inner"], current)
                or _year(match["inner"], current)
                or _unit(match["inner"], current)
                or _current_unit(match["inner"], current)
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


def _count_of_units(words: str, calendar: Calendar, *, ahead: bool = False) -> Days | None:
    """ "three weeks ago", "in two days", "the last few months"."""
    there, today = calendar.words, calendar.today
    number = "|".join(sorted(map(re.escape, there.numbers), key=len, reverse=True)) + r"|\d{1,3}"
    unit = "|".join(there.units)
    counted = rf"(?:about |around |over |almost )?(?P<n>{number}) (?P<unit>{unit})"
    said = rf"{counted} (?:{there.ago})" if calendar.language == "en" else rf"(?:{there.ago}) {counted}"
    if match := re.fullmatch(said, words):
        return unit_away(-_number(match["n"], there), _unit_named(match["unit"], there), today)
    if ahead and (match := re.fullmatch(counted, words)):
        return unit_away(_number(match["n"], there), _unit_named(match["unit"], there), today)
    if match := re.fullmatch(rf"(?P<way>{there.last}|{there.next}) {counted}", words):
        n, name = _number(match["n"], there), _unit_named(match["unit"], there)
        if re.fullmatch(there.next, match["way"]):
            return Days(today, moved(today, n, name) + timedelta(days=1))
        return Days(moved(today, -n, name), today + timedelta(days=1))
    return None


def _unit(words: str, calendar: Calendar) -> Days | None:
    """ "last week", "this month", "next year"."""
    there = calendar.words
    unit = "|".join(there.units)
    ways = ((there.last, -1), (there.this, 0), (there.next, 1))
    if match := re.fullmatch(rf"(?P<unit>{unit}) before last", words):
        return unit_away(-2, _unit_named(match["unit"], there), calendar.today)
    patterns = [(rf"{way} (?P<unit>{unit})", by) for way, by in ways if "?=" not in way]
    if calendar.language in ("fr", "es"):  # the word for "last" follows
        patterns += [
            (rf"(?P<unit>{unit}) (?:derni[eè]re?|passée?|pasad[ao])", -1),
            (rf"(?P<unit>{unit}) (?:prochaine?|que viene)", 1),
        ]
    for pattern, by in patterns:
        if match := re.fullmatch(pattern, words):
            return unit_away(by, _unit_named(match["unit"], there), calendar.today)
    return None


def _current_unit(words: str, calendar: Calendar) -> Days | None:
    """ "the year", of which the end is still to come."""
    there = calendar.words
    for written, unit in there.units.items():
        if calendar.future and re.fullmatch(written, words):
            return unit_away(0, unit, calendar.today)
    return None


def _weekend(words: str, calendar: Calendar) -> Days | None:
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


def _weekday(words: str, calendar: Calendar) -> Days | None:
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


def _season(words: str, calendar: Calendar) -> Days | None:
    def days(name: str, year: int) -> Days:
        month, length = calendar.words.seasons[name]
        start = date(year, month, 1)
        return Days(start, start + relativedelta(months=length))

    return _yearly(words, tuple(calendar.words.seasons), days, calendar)


def _feast(words: str, calendar: Calendar) -> Days | None:
    def days(name: str, year: int) -> Days:
        month, day, length = calendar.words.feasts[name]
        start = date(year, month, day) if month else easter(year) - timedelta(days=2)
        return Days(start, start + timedelta(days=length))

    return _yearly(words, tuple(calendar.words.feasts), days, calendar)


def _month(words: str, calendar: Calendar) -> Days | None:
    def days(name: str, year: int) -> Days:
        start = date(year, months(calendar.language)[name], 1)
        return Days(start, start + relativedelta(months=1))

    return _yearly(words, tuple(months(calendar.language)), days, calendar)


def _yearly(
    words: str, names: tuple[str, ...], days: Callable[[str, int], Days], calendar: Calendar
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
        return next(found for found in by_year if (found.start if calendar.coming else found.end) > today)
    return next(found for found in reversed(by_year) if found.start <= today)


def _year(words: str, calendar: Calendar) -> Days | None:
    if re.fullmatch(r"(?:19|20)\d\d", words):
        return Days(date(int(words), 1, 1), date(int(words) + 1, 1, 1))
    if match := re.fullmatch(r"(?:the )?((?:19|20)\d)0s", words):
        first = int(match[1]) * 10
        return Days(date(first, 1, 1), date(first + 10, 1, 1))
    return None


def _day_of_month(words: str, calendar: Calendar) -> Days | None:
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


def _by_library(words: str, calendar: Calendar) -> Days | None:
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
def _library(calendar: Calendar) -> DateDataParser:
    settings = {
        "RELATIVE_BASE": datetime.combine(calendar.today, time(12)),
        "PREFER_DATES_FROM": "future" if calendar.future else "past",
        "DATE_ORDER": "MDY" if calendar.american else "DMY",
        "PREFER_LOCALE_DATE_ORDER": False,
    }
    return DateDataParser(languages=[calendar.language], settings=settings)


def _unit_named(word: str, there: TimeWords) -> str:
    return next(unit for written, unit in there.units.items() if re.fullmatch(written, word))


def _number(word: str, there: TimeWords) -> int:
    return int(word) if word.isdigit() else there.numbers[word]
