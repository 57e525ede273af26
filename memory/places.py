"""Where things lie in the picture of Connections, so that it stays familiar: by their mentions, without a word."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from .conversations import Conversations
from .graph import USER, Entity

MOST = 2000  # mentions with a place; those that are beyond it are laid out anew


class Place(NamedTuple):
    """A point of the picture."""

    x: float
    y: float


Places = Mapping[str, Place]  # by mention; the person by their own name


def of_entities(entities: Iterable[Entity], places: Places) -> dict[str, Place]:
    """The place of each entity that has one: that of its first mention with a place.

    >>> from .graph import Mention
    >>> anna = Entity("9f", "Anna", "person", (Mention("1", "object"), Mention("2", "subject")))
    >>> of_entities([anna], {"2:subject": Place(3, 4)})
    {'9f': Place(x=3, y=4)}
    """
    found = {}
    for entity in entities:
        place = next((places[key] for key in _keys(entity) if key in places), None)
        if place is not None:
            found[entity.id] = place
    return found


def placed(entities: Iterable[Entity], places: Places, wanted: Places) -> dict[str, Place]:
    """The places by mention, with those that are wanted by entity. Mentions that nobody has any more lose theirs."""
    now: dict[str, Place] = {}
    for entity in entities:
        place = wanted.get(entity.id)
        for key in _keys(entity):
            if place is not None:
                now[key] = place
            elif key in places:
                now[key] = places[key]
    return dict(list(now.items())[:MOST])


def _keys(entity: Entity) -> list[str]:
    return [USER] if entity.id == USER else [mention.key for mention in entity.mentions]


class Map:
    """Everybody's places, sealed. Blocks."""

    def __init__(self, conversations: Conversations) -> None:
        self._conversations = conversations
        self._changing = threading.Lock()

    def of(self, owner: str) -> dict[str, Place]:
        body = self._conversations.read("places", _id(owner), owner)
        return {key: Place(x, y) for key, (x, y) in body["places"].items()} if body else {}

    def change(self, owner: str, change: Callable[[dict[str, Place]], dict[str, Place]]) -> None:
        with self._changing:
            before = self.of(owner)
            after = change(before)
            if after == before:
                return
            if after:
                self._conversations.write("places", _id(owner), {"places": after}, owner)
            else:
                self._conversations.remove("places", _id(owner), owner)

    def forget(self, owner: str, facts: Collection[str]) -> None:
        """Nothing of these facts has a place any more."""
        gone = set(facts)
        self.change(owner, lambda places: {k: at for k, at in places.items() if k.split(":")[0] not in gone})


def _id(owner: str) -> str:
    return f"places-{owner}"
