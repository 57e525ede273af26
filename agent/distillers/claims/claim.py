"""A claim, and the words that are its value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.lang.en.lex_attrs import like_num
from spacy.tokens import Token

from memory.records import Polarity

from ...grammar.clauses import Clause
from ...grammar.lexicon import listed, table, words
from ...grammar.verbs import base, verb_of

WORDS = table("claims.yaml")


def word_list(name: str) -> frozenset[str]:
    return frozenset(listed(" ".join(WORDS[name].split())))


@dataclass(frozen=True, slots=True)
class Claim:
    """What one clause says: a relation and its value, about the speaker or somebody close to them."""

    relation: str
    value: str
    who: str = ""  # somebody close by name or role; empty: the speaker
    polarity: Polarity | None = None  # of a taste; None: a fact


@dataclass(frozen=True, slots=True)
class Told:
    """A clause that states something about the speaker or somebody close to them."""

    clause: Clause
    who: str
    fragment: bool = False  # said without a verb: "retired postman here"

    @property
    def head(self) -> Token:
        return self.clause.head

    @property
    def has_been(self) -> bool:
        """ "has been climbing for years"."""
        return any(c.lower_ == "been" for c in self.head.children)

    def fact(self, relation: str, value: str) -> Iterator[Claim]:
        if is_telling(value) and not (relation in _THINGS and all(map(like_num, value.split()))):
            value = timeless(value) if relation in _THINGS else value
            yield Claim(relation, _CALLED.sub("", value) if relation in _PLACES else value, self.who)

    def taste(self, polarity: Polarity, value: str, relation: str = "") -> Iterator[Claim]:
        if is_telling(value) and not _OF_THE_TALK & set(value.casefold().split()):
            yield Claim(relation or polarity, value, self.who, polarity)


# what these name is the same on any day; plans and habits are told with theirs
_THINGS = words("diet allergy health owns lives_in speaks plays hobby member_of works_at studies studies_at")
_PLACES = words("lives_in born_in")
_CALLED = re.compile(r"^.* (?:called|named) (?=\w)")  # "a tiny place called Ærø"
_OF_THE_TALK = words("you your this these those them it")
_POINTING = words(
    "it that this them these those you your him her me myself everything something anything nothing all one ones "
    "what which who there here so more most much many same way idea thing things lot both each other others us mine yours no too thanks sorry i we at how when why where if"
)


def is_telling(value: str) -> bool:
    """Whether a value says something by itself: "it" and "your idea" do not."""
    parts = value.casefold().split()
    return bool(parts) and parts[0] not in _POINTING and any(c.isalnum() for c in value) and len(parts) <= 12


def trimmed(value: str) -> str:
    """A value without its article.

    >>> trimmed("a cold plum")
    'cold plum'
    """
    parts = value.strip(" ,.;:-–—!?").split()
    while len(parts) > 1 and parts[0].casefold() in _LEAD:
        parts = parts[1:]
    return " ".join(parts)


_WHEN = re.compile(
    r",? (?:since (?!then\b).+|(?:in|on|from|until|till|by|next|last|every|each) (?:the )?(?:next |last |early |late |mid-?)?(?:\d{4}|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|may|june|july|august|september|october|november|"
    r"december|spring|summer|autumn|winter|week|month|year)\b.*)$",
    re.IGNORECASE,
)


def timeless(value: str) -> str:
    """A value without the time since or at which it is so.

    >>> timeless("vegetarian since school"), timeless("the Royal Conservatoire in September"), timeless("a flat in Leith")
    ('vegetarian', 'the Royal Conservatoire', 'a flat in Leith')
    """
    return _WHEN.sub("", value)


_AGED = re.compile(r"^\d+-year-old ")
_CUT = frozenset(
    {
        "relcl",
        "punct",
        "cc",
        "conj",
        "advcl",
        "appos",
        "parataxis",
        "ccomp",
        "mark",
        "intj",
        "npadvmod",
        "neg",
    }
)
_LEAD = words(
    "a an the my our his her their its some any really very quite just such so only also still now currently new"
)


def phrase(token: Token, *, whole: bool = True, keep: frozenset[str] = frozenset()) -> str:
    """The words of a noun without its article and without asides: "tiny village near Inverness".

    `whole` keeps what is said with a preposition after it.
    """
    inside = {token.i}
    for child in token.children:
        outside = child.dep_ in _CUT and child.dep_ not in keep
        if outside or (child.i > token.i and child.dep_ == "prep" and not whole):
            continue
        if child.dep_ == "acl" and child.lower_ not in ("called", "named"):
            continue
        inside |= {t.i for t in child.subtree if not _is_cut(t, child)}
    start = end = token.i
    while start - 1 in inside:
        start -= 1
    while end + 1 in inside:
        end += 1
    while start > 1 and _is_glue(token.doc[start - 1]):  # "second-year student", "left-handed"
        start -= 2
    while end + 2 < len(token.doc) and _is_glue(token.doc[end + 1]):  # "e-readers"
        end += 2
    while start < end and token.doc[start].lower_ in _LEAD:
        start += 1
    return _AGED.sub("", token.doc[start : end + 1].text.strip(" ,.;:-–—!?"))


def _is_glue(token: Token) -> bool:
    return token.text == "-" and not token.whitespace_ and not token.nbor(-1).whitespace_


def glued(token: Token) -> str:
    """A word with what a hyphen joins before it: "left-handed"."""
    if token.i > 1 and _is_glue(token.nbor(-1)):
        return token.doc[token.i - 2 : token.i + 1].text
    return token.text


def forms(verb: Token) -> set[str]:
    """What a verb may be in its base form; the parser takes "hates" for a form of "hat"."""
    word = verb.lower_
    found = {base(verb), verb_of(verb), word}
    if verb.tag_ in ("VBZ", "NNS"):
        found |= {word.removesuffix("s"), word.removesuffix("es")}
    return found | ({"have"} if word == "got" else set())


def _is_cut(token: Token, top: Token) -> bool:
    """Whether a word belongs to an aside below `top`."""
    at = token
    while at.i != top.i:
        if at.dep_ in ("relcl", "advcl", "parataxis", "punct", "intj"):
            return True
        at = at.head
    return False


def each(token: Token, *, apposed: bool = False) -> Iterator[Token]:
    """A noun and those joined to it: "Welsh and Breton"; not what is left out: "Welsh but not English"."""
    yield token
    for child in token.children:
        named = child.dep_ == "appos" and (apposed or child.pos_ == "PROPN")
        joined = child.dep_ == "conj" and any(t.dep_ == "cc" for t in token.subtree)
        excluded = any(t.lower_ == "not" for t in token.doc[token.i + 1 : child.i])
        if (joined or named) and not excluded and child.pos_ in ("NOUN", "PROPN", "ADJ", "VERB", "NUM", "X"):
            yield from each(child, apposed=apposed)


def object_of(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ in ("dobj", "oprd", "attr") and c.i > verb.i), None)


def after(token: Token, *prepositions: str) -> Token | None:
    """The noun behind one of these prepositions."""
    for child in token.children:
        if child.dep_ in ("prep", "agent", "dative") and child.lower_ in prepositions:
            if any(c.dep_ == "neg" for c in child.children):
                continue  # "in, not Leiden"
            found = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
            if found is not None:
                return found
            deeper = next((after(c, *prepositions) for c in [child] if c.children), None)
            if deeper is not None:
                return deeper
    return None


def to_the_end(clause: Clause, start: int) -> str:
    """The clause's words from `start` up to the first pause or joined clause."""
    doc, end = clause.head.doc, start
    own = {t.i for t in clause.tokens}
    inner = start < len(doc) and doc[start].dep_ == "xcomp"
    below = {t.i for t in doc[start].subtree} if inner else set()
    while end < len(doc) and (end in own or end in below) and not _pauses(doc[end]):
        end += 1
    return _AFTERTHOUGHT.sub("", doc[start:end].text.strip(" ,.;:-–—!?"))


_AFTERTHOUGHT = re.compile(
    r"(?: (?:too|lately|as well|personally|a lot|so much|for now|these days|at the moment|now|here|anyway|though|again|today|yesterday|finally|omg|lol|haha|esp|especially))+$",
    re.I,
)


def _pauses(token: Token) -> bool:
    joined = token.dep_ == "cc" and token.head.pos_ in ("VERB", "AUX")
    return (
        (token.is_punct and token.text not in ("-", "'", "’", "."))
        or joined
        or token.lower_ in ("because", "so", "but")
    )


def lemma(token: Token) -> str:
    return token.lemma_.casefold()


def named_after(noun: Token) -> str:
    """The name in "a band called The Wet Mondays"."""
    naming = next((c for c in noun.children if c.dep_ == "acl" and c.lower_ in ("called", "named")), None)
    name = object_of(naming) if naming is not None else None
    if name is None:
        return ""
    start = min(t.i for t in name.subtree)
    return name.doc[start : name.i + 1].text


def product(noun: Token) -> str:
    """A proper noun with the number behind it: "Fairphone 5", "Pentax K-70"."""
    end = noun.i + 1
    while end < len(noun.doc) and (
        noun.doc[end].like_num
        or noun.doc[end].tag_ == "CD"
        or noun.doc[end].pos_ == "PROPN"
        or _joins(noun.doc[end])
    ):
        end += 1
    start = min((t.i for t in noun.subtree if t.i < noun.i and t.dep_ != "det"), default=noun.i)
    return noun.doc[start:end].text


def _joins(token: Token) -> bool:
    """The hyphen of "K-70" and what stands behind it."""
    glued = token.i > 0 and not token.doc[token.i - 1].whitespace_
    return glued and (token.text == "-" or token.doc[token.i - 1].text == "-")
