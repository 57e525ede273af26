"""What the reading model is taught with, read from files into word pieces.

Four tasks: a question beside a passage (with the words that answer, or none), a message (with the words of each value it
states), a sentence (with the category of what it tells), a text (and whether it gives orders to a model).
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from agent.reader.special import CATEGORIES
from agent.reader.stating import RELATIONS
from privacy.categories import sensitive

from . import plain

HERE = Path(__file__).parents[1] / "data"
OPEN = Path(__file__).parents[2] / "tests" / "data"
EVERYDAY = 1500  # messages beside those that tell something special
ORDINARY = 5000  # messages beside those that give orders
# what measures: never taught with, but for older sets of what is special
MEASURES = ("memory_qa_", "extraction_", "sensitive_")

TOGETHER = 0.4  # how often a message is shown with the one before, as the app shows it

Span = tuple[int, int]


class Asked(NamedTuple):
    """A question beside a passage, and where in it the answer stands."""

    question: str
    passage: str
    span: Span | None


class Told(NamedTuple):
    """A message, and the words of each value with its relation and whether it is the writer's."""

    text: str
    spans: tuple[tuple[Span, str, bool], ...]


class Secret(NamedTuple):
    """A sentence, and the category of what it tells; empty where it tells nothing."""

    text: str
    category: str


class Ordered(NamedTuple):
    """A text, and whether it gives orders to a model that nobody asked it to take."""

    text: str
    orders: bool


# Relations as the older sets name them.
_NAMED = {
    "job": "works_as", "pet": "has_pet", "child": "has_child", "partner": "has_partner", "married_to": "has_partner",
    "allergy": "allergic_to", "routine": "habit", "health": "condition", "appointment": "plans", "nationality": "from",
    "born_in": "from", "skill": "hobby", "friend": "has_friend", "boss": "has_friend", "flatmate": "has_friend",
    "colleague": "has_friend", "nickname": "name", "has": "owns", "anniversary": "did", "supports": "member_of",
    **dict.fromkeys(
        ("parent", "sibling", "grandparent", "family", "nephew", "grandchild", "has_sibling", "mother-in-law"), "has_relative"
    ),
}  # fmt: skip
_UNSPECIAL = frozenset(
    {"condition", "health", "takes", "diet", "allergic_to", "allergy"}
)  # relations that may tell it
_ASKING = frozenset(
    "what when where which does have that this with your from about much many long name".split()
)


def asked(rng: random.Random, plain_rounds: int) -> list[Asked]:
    found = [one for path in _files("memory_qa", "never_said") for one in _of_talk(path, rng)]
    found += near(rng)
    found += [Asked(*one) for one in plain.generate(plain_rounds, rng)[0]]
    found += _of_somebody_else(found, rng)
    return found + list(_strangers(found, len(found) // 8, rng))


def near(rng: random.Random) -> list[Asked]:
    """Questions beside what authors wrote for them: what answers, and what only looks so."""
    answers, choices = (sorted((HERE / "reader" / name).glob("*.jsonl")) for name in ("answers", "choices"))
    found = [one for path in answers for one in _of_passages(path)]
    return found + [one for path in choices for one in _of_several(path, rng)]


def told(rng: random.Random, plain_rounds: int) -> list[Told]:
    paths = [*_files("extraction"), *sorted((HERE / "reader" / "states").glob("*.jsonl"))]
    found = [one for path in paths for line in _lines(path) if (one := _labelled(line)) is not None]
    return found + [Told(text, tuple(spans)) for text, spans in plain.generate(plain_rounds, rng)[1]]


def secrets(rng: random.Random, plain_rounds: int) -> list[Secret]:
    """What is special, what only looks like it, and as much everyday talk as keeps a family or a job from being a secret."""
    found = []
    for path in sorted((HERE / "sensitive").glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            found.append(Secret(line[2:].rstrip(), path.stem if line.startswith("+ ") else ""))
    for path in [
        *sorted((HERE / "sensitive").glob("*.jsonl")),
        *sorted((HERE / "reader" / "special").glob("*.jsonl")),
        *(
            HERE / "strangers" / f"sensitive_{name}.jsonl"
            for name in ("a_second", "b_second", "evening", "night", "second_night")
        ),
    ]:
        found += [
            Secret(line["text"], line["category"] if line["sensitive"] else "") for line in _lines(path)
        ]
    talk = [
        line["text"]
        for path in [*_files("extraction"), *sorted((HERE / "reader" / "states").glob("*.jsonl"))]
        for line in _lines(path)
        if not _UNSPECIAL & {fact["relation"] for fact in line["facts"]} and not sensitive(line["text"])
    ]
    rng.shuffle(talk)
    plainly = [
        text for text, spans in plain.generate(plain_rounds, rng)[1] if not _UNSPECIAL & {s[1] for s in spans}
    ]
    rng.shuffle(plainly)
    found += [Secret(text, "") for text in [*talk[:EVERYDAY], *plainly[: EVERYDAY // 2]]]
    return [one for one in found if one.category in ("", *CATEGORIES)]


def ordered(rng: random.Random) -> list[Ordered]:
    """What gives orders and what only looks like it, beside messages of every kind."""
    paths = sorted((HERE / "reader" / "orders").glob("*.jsonl"))
    return [one for path in paths for one in orders_of(path)] + ordinary(rng)


def orders_of(path: Path) -> list[Ordered]:
    """What one author wrote."""
    return [Ordered(line["text"], line["orders"]) for line in _lines(path)]


def ordinary(rng: random.Random) -> list[Ordered]:
    """Messages of every kind, of which none gives orders."""
    talk = [
        line["text"]
        for folder in ("states", "special")
        for path in sorted((HERE / "reader" / folder).glob("*.jsonl"))
        for line in _lines(path)
    ]
    return [Ordered(text, False) for text in rng.sample(talk, ORDINARY)]


def _files(*names: str) -> Iterator[Path]:
    """Sets by strangers that are open, wherever they lie."""
    for path in sorted([*OPEN.glob("*.jsonl"), *(HERE / "strangers").glob("*.jsonl")]):
        measures = path.parent.name == "strangers" and path.stem.startswith(MEASURES)
        if path.stem.startswith(names) and not measures:
            yield path


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _found(text: str, value: str) -> Span | None:
    at = text.casefold().find(value.casefold())
    return (at, at + len(value)) if at >= 0 and len(text.casefold()) == len(text) else None


def _of_talk(path: Path, rng: random.Random) -> Iterator[Asked]:
    """Every message of a talk beside its question, alone and with the one before; not all where there are many."""
    for item in _lines(path):
        said = item.get("said") or item.get("facts") or item["turns"]
        question = item.get("ask") or item["question"]
        absent = item.get("absent", item.get("kind", "never") == "never")
        answers = [] if absent else item.get("expect") or item["answer"]
        pairs = []
        for place, text in enumerate(said):
            for passage in (text, f"{said[place - 1]} {text}") if place else (text,):
                span = next((span for answer in answers if (span := _found(passage, answer))), None)
                pairs.append(Asked(question, passage, span))
        if len(pairs) > 6:
            silent = [pair for pair in pairs if pair.span is None]
            pairs = [pair for pair in pairs if pair.span] + rng.sample(silent, min(4, len(silent)))
        yield from pairs


def _of_passages(path: Path) -> Iterator[Asked]:
    for line in _lines(path):
        for question, answer in line["asked"]:
            if span := _found(line["said"], answer):
                yield Asked(question, line["said"], span)
        for question in line["not"]:
            yield Asked(question, line["said"], None)


def _of_several(path: Path, rng: random.Random) -> Iterator[Asked]:
    """A question beside the message that answers it, beside those that only look so, and beside two of them together."""
    for line in _lines(path):
        said = line["said"]
        for question, place, answer in line["asked"]:
            span = _found(said[place], answer)
            if span is None:
                continue
            yield Asked(question, said[place], span)
            others = [text for at, text in enumerate(said) if at != place]
            yield from (Asked(question, text, None) for text in others)
            before = f"{said[place - 1]} " if place and rng.random() < TOGETHER else ""
            if before:
                yield Asked(question, before + said[place], (span[0] + len(before), span[1] + len(before)))
            if len(others) > 1 and rng.random() < TOGETHER:
                yield Asked(question, " ".join(others[:2]), None)
        for question in line["never"]:
            yield from (Asked(question, text, None) for text in said)


_KIN = frozenset(
    "sister brother mum mother dad father wife husband son daughter aunt uncle cousin niece nephew friend boss neighbour "
    "flatmate gran grandma grandad colleague".split()
)


def _of_somebody_else(pairs: list[Asked], rng: random.Random) -> list[Asked]:
    """Questions about somebody of whom the passage says nothing: a brother in place of the sister."""
    found = []
    for one in pairs:
        words = set(re.findall(r"[a-z]+", one.passage.lower()))
        both = sorted(_KIN & words & set(re.findall(r"[a-z]+", one.question.lower())))
        if one.span and both:
            other = rng.choice(sorted(_KIN - words))
            question = re.sub(rf"\b{both[0]}\b", other, one.question, flags=re.IGNORECASE)
            found.append(Asked(question, one.passage, None))
    return found


def _strangers(pairs: list[Asked], many: int, rng: random.Random) -> Iterator[Asked]:
    """Questions beside passages of somebody else that share no word with them."""
    while many:
        one, other = rng.choice(pairs), rng.choice(pairs)
        if not _words(one.question) & _words(other.passage):
            many -= 1
            yield Asked(one.question, other.passage, None)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{4,}", text.lower())) - _ASKING


def _labelled(line: dict[str, Any]) -> Told | None:
    """A message with its values; None where one of them is not in its words."""
    spans = []
    for fact in line["facts"]:
        relation = _NAMED.get(fact["relation"], fact["relation"])
        span = _found(line["text"], fact["value"])
        if relation not in RELATIONS or span is None:
            return None
        spans.append((span, relation, fact["about"] == "user"))
    return Told(line["text"], tuple(spans))
