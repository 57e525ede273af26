"""Which claims are kept: the rules name whose and what, reading knows whether it is meant; each is held against the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from privacy.errors import KeepsakeError

from ..grammar.people import Names
from ..parsing import Parse
from ..reader.stating import Stated
from .claims.answers import WISH, is_about_answers, worded
from .claims.claim import Claim
from .plain import Stretch
from .read import BESIDE, SURE, States, read_claims

PERHAPS = 0.1  # what the rules claim and reading finds less likely is not kept

_DEEDS = frozenset({"did", "goal", "plans"})
_VAGUE = frozenset(
    {"does", "routine", "did", "is"}
)  # that something is done or so, and not what it is to them
_NARROW = frozenset(
    {"name", "age", "works_at", "member_of", "speaks", "learns", "goal", "plans", "appointment"}
)
_WORD = re.compile(r"\w+")
_CORRECTS = re.compile(  # "No, I'm 58", and neither "no doubt" nor "sorry I'm such a monster"
    r"\W*(?:actually\b(?!\W+(?:am|is|are|do|does)\b)|(?:(?:sorry,? )?typo|no|nope|sorry|correction)\s*[,:;.!–—-]|(?:sorry,? )?i meant\b)",
    re.IGNORECASE,
)


def weighed(
    text: str,
    ruled: list[tuple[Stretch, Claim]],
    said: Sequence[Stretch],
    parse: Parse,
    people: Names,
    states: States | None,
) -> list[tuple[Stretch, Claim]]:
    """What the rules claim and reading finds likely, and what reading alone is sure of."""
    if states is None:
        return ruled
    try:
        (stated,) = states([text])
    except KeepsakeError:  # recall has said so, and what to do about it; until then the rules decide
        return ruled
    found = read_claims(text, stated, parse, people)
    surely = [(stretch.sentence, claim) for stretch, claim, sure in found if sure >= SURE]
    kept = [
        (stretch, claim)
        for stretch, claim in _without_pieces(ruled)
        if _is_meant(claim, stretch.sentence, surely) or _is_likely(claim, stretch.sentence, text, stated)
    ]
    kept += _wished(text, said, stated, kept)
    for stretch, claim, sure in found:
        if sure >= SURE:  # "birdwatching is my thing" is a pastime, and not a taste besides
            kept = [one for one in kept if not _is_of_another(one[1], claim)]
        same = [one for one in kept if _is_of_one_thing(claim, one[1])]
        if same and all(_is_vague(one.relation) for _, one in same) and not _is_vague(claim.relation):
            kept = [one for one in kept if one not in same]  # both found something, and reading can say what
        elif sure >= SURE and (_say_less(same, claim) or _go_on(same, claim)):
            kept = [one for one in kept if one not in same]  # both found it, and reading all of it
        elif same or sure < SURE:
            continue
        kept.append((stretch, claim))
    return kept


def _without_pieces(ruled: Sequence[tuple[Stretch, Claim]]) -> list[tuple[Stretch, Claim]]:
    """Without what says less of the same, and what is put aside: who is "colour blind" is not "blind", and "in Ghent, not Bruges"
    tells nothing of Bruges."""
    return [
        (stretch, claim)
        for stretch, claim in ruled
        if not (claim.polarity is None and _is_put_aside(claim.value, stretch.sentence))
        and not any(
            said is stretch
            and one.who == claim.who
            and (one.relation == claim.relation or _is_vague(claim.relation))
            and _words(claim.value) < _words(one.value)
            for said, one in ruled
        )
    ]


def _is_put_aside(value: str, sentence: str) -> bool:
    return (
        re.search(rf"\bnot (?:in |at |from |an? |the )?{re.escape(value)}(?!\w)", sentence, re.IGNORECASE)
        is not None
    )


def _is_meant(claim: Claim, sentence: str, surely: Sequence[tuple[str, Claim]]) -> bool:
    """Whether what a rule claims is in earnest whatever reading holds of it.

    Irony praises: what is said to be disliked is (Riloff et al. 2013 find sarcasm as praise of something bad). Who
    corrects is in earnest. And so is a sentence of which reading is sure of something: then a list goes on ("I own a kiln
    and an old sewing machine"), and what rules read narrowly stands.
    """
    if claim.relation == WISH:
        return is_about_answers(claim.value)
    if claim.polarity == "dislikes" or _CORRECTS.match(sentence):
        return True
    kind = (claim.who, claim.relation, claim.polarity)
    beside = [(one.who, one.relation, one.polarity) for said, one in surely if said == sentence]
    return kind in beside or (bool(beside) and claim.relation in _NARROW)


def _wished(
    text: str, said: Sequence[Stretch], stated: Sequence[Stated], known: Sequence[tuple[Stretch, Claim]]
) -> list[tuple[Stretch, Claim]]:
    """Wishes for all answers that reading finds likely and no rule knows, in the words of the stretch around them."""
    marked = [one for one in stated if one.relation == WISH and one.sure >= BESIDE]
    done = [stretch for stretch, claim in known if claim.relation == WISH]
    found = [(stretch, worded(stretch.words)) for stretch in said if stretch not in done]
    return [
        (stretch, Claim(WISH, wish, "", "likes"))
        for stretch, wish in found
        if any(_is_wished(text, one, stretch, wish) for one in marked)
    ]


def _is_wished(text: str, one: Stated, stretch: Stretch, wish: str) -> bool:
    """Whether a wish holds words that reading marked in its sentence; what is asked for may be for this once."""
    start = text.find(stretch.sentence)
    inside = start < 0 or start <= one.start < start + len(stretch.sentence)
    sure = one.sure >= (SURE if stretch.asked else BESIDE)
    return inside and sure and bool(_words(text[one.start : one.end]) & _words(wish))


def _is_of_one_thing(one: Claim, other: Claim) -> bool:
    """Whether two claims take the same words for a value: the rules name its relation better."""
    return bool(_words(one.value) & _words(other.value)) and (one.polarity is None) == (
        other.polarity is None
    )


def _is_of_another(ruled: Claim, read: Claim) -> bool:
    """Whether both take the very same words, one for a taste and the other for a fact, or one of the writer and the other of
    somebody close; or the rules saw only that something is done with what reading knows for a taste."""
    if ruled.who == read.who and _is_vague(ruled.relation) and read.polarity is not None:
        return _words(read.value) <= _words(ruled.value)
    if ruled.value.casefold() != read.value.casefold():
        return False
    if ruled.who == read.who:
        return (ruled.polarity is None) != (read.polarity is None)
    return not ruled.who


def _words(value: str) -> set[str]:
    return set(_WORD.findall(value.casefold()))


def _say_less(ruled: Sequence[tuple[Stretch, Claim]], read: Claim) -> bool:
    """Whether what the rules found for the same relation are parts of what reading found."""
    more = f" {read.value.casefold()} ".replace(",", " ")
    return bool(ruled) and all(
        (one.who, one.polarity) == (read.who, read.polarity)
        and (one.relation == read.relation or one.polarity is not None)
        and f" {one.value.casefold()} " in more
        for _, one in ruled
    )


def _go_on(ruled: Sequence[tuple[Stretch, Claim]], read: Claim) -> bool:
    """Whether the rules took the rest of the sentence for a part of what was done: "passed my test on the fifth go"."""
    return (
        bool(ruled)
        and " " in read.value
        and all(
            one.relation == read.relation
            and one.relation in _DEEDS
            and one.who == read.who
            and one.value.casefold().startswith(read.value.casefold())
            for _, one in ruled
        )
    )


def _is_vague(relation: str) -> bool:
    """Whether a relation says only that something is done or so."""
    return relation in _VAGUE


def _is_likely(claim: Claim, sentence: str, text: str, stated: Sequence[Stated]) -> bool:
    """Whether reading finds something where a rule claims something."""
    at = text.find(sentence)
    words = _words(claim.value)
    return any(
        one.sure >= PERHAPS and (_words(text[one.start : one.end]) & words)
        for one in stated
        if at < 0 or at <= one.start < at + len(sentence)
    )
