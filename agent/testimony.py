"""What a person's own words say to a question, without a capable model: one way to it for the chat and for a look."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Literal

from memory.facade import Memory
from memory.records import Recollection
from privacy.identity import Principal, Scope

from .answers import Grounded, Grounding
from .diary import diary
from .evidence.withdrawn import NOTHING_WITHDRAWN, Withdrawn, standing, withdrawn
from .kinship import asked, kinship
from .languages import language_of
from .other_languages import SNOWBALL, answer_by_words
from .reservations import Reservations
from .wording import Wording

# An answer of the chat; a person's own look at their memory; or only to know whether memory is asked: it stays closed.
Use = Literal["answer", "look", "nothing"]


@dataclass(frozen=True, slots=True)
class Testimony:
    """Gives what was said and still stands. What was withdrawn answers neither the chat nor a look.

    What a person keeps away from a topic is kept away from answers of the chat, which come to them unbidden. Whoever
    looks at their own memory asks for all that is there, and would take it for forgotten if it were hidden from them.
    """

    memory: Memory
    reservations: Reservations
    grounding: Grounding

    async def on(
        self, found: Recollection, words: Wording, *, scope: Scope, by: Principal, use: Use
    ) -> Grounded | None:
        """What the words say to the question that all this came to mind for; None when it asks nothing of memory."""
        if (of_then := diary(found, words)) is not None:
            return of_then  # what was then is asked for, whatever it was
        gone = await self._withdrawn(found, scope, by)
        written = language_of(found.question)
        if written in SNOWBALL:
            said = await asyncio.to_thread(answer_by_words, standing(found, gone), written, words)
        else:
            said = await self.grounding.answer(found, scope, words, gone)
        if use == "nothing" or (said is not None and said.used):
            return said
        return await self._concluded(found.question, words, scope, by, use) or said

    async def standing(self, found: Recollection, *, scope: Scope, by: Principal) -> Recollection:
        """What came to mind, without the messages that say only what was withdrawn."""
        return standing(found, await self._withdrawn(found, scope, by))

    async def _withdrawn(self, found: Recollection, scope: Scope, by: Principal) -> Withdrawn:
        heard = [hit.memory.id for hit in found.hits]
        if not heard:
            return NOTHING_WITHDRAWN
        return withdrawn(await self.memory.taught(heard, scope=scope, by=by))

    async def _concluded(
        self, question: str, words: Wording, scope: Scope, by: Principal, use: Use
    ) -> Grounded | None:
        """What nobody said outright and what follows from what was said: who is whose."""
        kin = asked(question)
        if kin is None:
            return None
        known = await self.memory.graph_for(question, scope=scope, by=by)
        follows = await asyncio.to_thread(kinship, kin, known, words)
        if follows is None or use == "look":
            return follows
        away = await self.reservations.kept_away(question, {*follows.used}, scope=scope, by=by)
        return None if away else follows
