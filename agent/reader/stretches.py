"""A text in stretches of whole sentences, each as long as can be read at once."""

from __future__ import annotations

from collections.abc import Iterator

from privacy.categories import sentences

LONGEST = 400  # characters: what models were taught with, and all of it fits into their word pieces


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """Where each stretch of sentences begins and ends.

    >>> list(stretches("I live in Ghent. I keep bees."))
    [(0, 29)]
    """
    begun = ended = 0
    for start, end in sentences(text):
        if ended and end - begun > LONGEST:
            yield begun, ended
            begun = start
        begun = begun if ended else start
        ended = end
    if ended:
        yield begun, ended
