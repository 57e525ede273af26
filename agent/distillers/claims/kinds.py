"""What a noun is: a people, a job, an ailment, a name, a pet; and whether words know a kind by name."""

from __future__ import annotations

import re
from collections.abc import Callable

from spacy.tokens import Token

from ...grammar import attributes
from ...grammar.kinds import THINGS
from ...grammar.people import owner_of
from ...grammar.roles import is_role, labels_of, role_of
from .claim import WORDS, lemma, named_after, phrase, word_list

_PEOPLES, _NO_PEOPLES = word_list("peoples"), word_list("no_peoples")
_CONDITIONS, _BODY, _POORLY = word_list("conditions"), word_list("body"), word_list("poorly")
_CONDITION_ENDINGS, _MEDICINE_ENDINGS = (
    tuple(word_list(name)) for name in ("condition_endings", "medicine_endings")
)
_MEDICINE, _DATED = word_list("medicine"), word_list("dated")
_PEOPLE_ENDING = re.compile(r"(?:ian|ish|ese|ean|[rk]ican|lander|wegian|exican)$")
_JOB = re.compile(rf"{attributes.WORDS['JOB']}$")
_NO_JOB = re.compile(attributes.WORDS["RELATIVE"])
_CAPITAL = re.compile(r"\b[A-ZÀ-Þ]")


def is_kind(token: Token, kinds: str) -> bool:
    """Whether a noun is one of these kinds: tests of this file, lists of claims.yaml, kinds of things."""
    return any(_is(token, kind) for kind in kinds.split())


def _is(token: Token, kind: str) -> bool:
    if kind in TESTS:
        return TESTS[kind](token)
    listed = _LISTS.get(kind) or THINGS[kind]
    return (
        lemma(token) in listed
        or token.lower_ in listed
        or phrase(token, whole=False).casefold() in listed
        or _last_two(token) in listed
    )


def _last_two(token: Token) -> str:
    return token.doc[max(token.i - 1, 0) : token.i + 1].text.casefold()


_LISTS = {name: word_list(name) for name, text in WORDS.items() if isinstance(text, str)}


def is_condition(token: Token) -> bool:
    name = phrase(token, whole=False).casefold()
    return (
        lemma(token) in _CONDITIONS
        or token.lower_ in _CONDITIONS
        or lemma(token).endswith(_CONDITION_ENDINGS)
        or any(name == condition or name.endswith(" " + condition) for condition in _CONDITIONS)
    )


def is_poorly(token: Token) -> bool:
    """ "a bad knee"."""
    return lemma(token) in _BODY and any(c.lower_ in _POORLY for c in token.children)


def is_medicine(token: Token) -> bool:
    name = lemma(token)
    return name in _MEDICINE or (len(name) > 6 and name.endswith(_MEDICINE_ENDINGS) and not owner_of(token))


def is_people(token: Token) -> bool:
    """A word for where somebody comes from: "Chilean"."""
    word = token.lower_
    told_by_ending = bool(_PEOPLE_ENDING.search(word)) and token.text[:1].isupper()
    return (word in _PEOPLES or told_by_ending) and word not in _NO_PEOPLES and token.i > 0


def is_job(token: Token) -> bool:
    """A word for what somebody works as, told by its ending: "conservator"."""
    name = lemma(token)
    kin = labels_of(role_of(token)) & {"family", "pet", "partner", "friend"}
    return (
        bool(_JOB.search(name))
        and not _NO_JOB.fullmatch(name)
        and not (is_role(role_of(token)) and bool(kin))
    )


def is_name(token: Token) -> bool:
    """Capitalised, the noun or a word of it: "Leeds", "Chiang Mai", "the Land Registry"."""
    calendar = lemma(token) in THINGS["month"] | THINGS["day"]
    return not calendar and (token.pos_ == "PROPN" or bool(_CAPITAL.search(phrase(token, whole=False))))


def is_place(token: Token) -> bool:
    """Named, or with a name behind it: "a village in Bavaria"."""
    return is_name(token) or bool(_CAPITAL.search(phrase(token)))


def is_town(token: Token) -> bool:
    """Named with one word, as towns are: "Leeds", and neither "IT" nor "Human Resources"."""
    compound = any(child.dep_ == "compound" for child in token.children)
    return token.pos_ == "PROPN" and token.text.istitle() and not compound


def is_indefinite(token: Token) -> bool:
    return any(c.lower_ in ("a", "an") for c in token.children)


def is_definite(token: Token) -> bool:
    """Pointed at: "the file", "this error", "my old one"."""
    return owner_of(token) is not None or any(
        c.lower_ in ("the", "this", "that", "these", "those") and c.dep_ == "det" for c in token.children
    )


def is_pointed(token: Token) -> bool:
    """ "this error", "that lake"."""
    return any(c.lower_ in ("this", "that", "these", "those") and c.dep_ == "det" for c in token.children)


def is_number(token: Token) -> bool:
    return bool(token.like_num)


def is_plural(token: Token) -> bool:
    return token.tag_ in ("NNS", "NNPS")


def _labelled(label: str) -> Callable[[Token], bool]:
    return lambda token: label in labels_of(role_of(token))


TESTS: dict[str, Callable[[Token], bool]] = {
    "people": is_people,
    "job": is_job,
    "condition": is_condition,
    "poorly": is_poorly,
    "medicine": is_medicine,
    "name": is_name,
    "place": is_place,
    "town": is_town,
    "indefinite_name": lambda token: token.pos_ == "PROPN" and is_indefinite(token),
    "definite": is_definite,
    "number": is_number,
    "plural": is_plural,
    "owned": lambda token: owner_of(token) is not None,
    "called": lambda token: bool(named_after(token)) or _lists_names(token),
    "pet": _labelled("pet"),
    "family": _labelled("family"),
    "ailing": lambda token: token.lower_ in _LISTS["ailing"],
}


def _lists_names(token: Token) -> bool:
    """ "three cats: Miso, Tofu and Kevin": their names say it."""
    behind = token.doc[token.i + 1 : token.i + 3]
    return len(behind) == 2 and behind[0].text in (":", ",", "-", "–") and behind[1].pos_ == "PROPN"
