"""What holds an answer and does not say it: what is denied, supposed, intended, or only asked."""

from __future__ import annotations

import string

from spacy.tokens import Doc, Token

from ..grammar.clauses import Clause, clauses
from ..grammar.lexicon import words
from ..grammar.people import is_my
from ..grammar.standing import is_intended
from .choice import Answered


def is_unsaid(one: Answered) -> bool:
    """ "Perhaps I should keep it under the mat", "I'm not meeting Odile": it was read well enough.

    People run on from a statement into a question ("at home I've got an old iMac, worth adding memory?"): then what stands
    before the turn counts.
    """
    answer = frozenset(
        word.strip(string.punctuation) for word in one.sentence.text[one.start : one.end].casefold().split()
    )
    if all(_is_said(clause, answer) for clause in one.sentence.clauses):
        return False
    doc = one.sentence.doc
    last = max((token.i for token in doc if token.lower_ in answer), default=len(doc))
    said = _said_before(doc, last) or one.sentence.clauses
    unsaid = [clause for clause in said if not _is_said(clause, answer)]
    asked = all(clause.standing == "asked" and not clause.negated for clause in unsaid)
    return bool(unsaid) and not (asked and _is_taken_for_granted(doc, answer))


def _is_said(clause: Clause, answer: frozenset[str]) -> bool:
    """Whether a clause says what it holds of an answer, if anything."""
    firm = clause.standing in ("stated", "told") and not clause.negated and not is_intended(clause.head)
    return firm or answer.isdisjoint(token.lower_ for token in clause.tokens)


_TURNS = words("any what how why when where who which is are do does did should would could can worth")


def _said_before(doc: Doc, last: int) -> list[Clause]:
    """The clauses up to where a sentence turns after a word of it, read as if nothing followed; none where it does not turn."""
    end = next((t.i for t in doc[last + 1 :] if _turns(t)), len(doc))
    if sum(token.is_alpha for token in doc[end:]) < 2:
        return []
    before = doc[:end].as_doc()
    for token in before:
        if token.head.i == token.i:  # what it hung on is cut off
            token.dep_ = "ROOT"
    return clauses(before)


def _turns(token: Token) -> bool:
    """A pause, a sign that is no word, or a word that opens a question."""
    is_sign = not token.text[0].isalnum() and token.text not in (
        "'",
        "’",
        "-",
        "'s",
        "’s",
        "&",
        "£",
        "$",
        "€",
        "%",
    )
    return is_sign or (token.lower_ in _TURNS and token.dep_ in ("ROOT", "aux", "det", "advmod"))


def _is_taken_for_granted(doc: Doc, answer: frozenset[str]) -> bool:
    """ "Can you write to my landlord Mr Pemberton?": the question goes without saying who that is."""
    return any(
        token.lower_ in answer and token.pos_ == "PROPN" and any(is_my(t) for t in _of_one_name(token))
        for token in doc
    )


def _of_one_name(token: Token) -> list[Token]:
    """What describes a name, and what it describes."""
    above = token.head if token.dep_ in ("appos", "compound") else token
    return [*above.children, *token.children]
