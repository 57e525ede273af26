"""Asking one's memory, without any model: the person's own words answer, each with the memory it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from memory.facade import Memory
from memory.records import Recollection, Shown
from privacy.identity import Principal, Scope

from .answers import REACH
from .commands.obedience import Obedience
from .languages import language_of
from .testimony import Testimony
from .turns import Turn
from .wording import wording

CLOSEST = 5  # memories shown where none of them answers
_CITED = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of an answer, or the number that leads to a memory."""

    words: str
    memory: str = ""  # empty: plain words


@dataclass(frozen=True, slots=True)
class Told:
    """What the memories say to a question; or, where none says it, those that come closest."""

    pieces: tuple[Piece, ...]
    memories: tuple[str, ...]  # what the answer rests on, in the order of its numbers
    closest: tuple[Shown, ...] = ()

    @property
    def text(self) -> str:
        return "".join(piece.words for piece in self.pieces)


def pieces(text: str, used: tuple[str, ...]) -> tuple[Piece, ...]:
    """An answer cut at its numbers.

    >>> [(p.words, p.memory) for p in pieces("In Lyon. [1]", ("a",))]
    [('In Lyon. ', ''), ('[1]', 'a')]
    """
    found, at = list[Piece](), 0
    for cited in _CITED.finditer(text):
        number = int(cited[1])
        if not 1 <= number <= len(used):
            continue
        found += [Piece(text[at : cited.start()]), Piece(cited[0], used[number - 1])]
        at = cited.end()
    return tuple(piece for piece in (*found, Piece(text[at:])) if piece.words)


class Asking:
    """A look by the person themself: it works while memory is off, and nothing of it is kept.

    It finds also what they keep away from a topic, as that is about the chat's answers; `Testimony` says why.
    """

    def __init__(self, memory: Memory, obedience: Obedience, testimony: Testimony) -> None:
        self._memory = memory
        self._obedience = obedience
        self._testimony = testimony

    async def ask(self, question: str, *, scope: Scope, by: Principal) -> Told:
        """ "What do you know about ...?" is a list; any other question is answered by what states it."""
        turn = Turn(principal=by, scope=scope, thread="", text=question, mode="dont_learn")
        if (listed := await self._obedience.tell(turn)) is not None:
            return Told(pieces(listed.text, listed.used), listed.used)
        found = await self._memory.recall(question, scope=scope, by=by, limit=REACH)
        words = wording(language_of(question) or "en")
        said = await self._testimony.on(found, words, scope=scope, by=by, use="look")
        if said is not None and said.used:
            return Told(pieces(said.text, said.used), said.used)
        unknown = said.text if said is not None else words.unknown
        return Told((Piece(unknown),), (), await self._closest(found, scope, by))

    async def _closest(self, found: Recollection, scope: Scope, by: Principal) -> tuple[Shown, ...]:
        if found.abstained:
            return ()
        near = await self._testimony.standing(found, scope=scope, by=by)
        return tuple(hit.memory for hit in near.hits[:CLOSEST])
