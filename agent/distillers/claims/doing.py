"""What somebody does, has and plans: "I play bass", "we've got two cats", "I'm seeing the dentist on Friday"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from ...grammar.clauses import base, is_past
from ...grammar.kinds import THINGS
from ...grammar.people import is_my, owner_of
from ...grammar.roles import ABOVE, labels_of, role_of
from .being import is_condition, is_people, named_after, to_value
from .claim import Claim, Told, after, each, lemma, object_of, phrase, to_the_end, word_list

_MOODS, _GROUPS, _BUSINESSES, _VEHICLES = (
    word_list(n) for n in ("moods", "groups", "businesses", "vehicles")
)
_TAUGHT, _CRAFTS, _KEPT, _POSSESSIONS = (word_list(n) for n in ("taught", "crafts", "kept", "possessions"))
_DATED, _PROFESSIONALS, _SEEN, _SKILLS = (word_list(n) for n in ("dated", "professionals", "seen", "skills"))
_WORKING, _EATING, _MOVING, _BODY = (word_list(n) for n in ("working", "eating", "moving", "body"))
_POORLY = word_list("poorly")
_DAY = "|".join(sorted(THINGS["day"] - {"today", "tomorrow"}, key=len, reverse=True))
_MONTH = "|".join(THINGS["month"])
_UNIT = rf"(?:morning|evening|night|afternoon|day|week|weekend|month|year|winter|summer|spring|autumn|lunchtime|{_DAY})"
_OFTEN = re.compile(
    rf"\b(?:(?:every|each)(?: (?:other|second|single|\d+|two|three|four))? {_UNIT}s?|on (?:{_DAY}|weekday)s\b|(?:on|at) weekends?|"
    rf"(?:{_DAY}) (?:morning|evening|night|afternoon)s\b|in the (?:mornings|evenings|afternoons|winters?|summers?)|"
    rf"(?:most|weekday) (?:morning|evening|night|day|weekend|{_DAY})s|(?:once|twice|\w+ times) an? (?:day|week|month|year)|"
    r"before (?:work|breakfast|bed)|after (?:work|dinner|school)|daily|weekly)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    rf"\b(?:next (?:week|month|year|weekend|summer|winter|spring|autumn|{_DAY}|{_MONTH})|tomorrow|"
    rf"(?:on|this|by|from|until|till) (?:the )?(?:{_DAY}|{_MONTH}|\d+(?:st|nd|rd|th)?\b)|(?:in|from|until|this|by|for) (?:{_MONTH})\b|(?:in|this|next|from) "
    rf"(?:the )?(?:autumn|spring|summer|winter|new year|easter|christmas)|in (?:a|two|three|four|five|six|\d+) (?:days?|weeks?|months?)|"
    rf"at \d{{1,2}}(?:[.:]\d\d)?\s?(?:am|pm|o'clock)?\b|\d{{1,2}}(?:[.:]\d\d)?\s?(?:am|pm)|(?:{_DAY})s?\b|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTH})|"
    rf"(?:{_MONTH}) (?:the )?\d{{1,2}}|on the \d+(?:st|nd|rd|th))\b",
    re.IGNORECASE,
)  # fmt: skip
_JUST_NOW = re.compile(r"\b(?:today|now|yet|here|right|this|tonight|straight|from)\b", re.IGNORECASE)
_WANTS = frozenset(
    {
        "want",
        "need",
        "think",
        "know",
        "wonder",
        "hope",
        "guess",
        "mean",
        "feel",
        "try",
        "forget",
        "get",
        "love",
        "like",
        "hate",
        "wish",
        "say",
        "see",
        "find",
        "look",
    }
)


def doing(told: Told) -> Iterator[Claim]:
    """The claims of a clause with any other verb."""
    head, verb = told.head, base(told.head)
    if told.clause.negated:
        yield from _denied(told, verb)
        return
    found = list(_event(told, verb))
    got = head.lower_ == "got" and told.clause.subject is None
    if not found and got:
        found = [*_dated(told, verb)]
    elif not found and not (is_past(head) and not _is_present(head)):
        found = (
            [*_lasting(told, verb)]
            or [*_dated(told, verb)]
            or [*_often(told, verb)]
            or [*_planned(told, verb)]
        )
    yield from found


def _is_present(head: Token) -> bool:
    """ "I knit", "I read": the parser may take a present for a past of the same spelling."""
    helped = any(c.dep_ in ("aux", "auxpass") for c in head.children)
    return head.lower_ == head.lemma_.casefold() and not helped


def _denied(told: Told, verb: str) -> Iterator[Claim]:
    """ "I don't eat meat", "I can't kneel", "I can't have gluten"."""
    head, thing = told.head, object_of(told.head)
    if is_past(head):
        return
    able = any(c.lower_ in ("can", "could") for c in head.children)
    if verb in _EATING and thing is not None and lemma(thing) not in THINGS["day"] and not owner_of(thing):
        for one in each(thing):
            yield from told.fact("diet", f"{'can not' if able else 'does not'} {verb} {phrase(one)}")
    elif verb == "drink" and thing is None and not able:
        yield from told.fact("diet", "does not drink")
    elif (
        able
        and verb in ("tolerate", "have")
        and thing is not None
        and (lemma(thing) in THINGS["food"] or verb == "tolerate")
    ):
        for one in each(thing):
            yield from told.fact("allergy", phrase(one))
    elif able and verb in _MOVING and thing is None and not _JUST_NOW.search(head.doc.text):
        yield from told.fact("health", f"can not {verb}")


def _event(told: Told, verb: str) -> Iterator[Claim]:
    """What happened and still holds: moved, married, bought, named, started."""
    head, thing = told.head, object_of(told.head)
    past_only = (
        is_past(head)
        or head.tag_ in ("VBN", "VBD")
        or any(c.lower_ in ("have", "has") and c.dep_ == "aux" for c in head.children)
    )
    if verb in ("move", "relocate", "emigrate") and past_only:
        place = after(head, "to", "into") or after(head, "in")
        if verb == "move" and place is not None and after(head, "to", "into") is None:
            place = _deepest_place(head)
        if place is not None and (place.pos_ == "PROPN" or re.search(r"[A-Z]", phrase(place))):
            yield from told.fact("lives_in", phrase(place, whole=after(head, "to", "into") is not None))
    elif verb in ("buy", "adopt", "purchase", "inherit") and past_only and thing is not None:
        role = role_of(thing)
        relation = "pet" if role and "pet" in labels_of(role) else "owns"
        if any(
            c.lower_ in ("a", "an", "my", "our", "two", "three") or c.like_num for c in thing.children
        ) and (
            relation == "pet"
            or lemma(thing) in _POSSESSIONS
            or thing.pos_ == "PROPN"
            or lemma(thing).endswith(("boat", "bike", "house"))
        ):
            yield from told.fact(
                relation, named_after(thing) or (to_value(thing) if thing.pos_ == "PROPN" else phrase(thing))
            )
    elif verb in ("start", "begin", "join") and past_only:
        place = after(head, "at", "with") if verb != "join" else thing
        if place is not None and (place.pos_ == "PROPN" or re.search(r"\b[A-Z]", phrase(place))):
            yield from told.fact("member_of" if lemma(place) in _GROUPS else "works_at", phrase(place))
        elif place is not None and verb == "join" and lemma(place) in _GROUPS:
            yield from told.fact("member_of", phrase(place))
        yield from _behind(told, "job", "as", whole=False)
    elif (
        verb in ("get", "land", "take", "have")
        and thing is not None
        and lemma(thing) in ("job", "position", "role", "post", "apprenticeship")
    ):
        firm = after(thing, "at", "with", "for") or after(head, "at", "with")
        post = after(thing, "as") or after(head, "as")
        if firm is not None:
            yield from told.fact("works_at", phrase(firm))
        if post is not None:
            yield from told.fact("job", phrase(post, whole=False))
    elif verb == "marry" and thing is not None and thing.pos_ == "PROPN":
        yield from told.fact("partner", phrase(thing, whole=False))
    elif verb in ("get", "become") and past_only:
        for part in head.children:
            if part.lower_ in ("engaged", "married"):
                whom = after(part, "to") or after(head, "to")
                if whom is not None and whom.text[:1].isupper():
                    yield from told.fact("partner", phrase(whom, whole=False))
    elif (
        verb in ("bear", "raise", "breed", "grow")
        and past_only
        and head.lower_ in ("born", "bred", "raised", "grew", "grown")
    ):
        from .being import born

        yield from born(told, head)
    elif verb == "turn" and thing is not None and thing.like_num:
        yield from told.fact("age", thing.text)
    elif verb == "book" and past_only and thing is not None:
        where = after(thing, "to") or after(head, "to")
        if _WHEN.search(head.doc.text) or where is not None:
            yield from told.fact("plans", to_the_end(told.clause, head.i))


def _behind(told: Told, relation: str, *prepositions: str, whole: bool = True) -> Iterator[Claim]:
    """The noun behind one of these prepositions, if there is one."""
    noun = after(told.head, *prepositions)
    if noun is not None:
        yield from told.fact(relation, phrase(noun, whole=whole))


def _deepest_place(head: Token) -> Token | None:
    """ "moved in with my aunt in Antwerp"."""
    names = [
        t
        for t in head.subtree
        if t.dep_ == "pobj" and t.pos_ == "PROPN" and t.head.lower_ in ("in", "to", "near", "at")
    ]
    return names[0] if names else None


def _lasting(told: Told, verb: str) -> Iterator[Claim]:
    """What is so over time."""
    head, thing = told.head, object_of(told.head)
    progressive = head.tag_ == "VBG"
    if verb in ("live", "reside", "dwell", "stay") and verb != "stay":
        place = after(head, "in", "at", "near", "on", "outside", "by")
        if place is not None and lemma(place) not in _MOODS and not is_pronoun(place):
            yield from told.fact("lives_in", phrase(place))
    elif verb == "write" and progressive and after(head, "from") is not None:
        place = after(head, "from")
        if place is not None and place.pos_ == "PROPN":
            yield from told.fact("lives_in", phrase(place))
    elif verb == "work":
        yield from _works(told)
    elif verb == "volunteer":
        group = after(head, "for", "at", "with", "in")
        if group is not None:
            yield from told.fact("member_of", phrase(group, whole=False))
    elif verb == "belong" and after(head, "to") is not None:
        yield from _behind(told, "member_of", "to")
    elif verb in ("study", "learn", "major") and (thing is not None or after(head, "in") is not None):
        subject = thing if thing is not None else after(head, "in")
        if subject is not None and not is_pronoun(subject):
            yield from told.fact("studies", phrase(subject, whole=False))
    elif (
        verb in ("do", "pursue", "finish")
        and thing is not None
        and lemma(thing)
        in (
            "degree",
            "phd",
            "master",
            "masters",
            "doctorate",
            "apprenticeship",
            "course",
            "diploma",
            "bachelor",
            "mba",
        )
    ):
        subject = after(thing, "in", "on")
        yield from told.fact(
            "studies", phrase(subject, whole=False) if subject is not None else phrase(thing)
        )
    elif verb == "speak" and thing is not None:
        for one in each(thing):
            if one.lower_ in THINGS["language"] or one.pos_ == "PROPN" or is_people(one):
                yield from told.fact("speaks", phrase(one, whole=False))
    elif (
        verb == "get"
        and head.lower_ == "get"
        and any(c.lower_ == "by" for c in head.children)
        and after(head, "in") is not None
    ):
        yield from _behind(told, "speaks", "in")
    elif verb == "play":
        yield from _plays(told, thing)
    elif verb in ("have", "get", "keep", "own") and thing is not None:
        yield from _has(told, verb, thing)
    elif verb == "hold" and thing is not None and lemma(thing) in ("passport", "citizenship"):
        for child in thing.children:
            if child.i < thing.i and (is_people(child) or child.pos_ == "PROPN"):
                yield from told.fact("nationality", child.text)
    elif (
        verb in ("follow", "stick", "eat")
        and thing is not None
        and lemma(thing) in ("diet", "vegan", "vegetarian", "kosher", "halal", "keto")
    ):
        yield from told.fact("diet", phrase(thing))
    elif verb == "suffer" and after(head, "from", "with") is not None:
        yield from _behind(told, "health", "from", "with")
    elif verb in _WORKING and thing is not None and not is_pronoun(thing):
        yield from _works_on(told, verb, thing)
    elif verb == "come" and any(t.pos_ == "PROPN" for t in head.subtree if t.i > head.i):
        yield from _behind(told, "born_in", "from")
    if verb == "go" and after(head, "by") is not None and not progressive:
        yield from _behind(told, "nickname", "by", whole=False)
    if verb in _CRAFTS and not (progressive and not any(c.lower_ == "been" for c in head.children)):
        start = head.i
        if thing is None or not is_pronoun(thing):
            yield from told.fact("hobby", to_the_end(told.clause, start) if thing is not None else head.text)
    under = after(head, "under")
    if under is not None and lemma(under) == "name":
        names = [t for t in under.subtree if t.pos_ == "PROPN"]
        if names:
            yield from told.fact("nickname", head.doc[names[0].i : names[-1].i + 1].text)
    if any(c.lower_ in ("can",) and c.dep_ == "aux" for c in head.children) and verb in _SKILLS:
        yield from told.fact("skill", to_the_end(told.clause, head.i))


def is_pronoun(token: Token) -> bool:
    return token.pos_ == "PRON" or token.lower_ in ("it", "this", "that", "something", "nothing")


def _works(told: Told) -> Iterator[Claim]:
    head = told.head
    job, place, field = after(head, "as"), after(head, "at", "for", "with"), after(head, "in")
    if job is not None:
        yield from told.fact("job", phrase(job, whole=False))
    if (
        place is not None
        and not is_pronoun(place)
        and lemma(place) not in ("year", "home", "month", "moment", "night", "week", "hour")
        and not place.like_num
    ):
        yield from told.fact("works_at", phrase(place))
    if (
        field is not None
        and job is None
        and lemma(field) not in ("morning", "evening", "week", "team", "moment", "progress")
    ):
        yield from told.fact("job", phrase(field))
    if job is None and place is None and field is None and _OFTEN.search(to_the_end(told.clause, head.i)):
        yield from told.fact("routine", to_the_end(told.clause, head.i))


def _works_on(told: Told, verb: str, thing: Token) -> Iterator[Claim]:
    """ "I teach maths", "we run a small bookshop", "he drives lorries"."""
    head = told.head
    name = lemma(thing)
    fits = (
        (verb == "teach" and (name in _TAUGHT or thing.lower_ in _TAUGHT))
        or (verb in ("run", "manage", "own") and name in _BUSINESSES)
        or (verb == "drive" and name in _VEHICLES)
        or (
            verb in ("design", "build", "repair", "edit", "translate", "breed", "sell", "deliver")
            and thing.tag_ == "NNS"
            and not owner_of(thing)
        )
    )
    if verb == "drive" and thing.pos_ == "PROPN":
        yield from told.fact("owns", to_value(thing))
    if fits and head.tag_ != "VBG":
        yield from told.fact("job", f"{head.text} {phrase(thing, whole=False)}")
        place = after(head, "at") or after(thing, "at")
        if place is not None and place.pos_ == "PROPN":
            yield from told.fact("works_at", phrase(place))


def _plays(told: Told, thing: Token | None) -> Iterator[Claim]:
    head = told.head
    if thing is not None and lemma(thing) not in ("game", "role", "part", "music", "trick", "song", "it"):
        known = THINGS["instrument"] | THINGS["sport"] | THINGS["hobby"]
        for one in each(thing):
            owned = one.i + 1 < len(one.doc) and one.nbor().lower_ == "'s"
            if lemma(one) in known or (head.tag_ != "VBG" and not owned):
                yield from told.fact("plays", phrase(one, whole=False))
    group = after(head, "in", "for", "with") or (
        after(thing, "in", "for", "with") if thing is not None else None
    )
    if group is not None and (
        named_after(group)
        or lemma(group) in _GROUPS
        or (group.pos_ == "PROPN" and "for" in (c.lower_ for c in head.children))
    ):
        yield from told.fact("member_of", named_after(group) or phrase(group))


def _has(told: Told, verb: str, thing: Token) -> Iterator[Claim]:
    """Pets, family, ailments, possessions."""
    head, _name = told.head, lemma(thing)
    if verb == "get" and not any(c.lemma_ == "have" for c in head.children) and head.lower_ != "got":
        return
    following = thing.doc[thing.i + 1 : thing.i + 2].text
    if following in (":", ",", "-", "–") and any(
        t.pos_ == "PROPN" for t in thing.doc[thing.i + 2 : thing.i + 3]
    ):
        return  # "three cats: Miso, Tofu and Kevin": their names say it
    for one in each(thing):
        role = role_of(one)
        whole = phrase(one, whole=False).casefold()
        counted = any(c.dep_ == "nummod" for c in one.children)
        if lemma(one) == "allergy":
            to = after(one, "to")
            yield from told.fact("allergy", phrase(to) if to is not None else phrase(one, whole=False))
        elif lemma(one) == "intolerance":
            yield from told.fact("allergy", phrase(one, whole=False))
        elif is_condition(one, whole) or (
            lemma(one) in _BODY and any(c.lower_ in _POORLY for c in one.children)
        ):
            yield from told.fact("health", phrase(one, whole=False))
        elif verb == "keep" and lemma(one) == "kosher":
            yield from told.fact("diet", phrase(one))
        elif verb == "keep" and (lemma(one) in _KEPT or (role and "pet" in labels_of(role))):
            yield from told.fact("pet", phrase(one, whole=False))
        elif role and ("family" in ABOVE.get(role, ()) or "pet" in labels_of(role)) and not named_after(one):
            pet = "pet" in labels_of(role)
            if counted or pet:
                yield from told.fact("pet" if pet else "has", phrase(one, whole=False))
        elif lemma(one) == "passport" or lemma(one) == "citizenship":
            for child in one.children:
                if is_people(child):
                    yield from told.fact("nationality", child.text)
        elif lemma(one) in ("degree", "phd", "diploma", "doctorate"):
            subject = after(one, "in")
            yield from told.fact(
                "studies", phrase(subject, whole=False) if subject is not None else phrase(one)
            )
        elif lemma(one) in _POSSESSIONS and any(c.lower_ in ("a", "an") or c.like_num for c in one.children):
            yield from told.fact("owns", phrase(one, whole=False))
        elif verb == "own" and not is_pronoun(one):
            yield from told.fact("owns", to_value(one) if one.pos_ == "PROPN" else phrase(one, whole=False))
        elif (
            one.pos_ == "PROPN"
            and any(c.lower_ in ("a", "an") for c in one.children)
            and lemma(one) not in THINGS["day"]
        ):
            yield from told.fact("owns", to_value(one))


def _dated(told: Told, verb: str) -> Iterator[Claim]:
    """ "got my driving test on Thursday", "I'm seeing my solicitor next Friday"."""
    head, thing = told.head, object_of(told.head)
    doc = head.doc
    when = _WHEN.search(doc.text)
    if when is None or thing is None or any(c.lower_ in ("can", "might", "would") for c in head.children):
        return
    if _OFTEN.search(doc.text):
        return
    if verb in ("have", "get") and (
        lemma(thing) in _DATED or any(c.lower_ in _DATED for c in thing.children)
    ):
        yield from told.fact("appointment", to_the_end(told.clause, _first(thing)))
    elif verb in _SEEN and head.tag_ == "VBG" and lemma(thing) in _PROFESSIONALS:
        yield from told.fact(
            "appointment",
            doc[: thing.i + 1].text if when.start() < head.idx else to_the_end(told.clause, head.i),
        )


def _first(noun: Token) -> int:
    start = min((t.i for t in noun.subtree), default=noun.i)
    while noun.doc[start].lower_ in ("a", "an", "the", "my", "our", "another") and start < noun.i:
        start += 1
    return start


def _often(told: Told, verb: str) -> Iterator[Claim]:
    """What is done again and again."""
    head, thing = told.head, object_of(told.head)
    helped = [c for c in head.children if c.dep_ == "aux" and c.lemma_ not in ("do",)]
    if verb == "have" or head.lower_ == "got":
        helped = [c for c in helped if c.lemma_ != "have"]
    text = head.doc.text
    often = _OFTEN.search(text)
    if helped or often is None or verb in _WANTS - {"get", "see"} or head.tag_ == "VBG":
        return
    if told.clause.subject is None or (verb in ("be", "get") and thing is None):
        return
    said = to_the_end(told.clause, head.i)
    if any(t.dep_ == "det" and t.lower_ in ("this", "that", "these", "those") for t in head.subtree):
        return  # "I run into this error every day" is said of the moment
    if verb in ("have", "get") and thing is not None:
        said = to_the_end(told.clause, _first(thing))
    if often.start() < head.idx and lemma(head) in (
        "restore",
        "build",
        "collect",
        "make",
        "paint",
        "draw",
        "write",
    ):
        yield from told.fact("hobby", said)
    elif often.group().casefold() in said.casefold() or often.start() < head.idx:
        yield from told.fact("routine", said)


def _planned(told: Told, verb: str) -> Iterator[Claim]:
    """ "we're going to live on it from March", "I'm flying to Oslo on Friday"."""
    head = told.head
    text = " ".join(t.text for t in told.clause.tokens)
    when = _WHEN.search(text)
    intended = next((c for c in head.children if c.dep_ == "xcomp"), None)
    will = any(c.lower_ in ("will", "shall") and c.dep_ == "aux" for c in head.children)
    to = after(head, "to")
    if (
        verb in ("go", "plan", "intend", "hope")
        and intended is not None
        and head.tag_ in ("VBG", "VBP")
        and (verb != "hope")
    ):
        thing = object_of(intended)
        vague = intended.lemma_ in _WANTS or (thing is not None and is_pronoun(thing))
        if not vague and (when is not None or re.search(r"\b(?:to|in|at) [A-Z]", text)):
            yield from told.fact("plans", to_the_end(told.clause, intended.i))
    elif (
        head.tag_ == "VBG"
        and any(c.lemma_ == "be" and c.dep_ == "aux" for c in head.children)
        and not any(c.lower_ == "been" for c in head.children)
    ) or will:
        thing = object_of(head)
        if when is not None and verb not in _WANTS and not (thing is not None and is_pronoun(thing)):
            yield from told.fact("plans", to_the_end(told.clause, head.i))
    elif (
        (
            verb in ("go", "fly", "travel", "leave", "move", "sail", "start")
            and head.tag_ in ("VBP", "VBZ")
            and to is not None
        )
        and to.pos_ == "PROPN"
        and not _OFTEN.search(text)
    ):
        yield from told.fact("plans", to_the_end(told.clause, head.i))


def appointments(clause_head: Token, subject: Token, told: Told) -> Iterator[Claim]:
    """ "my appointment with the dentist is on the 14th", "the flight's on the 6th"."""
    if lemma(subject) not in _DATED and not any(c.lower_ in _DATED for c in subject.children):
        return
    text = to_the_end(told.clause, clause_head.i)
    owner = owner_of(subject)
    if _WHEN.search(text) and owner is not None and is_my(owner):
        first = subject.i
        yield from told.fact("appointment", f"{phrase(subject)} {text}" if first else text)
