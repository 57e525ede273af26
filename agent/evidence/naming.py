"""A name that is given by the way: to what was mentioned just before, or after a comma."""

from __future__ import annotations

import re

from ..grammar.lexicon import words
from ..grammar.people import Mention, same
from ..grammar.roles import is_role
from ..statements import Sentence

REACH = 4  # sentences back to what "it" and "this one" stand for

_BETWEEN = words("myself called named , - – ( :")
_GIVEN = re.compile(
    r"\b(?i:(?:(?:this|that|the) (?:new |other )?one|it|he|she) (?:is|was|has been) (?:called|named)|"
    r"(?:a )?new (?:one|boss|manager|guy|girl|woman|man) (?:is|was) (?:called|named)|(?:went|gone|going|go) with|settled on|decided on|"
    r"landed on|plumped for|opted for|chose|choosing|meet|introducing|say hello to|(?:answers|goes) (?:to|by)(?: the name(?: of)?)?|"
    r"(?:her|his|its) name (?:is|was)|(?:called|named|christened) (?:her|him|it))(?: the)? [A-Z]"
)


def is_named_by_the_way(about: Mention, sentence: Sentence) -> bool:
    """ "I've got a tortoise myself, Pickle"; "I bought a boat, called her Second Wind"."""
    if about.names or not about.role or not any(c.standing == "stated" for c in sentence.clauses):
        return False
    return _in_apposition(about, sentence) or _pointing_back(about, sentence) or _alone(about, sentence)


def _alone(about: Mention, sentence: Sentence) -> bool:
    """ "That's how we ended up with a goat. Gerald."."""
    said = [t for t in sentence.doc if not t.is_punct]
    before = sentence.previous
    named = 0 < len(said) < 3 and all(t.text[:1].isupper() for t in said)
    return (
        named
        and before is not None
        and before.memory.id == sentence.memory.id
        and bool(_mine(about.role).search(before.doc.text))
    )


def _in_apposition(about: Mention, sentence: Sentence) -> bool:
    owned = [m for m in sentence.mentions if m.mine and not m.names and same(about, m)]
    named = [m for m in sentence.mentions if m.names and not m.role]
    return any(
        one.end < name.start and all(t.lower_ in _BETWEEN for t in sentence.doc[one.end : name.start])
        for one in owned
        for name in named
    )


def _pointing_back(about: Mention, sentence: Sentence) -> bool:
    """Whether a name is given to the last one mentioned, and that is the one."""
    given = _GIVEN.search(sentence.doc.text)
    if given is None:
        return not is_role(about.role) and _is_ours(about.role, sentence)
    here: Sentence | None = sentence
    end, reach = given.start(), REACH
    while here is not None and reach:
        mentioned = [m for m in here.mentions if here.doc[m.start].idx < end and _is_something(m)]
        if not is_role(about.role) and _mine(about.role).search(here.doc.text[:end]):
            return not any(is_role(m.role) for m in mentioned)
        if mentioned:
            return mentioned[-1].mine and same(about, mentioned[-1])
        here, reach = here.previous, reach - 1
        end = LONGEST
    return False


def _is_ours(role: str, sentence: Sentence) -> bool:
    """ "We're called The Soggy Biscuits. Ceilidh band.": of what, stands in the same message."""
    named = re.search(
        r"\b(?i:we are (?:called|named)|our name is|we call ourselves)(?: the| The)? [A-Z]", sentence.doc.text
    )
    return (
        named is not None
        and re.search(rf"\b{re.escape(role)}\b", sentence.memory.text, re.IGNORECASE) is not None
    )


LONGEST = 1_000_000


def _is_something(mention: Mention) -> bool:
    return bool(mention.role) and not mention.role.startswith("name<")


def _mine(role: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:my|our|an?|new) (?:[\w-]+ ){{0,2}}?{re.escape(role)}\b", re.IGNORECASE)
