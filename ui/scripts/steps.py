"""What a file says, as values: conversations, their model and their steps."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

BEGINNING = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)  # a Monday morning, unless the file says another


@dataclass(frozen=True, slots=True)
class Wording:
    """What words must be like. Case and spacing do not matter, except for `exactly`."""

    exactly: str | None = None
    contains: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scripted:
    """One answer the model server will give: words, JSON for an extraction, or a failure."""

    line: int
    text: str = ""
    status: int = 200


@dataclass(frozen=True, slots=True)
class Model:
    """Who answers: the file itself, the model that comes along, or the one that is configured."""

    kind: Literal["scripted", "embedded", "live"] = "embedded"
    place: Literal["here", "elsewhere"] = "here"
    answers: tuple[Scripted, ...] = ()
    extraction: tuple[Scripted, ...] = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """The sentence a person reads instead of an answer."""

    line: int
    wording: Wording


@dataclass(frozen=True, slots=True)
class Says:
    """Somebody says something; `scripted` is what the model answers, `trouble` what goes wrong."""

    line: int
    who: str
    text: str
    scripted: tuple[Scripted, ...] = ()
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    line: int
    wording: Wording


@dataclass(frozen=True, slots=True)
class Recalls:
    """What comes to mind, or does not, for a question: `asked`, or the last words of `who`."""

    line: int
    who: str
    texts: tuple[str, ...]
    wanted: bool
    asked: str | None = None


@dataclass(frozen=True, slots=True)
class Stores:
    """What the opened records hold, or what neither they nor any file holds."""

    line: int
    texts: tuple[str, ...]
    wanted: bool


@dataclass(frozen=True, slots=True)
class Forgets:
    line: int
    who: str
    words: str


@dataclass(frozen=True, slots=True)
class Undoes:
    line: int
    who: str


@dataclass(frozen=True, slots=True)
class GivesFeedback:
    line: int
    who: str
    good: bool
    comment: str = ""


@dataclass(frozen=True, slots=True)
class BeginsAnew:
    """A new conversation of one person: what was said before is not in view any more."""

    line: int
    who: str


@dataclass(frozen=True, slots=True)
class Restarts:
    line: int


@dataclass(frozen=True, slots=True)
class Sleeps:
    line: int
    length: timedelta


@dataclass(frozen=True, slots=True)
class Received:
    """What the model server was sent since somebody last spoke, or in all the time (`ever`)."""

    line: int
    wording: Wording
    ever: bool = False


@dataclass(frozen=True, slots=True)
class NotAsked:
    line: int


Step = (
    Says
    | Answers
    | Recalls
    | Stores
    | Forgets
    | Undoes
    | GivesFeedback
    | BeginsAnew
    | Restarts
    | Sleeps
    | Received
    | NotAsked
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One conversation of a file."""

    file: Path
    line: int
    title: str
    steps: tuple[Step, ...]
    model: Model = field(default_factory=Model)
    masking: bool = True
    people: tuple[str, ...] = ()  # as the head names them: several have accounts, and may share
    starts: datetime = BEGINNING
    source: tuple[str, ...] = ()  # the file's lines, for the report
