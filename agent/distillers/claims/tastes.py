"""What is liked and disliked, said with a verb or an adjective of feeling."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from memory.records import Polarity

from ...grammar.people import is_me, is_my, owner_of
from ...grammar.roles import is_role, role_of
from ...grammar.verbs import base
from .claim import WORDS, Claim, Told, after, each, forms, lemma, object_of, phrase, to_the_end, word_list
from .times import time_of

_LIKES, _DISLIKES, _UNBEARABLE = word_list("likes"), word_list("dislikes"), word_list("unbearable")
_PAINS, _DELIGHTS = word_list("pains"), word_list("delights")
_LOVERS, _PASSIONS, _HATED = word_list("lovers"), word_list("passions"), word_list("hated")
FEELINGS: dict[str, Polarity] = {
    " ".join(name.split()): polarity
    for polarity in ("likes", "dislikes")
    for name in WORDS["feelings"][polarity].split(", ")
}

TASTES: dict[str, Polarity] = {  # the relations that are one
    "likes": "likes", "dislikes": "dislikes", "favourite": "likes", "prefers": "likes", "wants_answers": "neutral",
}  # fmt: skip


def tastes(told: Told, topic: str = "") -> Iterator[Claim]:
    """The tastes that a clause states; `topic` is what "them" points back to."""
    head, negated = told.head, told.clause.negated or is_hardly(told.head)
    verbs = forms(head)
    if time_of(head) == "over":
        return
    if verbs & _LIKES or (verbs & _DISLIKES and not negated):
        yield from _liked(told, "dislikes" if negated or verbs & _DISLIKES else "likes", topic=topic)
    elif verbs & _UNBEARABLE and negated and any(c.lower_ in ("can", "could") for c in head.children):
        yield from _liked(told, "dislikes", topic=topic)
    elif not negated and any(c.lower_ == "rather" and c.dep_ == "advmod" for c in head.children):
        rather = to_the_end(told.clause, head.i).split(" than ")
        if len(rather) > 1 or any(c.lower_ == "would" for c in head.children):
            yield from told.taste("likes", rather[0], "prefers")
    elif "prefer" in verbs and not negated:
        yield from _liked(told, "likes", "prefers")
    yield from _felt(told)


def _liked(told: Told, polarity: Polarity, relation: str = "", topic: str = "") -> Iterator[Claim]:
    head = told.head
    when = next(
        (
            c
            for c in head.children
            if c.i > head.i and c.dep_ in ("advcl", "ccomp") and any(g.lower_ == "when" for g in c.children)
        ),
        None,
    )
    if when is not None:
        first, last = min(t.i for t in when.subtree), max(t.i for t in when.subtree)
        yield from told.taste(polarity, head.doc[first + 1 : last + 1].text.strip(" .,!"), relation)
        return
    thing = object_of(head) or next(
        (c for c in head.children if c.dep_ == "xcomp" and c.i > head.i and c.tag_ in ("VBG", "VB", "NN")),
        None,
    )
    if thing is None or is_of_the_talk(thing) or _is_somebody(thing):
        return
    if thing.dep_ == "xcomp" and thing.lower_ in _BY_THE_WAY:
        return  # "I hate to brag"
    if (
        relation == "prefers"
        and not told.who
        and after(head, "to", "over") is None
        and any(c.lower_ == "the" for c in thing.children)
    ):
        return  # "I prefer the second version" chooses among what was offered
    if thing.dep_ == "xcomp":
        yield from told.taste(polarity, to_the_end(told.clause, thing.i), relation)
        return
    if thing.lower_ in ("anything", "everything"):
        thing = after(thing, "with", "about", "by", "to") or after(head, "with", "about", "by", "to") or thing
    if topic and not told.who and thing.lower_ in ("them", "it"):
        yield from told.taste(polarity, topic, relation)
        return
    if owner_of(thing) is not None and _is_described_behind(thing):
        yield from told.taste(polarity, to_the_end(told.clause, thing.i), relation)  # "my tea strong"
        return
    for one in each(thing):
        yield from told.taste(polarity, phrase(one, whole=relation != "prefers"), relation)


def is_hardly(verb: Token) -> bool:
    """ "I hardly hate it", "I no longer hate it"."""
    return any(
        c.lower_ in _HARDLY or (c.lower_ == "longer" and any(d.lower_ == "no" for d in c.children))
        for c in verb.children
    )


_HARDLY = frozenset({"hardly", "barely", "scarcely"})
_BY_THE_WAY = frozenset(
    "brag boast bother say admit ask complain interrupt nag intrude disappoint break".split()
)


def _is_described_behind(thing: Token) -> bool:
    """ "my tea strong", "my curry really hot"."""
    behind = [token.pos_ for token in thing.doc[thing.i + 1 : thing.i + 3]]
    return behind[:1] == ["ADJ"] or behind == ["ADV", "ADJ"]


def _felt(told: Told) -> Iterator[Claim]:
    """ "keen on", "a fan of", "terrified of", "into"."""
    head, negated = told.head, told.clause.negated
    if base(head) != "be":
        candidates = [head]
    else:
        candidates = [c for c in head.children if c.dep_ in ("acomp", "attr", "prep", "advmod")]
    for felt in candidates:
        for child in [felt, *felt.children] if felt.dep_ == "prep" else felt.children:
            if child.dep_ not in ("prep", "agent"):
                continue
            named = child.lower_ if felt is child else f"{felt.lower_} {child.lower_}"
            polarity = FEELINGS.get(named)
            if polarity is None and lemma(felt) in _LOVERS and child.lower_ == "of":
                polarity = "likes"
            thing = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
            if child.lower_ == "into" and thing is not None and owner_of(thing) is not None:
                continue  # "three months into my new role"
            if polarity is None or thing is None or is_of_the_talk(thing) or _is_somebody(thing):
                continue
            if negated or any(c.lower_ == "no" for c in felt.children):
                if polarity == "dislikes":
                    continue
                polarity = "dislikes"
            for one in each(thing):
                yield from told.taste(polarity, phrase(one))


def is_of_the_talk(thing: Token) -> bool:
    """ "your answer", "that idea": said of the conversation, not of the world."""
    pointed = any(
        c.lower_ in ("this", "that", "these", "those", "your", "the") and c.dep_ in ("det", "poss")
        for c in thing.children
    )
    owner = owner_of(thing)
    if owner is not None and owner.lower_ in ("their", "his", "her", "its"):
        return True  # "I love their design"
    return (
        pointed
        and not any(c.dep_ in ("relcl", "prep") for c in thing.children)
        and thing.pos_ != "PROPN"
        and not any(c.dep_ in ("compound", "amod") for c in thing.children)
    )


def _is_somebody(thing: Token) -> bool:
    owner = owner_of(thing)
    return (owner is not None and is_my(owner) and is_role(role_of(thing))) or is_me(thing)


def favourites(clause_head: Token, subject: Token, who: str) -> Iterator[Claim]:
    """ "my favourite novel is X"."""
    thing = object_of(clause_head)
    marked = any(c.lower_ in ("favourite", "preferred", "beloved") for c in subject.children)
    if thing is not None and phrase(subject, whole=False).casefold() in _PASSIONS - {"thing"}:
        relation = "dislikes" if phrase(subject, whole=False).casefold() in _HATED else "likes"
        yield Claim(relation, phrase(thing), who, "dislikes" if relation == "dislikes" else "likes")
    elif thing is not None and (marked or lemma(subject) == "favourite") and not _described_only(thing):
        for one in each(thing):
            yield Claim("favourite", phrase(one), who, "likes")


def _described_only(thing: Token) -> bool:
    """ "my favourite game is the one with the trains"."""
    return thing.lower_ in ("one", "ones", "thing", "part", "bit", "what")


def delights(head: Token, *, negated: bool = False) -> Iterator[Claim]:
    """ "hiking bores me", "jazz is my thing", "golf is not my cup of tea", "crumble is my favourite pudding"."""
    before = [c for c in head.children if c.dep_ in ("nsubj", "csubj") and c.i < head.i]
    subject = (
        before[-1] if before else None
    )  # the nearest: "saving up for a mandolin, sunburst is my favourite"
    if (
        subject is None
        or is_me(subject)
        or subject.pos_ not in ("NOUN", "PROPN", "VERB", "ADJ")
        or is_of_the_talk(subject)
        or owner_of(subject) is not None
    ):
        return
    verb, thing = base(head), object_of(head)
    relation = ""
    if thing is not None and verb == "be" and any(is_my(c) for c in thing.children):
        name = phrase(thing, whole=False).casefold()
        name = re.sub(r"^(?:absolute|big|great|all-time) ", "", name)
        if any(c.lower_ == "favourite" for c in thing.children) or name == "favourite":
            relation = "favourite"
        elif name in _PASSIONS:
            relation = "dislikes" if name in _HATED else "likes"
    elif thing is not None and thing.lower_ == "me" and head.tag_ in ("VBZ", "VBP"):
        relation = "dislikes" if verb in _PAINS else "likes" if verb in _DELIGHTS else ""
    if not relation or (negated and relation != "likes"):
        return
    relation = "dislikes" if negated else relation
    polarity: Polarity = "dislikes" if relation == "dislikes" else "likes"
    yield Claim(relation, phrase(subject), "", polarity)
    for more in re.finditer(r"especially ([\w'’ -]+)", head.doc.text[head.idx :]):
        yield Claim(relation, more.group(1).strip(), "", polarity)
