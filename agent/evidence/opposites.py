"""Words of which a thing is one or the other: what is said of the older is not said of the younger."""

from __future__ import annotations

import re

_PAIRS = (
    ("older elder eldest oldest", "younger youngest"),
    ("left", "right"),
    ("upstairs upper top", "downstairs lower bottom"),
    ("first former previous", "second third last latest current present"),
    ("morning mornings breakfast", "evening evenings night dinner supper"),
    ("summer", "winter"),
    ("old", "new"),
    ("big bigger large larger", "small smaller little"),
    ("front", "back"),
    ("mother mum mom maternal", "father dad paternal"),
    ("there outward departure leaving", "back return returning home"),
)
_SIDES = [tuple(frozenset(side.split()) for side in pair) for pair in _PAIRS]


def opposed(asked: str, said: str) -> bool:
    """Whether a question asks for the one and what was said tells only of the other.

    >>> opposed("What sport does my younger daughter do?", "My older daughter does gymnastics.")
    True
    >>> opposed("What sport does my younger daughter do?", "The older one dives, the younger one does judo.")
    False
    """
    question, sentence = _words(asked), _words(said)
    return any(
        question & wanted and not question & other and sentence & other and not sentence & wanted
        for one, another in _SIDES
        for wanted, other in ((one, another), (another, one))
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+", text.casefold()))
