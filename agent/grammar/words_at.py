"""Words of a sentence by where they stand in it."""

from __future__ import annotations

from spacy.tokens import Doc, Token


def word_at(doc: Doc, place: int) -> Token | None:
    """The word that a character belongs to, or the next one."""
    return next((token for token in doc if token.idx + len(token) > place), None)


def words_within(doc: Doc, start: int, end: int) -> list[Token]:
    """The words that begin between two characters."""
    return [token for token in doc if start <= token.idx < end]


def top_of(words: list[Token]) -> Token:
    """The word that the others hang on."""
    return next(token for token in words if token.head.i == token.i or token.head not in words)


def verb_over(token: Token | None) -> Token | None:
    """The next verb above a word, or the word itself."""
    return (
        None
        if token is None
        else next((t for t in (token, *token.ancestors) if t.pos_ in ("VERB", "AUX")), None)
    )
