"""Claims out of what a reading model found stated: of whom, in which relation, with the words of the value.

It reads far more wordings than any rule, and knows nothing of who is who; so whom a value is of, when it is not the
writer's, is read from the grammar of its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from memory.records import Polarity

from ..grammar.mentions import mentions
from ..grammar.people import Mention, Names, is_me, is_my, owner_of
from ..grammar.roles import ABOVE, is_role, role_of
from ..grammar.spelling import sentences
from ..grammar.verbs import base
from ..parsing import Parse
from ..reader.stating import Stated
from .borne_out import LIKELY, is_borne_out
from .claims.claim import Claim, word_list
from .claims.naming import relation_of, who_is
from .claims.wholes import whole
from .claims.workplaces import is_of_work
from .plain import Stretch

States = Callable[[Sequence[str]], Sequence[Sequence[Stated]]]  # what each text states

SURE = 0.96  # how sure reading has to be to claim alone
BESIDE = 0.5  # and where a rule claims something of the same words

_OF_ONESELF = re.compile(r"\b(?:i|i['’]?m|me|my|name['’]?s?|this is|it['’]?s)\b", re.IGNORECASE)
_ENUMERATED = re.compile(r",? (?:and|or) (?!(?:I|i|we|my|our|it)\b)|, [A-Z]")
_NEITHER = re.compile(  # "jazz I can take or leave"
    r"\b(?:no (?:strong |real |particular |great )?(?:opinions?|feelings?|views?|preferences?)|(?:take|leave) it or (?:take|leave)|take or leave|"
    r"indifferent|do(?:es)?(?:n['’]?t| not) (?:really )?mind either|either way|one way or (?:the other|another))\b",
    re.IGNORECASE,
)
_YOUNG = frozenset("0 1 2 3 4 5 6 7 zero one two three four five six seven".split())
_OF_ANYBODY = frozenset(
    "from speaks works_as works_at studies studies_at age condition allergic_to takes diet".split()
)
_SMALL_AGES = frozenset({"months", "month", "weeks", "week"})
_REST = re.compile(r"\b(?:every|any|all) (?:the )?other $", re.IGNORECASE)
_CANNOT = re.compile(
    r"\b(?:can ?n['’]?t|can ?not|cant) (?:eat|have|do|drink|tolerate|digest) (?:any )?$", re.IGNORECASE
)
_BELIEVE = frozenset("think assume believe guess suppose figure presume reckon swear mistake take".split())
_AT_WORK = frozenset({"works_as", "works_at", "studies", "studies_at"})
_APPLY = frozenset({"apply", "interview"})
_GROUPS = word_list("groups")
_HAVE = frozenset({"have", "get", "got", "buy", "adopt", "own"})
_SUPPORT = frozenset({"support", "follow"})  # who supports a club is no member of it
_COUNTED = frozenset(
    {"age", "birthday", "wants_answers", "plans", "did", "habit", "goal", "has_child", "takes"}
)  # a number alone says something here
_JOINING = frozenset({" with ", " of ", " for ", " in ", " at ", "-"})
_RELATIONS = {
    "works_as": "job", "has_partner": "partner", "has_child": "child", "has_friend": "friend", "has_pet": "pet",
    "allergic_to": "allergy", "condition": "health", "habit": "routine", "from": "born_in",
}  # fmt: skip
_TELLING = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "X"})
_TASTES: dict[str, Polarity] = {
    "likes": "likes", "dislikes": "dislikes", "favourite": "likes", "prefers": "likes", "wants_answers": "neutral",
}  # fmt: skip


def read_claims(
    text: str, stated: Sequence[Stated], parse: Parse, people: Names
) -> list[tuple[Stretch, Claim, float]]:
    """What reading finds, each with the sentence that says it and how sure it is: at least BESIDE."""
    found = []
    for one in _places_joined(text, stated):
        sentence, start = _sentence(text, one.start)
        if one.sure < BESIDE or not sentence or _is_anothers_name(one, sentence):
            continue
        doc, place = parse([sentence])[0], one.start - start
        if _is_nothing(one, doc, place) or _is_denied(doc, place) or _is_believed_by_others(doc, place):
            continue
        if _is_applied_for(one, doc, place) or _is_had(one, doc, place) or _is_honorary(one, doc, place):
            continue
        who = (
            ""
            if _is_of_writer(one, doc, place)
            else _who(doc, place, people, _spoken_of(text[: text.find(sentence)], parse, people))
        )
        if who is not None and not (one.relation == "lives_in" and _is_of_work(doc, place)):
            value = whole(doc, place, one.end - start, one.relation)
            if value.casefold().endswith((" one", " ones")):
                continue
            if one.relation == "member_of" and _is_supported(doc, place):
                one = replace(one, relation="likes")
            claim, sure = _claim(one, value, who, doc), one.sure
            if LIKELY <= sure < SURE and claim.polarity is None:
                sure = SURE if is_borne_out(one.relation, doc, place, one.end - start) else sure
            found.append((Stretch(sentence, sentence), claim, sure))
    return found


def _places_joined(text: str, stated: Sequence[Stated]) -> list[Stated]:
    """ "Portland, Oregon" is one place, "migraines with aura" one illness; of more, or with "and", each is one."""
    joined: list[Stated] = []
    for one in stated:
        last = joined[-1] if joined else None
        between = "" if last is None or one.relation != last.relation else text[last.end : one.start]
        place = one.relation in ("lives_in", "from") and between == ", "
        if last is not None and (between in _JOINING or (place and _ENUMERATED.match(text, one.end) is None)):
            joined[-1] = replace(last, end=one.end, sure=max(last.sure, one.sure))
        else:
            joined.append(one)
    return joined


def _is_anothers_name(one: Stated, sentence: str) -> bool:
    """ "Emil mends harmoniums" tells nobody's own name: whoever says theirs speaks of themself."""
    return one.relation == "name" and _OF_ONESELF.search(sentence) is None


def _is_nothing(one: Stated, doc: Doc, place: int) -> bool:
    """Whether the words marked name nothing: "only", "in", a year for a thing, what somebody does not care about."""
    inside = [t for t in doc if place <= t.idx < place + one.end - one.start]
    told = [t for t in inside if t.pos_ in _TELLING or t.like_num]
    bare = one.relation not in _COUNTED and not any(t.is_alpha and not t.like_num for t in inside)
    if one.relation in _TASTES and (_NEITHER.search(doc.text) or _REST.search(doc.text[:place])):
        return True
    if one.relation == "dislikes" and _CANNOT.search(doc.text[:place]):
        return True  # "I can't eat sesame" tells of the body, not of a taste
    return not told or bare or (one.relation == "age" and one.mine and _is_too_young(inside))


def _is_too_young(age: Sequence[Token]) -> bool:
    """A four-year-old does not write: "a dad of two girls, 4 and 7"."""
    alone = age[0].lower_ if len(age) == 1 else ""
    return any(t.lower_ in _SMALL_AGES for t in age) or alone in _YOUNG or "." in alone  # "I'm 1.80"


def _is_of_writer(one: Stated, doc: Doc, place: int) -> bool:
    """Whether a value is the writer's: as reading says, but where its verb has a subject that tells: "my dad is 70 and I'm diabetic",
    "I'm from Accra and my fiancée is Finnish"."""
    at = next((token for token in doc if token.idx + len(token) > place), None)
    above = [] if at is None else [at, *at.ancestors]
    verb = next((token for token in above if token.pos_ in ("VERB", "AUX")), None)
    subject = None if verb is None else next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if verb is None or subject is None or one.relation not in _OF_ANYBODY | _TASTES.keys():
        return one.mine
    between = above[1 : above.index(verb)]
    if any(is_me(token) and not is_my(token) for token in (subject, *subject.conjuncts)):
        return one.mine or all(token.pos_ == "ADP" for token in between)  # but "I have a diabetic cat"
    owner = owner_of(subject)
    return one.mine and not (owner is not None and is_my(owner) and is_role(role_of(subject)))


def _is_denied(doc: Doc, place: int) -> bool:
    """Whether it is said that there is none: "I've no brother called Steve"."""
    at = next((token for token in doc if token.idx + len(token) > place), None)
    while (at is not None and at.pos_ not in ("VERB", "AUX")) or (at is not None and at.dep_ == "acl"):
        if any(c.lower_ == "no" and c.dep_ in ("det", "neg") and c.idx < place for c in at.children):
            return True
        if at.head.i == at.i:
            return False
        at = at.head
    return False


def _verb_over(doc: Doc, place: int) -> Token | None:
    """The next verb above the word at a place."""
    at = next((token for token in doc if token.idx + len(token) > place), None)
    return None if at is None else next((t for t in (at, *at.ancestors) if t.pos_ in ("VERB", "AUX")), None)


def _is_applied_for(one: Stated, doc: Doc, place: int) -> bool:
    """ "I've applied for a job as a ranger"."""
    verb = _verb_over(doc, place)
    return one.relation in _AT_WORK and verb is not None and base(verb) in _APPLY


def _is_honorary(one: Stated, doc: Doc, place: int) -> bool:
    """Whether it is an office in a club, which is no job: "treasurer of our allotment society"."""
    of = (t for t in doc if one.relation == "works_as" and t.lower_ == "of" and t.head.idx >= place)
    within = (c for t in of if t.head.idx < place + one.end - one.start for c in t.children)
    return any(c.dep_ == "pobj" and c.lemma_.casefold() in _GROUPS for c in within)


def _is_had(one: Stated, doc: Doc, place: int) -> bool:
    """Whether something is taken for a taste that is merely had: "got a ginger tom, and he loves pilchards"."""
    verb = _verb_over(doc, place)
    return one.relation in ("likes", "dislikes") and verb is not None and base(verb) in _HAVE


def _is_supported(doc: Doc, place: int) -> bool:
    verb = _verb_over(doc, place)
    return verb is not None and base(verb) in _SUPPORT


def _is_believed_by_others(doc: Doc, place: int) -> bool:
    """Whether it is what somebody else takes to be so: "people keep thinking I'm South African"."""
    at = next((token for token in doc if token.idx + len(token) > place), None)
    while at is not None and at.head.i != at.i:
        if at.dep_ in ("ccomp", "xcomp") and base(at.head) in _BELIEVE:
            subject = next(
                (c for c in (*at.head.children, *at.head.head.children) if c.dep_ == "nsubj"), None
            )
            return subject is not None and not is_me(subject)
        at = at.head
    return False


def _is_of_work(doc: Doc, place: int) -> bool:
    return any(token.idx <= place < token.idx + len(token) and is_of_work(token) for token in doc)


def _claim(one: Stated, value: str, who: str, doc: Doc) -> Claim:
    if one.relation in _TASTES:
        return Claim(one.relation, value, who, _TASTES[one.relation])
    relation = _RELATIONS.get(one.relation, one.relation)
    if relation == "has_relative":
        relation = _kinship(value, doc)
    return Claim(relation, value, who)


def _kinship(value: str, doc: Doc) -> str:
    """Which relative: the role that is named with the value."""
    roles = [m.role for m in mentions(doc, {}) if m.role in ABOVE and (value in m.names or not m.names)]
    return relation_of(roles[0]) if roles and relation_of(roles[0]) else "relative"


def _sentence(text: str, place: int) -> tuple[str, int]:
    """The sentence in which a character stands, and where it begins."""
    start = 0
    for sentence in sentences(text):
        start = text.find(sentence, start)
        if start <= place < start + len(sentence):
            return sentence, start
        start += len(sentence)
    return "", 0


def _spoken_of(said: str, parse: Parse, people: Names) -> Mention | None:
    """Whom "he" in what follows means: the one close to the writer who was spoken of last."""
    last: Mention | None = None
    for doc in parse(sentences(said)):
        last = next((m for m in reversed(mentions(doc, people, last)) if m.mine and _is_close(m)), last)
    return last


def _who(doc: Doc, place: int, people: Names, before: Mention | None) -> str | None:
    """Whose a value is: of those close to the writer who are mentioned before it the last, else the first behind it.
    `before`: who was spoken of in the sentences before."""
    close = [m for m in mentions(doc, people, before) if _is_close(m)]
    named = [m for m in close if doc[m.start].idx < place]
    chosen = named[-1] if named else close[0] if close else None
    return who_is(chosen) if chosen is not None else None


def _is_close(mention: Mention) -> bool:
    return bool(mention.names) or (mention.mine and is_role(mention.role))
