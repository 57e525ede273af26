"""Which sentences may answer at all: firmly said, about the one asked about, with the kind of thing wanted in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from ..grammar.kinds import THINGS, carries, found_of
from ..grammar.lexicon import words
from ..grammar.people import is_me, is_name
from ..questions import Question
from ..statements import Sentence, Statement, statements
from .coverage import covered, words_behind
from .firm import is_firm
from .matched import matching
from .quotes import Evidence, kind_of
from .things import answers, is_counted, names_a_thing
from .whose import is_about_another

TIMES = words("time moment day weekend week month year morning afternoon evening night hour minute")
_BY_RULES_ALONE = frozenset({"name", "nickname", "married", "job", "old job"})  # near words mislead too often
_LIKING = re.compile(
    r"\b(?:favou?rites?|best|greatest|better|loved?|loves|like[ds]?|enjoy(?:ed)?|mad about|crazy about|obsessed|into|prefer|adore|"
    r"beats?|enough of)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|dozen|couple|once|twice)\b",
    re.IGNORECASE,
)
_WHEREABOUTS = frozenset({"live", "work", "study"})
_NO_WORK = words(
    "have like love hate want need think know say reckon live get go come seem look feel own prefer keep mean hope wish believe "
    "eat drink sleep call wear miss remember swear worry refuse suffer hurt snore tell ask collect watch support"
)
_WHERE = frozenset({"home", "birthplace", "workplace"})
_NO_PLACE_TO_LIVE = words("play sing perform go visit meet eat see watch buy love like hate want dream")
_SPEAKING = words("ask tell say wonder hear read")
_OF_WORK = re.compile(
    r"\b(?:work(?:s|ed|ing)? (?:as|at|for|in|with)|jobs?|shifts?|for a living|trade|career|clients?|customers?|retrain\w*|years? (?:at|in|as|on)|jacked|"
    r"handed my notice|self-employed|apprentice\w*|patients|pupils|Year \d+|teach\w*|nursing|depot|warehouse|building site)\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"(?:(?:and|but|so|well|yes|no|now|oh) )?@(?:'s)? ")
_TIMES = THINGS["day"] | THINGS["month"] | TIMES | {"age"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer."""

    sentence: Sentence
    text: str  # its clauses that may answer
    shared: Evidence | None  # how it answers by the words it shares with the question
    known: float  # the share of what is asked that stands there
    own: bool  # the one asked about is who does or is so
    mine: bool  # the speaker is in it
    clauses: tuple[str, ...] = ()  # its parts that may answer, where there are several

    @property
    def place(self) -> tuple[object, ...]:
        memory = self.sentence.memory
        return (memory.occurred_at, memory.session, memory.position)


def candidates(question: Question, said: Sequence[Sentence]) -> list[Candidate]:
    if "related" in question.wanted.words:
        return []  # who is whose follows from what is known of all, and is no matter of nearness
    if (
        question.attribute is not None
        and question.attribute.name in _BY_RULES_ALONE
        and not _is_of_anothers_work(question)
    ):
        if question.attribute.name != "job":
            return []
        said = [sentence for sentence in said if _OF_WORK.search(sentence.text)]
    return [one for sentence in said if (one := _candidate(question, sentence)) is not None]


def _candidate(question: Question, sentence: Sentence) -> Candidate | None:
    able = [
        s
        for s in statements(sentence, question.about)
        if is_firm(question, s) and not is_about_another(question, s) and not is_elsewhere(question, s)
    ]
    if not able or not _is_of_it(question, sentence, able):
        return None
    tastes = question.attribute is None or question.attribute.name == "like"
    shared = matching(question, sentence) if tastes else None
    if shared is None and not any(_holds(question, s) for s in able):
        return None
    wanted = question.wanted
    around = _around(sentence, able)
    text = sentence.text if len(able) == len(sentence.clauses) else " ".join(s.text for s in able)
    before = able[0].context or _pointed_to(able)
    return Candidate(
        sentence,
        f"{before.text} {text}" if before is not None else text,
        shared,
        covered([*wanted.words, *(() if wanted.answer else wanted.focus)], around),
        own=any(_OWN.match(s.line) for s in able),
        mine=any(_OWN.match(s.line) for s in able) or any(is_me(t) for t in sentence.doc),
        clauses=tuple(s.text for s in able if _OWN.match(s.line)) if len(able) > 1 else (),
    )


def _pointed_to(able: Sequence[Statement]) -> Sentence | None:
    """What "them" stands for in "I'm scared of them"."""
    own = [s for s in able if _OWN.match(s.line)]
    points = any(
        t.lower_ in ("it", "them") and t.dep_ in ("dobj", "pobj") for s in own for t in s.clause.tokens
    )
    return able[0].sentence.stated_before if points else None


def _around(sentence: Sentence, able: Sequence[Statement]) -> frozenset[str]:
    return sentence.words.union(words_behind(able[0]), *(s.words for s in able))


def _is_of_it(question: Question, sentence: Sentence, able: Sequence[Statement]) -> bool:
    """Whether names asked about stand there, liking for a favourite, and so many of them for how many."""
    names = question.wanted.names
    if names and covered(names, _around(sentence, able)) < 1:
        return False
    if question.role:
        return any(is_counted(question.role, s) for s in able)
    return "favourite" not in question.line or _LIKING.search(sentence.text) is not None


def _holds(question: Question, statement: Statement) -> bool:
    """Whether a clause holds the kind of thing wanted, read strictly: nothing else speaks for it yet."""
    if _is_of_anothers_work(question):
        return _tells_what_is_done(statement)
    kind = kind_of(question)
    if (
        question.attribute is not None
        and question.attribute.name in _WHERE
        and _doing(statement) in _NO_PLACE_TO_LIVE
    ):
        return False
    if question.attribute is not None and kind and _doing(statement) in _SPEAKING:
        return False  # "I asked how old the castle was, 900 years"
    if kind == "count":
        return _COUNTED.search(statement.text) is not None
    if kind == "place" and not any(_is_somewhere(token) for token in statement.clause.tokens):
        return False
    if question.about is None and kind in THINGS and _is_owned_by_another(statement.text, kind):
        return False
    if question.wanted.answer or not kind:
        return answers(question, statement) > 0
    return carries(statement.text, kind)


def _is_owned_by_another(text: str, kind: str) -> bool:
    """ "in his new Audi": a value that is there, but not the person's."""
    things = "|".join(map(re.escape, found_of(text, kind)))
    owned = rf"\b(?:{{}}) (?:[\w-]+ ){{{{0,2}}}}?(?:{things})"
    return (
        bool(things)
        and re.search(owned.format(r"his|her|their|[A-Z]\w+'s"), text, re.IGNORECASE) is not None
        and re.search(owned.format("my|our"), text, re.IGNORECASE) is None
    )


def is_elsewhere(question: Question, statement: Statement) -> bool:
    """Where somebody lives does not tell where they work."""
    verb, said = question.wanted.verb, _doing(statement)
    return (
        verb in _WHEREABOUTS and said in _WHEREABOUTS and verb != said and question.wanted.answer == "place"
    )


def _doing(statement: Statement) -> str:
    """The verb, also where the parser takes "my friend Ines lives" for several lives."""
    said = re.match(r".*?@ (live|work|study)\b", statement.line)
    return said.group(1) if said else statement.clause.head.lemma_


def _is_of_anothers_work(question: Question) -> bool:
    attribute = question.attribute
    return attribute is not None and attribute.name == "job" and question.about is not None


def _tells_what_is_done(statement: Statement) -> bool:
    """ "my sister drives a snowplough", "he's a stay-at-home dad": what somebody does or is, as a habit."""
    head = statement.clause.head
    if not _OWN.match(statement.line) or "@'s" in statement.line:
        return False  # "her boyfriend fixes lifts"
    if head.lemma_ == "be":
        return any(
            t.dep_ == "attr" and any(c.lower_ in ("a", "an") for c in t.children) for t in head.children
        )
    return head.tag_ in ("VBZ", "VBP") and head.lemma_ not in _NO_WORK and names_a_thing(statement)


def _is_somewhere(token: Token) -> bool:
    """ "in Ghent", "by the docks"; not "on Sunday", nor "Sunday"."""
    named = token.pos_ == "PROPN" or is_name(token)
    return token.lemma_.casefold() not in _TIMES and (
        named or (token.dep_ == "pobj" and token.pos_ == "NOUN")
    )
