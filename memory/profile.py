"""What is known of a person that shapes how they are answered, and what they decided about it: pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from .records import Shown
from .relations import relation_named

Setting = Literal[
    "on", "off", "locked"
]  # used; neither used nor learned; used, and no newer statement changes it


@dataclass(frozen=True, slots=True)
class Trait:
    """One thing about a person, the memory that says it, and its setting."""

    aspect: str  # "diet", "taste", "answer length"
    memory: Shown
    setting: Setting = "on"


@dataclass(frozen=True, slots=True)
class Profile:
    """All that holds of a person now, oldest first; `settings` also name aspects of which nothing is known."""

    traits: tuple[Trait, ...]
    settings: Mapping[str, Setting]

    @property
    def used(self) -> tuple[Shown, ...]:
        return tuple(trait.memory for trait in self.traits if trait.setting != "off")

    @property
    def hidden(self) -> frozenset[str]:
        """What is switched off, and the messages it was learned from: these come to no mind either."""
        off = [trait.memory for trait in self.traits if trait.setting == "off"]
        return frozenset(id for memory in off for id in (memory.id, *memory.sources))

    @property
    def locked(self) -> frozenset[str]:
        return frozenset(trait.memory.id for trait in self.traits if trait.setting == "locked")


def profile_of(known: Iterable[Shown], settings: Mapping[str, Setting]) -> Profile:
    """What is believed of the person themself, with the setting of each aspect.

    What is only said of others, disputed, or over is no trait.
    """
    own = sorted((m for m in known if m.status == "active" and m.subject in ("", "user")), key=lambda m: m.id)
    traits = tuple(Trait(aspect_of(m), m, settings.get(aspect_of(m), "on")) for m in own if not _over(m))
    return Profile(traits, dict(settings))


def aspect_of(memory: Shown) -> str:
    """What a memory is about, in the word that controls go by: the relation of a fact, the aspect of a preference."""
    return relation_named(memory.relation).name if memory.kind == "fact" else memory.aspect


def _over(memory: Shown) -> bool:
    return memory.kind == "fact" and memory.valid_until is not None
