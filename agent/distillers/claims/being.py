"""What somebody is: "I am a nurse", "she's 34", "I've been on sertraline", "I was born in Leeds"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from ...grammar.kinds import THINGS
from ...grammar.roles import labels_of, role_of
from ...grammar.verbs import is_past
from .claim import (
    Claim,
    Told,
    after,
    each,
    glued,
    lemma,
    named_after,
    object_of,
    phrase,
    to_the_end,
    word_list,
)
from .kinds import is_condition, is_definite, is_indefinite, is_job, is_medicine, is_name, is_people
from .times import NOW, OFTEN, SINCE, WHEN

_DIETS, _AILING, _STATES = word_list("diets"), word_list("ailing"), word_list("states")
_SPANS = word_list("spans")
_GROUPS, _PASSING, _OFFICES = word_list("groups"), word_list("passing"), word_list("offices")
_LOVERS, _PERSONS, _PERSON_ENDINGS = (
    word_list("lovers"),
    word_list("persons"),
    tuple(word_list("person_endings")),
)
_SOFT = frozenset("so too very quite really completely totally a bit not still all absolutely".split())
_INTENSE = frozenset(
    "total complete real absolute bloody massive huge big right such utter proper little bad terrible great".split()
)
_YEARS = re.compile(
    r"\ball (?:my|his|her|their) life\b|\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|many) years\b"
)
_AGE = re.compile(
    r"(?:about |nearly |almost |just |only )?(\d{1,3}|[a-z]+(?:-[a-z]+)?)(?: ?-?(?:years?|yrs?)(?: ?-?old)?| ?yo)?"
    r"(?: now| today| already)?$"
)


def being(told: Told) -> Iterator[Claim]:
    """The claims of a clause with "to be" about its subject."""
    head = told.head
    if told.clause.negated:
        return
    if is_past(head):
        yield from _was(told)
        return
    if OFTEN.search(head.doc.text) and any(c.dep_ == "prep" and c.i > head.i for c in head.children):
        yield from told.fact("routine", to_the_end(told.clause, head.i + 1))  # "I am up at five each day"
    for part in head.children:
        if part.i < head.i:
            continue
        if part.dep_ in ("acomp", "advcl", "oprd") or (part.dep_ == "attr" and part.pos_ in ("ADJ", "VERB")):
            for one in each(part):
                yield from described(told, one)
        elif part.dep_ == "attr":
            yield from is_a(told, part)
        elif part.dep_ == "prep":
            yield from _placed(told, part)
        elif part.dep_ in ("npadvmod", "nummod") and part.like_num:
            yield from _aged(told, part)


def _was(told: Told) -> Iterator[Claim]:
    """ "I was a postman for 30 years"."""
    years = _YEARS.search(told.head.doc.text)
    noun = object_of(told.head)
    if years is not None and noun is not None and is_indefinite(noun):
        yield from told.fact("worked_as" if is_job(noun) else "was", phrase(noun, whole=False))


def passive(told: Told) -> Iterator[Claim]:
    """ "was born in", "got engaged to", "am based in", "diagnosed with", "got hired at"."""
    head = told.head
    if told.clause.negated:
        return
    verb = head.lower_
    if head.lemma_ in ("get", "become"):
        for part in head.children:
            if part.lower_ in _PASSIVE:
                yield from passive(replace(told, clause=replace(told.clause, head=part, negated=False)))
    if verb in ("allergic", "intolerant"):
        yield from described(told, head)
    elif (
        verb == "born"
        or (verb in ("bred", "raised") and object_of(head) is None)
        or (verb in ("grew", "grown") and any(c.lower_ == "up" for c in head.children))
    ):
        yield from born(told, head)
    elif verb in _PASSIVE:
        relation, prepositions = _PASSIVE[verb]
        noun = after(head, *prepositions)
        if noun is not None and (relation != "partner" or is_name(noun)):
            yield from told.fact(relation, phrase(noun, whole=relation != "partner"))


_PASSIVE = {
    **dict.fromkeys(
        ("based", "settled", "registered", "located"), ("lives_in", ("in", "at", "near", "on", "outside"))
    ),
    **dict.fromkeys(("employed", "hired"), ("works_at", ("by", "at"))),
    **dict.fromkeys(("engaged", "married"), ("partner", ("to",))),
    "diagnosed": ("health", ("with", "as")),
    "enrolled": ("studies", ("in", "on")),
}


def born(told: Told, head: Token) -> Iterator[Claim]:
    place, day = after(head, "in", "at", "near"), after(head, "on")
    if place is not None and place.pos_ in ("PROPN", "NOUN") and not re.search(r"\d", place.text):
        dated = lemma(place) in THINGS["month"] or re.search(r"\b(?:19|20)\d\d\b", phrase(place))
        yield from told.fact("birthday" if dated else "born_in", phrase(place))
    elif place is not None and re.fullmatch(r"(?:19|20)\d\d", place.text):
        yield from told.fact("birthday", place.text)
    if day is not None:
        yield from told.fact("birthday", phrase(day))
    nearby = next((c for c in head.children if c.dep_ == "conj" and c.lower_ in ("bred", "raised")), None)
    if nearby is not None:
        yield from born(told, nearby)


def is_state(word: Token) -> bool:
    return word.lower_ in _STATES


def described(told: Told, word: Token) -> Iterator[Claim]:
    """An adjective said of somebody."""
    name = glued(word).casefold()
    before = next(
        (
            c.lower_
            for c in word.children
            if c.i < word.i and c.dep_ in ("advmod", "npadvmod", "amod", "compound")
        ),
        "",
    )
    both = {name, f"{before} {name}", f"{before}-{name}"}
    if both & _DIETS:
        yield from told.fact("diet", phrase(word))
    elif name in ("allergic", "intolerant"):
        to = after(word, "to", "of") or next((c for c in word.children if c.dep_ == "xcomp"), None)
        if to is not None:
            for one in each(to):
                if lemma(one) not in THINGS["day"]:
                    yield from told.fact("allergy", phrase(one))
        elif before and not before.endswith("ly"):
            yield from told.fact("allergy", f"{before} {name}")
    elif both & _AILING:
        yield from told.fact("health", phrase(word))
    elif name == "fluent":
        language = after(word, "in")
        if language is not None:
            for one in each(language):
                yield from told.fact("speaks", phrase(one))
    elif name in ("good", "great", "brilliant", "skilled", "experienced", "decent"):
        skill = after(word, "at")
        if skill is not None and (skill.tag_ == "VBG" or lemma(skill) in THINGS["hobby"] | THINGS["sport"]):
            yield from told.fact("skill", phrase(skill))
    elif name in _PASSIVE or name in ("born", "bred"):
        yield from passive(replace(told, clause=replace(told.clause, head=word)))
    elif is_people(word):
        yield from told.fact("nationality", word.text)
    elif (
        name in ("mad", "obsessed", "crazy") and before and not before.endswith("ly") and before not in _SOFT
    ):
        yield from told.taste("likes", before)  # "football mad"
    elif name == "due" and WHEN.search(to_the_end(told.clause, word.i)):
        yield from told.fact("plans", to_the_end(told.clause, word.i))
    elif name == "old" or word.like_num:
        yield from _aged(told, word)
    if both & _STATES or (name in ("engaged", "married") and after(word, "to") is None):
        beside = word.nbor(-1) if word.i and word.nbor(-1).head.i == word.i else None
        kind = beside is not None and beside.pos_ in ("NOUN", "ADJ")  # "colour blind"
        yield from told.fact("is", f"{beside} {word}" if kind else glued(word))


def is_a(told: Told, noun: Token) -> Iterator[Claim]:
    """A noun said of somebody: what they are."""
    name = phrase(noun, whole=False)
    if noun.like_num or (lemma(noun) in ("year", "month") and any(c.like_num for c in noun.children)):
        yield from _aged(told, noun)
        return
    if any(c.lower_ in ("mad", "crazy") and c.i == noun.i + 1 for c in noun.children):
        yield from told.taste("likes", phrase(noun, whole=False).removesuffix(" mad").removesuffix(" crazy"))
        return  # "football mad"
    group = after(noun, "of", "for", "in")
    if lemma(noun) in _OFFICES and group is not None:
        yield from told.fact("member_of", phrase(group))
        return
    if lemma(noun) == "speaker":
        yield from told.fact("speaks", name)
        return
    if lemma(noun) in ("citizen", "national", "resident"):
        yield from told.fact("lives_in" if lemma(noun) == "resident" else "nationality", name)
        return
    for one in each(noun, apposed=True):
        yield from _one_of(told, one, first=one.i == noun.i)
    for part in noun.children:  # "28 year old, accountant from Da Nang"
        if part.dep_ == "appos" and lemma(part) in ("year", "years"):
            yield from _aged(told, part)


def _one_of(told: Told, one: Token, *, first: bool) -> Iterator[Claim]:
    name = phrase(one, whole=False)
    described_as = any(c.lower_ in ("a", "an", "the") for c in one.children) or bool(told.who) or not first
    if one.lower_ in _DIETS or name.casefold() in _DIETS:
        yield from told.fact("diet", name)
    elif one.lower_ in _AILING or is_condition(one):
        yield from told.fact("health", phrase(one))
    elif is_people(one) and one.dep_ != "appos":
        yield from told.fact("nationality", one.text)
    elif told.who and first and _is_own_name(one):
        return  # "My dad is Peter": see naming, not a job that ends like one
    elif is_job(one) and (described_as or told.fragment):
        yield from told.fact("job", name)
    elif first and _is_own_name(one) and not told.who and told.clause.subject is not None:
        yield from told.fact("name", name)
    elif _is_lasting_noun(one, told) and (is_indefinite(one) or not first or told.fragment):
        yield from told.fact("is", name)


def _is_lasting_noun(noun: Token, told: Told) -> bool:
    """A word for somebody: a role, a maker of things, or whatever somebody is for years or speaks as."""
    somebody = (
        phrase(noun, whole=False).casefold() in _PERSONS
        or lemma(noun) in _PERSONS
        or lemma(noun).endswith(_PERSON_ENDINGS)
        or bool(labels_of(role_of(noun)) & {"family", "parent"})
    )
    return (
        noun.pos_ in ("NOUN", "PROPN")
        and (somebody or told.fragment or SINCE.search(noun.doc.text) is not None)
        and not any(c.dep_ == "amod" and c.lower_ in _INTENSE for c in noun.children)
        and lemma(noun) not in _PASSING | _LOVERS | _OFFICES | _SPANS
        and not any(
            c.dep_ in ("relcl", "acl")
            or (c.dep_ == "prep" and c.lower_ == "of" and not labels_of(role_of(noun)))
            for c in noun.children
        )
    )


def _is_own_name(token: Token) -> bool:
    return (
        token.pos_ == "PROPN"
        and token.text[:1].isupper()
        and not is_definite(token)
        and not is_indefinite(token)
    )


def _aged(told: Told, token: Token) -> Iterator[Claim]:
    match = _AGE.match(to_the_end(told.clause, min(t.i for t in token.subtree)))
    number = match.group(1) if match else ""
    counted = token.like_num or any(c.like_num for c in token.children)
    if number and ((number.isdigit() and int(number) < 120) or (not number.isdigit() and counted)):
        yield from told.fact("age", number)


def _placed(told: Told, preposition: Token) -> Iterator[Claim]:
    """ "from Gdynia", "in my second year of law", "on the board of the club", "on sertraline"."""
    noun = next((c for c in preposition.children if c.dep_ == "pobj"), None)
    if noun is None:
        return
    word = preposition.lower_
    long = SINCE.search(to_the_end(told.clause, preposition.i)) is not None
    if word == "from" and is_name(noun):
        yield from told.fact("born_in", phrase(noun))
    elif (
        word == "in"
        and is_name(noun)
        and told.who
        and not WHEN.search(noun.doc.text)
        and not NOW.search(noun.doc.text)
    ):
        yield from told.fact("lives_in", phrase(noun, whole=False))
    elif word in ("in", "at") and is_name(noun) and long:
        yield from told.fact("lives_in" if word == "in" else "works_at", phrase(noun, whole=False))
    elif word in ("in", "on") and lemma(noun) == "year":
        subject = after(noun, "of")
        if subject is not None and any(
            c.lower_ in ("my", "her", "his", "their", "the") for c in noun.children
        ):
            yield from told.fact("studies", phrase(subject, whole=False))
    elif word in ("in", "on") and lemma(noun) in _GROUPS:
        of = after(noun, "of")
        yield from told.fact("member_of", named_after(noun) or phrase(of if of is not None else noun))
    elif word == "on" and lemma(noun) == "diet":
        yield from told.fact("diet", phrase(noun))
    elif word == "on" and is_medicine(noun):
        yield from told.fact("takes", phrase(noun, whole=False))
