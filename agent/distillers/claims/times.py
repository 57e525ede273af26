"""When something said is so: often, on a day to come, over, going on since long."""

from __future__ import annotations

import re
from typing import Literal

from spacy.tokens import Token

from ...grammar.kinds import THINGS
from ...grammar.verbs import is_past

Time = Literal["lasting", "moment", "over", "ahead"]

_DAY = "|".join(sorted(THINGS["day"] - {"today", "tomorrow"}, key=len, reverse=True))
_MONTH = "|".join(THINGS["month"])
_SEASON = "(?:autumn|spring|summer|winter)"
_UNIT = rf"(?:morning|evening|night|afternoon|day|week|weekend|month|year|lunchtime|{_SEASON}|{_DAY})"
OFTEN = re.compile(
    rf"\b(?:(?:every|each)(?: (?:other|second|single|\d+|two|three|four))? {_UNIT}s?|on (?:{_DAY}|weekday)s\b|(?:on|at) weekends?|"
    rf"(?:{_DAY}) (?:morning|evening|night|afternoon)s\b|in the (?:day(?:time)?|mornings?|evenings?|afternoons?|winters?|summers?)|"
    rf"at nights?|nights|(?:most|weekday) (?:morning|evening|night|day|weekend|{_DAY})s|(?:once|twice|\w+ times) an? (?:day|week|month|year)|"
    r"before (?:work|breakfast|bed)|after (?:work|dinner|school)|all year round|daily(?! \w)|weekly|nightly|monthly)\b",
    re.IGNORECASE,
)
WHEN = re.compile(
    rf"\b(?:next (?:week|month|year|weekend|{_SEASON}|{_DAY}|{_MONTH})|tomorrow|"
    rf"(?:on|this|by|from|until|till) (?:the )?(?:{_DAY}|{_MONTH}|\d+(?:st|nd|rd|th)?\b)|(?:in|from|until|this|by|for) (?:{_MONTH})\b|"
    rf"(?:in|this|next|from) (?:the )?(?:{_SEASON}|new year|easter|christmas)|in (?:a|two|three|four|five|six|\d+) (?:days?|weeks?|months?)|"
    rf"at \d{{1,2}}(?:[.:]\d\d)?\s?(?:am|pm|o'clock)?\b|\d{{1,2}}(?:[.:]\d\d)?\s?(?:am|pm)|(?:{_DAY})s?\b|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTH})|"
    rf"(?:{_MONTH}) (?:the )?\d{{1,2}}|on the \d+(?:st|nd|rd|th))\b",
    re.IGNORECASE,
)
LONG_AGO = re.compile(
    rf"\b(?:last (?:month|year|{_SEASON}|{_MONTH})|in (?:19|20)\d\d|(?:\w+ )?(?:years?|months|decades?) ago|this year|in (?:{_MONTH}))\b",
    re.IGNORECASE,
)
LIVING = re.compile(r"\bfor a living\b", re.IGNORECASE)
ONCE = re.compile(r"\b(?:before|once|ever)\b(?=\s*(?:[.,!?]|$))", re.IGNORECASE)
NOW = re.compile(
    r"\b(?:today|yesterday|last (?:night|week|weekend)|(?:\w+ )?(?:days?|weeks?|hours?) ago|tonight|right now|just now|at the moment|yet|this (?:morning|evening|time|week)|"
    r"(?:in|for|of) (?:that|this|your|the) last (?:one|answer|reply|message))\b",
    re.I,
)
SINCE = re.compile(
    r"\b(?:for (?:\w+ ){0,3}(?:years?|decades?|months?|ages|life)|since|always|all my life|\w+ years)\b",
    re.IGNORECASE,
)


def auxiliaries(head: Token) -> list[Token]:
    """The helping verbs; a verb joined to another shares them: "will read and write"."""
    own = [c for c in head.children if c.dep_ in ("aux", "auxpass")]
    alone = (
        head.dep_ == "conj"
        and head.tag_ == "VB"
        and not any(c.dep_ in ("nsubj", "nsubjpass") for c in head.children)
    )
    return own or (auxiliaries(head.head) if alone and head.head is not head else [])


def time_of(head: Token) -> Time:
    """When a clause is so, by the form of its verb."""
    helpers = {c.lower_ for c in auxiliaries(head)}
    if helpers & {"will", "shall", "'ll"}:
        return "ahead"
    if any(c.dep_ in ("aux", "auxpass") and c.tag_ == "VBG" for c in head.children):
        return "moment"  # "are getting married"
    if is_past(head) and not _may_be_present(head, helpers):
        return "over"
    if head.tag_ == "VBG" and "been" not in helpers:
        return "moment"
    return "lasting"


def _may_be_present(head: Token, helpers: set[str]) -> bool:
    """ "I knit", "I read": the parser may take a present for a past of the same spelling."""
    return head.lower_ == head.lemma_.casefold() and not helpers


def has_happened(head: Token) -> bool:
    """Told as done: "moved", "has moved"."""
    return time_of(head) not in ("moment", "ahead") and (
        is_past(head) or head.tag_ in ("VBN", "VBD") or head.lower_ == "quit"
    )
