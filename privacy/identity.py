"""Who asks, and whose memory is meant."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody who asks for something: a signed-in person."""

    name: str


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose memory is meant. `owner` is the person's name; storage only sees a keyed pseudonym of it."""

    owner: str
