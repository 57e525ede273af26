"""Dates of birth. Other dates are no personal detail: a memory lives by them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding
from .rule import BEFORE, any_word

_MONTHS = (
    r"jan(?:uary|uar|vier|\.)?|feb(?:ruary|ruar|brero|braio|\.)?|f[ée]v(?:rier|ereiro|\.)?|mar(?:ch|s|zo|ço|t|\.)?|m[äa]rz|maart|"
    r"a[pv]r(?:il|ile|\.)?|abr(?:il)?|ma[yi]|mayo|maggio|maio|mei|june?|juni|juin|junio|giugno|junho|jul(?:y|i|io|ho)?|juillet|"
    r"luglio|aug(?:ust|ustus)?|ao[ûu]t|agosto|sep(?:t|tember|tembre|tiembre)?|settembre|setembro|o[ck]t(?:ober|obre|ubre|\.)?|"
    r"ottobre|outubro|nov(?:ember|embre|iembre|embro|\.)?|de[cz](?:ember|\.)?|d[ée]cembre|diciembre|dicembre|dezembro"
)
DATE = (
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?(?:\d{4}|\d{2})|"
    rf"(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th|er|º|ª|\.)?\s*(?:of\s+|de\s+|-)?(?:{_MONTHS})\b(?:[\s,.'’-]*(?:de\s+|del\s+)?(?:\d{{4}}|\d{{2}}(?!\d)))?|"
    rf"(?:{_MONTHS})\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:[\s,.'’]+(?:\d{{4}}|'?\d{{2}}(?!\d)))?|(?:19|20)\d\d(?:0\d|1[0-2])(?:[0-2]\d|3[01]))"
)
_DATE = re.compile(rf"(?<![\w./-]){DATE}(?![\w/-])", re.IGNORECASE)
_BORN = any_word(
    r"born|birth ?dates?|birth ?days?|dates? of birth|d\.?o\.?b\.?|bday|b-day|née?|naissance|anniversaire|geboren|geburts(?:tag|datum)|"
    r"nac[ií](?:do|da|miento)?|cumpleaños|fecha de nacimiento|nat[oa]|nascita|compleanno|nasci(?:d[oa]|mento)?|aniversário|"
    r"data de nascimento|geboortedatum|verjaardag"
)


def birth_dates(text: str) -> Iterator[Finding]:
    """A date that the words before it call a birthday, or that "birthday" follows at once."""
    if not _BORN.search(text):
        return
    for match in _DATE.finditer(text):
        near = text[max(0, match.start() - BEFORE) : match.start()]
        near = re.split(r"[.!?]\s+(?=[A-Z])", near)[-1] if not _ASKED.search(near) else near
        follows = re.match(
            r"\W{0,3}(?:is|was)?\s*(?:my|his|her|their|\w+'s)?\s*(?:birth|b-?day|dob)",
            text[match.end() :],
            re.IGNORECASE,
        )
        if _BORN.search(near) or follows:
            yield Finding(match.start(), match.end(), "BIRTH_DATE", 0.9)


_ASKED = re.compile(
    r"(?:birth|born|b-?day|dob)[^.?!\n]{0,20}(?:\?\s+(?:It(?:['’]s| is)|On|The)?|\.\s+It(?:['’]s| is))\s*\Z",
    re.IGNORECASE,
)
