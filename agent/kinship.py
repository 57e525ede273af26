"""Who is whose, answered by what is stated and by what follows from it: "Who is my niece?", "Who is Ellen married to?"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from memory.graph import USER, Graph
from memory.inference import CALLED, called
from memory.records import Shown
from memory.relations import relation_named
from memory.verbs.connecting import Connections

from .answers import Grounded
from .distillers.claims.naming import relation_of
from .grammar.roles import ABOVE, HE, ROLE_WORDS, SHE, labels_of
from .wording import Wording

_ROLE = "|".join(sorted((re.escape(word) for word in ROLE_WORDS), key=len, reverse=True))
_NAME = r"[^\W\d_][\w-]*"
_LEAD = (
    r"(?:(?:so|and|hey|ok|okay|please|remind me|tell me|can you tell me|do you (?:know|remember)),? )*"
    r"(?:who(?:['’]?s| is| are| was)?|what(?:['’]?s| is| are)(?: the names? of)?|how many|do i have|have i got) "
)
_PATH = re.compile(
    rf"{_LEAD}(?:(?:any|an?) )?(?P<holder>my|our|(?:{_NAME})['’]s)? ?(?P<path>(?:(?:{_ROLE})['’]s )*(?:{_ROLE})s?)"
    r"(?:['’]s names?| called| again| do i have| have i got)*\W*$",
    re.IGNORECASE,
)
_MARRIED = re.compile(
    rf"{_LEAD}(?:is |was )?(?P<name>(?:my )?{_NAME})(?: is| was)? (?:married|engaged) to\W*$", re.IGNORECASE
)
_TO_ME = re.compile(
    rf"(?:how (?:is|am i related to|are) (?P<one>{_NAME})(?: related(?: to me)?)?|who is (?P<two>{_NAME})(?: to me)?)\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Kin:
    """Somebody asked for by what they are to somebody: "my sister's daughter" is ("", ("sister", "daughter"))."""

    holder: str  # a name or a role; empty: the person themself
    path: tuple[str, ...]  # roles; empty: what the holder is to the person


@dataclass(frozen=True, slots=True)
class _Step:
    """Somebody reached, and the facts that lead there."""

    entity: str
    facts: tuple[str, ...] = ()
    as_what: str = ""


def asked(text: str) -> Kin | None:
    """Whom a question asks for, if it asks for somebody by a relation.

    >>> asked("What's my sister's daughter called?")
    Kin(holder='', path=('sister', 'daughter'))
    >>> asked("Who is Ellen married to?"), asked("How is Lily related to me?")
    (Kin(holder='Ellen', path=('partner',)), Kin(holder='Lily', path=()))
    >>> asked("Who is the president?")
    """
    line = " ".join(text.split())
    if match := _PATH.match(line):
        holder = re.sub(r"['’]s$", "", match["holder"] or "my")
        path = [_role(word) for word in re.split(r"['’]s ", match["path"])]
        return Kin("" if holder.casefold() in ("my", "our") else holder, tuple(path))
    if match := _MARRIED.match(line):
        name = re.sub(r"^my ", "", match["name"], flags=re.IGNORECASE)
        return None if name.casefold() in ("i", "me") else Kin(name, ("partner",))
    if match := _TO_ME.match(line):
        return Kin(match["one"] or match["two"], ())
    return None


def _role(word: str) -> str:
    return ROLE_WORDS.get(word.casefold()) or ROLE_WORDS[word.casefold().removesuffix("s")]


def kinship(kin: Kin, known: Connections, words: Wording) -> Grounded | None:
    """Who that is, with the person's own words from which it follows; None where nothing says it."""
    graph = Graph({e.id: e for e in known.entities}, known.links, {f.id: f for f in known.facts})
    found = [step for step in _reached(kin, known, graph) if is_called(graph.entities[step.entity].name)]
    if not found:
        return None
    told = list(dict.fromkeys(fact for step in found for fact in step.facts))
    facts = _once([graph.facts[id] for id in told if id in graph.facts])
    names = [", ".join(filter(None, (graph.entities[step.entity].name, step.as_what))) for step in found]
    quoted = [
        f"{words.quotation(fact.occurred_at, ' '.join(fact.quote.split()))} [{number}]"
        for number, fact in enumerate(facts, start=1)
    ]
    lead = words.follows.format(names="; ".join(dict.fromkeys(names)))
    return Grounded("\n\n".join([lead, *quoted]), tuple(fact.id for fact in facts))


def is_called(name: str) -> bool:
    """Whether this is a name: "a rescue greyhound" is nobody's.

    >>> is_called("Lily"), is_called("rescue greyhound")
    (True, False)
    """
    return name[:1].isupper()


def _once(facts: Sequence[Shown]) -> list[Shown]:
    """One sentence may say two things."""
    return list({fact.quote: fact for fact in facts}.values())


def _reached(kin: Kin, known: Connections, graph: Graph) -> Iterator[_Step]:
    if not kin.path:
        for entity in graph.named(kin.holder):
            for step in _all_steps(known, USER):
                if step.entity == entity.id:
                    yield _Step(entity.id, step.facts, _as_what(step, graph))
        return
    reached = [_Step(id) for id in _starts(kin.holder, graph)]
    for role in kin.path:
        reached = [
            _Step(step.entity, (*before.facts, *step.facts))
            for before in reached
            for step in _all_steps(known, before.entity)
            if _is(role, step, graph) and step.entity in graph.entities
        ]
    yield from {step.entity: step for step in reversed(reached) if step.entity != USER}.values()


def _starts(holder: str, graph: Graph) -> list[str]:
    if not holder:
        return [USER]
    role = ROLE_WORDS.get(holder.casefold())
    return [e.id for e in graph.named(holder) or (graph.named(role) if role else [])]


def _all_steps(known: Connections, entity: str) -> Iterator[_Step]:
    """What is stated of somebody and what follows, one relation away."""
    for link in known.links:
        if link.subject == entity:
            yield _Step(link.object, (link.fact,), link.relation)
    for conclusion in known.concluded:
        if conclusion.subject == entity:
            yield _Step(conclusion.object, conclusion.facts, conclusion.relation)


def _is(role: str, step: _Step, graph: Graph) -> bool:
    """Whether whoever a relation leads to may be called by this role: a sibling of whom nothing tells is no sister."""
    relation = relation_named(step.as_what).name
    word = called(relation, step.entity, graph)
    if word == role or relation == role:
        return True
    if word == relation.replace("_", " ") and role in CALLED.get(relation, ()):
        return True  # nothing tells whether a sister-in-law or a brother-in-law
    if {SHE, HE} & ABOVE.get(role, frozenset()) and word and word != relation.replace("_", " "):
        return ROLE_WORDS.get(word) == role
    return relation == relation_of(role) and (
        relation != "pet" or role == "pet" or _is_said_to_be(role, step, graph)
    )


def _is_said_to_be(role: str, step: _Step, graph: Graph) -> bool:
    """Whether the person's words name this animal, or one of its kind: a hamster is a pet, and no dog."""
    quotes = " ".join(graph.facts[fact].quote for fact in step.facts if fact in graph.facts)
    known = (ROLE_WORDS[word] for word in re.findall(r"[\w-]+", quotes.casefold()) if word in ROLE_WORDS)
    return any(role in labels_of(other) for other in known)


def _as_what(step: _Step, graph: Graph) -> str:
    return called(step.as_what, step.entity, graph) or step.as_what.replace("_", " ")
