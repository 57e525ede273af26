"""A long conversation in a few of its own sentences, in layers: pure.

What is kept are the sentences that tell most: that matter, say much, name somebody or something, and say when. The most
central ones (LexRank) were tried first and keep no more of what is asked about later than chance does: what everybody
talks about all the time is what nobody asks (benchmarks/LOG.md). Nothing is reworded, so every sentence is traceable to
the message that says it, and a summary is made anew from what is remembered whenever it is asked for: what is
forgotten is in none.
"""

from __future__ import annotations

import re
import threading
from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from .importance import importance_of
from .lexical import terms
from .ports import Vector
from .records import Shown
from .times.periods import speaks_of_time

CHUNK = 30  # messages that one summary of the lowest layer covers
SENTENCES = 5  # of one summary
CONVERSATIONS = 64  # of which it is known what their summaries quote
LEAST_WORDS = 3  # with a meaning of their own: shorter sentences say too little to stand alone
REPEATED = 0.5  # cosine from which two sentences say the same
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_NAME = re.compile(r"(?<=[\w,;] )(?!I\b)[A-Z][\w'-]*|\b\d+\b")  # names inside a sentence, and numbers
_OWN = re.compile(r"\b(?:I|my|we|our)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence and the message it stands in."""

    text: str
    memory: str
    speaker: str = "user"


@dataclass(frozen=True, slots=True)
class Summary:
    """Some sentences of what it covers; `parts`: the summaries of the layer below."""

    sentences: tuple[Said, ...]
    covers: tuple[str, ...]  # messages
    layer: int = 1
    parts: tuple[Summary, ...] = ()


def summarised(messages: Sequence[Shown], *, chunk: int = CHUNK, keep: int = SENTENCES) -> Summary:
    """A conversation, oldest message first, in layers: one summary for each stretch, one of those, and so on."""
    layer = [
        Summary(most_telling(_sentences(part), keep), tuple(memory.id for memory in part))
        for part in (messages[start : start + chunk] for start in range(0, len(messages), chunk))
    ]
    if not layer:
        return Summary((), ())
    while len(layer) > 1:
        layer = [
            _above(layer[start : start + max(2, chunk // keep)], keep)
            for start in range(0, len(layer), max(2, chunk // keep))
        ]
    return layer[0]


class Quoted:
    """Which messages summaries quote, of the conversations that were asked about last: ids, no words. Thread-safe.

    Whatever changes about a message or goes is another conversation, and is summarised anew.
    """

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[tuple[str, int], ...], tuple[str, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def by(self, messages: Sequence[Shown]) -> tuple[str, ...]:
        """The message of each sentence of the summary of these, oldest first."""
        key = tuple((memory.id, memory.version) for memory in messages)
        with self._lock:
            if (known := self._known.get(key)) is not None:
                self._known.move_to_end(key)
                return known
        found = tuple(sentence.memory for sentence in summarised(messages).sentences)
        with self._lock:
            self._known[key] = found
            if len(self._known) > CONVERSATIONS:
                self._known.popitem(last=False)
        return found


def _above(parts: Sequence[Summary], keep: int) -> Summary:
    said = [sentence for part in parts for sentence in part.sentences]
    covers = tuple(memory for part in parts for memory in part.covers)
    return Summary(most_telling(said, keep), covers, max(part.layer for part in parts) + 1, tuple(parts))


def most_telling(said: Sequence[Said], keep: int) -> tuple[Said, ...]:
    """The sentences that tell most and do not repeat each other, in the order in which they were said."""
    full = [sentence for sentence in said if len({*terms(sentence.text)}) >= LEAST_WORDS]
    if len(full) <= keep:
        return tuple(full)
    alike, chosen = _likeness(full), list[int]()
    for n in sorted(range(len(full)), key=lambda n: -telling(full[n])):
        if len(chosen) < keep and all(alike[n, other] < REPEATED for other in chosen):
            chosen.append(n)
    return tuple(full[n] for n in sorted(chosen))


def telling(sentence: Said) -> float:
    """How much a sentence tells by itself."""
    names = len(_NAME.findall(sentence.text))
    return (
        importance_of(sentence.text, speaker=sentence.speaker).value
        + log(1 + len({*terms(sentence.text)})) / 3
        + 0.25 * min(names, 2)
        + 0.3 * speaks_of_time(sentence.text)
        + 0.3 * (_OWN.search(sentence.text) is not None)
    )


def _likeness(said: Sequence[Said]) -> Vector:
    """Cosines between sentences, by their telling words."""
    counts = [Counter(terms(sentence.text)) for sentence in said]
    spread = Counter(word for count in counts for word in count)
    place = {word: n for n, word in enumerate(spread)}
    matrix = np.zeros((len(said), len(place)), dtype=np.float32)
    for row, count in enumerate(counts):
        for word, times in count.items():
            matrix[row, place[word]] = times * log(1 + len(said) / spread[word])
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
    return np.asarray(matrix @ matrix.T, dtype=np.float32)


def _sentences(messages: Sequence[Shown]) -> list[Said]:
    return [
        Said(" ".join(sentence.split()), memory.id, memory.speaker)
        for memory in messages
        for sentence in _SENTENCE.split(memory.text)
        if sentence.strip() and not sentence.rstrip().endswith("?")
    ]
