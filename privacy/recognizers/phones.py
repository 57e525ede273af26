"""Telephone numbers: international ones always, national ones by a numbering plan or by the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import phonenumbers
from stdnum import ean

from ..findings import Finding
from .rule import GOODS, after, any_word, before

_NUMBER = re.compile(
    r"(?<![\w.,/#$€£-])(?:(?:\+|00)\s?)?(?:\(\+?\d{1,4}\)\s?)?\d(?:[\s().\-/·‐‑–]{0,3}\d){5,16}(?!\d)(?:\s*(?:ext\.?|extension|x|#)\s*\d{1,6})?(?![\w%€$£]|[.,:/-]\d)"
)
_WORDS = any_word(
    r"phones?|call(?:ed|ing)?|text(?:ed|ing)?|mobile|mob|cell(?:phone)?|tel|telephone|number|ring|whats ?app|signal|telegram|"
    r"fax|sms|dial|line|hotline|landline|reach(?:ed)?|contact|imessage|ph|ext|voicemail|office|home|work|"
    r"téléphone|portable|numéro|appel\w*|joindre|telefon|handy|nummer|ruf|anrufen|mobil|teléfono|móvil|celular|llám\w*|número|"
    r"telefono|cellulare|chiam\w+|numero|telefoon|bel|mobiel|telefone|telemóvel|ligue|liga"
)
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"(?:{_YEAR}[-/. ]{_MONTH}[-/. ]{_DAY}|(?:{_DAY}[-/. ]{_MONTH}|{_MONTH}[-/. ]{_DAY})(?:[-/. ]{_YEAR}|[-/.]\d\d)|{_YEAR}(?:0[1-9]|1[0-2])[0-3]\d|"
    rf"{_YEAR}(?:[ ,/–-]+{_YEAR})+)(?:[T\s-]+\d{{1,2}})?"
)
_REGIONS = re.findall(
    r"[A-Z]{2}",
    "US GB DE FR ES IT NL PT BE CH AT IE SE NO DK FI PL CZ GR HU RO BG HR SI SK EE LV LT UA RU "
    "TR IL SA AE EG ZA NG KE GH MA IN PK BD LK NP ID MY SG TH VN PH CN HK TW JP KR AU NZ CA MX BR AR CL CO PE",
)
_COMMON_REGIONS = ("US", "GB", "DE", "FR", "ES", "IT", "NL", "PT", "IN", "AU", "SE", "BR", "JP", "CH", "IE")


def phones(text: str) -> Iterator[Finding]:
    """Every number that is a telephone number by itself or because the words around it say so."""
    for match in _NUMBER.finditer(text):
        number = match.group()
        digits = sum(c.isdigit() for c in number)
        if not 6 <= digits <= 21 or _DATE.fullmatch(number.strip()) or ean.is_valid(number):
            continue
        near = before(text, match.start())
        told = _last(_WORDS, near) > _last(GOODS, near) or bool(_WORDS.search(after(text, match.end())))
        if number.startswith(("+", "00", "(+")) or (told and digits <= 21):
            yield Finding(match.start(), match.end(), "PHONE", 0.9)
        elif (
            digits >= 7
            and not GOODS.search(near)
            and _looks_dialled(number)
            and _valid(number, _COMMON_REGIONS)
        ):
            yield Finding(match.start(), match.end(), "PHONE", 0.7)
        elif (
            number.startswith(("0", "(0"))
            and digits >= 9
            and not GOODS.search(near)
            and _valid(number, _REGIONS)
        ):
            yield Finding(match.start(), match.end(), "PHONE", 0.6)


def _last(words: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in words.finditer(text)), default=-1)


def _looks_dialled(number: str) -> bool:
    """Written in groups as people write telephone numbers, or long enough without any.

    >>> _looks_dialled("555-0123"), _looks_dialled("4155552671"), _looks_dialled("1234567")
    (True, True, False)
    """
    return bool(re.search(r"\d[\s().\-/]+\d", number)) or sum(c.isdigit() for c in number) >= 10


def _valid(number: str, regions: Sequence[str]) -> bool:
    for region in regions:
        try:
            if phonenumbers.is_valid_number(phonenumbers.parse(number, region)):
                return True
        except phonenumbers.NumberParseException:
            continue
    return False
