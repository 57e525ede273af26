"""How firmly something is said: in earnest, as it is and not as it is wished, tried, supposed, or was before."""

from __future__ import annotations

import re

from ..grammar.clauses import Clause, is_request
from ..grammar.lexicon import words
from ..grammar.paraphrases import paraphrases
from ..grammar.people import is_me
from ..grammar.verbs import base, is_past
from ..questions import Question
from ..statements import Sentence, Statement
from .things import VIEWS

_WISHES = re.compile(r"\b(?:want|would like|would love|plan|hope|dream|wish|think of|consider|thinking)\b")
_TOLD_STORIES = re.compile(
    r"\bin (?:the|this|that|a|my) (?:novel|book|film|movie|series|show|game|story|dream)\b|\b(?:hero|heroine|protagonist|main character)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"^(?:the|an?|this|some) (?:[\w-]+ )?(?:survey|study|article|report|paper|news|quiz|recipe|podcast|documentary|advert|ad|poll) "
    r"(?:said|says|say|reckons|claims|claimed|found|was|is)\b|"
    r"\b(?:dream|dreaming|dreamt|dreamed|wish|imagine|imagining|pretend) (?:that )?(?:I|we)\b",
    re.IGNORECASE,
)
_NOT_MEANT = re.compile(
    r"^(?:\W*(?:just|only|i|i'm|i am|was|haha|no))*\W*(?:lied|lying|joked|joking|kidding|pretended|pretending|made (?:it|that) up)\b|"
    r"^(?:just )?asking for\b|^(?:pretend|imagine|suppose|let us say|let us pretend)\b",
    re.IGNORECASE,
)
_GIVEN_UP = words("sell scrap ditch quit leave drop bin cancel rehome lose return resign")
_TRIED = words("apply audition try hope consider plan want intend bid interview")


def is_in_earnest(sentence: Sentence) -> bool:
    """Whether a sentence is neither a request, nor a story, nor taken back.

    "Write a poem about a woman who loves tulips" says nothing in any of its clauses.
    """
    text = sentence.doc.text
    asked_for = (
        bool(sentence.clauses) and is_request(sentence.clauses[0]) and sentence.doc[0].lower_ in _ORDERS
    )
    return not (asked_for or _TOLD_STORIES.search(text) or _REPORTED.search(text) or _NOT_MEANT.search(text))


def is_fragment(sentence: Sentence) -> bool:
    """A message of one sentence without a verb and without I: perhaps a request, perhaps no more than a thought."""
    alone = sentence.previous is None or sentence.previous.memory.id != sentence.memory.id
    said = any(t.pos_ in ("VERB", "AUX") and t.tag_ != "VBG" for t in sentence.doc) or any(
        is_me(t) for t in sentence.doc
    )
    return alone and not said and len(sentence.text) >= len(sentence.memory.text.strip()) - 1


_SAID = words(
    "say tell advise recommend suggest reckon warn"
)  # "what did the mechanic say" is answered by a quotation
_ORDERS = words("write draft translate imagine pretend suppose invent compose")


def _is_heard_of(question: Question, clause: Clause) -> bool:
    """ "I'm reading about beekeepers" makes nobody one."""
    verb = base(clause.head)
    if verb in _SEEN and not question.past:
        return not any(
            t.lower_ in ("my", "our", "mine") for t in clause.tokens
        )  # "walked past a yellow Fiat"
    about = any(c.lower_ == "about" and c.dep_ == "prep" for c in clause.head.children)
    return (
        about
        and verb in _HEARD
        and verb not in {question.wanted.verb, *question.wanted.words, *question.line.split()}
    )


_SEEN = words("see spot notice admire walk pass")
_HEARD = words("read watch hear learn dream write chat")


def _is_given_up(question: Question, clause: Clause) -> bool:
    """ "Sold the Corsa" is no answer to what I have; "sold the Corsa for a Kia" may be."""
    verb = base(clause.head)
    if (
        question.past
        or question.polar
        or verb not in _GIVEN_UP
        or not (is_past(clause.head) or clause.head.tag_ == "VBN")
    ):
        return False
    asked = {*question.wanted.words, question.wanted.verb, *question.line.split()}
    return not (asked & paraphrases(verb)) and not any(t.lower_ in ("for", "to") for t in clause.tokens)


def _is_tried(question: Question, clause: Clause) -> bool:
    """ "I applied to Leeds" does not say where I studied."""
    verb = base(clause.head)
    asked = {*question.wanted.words, question.wanted.verb.partition("-")[0]}
    return question.past and verb in _TRIED and is_past(clause.head) and not (asked & paraphrases(verb))


_UP_TO = words("before until till without except since")  # "never before one" says when
_OVER = re.compile(r"\b(?:ago|last|yesterday|back in|used to|once)\b")
_TO_COME = re.compile(
    r"\b(?:tomorrow|tonight|next|will|going to|this (?:spring|summer|autumn|winter|week|weekend|month|year))\b"
)


def is_firm(question: Question, statement: Statement) -> bool:
    """Whether a clause says how it is, in the time that is asked about."""
    clause = statement.clause
    if not is_in_earnest(statement.sentence) or is_request(clause) or not _is_of_the_time(question, clause):
        return False
    if _is_heard_of(question, clause) or _is_given_up(question, clause) or _is_tried(question, clause):
        return False
    if question.wanted.verb in _SAID:
        return True
    if clause.standing == "wished":
        return bool(_WISHES.search(question.line))
    if clause.standing == "supposed" and VIEWS.search(question.line):
        return any(t.lower_ in ("should", "ought") for t in clause.tokens)
    if clause.standing not in ("stated", "told"):
        return False
    if question.polar and " or " in question.line:
        return not clause.negated  # "I can't decide between" chooses neither
    if question.line.startswith("how @"):
        return True  # "how do I feel about olives": "I can't stand them"
    denied = clause.negated and not any(t.lower_ in _UP_TO for t in clause.tokens)
    return not denied or question.polar or " not " in f" {question.line} "


def _is_of_the_time(question: Question, clause: Clause) -> bool:
    """What was is no answer to what will be, nor the other way."""
    to_come = bool(_TO_COME.search(" ".join(t.lower_ for t in clause.tokens)))
    if question.past:
        return is_past(clause.head) or not to_come or not question.polar
    asked_of = _TO_COME.search(question.text.casefold())
    if (
        question.attribute is not None
        and not asked_of
        and re.search(r"\b(?:will|going to)\b", " ".join(t.lower_ for t in clause.tokens))
    ):
        return False
    return not (asked_of and is_past(clause.head) and _OVER.search(" ".join(t.lower_ for t in clause.tokens)))
