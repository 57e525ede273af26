"""Claims out of what a reading model found stated: of whom, in which relation, with the words of the value.

It reads far more wordings than any rule, and knows nothing of who is who; so whom a value is of, when it is not the
writer's, is read from the grammar of its sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from spacy.tokens import Doc

from ..grammar.mentions import mentions
from ..grammar.people import Names
from ..grammar.roles import ABOVE
from ..grammar.spelling import sentences
from ..parsing import Parse
from ..reader.stating import Stated
from .borne_out import LIKELY, is_borne_out
from .claims.claim import Claim
from .claims.naming import relation_of
from .claims.tastes import TASTES
from .claims.wholes import whole
from .misread import as_its_verb_says, is_misread
from .plain import Stretch
from .whose import is_of_writer, spoken_of, whose

States = Callable[[Sequence[str]], Sequence[Sequence[Stated]]]  # what each text states

SURE = 0.96  # how sure reading has to be to claim alone
BESIDE = 0.5  # and where a rule claims something of the same words

_ENUMERATED = re.compile(r",? (?:and|or) (?!(?:I|i|we|my|our|it)\b)|, [A-Z]")
_JOINING = frozenset({" ", " with ", " of ", " for ", " in ", " at ", "-"})
_RELATIONS = {
    "works_as": "job", "has_partner": "partner", "has_child": "child", "has_friend": "friend", "has_pet": "pet",
    "allergic_to": "allergy", "condition": "health", "habit": "routine", "from": "born_in",
}  # fmt: skip


def read_claims(
    text: str, stated: Sequence[Stated], parse: Parse, people: Names
) -> list[tuple[Stretch, Claim, float]]:
    """What reading finds, each with the sentence that says it and how sure it is: at least BESIDE."""
    found, placed = [], _placed(text)
    for one in _places_joined(text, stated):
        sentence, start = _sentence(placed, one.start)
        if one.sure < BESIDE or not sentence:
            continue
        doc, place, end = parse([sentence])[0], one.start - start, one.end - start
        if is_misread(one, doc, place):
            continue
        before = partial(spoken_of, text[: text.find(sentence)], parse, people)
        who = "" if is_of_writer(one, doc, place) else whose(doc, place, people, before())
        value = whole(doc, place, end, one.relation)
        if who is None or value.casefold().endswith((" one", " ones")):
            continue
        one = as_its_verb_says(one, doc, place)
        claim, sure = _claim(one, value, who, doc), one.sure
        if LIKELY <= sure < SURE and claim.polarity is None and is_borne_out(one.relation, doc, place, end):
            sure = SURE
        found.append((Stretch(sentence, sentence), claim, sure))
    return found


def _places_joined(text: str, stated: Sequence[Stated]) -> list[Stated]:
    """ "Portland, Oregon" is one place, "migraines with aura" one illness; of more, or with "and", each is one."""
    joined: list[Stated] = []
    for one in stated:
        last = joined[-1] if joined else None
        between = "" if last is None or one.relation != last.relation else text[last.end : one.start]
        place = one.relation in ("lives_in", "from") and between == ", "
        if last is not None and (between in _JOINING or (place and _ENUMERATED.match(text, one.end) is None)):
            joined[-1] = replace(last, end=one.end, sure=max(last.sure, one.sure))
        else:
            joined.append(one)
    return joined


def _claim(one: Stated, value: str, who: str, doc: Doc) -> Claim:
    if one.relation in TASTES:
        return Claim(one.relation, value, who, TASTES[one.relation])
    relation = _RELATIONS.get(one.relation, one.relation)
    if relation == "has_relative":
        relation = _kinship(value, doc)
    return Claim(relation, value, who)


def _kinship(value: str, doc: Doc) -> str:
    """Which relative: the role that is named with the value."""
    roles = [m.role for m in mentions(doc, {}) if m.role in ABOVE and (value in m.names or not m.names)]
    return relation_of(roles[0]) if roles and relation_of(roles[0]) else "relative"


def _placed(text: str) -> list[tuple[int, str]]:
    """The sentences of a text, each with where it begins."""
    placed, start = [], 0
    for sentence in sentences(text):
        start = text.find(sentence, start)
        placed.append((start, sentence))
        start += len(sentence)
    return placed


def _sentence(placed: Sequence[tuple[int, str]], place: int) -> tuple[str, int]:
    """The sentence in which a character stands, and where it begins."""
    at = bisect_right(placed, place, key=lambda one: one[0]) - 1
    if at < 0 or place >= placed[at][0] + len(placed[at][1]):
        return "", 0
    return placed[at][1], placed[at][0]
