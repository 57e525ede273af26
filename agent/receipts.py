"""The receipt of an answer: the exact request that was sent, kept as references and glue.

Never the text of a memory: what is forgotten later leaves a hole here too.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from memory.budget import LETTERS
from memory.conversations import Conversations
from memory.errors import UnknownMemory
from memory.facade import Memory
from memory.moments import moment
from memory.procedural import Selection
from memory.records import Hit, Reason, Recollection, Shown
from memory.voices import told
from privacy.access import require
from privacy.identity import Principal, Scope
from privacy.sending import Way

from .context import Composed, Piece, shown
from .models.port import ChatModel, Place
from .turns import Call, Role, Turn

HOLE = "[forgotten]"
LOOKED_AT = 500  # receipts, the newest
NEAR_MISSES = 3  # memories that came to mind and were not used
SECTIONS = {
    "note": "memories",
    "wish": "wishes",
    "trait": "profile",
    "procedure": "ways of answering",
    "trial": "ways of answering",
}

Then = Mapping[tuple[str, int], Shown]  # memories in the versions that were sent


@dataclass(frozen=True, slots=True)
class Sent:
    """One message of the request as it was, holes where a memory was forgotten since."""

    role: Role
    text: str
    calls: tuple[Call, ...] = ()  # the tools that the model asked for
    answers: str = ""  # of a tool: the call that it answers


@dataclass(frozen=True, slots=True)
class Weighed:
    """A memory that came to mind for an answer, and what spoke for it."""

    memory: str
    score: float
    reasons: tuple[Reason, ...]
    text: str = ""  # empty: forgotten since


@dataclass(frozen=True, slots=True)
class KeptHere:
    """A memory that would have been sent, and what its person said that kept it here."""

    memory: str
    why: str  # "memories", a kind of detail, or a sensitive category
    text: str = ""  # empty: forgotten since


@dataclass(frozen=True, slots=True)
class Section:
    """A part of what was sent, and about how long it was."""

    name: str  # "instructions", "memories", "wishes", "ways of answering", "conversation"
    tokens: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was sent for one answer, to whom, and the memories it rests on."""

    id: str
    model: str
    place: Place
    messages: tuple[Sent, ...]  # empty: nothing was sent, the answer is a quotation
    used: tuple[str, ...]  # memories and procedures
    procedures: tuple[str, ...]
    withheld: tuple[str, ...]  # procedures left out to see whether they matter
    complete: bool  # nothing of it was forgotten since
    at: datetime
    thread: str = ""
    asked: str = ""  # the episode with the question; empty: it was not kept
    answered: str = ""  # the episode with the answer; empty: it was not kept
    considered: int = 0
    chosen: tuple[Weighed, ...] = ()  # of the memories used, those that a search found
    near_misses: tuple[Weighed, ...] = ()  # what also came to mind
    left_out: tuple[tuple[str, int], ...] = ()  # why others did not come into question, and how many
    sections: tuple[Section, ...] = ()
    tools: tuple[str, ...] = ()  # what the model could ask for
    kept_here: tuple[KeptHere, ...] = ()  # what must not go to this model
    rules: tuple[tuple[str, Way], ...] = ()  # what its person had said about how things go there


@dataclass(frozen=True, slots=True)
class Use:
    """An answer that rested on a memory."""

    receipt: str
    thread: str
    at: datetime
    asked: str  # what was asked; empty: it was not kept, or was forgotten
    model: str = ""
    place: Place = "here"  # "elsewhere": what the answer rests on was sent there, details masked


@dataclass(frozen=True, slots=True)
class Run:
    """One turn as feedback needs it: what was asked, and which procedures were in the prompt or left out."""

    receipt: str
    asked: str  # the episode; empty: it was not kept
    applied: tuple[str, ...]
    withheld: tuple[str, ...]


class Receipts:
    """Keeps receipts with the conversations they belong to, and opens them for their owner."""

    def __init__(self, conversations: Conversations, memory: Memory) -> None:
        self._conversations = conversations
        self._memory = memory

    async def keep(
        self,
        turn: Turn,
        model: ChatModel,
        sent: Composed | None,
        used: Sequence[str],
        selection: Selection,
        asked: str,
        answered: str = "",
        recollection: Recollection | None = None,
        tools: Sequence[str] = (),
        here: Mapping[str, str] = MappingProxyType({}),
        rules: Mapping[str, Way] = MappingProxyType({}),
    ) -> str:
        receipt, came = uuid.uuid4().hex, recollection or Recollection(question="")
        others = [hit for hit in (*came.hits, *came.near_misses) if hit.memory.id not in used]
        body = {
            "id": receipt,
            "run": turn.run,
            "thread": turn.thread,
            "asked": asked,
            "answered": answered,
            "considered": came.considered,
            "chosen": [_weighed(hit) for hit in came.hits if hit.memory.id in used],
            "near": [_weighed(hit) for hit in others[:NEAR_MISSES]],
            "left_out": [[absent.why, len(absent.memories)] for absent in came.left_out],
            "procedures": list(selection.ids),
            "withheld": list(selection.withheld),
            "model": model.name,
            "place": model.place,
            "used": list(used),
            "tools": list(tools),
            "rules": [[about, how] for about, how in rules.items()],
            "kept_here": [[memory, why] for memory, why in here.items()],
            "messages": _messages(sent),
        }
        await self._conversations.put("receipt", receipt, body, scope=turn.scope, parent=turn.thread)
        return receipt

    async def run(
        self, *, scope: Scope, by: Principal, thread: str | None = None, run: str = "", asked: str = ""
    ) -> Run | None:
        """The turn that the chat calls so (or whose receipt is called so), or that answered this episode."""
        require(by, "read", scope)
        for body in await self._conversations.list("receipt", scope=scope, parent=thread, limit=LOOKED_AT):
            names = {body.get("run"), body.get("id")} - {"", None}
            if (run and run in names) or (asked and body.get("asked") == asked):
                return Run(body["id"], body["asked"], tuple(body["procedures"]), tuple(body["withheld"]))
        return None

    async def latest(self, thread: str, *, scope: Scope, by: Principal) -> Receipt | None:
        """The receipt of the last answer in a conversation."""
        require(by, "read", scope)
        found = await self._conversations.list("receipt", scope=scope, parent=thread, limit=1)
        return await self.open(found[0]["id"], scope=scope, by=by) if found else None

    async def open(self, receipt: str, *, scope: Scope, by: Principal) -> Receipt:
        """Raises UnknownMemory for unknown and foreign receipts alike."""
        body = await self._conversations.get("receipt", receipt, scope=scope)
        if body is None:
            raise UnknownMemory("There is no such receipt.")
        wanted = {_reference(p) for m in body["messages"] for p in m["pieces"] if "memory" in p}
        then = await self._memory.as_used(wanted, scope=scope, by=by)
        weighed, here = [*body.get("chosen", ()), *body.get("near", ())], body.get("kept_here", ())
        named = [*(one["memory"] for one in weighed), *(memory for memory, _ in here)]
        live = await self._memory.still_known(named, scope=scope, by=by)
        return Receipt(
            id=receipt,
            model=body["model"],
            place=body["place"],
            messages=tuple(_sent(message, then) for message in body["messages"]),
            used=tuple(body["used"]),
            procedures=tuple(body.get("procedures", ())),
            withheld=tuple(body.get("withheld", ())),
            complete=wanted <= set(then),
            at=moment(body["_created_at"]),
            thread=body.get("thread", ""),
            asked=body.get("asked", ""),
            answered=body.get("answered", ""),
            considered=body.get("considered", 0),
            chosen=tuple(_reopened(one, live) for one in body.get("chosen", ())),
            near_misses=tuple(_reopened(one, live) for one in body.get("near", ())),
            left_out=tuple((why, count) for why, count in body.get("left_out", ())),
            sections=_sections(body["messages"], then),
            tools=tuple(body.get("tools", ())),
            rules=tuple((about, how) for about, how in body.get("rules", ())),
            kept_here=tuple(
                KeptHere(memory, why, told(live[memory]) if memory in live else "") for memory, why in here
            ),
        )

    async def used(self, *, scope: Scope, by: Principal) -> frozenset[str]:
        """Every memory that an answer rested on."""
        require(by, "read", scope)
        found = await self._conversations.list("receipt", scope=scope, limit=LOOKED_AT)
        return frozenset(memory for body in found for memory in body["used"])

    async def uses(self, memory: str, *, scope: Scope, by: Principal) -> tuple[Use, ...]:
        """The answers that rested on a memory, the newest first."""
        require(by, "read", scope)
        found = await self._conversations.list("receipt", scope=scope, limit=LOOKED_AT)
        used = [body for body in found if memory in body["used"]]
        live = await self._memory.still_known([body["asked"] for body in used], scope=scope, by=by)
        return tuple(
            Use(
                receipt=body["id"],
                thread=body.get("thread", ""),
                at=moment(body["_created_at"]),
                asked=live[body["asked"]].text if body["asked"] in live else "",
                model=body["model"],
                place=body["place"],
            )
            for body in used
        )


def _weighed(hit: Hit) -> dict[str, Any]:
    """A memory and its score at rest: no words."""
    reasons = [[reason.name, round(reason.value, 3)] for reason in hit.reasons if abs(reason.value) >= 0.005]
    return {"memory": hit.memory.id, "score": round(hit.score, 3), "reasons": reasons}


def _reopened(one: Mapping[str, Any], live: Mapping[str, Shown]) -> Weighed:
    reasons = tuple(Reason(name=name, value=value) for name, value in one["reasons"])
    known = live.get(one["memory"])
    return Weighed(one["memory"], one["score"], reasons, told(known) if known else "")


def _sections(messages: Sequence[Mapping[str, Any]], then: Then) -> tuple[Section, ...]:
    """About how many tokens each part of a request took, in the order of their first words."""
    letters: dict[str, int] = {}
    for message in messages:
        for piece in message["pieces"]:
            name = (
                "instructions" if "prose" in piece else SECTIONS.get(piece.get("shape", ""), "conversation")
            )
            letters[name] = letters.get(name, 0) + len(_text(piece, then))
    return tuple(Section(name, math.ceil(count / LETTERS)) for name, count in letters.items())


def _messages(sent: Composed | None) -> list[dict[str, Any]]:
    """A request at rest. What a model wrote in the middle of it rests on every memory that it had read until then."""
    messages, read = list[dict[str, Any]](), list[Sequence[Any]]()
    for part in sent.parts if sent else ():
        message: dict[str, Any] = {"role": part.role, "pieces": [_kept(piece) for piece in part.pieces]}
        if part.calls:
            asked = [{"id": call.id, "tool": call.tool, "input": call.arguments} for call in part.calls]
            message |= {"calls": asked, "rests": list(read)}
        if part.answers:
            message["answers"] = part.answers
        messages.append(message)
        read += [[piece.kept.id, piece.kept.version] for piece in part.pieces if piece.kept]
    return messages


def _sent(message: Mapping[str, Any], then: Then) -> Sent:
    gone = any((memory, version) not in then for memory, version in message.get("rests", ()))
    calls = tuple(
        Call(call["id"], call["tool"], HOLE if gone else call["input"]) for call in message.get("calls", ())
    )
    text = "".join(_text(piece, then) for piece in message["pieces"])
    return Sent(message["role"], HOLE if gone and text else text, calls, message.get("answers", ""))


def _kept(piece: Piece) -> dict[str, Any]:
    """A piece at rest: a reference, our own prose, or words under the key that gets masked."""
    if piece.kept is not None:
        shape = {"shape": piece.shape, "note": piece.note, "length": len(piece.text)}
        return {"memory": piece.kept.id, "version": piece.kept.version} | shape
    return {"prose" if piece.prose else "output": piece.text}


def _text(piece: Mapping[str, Any], then: Then) -> str:
    if "memory" not in piece:
        return str(piece.get("prose", piece.get("output", "")))
    memory = then.get(_reference(piece))
    if memory is None:
        return HOLE
    return shown(piece["shape"], memory, number=piece["note"], length=piece["length"])


def _reference(piece: Mapping[str, Any]) -> tuple[str, int]:
    return piece["memory"], piece["version"]
