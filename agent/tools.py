"""Tools of a capable model: it may recall, have words kept, and propose forgetting. The person's permissions hold.

What a model asks for is no order. Whatever it writes is checked, and what cannot be done is a sentence to it.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Collection, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from memory.facade import Memory
from memory.records import Draft, Shown
from privacy.errors import KeepsakeError

from .commands.obedience import Obedience
from .context import Composed, Piece, noted
from .distillers.lessons import own_words
from .errors import ModelUnavailable
from .languages import language_of
from .models.port import ChatModel, Tool
from .reservations import Reservations
from .sending import Sending, sorted_out
from .turns import Call, Turn

ROUNDS = 3  # in which tools are used; then the model is to answer
CALLS = 4  # of one round that are carried out
FOUND = 8  # memories for one question
AT_ONCE = 5  # memories proposed for forgetting: as many as the question shows
LONGEST = 4000  # characters of arguments


class _Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Recall(_Arguments):
    """Look for notes about the person beyond those you were given. The notes found have numbers of their own."""

    question: str = Field(min_length=1, max_length=500, description="What to look for, in plain words")


class Remember(_Arguments):
    """Keep something that lasts. Only words that the person wrote in their last message can be kept."""

    words: str = Field(min_length=2, max_length=600, description="Their words, copied exactly, one statement")


class Forget(_Arguments):
    """Propose to forget notes, if the person wishes it. They are asked first; nothing is forgotten by this."""

    notes: list[int] = Field(min_length=1, max_length=AT_ONCE, description="The numbers of the notes")


TAUGHT: dict[str, type[_Arguments]] = {"recall": Recall, "remember": Remember, "forget": Forget}


def offered(turn: Turn) -> tuple[Tool, ...]:
    """What a turn allows: to look where memories are used, to keep where they are kept."""
    names = ["recall", "forget"] if turn.uses else []
    return tuple(_tool(name) for name in [*names, *(["remember"] if turn.keeps else [])])


def _tool(name: str) -> Tool:
    schema = TAUGHT[name].model_json_schema()
    description = schema.pop("description")
    return Tool(name, description, schema)


def read(call: Call, allowed: Collection[str]) -> _Arguments | str:
    """The arguments of a call, or what is wrong with it.

    >>> read(Call("1", "recall", '{"question": "pets"}'), ["recall"])
    Recall(question='pets')
    >>> read(Call("1", "shell", "{}"), ["recall"])
    'There is no such tool here. There is: recall.'
    """
    if call.tool not in allowed:
        return f"There is no such tool here. There is: {', '.join(allowed)}."
    if len(call.arguments) > LONGEST:
        return "These arguments are too long."
    try:
        return TAUGHT[call.tool].model_validate_json(call.arguments)
    except ValidationError as wrong:
        said = "; ".join(
            f"{'.'.join(map(str, error['loc'])) or 'arguments'}: {error['msg']}"
            for error in wrong.errors(include_input=False, include_url=False)
        )
        return f"These arguments cannot be read: {said}."


def stretch(words: str, text: str) -> str:
    """Where a text holds these words, as it spells them; nothing when it does not.

    >>> stretch("i play  the cello.", "Well, I play the cello!")
    'I play the cello'
    """
    pattern = r"\s+".join(map(re.escape, words.strip(" .!?\"'“”").split()))
    found = re.search(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE) if pattern else None
    return found.group() if found else ""


@dataclass(frozen=True, slots=True)
class Tools:
    """What the tools are made of."""

    memory: Memory
    reservations: Reservations
    obedience: Obedience
    sending: Sending

    def exchange(
        self,
        model: ChatModel,
        turn: Turn,
        sent: Composed,
        notes: Sequence[Shown],
        heard: Sequence[Shown],
        hidden: Collection[str],
    ) -> Exchange:
        return Exchange(self, model, turn, sent, notes, heard, hidden)


class Exchange:
    """One answer of a model, and what it had done for it."""

    def __init__(
        self,
        tools: Tools,
        model: ChatModel,
        turn: Turn,
        sent: Composed,
        notes: Sequence[Shown],
        heard: Sequence[Shown],
        hidden: Collection[str],
    ) -> None:
        self._tools = tools
        self._model = model
        self._turn = turn
        self._heard = heard  # what the person just said, as it was kept
        self._hidden = frozenset(hidden)  # what no search may bring up
        self._proposed: list[Shown] = []
        self.kept_here: dict[str, str] = {}  # what was found and must not go to this model, and why
        self.offered = offered(turn)
        self.sent = sent  # the last request: it begins with all that went before
        self.notes = list(notes)  # what the model was shown, by number

    async def answer(self) -> AsyncGenerator[str, None]:
        """The words of the answer as they come; where tools are wanted, they are used and it is asked again."""
        spoke = False
        for used in range(ROUNDS + 1):
            request = self.sent.request(self._turn, tools=self.offered, closing=used == ROUNDS)
            said, calls = list[str](), list[Call]()
            async with aclosing(self._model.stream(request)) as pieces:  # type: ignore[type-var]  # all of ours are generators
                async for piece in pieces:
                    if isinstance(piece, Call):
                        calls.append(piece)
                        continue
                    if spoke and not said:
                        yield "\n\n"
                    said.append(piece)
                    yield piece
            spoke = spoke or bool(said)
            if not calls or request.closing or not self.offered:
                break
            results = [await self._use(call) for call in calls[:CALLS]]
            self.sent = self.sent.after("".join(said), calls[:CALLS], results)
        if question := await self._question():
            yield f"\n\n{question}" if spoke else question
        elif calls and not spoke:
            raise ModelUnavailable(
                "The model asked for tools and said nothing. Your message is kept; try again."
            )

    async def _use(self, call: Call) -> tuple[Piece, ...]:
        """What is answered to a call. No fault of a model ends a turn."""
        wanted = read(call, [tool.name for tool in self.offered])
        try:
            match wanted:
                case Recall(question=question):
                    return await self._recall(question)
                case Remember(words=words):
                    return _ours(await self._remember(words))
                case Forget(notes=numbers):
                    return _ours(self._propose(numbers))
                case _:
                    return _ours(str(wanted))
        except KeepsakeError as fault:
            return _ours(str(fault))

    async def _recall(self, question: str) -> tuple[Piece, ...]:
        scope, by = self._turn.scope, self._turn.principal
        away = [memory.id for memory in self._heard]
        found = await self._tools.memory.recall(
            question,
            scope=scope,
            by=by,
            thread=self._turn.thread,
            exclude=(*away, *self._hidden),
            limit=FOUND,
            purpose="answer",
        )
        for asked in (question, self._turn.text):  # what was reserved for either question stays away
            found = await self._tools.reservations.respected(
                replace(found, question=asked), scope=scope, by=by
            )
        here = await self._tools.sending.kept_here([hit.memory for hit in found.hits], scope)
        if here and not found.abstained:
            self.kept_here |= here
        found = sorted_out(found, here)
        if found.abstained or not found.hits:
            return _ours("Nothing comes to mind for that. Do not guess: say that you don't know it yet.")
        return noted([(self._number(hit.memory), hit.memory) for hit in found.hits])

    def _number(self, memory: Shown) -> int:
        for number, known in enumerate(self.notes, start=1):
            if known.id == memory.id:
                return number
        self.notes.append(memory)
        return len(self.notes)

    async def _remember(self, words: str) -> str:
        if not self._heard:
            return "Nothing that is said now can be kept."
        heard = self._heard[0]
        quote = stretch(words, heard.text)
        if not quote and stretch(words, self._turn.text):
            return "The person is asked first whether this may be kept."
        if not quote or not stretch(words, own_words(heard.text)):
            return (
                "The person did not say this in their last message, in words of their own. It was not kept."
            )
        draft = Draft(kind="fact", text=quote, episode=heard.id, quote=quote)
        kept = await self._tools.memory.learn([draft], scope=self._turn.scope, by=self._turn.principal)
        return "It is kept." if kept else "It is known already, or the person does not want such things kept."

    def _propose(self, numbers: Sequence[int]) -> str:
        unknown = [number for number in numbers if not 1 <= number <= len(self.notes)]
        if unknown:
            return f"There is no note {unknown[0]}. Use recall first, and the numbers that it gives."
        meant = {memory.id: memory for memory in [*self._proposed, *(self.notes[n - 1] for n in numbers)]}
        if len(meant) > AT_ONCE:
            return f"At most {AT_ONCE} notes can be proposed in one answer."
        self._proposed = list(meant.values())
        return (
            "Nothing is forgotten yet. Below your answer the person is shown these notes and asked; their next message "
            "decides. Do not ask them yourself, and do not say that it is done."
        )

    async def _question(self) -> str:
        """The question to the person, in words of ours: a model could ask for something else than it proposed."""
        if not self._proposed:
            return ""
        language = language_of(self._turn.text) or "en"
        return await self._tools.obedience.propose(self._proposed, self._heard, self._turn, language)


def _ours(sentence: str) -> tuple[Piece, ...]:
    return (Piece(sentence, prose=True),)
