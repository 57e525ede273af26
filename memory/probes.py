"""Looking for what was forgotten: its words are held in memory for as long as this looks, and then let go."""

from __future__ import annotations

import base64
import mmap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .ports import Vector

LOOKED_FOR = (
    20  # memories of one forgetting whose words, meaning and bytes are looked for; all are looked for by id
)
TELLING = 8  # letters that a text must have: "yes" is found everywhere and proves nothing
STRETCH = 120  # characters of a text that are looked for in files
OURS = ("ui", "public")  # files of the program, copied there at each start: nobody's words


@dataclass(frozen=True, slots=True)
class Sought:
    """One forgotten memory, as it must not be found again."""

    id: str
    session: str  # the conversation it was said in; empty for what was derived
    text: str
    masked: str
    terms: dict[int, float]
    vector: Vector | None  # turned, as the index had it


def letters(text: str) -> str:
    """What two spellings of the same words have in common.

    >>> letters("I live in *Lyon*.")
    'iliveinlyon'
    """
    return "".join(character for character in text.casefold() if character.isalnum())


def repeats(text: str, forgotten: Iterable[str]) -> bool:
    """Whether a text says again what was forgotten: as a whole, or around it.

    >>> repeats("You told me: “I live in Lyon.” [1]", ["I live in Lyon"]), repeats("Yes, I do.", ["Yes"])
    (True, False)
    """
    said = letters(text)
    wanted = map(letters, forgotten)
    return any(said == words or (len(words) >= TELLING and words in said) for words in wanted if words)


def begins(title: str, forgotten: Iterable[str]) -> bool:
    """Whether a title was made of these words: they, or their beginning."""
    said = letters(title)
    return bool(said) and (repeats(title, forgotten) or any(letters(f).startswith(said) for f in forgotten))


def files_with(folder: Path, texts: Sequence[str]) -> int:
    """How many files of a folder hold one of these texts in the clear, in a usual encoding."""
    wanted = sorted({trace for text in texts if len(letters(text)) >= TELLING for trace in _traces(text)})
    return sum(1 for path in _files(folder) if _holds(path, wanted)) if wanted else 0


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and path.relative_to(folder).parts[:2] != OURS:
            yield path


def _holds(path: Path, wanted: Sequence[bytes]) -> bool:
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return any(content.find(trace) >= 0 for trace in wanted)
    except (FileNotFoundError, ValueError):
        return False  # gone meanwhile, or empty


def _traces(text: str) -> Iterator[bytes]:
    """A text as it may lie in a file."""
    stretch = text[:STRETCH]
    plain = stretch.encode("utf-8", "replace")
    yield plain
    yield stretch.encode("utf-16-le", "replace")
    yield plain.hex().encode()
    for shift in range(3):
        # in base64 the bytes before decide how these look; what they share with their neighbours is cut off
        yield base64.b64encode(bytes(shift) + plain)[4 if shift else 0 : -4]
