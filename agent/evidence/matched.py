"""Everything that is no attribute: answered by words that cover what is asked and hold what it wants."""

from __future__ import annotations

import re

from ..grammar.kinds import THINGS
from ..grammar.lexicon import words
from ..grammar.paraphrases import paraphrases
from ..grammar.verbs import verb_of
from ..questions import Question
from ..statements import Sentence, Statement, statements
from .coverage import covered, words_behind
from .firm import is_firm
from .quotes import Evidence, evidence_of
from .things import answers, focus_fit
from .whose import is_about_another

LEAST = 0.6  # of what a question is about stands in the words quoted
LEAST_FOR_YES_OR_NO = 0.75
SAME, ALIKE = 0.8, 0.65  # what is said to be done by the very verb, or by another like it

_LIGHT = words("happen have get do go take make be own use keep put come")
_ANOTHERS = re.compile(r"@'s [\w -]+'s ([\w -]+)")
_MOVING = words("go come keep put make take use")
_OWNING = words("have own drive ride keep wear use play")


def matching(question: Question, sentence: Sentence) -> Evidence | None:
    """The best of a sentence's clauses, if any answers."""
    found = []
    said = statements(sentence, question.about)
    if any(_is_anothers_thing(question, statement) for statement in said):
        return None
    for statement in said:
        free = not question.personal or _is_owned(question, statement)
        another = is_about_another(question, statement) and not free
        if is_firm(question, statement) and not another:
            fit = _fit(question, statement)
            found += [evidence_of(question, statement, fit)] if fit else []
    return max(found, key=lambda evidence: evidence.fit, default=None)


def _is_anothers_thing(question: Question, statement: Statement) -> bool:
    """ "my favourite cake" is not "my sister's favourite cake"."""
    theirs = _ANOTHERS.search(statement.line)
    if theirs is None or "@'s" not in question.line or _ANOTHERS.search(question.line):
        return False
    return bool(question.wanted.spelled & set(theirs.group(1).split()))


def _fit(question: Question, statement: Statement) -> float:
    """How much of what is asked the words cover; 0 where they do not answer."""
    wanted, sentence, context = question.wanted, statement.sentence, statement.context
    own = statement.words | (context.words if context else frozenset())  # "it's at ten": what it is counts
    around = own | sentence.words
    if wanted.names and covered(wanted.names, around | words_behind(statement)) < 1:
        return 0.0
    if sentence.previous is not None and not question.polar:
        around |= sentence.previous.words
        around |= sentence.previous.previous.words if sentence.previous.previous is not None else frozenset()
    verb = _verb_fit(question, statement)
    focus = focus_fit(question, statement, _verb_tells(question, statement, verb), around)
    if focus is None or (wanted.verb in _OWNING and wanted.focus and not verb and wanted.answer != "name"):
        return 0.0
    counted = wanted.answer == "count" and focus == 1.0 and bool(wanted.focus)
    if _is_apart(question, statement, own) and not counted:
        return 0.0
    parts = [(covered([word], own) + covered([word], around)) / 2 for word in wanted.words]
    parts += [focus] if wanted.focus else []
    if wanted.verb and wanted.verb not in _LIGHT and (verb or not counted):
        parts.append(1.0 if verb else 0.0)
    if not parts and wanted.verb in _MOVING and verb == SAME:
        parts = [1.0]  # "when is my friend coming": there is nothing else to go by
    if not parts or (not verb and not wanted.words and focus < 1.0):
        return 0.0
    share = sum(parts) / len(parts)
    if share < (LEAST_FOR_YES_OR_NO if question.polar else LEAST):
        return 0.0
    answered = answers(question, statement)
    if context is not None and not wanted.answer:
        answered *= 0.75  # what goes on from a sentence tells less of "what" than the sentence itself
    return share * answered + (0.1 if "@" in statement.line else 0.0) if answered else 0.0


def _verb_fit(question: Question, statement: Statement) -> float:
    """1 where nothing need be done; less for the same verb, for a paraphrase, for owning; 0 for another."""
    verb, context = question.wanted.verb, statement.context
    if not verb:
        return 1.0
    tokens = [*statement.clause.tokens, *(context.doc if context else ())]
    doing = {
        w for t in tokens if t.pos_ in ("VERB", "AUX", "NOUN") for w in (t.lemma_.casefold(), verb_of(t))
    }
    if verb in doing:
        return SAME
    return ALIKE if paraphrases(verb) & doing or _is_owned(question, statement) else 0.0


def _verb_tells(question: Question, statement: Statement, verb: float) -> float:
    """How much the verb alone tells of what it is said of: "I'm reading Dune" of a book, "I have" of nothing."""
    wanted = question.wanted
    if not wanted.verb:  # "what nationality am I": "I'm Norwegian"
        return ALIKE if statement.clause.head.lemma_ == "be" else 0.0
    return 0.0 if wanted.verb in _LIGHT else verb


def _is_apart(question: Question, statement: Statement, own: frozenset[str]) -> bool:
    """Whether words are of nobody in particular and not of all that is asked: "the average person sleeps"."""
    subject, wanted = statement.clause.subject, question.wanted
    if "@" in statement.line or statement.context is not None or subject is None:
        return False
    asked_of = bool(paraphrases(subject.lemma_.casefold()) & wanted.words)
    return not asked_of and (not wanted.words or covered(wanted.words, own) < 1)


def _is_owned(question: Question, statement: Statement) -> bool:
    """ "my car is a Corsa", or "it's a Corsa" after "my car": what is mine, I have and drive."""
    wanted = question.wanted
    if wanted.verb not in _OWNING or not wanted.focus:
        return False
    kind = "|".join(map(re.escape, THINGS.get(wanted.kind, frozenset()))) or r"(?!)"
    thing = re.escape(wanted.focus[-1])
    if re.search(rf"@'s (?:[\w-]+ )?(?:{kind})\b|@'s (?:[\w-]+ ){{0,3}}?{thing}\b", statement.line):
        return True
    context = statement.context
    return context is not None and bool(re.search(rf"\b(?:my|our)\b.*\b{thing}", context.text.casefold()))
