"""What the person has stated, sentence by sentence: about whom, how firmly, in which conversation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from memory.records import Hit, Shown

from .grammar.clauses import Clause, clauses, is_asked, line
from .grammar.people import Mention, Names, is_me, mentions
from .grammar.spelling import sentences, spelled_out
from .questions import Parse, refers_to


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of one episode, read."""

    text: str  # as it was typed
    doc: Doc
    clauses: tuple[Clause, ...]
    mentions: tuple[Mention, ...]
    memory: Shown
    meaning: float  # how near its message is to the question
    previous: Sentence | None  # the sentence before in the conversation

    @property
    def stated_before(self) -> Sentence | None:
        """The last sentence before this one that asks nothing: what "it" goes back to."""
        before = self.previous
        while before is not None and is_asked(before.doc):
            before = before.previous
        return before


def read(hits: Iterable[Hit], parse: Parse) -> tuple[list[Sentence], Names]:
    """The person's own sentences in the order they were said, and whom they introduced by name."""
    own = [hit for hit in hits if hit.memory.kind == "episode" and hit.memory.speaker == "user"]
    own.sort(key=lambda hit: (hit.memory.occurred_at, hit.memory.session, hit.memory.position))
    written = [(hit, sentence) for hit in own for sentence in sentences(hit.memory.text)]
    docs = parse([spelled_out(sentence) for _, sentence in written])
    names = introduced(docs)
    found: list[Sentence] = []
    for (hit, text), doc in zip(written, docs, strict=True):
        last = found[-1] if found and found[-1].memory.session == hit.memory.session else None
        who = mentions(doc, names, _pointed_at(last))
        found.append(Sentence(text, doc, tuple(clauses(doc)), tuple(who), hit.memory, hit.meaning, last))
    return found, names


def _pointed_at(sentence: Sentence | None, reach: int = 3) -> Mention | None:
    """Whom "she" means at the start of the next sentence: the last one who was introduced."""
    while sentence is not None and reach:
        people = [m for m in sentence.mentions if m.names or m.role]
        if people:
            first = [m for m in people if m.start == min(p.start for p in people)]
            return first[0]
        sentence, reach = sentence.previous, reach - 1
    return None


def introduced(docs: Sequence[Doc]) -> Names:
    """Names and what is known of whom they belong to: "my sister Ffion" makes Ffion a sister."""
    known: dict[str, frozenset[str]] = {}

    def learn(name: str, labels: frozenset[str]) -> None:
        known[name.casefold()] = known.get(name.casefold(), frozenset()) | labels

    for doc in docs:
        for mention in mentions(doc, {}):
            for name in mention.names if mention.role else ():
                learn(name, mention.labels)
                learn(name.split()[0], mention.labels)
        for clause in clauses(doc):
            for name, labels in _naming(clause, doc):
                learn(name, labels)
    return known


def _naming(clause: Clause, doc: Doc) -> list[tuple[str, frozenset[str]]]:
    """ "my twin is Nathaniel", "Noor is my daughter", "our dog is called Biscuit", "her name is Jo"."""
    found = mentions(doc, {})
    inside = [m for m in found if any(m.start <= t.i < m.end for t in clause.tokens)]
    roles = [m for m in inside if m.role and not m.names]
    names = [m for m in inside if m.names and not m.role]
    if not roles or not names or clause.head.lemma_ not in ("be", "call", "name"):
        return []
    role, name = roles[0], names[0]
    if role.role.startswith("name<"):
        owner = role.role.partition("<")[2]
        from .grammar.people import labels_of

        return [(name.names[0], labels_of(owner))]
    between = doc[min(role.end, name.end) : max(role.start, name.start)]
    if all(t.lower_ in ("is", "are", "was", "called", "named", "'s", "name", ",", "and") for t in between):
        return [(name.names[0], role.labels)]
    return []


def lines(sentence: Sentence, about: Mention | None) -> list[tuple[Clause, str]]:
    """Each clause of a sentence as a line about somebody, who is @; the person themself for None."""
    refers = refers_to(sentence.doc, sentence.mentions, about)
    found = []
    for clause in sentence.clauses:
        lead = ""
        if clause.joined and clause.subject is not None:
            mark = refers(clause.subject)
            lead = "@" if mark is not None else clause.subject.lemma_.casefold()
            if mark == "":
                lead = "@"
        elif clause.subject is None and about is None and _is_elliptic(clause):
            lead = "@"
        elif clause.subject is None and about is None and _STILL_THERE.match(sentence.doc.text):
            lead = "@ be"  # "now in a flat in Leith"
        found.append((clause, line(clause.tokens, refers, lead)))
    return found


_STILL_THERE = re.compile(r"(?:and )?(?:now|still|currently|these days)(?: living| based)? (?:in|at|on) ", re.IGNORECASE)


def _is_elliptic(clause: Clause) -> bool:
    """ "walked the dog": the speaker leaves out "I"."""
    words = [t for t in clause.tokens if not t.is_punct and t.pos_ not in ("INTJ", "ADV", "CCONJ", "PART")]
    if not words or any(is_me(t) and t.dep_ in ("nsubj", "nsubjpass") for t in clause.tokens):
        return False
    return words[0].pos_ in ("VERB", "AUX")
