"""Who is who, how they hang together, and what follows from it."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from privacy.identity import Principal, Scope

from ..errors import BadInput, UnknownMemory
from ..graph import USER, Decision, Entity, Graph, Link, graph_of
from ..inference import Conclusion, about, conclusions
from ..places import Place, of_entities, placed
from ..records import Shown
from ..undoing import Back
from ..undoing import Decision as Undoable
from .desk import Desk

WHO_IS_WHO = "who is who"  # the verb that takes a merge or a split back
FARTHEST = 100_000.0  # from the middle of the picture


@dataclass(frozen=True, slots=True)
class Connections:
    """An entity, or all there are, with what relates them and what follows; `decisions` can be taken back."""

    entities: tuple[Entity, ...]
    links: tuple[Link, ...]
    facts: tuple[Shown, ...]
    concluded: tuple[Conclusion, ...] = ()
    decisions: tuple[Decision, ...] = ()


class Connecting(Desk):
    """Verbs of the graph. It is made anew from what is believed, now or at an earlier moment."""

    async def graph(self, *, scope: Scope, by: Principal, as_of: datetime | None = None) -> Connections:
        """Everybody and everything that is spoken of, and what follows."""
        await self._gate.admit(by, "read", scope, "graph")
        graph, decisions = await self._graph(scope, as_of)
        return _shown(graph, await asyncio.to_thread(conclusions, graph), decisions)

    async def graph_for(self, question: str, *, scope: Scope, by: Principal) -> Connections:
        """The same as far as it may be used to answer this question, and what follows from that alone."""
        await self._gate.admit(by, "read", scope, "graph_for")
        owner = self._archive.owner(scope)

        def left_out() -> frozenset[str] | None:
            charter = self._charters.of_owner(owner)
            if not charter.allows("answer"):
                return None
            quarantined = frozenset(self._archive.ledger.with_status(owner, "quarantined"))
            return quarantined | self._objections.excluded(question, charter, scope, quarantined)

        excluded = await asyncio.to_thread(left_out)
        if excluded is None:
            return Connections((), (), ())
        graph, decisions = await self._graph(scope, exclude=excluded)
        return _shown(graph, await asyncio.to_thread(conclusions, graph), decisions)

    async def neighbours(self, entity: str, *, scope: Scope, by: Principal, steps: int = 1) -> Connections:
        """One entity and what is at most so many relations away."""
        await self._gate.admit(by, "read", scope, "neighbours")
        graph, _ = await self._graph(scope)
        _existing(graph, entity)
        near = graph.neighbourhood(entity, steps=max(1, min(steps, 4)))
        concluded = [
            c for c in about(entity, conclusions(graph)) if {c.subject, c.object} <= {*graph.entities}
        ]
        more = {id: graph.entities[id] for c in concluded for id in (c.subject, c.object)}
        return _shown(Graph(near.entities | more, near.links, near.facts), concluded)

    async def paths(self, one: str, other: str, *, scope: Scope, by: Principal) -> list[list[Link]]:
        """How two hang together, by the shortest ways."""
        await self._gate.admit(by, "read", scope, "paths")
        graph, _ = await self._graph(scope)
        _existing(graph, one, other)
        return graph.paths(one, other)

    async def merge_entities(
        self, one: str, other: str, *, scope: Scope, by: Principal, thread: str = ""
    ) -> str:
        """The two are one; returns the decision, by which it can be taken back. `thread`: where it was said."""
        await self._gate.admit(by, "write", scope, "merge_entities")
        graph, _ = await self._graph(scope)
        _existing(graph, one, other)
        if one == other or USER in (one, other):
            raise BadInput("Choose two different entities, neither of them yourself.")
        mentions = [[mention.key for mention in graph.entities[id].mentions] for id in (one, other)]
        about = [mention.fact for id in (one, other) for mention in graph.entities[id].mentions]
        return await self._decide("merge", mentions, about, scope, thread)

    async def split_entity(
        self, entity: str, facts: Sequence[str], *, scope: Scope, by: Principal, thread: str = ""
    ) -> str:
        """What these facts say is about somebody else of the same name; returns the decision."""
        await self._gate.admit(by, "write", scope, "split_entity")
        graph, _ = await self._graph(scope)
        _existing(graph, entity)
        out = [m for m in graph.entities[entity].mentions if m.fact in set(facts)]
        if entity == USER or not 0 < len(out) < len(graph.entities[entity].mentions):
            raise BadInput(
                "Choose some of the facts about this entity, but not all of them: these go to a new one."
            )
        keys, about = [mention.key for mention in out], [mention.fact for mention in out]
        return await self._decide("split", [keys, []], about, scope, thread)

    async def hide_entity(self, entity: str, *, scope: Scope, by: Principal) -> None:
        """Not shown in Connections from now on, by all that speaks of it. It is still known and used."""
        await self._gate.admit(by, "write", scope, "hide_entity")
        graph, _ = await self._graph(scope)
        _existing(graph, entity)
        if entity == USER:
            raise BadInput("You cannot be hidden from your own connections.")
        keys = {mention.key for mention in graph.entities[entity].mentions}
        await self._hide(sorted(await self._hidden_keys(scope) | keys), scope)

    async def show_entity(self, entity: str, *, scope: Scope, by: Principal) -> None:
        """Shown again."""
        await self._gate.admit(by, "write", scope, "hide_entity")
        graph, _ = await self._graph(scope)
        _existing(graph, entity)
        keys = {mention.key for mention in graph.entities[entity].mentions}
        await self._hide(sorted(await self._hidden_keys(scope) - keys), scope)

    async def hidden(self, *, scope: Scope, by: Principal) -> frozenset[str]:
        """The entities that are not to be shown: those that have a hidden mention."""
        await self._gate.admit(by, "read", scope, "graph")
        keys = await self._hidden_keys(scope)
        if not keys:
            return frozenset()
        graph, _ = await self._graph(scope)
        return frozenset(
            id for id, entity in graph.entities.items() if any(m.key in keys for m in entity.mentions)
        )

    async def _hidden_keys(self, scope: Scope) -> set[str]:
        found = await self._conversations.list("hidden", scope=scope, limit=1)
        return set(found[0]["mentions"]) if found else set()

    async def _hide(self, mentions: Sequence[str], scope: Scope) -> None:
        id = f"hidden-{self._conversations.owner(scope)}"
        await self._conversations.put("hidden", id, {"mentions": list(mentions)}, scope=scope)

    async def places(self, *, scope: Scope, by: Principal) -> dict[str, Place]:
        """Where entities lie in the picture of Connections, as far as they were placed."""
        await self._gate.admit(by, "read", scope, "graph")
        places = await asyncio.to_thread(self._map.of, self._archive.owner(scope))
        if not places:
            return {}
        graph, _ = await self._graph(scope)
        return of_entities(graph.entities.values(), places)

    async def place(
        self, wanted: Mapping[str, tuple[float, float]], *, scope: Scope, by: Principal
    ) -> dict[str, Place]:
        """Lay these entities there; those that are not known (any more) are passed over. Raises BadInput."""
        await self._gate.admit(by, "write", scope, "place")
        at = {entity: Place(round(x, 1), round(y, 1)) for entity, (x, y) in wanted.items()}
        if not all(-FARTHEST <= end <= FARTHEST for place in at.values() for end in place):
            raise BadInput("A place is two numbers from -100000 to 100000. Nothing was changed.")
        graph, _ = await self._graph(scope)
        entities = graph.entities.values()
        owner = self._archive.owner(scope)
        await asyncio.to_thread(self._map.change, owner, lambda places: placed(entities, places, at))
        return of_entities(entities, await asyncio.to_thread(self._map.of, owner))

    async def unplace(self, *, scope: Scope, by: Principal) -> None:
        """The picture is laid out anew, as if nothing had ever been moved."""
        await self._gate.admit(by, "write", scope, "place")
        await asyncio.to_thread(self._map.change, self._archive.owner(scope), lambda _: {})

    async def undo_identity(self, decision: str, *, scope: Scope, by: Principal) -> None:
        """Take a merge or a split back: the graph is as it was before."""
        await self._gate.admit(by, "write", scope, "undo_identity")
        if not await self._conversations.delete("identity", decision, scope=scope):
            raise UnknownMemory("There is no such decision.")
        undone = Undoable(self._archive.owner(scope), self._clock(), decision)
        await asyncio.to_thread(self._decisions.taken_back, undone)

    async def _decide(
        self, kind: str, mentions: Sequence[list[str]], facts: Sequence[str], scope: Scope, thread: str
    ) -> str:
        """Keep it, and for a while what "undo" needs to know of it, under one name."""
        id = uuid.uuid4().hex
        body = {"id": id, "kind": kind, "mentions": mentions[0], "others": mentions[1]}
        await self._conversations.put("identity", id, body, scope=scope)
        back = Back(WHO_IS_WHO, tuple(dict.fromkeys(facts)), id)
        undoable = Undoable(self._archive.owner(scope), self._clock(), id, thread=thread, back=back)
        await asyncio.to_thread(self._decisions.keep, undoable, {}, {})
        return id

    async def _graph(
        self, scope: Scope, as_of: datetime | None = None, exclude: Collection[str] = ()
    ) -> tuple[Graph, list[Decision]]:
        kept = await self._conversations.list("identity", scope=scope, newest_first=False)
        decisions = [_decision(body) for body in kept]
        owner = self._archive.owner(scope)

        def read() -> Graph:
            facts = self._beliefs.as_of(owner, as_of) if as_of else self._beliefs.known(owner)
            usable = [f for f in facts if f.id not in exclude and not set(f.sources) & set(exclude)]
            return graph_of(usable, decisions)

        return await asyncio.to_thread(read), decisions


def _decision(body: dict[str, Any]) -> Decision:
    return Decision(body["id"], body["kind"], frozenset(body["mentions"]), frozenset(body["others"]))


def _existing(graph: Graph, *entities: str) -> None:
    if any(entity not in graph.entities for entity in entities):
        raise UnknownMemory("There is no such person or thing. `keepsake graph` lists the ones there are.")


def _shown(graph: Graph, concluded: Sequence[Conclusion], decisions: Sequence[Decision] = ()) -> Connections:
    return Connections(
        tuple(graph.entities.values()),
        graph.links,
        tuple(graph.facts.values()),
        tuple(concluded),
        tuple(decisions),
    )
