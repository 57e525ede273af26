"""Numbers that are never kept: cards, bank accounts, national ids; proven by check digits where there are any."""

from __future__ import annotations

import re

from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts
from stdnum import iban, luhn

_CARD = re.compile(r"(?<!\d)(?:\d[ .\-]?){12,18}\d(?!\d)")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]){11,30}\b", re.IGNORECASE)
_SSN = re.compile(r"\b(?!000|666|9\d\d)\d{3}[- ](?!00)\d{2}[- ](?!0000)\d{4}\b")
_CARD_WORDS = re.compile(r"\b(card|visa|mastercard|amex|credit|debit)\b", re.IGNORECASE)
_ID_WORDS = re.compile(
    r"\b(?:ssn|social security|passport|national insurance|nino|driver'?s? licen[cs]e|tax id|account)"
    r"(?:\s+(?:number|no\.?|is|#))*\s*[:=]?\s*(?=[A-Za-z0-9-]*\d)([A-Za-z0-9][A-Za-z0-9-]{5,19})",
    re.IGNORECASE,
)


class NumberRecognizer(EntityRecognizer):
    """Cards by Luhn or by context, IBANs by check digits, ids by shape and by what introduces them."""

    def __init__(self) -> None:
        super().__init__(supported_entities=["CARD", "IBAN", "NATIONAL_ID"], name="keepsake-numbers")

    def load(self) -> None:
        """Nothing to load."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts) -> list[RecognizerResult]:
        found = []
        for match in _CARD.finditer(text):
            near = text[max(0, match.start() - 40) : match.start()]
            if luhn.is_valid(re.sub(r"\D", "", match.group())) or _CARD_WORDS.search(near):
                found.append(RecognizerResult("CARD", match.start(), match.end(), 1.0))
        for match in _IBAN.finditer(text):
            # the words after an account number look like its continuation: the longest valid beginning counts
            for end in range(match.end(), match.start() + 14, -1):
                if text[end - 1].isalnum() and iban.is_valid(text[match.start() : end], check_country=False):
                    found.append(RecognizerResult("IBAN", match.start(), end, 1.0))
                    break
        found += [RecognizerResult("NATIONAL_ID", m.start(), m.end(), 0.95) for m in _SSN.finditer(text)]
        found += [
            RecognizerResult("NATIONAL_ID", m.start(1), m.end(1), 0.95) for m in _ID_WORDS.finditer(text)
        ]
        return found


def numbers() -> list[EntityRecognizer]:
    return [NumberRecognizer()]
