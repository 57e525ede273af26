"""Whether somebody has a sister, a dog; and how many."""

from __future__ import annotations

import re
from functools import cache

from ..grammar.roles import ABOVE, ROLE_WORDS, labels_of
from ..questions import Question
from ..statements import Sentence, statements
from .firm import is_in_earnest
from .quotes import Evidence

_HAVE = r"@ (?:have|get|get_ed|own|adopt|adopt_ed)"
_SIBLINGS = r"@ be an only child|@ be the (?:\w+ )?(?:of|out of) \d+"
_USED_TO = re.compile(
    r"\bused to\b|\b(?:I|we) had (?!(?:an? )?(?:baby|boy|girl|son|daughter|twins)\b)", re.IGNORECASE
)


def having(question: Question, sentence: Sentence) -> Evidence | None:
    """A sentence that tells of one, or that there is none; for "how many", one with a number."""
    if not is_in_earnest(sentence) or (not question.past and _USED_TO.search(sentence.text)):
        return None
    for statement in statements(sentence, question.about):
        if statement.clause.standing == "stated" and _tells(question, statement.line):
            return Evidence(sentence, 1.1 if re.search(r"[A-Z]\w+", statement.line) else 1.0)
    if question.counts or question.about is not None:
        return None
    stated = any(clause.standing == "stated" for clause in sentence.clauses)
    mentioned = any(m.mine and question.role in m.labels for m in sentence.mentions)
    return Evidence(sentence, 1.0) if stated and mentioned else None


def _tells(question: Question, said: str) -> bool:
    has, counted, anothers = _patterns(question.role)
    return bool((counted if question.counts else has).search(said)) and not anothers.search(said)


@cache
def _patterns(role: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """How it is said that there is one, that there are so many, and that it is somebody else's."""
    words = sorted((w for w, r in ROLE_WORDS.items() if role in labels_of(r)), key=len, reverse=True)
    ones = "|".join(map(re.escape, words))
    somebody = "|".join(sorted(map(re.escape, ABOVE), key=len, reverse=True))
    has = rf"^no (?:{ones})\b|(?:@'s (?:(?!have|get)[\w-]+,? ){{0,2}}?|{_HAVE} (?:[\w-]+,? ){{0,5}}?)(?:{ones})\b"
    counted = (
        rf"(?:@'s|@ (?:have|get|get_ed) (?:[\w,-]+ ){{0,6}}?)\s?(?:\d+|a couple of) (?:[\w-]+ ){{0,2}}?(?:{ones})\b|"
        rf"\b(?:only child|twins|triplets)\b|@ be the (?:[\w-]+ ){{1,3}}of \d+|\d+ of @|\bthe \d+ (?:{ones})|"
        rf"@ (?:not have|have no) (?:any )?(?:{ones})"
    )
    if role in ("child", "son", "daughter"):
        counted += r"|@ be (?:an? |the )?(?:proud )?(?:mother|father|mum|mom|dad|parent) of \d+"
    if role in ("sibling", "brother", "sister"):
        has = f"{has}|{_SIBLINGS}"
    anothers = rf"@'s (?:[\w-]+ ){{0,2}}?(?:{somebody})(?: [A-Z]\w+)?(?:'s| have| get) .*?(?:{ones})\b"
    return re.compile(has), re.compile(counted), re.compile(anothers)
