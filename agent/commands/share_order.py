"""What somebody orders about sharing, as values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """Somebody of this name is to read what says the topic; no topic: everything. `span` and `until`: how long, in words."""

    reader: str
    topic: str = ""
    span: str = ""
    until: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Unshare:
    """Somebody of this name is to read no more."""

    reader: str
    language: str = "en"


# what stands before a topic and is no part of it
_WHOSE = re.compile(
    r"^(?:(?:my|our|the|mon|ma|mes|notre|nos|le|la|les|mein\w*|unser\w*|der|die|das|de[nm]|mis?|nuestr[ao]s?|el|los|las) |l')",
    re.IGNORECASE,
)


def share_order_of(kind: str, parts: Mapping[str, str], language: str) -> Share | Unshare | None:
    """The order that a phrase of this kind is; None for another kind of phrase.

    >>> share_order_of("share", {"words": "my garden", "value": "Ben", "span": "a week"}, "en")
    Share(reader='Ben', topic='garden', span='a week', until='', language='en')
    """
    words, value = parts.get("words", ""), parts.get("value", "")
    match kind:
        case "share":
            topic = _WHOSE.sub("", words)
            return Share(value, topic, parts.get("span", ""), parts.get("until", ""), language)
        case "unshare":
            return Unshare(words or value, language)
    return None
