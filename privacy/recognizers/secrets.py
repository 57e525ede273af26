"""Passwords, keys and tokens: never kept."""

from __future__ import annotations

import re

from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

_SECRETS = (
    re.compile(r"\b(?:sk|pk|rk)-(?:proj-|live-|test-|ant-)?[A-Za-z0-9_-]{16,}"),
    re.compile(r"\b(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{16,}"),
    re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    re.compile(r"\bgh[pousr]_[A-Za-z0-9]{30,}"),
    re.compile(r"\bxox[abprs]-[A-Za-z0-9-]{10,}"),
    re.compile(r"\bAIza[A-Za-z0-9_-]{30,}"),
    re.compile(r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}"),
    re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [A-Z ]*PRIVATE KEY-----", re.DOTALL),
    re.compile(r"(?<=://)[^\s/:@]+:[^\s/@]+(?=@)"),
)
_TOLD = re.compile(
    r"\b(?:password|passcode|passphrase|pass ?word|pwd|pin(?: code)?|secret(?: key)?|api[ _-]?key|token)\b"
    r"(?:\s+(?:for|to|of|on)\s+(?:\w+\s+){1,3}?)?\s*(?:is|was|=|:)\s*[\"'`]?([^\s\"'`]{4,})",
    re.IGNORECASE,
)


class SecretRecognizer(EntityRecognizer):
    """Keys by their shape, passwords by the words before them."""

    def __init__(self) -> None:
        super().__init__(supported_entities=["SECRET", "PASSWORD"], name="keepsake-secrets")

    def load(self) -> None:
        """Nothing to load."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts) -> list[RecognizerResult]:
        found = [
            RecognizerResult("SECRET", match.start(), match.end(), 1.0)
            for pattern in _SECRETS
            for match in pattern.finditer(text)
        ]
        for match in _TOLD.finditer(text):
            value = match.group(1).rstrip(".,;!?")
            if any(not c.isalpha() for c in value):  # "my password is secure" tells nothing
                found.append(RecognizerResult("PASSWORD", match.start(1), match.start(1) + len(value), 1.0))
        return found


def secrets() -> list[EntityRecognizer]:
    return [SecretRecognizer()]
