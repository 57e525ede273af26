"""One turn of a conversation and what happens while it is answered: values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from memory.records import Recollection
from privacy.identity import Principal, Scope

Mode = Literal["remember", "dont_learn"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message as a model sees it."""

    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What somebody said, where, and what was said before."""

    principal: Principal
    scope: Scope
    thread: str
    text: str
    mode: Mode = "remember"
    at: datetime | None = None
    history: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Recalled:
    recollection: Recollection


@dataclass(frozen=True, slots=True)
class Said:
    piece: str


@dataclass(frozen=True, slots=True)
class Finished:
    text: str
    remembered: tuple[str, ...]  # the episodes of this turn
    used: tuple[str, ...]  # the memories the answer rests on


@dataclass(frozen=True, slots=True)
class Trouble:
    """A sentence for the person: what went wrong and what to do. What was typed is kept."""

    message: str


ReplyEvent = Recalled | Said | Finished | Trouble
