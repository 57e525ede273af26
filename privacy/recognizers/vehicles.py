"""Number plates and vehicle identification numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding
from .rule import any_word, before

_PLATE = re.compile(
    r"(?<!\w)(?i:(?:licen[cs]e|number|registration|reg)[ -]?(?:plates?|number|no\.?|nr\.?)|plates?(?: number| no\.?)?|kennzeichen|"
    r"nummernschild|plaque(?: d'immatriculation)?|immatriculation|matr[ií]cula|placa|targa|kenteken|car reg(?:istration)?|vehicle reg(?:istration)?)"
    r"(?i:\s+(?:is|are|ist|est|es|é|è|of (?:my|the) (?:car|van|bike)|on (?:my|the) (?:car|van|bike)))*\s*[:=#]?\s*[\"'“]?"
    r"(?P<plate>(?!(?i:of|in|on|at|and|with|for|from|to)\b)(?=[A-Za-z0-9ÄÖÜäöü \-·]{0,10}\d)[A-Za-z0-9ÄÖÜäöü]{1,8}(?:[ \-·][A-Za-z0-9]{0,4}\d[A-Za-z0-9]{0,4}|[ \-·][A-Z]{1,4}(?=[ \-·]?\d|\W|$)){0,3})(?!\w)"
)
_VIN = re.compile(r"(?<!\w)(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-HJ-NPR-Z0-9]{17}(?!\w)", re.IGNORECASE)
_VIN_WORDS = any_word(
    r"vin|chassis|vehicle|car|fahrgestellnummer|châssis|bastidor|telaio|chassi|chassisnummer"
)
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VALUES = dict(
    zip(
        "ABCDEFGHJKLMNPRSTUVWXYZ",
        (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9),
        strict=True,
    )
)


def vehicles(text: str) -> Iterator[Finding]:
    """Plates by the words before them; chassis numbers by check digit or by words."""
    for match in _PLATE.finditer(text):
        if len(match.group("plate")) >= 4:
            yield Finding(match.start("plate"), match.end("plate"), "VEHICLE", 0.85)
    for match in _VIN.finditer(text):
        if has_check_digit(match.group().upper()) or _VIN_WORDS.search(before(text, match.start())):
            yield Finding(match.start(), match.end(), "VEHICLE", 0.9)


def has_check_digit(vin: str) -> bool:
    """Whether the ninth sign is the check digit, as in North America.

    >>> has_check_digit("1M8GDM9AXKP042788"), has_check_digit("1M8GDM9A1KP042788")
    (True, False)
    """
    total = sum(w * (int(c) if c.isdigit() else _VALUES[c]) for w, c in zip(_WEIGHTS, vin, strict=True))
    return vin[8] == "0123456789X"[total % 11]
