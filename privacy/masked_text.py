"""Text as it may lie at rest: placeholders instead of personal details."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """One placeholder inside a masked text.

    `value` is the id of the vault entry that knows the spelling as typed; None means redacted:
    the value was never kept anywhere.
    """

    start: int
    end: int
    label: str
    value: int | None


@dataclass(frozen=True, slots=True)
class MaskedText:
    """Masked text plus where its placeholders are, in order and without overlap.

    Placeholders are known by their span alone: a look-alike that a person typed is plain text.
    """

    text: str
    spans: tuple[Span, ...] = ()

    @property
    def values(self) -> tuple[int, ...]:
        """The vault entries this text refers to."""
        return tuple(span.value for span in self.spans if span.value is not None)

    def replaced(self, by: Callable[[Span], str]) -> str:
        """The text with every placeholder replaced by what `by` says."""
        pieces: list[str] = []
        at = 0
        for span in self.spans:
            pieces += [self.text[at : span.start], by(span)]
            at = span.end
        return "".join([*pieces, self.text[at:]])

    def part(self, start: int, end: int) -> MaskedText:
        """The piece between two offsets, which must not cut a placeholder in half."""
        inside = tuple(
            Span(s.start - start, s.end - start, s.label, s.value)
            for s in self.spans
            if s.start >= start and s.end <= end
        )
        return MaskedText(self.text[start:end], inside)


def joined(parts: Sequence[MaskedText], glue: str = "") -> MaskedText:
    """Several masked texts as one.

    >>> joined([MaskedText("a"), MaskedText("[X_1]", (Span(0, 5, "X", 1),))], " ").spans
    (Span(start=2, end=7, label='X', value=1),)
    """
    text, spans = "", list[Span]()
    for index, part in enumerate(parts):
        text += glue if index else ""
        spans += [Span(s.start + len(text), s.end + len(text), s.label, s.value) for s in part.spans]
        text += part.text
    return MaskedText(text, tuple(spans))
