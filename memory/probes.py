"""Looking for what was forgotten: its words are held in memory for as long as this looks, and then let go."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .needles import Needles
from .ports import Vector
from .raw_bytes import blocks

LOOKED_FOR = (
    20  # memories of one forgetting whose words, meaning and bytes are looked for; all are looked for by id
)
TELLING = 8  # letters that a text must have: "yes" is found everywhere and proves nothing
STRETCH = 120  # characters of a text that are looked for in files
_BETWEEN = re.compile(r"[\W_]+")
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
    return _BETWEEN.sub("", text.casefold())


def repeating(forgotten: Iterable[str]) -> Callable[[str], bool]:
    """Whether a text says again what was forgotten: as a whole, or with more around it.

    >>> [repeating(["I live in Lyon", "Yes"])(text) for text in ("You said: “I live in Lyon.” [1]", "Yes, I do.")]
    [True, False]
    """
    wanted = {words for text in forgotten if (words := letters(text))}
    telling = [words for words in wanted if len(words) >= TELLING]

    def repeats(text: str) -> bool:
        said = letters(text)
        return said in wanted or any(words in said for words in telling)

    return repeats


def beginning(forgotten: Iterable[str]) -> Callable[[str], bool]:
    """Whether a title was made of these words: they, or their beginning."""
    texts = list(forgotten)
    repeats, wanted = repeating(texts), [letters(text) for text in texts]

    def begins(title: str) -> bool:
        said = letters(title)
        return bool(said) and (repeats(title) or any(words.startswith(said) for words in wanted))

    return begins


def files_with(folder: Path, texts: Sequence[str]) -> int:
    """How many files of a folder hold one of these texts in the clear, in a usual encoding."""
    wanted = Needles(trace for text in texts if len(letters(text)) >= TELLING for trace in _traces(text))
    return sum(1 for path in _files(folder) if _holds(path, wanted)) if wanted else 0


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and path.relative_to(folder).parts[:2] != OURS:
            yield path


def _holds(path: Path, wanted: Needles) -> bool:
    try:
        return any(wanted.stand_in(block) for block in blocks(path, wanted.longest))
    except FileNotFoundError:
        return False  # gone meanwhile


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
