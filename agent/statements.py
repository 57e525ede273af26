"""What the person has stated, sentence by sentence: about whom, how firmly, in which conversation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from memory.records import Hit, Shown

from .grammar.clauses import Clause, clauses, is_asked, line
from .grammar.kinds import THINGS
from .grammar.lexicon import words
from .grammar.mentions import mentions
from .grammar.people import Mention, Names, is_me
from .grammar.reference import refers_to
from .grammar.roles import is_role, labels_of
from .grammar.spelling import sentences, spelled_out, told_and_asked
from .grammar.topics import joined, said_in_full
from .parsing import Parse

LONGEST, READ = 2_000, 12_000  # characters of one message, and of all of them

_GOES_ON = words("it that this they those these")
_STILL_THERE = re.compile(
    r"(?:and )?(?:now|still|currently|these days)(?: living| based)? (?:in|at|on) ", re.IGNORECASE
)
_NAMING = frozenset(["is", "are", "was", "called", "named", "'s", "name", ",", "and"])


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of one episode, read."""

    text: str  # as it was typed
    doc: Doc
    clauses: tuple[Clause, ...]
    mentions: tuple[Mention, ...]
    memory: Shown
    previous: Sentence | None  # the sentence before in the conversation
    meaning: float = 0.0  # how near its message is to the question

    @property
    def words(self) -> frozenset[str]:
        return words_of(self.doc)

    @property
    def stated_before(self) -> Sentence | None:
        """The last sentence before this one that asks nothing: what "it" goes back to."""
        before = self.previous
        while before is not None and is_asked(before.doc):
            before = before.previous
        return before


@dataclass(frozen=True, slots=True)
class Statement:
    """One clause of a sentence, as a line about somebody, who is @."""

    sentence: Sentence
    clause: Clause
    line: str

    @property
    def text(self) -> str:
        return " ".join(token.text for token in self.clause.tokens)

    @property
    def words(self) -> frozenset[str]:
        """Its words in base form, and who is mentioned by all that is known of them: Yusra is "wife" too."""
        places = {token.i for token in self.clause.tokens}
        known = (m.labels for m in self.sentence.mentions if m.start in places)
        return words_of(self.clause.tokens).union(*known)

    @property
    def context(self) -> Sentence | None:
        """The sentence before, where this one goes on from it: "it's in June", "every Tuesday"."""
        subject, head = self.clause.subject, self.clause.head
        if subject is not None:
            goes_on = subject.lower_ in _GOES_ON
        else:
            a_time = head.lemma_.casefold() in THINGS["day"] | THINGS["month"]
            goes_on = a_time or head.pos_ in ("ADP", "ADJ", "ADV", "NUM")
        return self.sentence.stated_before if goes_on else None


def words_of(tokens: Iterable[Token]) -> frozenset[str]:
    return frozenset(token.lemma_.casefold() for token in tokens)


def read(hits: Iterable[Hit], parse: Parse) -> tuple[list[Sentence], Names]:
    """The person's own sentences in the order they were said, and whom they introduced by name."""
    hits = list(hits)
    own = _own(hits)
    meanings = {hit.memory.id: hit.meaning for hit in hits}
    own.sort(key=lambda memory: (memory.occurred_at, memory.session, memory.position))
    written = [
        (memory, part)
        for memory in own
        for sentence in joined(sentences(memory.text[:LONGEST]))
        for part in told_and_asked(sentence)
    ]
    docs = parse([spelled_out(said_in_full(sentence)) for _, sentence in written])
    names = introduced(docs)
    found: list[Sentence] = []
    for (memory, text), doc in zip(written, docs, strict=True):
        last = found[-1] if found and found[-1].memory.session == memory.session else None
        who = mentions(doc, names, _introduced_last(last))
        meaning = meanings[memory.id]
        found.append(Sentence(text, doc, tuple(clauses(doc)), tuple(who), memory, last, meaning))
    return found, names


def _own(hits: Iterable[Hit]) -> list[Shown]:
    """What the person said themself, the best first, as far as it can be read while they wait."""
    found, room = [], READ
    for hit in hits:
        if hit.memory.kind == "episode" and hit.memory.speaker == "user" and room > 0:
            found.append(hit.memory)
            room -= min(len(hit.memory.text), LONGEST)
    return found


def _introduced_last(sentence: Sentence | None, reach: int = 3) -> Mention | None:
    """Whom "she" means at the start of the next sentence."""
    while sentence is not None and reach:
        people = [m for m in sentence.mentions if m.names or is_role(m.role)]
        if people:
            return min(people, key=lambda mention: mention.start)
        sentence, reach = sentence.previous, reach - 1
    return None


def introduced(docs: Sequence[Doc]) -> Names:
    """Names and what is known of whom they belong to: "my sister Ffion" makes Ffion a sister."""
    known: dict[str, frozenset[str]] = {}
    for doc in docs:
        found = mentions(doc, {})
        named = [(name, m.labels) for m in found if m.role for name in m.names]
        named += [(name, labels) for c in clauses(doc) for name, _, labels in naming(c, doc, found)]
        for name, labels in named:
            for spelling in (name.casefold(), name.casefold().split()[0]):
                known[spelling] = known.get(spelling, frozenset()) | labels
    return known


def naming(clause: Clause, doc: Doc, found: Sequence[Mention]) -> list[tuple[str, str, frozenset[str]]]:
    """A name that a clause gives, with the role and labels of who is called so.

    "my twin is Nathaniel", "Noor is my daughter", "our dog is called Biscuit", "her name is Jo".
    """
    inside = [m for m in found if any(m.start <= t.i < m.end for t in clause.tokens)]
    roles = [m for m in inside if m.role and not m.names]
    names = [m for m in inside if m.names and not m.role]
    if not roles or not names or clause.head.lemma_ not in ("be", "call", "name"):
        return []
    role, name = roles[0], names[0]
    if role.role.startswith("name<"):
        called = role.role.partition("<")[2]
        return [(name.names[0], called, labels_of(called))]
    between = doc[min(role.end, name.end) : max(role.start, name.start)]
    told = all(token.lower_ in _NAMING for token in between)
    return [(name.names[0], role.role, role.labels)] if told else []


def statements(sentence: Sentence, about: Mention | None) -> list[Statement]:
    """The clauses of a sentence as lines about somebody; about the person themself for None."""
    refers = refers_to(sentence.doc, sentence.mentions, about)
    found = []
    for clause in sentence.clauses:
        lead = ""
        if clause.joined and clause.subject is not None:
            lead = clause.subject.lemma_.casefold() if refers(clause.subject) is None else "@"
        elif clause.subject is None and about is None and _is_elliptic(clause):
            lead = "@"
        elif clause.subject is None and about is None and _STILL_THERE.match(sentence.doc.text):
            lead = "@ be"  # "now in a flat in Leith"
        found.append(Statement(sentence, clause, line(clause.tokens, refers, lead)))
    return found


def _is_elliptic(clause: Clause) -> bool:
    """ "walked the dog": the speaker leaves out "I"."""
    words = [t for t in clause.tokens if not t.is_punct and t.pos_ not in ("INTJ", "ADV", "CCONJ", "PART")]
    if not words or any(is_me(t) and t.dep_ in ("nsubj", "nsubjpass") for t in clause.tokens):
        return False
    return words[0].pos_ in ("VERB", "AUX") or _is_state(words)


def _is_state(words: Sequence[Token]) -> bool:
    """ "allergic to nuts", "happy teaching geography", "stuck in traffic"."""
    return len(words) > 1 and words[0].pos_ == "ADJ" and (words[1].pos_ == "ADP" or words[1].tag_ == "VBG")
