"""What REST takes and gives beside plain texts and objects. A schema that says one thing takes no other for it."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, FiniteFloat, Strict

_NUMBER = re.compile(r"\s*[-+]?[\d.]+(?:e[-+]?\d+)?\s*", re.IGNORECASE)


def written(value: object) -> object:
    """A moment as text: a number would be taken for seconds since 1970.

    >>> written("2026-05-03T12:00:00Z")
    '2026-05-03T12:00:00Z'
    """
    if not isinstance(value, str | datetime | None) or (isinstance(value, str) and _NUMBER.fullmatch(value)):
        raise ValueError("give a date and time, like 2026-05-03T12:00:00Z")
    return value


def counted(value: object) -> object:
    """A number that is one: true is not 1.

    >>> counted(3)
    3
    """
    if isinstance(value, bool | str):
        raise ValueError("give a number")
    return value


Moment = Annotated[datetime, BeforeValidator(written)]
Count = Annotated[int, BeforeValidator(counted)]  # of a body: in an address every number is text
Measure = Annotated[FiniteFloat, BeforeValidator(counted)]
Flag = Annotated[bool, Strict()]  # of a body


def in_media(media: str) -> dict[int | str, dict[str, Any]]:
    """For operations that answer with no JSON."""
    return {200: {"content": {media: {}}}}


def takes_media(media: str) -> dict[str, Any]:
    """For operations that take a file as it is."""
    return {"requestBody": {"content": {media: {"schema": {"type": "string", "format": "binary"}}}}}
