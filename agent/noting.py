"""Replies of a capable model: it reads notes, wishes, traits and procedures, and may use tools."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass

from memory.procedural import Selection
from memory.records import Recollection, Shown

from .adapting import Adaptation
from .context import Composed, compose
from .models.port import ChatModel
from .procedures import NONE, Procedures
from .reply import Reply
from .sending import Sending, sorted_out
from .tools import Exchange, Tools
from .turns import Message, Turn


@dataclass(frozen=True, slots=True)
class Noting:
    """What such replies are made of."""

    model: ChatModel
    procedures: Procedures
    sending: Sending
    tools: Tools

    def reply(
        self,
        turn: Turn,
        found: Recollection,
        adaptation: Adaptation,
        history: Sequence[Message],
        heard: Sequence[Shown],
    ) -> Reply:
        """`heard`: what the person just said, as it was kept; it is the last of the history."""
        return _Noted(self, turn, found, adaptation, history, heard)


class _Noted(Reply):
    def __init__(
        self,
        means: Noting,
        turn: Turn,
        found: Recollection,
        adaptation: Adaptation,
        history: Sequence[Message],
        heard: Sequence[Shown],
    ) -> None:
        super().__init__(turn, found)
        self._means = means
        self._adaptation = adaptation
        self._history = history
        self._heard = heard
        self._here: dict[str, str] = {}
        self._shown = Recollection(question=turn.text)
        self._traits: list[Shown] = []
        self._exchange: Exchange | None = None

    async def recalled(self) -> Recollection:
        """All that goes to the model, without what must stay here."""
        self.selection = await self._select()
        self._here = await self._kept_here()
        self.found = sorted_out(self.found, self._here)
        self._adaptation = self._adaptation.without(self._here)
        self.selection = self.selection.without(self._here)
        if not self.found.abstained:
            self._shown = self.found
        noted = {hit.memory.id for hit in self._shown.hits}
        self._traits = [memory for memory in self._adaptation.traits if memory.id not in noted]
        return self._shown

    async def begin(self) -> AsyncIterator[str]:
        style, hidden = self._adaptation.style, self._adaptation.hidden
        sent = compose(self._shown, self._history, style, self.selection.applied, self._traits)
        tools, model = self._means.tools, self._means.model
        self._exchange = tools.exchange(model, self.turn, sent, self._notes, self._heard, hidden)
        return self._exchange.answer()

    @property
    def _notes(self) -> list[Shown]:
        """What the model is shown; tools may find more."""
        return self._exchange.notes if self._exchange else [*_hits(self._shown), *self._traits]

    @property
    def used(self) -> tuple[str, ...]:
        return tuple(memory.id for memory in self._notes)

    @property
    def sent(self) -> Composed | None:
        return self._exchange.sent if self._exchange else None

    @property
    def tools(self) -> Sequence[str]:
        return [tool.name for tool in self._exchange.offered] if self._exchange else ()

    @property
    def here(self) -> Mapping[str, str]:
        return self._here | (self._exchange.kept_here if self._exchange else {})

    async def _select(self) -> Selection:
        """The procedures that fit; none while memory is off."""
        turn = self.turn
        if not turn.uses:
            return NONE
        return await self._means.procedures.select(turn.text, scope=turn.scope, by=turn.principal)

    async def _kept_here(self) -> dict[str, str]:
        """What would have been sent and must not go to this model, each with what keeps it."""
        wanted = [
            *(() if self.found.abstained else _hits(self.found)),
            *self._adaptation.traits,
            *self._adaptation.style.wishes.values(),
            *(applied.memory for applied in self.selection.applied),
        ]
        return await self._means.sending.kept_here(wanted, self.turn.scope)


def _hits(found: Recollection) -> list[Shown]:
    return [hit.memory for hit in found.hits]
