"""One turn of a conversation and what happens while it is answered: values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from memory.records import Recollection
from privacy.identity import Principal, Scope

# remember: use memories and keep what is said; dont_learn: use, keep nothing; dont_use: keep, use nothing; off: neither;
# incognito: neither, and nothing that tells there was a talk: no receipt, no placeholders, no transcript
Mode = Literal["remember", "dont_learn", "dont_use", "off", "incognito"]


Role = Literal["system", "user", "assistant", "tool"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A memory in the version that was used."""

    id: str
    version: int


@dataclass(frozen=True, slots=True)
class Call:
    """A model asks to have a tool used; the arguments are as it wrote them, whatever they are."""

    id: str
    tool: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message as a model sees it, and the memory that keeps its words, if one does."""

    role: Role
    text: str
    kept: Reference | None = None
    calls: tuple[Call, ...] = ()  # of an assistant that asked for tools
    answers: str = ""  # of a tool: the call that it answers


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
    run: str = ""  # what the chat calls this turn: feedback names it

    @property
    def keeps(self) -> bool:
        """Whether what is said is remembered."""
        return self.mode in ("remember", "dont_use")

    @property
    def uses(self) -> bool:
        """Whether memories are used for the answer."""
        return self.mode in ("remember", "dont_learn")


@dataclass(frozen=True, slots=True)
class Recalled:
    recollection: Recollection


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done at a person's word and can be ended or taken back below the answer, or is to be chosen there: ids only."""

    what: Literal["share", "who", "which"]
    ids: tuple[str, ...]  # shares, a decision who is who, or those who may be meant
    others: tuple[str, ...] = ()  # of "which": whom the one that is chosen is the same as


@dataclass(frozen=True, slots=True)
class Rests:
    """What the answer that begins now rests on; `Finished` has what it rested on in the end."""

    used: tuple[str, ...]  # memories and procedures
    deed: Deed | None = None


@dataclass(frozen=True, slots=True)
class Said:
    piece: str


@dataclass(frozen=True, slots=True)
class Finished:
    text: str
    remembered: tuple[str, ...]  # the episodes of this turn
    used: tuple[str, ...]  # the memories the answer rests on, and the procedures it was told
    receipt: str = ""  # what was sent for it, see agent/receipts.py


@dataclass(frozen=True, slots=True)
class Trouble:
    """A sentence for the person: what went wrong and what to do. What was typed is kept."""

    message: str


@dataclass(frozen=True, slots=True)
class Noticed:
    """A sentence for the person about how they are answered: something on trial, something given up."""

    message: str


ReplyEvent = Recalled | Rests | Said | Finished | Trouble | Noticed
