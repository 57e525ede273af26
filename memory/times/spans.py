"""How long something is to last, in words: pure."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta

from .words import WORDS


def end_of(words: str, language: str, now: datetime) -> datetime | None:
    """When a span that begins now is over; None for words that name none.

    >>> now = datetime(2026, 1, 31, 11)
    >>> [f"{end_of(words, 'en', now):%d %B}" for words in ("a week", "two months", "10 days")]
    ['07 February', '31 March', '10 February']
    >>> end_of("a bit", "en", now), f"{end_of('einen Monat', 'de', now):%d %B}"
    (None, '28 February')
    """
    there = WORDS[language]
    numbers = "|".join(sorted(map(re.escape, there.numbers), key=len, reverse=True))
    named = "|".join(there.units)
    said = re.fullmatch(
        rf"(?:the next )?(?P<n>{numbers}|\d{{1,3}}) (?P<unit>{named})", words.strip().casefold()
    )
    if said is None:
        return None
    count = int(said["n"]) if said["n"].isdigit() else there.numbers[said["n"]]
    unit = next(unit for written, unit in there.units.items() if re.fullmatch(written, said["unit"]))
    match unit:
        case "day":
            return now + timedelta(days=count)
        case "week" | "weekend":
            return now + timedelta(weeks=count)
        case "fortnight":
            return now + timedelta(weeks=2 * count)
        case "month":
            later: datetime = now + relativedelta(months=count)
            return later
        case _:
            years: datetime = now + relativedelta(years=count)
            return years
