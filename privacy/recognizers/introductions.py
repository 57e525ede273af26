"""Names as people introduce them: "my name is", "call me", "my wife", also in lower case."""

from __future__ import annotations

import re

from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

_KIN = (
    "wife|husband|partner|girlfriend|boyfriend|fiancée?|son|daughter|brother|sister|mother|mum|mom|father|dad|"
    "uncle|aunt|cousin|niece|nephew|grandmother|grandfather|grandma|grandpa|friend|best friend|boss|manager|"
    "colleague|neighbou?r|roommate|flatmate|teacher|doctor"
)
_NAME = r"([^\W\d_][\w'’-]+(?:\s+(?!and\b|from\b|but\b|or\b)[A-Z][\w'’-]+){0,2})"
_PATTERNS = (
    re.compile(
        rf"\b(?:my (?:full |first |last )?name(?:'s| is)|i am called|i'm called|call me)\s+{_NAME}", re.I
    ),
    re.compile(rf"\bmy (?:{_KIN})(?:'s name is| is called| is named|,)\s+{_NAME}", re.I),
    re.compile(rf"\b[Mm]y (?:{_KIN})\s+((?-i:[A-Z])[\w'’-]+(?:\s+(?-i:[A-Z])[\w'’-]+)?)"),
    re.compile(r"\b(?:named|called)\s+((?-i:[A-Z])[\w'’-]+(?:\s+(?-i:[A-Z])[\w'’-]+)?)"),
)
NOT_NAMES = frozenset(
    [
        "a",
        "an",
        "the",
        "is",
        "was",
        "not",
        "when",
        "if",
        "about",
        "at",
        "for",
        "on",
        "in",
        "tomorrow",
        "today",
        "tonight",
        "later",
        "back",
        "now",
        "again",
        "soon",
        "maybe",
        "when",
        "crazy",
        "old",
        "new",
        "who",
        "that",
        "this",
        "it",
        "my",
        "your",
        "his",
        "her",
        "who's",
        "he",
        "she",
        "they",
        "we",
        "you",
        "i",
        "and",
        "or",
        "but",
        "so",
        "also",
        "just",
        "really",
        "very",
        "still",
        "always",
        "never",
        "asap",
        "anytime",
    ]
)


class IntroductionRecognizer(EntityRecognizer):
    """A name that the words before it announce."""

    def __init__(self) -> None:
        super().__init__(supported_entities=["PERSON"], name="keepsake-introductions")

    def load(self) -> None:
        """Nothing to load."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts) -> list[RecognizerResult]:
        found = []
        for pattern in _PATTERNS:
            for match in pattern.finditer(text):
                name = match.group(1)
                if name.split()[0].casefold() not in NOT_NAMES:
                    found.append(RecognizerResult("PERSON", match.start(1), match.end(1), 0.9))
        return found
