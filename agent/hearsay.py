"""What the assistant said, so that its words are not taken for the person's when they come back as a message."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence

from memory.records import Draft, Shown

from .distillers.plain import without_quotes
from .grammar.spelling import sentences

KEPT = 400  # sentences of the assistant that are remembered here
FEWEST = 3  # words: less is anybody's


class Hearsay:
    """The assistant's latest sentences. What it quoted of the person is not its own.

    >>> hearsay = Hearsay()
    >>> hearsay.hear("I love cooking with fresh herbs! You told me: “I live in Ghent”")
    >>> hearsay.holds("i love cooking with fresh herbs"), hearsay.holds("I live in Ghent")
    (True, False)
    """

    def __init__(self) -> None:
        self._said: deque[str] = deque(maxlen=KEPT)

    def hear(self, text: str) -> None:
        self._said.extend(
            folded for sentence in sentences(without_quotes(text)) if (folded := _folded(sentence))
        )

    def sifted(self, drafts: Sequence[Draft], episodes: Sequence[Shown]) -> list[Draft]:
        """The drafts whose words the person brought up; episodes are heard in their order."""
        kept: list[Draft] = []
        for episode in episodes:
            if episode.speaker == "assistant":
                self.hear(episode.text)
            else:
                kept += [d for d in drafts if d.episode == episode.id and not self.holds(d.quote)]
        return kept

    def holds(self, words: str) -> bool:
        """Whether the assistant said these words before."""
        folded = _folded(words)
        return len(folded.split()) >= FEWEST and any(f" {folded} " in f" {said} " for said in self._said)


def _folded(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))
