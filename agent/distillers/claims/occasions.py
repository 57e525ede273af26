"""What is done again and again, what is due on a day, and what is planned."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from ...grammar.people import is_my, owner_of
from ...grammar.verbs import base, verb_of
from .claim import Claim, Told, after, lemma, object_of, phrase, to_the_end, word_list
from .times import OFTEN, WHEN, auxiliaries, time_of

_DATED, _PROFESSIONALS, _SEEN = (word_list(name) for name in ("dated", "professionals", "seen"))
_IDLE, _GOALS, _CRAFTS = (word_list(name) for name in ("idle", "goals", "crafts"))


def dated(told: Told) -> Iterator[Claim]:
    """ "got my driving test on Thursday", "I'm seeing my solicitor next Friday"."""
    head, verb, thing = told.head, base(told.head), object_of(told.head)
    when = WHEN.search(head.doc.text)
    if when is None or thing is None or OFTEN.search(head.doc.text):
        return
    if any(c.lower_ in ("can", "might", "would") for c in head.children):
        return
    if verb in ("have", "get") and is_dated(thing):
        yield from told.fact("appointment", to_the_end(told.clause, first_of(thing)))
    elif verb in _SEEN and head.tag_ == "VBG" and lemma(thing) in _PROFESSIONALS:
        before = when.start() < head.idx
        said = head.doc[: thing.i + 1].text if before else to_the_end(told.clause, head.i)
        yield from told.fact("appointment", said)


def is_dated(noun: Token) -> bool:
    """ "an appointment", "an MRI scan", "my driving test"."""
    return lemma(noun) in _DATED or any(c.lower_ in _DATED for c in noun.children)


def appointed(subject: Token, told: Told) -> Iterator[Claim]:
    """ "my appointment with the dentist is on the 14th", "the flight's on the 6th"."""
    owner = owner_of(subject)
    text = to_the_end(told.clause, told.head.i)
    if is_dated(subject) and WHEN.search(text) and owner is not None and is_my(owner):
        yield from told.fact("appointment", f"{phrase(subject)} {text}" if subject.i else text)


def first_of(noun: Token) -> int:
    start = min((t.i for t in noun.subtree), default=noun.i)
    while noun.doc[start].lower_ in ("a", "an", "the", "my", "our", "another") and start < noun.i:
        start += 1
    return start


def habits(told: Told) -> Iterator[Claim]:
    """What is done again and again: it says how often."""
    head, verb, thing = told.head, base(told.head), object_of(told.head)
    helped = [c for c in auxiliaries(head) if c.dep_ == "aux" and c.lemma_ != "do"]
    if verb == "have" or head.lower_ == "got":
        helped = [c for c in helped if c.lemma_ != "have"]
    often = OFTEN.search(head.doc[told.clause.tokens[0].i : told.clause.tokens[-1].i + 1].text)
    if helped or often is None or verb in _IDLE or head.tag_ == "VBG":
        return
    if told.clause.subject is None or (verb_of(head) in ("be", "get") and thing is None):
        return
    if any(t.dep_ == "det" and t.lower_ in ("this", "that", "these", "those") for t in head.subtree):
        return  # "I run into this error every day" is said of the moment
    said = to_the_end(
        told.clause, first_of(thing) if verb in ("have", "get") and thing is not None else head.i
    )
    before = often.group().casefold() not in said.casefold()
    if before and verb in _CRAFTS:
        yield from told.fact("hobby", said)
    else:
        yield from told.fact("routine", f"{said} {often.group()}" if before else said)


def plans(told: Told) -> Iterator[Claim]:
    """ "we're going to live on it from March", "I'm flying to Oslo on Friday", "I've decided to learn to juggle"."""
    head, verb = told.head, base(told.head)
    text = " ".join(t.text for t in told.clause.tokens)
    when = WHEN.search(text)
    thing = object_of(head)
    intended = next((c for c in head.children if c.dep_ == "xcomp"), None)
    to = after(head, "to")
    if verb in ("study", "train", "retrain") and intended is not None:
        yield from told.fact("goal", to_the_end(told.clause, intended.i))
    elif verb in ("want", "decide", "aim", "train", "save", "try", "hope") and _is_goal(told, verb, intended):
        yield from told.fact("goal", to_the_end(told.clause, intended.i if intended is not None else head.i))
    elif verb in ("go", "plan", "intend") and intended is not None and head.tag_ in ("VBG", "VBP", "VBZ"):
        aim = object_of(intended)
        vague = intended.lemma_ in _IDLE - _GOALS or (aim is not None and aim.pos_ == "PRON")
        if not vague and (when is not None or re.search(r"\b(?:to|in|at) [A-Z]", text)):
            yield from told.fact("plans", to_the_end(told.clause, intended.i))
    elif any(c.lower_ == "getting" and c.dep_ in ("aux", "auxpass") for c in head.children):
        yield from told.fact("plans", f"getting {to_the_end(told.clause, head.i)}")
    elif time_of(head) in ("moment", "ahead"):
        if when is not None and verb not in _IDLE and (thing is None or thing.pos_ != "PRON"):
            yield from told.fact("plans", to_the_end(told.clause, head.i))
    elif (
        verb in ("go", "fly", "travel", "leave", "move", "sail", "start")
        and head.tag_ in ("VBP", "VBZ")
        and to is not None
        and to.pos_ == "PROPN"
        and not OFTEN.search(text)
    ):
        yield from told.fact("plans", to_the_end(told.clause, head.i))


def _is_goal(told: Told, verb: str, intended: Token | None) -> bool:
    """An aim that takes long: wanting to learn is one, wanting to know is none."""
    if verb in ("train", "save"):
        return told.head.tag_ == "VBG" and after(told.head, "for") is not None
    if intended is None or base(intended) not in _GOALS:
        return False
    lasting = base(intended) in (
        "learn",
        "become",
        "qualify",
        "retire",
        "emigrate",
        "master",
        "quit",
        "climb",
        "sail",
    )
    return lasting or verb in ("decide", "aim")
