"""Text as detectors should see it, with the way back: full-width, zero-width and spelled-out tricks undone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
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
_FILLERS = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef"
)
_CLUSTER = re.compile(
    rf"[^\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff{_FILLERS}]?(?:[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff{_FILLERS}]*)",
    re.DOTALL,
)
_FILLER = re.compile(f"[{_FILLERS}]")
_ALIKE = str.maketrans("\u2010\u2011\u2012\u2212\u3002", "----.")


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
    piece = unicodedata.normalize("NFKC", _FILLER.sub("", cluster)).translate(_ALIKE)
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
_TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_DIGITS |= {word: str(10 + n) for n, word in enumerate(_TEENS)} | {
    word: f"{n + 2}0" for n, word in enumerate(_TENS)
}
_DIGITS |= {
    f"{ten}{joint}{unit}": f"{t + 2}{u + 1}"
    for t, ten in enumerate(_TENS)
    for u, unit in enumerate(_UNITS)
    for joint in " -"
}
_SIGNS = {
    "plus": "+",
    "dash": "-",
    "hyphen": "-",
    "minus": "-",
    "dot": ".",
    "point": ".",
    "slash": "/",
    "colon": ":",
}
_TIMES = {"double": 2, "triple": 3}
_WORDS = "|".join(sorted([*_DIGITS, *_SIGNS, *_TIMES], key=len, reverse=True))
_RUN = re.compile(
    rf"(?<!\w)(?:(?:{_WORDS}|\d{{1,4}}|[A-Z])(?:[\s,.;\-–]{{1,3}}|$|(?!\w))){{4,}}", re.IGNORECASE
)
_PART = re.compile(rf"(?<!\w)(?:{_WORDS}|\d+|[A-Z])(?!\w)", re.IGNORECASE)
_BRACKETED = re.compile(r"\s?[(\[{<]\s?(?:dot|at|\.|@|:)\s?[)\]}>]\s?", re.IGNORECASE)
_SPACED = re.compile(r"(?<!\w)[^\s](?:[ \t][^\s]){4,}(?!\S)")


def spelled(text: str) -> Normalized | None:
    """The text with what is spelled out written as usual; None if nothing is.

    Digits as words, single letters with spaces between them, signs in brackets.

    >>> spelled("call five five five, oh one double two please").text
    'call 555 0122 please'
    >>> spelled("it is h u n t e r 2 and kat[at]posteo[dot]net").text
    'it is hunter2 and kat@posteo.net'
    """
    changes = sorted([*_spoken(text), *_signs(text), *_letters(text)], key=lambda change: change[:2])
    if not changes:
        return None
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for start, end, written in [*changes, (len(text), len(text), "")]:
        if start < at:
            continue  # two readings of one stretch: the first counts
        pieces += [text[at:start], written]
        starts += [*range(at, start), *[start] * len(written)]
        ends += [*range(at + 1, start + 1), *[end] * len(written)]
        at = end
    return Normalized("".join(pieces), tuple(starts), tuple(ends))


Change = tuple[int, int, str]  # a stretch of the text and what it is to be


def _spoken(text: str) -> Iterator[Change]:
    """Runs of words for digits, with what separates them: a pause stays a space."""
    for run in _RUN.finditer(text):
        parts = list(_PART.finditer(run.group()))
        said = [part.group().casefold() for part in parts]
        words = sum(word in _DIGITS for word in said)
        if words < 4 and not (
            words + sum(word.isdigit() for word in said) > 3 and sum(word in _SIGNS for word in said) > 1
        ):
            continue
        times, last = 1, None
        for part, word in zip(parts, said, strict=True):
            start, end = run.start() + part.start(), run.start() + part.end()
            if last is not None and last < start:
                yield last, start, " " if any(c in ",;.–" for c in text[last:start]) else ""
            last = end
            if word in _TIMES:
                times = _TIMES[word]
                yield start, end, ""
                continue
            written = _DIGITS.get(word, _SIGNS.get(word, part.group())) * times
            yield start, end, written
            times = 1


def _signs(text: str) -> Iterator[Change]:
    for match in _BRACKETED.finditer(text):
        sign = match.group().strip(" ()[]{}<>").casefold()
        yield match.start(), match.end(), {"dot": ".", "at": "@"}.get(sign, sign)


def _letters(text: str) -> Iterator[Change]:
    """The spaces between single letters, digits and signs."""
    for run in _SPACED.finditer(text):
        if sum(c.isalnum() for c in run.group()) >= 4:
            for at in range(run.start() + 1, run.end(), 2):
                yield at, at + 1, ""
