"""Facts and preferences by rules over the grammar of sentences, offline: few and right rather than many.

Only the person's own plain statements count. Questions, suppositions, wishes, quotations, stories, irony, denials
and what is over are passed over; what is said of somebody close is kept with them as its subject.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from functools import partial

from memory.ports import Known
from memory.records import Draft, Shown
from memory.relations import sentence_of
from privacy.errors import KeepsakeError
from privacy.identity import Scope

from ..grammar.mentions import mentions
from ..grammar.people import NOBODY, Mention, Names
from ..grammar.roles import is_role
from ..parsing import Parse, parse
from ..personalization import ADDRESS
from ..reader.stating import Stated
from .claims.answers import is_about_answers, wanted_answers, worded
from .claims.claim import Claim
from .claims.reading import claims_of, topic_of
from .instructions import expertise, wishes
from .plain import Stretch, stretches
from .read import BESIDE, SURE, States, is_likely, is_vague, read_claims

WISH = "wants_answers"
_DEEDS = frozenset({"did", "goal", "plans"})


class RulesDistiller:
    """Reads sentence by sentence, in a thread of its own: a parse takes milliseconds."""

    name = "rules"

    def __init__(self, parse: Parse = parse, states: States | None = None) -> None:
        self._parse = parse
        self._states = states

    async def distil(self, episodes: Sequence[Shown], *, scope: Scope, known: Known) -> list[Draft]:
        people = await known.people()
        return await asyncio.to_thread(
            lambda: [d for episode in episodes for d in drafts(episode, self._parse, people, self._states)]
        )


def drafts(
    episode: Shown, parse: Parse = parse, people: Names = NOBODY, states: States | None = None
) -> list[Draft]:
    """What one episode states about its speaker and those close to them; `people` are known by name."""
    read = stretches(episode.text)
    asked_for = [
        (s, w) for s in read for w in (*wishes(s.sentence, episode), *expertise(s.sentence, episode))
    ]
    found = list({wish.text: wish for _, wish in asked_for}.values())
    done = {stretch.sentence for stretch, _ in asked_for}
    ruled = [
        (stretch, claim)
        for stretch, claim in claims(episode.text, parse, people)
        if not _is_said_in(claim, stretch.sentence, found)
    ]
    learned = _with_reading(episode.text, ruled, read, parse, people, states)
    return found + [
        _draft(claim, stretch.sentence, episode.id)
        for stretch, claim in learned
        if not (claim.relation == WISH and stretch.sentence in done)
    ]


def _is_said_in(claim: Claim, sentence: str, wishes: Sequence[Draft]) -> bool:
    """Whether a claim is read out of the name somebody wants to be called by: "call me Nana Bea" tells of no grandmother."""
    return claim.relation != "name" and any(
        wish.aspect == ADDRESS and wish.quote == sentence and claim.value in wish.object for wish in wishes
    )


def _with_reading(
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
    kept = [
        (s, c)
        for s, c in ruled
        if (c.relation == WISH and is_about_answers(c.value)) or is_likely(c, s.sentence, text, stated)
    ]
    kept += _wished(text, said, stated, kept)
    for stretch, claim, sure in read_claims(text, stated, parse, people):
        if sure >= SURE:  # "birdwatching is my thing" is a pastime, and not a taste besides
            kept = [one for one in kept if not _is_of_another(one[1], claim)]
        same = [one for one in kept if _is_of_one_thing(claim, one[1])]
        if same and all(is_vague(one.relation) for _, one in same) and not is_vague(claim.relation):
            kept = [one for one in kept if one not in same]  # both found something, and reading can say what
        elif sure >= SURE and (_say_less(same, claim) or _go_on(same, claim)):
            kept = [one for one in kept if one not in same]  # both found it, and reading all of it
        elif same or sure < SURE:
            continue
        kept.append((stretch, claim))
    return kept


def _wished(
    text: str, said: Sequence[Stretch], stated: Sequence[Stated], known: Sequence[tuple[Stretch, Claim]]
) -> list[tuple[Stretch, Claim]]:
    """Wishes for all answers that reading finds likely and no rule knows, in the words of the stretch around them."""
    marked = [
        set(text[one.start : one.end].casefold().split())
        for one in stated
        if one.relation == WISH and one.sure >= BESIDE
    ]
    done = [stretch for stretch, claim in known if claim.relation == WISH]
    found = [(stretch, worded(stretch.words)) for stretch in said if stretch not in done]
    return [
        (stretch, Claim(WISH, wish, "", "likes"))
        for stretch, wish in found
        if any(words & set(wish.casefold().split()) for words in marked)
    ]


def _is_of_one_thing(one: Claim, other: Claim) -> bool:
    """Whether two claims take the same words for a value: the rules name its relation better."""
    mine, yours = (set(c.value.casefold().replace(",", " ").split()) for c in (one, other))
    return bool(mine & yours) and (one.polarity is None) == (other.polarity is None)


def _is_of_another(ruled: Claim, read: Claim) -> bool:
    """Whether both take the very same words, one for a taste and the other for a fact, or one of the writer and the other of
    somebody close."""
    if ruled.value.casefold() != read.value.casefold():
        return False
    if ruled.who == read.who:
        return (ruled.polarity is None) != (read.polarity is None)
    return not ruled.who


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


def claims(text: str, parse: Parse = parse, people: Names = NOBODY) -> list[tuple[Stretch, Claim]]:
    """What a message claims, with the stretch that says it."""
    found: list[tuple[Stretch, Claim]] = []
    before: Mention | None = None
    topic = ""
    read = stretches(text)
    words = _placed([stretch.words for stretch in read])
    for stretch, doc in zip(read, parse(words), strict=True):
        who = mentions(doc, people, before)
        before = next((m for m in reversed(who) if m.mine and (m.names or is_role(m.role))), before)
        wish = wanted_answers(stretch.words, asked=stretch.asked)
        if wish is not None:
            found.append((stretch, wish))
        if not stretch.asked:
            claimed = claims_of(doc, who, topic)
            found += [(stretch, c) for c in claimed if wish is None or c.polarity is None]
        topic = topic_of(doc, asked=stretch.asked) or (topic if len(doc) <= 4 else "")
    seen: set[tuple[str, str, str]] = set()
    kept = []
    for stretch, claim in found:
        key = (claim.who.casefold(), claim.relation, claim.value.casefold())
        if key not in seen:
            seen.add(key)
            kept.append((stretch, claim))
    return kept


_HERE = re.compile(
    r"\b(?P<verb>live|lived|living|moved|settled|based|born|grew up|been)(?P<between> \w+)? here\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(?:in|from|to|near) (?P<name>[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)*)")


def _placed(stretches: Sequence[str]) -> list[str]:
    """ "Here" as the place that was named before: "What is the tallest building in Rotterdam? I moved here in 2019."

    >>> _placed(["Hello from Oslo", "I have lived here for years"])[1]
    'I have lived in Oslo for years'
    """
    place, found = "", []
    for words in stretches:
        if place:
            to = "to" if "moved" in words else "in"
            words = _HERE.sub(rf"\g<verb>\g<between> {to} {place}".replace("\\g<between>", ""), words)
        named = _PLACE.search(words)
        place = named.group("name") if named else place
        found.append(words)
    return found


def _draft(claim: Claim, sentence: str, episode: str) -> Draft:
    learned = partial(
        Draft,
        text=sentence_of(claim.who or "user", claim.relation, claim.value),
        episode=episode,
        quote=sentence,
        subject=claim.who or "user",
        relation=claim.relation,
        object=claim.value,
    )
    if claim.polarity is None:
        return learned(kind="fact")
    aspect = "answers" if claim.relation == WISH else "taste"
    return learned(kind="preference", polarity=claim.polarity, aspect=aspect)
