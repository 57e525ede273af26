"""Which command a message is, if it is one: pure.

Only a message that begins with the command counts: what is told in passing is told, not ordered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .phrases import ANSWERS, PHRASES
from .share_order import Share, Unshare, share_order_of
from .skill_order import SkillOrder, skill_order_of


@dataclass(frozen=True, slots=True)
class Remember:
    """Keep these words."""

    words: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Forget:
    """Forget what says this; no words: what was said last."""

    words: str
    never: bool = False  # and do not learn it again
    language: str = "en"


@dataclass(frozen=True, slots=True)
class ForgetEverything:
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Know:
    """Tell what is known about this; no topic: about the person."""

    topic: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Why:
    """Tell what the last answer rests on."""

    language: str = "en"


@dataclass(frozen=True, slots=True)
class Undo:
    """Take the last forgetting back."""

    language: str = "en"


@dataclass(frozen=True, slots=True)
class Ended:
    """What these words say is over; no words: what the last answer rests on. `until`: a day in words."""

    words: str = ""
    until: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class NotMine:
    """What these words say is not about the person."""

    words: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Confirm:
    """What these words say is so."""

    words: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Correct:
    """What these words say is otherwise: `value`. `by_value`: the words are the value that is wrong."""

    words: str
    value: str
    by_value: bool = False
    language: str = "en"


@dataclass(frozen=True, slots=True)
class NotHere:
    """Not to be used for questions like the last one."""

    words: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class UseAgain:
    """To be used for everything again."""

    words: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Pause:
    """To be kept and used in no answer."""

    words: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Resume:
    """What was paused is used again."""

    words: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class KeepUntil:
    """To be kept until a day in words; none: until its person forgets it."""

    words: str = ""
    until: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Merge:
    """Two of these names are one."""

    one: str
    other: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Apart:
    """What these words say is about another of this name."""

    words: str
    name: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Switch:
    """Memory on or off."""

    on: bool
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What is done on a page: "export"."""

    what: str
    language: str = "en"


Aside = Pause | Resume | KeepUntil
WhoIsWho = Merge | Apart
Sharing = Share | Unshare
Revision = (
    Ended
    | NotMine
    | Confirm
    | Correct
    | NotHere
    | UseAgain
    | Aside
    | WhoIsWho
    | Sharing
    | SkillOrder
    | Switch
    | Elsewhere
)
Command = Remember | Forget | ForgetEverything | Know | Why | Undo | Revision

LONGEST = 600  # characters of a message that may be a command
_NEVER = re.compile(
    r",?\s+(?:and|et|und|y)\s+(?:never|don'?t ever|do not ever|ne|nie|lerne? (?:es )?nie|nunca)\b.*$",
    re.IGNORECASE,
)
_FROM_MEMORY = re.compile(r" (?:from|in) (?:your |my )?memory$", re.IGNORECASE)
_GOES_ON = re.compile(
    r", (?:he|she|it|they|we|you|i)\b", re.IGNORECASE
)  # "forget about him, he's a fool" orders nothing


def command_of(text: str) -> Command | None:
    """The command that a message is.

    >>> command_of("Please forget that I play the cello.")
    Forget(words='I play the cello', never=False, language='en')
    >>> command_of("What do you know about me?"), command_of("I forget everything these days.")
    (Know(topic='', language='en'), None)
    >>> command_of("That was true until 3 May 2025."), command_of("It's Porto, not Lyon.")
    (Ended(words='', until='3 May 2025', language='en'), Correct(words='Lyon', value='Porto', by_value=True, language='en'))
    """
    line = " ".join(text.replace("’", "'").split()).rstrip(" .!?…").strip()
    if not line or len(text) > LONGEST:
        return None
    for kind, language, pattern in PHRASES:
        if match := pattern.fullmatch(line):
            parts = {name: (said or "").strip(' ,:;"“”«»„') for name, said in match.groupdict().items()}
            words = parts.get("words", "")
            if kind == "forget" and _GOES_ON.search(words):
                return None
            return revision_of(kind, parts, language) or _command(kind, words, language)
    return None


def revision_of(kind: str, parts: Mapping[str, str], language: str) -> Revision | None:
    """What is to become of a belief, or of memory as a whole; None for another kind of command."""
    words = parts.get("words", "")
    match kind:
        case "ended":
            return Ended(words, parts.get("until", ""), language)
        case "not mine":
            return NotMine(words, language)
        case "confirm":
            return Confirm(words, language)
        case "correct" | "not but":
            return Correct(words, parts["value"], kind == "not but", language)
        case "not here":
            return NotHere(words, language)
        case "use again":
            return UseAgain(words, language)
        case "pause":
            return Pause(words, language)
        case "resume":
            return Resume(words, language)
        case "until" | "for good":
            return KeepUntil(words, parts.get("until", ""), language)
        case "merge":
            return Merge(words, parts["value"], language)
        case "apart":
            return Apart(words, parts["value"], language)
        case "on" | "off":
            return Switch(kind == "on", language)
        case "export":
            return Elsewhere(kind, language)
    return share_order_of(kind, parts, language) or skill_order_of(kind, parts, language)


def _command(kind: str, words: str, language: str) -> Command:
    match kind:
        case "remember":
            return Remember(words, language)
        case "forget":
            words = _FROM_MEMORY.sub("", words)
            kept = _NEVER.sub("", words)
            return Forget(kept, kept != words, language)
        case "forget everything":
            return ForgetEverything(language)
        case "know":
            return Know(words, language)
        case "why":
            return Why(language)
        case _:
            return Undo(language)


def agreed(text: str) -> bool | None:
    """Whether a message says yes or no to what was asked; None when it says something else.

    >>> agreed("Yes, please!"), agreed("no"), agreed("I live in Lyon.")
    (True, False, None)
    """
    line = " ".join(re.findall(r"[^\W_]+", text.casefold()))
    return next((meant for meant, words in ANSWERS.items() if line in words), None)
