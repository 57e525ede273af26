"""What counts as personal: Presidio with a spaCy model, our own recognizers, and names already known.

Presidio's own habits of asking the network and of logging text are off (its e-mail check, which fetches
a list of suffixes, is not among the recognizers; the model is given as a path, never as a name).
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .normalization import normalized

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine
    from spacy.language import Language

PIECE = 5_000  # characters given to the language model at once
COMMON_WORDS = frozenset(
    [
        "will",
        "may",
        "mark",
        "rose",
        "grace",
        "hope",
        "faith",
        "joy",
        "art",
        "bill",
        "bob",
        "jack",
        "frank",
        "dawn",
        "april",
        "june",
        "august",
        "summer",
        "violet",
        "iris",
        "ivy",
        "lily",
        "daisy",
        "ray",
        "rich",
        "grant",
        "chase",
        "drew",
        "sue",
        "pat",
        "gene",
        "jean",
        "dean",
        "miles",
        "max",
        "rob",
        "nick",
        "king",
        "page",
        "sky",
        "star",
        "angel",
        "christian",
        "dick",
        "harry",
        "tony",
        "guy",
        "young",
        "long",
        "short",
        "small",
        "white",
        "black",
        "brown",
        "green",
    ]
)
NOT_PEOPLE = frozenset(
    [
        "hi",
        "hello",
        "hey",
        "thanks",
        "thank",
        "ok",
        "okay",
        "yes",
        "no",
        "please",
        "sorry",
        "lol",
        "haha",
        "mom",
        "mum",
        "dad",
        "mommy",
        "daddy",
        "god",
        "jesus",
        "spotify",
        "google",
        "netflix",
        "python",
        "javascript",
        "excel",
        "christmas",
        "easter",
        "ramadan",
    ]
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A personal detail: where it stands in the original text, what it is, how sure we are."""

    start: int
    end: int
    label: str
    score: float


class NoDetector:
    """Finds nothing: for comparing, and for a person who turned masking off."""

    def detect(self, text: str, known: Iterable[str] = ()) -> list[Finding]:
        return []

    def detect_many(self, texts: Sequence[str], known: Iterable[str] = ()) -> list[list[Finding]]:
        return [[] for _ in texts]


class Detector:
    """Loads on first use. Thread-safe."""

    def __init__(self, spacy_model: Path) -> None:
        self._model = spacy_model
        self._engine: AnalyzerEngine | None = None
        self._lock = threading.Lock()

    def detect(self, text: str, known: Iterable[str] = ()) -> list[Finding]:
        """Personal details in the original text's offsets, also in full-width or zero-width disguise."""
        plain = normalized(text)
        found: list[Finding] = []
        for start, piece in _pieces(plain.text):
            for result in self._analyzer().analyze(piece, language="en"):
                if result.entity_type != "PERSON" or _is_name(piece[result.start : result.end]):
                    found.append(
                        Finding(result.start + start, result.end + start, result.entity_type, result.score)
                    )
        found += known_names(plain.text, known)
        return [
            Finding(*plain.original(finding.start, finding.end), finding.label, finding.score)
            for finding in found
            if finding.end > finding.start
        ]

    def detect_many(self, texts: Sequence[str], known: Iterable[str] = ()) -> list[list[Finding]]:
        names = list(known)
        return [self.detect(text, names) for text in texts]

    def pipeline(self) -> Language:
        """The spaCy pipeline behind it, for whoever reads sentences: it is large, one is enough."""
        engine = self._analyzer().nlp_engine
        return engine.nlp["en"]  # type: ignore[no-any-return]

    def _analyzer(self) -> AnalyzerEngine:
        with self._lock:
            if self._engine is None:
                self._engine = _engine(self._model)
            return self._engine


def _engine(model: Path) -> AnalyzerEngine:
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine
    from presidio_analyzer.predefined_recognizers import SpacyRecognizer

    from .recognizers import own_recognizers

    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)  # it warns of every label it does not map
    labels = NerModelConfiguration(model_to_presidio_entity_mapping={"PERSON": "PERSON"}, labels_to_ignore=[])
    nlp = SpacyNlpEngine(
        models=[{"lang_code": "en", "model_name": str(model)}], ner_model_configuration=labels
    )
    people = SpacyRecognizer(supported_entities=["PERSON"])
    registry = RecognizerRegistry(recognizers=[people, *own_recognizers()], supported_languages=["en"])
    return AnalyzerEngine(nlp_engine=nlp, registry=registry, supported_languages=["en"])


def known_names(text: str, known: Iterable[str]) -> list[Finding]:
    """Names the person used before, as whole words; one that is also a common word only as it was written."""
    found = []
    for name in sorted(set(known), key=len, reverse=True):
        flags = 0 if name.casefold() in COMMON_WORDS else re.IGNORECASE
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, flags):
            found.append(Finding(match.start(), match.end(), "PERSON", 0.95))
    return found


def _is_name(text: str) -> bool:
    words = text.casefold().split()
    return bool(words) and words[0] not in NOT_PEOPLE and any(c.isalpha() for c in text) and "@" not in text


def _pieces(text: str) -> list[tuple[int, str]]:
    """A long text in stretches cut at line or sentence ends, with where each begins."""
    if len(text) <= PIECE:
        return [(0, text)]
    pieces, start = [], 0
    while start < len(text):
        end = min(start + PIECE, len(text))
        if end < len(text):
            cut = max(text.rfind("\n", start + PIECE // 2, end), text.rfind(". ", start + PIECE // 2, end))
            end = cut + 1 if cut > start else end
        pieces.append((start, text[start:end]))
        start = end
    return pieces
