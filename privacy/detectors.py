"""What counts as personal: two models and our own recognizers inside Presidio, and names already known.

Presidio's own habits of asking the network and of logging text are off (its e-mail check, which fetches
a list of suffixes, is not among the recognizers; the model is given as a path, never as a name).
"""

from __future__ import annotations

import logging
import threading
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from .completion import completed
from .findings import Finding
from .known_names import KnownNames
from .normalization import Normalized, normalized, spelled
from .rampart import Rampart
from .readings import Readings

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine

    from .recognizers.readers import Readers

PIECE = 2_000  # characters analysed at once
OVERLAP = 200  # of two pieces, so that nothing is cut at a border
BATCH = 8  # pieces the models read at once: bounds memory
NOBODY = KnownNames()
LATIN = (
    "LATIN",
    "MICRO",
    "FEMININE ORDINAL",
    "MASCULINE ORDINAL",
)  # how the names of letters begin that are read
SPACY_KINDS = ("PERSON", "GPE", "LOC", "FAC", "ORG", "NORP", "PRODUCT", "WORK_OF_ART", "EVENT")
SPACY_NUMBERS = ("CARDINAL", "DATE", "LANGUAGE", "LAW", "MONEY", "ORDINAL", "PERCENT", "QUANTITY", "TIME")
_UNUSED = ["parser", "tagger", "attribute_ruler", "lemmatizer"]


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """Where the models lie. Asked for when they are first needed."""

    spacy: Path
    rampart: Path
    rampart_tokenizer: Path


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of one view of one text."""

    text: int
    view: Normalized
    start: int
    content: str


def unread(text: str) -> bool:
    """Whether letters stand in it of scripts in which names are not found: what is missed is sealed, and not masked.

    >>> unread("Zoë met Jürgen."), unread("Zoë met Ольга.")
    (False, True)
    """
    return any(
        unicodedata.category(letter) in ("Lu", "Ll", "Lo")
        and not unicodedata.name(letter, "LATIN").startswith(LATIN)
        for letter in set(unicodedata.normalize("NFKC", text))
        if not letter.isascii()
    )


class NoDetector:
    """Finds nothing: for comparing, and for a person who turned masking off."""

    def detect(self, text: str, known: KnownNames = NOBODY) -> list[Finding]:
        return []

    def detect_many(self, texts: Sequence[str], known: KnownNames = NOBODY) -> list[list[Finding]]:
        return [[] for _ in texts]


class Detector:
    """Loads on first use. Thread-safe, and the same text always gives the same findings."""

    def __init__(self, files: Callable[[], ModelFiles]) -> None:
        self._files = files
        self._loaded: tuple[AnalyzerEngine, Readers] | None = None
        self._lock = threading.Lock()
        self._readings: Readings[Finding] = Readings()

    def detect(self, text: str, known: KnownNames = NOBODY) -> list[Finding]:
        """Personal details in the original text's offsets, also in full-width, zero-width or spelled-out disguise."""
        return self.detect_many([text], known)[0]

    def detect_many(self, texts: Sequence[str], known: KnownNames = NOBODY) -> list[list[Finding]]:
        """The findings of each text; many texts are read in batches."""
        plain = [normalized(text) for text in texts]
        found: list[list[Finding]] = [[] for _ in texts]
        pieces = [piece for number, view in enumerate(plain) for piece in _views(number, view)]
        for start in range(0, len(pieces), BATCH):
            batch = pieces[start : start + BATCH]
            for piece, findings in zip(batch, self._read([p.content for p in batch]), strict=True):
                found[piece.text] += (_moved(f, piece.view, piece.start) for f in findings)
        return [
            [_moved(f, view) for f in completed(view.text, own, known)]
            for view, own in zip(plain, found, strict=True)
        ]

    def _read(self, pieces: Sequence[str]) -> list[tuple[Finding, ...]]:
        """What was found in each piece; the same words come by several times in a turn and are read once."""
        found = {piece: self._readings.get(piece) for piece in pieces}
        new = [piece for piece, findings in found.items() if findings is None]
        for piece, findings in zip(new, self._analyzed(new), strict=True) if new else ():
            self._readings.put(piece, findings)
            found[piece] = findings
        return [found[piece] or () for piece in pieces]

    def _analyzed(self, pieces: Sequence[str]) -> Iterator[tuple[Finding, ...]]:
        analyzer, readers = self._engine()
        readers.read_ahead(pieces)
        for piece, artifacts in analyzer.nlp_engine.process_batch(pieces, "en", batch_size=len(pieces)):
            results = analyzer.analyze(piece, language="en", nlp_artifacts=artifacts)
            yield tuple(Finding(r.start, r.end, r.entity_type, r.score) for r in results if r.end > r.start)

    def _engine(self) -> tuple[AnalyzerEngine, Readers]:
        with self._lock:
            if self._loaded is None:
                self._loaded = _engine(self._files())
            return self._loaded


@cache
def _engine(files: ModelFiles) -> tuple[AnalyzerEngine, Readers]:
    """The models of these files, loaded once in a process: they keep nothing of what they read."""
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine

    from .recognizers import Readers, rules

    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
    labels = NerModelConfiguration(
        model_to_presidio_entity_mapping={kind: kind for kind in SPACY_KINDS}, labels_to_ignore=SPACY_NUMBERS
    )
    spacy = SpacyNlpEngine([{"lang_code": "en", "model_name": str(files.spacy)}], labels)
    spacy.load()
    spacy.get_nlp("en").select_pipes(disable=_UNUSED)
    readers = Readers(Rampart(files.rampart, files.rampart_tokenizer))
    registry = RecognizerRegistry(recognizers=[readers, *rules()], supported_languages=["en"])
    return AnalyzerEngine(nlp_engine=spacy, registry=registry, supported_languages=["en"]), readers


def _views(number: int, plain: Normalized) -> Iterator[_Piece]:
    """What is read of a text: itself, and once more with what is spelled out written as usual."""
    straight = Normalized(plain.text, tuple(range(len(plain.text))), tuple(range(1, len(plain.text) + 1)))
    for view in (straight, spelled(plain.text)):
        if view is not None:
            for start, content in _pieces(view.text):
                yield _Piece(number, view, start, content)


def _moved(finding: Finding, view: Normalized, by: int = 0) -> Finding:
    """A finding in a view, where it stands in what the view was made of."""
    return Finding(*view.original(finding.start + by, finding.end + by), finding.label, finding.score)


def _pieces(text: str) -> list[tuple[int, str]]:
    """A long text in overlapping stretches cut between words, with where each begins.

    >>> [(start, len(piece)) for start, piece in _pieces("word " * 1000)]
    [(0, 1999), (1799, 1995), (3594, 1406)]
    """
    pieces, start = [], 0
    while len(text) - start > PIECE:
        cut = text.rfind(" ", start + PIECE // 2, start + PIECE)
        end = cut if cut > 0 else start + PIECE
        pieces.append((start, text[start:end]))
        start = max(start + 1, end - OVERLAP)
        word = text.find(" ", start, end - OVERLAP // 2)
        start = word if word > 0 else start
    return [*pieces, (start, text[start:])] if text[start:].strip() else pieces
