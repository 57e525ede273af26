"""What is remembered: values without behaviour.

One envelope for all kinds (`Record`); what is particular to a kind is its `detail`.
All texts in a record are masked: a record may lie at rest, once sealed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from privacy.masked_text import MaskedText

from .times.periods import Period

Kind = Literal["episode", "fact", "preference", "procedure", "summary", "insight"]
Origin = Literal["said", "inferred", "imported", "web", "tool"]
FOREIGN = ("web", "tool")  # origins that are not the person's own words
# trial, active and retired are the stations of a procedure; paused: kept, and not used until its person says so
# quotation: an answer that only quotes. It stays with its conversation and goes with what it quotes; it is neither listed nor
# recalled, as it is no memory of its own
Status = Literal[
    "active", "superseded", "disputed", "archived", "quarantined", "trial", "retired", "paused", "quotation"
]
# of the chat, when a memory is forgotten: its lines stay, go blank, or the whole conversations go
Transcripts = Literal["keep", "blank", "delete"]
Polarity = Literal["likes", "dislikes", "neutral"]
Lesson = Literal["instruction", "correction", "edit", "thumb", "pattern", "model", "by hand"]

USER = MaskedText("user")  # the person themself
KINDS: tuple[Kind, ...] = ("episode", "fact", "preference", "procedure", "summary", "insight")


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """Something that was said: one turn of a conversation, verbatim but for its masking."""

    session: str  # the conversation it belongs to
    position: int  # its place in that conversation, from 0
    speaker: MaskedText  # "user", "assistant", or the name of a speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The words that a derived memory rests on: a stretch of one episode's masked text."""

    episode: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something believed about the world, and the words it was learned from."""

    subject: MaskedText  # "user" for the person themself
    relation: str
    object: MaskedText
    quote: Quote | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None  # None: still believed


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """What somebody likes, dislikes or wants, and in which situations."""

    aspect: str  # what it is about: "food", "answer length", "form of address"
    value: MaskedText
    polarity: Polarity
    subject: MaskedText = USER  # or somebody close to them
    scope: str = ""  # "when writing code"; empty: always
    explicit: bool = True
    quote: Quote | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """A way of doing things: what to do, when, and how that was learned.

    Its words never change: another wording is another edition, a memory of its own that `replaces` this one,
    so that forgetting the words behind an edition takes exactly that edition.
    """

    rule: MaskedText  # "use grams"
    trigger: MaskedText  # "I ask for a recipe"; empty: always, or only like the turns it was wanted in
    scope: Literal["always", "situation"]
    learned: Lesson
    edition: int = 1
    replaces: str = ""  # the edition before
    approval: bool = False  # on trial it applies to nothing until its person approves
    quote: Quote | None = None


Detail = Episode | Fact | Preference | Procedure


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The envelope every memory travels in."""

    id: str  # UUIDv7: sorts by the moment it was recorded
    owner: str  # keyed pseudonym, never a name
    kind: Kind
    text: MaskedText
    occurred_at: datetime
    recorded_at: datetime
    detail: Detail
    importance: float = 0.5
    confidence: float = 1.0
    sources: tuple[str, ...] = ()  # the episodes it was learned from; empty for an episode
    origin: Origin = "said"
    status: Status = "active"
    version: int = 1
    keep_until: datetime | None = None  # like the status a matter of today, not of a version
    merged_into: str = ""  # the memory that says the same and is used instead


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """Something somebody said, on its way in: plain text, not yet masked."""

    text: str
    speaker: str = "user"
    session: str = "default"
    at: datetime | None = None  # when it was said; None: now
    when: str = ""  # the date as the source wrote it, if it could not be read as a date
    origin: Origin = "said"
    because: tuple[str, ...] = ()  # memories that these words restate: forgotten together with them
    quotation: bool = False  # and say nothing beyond them


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Something that waits for its person's yes: a sentence that is sensitive, or a whole memory."""

    id: str
    text: str
    memory: str  # where it was said; the same as `id` when all of it waits
    reasons: tuple[
        str, ...
    ]  # categories; "asked first"; "like an order to a model"; or its origin: "web", "tool"
    at: datetime
    until: datetime  # then it goes


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A memory that a distiller proposes: plain text, unchecked. Code decides whether it is kept.

    `quote` is copied from the episode's text; a draft whose quote is not found there is refused.
    """

    kind: Literal["fact", "preference"]
    text: str  # one self-contained sentence in the third person: "The user lives in Lyon."
    episode: str  # the id of the episode it was learned from
    quote: str
    because: tuple[str, ...] = ()  # memories it was concluded from, beyond the episode
    subject: str = "user"
    relation: str = ""
    object: str = ""
    polarity: Polarity = "neutral"
    aspect: str = ""
    scope: str = ""
    explicit: bool = True
    confidence: float = 0.9
    importance: float = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A procedure that somebody proposes: plain text. It is kept only if its quote stands in its episode."""

    rule: str
    episode: str
    quote: str
    learned: Lesson
    trigger: str = ""
    scope: Literal["always", "situation"] = "situation"
    status: Status = "trial"
    edition: int = 1
    replaces: str = ""
    approval: bool = False
    origin: Origin = "said"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A memory as its owner sees it: placeholders turned back, in memory only, never stored."""

    id: str
    kind: Kind
    text: str
    occurred_at: datetime
    recorded_at: datetime
    origin: Origin
    status: Status
    version: int
    importance: float
    confidence: float
    keep_until: datetime | None = None  # then it is forgotten; None: its person says when
    merged_into: str = ""  # the memory that says the same and is used instead
    speaker: str = ""  # episodes: who said it
    session: str = ""  # episodes: in which conversation
    position: int = 0
    aside: tuple[str, ...] = ()  # episodes: markers of sentences that were not simply kept
    quote: str = ""  # derived memories: the words they rest on
    sources: tuple[str, ...] = ()
    subject: str = ""  # facts and preferences: "user" or somebody close
    valid_from: datetime | None = None  # facts
    valid_until: datetime | None = None
    relation: str = ""
    object: str = ""
    aspect: str = ""  # preferences
    polarity: Polarity = "neutral"
    scope: str = ""  # preferences, procedures
    rule: str = ""  # procedures
    trigger: str = ""
    learned: str = ""
    edition: int = 1
    replaces: str = ""
    needs_approval: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One part of a score, in a word and a number; the parts add up to the score."""

    name: str  # "words", "meaning", "neighbour", "conversation", ...
    value: float
    memory: str = ""  # the memory that gave it, where another one did


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A memory that was found, how well it fits, and why."""

    memory: Shown
    score: float
    meaning: float = 0.0  # cosine of question and memory, -1..1
    coverage: float = 0.0  # share of the question's rare words that the memory holds, 0..1
    reasons: tuple[Reason, ...] = ()


Absence = Literal["budget", "superseded", "consent", "waiting", "access"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Memories that are not among the hits, and why: there was no room, something newer took their place, their person
    does not want them used or has not said yes to them yet, or a grant does not show them (these are not even counted)."""

    why: Absence
    memories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recollection:
    """What came to mind for a question, best first, and whether any of it seems to answer it."""

    question: str
    hits: tuple[Hit, ...] = ()
    abstained: bool = False  # nothing found that seems to be about the question
    relevance: float = 0.0  # how likely it is that something found is about the question, 0..1
    signs: tuple[Reason, ...] = ()  # what that rests on: "nearness" and "words" of the best
    considered: int = 0  # how many memories were looked at
    near_misses: tuple[Hit, ...] = field(default=())
    left_out: tuple[LeftOut, ...] = ()
    during: Period | None = None  # the time that was asked about
    trouble: str = ""  # what it had to do without, and what to do about it: a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a list."""

    memories: tuple[Shown, ...]
    total: int
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgetting:
    """What forgetting has done so far: `hidden` from every answer, then `destroyed` for good."""

    id: str
    state: Literal["hidden", "destroyed", "undone"]
    memories: tuple[str, ...]  # ids: what was asked for and what rested only on it
    rewritten: tuple[str, ...] = ()  # episodes of which only the sentence was taken out
    hidden_at: datetime
    undo_until: datetime
    destroyed_at: datetime | None = None
    transcripts: Transcripts = "keep"
    probes: tuple[tuple[str, int], ...] = ()  # after destruction: what each check still finds
    pending: tuple[str, ...] = ()  # what is still to be done: "log", "checks", "index bytes", "backup keys"
