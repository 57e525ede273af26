"""E-mail and street addresses, telephone numbers, user names and network addresses."""

from __future__ import annotations

import re

import phonenumbers
from presidio_analyzer import EntityRecognizer, Pattern, PatternRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

EMAIL = r"[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+"
SPELLED_EMAIL = (
    r"\b[\w.+-]+(?:\s+dot\s+\w+)*\s*(?:\(at\)|\[at\]|\s+at\s+)\s*[\w-]+(?:\s*(?:\(dot\)|\[dot\]|\s+dot\s+)\s*[\w-]{2,})+"
    + (
        r"(?:\s+at\s+[\w-]+(?:\s+dot\s+[\w-]{2,})+)?"  # "reach me at kat dot wolf at posteo dot net"
    )
)
STREET = (
    r"\b\d{1,5}[a-zA-Z]?\s+(?:[A-Z][\w'’.-]*\s+){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Court|Ct|"
    r"Square|Sq|Boulevard|Blvd|Way|Place|Pl|Terrace|Close|Crescent|Gardens|Row|Mews|Hill)\b\.?"
    r"(?:,?\s+(?:Apt|Apartment|Flat|Unit|Suite|#)\.?\s*\w+)?"
)
HANDLE = r"(?<![\w@.])@[A-Za-z_][\w.]{2,29}\b"
IPV4 = r"\b(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\b"
IPV6 = r"\b(?:[0-9A-Fa-f]{1,4}:){4,7}[0-9A-Fa-f]{1,4}\b"
_NUMBER_LIKE = re.compile(r"(?<![\w.])\+?\(?\d[\d\s().\-/]{5,18}\d(?!\w)")
_PHONE_WORDS = re.compile(
    r"\b(phone|call|text|mobile|cell|tel|telephone|number|ring|whatsapp|fax)\b", re.IGNORECASE
)
_REGIONS = ("US", "GB", "DE", "FR", "ES", "IT", "IN", "AU", "NL", "PT", "SE", "BR", "JP")


class PhoneRecognizer(EntityRecognizer):
    """Numbers that a numbering plan accepts: international ones always, national ones also by context."""

    def __init__(self) -> None:
        super().__init__(supported_entities=["PHONE"], name="keepsake-phone")

    def load(self) -> None:
        """Nothing to load."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts) -> list[RecognizerResult]:
        found = []
        for match in _NUMBER_LIKE.finditer(text):
            digits = re.sub(r"\D", "", match.group())
            near = text[max(0, match.start() - 40) : match.start()]
            if 7 <= len(digits) <= 15 and self._is_phone(match.group(), bool(_PHONE_WORDS.search(near))):
                found.append(RecognizerResult("PHONE", match.start(), match.end(), 0.8))
        return found

    def _is_phone(self, number: str, in_context: bool) -> bool:
        regions = (None,) if number.lstrip("(").startswith("+") else _REGIONS
        for region in regions:
            try:
                parsed = phonenumbers.parse(number, region)
            except phonenumbers.NumberParseException:
                continue
            if phonenumbers.is_valid_number(parsed) or (
                in_context and phonenumbers.is_possible_number(parsed)
            ):
                return True
        return in_context


def contacts() -> list[EntityRecognizer]:
    def by(name: str, label: str, *patterns: str, score: float = 0.9) -> PatternRecognizer:
        listed = [Pattern(f"{name}-{i}", pattern, score) for i, pattern in enumerate(patterns)]
        return PatternRecognizer(supported_entity=label, patterns=listed, name=f"keepsake-{name}")

    return [
        by("email", "EMAIL", EMAIL, SPELLED_EMAIL, score=1.0),
        by("street", "ADDRESS", STREET),
        by("handle", "USERNAME", HANDLE),
        by("ip", "IP_ADDRESS", IPV4, IPV6),
        PhoneRecognizer(),
    ]
