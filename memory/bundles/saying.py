"""What somebody said elsewhere, as it comes in: only what can be kept, at a time that can be true."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from ..archive import LONGEST_TEXT
from ..importance import importance_of
from ..records import Shown

EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)


def saying(number: int, text: str, session: str, at: datetime | None, now: datetime) -> Shown | None:
    """Words of the person themself; None for what cannot be kept as a memory."""
    text = text.strip()
    if not text or len(text) > LONGEST_TEXT or any("\ud800" <= letter <= "\udfff" for letter in text):
        return None
    said = at if at is not None and EARLIEST <= at <= now else now
    return Shown(
        id=f"{number:012}",
        kind="episode",
        text=text,
        occurred_at=said,
        recorded_at=now,
        origin="imported",
        status="active",
        version=1,
        importance=importance_of(text).value,
        confidence=1.0,
        speaker="user",
        session=session[:200],
    )


def moment(value: Any) -> datetime | None:
    """A time as other programs write it: seconds since 1970, or ISO 8601. None where it is neither.

    >>> moment(1714728600.5), moment("2024-05-03T09:30:00Z"), moment("soon"), moment(1e300), moment(None)
    (datetime.datetime(2024, 5, 3, 9, 30, 0, 500000, tzinfo=datetime.timezone.utc), datetime.datetime(2024, 5, 3, 9, 30, tzinfo=datetime.timezone.utc), None, None, None)
    """
    try:
        if isinstance(value, int | float):
            return datetime.fromtimestamp(value, UTC)
        found = datetime.fromisoformat(value)
    except (ValueError, OverflowError, OSError, TypeError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
