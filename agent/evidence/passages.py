"""What was said in one breath, as a passage that is read beside a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..statements import Sentence

LONGEST = 400  # characters: what is longer is read in stretches that overlap
STRETCH, STEP = 3, 2  # sentences
BEFORE = 2  # sentences of the message before, which "it" and "they" may go back to


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences that follow each other."""

    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return " ".join(sentence.text for sentence in self.sentences)

    def at(self, place: int) -> tuple[Sentence, int]:
        """The sentence in which a character of the text stands, and how many characters stand before it."""
        before = 0
        for sentence in self.sentences[:-1]:
            if place <= before + len(sentence.text):
                return sentence, before
            before += len(sentence.text) + 1
        return self.sentences[-1], before


def passages(said: Sequence[Sentence]) -> Iterator[Passage]:
    """Every message alone, and with what the person said before it in the same conversation."""
    before: tuple[Sentence, ...] = ()
    for _, of_message in groupby(said, key=lambda sentence: sentence.memory.id):
        sentences = tuple(of_message)
        for stretch in _stretches(sentences):
            yield Passage(stretch)
        if before and before[-1].memory.session == sentences[0].memory.session:
            yield Passage((*before[-BEFORE:], *sentences[:STRETCH]))
        before = sentences


def _stretches(sentences: tuple[Sentence, ...]) -> Iterator[tuple[Sentence, ...]]:
    if sum(len(sentence.text) for sentence in sentences) <= LONGEST:
        yield sentences
        return
    for start in range(0, max(1, len(sentences) - 1), STEP):
        yield sentences[start : start + STRETCH]
