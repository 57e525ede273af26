"""Verbs: in their base form, with their particle, and whether they say how it was."""

from __future__ import annotations

from spacy.tokens import Token

from .lexicon import words


def base(token: Token) -> str:
    if token.lower_ in ("'m", "'re", "'s", "am", "are", "is", "was", "were", "be", "been", "being"):
        return "be"
    return token.lemma_.casefold()


_PARTICLES = words("up down off out over back away aside in on")


def verb_of(token: Token) -> str:
    """A verb with its particle: "get up" is not "get".

    The parser calls the particle many things; what counts is that no noun follows it.
    """
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    apart = (c for c in token.children if c.dep_ in ("prt", "advmod") and c.lower_ in _PARTICLES)
    particle = next(apart, None) or after
    if (
        particle is not None
        and particle.lower_ in _PARTICLES
        and not any(c.dep_ == "pobj" for c in particle.children)
    ):
        return f"{base(token)}-{particle.lower_}"
    return base(token)


def is_past(token: Token) -> bool:
    """Simple past, which says how it was; "have lived" says how it is."""
    if token.tag_ == "VBD" and not any(c.dep_ == "aux" and c.lemma_ == "have" for c in token.children):
        return True
    return any(c.dep_ == "aux" and c.lower_ in ("did", "was", "were") for c in token.children)
