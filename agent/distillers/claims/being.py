"""What somebody is: "I am a nurse", "my phone is a Fairphone", "she's 34", "we're on the board of ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from ...grammar import attributes
from ...grammar.clauses import base, is_past
from ...grammar.kinds import THINGS
from ...grammar.people import is_me
from ...grammar.roles import is_role, labels_of, role_of
from .claim import Claim, Told, after, each, is_telling, lemma, object_of, phrase, to_the_end, word_list

_DIETS, _CONDITIONS, _AILING = word_list("diets"), word_list("conditions"), word_list("ailing")
_GROUPS, _PEOPLES, _NO_PEOPLES = word_list("groups"), word_list("peoples"), word_list("no_peoples")
_POSSESSIONS = word_list("possessions")
_ENDINGS = tuple(word_list("condition_endings"))
_PEOPLE_ENDING = re.compile(r"(?:ian|ish|ese|ean|[rk]ican|lander|wegian|exican)$")
_JOB = re.compile(rf"{attributes.WORDS['JOB']}$")
_NO_JOB = re.compile(attributes.WORDS["RELATIVE"])
_PROPER = re.compile(r"\b[A-ZÀ-Þ]")


def is_condition(token: Token, whole: str = "") -> bool:
    name = (whole or token.text).casefold()
    return (
        lemma(token) in _CONDITIONS
        or lemma(token).endswith(_ENDINGS)
        or name in _CONDITIONS
        or any(name.endswith(" " + condition) for condition in _CONDITIONS)
    )


def is_people(token: Token) -> bool:
    """A word for where somebody comes from: "Chilean"."""
    word = token.lower_
    listed = word in _PEOPLES
    return (
        (listed or (bool(_PEOPLE_ENDING.search(word)) and token.text[:1].isupper()))
        and word not in _NO_PEOPLES
        and token.i > 0
    )


def is_job(token: Token) -> bool:
    """A word for what somebody works as, told by its ending: "conservator"."""
    name = lemma(token)
    return (
        bool(_JOB.search(name))
        and not _NO_JOB.fullmatch(name)
        and not (is_role(role_of(token)) and _is_kin(token))
    )


def _is_kin(token: Token) -> bool:
    return bool(labels_of(role_of(token)) & {"family", "pet", "partner", "friend"})


def being(told: Told) -> Iterator[Claim]:
    """The claims of a clause with "to be" about its subject."""
    head = told.head
    if told.clause.negated or is_past(head):
        return
    for part in head.children:
        if part.i < head.i:
            continue
        if part.dep_ in ("acomp", "advcl", "oprd") or (part.dep_ == "attr" and part.pos_ in ("ADJ", "VERB")):
            for one in each(part):
                yield from _described(told, one)
        elif part.dep_ == "attr":
            yield from _is_a(told, part)
        elif part.dep_ == "prep":
            yield from _placed(told, part)
        elif part.dep_ in ("npadvmod", "nummod") and part.like_num:
            yield from _aged(told, part)


def passive(told: Told) -> Iterator[Claim]:
    """ "is called", "was born in", "got engaged to", "am based in", "diagnosed with"."""
    head = told.head
    if told.clause.negated:
        return
    verb = head.lower_
    if verb in ("allergic", "intolerant"):
        yield from _described(told, head)
    if verb in ("born", "bred", "raised"):
        yield from born(told, head)
    elif verb in ("based", "settled", "registered", "located"):
        place = after(head, "in", "at", "near", "on", "outside")
        if place is not None:
            yield from told.fact("lives_in", phrase(place))
    elif verb in ("employed",):
        place = after(head, "by", "at")
        if place is not None:
            yield from told.fact("works_at", phrase(place))
    elif verb in ("engaged", "married"):
        whom = after(head, "to")
        if whom is not None and _PROPER.search(whom.text):
            yield from told.fact("partner", phrase(whom, whole=False))
    elif verb == "diagnosed":
        what = after(head, "with", "as")
        if what is not None:
            yield from told.fact("health", phrase(what))


def born(told: Told, head: Token) -> Iterator[Claim]:
    place, day = after(head, "in", "at", "near"), after(head, "on")
    if place is not None and place.pos_ in ("PROPN", "NOUN") and not re.search(r"\d", place.text):
        if lemma(place) in THINGS["month"]:
            yield from told.fact("birthday", phrase(place))
        else:
            yield from told.fact("born_in", phrase(place))
    elif place is not None and re.fullmatch(r"(?:19|20)\d\d", place.text):
        yield from told.fact("birthday", place.text)
    if day is not None:
        yield from told.fact("birthday", phrase(day))
    nearby = next((c for c in head.children if c.dep_ == "conj" and c.lower_ in ("bred", "raised")), None)
    if nearby is not None:
        yield from born(told, nearby)


def _described(told: Told, word: Token) -> Iterator[Claim]:
    """An adjective after "to be"."""
    name = word.lower_
    before = next(
        (
            c.lower_
            for c in word.children
            if c.i < word.i and c.dep_ in ("advmod", "npadvmod", "amod", "compound")
        ),
        "",
    )
    if name in _DIETS or f"{before} {name}" in _DIETS or f"{before}-{name}" in _DIETS:
        yield from told.fact("diet", phrase(word))
    elif name in ("allergic", "intolerant"):
        to = after(word, "to", "of")
        if to is not None:
            for one in each(to):
                yield from told.fact("allergy", phrase(one))
        elif before:
            yield from told.fact("allergy", f"{before} {name}")
    elif name in _AILING:
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
    elif name in ("engaged", "married", "born", "based", "diagnosed", "employed"):
        yield from passive(Told(told.clause, told.who)) if word.i == told.head.i else _as_passive(told, word)
    elif is_people(word):
        yield from told.fact("nationality", word.text)
    elif name == "old" or word.like_num:
        yield from _aged(told, word)


def _as_passive(told: Told, word: Token) -> Iterator[Claim]:
    from dataclasses import replace

    return passive(Told(replace(told.clause, head=word), told.who))


def _is_a(told: Told, noun: Token) -> Iterator[Claim]:
    """A noun after "to be"."""
    name = phrase(noun, whole=False)
    if noun.like_num or (lemma(noun) in ("year", "month") and any(c.like_num for c in noun.children)):
        yield from _aged(told, noun)
        return
    if lemma(noun) in ("member", "part", "captain", "secretary", "treasurer", "chair", "president"):
        group = after(noun, "of")
        if group is not None:
            yield from told.fact("member_of", phrase(group))
            return
    if lemma(noun) in ("speaker",):
        yield from told.fact("speaks", name)
        return
    if lemma(noun) in ("citizen", "national", "resident"):
        relation = "lives_in" if lemma(noun) == "resident" else "nationality"
        yield from told.fact(relation, name)
        return
    for one in each(noun):
        if one.lower_ in _DIETS or phrase(one, whole=False).casefold() in _DIETS:
            yield from told.fact("diet", phrase(one, whole=False))
        elif one.lower_ in _AILING or is_condition(one):
            yield from told.fact("health", phrase(one))
        elif is_people(one):
            yield from told.fact("nationality", one.text)
        elif is_job(one) and (
            one.i != noun.i or any(c.lower_ in ("a", "an", "the") for c in one.children) or told.who
        ):
            yield from told.fact("job", phrase(one, whole=False))
        elif one.i == noun.i and _is_name(one) and not told.who and told.clause.subject is not None:
            yield from told.fact("name", phrase(one, whole=False))
        elif one.pos_ in ("NOUN", "PROPN") and is_job(one) and one.i != noun.i:
            yield from told.fact("job", phrase(one, whole=False))
    for part in noun.children:  # "28 year old, accountant from Da Nang"
        if part.dep_ == "appos" and lemma(part) in ("year", "years"):
            yield from _aged(told, part)


def _is_name(token: Token) -> bool:
    return (
        token.pos_ == "PROPN"
        and token.text[:1].isupper()
        and not any(c.lower_ in ("a", "an", "the", "my") for c in token.children)
    )


def _aged(told: Told, token: Token) -> Iterator[Claim]:
    text = to_the_end(told.clause, min(t.i for t in token.subtree))
    match = re.match(
        r"(?:about |nearly |almost |just |only )?(\d{1,3}|[a-z]+(?:-[a-z]+)?)(?: ?-?(?:years?|yrs?)(?: ?-?old)?| ?yo)?(?: now| today| already)?$",
        text,
    )
    number = match.group(1) if match else ""
    if number and (
        (number.isdigit() and int(number) < 120) or token.like_num or any(c.like_num for c in token.children)
    ):
        yield from told.fact("age", number)


def _placed(told: Told, preposition: Token) -> Iterator[Claim]:
    """ "from Gdynia", "in my second year of law", "on the board of the club", "in a band called X"."""
    noun = next((c for c in preposition.children if c.dep_ == "pobj"), None)
    if noun is None:
        return
    word = preposition.lower_
    proper = bool(_PROPER.search(phrase(noun)))
    if word == "from" and proper:
        yield from told.fact("born_in", phrase(noun))
    elif (
        word in ("in", "on")
        and lemma(noun) == "year"
        and any(c.lower_ in ("my", "her", "his", "their", "the") for c in noun.children)
    ):
        subject = after(noun, "of")
        if subject is not None:
            yield from told.fact("studies", phrase(subject, whole=False))
    elif word in ("in", "on") and lemma(noun) in _GROUPS:
        called = named_after(noun)
        of = after(noun, "of")
        if called:
            yield from told.fact("member_of", called)
        elif of is not None:
            yield from told.fact("member_of", phrase(of))
        else:
            yield from told.fact("member_of", phrase(noun))


def named_after(noun: Token) -> str:
    """The name in "a band called The Wet Mondays"."""
    naming = next((c for c in noun.children if c.dep_ == "acl" and c.lower_ in ("called", "named")), None)
    name = object_of(naming) if naming is not None else None
    if name is None:
        return ""
    start = min(t.i for t in name.subtree)
    return name.doc[start : name.i + 1].text


def is_of(told_head: Token, subject: Token, who: str) -> Iterator[Claim]:
    """ "my name is X", "my birthday is on D", "my phone is a Fairphone", "my Arabic is native level"."""
    noun, value = lemma(subject), object_of(told_head)
    prepositional = next((c for c in told_head.children if c.dep_ == "prep" and c.i > told_head.i), None)
    place = (
        next((c for c in prepositional.children if c.dep_ == "pobj"), None)
        if prepositional is not None
        else None
    )
    found: list[tuple[str, str]] = []
    if noun in ("name", "surname") and who:
        return  # that is who they are: see naming
    if noun in ("name", "surname"):
        written = value or next(
            (c for c in told_head.children if c.i > told_head.i and c.dep_ in ("oprd", "dobj", "acomp")), None
        )
        relation = (
            "nickname"
            if any(c.lower_ in ("nick", "pet", "stage", "pen") for c in subject.children)
            else "name"
        )
        if written is not None and (written.text[:1].isupper() or written.pos_ == "PROPN"):
            found.append((relation, phrase(written, whole=False)))
    elif noun in ("nickname", "surname"):
        found += [("nickname", phrase(value, whole=False))] if value is not None else []
    elif noun in ("birthday", "bday", "anniversary"):
        day = place if place is not None else value
        if day is not None and (re.search(r"\d", phrase(day)) or lemma(day) in THINGS["month"]):
            found.append(("anniversary" if noun == "anniversary" else "birthday", phrase(day)))
    elif (
        noun in ("residence", "home", "address")
        and place is not None
        and prepositional is not None
        and prepositional.lower_ in ("in", "at", "near", "on")
    ):
        found.append(("lives_in", phrase(place)))
    elif noun in ("job", "profession", "occupation", "trade") and value is not None:
        found.append(("job", phrase(value)))
    elif noun in THINGS["language"] or subject.lower_ in THINGS["language"]:
        found.append(("speaks", subject.text))
    elif noun in ("hobby", "pastime") and value is not None:
        found += [("hobby", phrase(one)) for one in each(value)]
    elif noun in ("nationality", "citizenship") and value is not None:
        found.append(("nationality", phrase(value)))
    elif (
        value is not None
        and value.pos_ == "PROPN"
        and noun in _POSSESSIONS
        and any(c.lower_ in ("a", "an") for c in value.children)
    ):
        found.append(("owns", to_value(value)))
    elif value is not None and noun in ("age",) and value.like_num:
        found.append(("age", value.text))
    for relation, text in found:
        if is_telling(text):
            yield Claim(relation, text, who)


def to_value(value: Token) -> str:
    """A proper noun with the number behind it: "Fairphone 5"."""
    end = value.i + 1
    while end < len(value.doc) and (value.doc[end].like_num or value.doc[end].pos_ == "PROPN"):
        end += 1
    start = min((t.i for t in value.subtree if t.i < value.i and t.dep_ != "det"), default=value.i)
    return value.doc[start:end].text


__all__ = ["base", "being", "is_me", "is_of", "is_role", "passive"]
