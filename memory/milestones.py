"""A shared history, and its milestones: the first day come round again, and round numbers of conversations. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

ROUND = (100, 500, 1_000, 2_500, 5_000, 10_000)
DAYS = 7  # an anniversary is told in the first conversation of its week
ASPECT = "milestones"  # the aspect by which a person switches them off


@dataclass(frozen=True, slots=True)
class SharedHistory:
    """Since when somebody has talked with the assistant, and in how many conversations."""

    since: date
    conversations: int


def milestone(history: SharedHistory, today: date, told: Collection[str]) -> str:
    """The name of a milestone that is due and was not told yet; empty for none.

    >>> milestone(SharedHistory(date(2025, 5, 3), 40), date(2026, 5, 4), ())
    'year 1'
    >>> milestone(SharedHistory(date(2025, 5, 3), 40), date(2026, 5, 4), ("year 1",))
    ''
    """
    years = relativedelta(today, history.since).years
    since_anniversary = (today - (history.since + relativedelta(years=years))).days
    due = [f"year {years}"] if years and since_anniversary < DAYS else []
    due += [f"conversation {n}" for n in ROUND if n == history.conversations]
    return next((name for name in due if name not in told), "")
