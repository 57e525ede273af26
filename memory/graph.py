"""Who and what is spoken of, and how they hang together: entities and relations over the facts. Pure.

An entity is a somebody or a something, never a name: two Annas are two. Which mentions mean the same is decided here from
the facts alone, and then by the person's own decisions, which are kept as ids of facts. So a graph is made anew from
what is believed, a decision taken back leaves no trace, and what is forgotten is in none.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import networkx as nx

from .records import Shown
from .relations import Value, relation_named

EntityKind = Literal["user", "person", "place", "thing"]
USER = "user"
# of these somebody has one with everybody: who is a sister is no mother. The others may be one person: a friend at work
KIN = frozenset(
    """partner child parent sibling grandchild grandparent niece nephew aunt uncle cousin niece_or_nephew aunt_or_uncle
    parent_in_law sibling_in_law child_in_law""".split()
)
ROLE_WORDS = {
    "sister": "sibling", "brother": "sibling", "mother": "parent", "mum": "parent", "mom": "parent", "father": "parent", "dad": "parent",
    "son": "child", "daughter": "child", "wife": "partner", "husband": "partner", "girlfriend": "partner", "boyfriend": "partner",
    "flatmate": "flatmate", "roommate": "flatmate", "boss": "boss", "manager": "boss", "colleague": "colleague", "friend": "friend",
    "neighbour": "neighbour", "neighbor": "neighbour", "grandmother": "grandparent", "grandfather": "grandparent", "grandma": "grandparent",
    "grandpa": "grandparent", "dog": "pet", "cat": "pet",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """One end of one fact."""

    fact: str
    end: Literal["subject", "object"]

    @property
    def key(self) -> str:
        return f"{self.fact}:{self.end}"


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something, by all its mentions; its id is that of its first one."""

    id: str
    name: str
    kind: EntityKind
    mentions: tuple[Mention, ...]
    roles: tuple[str, ...] = ()  # what it is to the person: "sibling"


@dataclass(frozen=True, slots=True)
class Link:
    """One fact as a relation between two entities."""

    fact: str
    subject: str
    relation: str
    object: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What the person decided about who is who: two are one, or some mentions are somebody else."""

    id: str
    kind: Literal["merge", "split"]
    mentions: frozenset[str]
    others: frozenset[str] = frozenset()  # merge: those of the second


@dataclass(frozen=True, slots=True)
class Graph:
    """Entities by id, and the facts that relate them."""

    entities: dict[str, Entity]
    links: tuple[Link, ...]
    facts: dict[str, Shown]

    def named(self, name: str) -> list[Entity]:
        return [entity for entity in self.entities.values() if entity.name.casefold() == name.casefold()]

    def net(self, more: Iterable[Link] = ()) -> nx.MultiDiGraph:
        net = nx.MultiDiGraph()
        net.add_nodes_from(self.entities)
        for link in (*self.links, *more):
            net.add_edge(link.subject, link.object, key=(link.relation, link.fact), link=link)
        return net

    def neighbourhood(self, entity: str, *, steps: int = 1) -> Graph:
        """An entity and what is at most so many relations away from it."""
        near = nx.ego_graph(self.net().to_undirected(as_view=True), entity, radius=steps)
        links = tuple(link for link in self.links if link.subject in near and link.object in near)
        return Graph(
            {id: self.entities[id] for id in near},
            links,
            {link.fact: self.facts[link.fact] for link in links},
        )

    def paths(self, one: str, other: str, *, most: int = 3) -> list[list[Link]]:
        """The shortest ways from one entity to another, whichever way the relations point."""
        net = self.net()
        found: list[list[Link]] = []
        try:
            for nodes in nx.all_shortest_paths(nx.Graph(net.to_undirected(as_view=True)), one, other):
                found.append([_between(net, a, b) for a, b in pairwise(nodes)])
                if len(found) == most:
                    break
        except nx.NetworkXNoPath:
            return []
        return found


def _between(net: nx.MultiDiGraph, one: str, other: str) -> Link:
    edges = net.get_edge_data(one, other) or net.get_edge_data(other, one)
    link: Link = next(iter(edges.values()))["link"]
    return link


def people_of(facts: Iterable[Shown]) -> dict[str, frozenset[str]]:
    """Those close to the person by name, folded, with what they are to them: {"anna": {"sibling"}}."""
    found: dict[str, frozenset[str]] = {}
    for fact in facts:
        relation = relation_named(fact.relation).name
        close = is_somebody(fact) or relation == "pet"
        if fact.status == "active" and _is_me(fact) and _is_name(fact.object) and close:
            name = fact.object.casefold()
            found[name] = found.get(name, frozenset()) | {relation}
    return found


# -- from facts to a graph -------------------------------------------------------------------------


def graph_of(facts: Sequence[Shown], decisions: Sequence[Decision] = ()) -> Graph:
    """Everybody and everything that active facts speak of, as far as they tell who is who, and as the person decided."""
    held = sorted(
        (f for f in facts if f.kind == "fact" and f.status == "active" and f.object), key=lambda f: f.id
    )
    groups = _decided(_grouped(held), decisions)
    by_fact = {fact.id: fact for fact in held}
    entities = {entity.id: entity for entity in (_entity(group, by_fact) for group in groups)}
    place = {mention: entity.id for entity in entities.values() for mention in entity.mentions}
    links = tuple(
        Link(
            fact.id,
            place[Mention(fact.id, "subject")],
            relation_named(fact.relation).name,
            place[Mention(fact.id, "object")],
        )
        for fact in held
        if Mention(fact.id, "object") in place
    )
    return Graph(entities, links, by_fact)


@dataclass(slots=True)
class _Group:
    """Mentions taken for one entity while facts are read, oldest first."""

    name: str
    mentions: list[Mention]
    roles: set[str]
    sources: set[str]

    def take(self, mention: Mention, fact: Shown) -> None:
        self.mentions.append(mention)
        self.sources.update(fact.sources)


def _grouped(facts: Sequence[Shown]) -> list[_Group]:
    me = _Group(USER, [], set(), set())
    groups: list[_Group] = [me]
    # who is what to the person is read first: "my colleague Anna plays the cello" tells of that Anna
    roles = [f for f in facts if _is_me(f) and is_somebody(f)]
    for fact in (*roles, *(f for f in facts if f not in roles)):
        _group_for(fact.subject, fact, groups, me).take(Mention(fact.id, "subject"), fact)
        if _value(fact) in ("person", "place", "thing"):
            role = relation_named(fact.relation).name if _is_me(fact) and _value(fact) == "person" else ""
            group = _group_for(fact.object, fact, groups, me, role=role, place=_value(fact) != "person")
            group.take(Mention(fact.id, "object"), fact)
            if role:
                group.roles.add(role)
    return [group for group in groups if group.mentions]


def _group_for(
    name: str, fact: Shown, groups: list[_Group], me: _Group, *, role: str = "", place: bool = False
) -> _Group:
    """The group that a name means here: of those that bear it, one that this was said of together, else the latest."""
    if name in ("", USER):
        return me
    word = ROLE_WORDS.get(name.casefold())
    if word and not role:  # "the user's brother likes jazz"
        akin = [g for g in groups if word in g.roles]
        if len(akin) == 1:
            return akin[0]
    same = [g for g in groups if g is not me and g.name.casefold() == name.casefold()]
    if role:
        same = [g for g in same if _may_be(role, g.roles)]
    together = [g for g in same if g.sources & set(fact.sources)]
    if together or same:
        return max(together or same, key=lambda g: max(g.sources, default=""))
    groups.append(_Group(name, [], set(), set()))
    return groups[-1]


def _may_be(role: str, roles: set[str]) -> bool:
    """Whether somebody who is this to the person may be that too."""
    if not roles or role in roles:
        return True
    return role not in KIN - {"partner"} and not roles & (KIN - {"partner"})


def _decided(groups: list[_Group], decisions: Sequence[Decision]) -> list[_Group]:
    for decision in decisions:
        if decision.kind == "merge":
            one = [g for g in groups if any(m.key in decision.mentions for m in g.mentions)]
            two = [g for g in groups if any(m.key in decision.others for m in g.mentions)]
            if one and two and one[0] is not two[0]:
                groups = [g for g in groups if g not in (one[0], two[0])]
                groups.append(_joined(one[0], two[0]))
        else:
            groups = [part for group in groups for part in _parted(group, decision.mentions)]
    return groups


def _joined(one: _Group, two: _Group) -> _Group:
    return _Group(one.name, [*one.mentions, *two.mentions], one.roles | two.roles, one.sources | two.sources)


def _parted(group: _Group, out: frozenset[str]) -> Iterator[_Group]:
    leaving = [mention for mention in group.mentions if mention.key in out]
    staying = [mention for mention in group.mentions if mention.key not in out]
    for mentions in (staying, leaving):
        if mentions:
            yield _Group(group.name, mentions, set(), set())


def _entity(group: _Group, facts: dict[str, Shown]) -> Entity:
    mentions = tuple(sorted(group.mentions, key=lambda m: (m.fact, m.end)))
    told = [facts[m.fact] for m in mentions]
    roles = tuple(
        sorted(
            {
                relation_named(f.relation).name
                for m, f in zip(mentions, told, strict=True)
                if m.end == "object" and _is_me(f) and is_somebody(f)
            }
        )
    )
    if group.name == USER:
        return Entity(USER, USER, "user", mentions)
    values = {_value(f) for m, f in zip(mentions, told, strict=True) if m.end == "object"}
    speaks = any(m.end == "subject" for m in mentions)
    kind: EntityKind = "person" if "person" in values else "place" if "place" in values else "thing"
    if kind == "thing" and speaks and _is_name(group.name) and "thing" not in values:
        kind = "person"
    id = hashlib.sha256(mentions[0].key.encode()).hexdigest()[:16]
    return Entity(id, group.name, kind, mentions, roles)


def renamed(graph: Graph, entity: str, name: str) -> Graph:
    """The same graph with another name shown for one entity."""
    return replace(graph, entities=graph.entities | {entity: replace(graph.entities[entity], name=name)})


def is_somebody(fact: Shown) -> bool:
    """Whether what a fact says somebody has is a person: a sister, a friend."""
    return _value(fact) == "person"


def _value(fact: Shown) -> Value:
    relation = relation_named(fact.relation)
    if relation.name in KIN:
        return "person"
    return relation.value


def _is_me(fact: Shown) -> bool:
    return fact.subject in ("", USER)


def _is_name(name: str) -> bool:
    return re.match(r"[A-ZÀ-Þ]", name) is not None
