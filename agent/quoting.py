"""Replies without a capable model: a small one talks, and whatever is said about the person are their own words."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace

from memory.facade import Memory
from memory.records import Recollection

from .answers import Grounded, Grounding, tells
from .context import Composed, compose_small_talk
from .diary import diary
from .evidence.withdrawn import standing, withdrawn
from .kinship import asked, kinship
from .languages import language_of
from .models.port import ChatModel, words_of
from .other_languages import SNOWBALL, answer_by_words
from .parsing import Parse
from .personalization import Style
from .reply import Reply
from .reservations import Reservations
from .turns import Message, Turn
from .wording import Wording, wording

SHOWN = 8  # memories of which a person is told that they came to mind


@dataclass(frozen=True, slots=True)
class Quoting:
    """What such replies are made of."""

    memory: Memory
    model: ChatModel
    reservations: Reservations
    parse: Parse
    grounding: Grounding

    def reply(self, turn: Turn, found: Recollection, style: Style, history: Sequence[Message]) -> Reply:
        """The last of the history is what the person just said."""
        return _Quoted(self, turn, found, style, history)


class _Quoted(Reply):
    def __init__(
        self, means: Quoting, turn: Turn, found: Recollection, style: Style, history: Sequence[Message]
    ) -> None:
        super().__init__(turn, found)
        self._means = means
        self._style = style
        self._history = history
        self._used: tuple[str, ...] = ()
        self._sent: Composed | None = None

    @property
    def used(self) -> tuple[str, ...]:
        return self._used

    @property
    def sent(self) -> Composed | None:
        return self._sent

    async def recalled(self) -> Recollection:
        return replace(self.found, hits=self.found.hits[:SHOWN])

    async def begin(self) -> AsyncIterator[str]:
        turn, means = self.turn, self._means
        written, words = language_of(turn.text), wording(self._style.language(turn.text))
        grounded = await self._grounded(written, words)
        if grounded is not None:
            grounded = grounded if turn.uses else Grounded(words.off)
            self._used = grounded.used
            return _one(words.to(self._style.address, grounded.text))
        if written in SNOWBALL or tells(turn.text, means.parse):
            thanks = words.acknowledgement(kept=turn.keeps)
            return _one(words.to(self._style.address, thanks))
        self._sent = compose_small_talk(self._history)
        return words_of(means.model.stream(self._sent.request(turn, max_tokens=120)))

    async def _grounded(self, written: str, words: Wording) -> Grounded | None:
        """What memory says to this; None when nothing is asked of it."""
        turn, means = self.turn, self._means
        heard = [hit.memory.id for hit in self.found.hits]
        gone = withdrawn(await means.memory.taught(heard, scope=turn.scope, by=turn.principal))
        if (of_then := diary(self.found, words)) is not None:
            return of_then  # what was then is asked for, whatever it was
        if written in SNOWBALL:
            return await asyncio.to_thread(answer_by_words, standing(self.found, gone), written, words)
        grounded = await means.grounding.answer(self.found, turn.scope, words, gone)
        if turn.uses and (grounded is None or not grounded.used):
            return await self._concluded(words) or grounded
        return grounded

    async def _concluded(self, words: Wording) -> Grounded | None:
        """What nobody said outright and what follows from what was said: who is whose."""
        turn, means = self.turn, self._means
        kin = asked(turn.text)
        if kin is None:
            return None
        known = await means.memory.graph_for(turn.text, scope=turn.scope, by=turn.principal)
        found = await asyncio.to_thread(kinship, kin, known, words)
        if found is None:
            return None
        away = await means.reservations.kept_away(
            turn.text, {*found.used}, scope=turn.scope, by=turn.principal
        )
        return None if away else found


async def _one(text: str) -> AsyncIterator[str]:
    yield text
