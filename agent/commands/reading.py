"""Which command a message is, if it is one: pure.

Only a message that begins with the command counts: what is told in passing is told, not ordered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .phrases import ANSWERS, PHRASES


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


Command = Remember | Forget | ForgetEverything | Know | Why | Undo

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
    """
    line = " ".join(text.replace("’", "'").split()).rstrip(" .!?…").strip()
    if not line or len(text) > LONGEST:
        return None
    for kind, language, pattern in PHRASES:
        if match := pattern.fullmatch(line):
            words = (match.groupdict().get("words") or "").strip(' ,:;"“”«»„')
            return None if kind == "forget" and _GOES_ON.search(words) else _command(kind, words, language)
    return None


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
