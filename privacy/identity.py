"""Who asks, and whose memory is meant."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody who asks for something: a signed-in person, or a model that acts for them."""

    name: str
    agent: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose memory is meant. `owner` is the person's name; storage only sees a keyed pseudonym of it."""

    owner: str
