"""Which memories speak of something, and how sure that is: pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from memory.records import Shown

from ..grammar.spelling import sentences
from ..other_languages import content

CLEAR = 3  # so many messages of the person's may go without asking first
_PRONOUN = re.compile(
    r"\b(?:i|me|my|mine|we|our|us|you|your|the|an?|je|mon|ma|mes|ich|mein\w*|yo|mi|mis)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Found:
    """The memories that speak of something; `loosely`: they may mean something else."""

    memories: tuple[Shown, ...] = ()
    loosely: bool = False

    @property
    def said(self) -> tuple[Shown, ...]:
        """The person's own messages among them, the newest first."""
        own = (m for m in self.memories if m.kind == "episode" and m.speaker != "assistant")
        return tuple(sorted(own, key=lambda m: m.id, reverse=True))

    @property
    def learned(self) -> tuple[Shown, ...]:
        return tuple(m for m in self.memories if m.kind in ("fact", "preference"))

    @property
    def clear(self) -> bool:
        """Whether these may be forgotten without asking: few messages, each of which says little else."""
        return (
            not self.loosely
            and len(self.said) <= CLEAR
            and all(len(sentences(m.text)) <= 2 for m in self.said)
        )


def subject_of(words: str, language: str) -> frozenset[str]:
    """The stems of what words are about; of words that are all common, those that are left without pronouns.

    >>> sorted(subject_of("I play the cello", "en")), sorted(subject_of("my name", "en"))
    (['cello', 'play'], ['name'])
    """
    return content(words, language) or frozenset(_bare(words))


def speaks_of(memory: Shown, subject: frozenset[str], language: str) -> bool:
    """Whether a memory holds every word of a subject.

    Inflections are the same word. What it rests on counts too, so that a fact follows the words it was learned from.
    """
    there = content(memory.text, language) | frozenset(_bare(memory.text))
    return bool(subject) and subject <= there


def speaking_of(memories: Iterable[Shown], words: str, language: str) -> Found:
    """Those of the memories that speak of what the words are about."""
    subject = subject_of(words, language)
    return Found(tuple(memory for memory in memories if speaks_of(memory, subject, language)))


def told(memories: Sequence[Shown]) -> tuple[Shown, ...]:
    """One memory for each thing said: what was learned goes before the message it was learned from, the newest first."""
    learned = [
        m
        for m in memories
        if m.kind in ("fact", "preference") and m.status in ("active", "disputed") and m.quote
    ]
    once: dict[str, Shown] = {}
    for memory in sorted(learned, key=lambda m: m.id, reverse=True):
        once.setdefault(" ".join(memory.quote.casefold().split()), memory)
    covered = {source for memory in learned for source in memory.sources}
    asks = [
        m for m in Found(tuple(memories)).said if m.id not in covered and not m.text.rstrip().endswith("?")
    ]
    return (*once.values(), *asks)


def _bare(words: str) -> list[str]:
    return re.findall(r"[^\W_]+", _PRONOUN.sub(" ", words.casefold()))
