"""Tells what is known of the person or of something of theirs, and what the last answer rested on."""

from __future__ import annotations

from memory.facade import Memory
from memory.records import Shown

from ..evidence.withdrawn import withdrawn
from ..grammar.attributes import names_attribute
from ..other_languages import content
from ..receipts import Receipts
from ..turns import Turn
from ..wording import Wording
from .finding import Finding
from .lines import line_of, short
from .matching import told
from .outcome import Obeyed
from .sentences import Sentences

LISTED = 12  # memories in one answer


class Telling:
    """Changes nothing. `capable`: a model answers what is asked of the world."""

    def __init__(self, memory: Memory, receipts: Receipts, finding: Finding, *, capable: bool) -> None:
        self._memory = memory
        self._receipts = receipts
        self._finding = finding
        self._capable = capable

    async def known(
        self, topic: str, language: str, turn: Turn, words: Wording, say: Sentences
    ) -> Obeyed | None:
        """What is known of a topic, or of the person where there is none; None where the topic is the world's."""
        if not turn.uses:
            return Obeyed(words.off)
        if topic and not self._capable and names_attribute(topic):
            return None  # "about my job": answered by what states it, not by all that holds the word
        if topic:
            found = (await self._finding.speaking_of(topic, language, turn)).memories
            if not found and (self._capable or not content(topic, language) or not _of_theirs(topic)):
                return None  # a question about the world
        else:
            found = await self._finding.about_the_person(turn)
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
            [head, *(f"{line_of(m, say, language)} [{n}]" for n, m in enumerate(shown, start=1)), *more]
        )
        return Obeyed(text, tuple(memory.id for memory in shown), kept=True)

    async def why(self, turn: Turn, words: Wording, say: Sentences) -> Obeyed:
        """The memories that the last answer rested on, as far as they are still known."""
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


def _reason(memory: Shown, say: Sentences, language: str) -> str:
    if memory.kind == "procedure" or (memory.kind == "preference" and not memory.quote):
        return "- " + say.asked_for.format(words=short(memory.text))
    return line_of(memory, say, language)


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
