"""From what is known of a person to how they are answered: pure, and said in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from memory.records import Shown
from memory.voices import to_you

from .languages import language_of

ADDRESS, LANGUAGE, LENGTH, UNITS = "form of address", "language", "answer length", "units"
ASPECTS = (ADDRESS, LANGUAGE, LENGTH, UNITS)
LANGUAGES = {
    "english": "en", "french": "fr", "german": "de", "spanish": "es", "italian": "it", "portuguese": "pt",
    "dutch": "nl",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Style:
    """How one person wants to be answered: the newest wish for each aspect."""

    wishes: dict[str, Shown] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return self._value(ADDRESS)

    @property
    def brief(self) -> bool:
        return self._value(LENGTH) == "short"

    def language(self, text: str) -> str:
        """The language to answer a text in: the one asked for, else the one it is written in."""
        return LANGUAGES.get(self._value(LANGUAGE).casefold(), "") or language_of(text) or "en"

    def _value(self, aspect: str) -> str:
        wish = self.wishes.get(aspect)
        return wish.object if wish else ""


PLAIN = Style()


def style_of(preferences: Iterable[Shown]) -> Style:
    """The newest active wish for each aspect."""
    wishes: dict[str, Shown] = {}
    for memory in sorted(preferences, key=lambda memory: memory.id):
        own = memory.subject in ("", "user")
        if own and memory.aspect in ASPECTS and memory.status == "active":
            wishes[memory.aspect] = memory
    return Style(wishes)


def instruction(wish: Shown) -> str:
    """A wish as a model is told it."""
    match wish.aspect:
        case "form of address":
            return f"Call this person {wish.object}."
        case "language":
            return f"Answer in {wish.object}."
        case "answer length":
            return "Keep answers short." if wish.object == "short" else "Answer at length, with details."
        case _:
            return f"Use {wish.object} units."


def explanation(memory: Shown) -> str:
    """Why something about a person is taken into account, for the person, in plain words."""
    day = f"{memory.occurred_at:%-d %B %Y}"
    if memory.aspect in ASPECTS:
        return f"{instruction(memory)} You asked for it on {day}."
    because = f" Because you said on {day}: “{memory.quote}”" if memory.quote else f" Since {day}."
    return f"{to_you(memory.text)}{because}"
