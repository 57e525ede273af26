"""What is kept of a turn: what the person said, what was answered, and the receipt of the answer.

A full disk keeps nothing, nor does a detector that cannot read the words: unmasked words are never stored. The talk
goes on, and this is said.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from memory.errors import StorageFault
from memory.facade import Memory
from memory.procedural import Selection
from memory.records import Recollection, Shown, Utterance

from .background import Worker
from .context import Composed
from .errors import AgentFault
from .models.port import ChatModel
from .procedures import NONE
from .receipts import Receipts
from .sending import Sending
from .turns import Reference, Turn


@dataclass(frozen=True, slots=True)
class Keeping:
    """What it takes to keep turns."""

    memory: Memory
    model: ChatModel
    receipts: Receipts
    sending: Sending
    worker: Worker

    def of(self, turn: Turn) -> Kept:
        return Kept(self, turn)


class Kept:
    """What was kept of one turn so far, and sentences for its person about what was not."""

    def __init__(self, means: Keeping, turn: Turn) -> None:
        self._means = means
        self._turn = turn
        self.heard: list[Shown] = []
        self.answered: list[Shown] = []
        self.receipt = ""
        self.troubles: list[str] = []

    @property
    def remembered(self) -> tuple[str, ...]:
        """The episodes of this turn."""
        return tuple(memory.id for memory in (*self.heard, *self.answered))

    @property
    def question(self) -> Reference | None:
        """The episode that keeps what the person said."""
        return Reference(self.heard[0].id, self.heard[0].version) if self.heard else None

    async def hear(self) -> None:
        """Keep what the person says."""
        self.heard = await self._keep(self._turn.text, "user")

    async def answer(
        self,
        text: str,
        used: tuple[str, ...],
        *,
        sent: Composed | None = None,
        selection: Selection = NONE,
        found: Recollection | None = None,
        tools: Sequence[str] = (),
        here: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Keep an answer with the memories that it restates, and its receipt; then there is something to learn from.

        Made by no model and resting on no memory, it is a fixed sentence of ours: the transcript has it, and nobody is
        to find it among their memories. Nor one that only quotes them; but that is kept with its conversation, as forgetting
        has to find the words wherever they were said again.
        """
        if sent is not None or used:
            self.answered = await self._keep(text, "assistant", because=used, quotation=sent is None)
        self.receipt = await self._receipt((*used, *selection.ids), sent, selection, found, tools, here)
        if self._turn.keeps:
            self._means.worker.nudge(self._turn.scope, self._turn.principal)

    async def _keep(
        self, text: str, speaker: str, because: tuple[str, ...] = (), *, quotation: bool = False
    ) -> list[Shown]:
        turn = self._turn
        if not turn.keeps or not text.strip():
            return []
        utterance = Utterance(
            text=text,
            speaker=speaker,
            session=turn.thread,
            at=turn.at,
            because=because,
            quotation=quotation,
        )
        try:
            return await self._means.memory.remember(utterance, scope=turn.scope, by=turn.principal)
        except (StorageFault, AgentFault) as fault:
            self.troubles.append(_not_kept(fault))
        return []

    async def _receipt(
        self,
        used: tuple[str, ...],
        sent: Composed | None,
        selection: Selection,
        found: Recollection | None,
        tools: Sequence[str],
        here: Mapping[str, str],
    ) -> str:
        turn, means = self._turn, self._means
        if turn.mode == "incognito":
            return ""
        try:
            rules = await asyncio.to_thread(means.sending.rules, turn.scope) if sent else {}
            return await means.receipts.keep(
                turn,
                means.model,
                sent,
                used,
                selection,
                _first(self.heard),
                _first(self.answered),
                recollection=found,
                tools=tools,
                here=here,
                rules=rules,
            )
        except (StorageFault, AgentFault) as fault:
            self.troubles.append(_not_kept(fault))
            return ""


def _not_kept(fault: StorageFault | AgentFault) -> str:
    return (
        str(fault) if isinstance(fault, StorageFault) else f"{fault} Until then nothing that is said is kept."
    )


def _first(kept: list[Shown]) -> str:
    return kept[0].id if kept else ""
