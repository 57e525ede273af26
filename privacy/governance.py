"""What a person decided about their memory, and what follows from it: values and pure decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal, get_args

from .categories import NAMES, Found
from .sending import Rules

Purpose = Literal["remember", "answer", "learn", "history", "provider"]
Handling = Literal["ask", "never", "keep"]  # of what is sensitive
Treatment = Literal["placeholder", "redact", "keep"]  # of a personal detail

PURPOSES: Mapping[Purpose, str] = {
    "remember": "Keep what I say, so that it can be remembered.",
    "answer": "Use what is remembered in answers.",
    "learn": "Learn how I like things done.",
    "history": "Keep the conversations themselves.",
    "provider": "Send what an answer needs to the model I set up, also when it runs elsewhere.",
}
# what follows from a yes, and from a no
EFFECTS: Mapping[Purpose, tuple[str, str]] = {
    "remember": (
        "What you tell me becomes memories.",
        "Nothing new becomes a memory. What is there stays until you forget it.",
    ),
    "answer": (
        "Memories that fit are used, and named below each answer.",
        "No answer uses a memory. You can still look and forget.",
    ),
    "learn": (
        "Your corrections and thumbs change how I answer; you see each change.",
        "Nothing is learned from how you react to an answer.",
    ),
    "history": (
        "Conversations stay in the sidebar of the chat until you delete them.",
        "A new conversation is gone when it is closed. Memories of it may stay.",
    ),
    "provider": (
        "A model elsewhere gets what an answer needs, details as placeholders.",
        "Nothing is sent to a model elsewhere, and none is asked.",
    ),
}
HANDLINGS: tuple[Handling, ...] = get_args(Handling)
WAITS = timedelta(days=30)  # for a yes; then it goes
STRICTEST: tuple[Handling, ...] = ("never", "ask", "keep")


@dataclass(frozen=True, slots=True)
class Consent:
    """A yes or a no to one purpose, and when it was said."""

    purpose: Purpose
    given: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Objection:
    """What is about this topic is not used; or one memory is not, when the talk is about it."""

    id: str
    topic: str
    at: datetime
    memory: str = ""  # empty: every memory about the topic


@dataclass(frozen=True, slots=True)
class Masking:
    """How a person wants their details treated, beyond what is usual."""

    treatment: Mapping[str, Treatment] = field(default_factory=dict)  # by kind of detail
    always: tuple[str, ...] = ()  # words that are always masked
    never: tuple[str, ...] = ()  # words that are never masked


@dataclass(frozen=True, slots=True)
class Charter:
    """All that a person decided. An empty one holds the defaults; nothing here is ever guessed."""

    consents: tuple[Consent, ...] = ()  # oldest first; the last of a purpose holds
    handling: Mapping[str, Handling] = field(default_factory=dict)
    usual: Handling = "ask"  # of a category that nothing was decided about
    ask_first: bool = False  # what is said waits for a yes, all of it
    small_changes: bool = False  # to ways of answering hold at once, where only their wording moves
    keep_days: Mapping[str, int] = field(default_factory=dict)  # by kind of memory
    restricted_at: datetime | None = None  # since then everything is stored and nothing used
    objections: tuple[Objection, ...] = ()
    masking: Masking = field(default_factory=Masking)
    sending: Rules = field(default_factory=dict)  # what may go to which model elsewhere
    dates: Mapping[str, datetime] = field(
        default_factory=dict
    )  # of all other decisions, by what they are about

    def allows(self, purpose: Purpose) -> bool:
        """Whether this may be done now. Nothing is, while the whole is restricted.

        >>> Charter().allows("answer")
        True
        """
        if self.restricted_at is not None:
            return False
        said = [consent.given for consent in self.consents if consent.purpose == purpose]
        return said[-1] if said else True

    def since(self, purpose: Purpose) -> datetime | None:
        """When this purpose was last decided; None: never."""
        said = [consent.at for consent in self.consents if consent.purpose == purpose]
        return said[-1] if said else None

    def decided(self, purpose: Purpose, given: bool, at: datetime) -> Charter:
        return replace(self, consents=(*self.consents, Consent(purpose, given, at)))

    def handles(self, categories: Sequence[str]) -> Handling:
        """What becomes of a sentence of these categories: the strictest word about any of them.

        >>> Charter(handling={"union": "never"}).handles(["health", "union"])
        'never'
        """
        return min((self.handling.get(name, self.usual) for name in categories), key=STRICTEST.index)

    @property
    def keeps_whatever(self) -> bool:
        """Whether every category is simply kept, so that nothing has to be read for what is special.

        >>> Charter().keeps_whatever, Charter(usual="keep").keeps_whatever
        (False, True)
        """
        return self.handles(NAMES) == "keep"


@dataclass(frozen=True, slots=True)
class Aside:
    """A sentence that is taken out of what is kept: where it stood in the original, and why."""

    start: int
    end: int
    categories: tuple[str, ...]
    handling: Handling


def asides(found: Sequence[Found], charter: Charter) -> list[Aside]:
    """The sentences that are not simply kept."""
    handled = [Aside(f.start, f.end, f.categories, charter.handles(f.categories)) for f in found]
    return [aside for aside in handled if aside.handling != "keep"]


def marker(aside: Aside) -> str:
    """What stands in its place.

    >>> marker(Aside(0, 9, ("health",), "never"))
    '[not kept: health]'
    """
    named = ", ".join(aside.categories)
    return f"[not kept: {named}]" if aside.handling == "never" else f"[waiting for your yes: {named}]"


def overdue(charter: Charter, kind: str, recorded_at: datetime, now: datetime) -> bool:
    """Whether a memory is older than its person wants to keep its kind.

    >>> from datetime import UTC
    >>> now = datetime(2026, 11, 24, tzinfo=UTC)
    >>> overdue(Charter(keep_days={"episode": 30}), "episode", now - timedelta(days=31), now)
    True
    """
    days = charter.keep_days.get(kind)
    return days is not None and now - recorded_at > timedelta(days=days)
