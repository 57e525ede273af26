"""What is said about the person without a capable model: only what they said themself, quoted and dated.

A small model cannot read its notes, so code decides. Pure functions over a recollection.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from memory.records import Hit, Recollection

UNKNOWN = "I don't know that yet."
OFF = "Memory is off, so I look nothing up. You can turn it on at the top of the memory page."
Manner = Literal["question", "statement", "small talk"]

_FIRST_PERSON = re.compile(r"\b(i|i'm|i've|i'd|i'll|im|ive|me|my|mine|myself|we|our|us)\b", re.IGNORECASE)
_ASKS = re.compile(
    r"^(who|what|where|when|which|why|how|do|does|did|am|is|are|was|were|have|has|had|can|could|should|would|will|"
    r"remember|tell me|remind me|any idea)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+|\n|$)")
_OTHERS = re.compile(
    r"\bmy\s+(?:\w+\s+)?(wife|husband|partner|girlfriend|boyfriend|son|daughter|brother|sister|mother|mum|mom|father|"
    r"dad|uncle|aunt|cousin|niece|nephew|grandmother|grandfather|grandma|grandpa|friend|boss|manager|colleague|"
    r"neighbour|neighbor|roommate|flatmate|teacher|doctor|dog|cat|car|bike)\b",
    re.IGNORECASE,
)
_SUPPOSES = re.compile(r"^\s*(if|imagine|suppose|what if)\b", re.IGNORECASE)

LEAST_COVERAGE = 0.5  # half of what is rare in the question stands in the words quoted
LEAST_MEANING = 0.45  # or they are near in meaning


@dataclass(frozen=True, slots=True)
class Grounded:
    """An answer that rests on memories alone, and which ones."""

    text: str
    used: tuple[str, ...] = ()


def manner(text: str) -> Manner:
    """Whether a message asks about the person, tells something about them, or neither.

    >>> manner("Where do I live?"), manner("I live in Lyon."), manner("Good morning!")
    ('question', 'statement', 'small talk')
    """
    if not _FIRST_PERSON.search(text):
        return "small talk"
    last = [s.strip() for s in _SENTENCE.findall(text) if s.strip()][-1:]
    asks = bool(last) and (last[0].endswith("?") or bool(_ASKS.match(last[0])))
    return "question" if asks else "statement"


def answer(recollection: Recollection) -> Grounded:
    """The person's own words that fit best, newest first among equals; or that nothing is known."""
    found = [
        hit for hit in recollection.hits if _is_evidence(hit) and _same_somebody(recollection.question, hit)
    ]
    fitting = [hit for hit in found if hit.coverage >= LEAST_COVERAGE or hit.meaning >= LEAST_MEANING]
    if recollection.abstained or not fitting:
        return Grounded(UNKNOWN)
    best = max(_fit(hit) for hit in fitting)
    chosen = _said_once(hit for hit in fitting if _fit(hit) >= best - 0.15)[:2]
    chosen.sort(key=lambda hit: hit.memory.occurred_at, reverse=True)
    lines = [f"{_quotation(hit)} [{number}]" for number, hit in enumerate(chosen, start=1)]
    return Grounded("\n\n".join(lines), tuple(hit.memory.id for hit in chosen))


def _said_once(hits: Iterable[Hit]) -> list[Hit]:
    """A fact and the episode it was learned from quote the same words: one of them is enough."""
    kept: list[Hit] = []
    for hit in hits:
        words = _words(hit)
        if not any(words in _words(other) or _words(other) in words for other in kept):
            kept.append(hit)
    return kept


def _words(hit: Hit) -> str:
    return " ".join((hit.memory.quote or hit.memory.text).split())


def acknowledgement(*, kept: bool) -> Grounded:
    return Grounded("Thank you for telling me." + (" I'll remember that." if kept else ""))


def _fit(hit: Hit) -> float:
    return hit.coverage + hit.meaning


def _is_evidence(hit: Hit) -> bool:
    """The person's own statements: not what the assistant said, not questions, not suppositions."""
    memory = hit.memory
    if memory.kind == "episode" and memory.speaker == "assistant":
        return False
    told = [s for s in _SENTENCE.findall(memory.text) if s.strip() and not s.strip().endswith("?")]
    return any(not _SUPPOSES.match(sentence) and not _ASKS.match(sentence.strip()) for sentence in told)


def _same_somebody(question: str, hit: Hit) -> bool:
    """A question about my sister is answered by words about my sister, and not one about me by hers."""
    asked = {match.group(1).casefold() for match in _OTHERS.finditer(question)}
    text = hit.memory.text
    if asked:
        return any(re.search(rf"\b{other}\b", text, re.IGNORECASE) for other in asked)
    opening = _OTHERS.match(text.strip())
    return opening is None or bool(re.search(r"\bI\b|\bI'", text))


def _quotation(hit: Hit) -> str:
    day = hit.memory.occurred_at.strftime("%-d %B %Y")
    return f"You told me on {day}: “{_words(hit)[:600]}”"
