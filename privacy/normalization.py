"""Text as detectors should see it, with the way back: full-width, zero-width and spelled-out tricks undone."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Normalized:
    """A changed text and, for each of its characters, the stretch of the original that it stands for."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the changed text, not empty, in the original's offsets."""
        return self.starts[start], self.ends[end - 1]


# what is invisible and yet no format character
_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef"
_CLUSTER = re.compile(rf"[^\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff{_FILLERS}]?(?:[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff{_FILLERS}]*)", re.DOTALL)
_FILLER = re.compile(f"[{_FILLERS}]")


def normalized(text: str) -> Normalized:
    """NFKC, each letter together with its marks; digits of all scripts as 0-9; nothing invisible.

    >>> normalized("ｋａｔ４\u200b٢").text
    'kat42'
    """
    if text.isascii():
        return Normalized(text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        piece = _plain(cluster.group())
        pieces.append(piece)
        starts += [cluster.start()] * len(piece)
        ends += [cluster.end()] * len(piece)
    return Normalized("".join(pieces), tuple(starts), tuple(ends))


def _plain(cluster: str) -> str:
    if cluster.isascii():
        return cluster
    piece = unicodedata.normalize("NFKC", _FILLER.sub("", cluster))
    shown = []
    for character in piece:
        category = unicodedata.category(character)
        if category == "Nd":
            shown.append(str(unicodedata.decimal(character)))
        # a mark that NFKC could not join is ornament on a digit or a plain letter
        elif category != "Cf" and not (category in ("Mn", "Me") and shown and shown[-1].isascii()):
            shown.append(character)
    return "".join(shown)


_DIGITS = {
    word: str(digit)
    for digit, words in enumerate(
        (
            "zero oh null nul nil zéro cero",
            "one eins een uno un uma um ein",
            "two zwei zwo twee deux dos due dois duas",
            "three drei drie trois tres tre três",
            "four vier quatre cuatro quattro quatro",
            "five fünf fuenf vijf cinq cinco cinque",
            "six sechs zes seis sei meia",
            "seven sieben zeven sept siete sette sete",
            "eight acht huit ocho otto oito",
            "nine neun negen neuf nueve nove",
        )
    )
    for word in words.split()
}
_SIGNS = {"plus": "+", "dash": "-", "hyphen": "-", "minus": "-", "dot": ".", "point": "."}
_TIMES = {"double": 2, "triple": 3}
_SPOKEN_WORD = "|".join(sorted([*_DIGITS, *_SIGNS, *_TIMES], key=len, reverse=True))
_SPOKEN = re.compile(
    rf"(?<!\w)(?:(?:{_SPOKEN_WORD}|\d{{1,4}})(?:[\s,.\-–]{{1,3}}|$|(?!\w))){{4,}}", re.IGNORECASE
)
_SPOKEN_PART = re.compile(rf"(?<!\w)(?:{_SPOKEN_WORD}|\d+)(?!\w)", re.IGNORECASE)


def as_digits(text: str) -> Normalized | None:
    """The text with numbers that are spelled digit by digit written in digits; None if there are none.

    >>> as_digits("call five five five, oh one double two please").text
    'call 5550122 please'
    """
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0

    def keep(end: int) -> None:
        pieces.append(text[at:end])
        starts.extend(range(at, end))
        ends.extend(range(at + 1, end + 1))

    for run in _SPOKEN.finditer(text):
        parts = list(_SPOKEN_PART.finditer(run.group()))
        said = [part.group().casefold() for part in parts]
        if sum(word in _DIGITS for word in said) < 4:
            continue
        keep(run.start())
        times = 1
        for part, word in zip(parts, said, strict=True):
            if word in _TIMES:
                times = _TIMES[word]
                continue
            shown = _DIGITS.get(word, _SIGNS.get(word, word)) * times
            times = 1
            pieces.append(shown)
            starts.extend([run.start() + part.start()] * len(shown))
            ends.extend([run.start() + part.end()] * len(shown))
        at = run.start() + parts[-1].end()
    if not pieces:
        return None
    keep(len(text))
    return Normalized("".join(pieces), tuple(starts), tuple(ends))
