"""A rule that reads the text alone, in the shape Presidio asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from ..findings import Finding

Find = Callable[[str], Iterable[Finding]]
BEFORE, AFTER = 48, 24  # how far from a detail the words may stand that say what it is


class Rule(EntityRecognizer):
    """One pure function from text to findings."""

    def __init__(self, name: str, find: Find, *labels: str) -> None:
        super().__init__(supported_entities=list(labels), name=f"keepsake-{name}")
        self._find = find

    def load(self) -> None:
        """Nothing to load."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts) -> list[RecognizerResult]:
        return [RecognizerResult(f.label, f.start, f.end, f.score) for f in self._find(text)]


def before(text: str, start: int) -> str:
    """What stands just before, in the same paragraph."""
    return text[max(0, start - BEFORE) : start].rpartition("\n\n")[2]


def after(text: str, end: int) -> str:
    """What stands just after, in the same paragraph."""
    return text[end : end + AFTER].partition("\n\n")[0]


def any_word(words: str) -> re.Pattern[str]:
    """A pattern for any of these words, given with "|" between them, whatever their case."""
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


# what people count, order and send: their numbers are nobody's id
GOODS = any_word(
    r"order|invoice|ticket|isbn|issn|ean|upc|sku|tracking|parcel|package|shipment|version|serial|part|model|ref|reference|case|flight|"
    r"item|build|commit|issue|pr|patent|doi|pmid|arxiv|population|cost|costs|price|total|worth|line|page|chapter|port|"
    r"bestellung|rechnung|sendung|commande|facture|colis|pedido|factura|ordine|fattura|encomenda|bestelling|factuur"
)
