"""Whose a value is: the writer's own, or of somebody close to them, by the grammar of its sentence."""

from __future__ import annotations

from spacy.tokens import Doc

from ..grammar.kinds import THINGS
from ..grammar.mentions import mentions
from ..grammar.people import Mention, Names, is_me, is_my, owner_of
from ..grammar.roles import is_role, role_of
from ..grammar.spelling import sentences
from ..grammar.words_at import verb_over, word_at
from ..parsing import Parse
from ..reader.stating import Stated
from .claims.naming import who_is
from .claims.tastes import TASTES

_OF_ANYBODY = frozenset(
    "from speaks works_as works_at studies studies_at age condition allergic_to takes diet".split()
)


def is_of_writer(one: Stated, doc: Doc, place: int) -> bool:
    """Whether a value is the writer's: as reading says, but where its verb has a subject that tells: "my dad is 70 and I'm diabetic",
    "I'm from Accra and my fiancée is Finnish"."""
    at = word_at(doc, place)
    above = [] if at is None else [at, *at.ancestors]
    verb = verb_over(at)
    subject = None if verb is None else next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if verb is None or subject is None or one.relation not in _OF_ANYBODY | TASTES.keys():
        return one.mine
    between = above[1 : above.index(verb)]
    if any(is_me(token) and not is_my(token) for token in (subject, *subject.conjuncts)):
        return one.mine or all(token.pos_ == "ADP" for token in between)  # but "I have a diabetic cat"
    owner = owner_of(subject)
    return one.mine and not (owner is not None and is_my(owner) and is_role(role_of(subject)))


def spoken_of(said: str, parse: Parse, people: Names) -> Mention | None:
    """Whom "he" in what follows means: the one close to the writer who was spoken of last."""
    last: Mention | None = None
    for doc in parse(sentences(said)):
        last = next((m for m in reversed(mentions(doc, people, last)) if m.mine and _is_close(m)), last)
    return last


def whose(doc: Doc, place: int, people: Names, before: Mention | None) -> str | None:
    """Whose a value is: of those close to the writer who are mentioned before it the last, else the first behind it.
    `before`: who was spoken of in the sentences before."""
    close = [m for m in mentions(doc, people, before) if _is_close(m)]
    named = [m for m in close if doc[m.start].idx < place]
    chosen = named[-1] if named else close[0] if close else None
    return who_is(chosen) if chosen is not None else None


def _is_close(mention: Mention) -> bool:
    if mention.names and not mention.role and all(n.casefold() in THINGS["language"] for n in mention.names):
        return False  # "she is learning Irish"
    return bool(mention.names) or (mention.mine and is_role(mention.role))
