"""The two models read the same text: Rampart for every kind of detail, spaCy for people and places."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from ..findings import Finding, joined
from ..rampart import Rampart, Read
from ..words import NOT_NAMES, looks_english
from .rule import GOODS

SURE = 0.3  # how likely a detail must be for Rampart alone
MODEL_TRUST = 0.75  # a rule knows better than a model where both see something
HINT = 0.05  # what a name that spaCy sees in a language it does not read must have
AGREED = 0.1  # how likely if spaCy sees something there as well
LABELS = {
    "GIVEN_NAME": "PERSON",
    "SURNAME": "PERSON",
    "EMAIL": "EMAIL",
    "PHONE": "PHONE",
    "TAX_ID": "NUMBER",
    "GOVERNMENT_ID": "NUMBER",
    "PASSPORT": "NUMBER",
    "DRIVERS_LICENSE": "NUMBER",
    "BANK_ACCOUNT": "NUMBER",
    "ROUTING_NUMBER": "NUMBER",
    "BUILDING_NUMBER": "ADDRESS",
    "STREET_NAME": "ADDRESS",
    "SECONDARY_ADDRESS": "ADDRESS",
    "ZIP_CODE": "ADDRESS",
    "CITY": "LOCATION",
    "STATE": "LOCATION",
}
SPACY_LABELS = frozenset(["PERSON", "GPE", "LOC", "FAC"])
_WHERE = re.compile(
    r"(?<!\w)(?:in|at|from|near|to|around|across|through|outside|visit(?:ed|ing|s)?|via|city of)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w'’]+")
_NUMBERS = frozenset(["NUMBER", "PHONE"])
_BOOK = re.compile(
    r"(?<!\d)(?:97[89][- ]?)?\d{1,5}[- ]\d{1,7}[- ]\d{1,6}[- ][\dX](?!\w)|(?i:isbn|issn|doi)\W{0,3}(?:10|13)?\W{0,3}[\dX./-]+"
)


class Readers(EntityRecognizer):
    """What the models see, weighed together."""

    def __init__(self, rampart: Rampart) -> None:
        super().__init__(supported_entities=sorted(set(LABELS.values())), name="keepsake-readers")
        self._rampart = rampart
        self._ahead: dict[str, list[Read]] = {}
        self._lock = threading.Lock()

    def load(self) -> None:
        """Rampart loads on first use."""

    def read_ahead(self, texts: Sequence[str]) -> None:
        """Let Rampart read many texts at once; each waits here until it is analysed."""
        read = self._rampart.read(texts)
        with self._lock:
            self._ahead.update(zip(texts, read, strict=True))

    def analyze(self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts) -> list[RecognizerResult]:
        with self._lock:
            read = self._ahead.pop(text, None)
        if read is None:
            read = self._rampart.read([text])[0]
        seen = [Finding(e.start_char, e.end_char, e.label_, 0.7) for e in nlp_artifacts.entities]
        return [RecognizerResult(f.label, f.start, f.end, f.score) for f in read_together(text, read, seen)]


def read_together(text: str, read: Sequence[Read], seen: Sequence[Finding]) -> list[Finding]:
    """What the models see as whole names and numbers. A number that only a model takes for an
    id may be one of an order: it is hidden, not redacted."""
    numbers = [f for f in weighed(text, read, seen) if f.label in _NUMBERS]
    others = [f for f in weighed(text, read, seen) if f.label not in _NUMBERS]
    public = [m.span() for m in _BOOK.finditer(text)]
    return [
        *joined(others, text),
        *(
            f
            for f in joined(numbers, text, " -./()+")
            if sum(c.isdigit() for c in text[f.start : f.end]) >= 5
            and not any(start <= f.start and f.end <= end for start, end in public)
            and not GOODS.search(text[max(0, f.start - 20) : f.start])
        ),
    ]


def weighed(text: str, read: Sequence[Read], seen: Sequence[Finding]) -> Iterator[Finding]:
    """What counts: where Rampart is sure, where both see something, and the people and places spaCy names."""
    touched = [False] * (len(text) + 1)
    for finding in seen:
        touched[finding.start : finding.end] = [True] * (finding.end - finding.start)
    likely = [False] * len(text)
    for word in read:
        likely[word.start : word.end] = [word.score >= HINT] * (word.end - word.start)
        label = LABELS.get(word.label)
        enough = AGREED if any(touched[word.start : word.end]) else SURE
        if label is None or word.score < enough or _impossible(text[word.start : word.end], label):
            continue
        yield Finding(word.start, word.end, label, round(MODEL_TRUST * word.score, 3))
    english = looks_english(text)
    for finding in seen:
        if finding.label in SPACY_LABELS and (english or any(likely[finding.start : finding.end])):
            is_place = finding.label == "LOC" or _is_place(text, finding, read)
            yield from _named(text, replace(finding, label="LOCATION" if is_place else "PERSON"))


def _is_place(text: str, finding: Finding, read: Sequence[Read]) -> bool:
    """Whether it may be kept as a town or country: spaCy takes many a name for one, so a second sign is needed."""
    kinds = {LABELS.get(word.label) for word in read if word.start < finding.end and finding.start < word.end}
    return finding.label != "PERSON" and bool(
        kinds & {"LOCATION", "ADDRESS"} or _WHERE.search(text[max(0, finding.start - 20) : finding.start])
    )


def _named(text: str, finding: Finding) -> Iterator[Finding]:
    """A person or place that spaCy names, without the ordinary words at its ends."""
    words = list(_WORD.finditer(text, finding.start, finding.end))
    if finding.label == "LOCATION" and not all(w.group().casefold() in NOT_NAMES for w in words):
        yield finding
        return
    while words and words[0].group().casefold() in NOT_NAMES:
        del words[0]
    while words and words[-1].group().casefold() in NOT_NAMES:
        del words[-1]
    if words and any(c.isalpha() for c in text[words[0].start() : words[-1].end()]):
        yield replace(finding, start=words[0].start(), end=words[-1].end())


def _impossible(word: str, label: str) -> bool:
    """An ordinary word is nobody's name, an address without its sign is none, nor is a number without a digit."""
    if label in ("PERSON", "LOCATION"):
        return label == "PERSON" and word.casefold() in NOT_NAMES
    if label == "EMAIL":
        return word.casefold() in NOT_NAMES
    return label in _NUMBERS and not any(c.isdigit() for c in word)
