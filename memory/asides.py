"""Sentences taken out of a text: a marker in the place of each, and the way back (pure).

A marker is masked text whose only span is numbered and has no value, like one for what was redacted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from privacy.governance import Aside, marker
from privacy.masked_text import MaskedText, Span, joined

from .records import Record

LABEL = "ASIDE_"  # of a marker, with the number of its sentence


def cut(text: str, taken: Sequence[Aside]) -> list[str | MaskedText]:
    """A text in pieces: its words, still plain, and between them a marker for each sentence that was taken out.

    >>> before, mark, after = cut("We met. It hurt. We ate.", [Aside(8, 16, ("health",), "never")])
    >>> before, mark.text, after
    ('We met. ', '[not kept: health]', ' We ate.')
    """
    pieces, at = list[str | MaskedText](), 0
    for place, aside in enumerate(taken):
        pieces += [text[at : aside.start], _whole(marker(aside), f"{LABEL}{place}")]
        at = aside.end
    return [*pieces, text[at:]]


def markers(text: MaskedText) -> tuple[str, ...]:
    """The markers in a text, in order."""
    return tuple(text.text[span.start : span.end] for span in text.spans if span.label.startswith(LABEL))


def put_back(record: Record, place: int, words: MaskedText) -> Record | None:
    """Another version of the record, with words where this marker stands; None when it is not there."""
    text = record.text
    for span in text.spans:
        if span.label == f"{LABEL}{place}":
            whole = joined([text.part(0, span.start), words, text.part(span.end, len(text.text))])
            return replace(record, text=whole, version=record.version + 1)
    return None


def left_out(record: Record, place: int, instead: str) -> Record | None:
    """Another version of the record, with other words for a marker: nobody waits any more."""
    return put_back(record, place, _whole(instead, "LEFT_OUT"))


def _whole(text: str, label: str) -> MaskedText:
    return MaskedText(text, (Span(0, len(text), label, None),))
