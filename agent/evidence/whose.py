"""Whose words are about: a question about me is not answered by what my sister does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from ..grammar.kinds import THINGS
from ..grammar.lexicon import words
from ..grammar.paraphrases import paraphrases
from ..grammar.people import Mention, is_me, is_my, owner_of, same
from ..grammar.roles import is_role, labels_of
from ..grammar.verbs import verb_of
from ..questions import Question
from ..statements import Sentence, Statement
from .openings import THING_OF_MINE, opens_with_another

_HAS_ONE = re.compile(
    r"\b(?:have|get|get_ed|adopt|adopt_ed|rescue|rescue_ed|own|buy|buy_ed|call|call_ed|name|name_ed) @"
)
_BEST = re.compile(r"^(?:[A-Z][\w'’-]+ )+be (?:\w+ )?the (?:best|greatest|finest)\b")
_MINE = re.compile(r"\bbe(?:_ed)? @'s ")  # "Hanoi was my favourite"


def is_about_another(question: Question, statement: Statement) -> bool:
    """Whether the one asked about is not the one these words are about."""
    about, subject = question.about, statement.clause.subject
    if about is not None and "@" not in statement.line:
        return not _goes_on_about(about, statement)
    if about is not None and question.attribute is None and not question.role:
        return _is_turned_round(
            question, statement
        )  # "we're having Grandpa's party at the hall" is about him
    if about is None and (_is_of_everybody(question, statement) or _is_anothers_own(question, statement)):
        return True
    if about is None and (
        _is_the_other_way(question, statement) or _is_of_people(statement) or _only_names(question, statement)
    ):
        return True
    if about is None and _is_asked_after(question, statement):
        return False
    if about is None and "@'s family" in question.line:
        others = subject_of(statement)
        return not (others or "@" in statement.line) or not all(_is_of_family(m) for m in others)
    if about is None and question.wanted.of_subject and opens_with_another(statement.sentence.doc, question):
        return True
    if (
        about is None
        and statement.context is not None
        and opens_with_another(statement.context.doc, question)
    ):
        return True  # "my neighbour plays the piano": "it" is the neighbour's piano
    if subject is None or not question.wanted.of_subject:
        return False
    if "favourite" in question.line and _BEST.search(statement.line):
        return False  # "Dolly Parton is the greatest singer"
    others = subject_of(statement)
    if about is None:
        if subject.pos_ == "PRON" and set(THING_OF_MINE.findall(question.line)) & set(
            THING_OF_MINE.findall(statement.line)
        ):
            return False  # "they've moved my driving test"
        together = any(is_me(t) and t.dep_ == "conj" for t in subject.subtree)  # "Leanne and I"
        return bool(others) and not is_me(subject) and not together and not _MINE.search(statement.line)
    if any(_is_of(about, m, statement.sentence) for m in (*others, *_apposed(statement))):
        return False
    if question.attribute is not None and _HAS_ONE.search(statement.line):
        return False  # "I've got a tabby called Pixie" is about Pixie
    return is_me(subject) or bool(others)


def _is_asked_after(question: Question, statement: Statement) -> bool:
    """Whether what the question names is talked of, whoever does it: "the landlord put the rent up", asked about my rent.

    What happens to somebody is theirs as well: "he proposed to me on the bridge".
    """
    subject = statement.clause.subject
    if question.attribute is not None or question.role or subject is None or "favourite" in question.line:
        return bool(
            question.attribute is not None
            and question.attribute.name in ("name", "nickname")
            and _CALLED.search(statement.line)
        )
    if opens_with_another(statement.sentence.doc, question) and "@" not in statement.line.replace("@'s", ""):
        return False
    if _DONE_TO_ME.search(statement.line):
        return question.wanted.verb != verb_of(statement.clause.head) or not question.wanted.of_subject
    if subject.lemma_.casefold() in question.wanted.words and not _is_theirs(subject):
        return True
    mine = {word for things in _THINGS_OF_MINE.findall(question.line) for word in things.split()}
    return any(
        t.dep_ in ("dobj", "nsubj", "nsubjpass", "pobj")
        and t.lemma_.casefold() in mine
        and any(c.lower_ in ("the", "my", "our") for c in t.children)
        for t in statement.clause.tokens
    )


def _is_turned_round(question: Question, statement: Statement) -> bool:
    """ "I bought my mum a scarf" does not tell what she bought me."""
    subject, verb = statement.clause.subject, question.wanted.verb
    if (
        subject is None
        or not verb
        or not is_me(subject)
        or not re.search(rf"@ {re.escape(verb)}(?:_ed)?\b", question.line)
    ):
        return False
    return verb_of(statement.clause.head) in paraphrases(verb)


def _is_the_other_way(question: Question, statement: Statement) -> bool:
    """Whom I borrowed from is not whom I lent to."""
    asked, said = question.wanted.verb, verb_of(statement.clause.head)
    return _OTHER_WAY.get(asked) == said or _OTHER_WAY.get(said) == asked != ""


_OTHER_WAY = {"lend": "borrow", "loan": "borrow", "sell": "buy", "give": "receive", "teach": "learn"}


def _is_of_everybody(question: Question, statement: Statement) -> bool:
    """ "Everyone's obsessed with padel"; and what was not done to me, where that is asked: "the neighbours proposed a fence"."""
    subject, said = statement.clause.subject, statement.sentence.doc
    if "@" in statement.line:
        return False
    if (
        question.polar
        and question.line.startswith("@ be ")
        and (subject is not None or said[0].lower_ == "there")
    ):
        return True  # "there's a new vegan cafe" makes nobody vegan
    if subject is None:
        return False
    to_me = re.search(r"^who .*@(?!'s)", question.line) and not question.wanted.of_subject
    return subject.lower_ in _EVERYBODY or bool(to_me and not any(is_me(t) for t in said))


def _is_anothers_own(question: Question, statement: Statement) -> bool:
    """ "Gran left her house to Phil", "a place near Mo's flat": not my house, not my flat."""
    mine = {word for things in _THINGS_OF_MINE.findall(question.line) for word in things.split()}
    return any(
        t.lemma_.casefold() in mine and t.pos_ == "NOUN" and _is_theirs(t) for t in statement.clause.tokens
    ) and not any(t.lemma_.casefold() in mine and not _is_theirs(t) for t in statement.sentence.doc)


_EVERYBODY = words("everyone everybody someone somebody anyone nobody people")


def _is_of_people(statement: Statement) -> bool:
    """ "I read that nurses earn about 30k": of nobody in particular."""
    subject = statement.clause.subject
    told = subject is not None and subject.tag_ == "NNS" and statement.clause.head.dep_ == "ccomp"
    return told and "@" not in statement.line and not list(subject.children)  # type: ignore[union-attr]


def _only_names(question: Question, statement: Statement) -> bool:
    """ "Happy birthday to my niece, 6 today!": words without a subject, of somebody else, where the person's age is asked."""
    if (
        question.attribute is None
        or question.attribute.name in _ANYBODYS
        or statement.clause.subject is not None
    ):
        return False
    places = {t.i for t in statement.clause.tokens}
    others = any(is_role(m.role) and m.start in places for m in statement.sentence.mentions)
    return others and re.search(r"@(?!'s)", statement.line) is None


_ANYBODYS = frozenset({"like", "dislike", "hobby", "habit", "diet", "name", "nickname"})


def _is_theirs(thing: Token) -> bool:
    """ "her dissertation", "my brother's exam"."""
    owner = owner_of(thing)
    return owner is not None and not is_my(owner)


_CALLED = re.compile(r"\b(?:call|know|name|christen)(?:_ed)? @(?!')")
_DONE_TO_ME = re.compile(
    r"\b(?!(?:tell|ask|say|show|text|ring|phone|email|remind|with|bet|dare|offer|promise)\b)[a-z-]+(?:_ed)? (?:to |for |on |past |into )?@(?!'s)"
)
_THINGS_OF_MINE = re.compile(r"@'s ((?:[\w-]+ ){0,2}[\w-]+)")


def is_anothers(question: Question, statement: Statement) -> bool:
    """Whether somebody else is the subject, whatever else is said."""
    about = question.about
    return question.wanted.of_subject and any(
        about is None or not _is_of(about, m, statement.sentence) for m in subject_of(statement)
    )


def subject_of(statement: Statement) -> list[Mention]:
    """Whom the subject names; not the speaker."""
    subject = statement.clause.subject
    if subject is None:
        return []
    return [m for m in statement.sentence.mentions if m.start <= subject.i < m.end and is_somebody(m)]


def _apposed(statement: Statement) -> list[Mention]:
    """ "my other gran, Dad's mother, was from Naples"."""
    subject = statement.clause.subject
    if subject is None:
        return []
    told = {t.i for child in subject.children if child.dep_ == "appos" for t in child.subtree}
    return [m for m in statement.sentence.mentions if m.end - 1 in told]


def is_somebody(mention: Mention) -> bool:
    """A person, a pet, or something of theirs: "my brother's wedding" is my brother's."""
    own = "<" in mention.role or "somebody" in mention.labels
    if mention.names and mention.mine and mention.end - mention.start < 4 and not mention.apart:
        return True  # "our receptionist Gail"
    named = (
        bool(mention.names)
        and not any(is_a_thing(name) for name in mention.names)
        and not (mention.mine and mention.role)
    )  # "my band, the Damp Squibs" is a thing
    return named or own or is_role(mention.role)


def is_a_thing(name: str) -> bool:
    """ "Mandarin's coming along": a language, nobody."""
    return name.casefold() in THINGS["language"] | THINGS["car"] | THINGS["breed"] | THINGS["phone"]


def _is_of_family(mention: Mention) -> bool:
    """ "my grandparents", "mum's people"; not "my husband's parents"."""
    labels = mention.labels | labels_of(mention.role.rpartition("<")[2])
    return "family" in labels and "partner" not in labels


def _goes_on_about(about: Mention, statement: Statement) -> bool:
    """ "the practice" in one sentence with "my GP", "due in November" after "a baby", what follows "our tortoise" in one breath.

    Not where somebody else is the subject.
    """
    subject, sentence = statement.clause.subject, statement.sentence
    definite = subject is not None and any(c.lower_ == "the" for c in subject.children)
    around = sentence if definite else statement.context
    if around is not None and any(same(about, m) for m in around.mentions):
        return True
    if subject is not None and subject.lower_ in ("he", "she", "they") and _is_named_later(about, sentence):
        return True
    if any(not _is_of(about, m, sentence) for m in subject_of(statement)):
        return False
    return any(same(about, m) for one in _said_before(sentence) for m in one.mentions)


def _is_named_later(about: Mention, sentence: Sentence) -> bool:
    """ "He's fifteen. Still, my Kieran ...": nobody else can be meant."""
    text = sentence.memory.text
    nobody = not any(_said_before(sentence)) and not any(m.names or m.role for m in sentence.mentions)
    return nobody and any(re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) for name in about.names)


def _said_before(sentence: Sentence) -> Iterator[Sentence]:
    """What was said before it in the same message."""
    before = sentence.previous
    while before is not None and before.memory.id == sentence.memory.id:
        yield before
        before = before.previous


def _is_of(about: Mention, mention: Mention, sentence: Sentence) -> bool:
    within = [m for m in sentence.mentions if mention.start <= m.start < mention.end]
    return any(same(about, m) for m in (mention, *within))
