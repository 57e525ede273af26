"""Whether two rules say the same, the opposite, or two ways to do one thing: pure."""

from __future__ import annotations

import re

from memory.lexical import terms

# what rules are made with, whatever they are about
_FRAME = frozenset(
    term
    for word in """use give write keep make add include show tell mention put always never only also just with without no not
    please it them they should do don't me my the a leave out avoid skip drop remove stick answer be of in to for
    quantities way thing everything anything something each every all too there here away""".split()
    for term in terms(word)
)
_AGAINST = re.compile(
    r"\b(?:no|not|never|don't|don’t|without|avoid|skip|leave out|drop|remove|omit|stop|less|fewer|refrain)\b",
    re.I,
)
_FAMILIES = tuple(
    frozenset(term for word in family.split() for term in terms(word))
    for family in (
        "bullet point points list numbered table prose paragraph paragraphs headings steps",
        "short shorter brief briefer long longer detail details length concise",
        "formal informal familiar casual friendly polite",
    )
)


def subject(rule: str) -> frozenset[str]:
    """What a rule is about, in stems."""
    return frozenset(terms(rule)) - _FRAME


def against(rule: str) -> bool:
    """Whether a rule forbids."""
    return bool(_AGAINST.search(rule))


def _about_the_same(one: str, other: str) -> bool:
    first, second = subject(one), subject(other)
    if not first or not second:
        return one.casefold() == other.casefold()
    return len(first & second) >= 0.75 * min(len(first), len(second))


def same(one: str, other: str) -> bool:
    """Whether two rules ask for the same.

    >>> same("use the formal form", "make it formal"), same("use bullet points", "no bullet points")
    (True, False)
    """
    return _about_the_same(one, other) and against(one) == against(other)


def opposite(one: str, other: str) -> bool:
    """Whether one rule asks for what the other forbids.

    >>> opposite("use bullet points", "no bullet points")
    True
    """
    return _about_the_same(one, other) and against(one) != against(other)


def related(one: str, other: str) -> bool:
    """Whether two rules are two ways to do one thing.

    >>> related("use a table", "use bullet points")
    True
    """
    first, second = subject(one), subject(other)
    return bool(first & second) or any(first & family and second & family for family in _FAMILIES)


def reminds(remark: str, rule: str) -> bool:
    """Whether a short remark names what a rule is about.

    >>> reminds("You gave away the ending.", "never give away the ending")
    True
    """
    wanted = subject(rule)
    return bool(wanted) and len(wanted & frozenset(terms(remark))) >= 0.75 * len(wanted)


_ON_AN_ANSWER = re.compile(
    r"^(?:you|there|that|it|this|these|the|and|but|still|again|where)\b|\b(?:again|forgot|told|said|missing|left out|next time)\b",
    re.I,
)


def remarks_on_an_answer(text: str) -> bool:
    """Whether a short remark looks back, rather than asks for something new.

    >>> remarks_on_an_answer("You gave away the ending."), remarks_on_an_answer("What is the weather like?")
    (True, False)
    """
    return bool(_ON_AN_ANSWER.search(text.strip()))


# what triggers are made with, whatever they are about
_ASKED = frozenset(
    term
    for word in """ask want need like talk tell write give show get have make suggest something anything any every all some you
    me my our please help time question questions answer""".split()
    for term in terms(word)
)


def named(trigger: str, text: str) -> float:
    """The share of what a trigger is about that a text names in so many words.

    >>> named("I ask you for code", "Write code that sorts a list."), named("I ask for a recipe", "Good morning!")
    (1.0, 0.0)
    """
    wanted = frozenset(terms(trigger)) - _ASKED
    return len(wanted & frozenset(terms(text))) / len(wanted) if wanted else 0.0
