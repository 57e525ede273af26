"""What people leave out when they type, put back for the parser: "been a nurse for years" is "I have been ...".

A subject the parser loses is named once more: "my stepdad fixes organs" is read as "my stepdad, he fixes organs".
"""

from __future__ import annotations

import re

from ..grammar.roles import ABOVE, ROLE_WORDS, SHE
from .claims.claim import word_list

_LEAD = r"^(?P<lead>(?:(?:so|and|but|well|ok|okay|also|just|recently|still|really|absolutely|honestly|btw|hi|hey|hello|yes|no)[, ]+)*)"
_STATES = "|".join(
    re.escape(word)
    for word in sorted(
        word_list("diets")
        | word_list("ailing")
        | word_list("states")
        | {"allergic", "intolerant", "fluent", "due"},
        key=len,
    )
)
_LEFT_OUT: tuple[tuple[str, str], ...] = (
    (r"been\b", "I have been"),
    (
        r"(?P<word>doing|working|living|studying|training|learning|trying|saving|taking|making|building|getting|hoping|planning|suffering|"
        r"moving|going|having|expecting|recovering|loving|writing|restoring)\b(?! (?:is|was|up|means|can|with you)\b)(?!.* (?:is|was|means|meant|makes|made|helps|helped|feels|felt|gives|gave|has|can|would|will|requires|takes|seems) )",
        r"I am \g<word>",
    ),
    (r"(?P<word>born)\b", r"I was \g<word>"),
    (
        r"(?P<word>got|had|moved|turned|started|quit|retired|bought|broke|finished|passed|adopted|lost|gave up|signed up|went|grew up|met|joined|"
        r"married|spent|stopped|inherited)\b(?! (?:it|that|this|you|by|I|we|my|he|she|they)\b)",
        r"I \g<word>",
    ),
    (r"(?P<word>love|hate|loathe|adore|detest|dislike)\b(?! (?:it|this|that|you)\b)", r"I \g<word>"),
    (r"(?P<word>can not (?:stand|bear|abide|stomach|eat|have|do|get enough|resist))\b", r"I \g<word>"),
    (
        rf"(?P<word>(?:\w+ months |\d+ weeks )?(?:{_STATES}))\b(?! (?:is|are|was|food|recipes?|\w+ (?:is|are)))",
        r"I am \g<word>",
    ),
    (r"(?P<word>never (?:eat|drink|touch|smoke|liked?|cared for))\b", r"I \g<word>"),
)
_RULES = tuple((re.compile(_LEAD + left_out, re.IGNORECASE), put) for left_out, put in _LEFT_OUT)
_SHORT = re.compile(r"\b(my|our) (?:da|pa)\b", re.IGNORECASE)
_ROLES = "|".join(sorted((re.escape(word) for word in ROLE_WORDS), key=len, reverse=True))
_SUBJECT = re.compile(
    rf"^(?P<whole>(?:(?:so|and|but|because|since)\s+)?(?:my|our)\s+(?:[\w-]+\s+){{0,2}}?(?P<role>{_ROLES})(?P<name>,?\s(?-i:[A-ZÀ-Þ])[\w'’-]+,?)?)"
    r"(?=\s(?-i:(?!is\b|was\b|has\b|does\b|its\b|as\b|plus\b|days?\b)[a-z]+s)\s\w)",
    re.IGNORECASE,
)


def restored(words: str) -> str:
    """Words with the subject that was left out or that would be lost.

    >>> restored("been on statins for a year"), restored("my stepdad fixes church organs")
    ('I have been on statins for a year', 'my stepdad, he fixes church organs')
    >>> restored("make me a list"), restored("my sister is a nurse")
    ('make me a list', 'my sister is a nurse')
    """
    for pattern, put in _RULES:
        if pattern.match(words):
            return pattern.sub(rf"\g<lead>{put}", words, count=1)
    return _SUBJECT.sub(_named_again, _SHORT.sub(r"\1 dad", words), count=1)


def _named_again(subject: re.Match[str]) -> str:
    role = ROLE_WORDS[subject.group("role").casefold()]
    pronoun = "she" if SHE in ABOVE.get(role, frozenset()) else "he"
    return f"{subject.group('whole').rstrip(',')}, {pronoun}"
