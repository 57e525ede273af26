"""How firmly a clause is said: stated, told by somebody else, wished for, supposed or asked."""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Token

from .lexicon import words
from .verbs import base

Standing = Literal["stated", "told", "wished", "supposed", "asked"]

_SAYING = words("say tell think reckon claim believe joke swear insist suggest ask wonder hear guess read")
_TELLING = words("say tell cry whisper shout reply growl mutter sigh answer")
_NOT_SO = words("if unless whether like though")  # "if I lived", "as if", "I feel like I'm 80"
_MODALS = words("would could might may should")


def standing_of(head: Token) -> Standing:
    """How firmly it is said: told by somebody else, wished for, supposed, or simply stated."""
    children = list(head.children)
    if any(c.lower_ in _NOT_SO and c.dep_ in ("mark", "advmod", "prep") for c in children if c.i < head.i):
        return "supposed"
    if any(c.lower_ == "rather" for c in children) or head.lemma_ == "prefer":
        return "stated"  # "I'd rather be called Nick"
    if any(c.lower_ in ("maybe", "perhaps", "possibly") for c in children):
        return "supposed"
    if _is_promised(head):
        return "stated"
    if any(c.dep_ == "aux" and (c.lower_ in _MODALS or c.lemma_ == "would") for c in children):
        return "wished" if head.lemma_ in ("love", "like", "want") else "supposed"
    if base(head) != "be" and any(c.dep_ == "advmod" and c.lower_ in ("nearly", "almost") for c in children):
        return "supposed"  # "I nearly bought one"
    if head.i == 0 and head.tag_ == "VB" and head.lower_ in ("imagine", "suppose", "say", "pretend"):
        return "supposed"
    if head.lower_ in ("wish", "wished") and not _is_greeting(head):
        return "wished"
    if head.dep_ in ("ccomp", "advcl") and any(
        c.tag_ in ("WRB", "WP", "WDT") and not (head.dep_ == "advcl" and c.lower_ in _ANY_TIME)
        for c in children
        if c.i < head.i
    ):
        return "asked"  # "he asked where I am going"
    above = head.head
    if head.dep_ == "ccomp" and base(above) == "be" and any(c.dep_ == "neg" for c in above.children):
        return "supposed"  # "it's not that I dislike it"
    if head.dep_ == "ccomp" and above.lemma_ in _SAYING and _is_doubted(above):
        return "supposed"  # "I wouldn't say I dislike it"
    if head.dep_ == "ccomp" and above.lemma_ in _TELLING and above.i > head.i and not _is_said_by_me(above):
        return "told"  # "I hate my life, said the wolf"
    if head.dep_ in ("ccomp", "conj") and above.i < head.i and above is not head:
        if above.lemma_ in ("wish", "imagine", "suppose", "pretend", "dream") and not _is_greeting(above):
            return "supposed"
        if head.dep_ == "ccomp" and above.lemma_ in _SAYING and not _is_said_by_me(above):
            return "told"
    return "stated"


def _is_said_by_me(saying: Token) -> bool:
    return any(c.dep_ == "nsubj" and c.lower_ in ("i", "we") for c in saying.children)


def _is_doubted(saying: Token) -> bool:
    return any(c.dep_ == "neg" or (c.dep_ == "aux" and c.lower_ in _MODALS) for c in saying.children)


def _is_greeting(head: Token) -> bool:
    """ "Wish me luck": nothing is wished for that would be otherwise."""
    after = head.doc[head.i + 1] if head.i + 1 < len(head.doc) else None
    given = after is not None and after.lower_ in _GIVEN and after.dep_ != "poss"
    return (
        head.lower_ == "wish" and given and not any(c.dep_ == "nsubj" and c.i < head.i for c in head.children)
    )


_GIVEN = words("me us him her them")


def is_intended(head: Token) -> bool:
    """ "I hope it is", "I'm hoping to", "thinking of keeping it": it may come to be, and is not said to be so."""
    if head.dep_ == "ccomp" and head.head.lemma_ in ("hope", "wish"):
        return True
    if head.lower_ in ("hope", "hoping", "hoped"):
        return any(c.dep_ == "xcomp" for c in head.children)
    thought = (c for c in head.children if c.dep_ == "prep" and c.lower_ in ("of", "about"))
    return head.lower_ == "thinking" and any(c.dep_ == "pcomp" for prep in thought for c in prep.children)


_ANY_TIME = words("when whenever wherever")  # "I get migraines whenever I skip breakfast"


def _is_promised(head: Token) -> bool:
    """ "I said I'd bring the salad"."""
    mine = any(c.dep_ == "nsubj" and c.lower_ in ("i", "we") for c in head.head.children)
    promised = head.dep_ == "ccomp" and head.head.lemma_ in ("say", "promise", "agree") and mine
    return promised and any(c.dep_ == "aux" and c.lower_ == "would" for c in head.children)
