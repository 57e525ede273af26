"""What follows from what is believed, by a few stated rules, each conclusion with its derivation: pure.

Conclusions are never stored: they are drawn from the facts that hold now, so one falls with its premise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .graph import USER, Graph, Link
from .relations import relation_named, sentence_of

Rule = Literal["inverse", "symmetric", "transitive", "composition"]
MOST_STEPS = 3  # conclusions from conclusions
MOST = 5000

TRANSITIVE = frozenset({"sibling", "flatmate", "located_in", "part_of"})
# a's first is b, and b's second is c: then a's third is c
COMPOSITIONS: dict[tuple[str, str], str] = {
    ("parent", "parent"): "grandparent",
    ("child", "child"): "grandchild",
    ("parent", "sibling"): "aunt_or_uncle",
    ("sibling", "child"): "niece_or_nephew",
    ("aunt_or_uncle", "child"): "cousin",
    ("parent", "child"): "sibling",
    ("sibling", "parent"): "parent",
    ("partner", "parent"): "parent_in_law",
    ("partner", "sibling"): "sibling_in_law",
    ("sibling", "partner"): "sibling_in_law",
    ("child", "partner"): "child_in_law",
    ("lives_in", "located_in"): "lives_in",
    ("born_in", "located_in"): "born_in",
    ("works_at", "located_in"): "works_in",
}
# by which of two words it is called, when the premises tell: a woman, a man
CALLED = {
    "niece_or_nephew": ("niece", "nephew"),
    "aunt_or_uncle": ("aunt", "uncle"),
    "grandparent": ("grandmother", "grandfather"),
    "grandchild": ("granddaughter", "grandson"),
    "parent_in_law": ("mother-in-law", "father-in-law"),
    "sibling_in_law": ("sister-in-law", "brother-in-law"),
    "child_in_law": ("daughter-in-law", "son-in-law"),
    "sibling": ("sister", "brother"),
    "parent": ("mother", "father"),
    "child": ("daughter", "son"),
}
# what somebody is called who is this to somebody: a woman, a man
_GENDERED = {
    "sibling": (r"sister", r"brother"),
    "parent": (r"mother|mum|mom", r"father|dad"),
    "child": (r"daughter", r"son"),
    "partner": (r"wife|girlfriend", r"husband|boyfriend"),
    "grandparent": (r"grandm\w+|nan", r"grandpa|grandfather"),
    "grandchild": (r"granddaughter", r"grandson"),
}


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A statement that follows, the rule it follows by, and what from: facts, and conclusions before it."""

    subject: str
    relation: str
    object: str
    rule: Rule
    facts: tuple[str, ...]  # all that it rests on in the end
    steps: tuple[str, ...]  # the premises in words, then the rule
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Statement:
    link: Link
    facts: tuple[str, ...]
    steps: tuple[str, ...]
    text: str


def conclusions(graph: Graph) -> tuple[Conclusion, ...]:
    """All that follows from a graph and is not stated in it."""
    stated = [_Statement(link, (link.fact,), (), graph.facts[link.fact].text) for link in graph.links]
    known: dict[tuple[str, str, str], _Statement] = {_key(s.link): s for s in stated}
    found: list[Conclusion] = []
    for _ in range(MOST_STEPS):
        new = [c for c in _step(list(known.values()), graph) if _key_of(c) not in known]
        for conclusion in new:
            if _key_of(conclusion) not in known and len(found) < MOST:
                link = Link("", conclusion.subject, conclusion.relation, conclusion.object)
                known[_key_of(conclusion)] = _Statement(
                    link, conclusion.facts, conclusion.steps, conclusion.text
                )
                found.append(conclusion)
        if not new:
            break
    return tuple(found)


def about(entity: str, concluded: Iterable[Conclusion]) -> list[Conclusion]:
    return [c for c in concluded if entity in (c.subject, c.object)]


def _step(statements: list[_Statement], graph: Graph) -> Iterable[Conclusion]:
    for one in statements:
        relation = relation_named(one.link.relation)
        if (
            relation.inverse
            and one.link.object in graph.entities
            and graph.entities[one.link.object].kind != "thing"
        ):
            rule: Rule = "symmetric" if relation.inverse == relation.name else "inverse"
            yield _concluded(one.link.object, relation.inverse, one.link.subject, rule, (one,), graph)
    by_subject: dict[str, list[_Statement]] = {}
    for statement in statements:
        by_subject.setdefault(statement.link.subject, []).append(statement)
    pairs = ((first, second) for first in statements for second in by_subject.get(first.link.object, ()))
    for one, two in pairs:
        first, second = one.link.relation, two.link.relation
        if one.link.subject == two.link.object:
            continue
        if first == second and first in TRANSITIVE:
            yield _concluded(one.link.subject, first, two.link.object, "transitive", (one, two), graph)
        if third := COMPOSITIONS.get((first, second)):
            yield _concluded(one.link.subject, third, two.link.object, "composition", (one, two), graph)


def _concluded(
    subject: str, relation: str, object: str, rule: Rule, premises: tuple[_Statement, ...], graph: Graph
) -> Conclusion:
    facts = tuple(dict.fromkeys(fact for premise in premises for fact in premise.facts))
    steps = tuple(
        dict.fromkeys(
            [*(step for p in premises for step in p.steps), *(p.text for p in premises), f"by {rule}"]
        )
    )
    return Conclusion(subject, relation, object, rule, facts, steps, _text(subject, relation, object, graph))


def _text(subject: str, relation: str, object: str, graph: Graph) -> str:
    who = graph.entities[subject].name if subject != USER else USER
    value = "the user" if object == USER else graph.entities[object].name
    word = called(relation, object, graph)
    if word:
        owner = "The user" if who == USER else who
        return f"{owner}'s {word} is {value}."
    return sentence_of(who, relation, value)


def called(relation: str, object: str, graph: Graph) -> str:
    """Rather "niece" than "niece or nephew", when the words about her tell."""
    if relation not in CALLED:
        return ""
    woman, man = CALLED[relation]
    gender = _gender(object, graph)
    return woman if gender == "woman" else man if gender == "man" else relation.replace("_", " ")


def _gender(entity: str, graph: Graph) -> str:
    """As the words tell that say what somebody is to somebody; of the person nothing is guessed."""
    told = set[str]()
    for mention in graph.entities[entity].mentions if entity != USER else ():
        fact = graph.facts[mention.fact]
        words = _GENDERED.get(relation_named(fact.relation).name)
        if mention.end == "object" and words:
            for gender, pattern in zip(("woman", "man"), words, strict=True):
                told |= {gender} if re.search(rf"\b(?:{pattern})\b", fact.quote, re.IGNORECASE) else set()
    return told.pop() if len(told) == 1 else ""


def _key(link: Link) -> tuple[str, str, str]:
    return link.subject, link.relation, link.object


def _key_of(conclusion: Conclusion) -> tuple[str, str, str]:
    return conclusion.subject, conclusion.relation, conclusion.object
