"""Carries commands out: finds what is meant, asks where that is not clear, and says what was done."""

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

from ..evidence.withdrawn import withdrawn
from ..giving import END_AGAIN
from ..grammar.attributes import names_attribute
from ..grammar.spelling import sentences
from ..other_languages import content
from ..practice import UNWORD
from ..receipts import Receipts
from ..turns import Message, Turn
from ..wording import Wording, wording
from .answered import answers_an_order
from .belief_sentences import BELIEF_SENTENCES
from .matching import Found, speaking_of, told
from .outcome import Obeyed
from .reading import (
    Command,
    Forget,
    ForgetEverything,
    Know,
    Remember,
    Revision,
    Undo,
    Why,
    agreed,
    command_of,
)
from .revising import Revising
from .sentences import SENTENCES, Sentences
from .share_sentences import SHARE_SENTENCES
from .taking_back import TakenBack, TakingBack

Place = tuple[Scope, str]  # somebody's conversation

LISTED = 12  # memories in one answer
ASKED_ABOUT = 5  # messages shown before they are forgotten
PAGE = 500
OPEN_QUESTIONS = 256
QUOTED = 200  # characters of one quotation


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
        self._receipts = receipts
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
                return await self._know(topic, language, turn, words, say)
            case Why():
                return await self._why(turn, words, say)
            case Undo(language):
                return await self._undo(turn, say, language)
            case _:
                return await self._revising.revise(command, turn)

    def _remember(self, said: str, turn: Turn, words: Wording, say: Sentences) -> Obeyed:
        return Obeyed(say.kept.format(words=_short(said)) if turn.keeps else words.off, kept=True)

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
        lines = dict.fromkeys(_line(memory, say, language) for memory in shown.values())
        return "\n".join([*lines, say.ask_all])

    # -- forgetting --------------------------------------------------------------------------------

    async def _forget(self, command: Forget, turn: Turn, say: Sentences) -> Obeyed:
        if command.words:
            found = await self._speaking_of(command.words, command.language, turn)
        else:
            found = await self._said_last(turn)
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
        return Obeyed("\n".join([*(_line(memory, say, command.language) for memory in shown), question]))

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
        lines = [_line(memory, say, command.language) for memory in shown[:ASKED_ABOUT]]
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
        return await self._know(command.topic, command.language, turn, words, say)

    async def _know(
        self, topic: str, language: str, turn: Turn, words: Wording, say: Sentences
    ) -> Obeyed | None:
        if not turn.uses:
            return Obeyed(words.off)
        if topic and not self._capable and names_attribute(topic):
            return None  # "about my job": answered by what states it, not by all that holds the word
        if topic:
            found = (await self._speaking_of(topic, language, turn)).memories
            if not found and (self._capable or not content(topic, language) or not _of_theirs(topic)):
                return None  # a question about the world
        else:
            found = await self._about_the_person(turn)
        gone = withdrawn(
            await self._memory.taught([m.id for m in found], scope=turn.scope, by=turn.principal)
        )
        # what waits for a yes was not told by its person, or is to be looked at first
        lines = told(
            [
                memory
                for memory in found
                if memory.status not in ("quarantined", "paused")
                and not gone.silences(memory.id, memory.text, past=False)
            ]
        )
        if not lines:
            return Obeyed(say.nothing_known_of.format(words=topic) if topic else say.nothing_known, kept=True)
        shown = lines[:LISTED]
        head = say.known_of.format(words=topic) if topic else say.known
        more = [say.more.format(count=len(lines) - len(shown))] if len(lines) > len(shown) else []
        text = "\n".join(
            [head, *(f"{_line(m, say, language)} [{n}]" for n, m in enumerate(shown, start=1)), *more]
        )
        return Obeyed(text, tuple(memory.id for memory in shown), kept=True)

    async def _why(self, turn: Turn, words: Wording, say: Sentences) -> Obeyed:
        last = await self._receipts.latest(turn.thread, scope=turn.scope, by=turn.principal)
        if last is None:
            return Obeyed(say.nothing_said, kept=True)
        live = await self._memory.still_known(last.used, scope=turn.scope, by=turn.principal)
        used = [live[memory] for memory in last.used if memory in live]
        if not used:
            by_model = last.messages and say.because_of_model.format(words=last.model)
            return Obeyed(by_model or say.because_of_nothing, kept=True)
        lines = [f"{_reason(m, say, words.language)} [{n}]" for n, m in enumerate(used[:LISTED], start=1)]
        return Obeyed("\n".join([say.because, *lines]), tuple(m.id for m in used[:LISTED]), kept=True)

    # -- finding -----------------------------------------------------------------------------------

    async def _speaking_of(self, words: str, language: str, turn: Turn) -> Found:
        """Every memory that holds the words; failing that, what comes to mind for them."""
        found = speaking_of(await self._all(turn), words, language)
        if found.memories:
            return found
        near = await self._memory.recall(words, scope=turn.scope, by=turn.principal, limit=3)
        own = [hit.memory for hit in near.hits if hit.memory.speaker != "assistant"]
        return Found(() if near.abstained else tuple(own), loosely=True)

    async def _said_last(self, turn: Turn) -> Found:
        said = await self._memory.conversation(turn.thread, scope=turn.scope, by=turn.principal)
        own = [memory for memory in said if memory.speaker != "assistant"]
        return Found(tuple(own[-1:]), loosely=True)

    async def _about_the_person(self, turn: Turn) -> tuple[Shown, ...]:
        found = [
            memory
            for memory in await self._all(turn, ("fact", "preference"))
            if memory.subject in ("", "user")
        ]
        return tuple(found) or tuple(m for m in await self._all(turn, ("episode",)) if m.speaker == "user")

    async def _all(self, turn: Turn, kinds: Sequence[str] = ("episode", "fact", "preference")) -> list[Shown]:
        found: list[Shown] = []
        while True:
            page = await self._memory.browse(
                scope=turn.scope, by=turn.principal, offset=len(found), limit=PAGE
            )
            found += page.memories
            if not page.memories or len(found) >= page.total:
                return [memory for memory in found if memory.kind in kinds]


def without_orders(history: Sequence[Message]) -> list[Message]:
    """A conversation without its orders to forget and what was answered to them: they hold the very words that went."""
    left, order = list[Message](), False
    answers = [
        message.text if message.role == "assistant" else "" for message in [*history[1:], *history[:1]]
    ]
    for message, answer in zip(history, answers, strict=True):
        if message.role == "user":
            order = message.kept is None and _ordered(message.text, answer)
        if not order:
            left.append(message)
    return left


def _ordered(said: str, answer: str) -> bool:
    """Whether something was an order, and not talk that only reads like one: "it's Porto, not Lyon"."""
    command = command_of(said)
    if isinstance(command, Forget | ForgetEverything | Undo):
        return True
    return isinstance(command, Revision) and answers_an_order(answer, command.language)


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
    return say.taken_back.format(words=f"“{_short(told_of(about))}”")


def _reason(memory: Shown, say: Sentences, language: str) -> str:
    if memory.kind == "procedure" or (memory.kind == "preference" and not memory.quote):
        return "- " + say.asked_for.format(words=_short(memory.text))
    return _line(memory, say, language)


def _line(memory: Shown, say: Sentences, language: str) -> str:
    day = wording(language).day(memory.occurred_at)
    return "- " + say.told.format(day=day, words=_short(memory.quote or memory.text))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= QUOTED else line[:QUOTED].rsplit(" ", 1)[0] + " …"


def _of_theirs(topic: str) -> bool:
    """Whether a topic names something of the person's: "my sister"."""
    return topic.casefold().split()[0] in {
        "my",
        "our",
        "mon",
        "ma",
        "mes",
        "notre",
        "mein",
        "meine",
        "meinen",
        "meinem",
        "mi",
        "mis",
    }
