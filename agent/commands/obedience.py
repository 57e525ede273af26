"""Carries commands out: asks where it is not clear what is meant, and says what was done."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from memory.errors import BadInput, UnknownMemory
from memory.facade import Memory
from memory.records import Shown
from memory.undoing import Back
from memory.verbs.connecting import WHO_IS_WHO
from memory.voices import told as told_of
from privacy.identity import Scope

from ..giving import END_AGAIN
from ..grammar.spelling import sentences
from ..practice import UNWORD
from ..receipts import Receipts
from ..turns import Turn
from ..wording import Wording, wording
from .belief_sentences import BELIEF_SENTENCES
from .finding import Finding
from .lines import line_of, short
from .outcome import Obeyed
from .reading import (
    Command,
    Forget,
    ForgetEverything,
    Know,
    Remember,
    Undo,
    Why,
    agreed,
    command_of,
)
from .revising import Revising
from .sentences import SENTENCES, Sentences
from .share_sentences import SHARE_SENTENCES
from .taking_back import TakenBack, TakingBack
from .telling import Telling

Place = tuple[Scope, str]  # somebody's conversation

ASKED_ABOUT = 5  # messages shown before they are forgotten
OPEN_QUESTIONS = 256


@dataclass(frozen=True, slots=True)
class Asked:
    """What waits for a yes: these memories, or all of them."""

    memories: tuple[str, ...]
    shown: tuple[Shown, ...]
    never: bool
    language: str


class Obedience:
    """Commands of everybody; what was asked is remembered for each person and conversation."""

    def __init__(
        self,
        memory: Memory,
        receipts: Receipts,
        revising: Revising,
        taking_back: TakingBack,
        *,
        capable: bool,
    ) -> None:
        self._memory = memory
        self._finding = Finding(memory)
        self._telling = Telling(memory, receipts, self._finding, capable=capable)
        self._revising = revising
        self._taking_back = taking_back
        self._capable = capable
        self._asked: OrderedDict[Place, Asked] = OrderedDict()

    async def obey(self, turn: Turn) -> Obeyed | None:
        """What is done and said when this turn is a command, or the answer to a question of ours; None for other talk."""
        asked = self._asked.pop((turn.scope, turn.thread), None)
        if asked is not None and (yes := agreed(turn.text)) is not None:
            return await self._agreed(asked, turn) if yes else Obeyed(SENTENCES[asked.language].left)
        command = command_of(turn.text)
        return None if command is None else await self._carry_out(command, turn)

    async def _carry_out(self, command: Command, turn: Turn) -> Obeyed | None:
        words, say = wording(command.language), SENTENCES[command.language]
        match command:
            case Remember(said):
                return None if self._capable else self._remember(said, turn, words, say)
            case Forget():
                return await self._forget(command, turn, say)
            case ForgetEverything():
                return await self._ask_everything(turn, say, command.language)
            case Know(topic, language):
                return await self._telling.known(topic, language, turn, words, say)
            case Why():
                return await self._telling.why(turn, words, say)
            case Undo(language):
                return await self._undo(turn, say, language)
            case _:
                return await self._revising.revise(command, turn)

    def _remember(self, said: str, turn: Turn, words: Wording, say: Sentences) -> Obeyed:
        return Obeyed(say.kept.format(words=short(said)) if turn.keeps else words.off, kept=True)

    async def propose(
        self, memories: Sequence[Shown], heard: Sequence[Shown], turn: Turn, language: str
    ) -> str:
        """The question whether these may go, with all that they were learned from. Only the person's yes lets them go.

        `heard`: what was just said; it goes too when it says little else, as orders to forget are not kept.
        """
        language = language if language in SENTENCES else "en"
        meant = dict.fromkeys(source for memory in memories for source in (memory.id, *memory.sources))
        live = await self._memory.still_known(tuple(meant), scope=turn.scope, by=turn.principal)
        brief = [memory for memory in heard if len(sentences(memory.text)) <= 2]
        shown = {memory.id: memory for memory in [*(live[id] for id in meant if id in live), *brief]}
        if not live:
            return SENTENCES[language].nothing_found
        self._wait(turn, Asked(tuple(shown), tuple(shown.values()), never=False, language=language))
        say = SENTENCES[language]
        lines = dict.fromkeys(line_of(memory, say, language) for memory in shown.values())
        return "\n".join([*lines, say.ask_all])

    # -- forgetting --------------------------------------------------------------------------------

    async def _forget(self, command: Forget, turn: Turn, say: Sentences) -> Obeyed:
        if command.words:
            found = await self._finding.speaking_of(command.words, command.language, turn)
        else:
            found = await self._finding.said_last(turn)
        if not found.memories:
            return Obeyed(say.nothing_found)
        if found.clear:
            return await self._let_go(found.memories, found.said or found.memories, command, turn, say)
        shown = (found.said or found.memories)[:ASKED_ABOUT]
        ids = tuple(memory.id for memory in found.memories)
        self._wait(turn, Asked(ids, found.said or found.memories, command.never, command.language))
        if found.loosely:
            question = say.ask_all
        else:
            question = say.ask_one if len(found.said) == 1 else say.ask.format(count=len(found.said))
        return Obeyed("\n".join([*(line_of(memory, say, command.language) for memory in shown), question]))

    async def _agreed(self, asked: Asked, turn: Turn) -> Obeyed:
        say = SENTENCES[asked.language]
        if not asked.memories:
            await self._memory.forget_everything(scope=turn.scope, by=turn.principal)
            return Obeyed(say.everything_gone)
        live = await self._memory.still_known(asked.memories, scope=turn.scope, by=turn.principal)
        if not live:
            return Obeyed(say.nothing_found)
        command = Forget("", asked.never, asked.language)
        return await self._let_go(tuple(live.values()), asked.shown, command, turn, say)

    async def _let_go(
        self, memories: Sequence[Shown], shown: Sequence[Shown], command: Forget, turn: Turn, say: Sentences
    ) -> Obeyed:
        scope, by = turn.scope, turn.principal
        async with self._memory.undoable(scope=scope, by=by, thread=turn.thread) as decision:
            ids = [memory.id for memory in memories]
            done = await self._memory.forget(ids, scope=scope, by=by, never=command.never)
            decision.back = Back("undo", (done.id,))
        lines = [line_of(memory, say, command.language) for memory in shown[:ASKED_ABOUT]]
        count = max(0, len(done.memories) - len(lines))
        words = lines[0].removeprefix("- ") if len(lines) == 1 else "\n" + "\n".join(lines)
        resting = [say.forgotten_with.format(count=count)] if count else []
        text = "\n".join([say.forgotten.format(words=words), " ".join([*resting, say.undo])])
        return Obeyed(text)

    async def _ask_everything(self, turn: Turn, say: Sentences, language: str) -> Obeyed:
        counts = await self._memory.counts(scope=turn.scope, by=turn.principal)
        if not sum(counts.values()):
            return Obeyed(say.nothing_known)
        self._wait(turn, Asked((), (), False, language))
        return Obeyed(say.everything.format(count=sum(counts.values())))

    async def _undo(self, turn: Turn, say: Sentences, language: str) -> Obeyed:
        try:
            done = await self._taking_back.last(turn.thread, scope=turn.scope, by=turn.principal)
        except (BadInput, UnknownMemory) as late:
            return Obeyed(str(late))
        return Obeyed(_taken_back(done, language) if done else say.nothing_to_undo)

    def _wait(self, turn: Turn, asked: Asked) -> None:
        """The newest of many: who never answers is not waited for."""
        place = (turn.scope, turn.thread)
        self._asked[place] = asked
        self._asked.move_to_end(place)
        while len(self._asked) > OPEN_QUESTIONS:
            self._asked.popitem(last=False)

    # -- telling -----------------------------------------------------------------------------------

    async def tell(self, turn: Turn) -> Obeyed | None:
        """What is known of something, where that is all that is asked for; None for everything else."""
        command = command_of(turn.text)
        if not isinstance(command, Know):
            return None
        words, say = wording(command.language), SENTENCES[command.language]
        return await self._telling.known(command.topic, command.language, turn, words, say)


def _taken_back(done: TakenBack, language: str) -> str:
    """What is as it was before: who may read, who is who, a way of answering by its words; else what is remembered again."""
    say, about = SENTENCES[language], next(iter(done.about), None)
    if done.shares:
        sharing = SHARE_SENTENCES[language]
        sentence = sharing.unshared if done.verb == END_AGAIN else sharing.shared_again
        return sentence.format(words=", ".join(dict.fromkeys(share.reader for share in done.shares)))
    if done.verb in (WHO_IS_WHO, UNWORD):
        return BELIEF_SENTENCES[language].as_before
    if about is None or (done.here and about.kind != "procedure"):
        return say.undone
    return say.taken_back.format(words=f"“{short(told_of(about))}”")
