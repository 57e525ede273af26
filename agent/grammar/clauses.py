"""Sentences as plain lines about somebody: "I've been living in Ghent" is "@ live in Ghent".

The holder, whoever a question is about, becomes @; verbs and nouns stand in their base form, a simple past keeps the
mark _ed, names stay capitalised, number words become digits. On such lines a short pattern says much.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from .lexicon import in_order, words
from .people import subject_of
from .reference import Refers
from .standing import Standing, standing_of
from .verbs import base, is_past

_HEADS = frozenset({"ROOT", "conj", "ccomp", "advcl", "relcl", "parataxis", "dep", "csubj"})
_IDLE = words(
    "well so anyway oh but also ok okay hi hello hey yes yeah now just really still actually already currently "
    "always usually recently absolutely totally finally only even basically honestly mostly mainly officially literally "
    "definitely probably quite pretty sadly luckily thankfully though too lately nowadays ever then please"
)
_UNDER_TWENTY = in_order(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = in_order("zero ten twenty thirty forty fifty sixty seventy eighty ninety")
_NUMBERS = {word: str(number) for number, word in enumerate(_UNDER_TWENTY)} | {
    word: str(10 * number) for number, word in enumerate(_TENS)
}


@dataclass(frozen=True, slots=True)
class Clause:
    """One verb with what belongs to it, or a sentence without a verb."""

    head: Token
    tokens: tuple[Token, ...]
    subject: Token | None
    standing: Standing
    negated: bool
    joined: bool = False  # shares the subject of the clause before


def clauses(doc: Doc) -> list[Clause]:
    """The clauses of a parsed sentence, in order."""
    heads = [token for token in doc if _is_head(token)]
    parts: dict[int, list[Token]] = {head.i: [] for head in heads}
    for token in doc:
        above = token
        while above.i not in parts:
            above = above.head
        parts[above.i].append(token)
    asked = is_asked(doc)
    quoted = _quoted(doc)
    return [_clause(head, parts[head.i], asked, quoted) for head in heads]


_SINGLE_QUOTED = re.compile(r"(?<!\w)'(?=\w).+?(?<=[\w.,!?])'(?!\w)")


def _quoted(doc: Doc) -> frozenset[int]:
    """The words between quotation marks: somebody else's, or not meant."""
    spans = [match.span() for match in _SINGLE_QUOTED.finditer(doc.text)]
    found = {token.i for token in doc if any(start <= token.idx < end for start, end in spans)}
    inside = False
    for token in doc:
        if token.text in ('"', "“", "”", "''", "``"):
            inside = not inside
        elif inside:
            found.add(token.i)
    return frozenset(found)


def _is_head(token: Token) -> bool:
    if token.dep_ == "ROOT":
        return True
    if token.pos_ not in ("VERB", "AUX") or token.dep_ not in _HEADS:
        return False
    own = any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in token.children)
    return (
        own or token.dep_ in ("conj", "relcl", "parataxis") or (token.dep_ == "advcl" and token.tag_ != "VBG")
    )


def _clause(head: Token, tokens: Sequence[Token], asked: bool, quoted: frozenset[int]) -> Clause:
    own = [child for child in head.children if child.dep_ in ("nsubj", "nsubjpass")]
    subject = own[0] if own else subject_of(head)
    joined = not own and subject is not None
    return Clause(
        head=head,
        tokens=tuple(tokens),
        subject=subject,
        standing="asked" if asked else "supposed" if head.i in quoted else standing_of(head),
        negated=_is_negated(head),
        joined=joined,
    )


def _is_negated(head: Token) -> bool:
    """ "does not", "never", "has no"."""
    denied = any(c.dep_ == "neg" or c.lower_ == "never" for c in head.children)
    return denied or any(
        c.dep_ in ("dobj", "attr") and any(d.lower_ == "no" for d in c.children) for c in head.children
    )


def is_asked(doc: Doc) -> bool:
    """A question, with or without its mark."""
    text = doc.text.strip()
    if (text.rstrip("\"'”)").endswith("?") and not _ENDS_QUOTED.search(text)) or _OPENS_QUESTION.match(text):
        return True
    several = (
        len(doc) > 2 and doc[0].lower_ in _ASKING and re.fullmatch(r"(?!this)[a-z]{3,}[^s\W]s", doc[1].text)
    )
    return (
        bool(several)
        and doc[2].text.isalpha()
        and doc[2].pos_ not in ("ADP", "CCONJ", "DET", "PRON", "SCONJ")
    )


_ENDS_QUOTED = re.compile(r"\w[,:]? [\"'“‘][^\"'”’]+\?[\"'”’]\W*$")  # "she says, 'Same again next year?'"
_ASKING = words("do are can will")  # "do tattoos fade in sun"


_OPENS_QUESTION = re.compile(
    r"(?:(?:so|and|but|well|ok|okay|hey|hi|oh|btw|by the way)[, ]+)*"
    r"(?:(?:who|what|where|which|why|how|whose|when(?! (?:I|we|he|she|it|they|you|my|our|the)\b))\b(?! a\b| an\b)|"
    r"(?:do|does|did|am|is|are|was|were|have|has|can|could|should|would|will)\s+(?:I|you|we|he|she|it|they|my|our|the|there)\b|"
    r"any idea|tell me|remind me|can you|could you)",
    re.IGNORECASE,
)


_REQUESTS = words(
    "give make help imagine suggest tell explain write list recommend show find translate remind motivate draft pretend"
)


def is_request(clause: Clause) -> bool:
    """ "give me a quiz", "another one please": something to be done, nothing that is so."""
    words = [t for t in clause.tokens if t.pos_ not in ("INTJ", "PUNCT", "CCONJ", "ADV")]
    asking = {clause.tokens[0].lower_, clause.tokens[-1].lower_} & {"please", "pls", "plz", "kindly"}
    if asking and clause.subject is None:
        return True
    first = words[0] if words else clause.head
    return clause.subject is None and first.lower_ in _REQUESTS


def line(tokens: Sequence[Token], refers: Refers, subject: str = "") -> str:
    """The words in their base form, the holder as @."""
    words: list[str] = [subject] if subject else []
    for token in tokens:
        mark = refers(token)
        if mark is not None:
            words += [mark] if mark else []
            continue
        word = _word(token)
        if word:
            words.append(word)
    text = " ".join(words)
    text = re.sub(r"\s+'s\b", "'s", text)
    text = re.sub(r"\b(\d)0 - ?(\d)\b", r"\1\2", text)
    text = re.sub(r"^(?:(?:[,.;:!-]|and\b)\s*)+|(?:\s(?:and|,))+$", "", text)
    return re.sub(r"\s+([,.;:!])", r"\1", text).strip()


def _word(token: Token) -> str:
    lower = token.lower_
    if token.is_space or (token.is_punct and token.text not in (",", "-", ":", "(", ")")):
        return ""
    if token.dep_ == "intj" or token.pos_ == "INTJ":
        return ""
    if token.dep_ in ("aux", "auxpass") and token.pos_ in ("AUX", "VERB"):
        if token.dep_ == "auxpass":
            return "be"
        if token.lemma_ == "have" and token.head.tag_ not in ("VBN", "VBG"):
            return "have"  # the parser took "gluten" for the verb of "can't have gluten"
        if token.lemma_ in ("do", "have", "be"):
            return "have" if token.lemma_ == "have" and token.head.lower_ == "got" else ""
        return lower
    if token.lower_ == "got" and any(c.dep_ == "aux" and c.lemma_ == "have" for c in token.children):
        return ""  # "have got" is "have"
    if (
        token.pos_ in ("ADV", "ADJ", "CCONJ", "SCONJ")
        and lower in _IDLE
        and token.dep_ not in ("acomp", "amod")
    ):
        return ""
    if lower in _NUMBERS and token.pos_ == "NUM":
        return _NUMBERS[lower]
    if token.pos_ in ("VERB", "AUX"):
        return base(token) + ("_ed" if is_past(token) else "")
    if token.pos_ == "PROPN" or (token.i and token.pos_ in ("ADJ", "NOUN", "X") and token.text[:1].isupper()):
        return token.text[:1].upper() + token.text[1:]
    if token.pos_ == "NOUN":
        return token.lemma_.casefold()
    return lower
