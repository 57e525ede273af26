"""Moments as they are kept: in UTC, and as whole microseconds since 1970."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_now() -> datetime:
    return datetime.now(UTC)


def microseconds(moment: datetime) -> int:
    """
    >>> microseconds(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))
    1000000
    """
    return int(moment.timestamp() * 1_000_000)


def moment(at: int) -> datetime:
    """The moment of so many microseconds.

    >>> moment(microseconds(datetime(2026, 5, 3, 9, tzinfo=UTC))).isoformat()
    '2026-05-03T09:00:00+00:00'
    """
    return datetime.fromtimestamp(at / 1_000_000, UTC)
