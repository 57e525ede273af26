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
from privacy.identity import Scope

from ..grammar.mentions import mentions
from ..grammar.people import NOBODY, Mention, Names
from ..grammar.roles import is_role
from ..parsing import Parse, parse
from ..personalization import ADDRESS
from .claims.answers import WISH, wanted_answers
from .claims.claim import Claim
from .claims.reading import claims_of, topic_of
from .instructions import expertise, wishes
from .plain import Stretch, stretches
from .read import States
from .weighing import weighed


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
    learned = weighed(episode.text, ruled, read, parse, people, states)
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
