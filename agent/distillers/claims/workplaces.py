"""Whether a place is told of one's work: "a nurse in Leeds" need not live there."""

from __future__ import annotations

from spacy.tokens import Token

from ...grammar.lexicon import words
from .kinds import is_job

_WORK = words(
    "work working teach commute job post position shift office desk employer company firm workplace practice clinic "
    "hospital ward lab shop studio"
)
_HOME = words("live reside dwell settle move relocate stay rent buy own grow base bear from")


def is_of_work(place: Token) -> bool:
    """Whether what a place hangs on is work, and nothing of it is living: "I live and work in Leeds" is both."""
    above = list(place.ancestors)
    clause = next((token for token in above if token.pos_ in ("VERB", "AUX")), None)
    beside = [] if clause is None else [c for c in clause.children if c.dep_ in ("nsubj", "attr", "dobj")]
    told = {token.lemma_.casefold() for token in above}
    of_work = any(t.lemma_.casefold() in _WORK or is_job(t) for t in (*above, *beside))
    return of_work and not told & _HOME
