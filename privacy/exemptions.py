"""Words that a person wants kept as they are, once: in the next message that holds them, and nowhere else."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

LASTS = 600.0  # seconds: who asked for it writes on, or has left
ONE_MESSAGE = 30.0  # seconds: it is masked as a memory, as a line of the chat and as its title
MOST = 100  # words of one person that wait


@dataclass(slots=True)
class _Exempt:
    until: float
    used: bool = False


class Exemptions:
    """Kept in memory alone: a word that is exempt is a personal detail. Thread-safe."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._words: dict[str, dict[str, _Exempt]] = {}  # by owner
        self._lock = threading.Lock()

    def allow(self, word: str, owner: str) -> None:
        """Keep this word as it is in the next message of this person that holds it."""
        with self._lock:
            words = self._words.setdefault(owner, {})
            words.pop(word.casefold(), None)
            while len(words) >= MOST:
                del words[next(iter(words))]
            words[word.casefold()] = _Exempt(self._clock() + LASTS)

    def coming(self, text: str, owner: str) -> tuple[str, ...]:
        """Words that would be kept if this were sent; nothing is used up."""
        with self._lock:
            return tuple(self._fitting(text, owner))

    def used(self, text: str, owner: str) -> tuple[str, ...]:
        """Words that are kept in this text, which uses them up: they end with the message it belongs to."""
        with self._lock:
            fitting = self._fitting(text, owner)
            for exempt in fitting.values():
                if not exempt.used:
                    exempt.used, exempt.until = True, self._clock() + ONE_MESSAGE
            return tuple(fitting)

    def _fitting(self, text: str, owner: str) -> dict[str, _Exempt]:
        words, now, folded = self._words.get(owner, {}), self._clock(), text.casefold()
        for word in [word for word, exempt in words.items() if exempt.until < now]:
            del words[word]
        return {word: exempt for word, exempt in words.items() if word in folded}
