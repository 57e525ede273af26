"""A sentence about "the user" as it is said to them ("You live in Lyon.") and as they say it ("I live in Lyon."): pure."""

from __future__ import annotations

import re

from .records import Shown

_IRREGULAR = {"is": "are", "was": "were", "has": "have", "goes": "go", "does": "do", "can": "can"}
# "the user likes their coffee black, and drinks it cold": who "their" and "drinks" are about is not for us to guess
_GOES_ON = re.compile(
    r"\b(?:they|their|theirs|them|themselves|he|his|him|himself|she|hers?|herself)\b|(?:,|\band|\bbut|\bor|\bwho) \w+s\b",
    re.IGNORECASE,
)
_OWN_WORDS = "The user, in their own words: "
# the beginnings of sentences that were made when something was told or corrected by hand; now `as_said` makes them
_BY_HAND = re.compile(r"The user(?:'s [\w ]{1,30}(?::| is)|,| (?:is|has|can|lives|works|likes|dislikes|prefers|wants|speaks|owns|plays|takes|plans)\b)")  # fmt: skip


def to_you(text: str, value: str = "") -> str:
    """A sentence about "the user" for the user's own eyes; one that cannot be turned safely stays as it is.

    `value`: the part of it that was taken from the person's words; it is not looked into.

    >>> to_you("The user lives in Lyon."), to_you("The user's job: nurse."), to_you("Rex is the user's dog.")
    ('You live in Lyon.', 'Your job: nurse.', 'Rex is your dog.')
    >>> to_you("The user has a pet: Juno, a dog."), to_you("The user is vegan."), to_you("Ana's sibling is the user.")
    ('You have a pet: Juno, a dog.', 'You are vegan.', "Ana's sibling is you.")
    >>> to_you("The user likes their coffee black."), to_you("The user sings and dances.")
    ('The user likes their coffee black.', 'The user sings and dances.')
    >>> to_you("The user likes cats and dogs.", "cats and dogs")
    'You like cats and dogs.'
    """
    if text.startswith(_OWN_WORDS):
        return "In your own words: " + text.removeprefix(_OWN_WORDS)
    begins = re.match(r"The user(?P<of>'s)? (?P<word>[\w-]+)", text)
    if begins is None:
        return re.sub(r"\bis the user(?:\.|$)", "is you.", re.sub(r"\bthe user's\b", "your", text))
    rest = re.sub(r"\bthe user's\b", "your", text[begins.end() :])
    if begins["of"]:
        return f"Your {begins['word']}{rest}"
    verb = _for_you(begins["word"])
    return text if verb is None or _GOES_ON.search(_before(value, rest)) else f"You {verb}{rest}"


def as_said(text: str) -> str:
    """A sentence about "the user" as the user would say it: what they tell by hand is kept as said.

    >>> as_said("The user lives in Porto."), as_said("The user's job: nurse."), as_said("The user is vegan.")
    ('I live in Porto.', 'My job is nurse.', 'I am vegan.')
    >>> as_said("The user's brother likes jazz."), as_said("Gaz is 30 years old.")
    ('My brother likes jazz.', 'Gaz is 30 years old.')
    """
    if text.startswith(_OWN_WORDS):
        return text.removeprefix(_OWN_WORDS)
    if aspect := re.match(r"The user's ([\w ]{1,30}): ", text):
        return f"My {aspect[1]} is {text[aspect.end() :]}"
    if (begins := re.match(r"The user ([\w-]+)", text)) and (verb := _for_you(begins[1])):
        mine = {"are": "am", "were": "was"}.get(verb, verb)
        return f"I {mine}{text[begins.end() :]}"
    return re.sub(r"^The user's\b", "My", text)


def _before(value: str, rest: str) -> str:
    """Of "plans: visit her mother" the part before the colon: after it stand the person's own words."""
    return rest.partition(value or ":")[0].partition(":")[0]


def _for_you(verb: str) -> str | None:
    """The verb as it follows "you"; None for what is no verb in the third person.

    >>> [_for_you(verb) for verb in ("lives", "studies", "watches", "goes", "misses", "interface", "does")]
    ['live', 'study', 'watch', 'go', 'miss', None, 'do']
    """
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if re.search(r"[^aeiou]ies$", verb) and len(verb) > 4:
        return verb.removesuffix("ies") + "y"
    if re.search(r"(?:ch|sh|ss|x|zz|o)es$", verb):
        return verb.removesuffix("es")
    return verb.removesuffix("s") if re.search(r"[^s]s$", verb) else None


def told(memory: Shown) -> str:
    """The words of a memory for its owner. Somebody's own words are never touched."""
    ours = memory.kind in ("fact", "preference", "insight")
    by_hand = memory.kind == "episode" and memory.session == "by hand" and _BY_HAND.match(memory.text)
    return to_you(memory.text, memory.object) if ours or by_hand else memory.text
