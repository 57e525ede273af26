"""What follows by each rule, and merges and splits taken back, on families made up by chance (seeded)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from memory.graph import Decision, graph_of
from memory.inference import COMPOSITIONS, TRANSITIVE, Conclusion, conclusions
from memory.records import Shown
from memory.relations import RELATIONS, sentence_of

AT = datetime(2026, 5, 3, tzinfo=UTC)
NAMES = "Ada Bo Cleo Dov Elke Finn Gail Hal Ida Jo Kit Lena Mo Nell Otto Pia Quin Rosa Sven Tove Uma Vic Wes Yara Zoe".split()
PLACES = "Ghent Porto Leeds Lyon Bergen Turku Graz Split".split()


@dataclass(frozen=True, slots=True)
class Case:
    """Premises, and what must follow from them by which rule."""

    rule: str
    facts: tuple[Shown, ...]
    subject: str
    relation: str
    object: str


def fact(number: int, subject: str, relation: str, object: str, said: str = "") -> Shown:
    return Shown(
        id=f"f{number:03}", kind="fact", text=sentence_of(subject, relation, object), occurred_at=AT, recorded_at=AT,
        origin="said", status="active", version=1, importance=0.5, confidence=1.0, subject=subject, relation=relation,
        object=object, sources=(said or f"e{number:03}",), quote=f"{subject} {relation} {object}",
    )  # fmt: skip


def cases(rng: Random, each: int = 20) -> Iterator[Case]:
    """`each` cases of every rule for every relation that it is stated of, with unrelated facts around."""
    people = [r for r in RELATIONS.values() if r.value == "person" and r.inverse]
    for _ in range(each):
        for relation in people:
            one, other = rng.sample(NAMES, 2)
            rule = "symmetric" if relation.inverse == relation.name else "inverse"
            yield Case(rule, _amid(rng, (one, relation.name, other)), other, relation.inverse, one)
        for name in sorted(TRANSITIVE):
            one, two, three = rng.sample(PLACES if name in ("located_in", "part_of") else NAMES, 3)
            yield Case("transitive", _amid(rng, (one, name, two), (two, name, three)), one, name, three)
        for (first, second), third in COMPOSITIONS.items():
            one, two = rng.sample(NAMES, 2)
            three = (
                rng.choice(PLACES) if second == "located_in" else rng.choice(sorted({*NAMES} - {one, two}))
            )
            two = rng.choice([p for p in PLACES if p != three]) if second == "located_in" else two
            yield Case("composition", _amid(rng, (one, first, two), (two, second, three)), one, third, three)


def _amid(rng: Random, *premises: tuple[str, str, str]) -> tuple[Shown, ...]:
    """The premises, said with other things that nothing follows from."""
    others = [("user", "likes", rng.choice("tea jazz rain chess".split())), ("user", "job", "baker")]
    return tuple(fact(n, *one) for n, one in enumerate([*premises, *others]))


def follows(case: Case) -> tuple[bool, bool]:
    """Whether the conclusion is drawn with its rule and its derivation, and whether it goes with each premise."""
    premises = [f for f in case.facts if f.relation not in ("likes", "job")]
    drawn = _drawn(case, case.facts)
    right = (
        drawn is not None
        and set(drawn.facts) == {f.id for f in premises}
        and len(drawn.steps) > len(premises)
    )
    gone = all(_drawn(case, [f for f in case.facts if f is not premise]) is None for premise in premises)
    return right, gone


def _drawn(case: Case, facts: tuple[Shown, ...] | list[Shown]) -> Conclusion | None:
    graph = graph_of(facts)
    named = {entity.id: entity.name for entity in graph.entities.values()}
    wanted = (case.subject, case.relation, case.object)
    return next(
        (
            c
            for c in conclusions(graph)
            if (named[c.subject], c.relation, named.get(c.object, c.object)) == wanted and c.rule == case.rule
        ),
        None,
    )


def undone_exactly(rng: Random, rounds: int) -> int:
    """How many of so many random merges and splits leave, taken back in any order, the graph that there was."""
    exact = 0
    for _ in range(rounds):
        facts = [
            fact(n, rng.choice(["user", *NAMES[:6]]), rng.choice(["sibling", "friend", "colleague", "likes"]),
                 rng.choice(NAMES[:8]), f"e{n // 2}")
            for n in range(rng.randint(4, 16))
        ]  # fmt: skip
        before = graph_of(facts)
        decisions = list[Decision]()
        for number in range(rng.randint(1, 4)):
            others = [e for e in graph_of(facts, decisions).entities.values() if e.kind != "user"]
            if len(others) > 1 and rng.random() < 0.5:
                one, other = rng.sample(others, 2)
                keys = [frozenset(m.key for m in e.mentions) for e in (one, other)]
                decisions.append(Decision(f"d{number}", "merge", *keys))
            elif wide := [e for e in others if len(e.mentions) > 1]:
                mentions = rng.choice(wide).mentions
                out = rng.sample(mentions, rng.randint(1, len(mentions) - 1))
                decisions.append(Decision(f"d{number}", "split", frozenset(m.key for m in out)))
        steps = [graph_of(facts, decisions[:n]) for n in range(len(decisions) + 1)]
        backwards = all(graph_of(facts, decisions[:n]) == steps[n] for n in reversed(range(len(steps))))
        exact += backwards and steps[0] == before and (len(decisions) == 0 or steps[-1] != before)
    return exact
