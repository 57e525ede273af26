"""Asking one's memory, without any model: the person's own words answer, each with the memory it stands in."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass

from memory.facade import Memory
from memory.records import Hit, Recollection, Shown
from privacy.identity import Principal, Scope

from .answers import REACH, Grounded, Grounding
from .commands.obedience import Obedience
from .diary import diary
from .kinship import asked, kinship
from .languages import language_of
from .other_languages import SNOWBALL, answer_by_words
from .turns import Turn
from .wording import Wording, wording

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
    """A look by the person themself: it works while memory is off, and nothing of it is kept."""

    def __init__(self, memory: Memory, obedience: Obedience, grounding: Grounding) -> None:
        self._memory = memory
        self._obedience = obedience
        self._grounding = grounding

    async def ask(self, question: str, *, scope: Scope, by: Principal) -> Told:
        """ "What do you know about ...?" is a list; any other question is answered by what states it."""
        turn = Turn(principal=by, scope=scope, thread="", text=question, mode="dont_learn")
        if (listed := await self._obedience.tell(turn)) is not None:
            return Told(pieces(listed.text, listed.used), listed.used)
        found = await self._memory.recall(question, scope=scope, by=by, limit=REACH)
        grounded = await self._grounded(question, found, scope, by)
        if grounded.used:
            return Told(pieces(grounded.text, grounded.used), grounded.used)
        near = () if found.abstained else tuple(map(_memory, found.hits[:CLOSEST]))
        return Told((Piece(grounded.text),), (), near)

    async def _grounded(self, question: str, found: Recollection, scope: Scope, by: Principal) -> Grounded:
        written = language_of(question)
        words: Wording = wording(written or "en")
        if (of_a_time := diary(found, words)) is not None:
            return of_a_time
        if written in SNOWBALL:
            said = await asyncio.to_thread(answer_by_words, found, written, words)
        else:
            said = await self._grounding.answer(found, scope, words)
        kin = None if said is not None and said.used else asked(question)
        if kin is not None:
            known = await self._memory.graph_for(question, scope=scope, by=by)
            said = await asyncio.to_thread(kinship, kin, known, words) or said
        return said or Grounded(words.unknown)


def _memory(hit: Hit) -> Shown:
    return hit.memory
