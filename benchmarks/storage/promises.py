"""What people were told while they kept and forgot: after a crash it must hold."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

FLOCK = re.compile(r"bird \d+ of (\d+) in flock (\w+)\.")


@dataclass
class Promised:
    """What was acknowledged so far; `maybe`: a forgetting or an undo was asked for, and not yet answered."""

    kept: dict[str, tuple[str, str]] = field(default_factory=dict)  # memory -> (person, text)
    forgotten: set[str] = field(default_factory=set)
    destroyed: set[str] = field(default_factory=set)
    maybe: set[str] = field(default_factory=set)
    audited: int = 0  # entries of the audit log
    written: int = 0  # the number last written into the one document
    _reached_for: Counter[str] = field(default_factory=Counter)  # birds somebody wanted gone, by flock

    def read(self, path: Path) -> int:
        """Take in what one process wrote down; how much. A torn last line was no promise."""
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True) if path.exists() else []
        whole = [line for line in lines if line.endswith("\n")]
        for line in whole:
            self.take(*line.rstrip("\n").split("\t"))
        return len(whole)

    def take(self, what: str, person: str = "", memory: str = "", text: str = "") -> None:
        match what:
            case "kept":
                self.kept[memory] = (person, text)
            case "asked":
                self.maybe.add(memory)
                if text:
                    self._reached_for[_flock(text)[1]] += 1
            case "forgotten":
                self.forgotten.add(memory)
                self.maybe.discard(memory)
            case "destroyed":
                self.destroyed.add(memory)
            case "undone":
                self.forgotten.discard(memory)
                self.maybe.discard(memory)
            case "audited":
                self.audited += 1
            case "written":
                self.written = int(text)

    @property
    def gone(self) -> set[str]:
        """What must not be there."""
        return self.forgotten - self.maybe

    @property
    def live(self) -> dict[str, tuple[str, str]]:
        """What must be there, word for word."""
        doubtful = self.forgotten | self.maybe
        return {memory: what for memory, what in self.kept.items() if memory not in doubtful}

    def torn(self, there: list[str]) -> list[str]:
        """Flocks that were kept at once, and of which a part is missing that nobody wanted gone."""
        seen = Counter(_flock(text) for text in there)
        return [
            flock
            for (size, flock), count in seen.items()
            if not 0 <= size - count <= self._reached_for[flock]
        ]


def _flock(text: str) -> tuple[int, str]:
    found = FLOCK.search(text)
    return (int(found[1]), found[2]) if found else (1, text)
