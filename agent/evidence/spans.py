"""As much of a sentence as is quoted round the words that answer: no other value that could be taken for the answer."""

from __future__ import annotations

import re

_BORDER = re.compile(
    r"(?:[,;:.!]|\s[-–—])\s+(?:(?:and|but|so|then|while|whereas|though|although|or)\s+)?|"
    r"\s+(?:and|but|so|while|whereas|though|although)\s+",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|hundred|half|dozen|couple|first|second|third|monday|tuesday|wednesday|thursday|friday|saturday|"
    r"sunday|january|february|march|april|june|july|august|september|october|november|december|noon|midnight)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<!^)\b(?!I\b|I'|I’)[A-Z][\w'’-]+")
_NAME_ANYWHERE = re.compile(r"\b(?!(?:I|My|Our|The|We|It|He|She|They|But|And|So|That)\b|I'|I’)[A-Z][\w'’-]+")
_SAYS = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|do|does|did|goes?|gets?|eats?|drinks?|plays?|likes?|loves?|hates?|takes?|works?|"
    r"lives?|wants?|keeps?|uses?|speaks?|sings?|needs?)\b(?: not\b)?|n't\b"
)
FEWEST = 3  # words that are quoted at least


def quoted_round(text: str, start: int, end: int, asked: str = "") -> str:
    """The sentence, without the parts that hold another value of the same make as the answer.

    >>> quoted_round("Mom's birthday is May 8th and Dad's is June 1st.", 39, 47)
    "… Dad's is June 1st."
    >>> quoted_round("I live in Ghent, near the station.", 10, 15)
    'I live in Ghent, near the station.'
    >>> quoted_round("Biscotti is a beagle and Tank is a chihuahua.", 35, 44)
    '… Tank is a chihuahua.'
    """
    parts = _parts(text)
    here = {i for i, (first, last) in enumerate(parts) if first < end and start < last}
    if not here or len(here) == len(parts):
        return text
    answer, beside = text[start:end], " ".join(text[parts[i][0] : parts[i][1]] for i in sorted(here))
    rivals = {
        i
        for i, (first, last) in enumerate(parts)
        if i not in here
        and (_may_be_taken_for(answer, text[first:last], asked) or _says_alike(beside, text[first:last]))
    }
    if not rivals:
        return text
    low, high = min(here), max(here)
    while low > 0 and low - 1 not in rivals:
        low -= 1
    while high < len(parts) - 1 and high + 1 not in rivals:
        high += 1
    quoted = text[parts[low][0] : parts[high][1]].strip(" ,;:–—-")
    if len(quoted.split()) < FEWEST:
        return text
    return f"{'… ' if low else ''}{quoted}{' …' if high < len(parts) - 1 else ''}"


def _parts(text: str) -> list[tuple[int, int]]:
    """Where its parts begin and end; a part of a word or two goes with the one before: "Paris, Texas", "43 and a half"."""
    found: list[tuple[int, int]] = []
    first = 0
    for border in [*_BORDER.finditer(text), None]:
        last = len(text) if border is None else border.start() + (not text[border.start()].isspace())
        if len(text[first:last].split()) < FEWEST and found:
            found[-1] = (found[-1][0], last)
        elif text[first:last].strip():
            found.append((first, last))
        first = last if border is None else border.end()
    return found


def _says_alike(answering: str, part: str) -> bool:
    """Whether a part says the same of something else: "is a beagle" beside "is a chihuahua"."""
    says = [set(_SAYS.findall(text.casefold())) for text in (answering, part)]
    return bool(says[0] & says[1])


def _may_be_taken_for(answer: str, part: str, asked: str) -> bool:
    """Whether a part holds a number beside a number, a name beside a name, that the question does not hold itself."""
    if _NUMBER.search(answer):
        return _NUMBER.search(part) is not None
    if _NAME_ANYWHERE.search(answer):
        known = {word.casefold().removesuffix("'s") for word in re.findall(r"[\w'’-]+", asked)}
        return any(name.casefold().removesuffix("'s") not in known for name in _NAME_ANYWHERE.findall(part))
    return False
