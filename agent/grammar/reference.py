"""Which words stand for whom a question is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from spacy.tokens import Doc, Token

from .people import Mention, is_me, is_my, same

Refers = Callable[[Token], str | None]  # "@", "@'s" at the first word of a mention; "" at its other words


def refers_to(doc: Doc, found: Sequence[Mention], whom: Mention | None) -> Refers:
    """How each word stands for somebody, the speaker for None; None for words that do not."""
    if whom is None:
        return lambda token: ("@'s" if is_my(token) else "@") if is_me(token) else None
    marks: dict[int, str] = {}
    for mention in found:
        if same(whom, mention):
            pronoun = mention.end - mention.start == 1 and doc[mention.start].pos_ == "PRON"
            marks.update(dict.fromkeys(range(mention.start, mention.end), ""))
            marks[mention.start] = "@'s" if pronoun and mention.possessive else "@"
    return lambda token: marks.get(token.i)
