"""Attributes: answered by words that state them, never by words that merely sound alike."""

from __future__ import annotations

import re

from ..grammar.attributes import ATTRIBUTES, Attribute
from ..grammar.kinds import THINGS, carries
from ..grammar.lexicon import words
from ..grammar.people import is_my
from ..questions import Question
from ..statements import Sentence, Statement, statements
from .coverage import covered, words_behind
from .firm import is_in_earnest
from .naming import is_named_by_the_way
from .openings import opens_with_another
from .quotes import Evidence, evidence_of
from .things import is_of_known_kind, names_a_thing, own_text
from .whose import is_about_another

TASTES = frozenset({"like", "dislike", "diet", "habit"})

_I = re.compile(r"\b(?:I|my|me|we|our|us|mine)\b", re.IGNORECASE)
_NOW = re.compile(
    r"\b(?:now|these days|nowadays|currently|at the moment|as of|at present|just moved|finally|new)\b",
    re.IGNORECASE,
)
_FOR_NOW = re.compile(
    r"\b(?:until|till|on holiday|visiting|for work|tonight|for (?:the|a|an|\d+|two|three|some) (?:few )?(?:day|night|week|weekend|"
    r"month|hour|meeting|conference|wedding)s?|this (?:week|weekend)|on a (?:train|bus|plane|trip))\b",
    re.IGNORECASE,
)
_ASIDE = words(
    "work job living live home weekend year before money time call name surname title favourite originally"
)
_TYPED = frozenset({"month", "clock", "reason", "span", "money", *THINGS})


def stating(question: Question, attribute: Attribute, sentence: Sentence) -> Evidence | None:
    """The best of a sentence's clauses, if any states the attribute."""
    if not is_in_earnest(sentence):
        return None
    if attribute.name in ("name", "nickname") and question.about is not None:
        introduction = _introducing(question, attribute, sentence)
        if introduction is not None:
            return introduction
        if is_named_by_the_way(question.about, sentence):
            return Evidence(sentence, 1.0)
    found = []
    for statement in statements(sentence, question.about):
        if statement.clause.standing in ("stated", "told") and not is_about_another(question, statement):
            strength = _strength(question, attribute, statement)
            found += [evidence_of(question, statement, strength)] if strength else []
    return max(found, key=lambda evidence: evidence.fit, default=None)


def _strength(question: Question, attribute: Attribute, statement: Statement) -> float:
    """How outright an attribute is stated; 0 where it is not, or not what is asked of it."""
    strength = _outright(question, attribute, statement)
    spoken = "@" in statement.line or attribute.name == "name" or _I.search(statement.sentence.text)
    if not strength or not spoken or not _is_answer(question, attribute, statement):
        return 0.0
    rest = _rest(question, attribute)
    before = statement.sentence.stated_before
    share = covered(rest, statement.sentence.words | (before.words if before else frozenset()))
    if share < 0.5:
        return 0.0
    return strength + (0.3 * share if rest else 0.0) - (0.3 if statement.clause.standing == "told" else 0.0)


def _outright(question: Question, attribute: Attribute, statement: Statement) -> float:
    said = statement.line
    if question.polar and attribute.name in TASTES:  # "do I like liver" is answered by "I hate liver" too
        return 1.0 if any(taste.states.search(said) for taste in ATTRIBUTES if taste.name in TASTES) else 0.0
    if attribute.states.search(said):
        return 1.0
    if attribute.suggests.search(said) and not _FOR_NOW.search(statement.sentence.text):
        return 1.0 if _NOW.search(statement.sentence.text) else 0.6
    return 0.5 if attribute.stated_before.search(said) else 0.0


def _is_answer(question: Question, attribute: Attribute, statement: Statement) -> bool:
    """Whether the words hold what is asked of the attribute: a date, a drink, a film."""
    wanted, sentence = question.wanted, statement.sentence
    if attribute.answer and not carries(statement.text, attribute.answer):
        return False
    typed = wanted.answer in _TYPED and wanted.answer != attribute.name
    if typed and not carries(own_text(question, statement), wanted.answer):
        return False
    if attribute.name == "birthday" and re.search(r"@'s (?:be|fall)", statement.line):
        return _talks_of_birthdays(sentence)
    if attribute.name in ("like", "dislike") and wanted.focus and not wanted.kind:
        there = sentence.words | (words_behind(statement) if wanted.names else frozenset())
        linked = bool(wanted.names) and covered(wanted.names, there) > 0
        the_verb = statement.clause.head.lemma_ == wanted.verb
        said_of_it = the_verb and names_a_thing(statement) and not is_of_known_kind(statement)
        return linked or said_of_it or covered(wanted.focus, there) == 1
    return True


def _talks_of_birthdays(sentence: Sentence, reach: int = 4) -> bool:
    """ "mum's is the 2nd of June": of what, stands before."""
    here: Sentence | None = sentence
    while here is not None and reach:
        if re.search(r"birthday|bday|turn", here.text, re.IGNORECASE):
            return True
        here, reach = here.previous, reach - 1
    return False


def _rest(question: Question, attribute: Attribute) -> frozenset[str]:
    """What a question says beyond the attribute: "plum" in "who is my neighbour with the plums"."""
    match = attribute.asks.search(question.line)
    taken = match.group().casefold().replace("_ed", "") if match else ""
    return frozenset(word for word in question.wanted.words if word not in taken and word not in _ASIDE)


def _introducing(question: Question, attribute: Attribute, sentence: Sentence) -> Evidence | None:
    """ "my boss, Philippa, wants": said by the way, it is still her name."""
    from ..grammar.people import same

    about = question.about
    share = covered(_rest(question, attribute), sentence.words)
    if about is None or share < 0.5:
        return None
    others = opens_with_another(sentence.doc, question)
    by_name = bool(about.names) and not about.role  # "who is Petra": her role answers
    for mention in sentence.mentions:
        words = sentence.doc[mention.start : mention.end]
        if others and not is_my(words[0]):
            continue  # "my friend calls hers Granny Pat"
        if same(about, mention) and not (len(words) == 1 and words[0].pos_ == "PRON"):
            told = bool(mention.role) if by_name else any(name in words.text for name in mention.names)
            if told:
                return Evidence(sentence, 1.0 + 0.3 * share)
    return None
