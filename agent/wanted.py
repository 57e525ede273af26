"""What kind of answer a question wants, and what it is about: the question word, the noun asked for, the verb."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from .grammar.kinds import KIND_VERBS, KIND_WORDS, THINGS
from .grammar.lexicon import words
from .grammar.people import Mention, is_me, owner_of
from .grammar.roles import role_of
from .grammar.verbs import base, verb_of

_LIGHT = words(
    "be do have get go thing stuff anything something someone somebody one kind sort type lot bit way name call again "
    "please still now today number place happen ever actually exactly moment currently whole also just really much many old long often "
    "tell say know remember about want take make use there money here last next new own other current these those "
    "which what who whom whose where when why how"
)
_NAMED = words(
    "city town country team club company school university uni college band singer artist street shop brand make model "
    "book author film movie show series game airline hotel island station restaurant person village place bank "
    "supermarket breed airport album podcast newspaper festival beach park museum church theatre venue race charity lake river "
    "mountain state county magazine"
)
_NUMBERS = "(?:pin|postcode|passcode|code|extension)"
_EVENTS = words("appointment meeting event session booking visit plan")
_WH: tuple[tuple[str, str], ...] = (
    (r"\bwhat time\b|\bat what time\b|\bwhen exactly\b", "clock"),
    (r"\b(?:what|which) month\b", "month"),
    (r"\b(?:what|which) (?:week)?day\b", "when"),
    (r"\b(?:what|which) (?:year|date)\b|\bwhen\b", "when"),
    (r"\bhow many\b", "count"),
    (r"\bhow much\b", "money"),
    (r"\bhow long\b", "span"),
    (r"\bhow (?:tall|heavy|far|big|high|fast)\b", "count"),
    (r"\bwhere\b", "place"),
    (r"\bwhy\b|\bhow come\b|\bwhat (?:be )?the reason\b", "reason"),
    (r"\bblood (?:type|group)\b", "blood type"),
    (r"\bstar sign\b|\bzodiac\b", "star sign"),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What must stand in words that answer."""

    answer: str = ""  # the kind: "clock", "place", "colour"; empty: anything new
    focus: tuple[str, ...] = ()  # the noun asked for: "football team" in "which football team"
    verb: str = ""  # what is done; empty for "be"
    words: frozenset[str] = field(default_factory=frozenset)  # what else it is about, in base form
    names: frozenset[str] = field(default_factory=frozenset)  # those of them that are names or numbers
    of_subject: bool = True  # what somebody does or is, not what is done to them

    @property
    def kind(self) -> str:
        """The kind of thing, where the answer is one of a known kind."""
        return self.answer if self.answer in THINGS or self.answer == "blood type" else ""

    @property
    def spelled(self) -> frozenset[str]:
        """The words of the question that cannot be their own answer."""
        return self.words | set(self.focus)


def answer_kind(marked: str) -> str:
    """What the question word wants: a time, a place, a number; empty for "what" alone.

    >>> answer_kind("what time be @'s interview"), answer_kind("what @ do")
    ('clock', '')
    """
    opening = re.search(r"\b(?:what|which|who|whom|whose|where|when|why|how)\b[^,]*?(?=@|$)", marked)
    for pattern, kind in _WH:
        if (opening and re.match(pattern, opening.group())) or (
            kind in _ANYWHERE and re.search(pattern, marked)
        ):
            return kind
    return ""


_ANYWHERE = ("blood type", "star sign")


def wanted(doc: Doc, marked: str, whom: Mention | None, found: Sequence[Mention]) -> Wanted:
    """What a question wants, read from its parse and its line."""
    noun, verb = _noun(doc), _verb(doc)
    answer, focus = _answer(marked, noun, verb)
    held = {i for m in found if whom is not None and m.labels == whom.labels for i in range(m.start, m.end)}
    spent = {*_LIGHT, *noun, *focus, verb.partition("-")[0]}
    words, names = set(), set()
    for token in doc:
        if (
            token.i in held
            or is_me(token)
            or token.pos_ not in ("NOUN", "VERB", "PROPN", "ADJ", "NUM", "ADV")
        ):
            continue
        word = base(token) if token.pos_ == "VERB" else token.lemma_.casefold()
        if word not in spent and token.lower_ not in _LIGHT and word[0].isalnum():
            words.add(word)
            if token.pos_ in ("PROPN", "NUM"):
                names.add(word)
    if len(words) > 1:
        words -= _EVENTS  # "dentist appointment": the dentist says it all
    return Wanted(answer, focus, verb, frozenset(words), frozenset(names), _is_of_subject(doc))


def _answer(marked: str, noun: tuple[str, ...], verb: str) -> tuple[str, tuple[str, ...]]:
    """The kind of answer and the noun that is still to be matched."""
    answer = answer_kind(marked)
    kind = next((KIND_WORDS[word] for word in (" ".join(noun), *reversed(noun)) if word in KIND_WORDS), "")
    if not (kind or noun or answer) and re.match(r"(?:what|which)\b", marked):
        kind = KIND_VERBS.get(verb, "")
    if numbered := re.search(rf"@'s (?:[\w-]+ )?(?:([\w-]+) number|{_NUMBERS})$", marked, re.IGNORECASE):
        return "number", (numbered.group(1),) if numbered.group(1) else ()
    if many := re.search(r"^how many (?:[\w-]+ )??([\w-]+) (?=@|come|be|live|work|do)", marked):
        return answer, (many.group(1),)
    if much := re.search(r"^how much (?!will|can|do|be|would|should)([a-z]\w+) (?:@|be|do)", marked):
        return answer, () if much.group(1) == "money" else (much.group(1),)
    if answer in ("clock", "when", "month"):
        return answer, ()  # "what time", "which day": it is in the kind of answer
    if answer in _ANYWHERE and not noun:
        return answer, tuple(answer.split())
    if not answer:
        answer = kind or ("name" if noun and noun[-1] in _NAMED else "")
    if not answer and re.match(r"who(?:m|se)?\b", marked):
        answer = "who"
    return answer, noun


def _verb(doc: Doc) -> str:
    """What is done: "lend" in "who did I lend my bike to"; empty for "be"."""
    root = next((t for t in doc if t.dep_ == "ROOT"), None)
    if root is None or root.pos_ not in ("VERB", "AUX"):
        return ""
    for child in root.children:
        if (
            child.dep_ in ("xcomp", "ccomp")
            and child.pos_ == "VERB"
            and root.lemma_ in ("go", "like", "love", "want", "need", "have", "plan", "be", "use")
        ):
            return verb_of(child) if base(child) not in ("go", "do", "be", "have") else verb_of(root)
    if root.tag_ == "MD":
        return next((base(t) for t in reversed(list(doc)) if t.pos_ == "VERB"), "")
    return "" if base(root) == "be" else verb_of(root)


def _is_of_subject(doc: Doc) -> bool:
    """ "who gave me the watch" asks of somebody else's doing."""
    asked = next((t for t in doc if t.tag_ in ("WP", "WDT", "WP$")), None)
    if any(t.dep_ == "nsubj" and role_of(t) and t.head.dep_ == "ROOT" and owner_of(t) is None for t in doc):
        return False  # "what did the doctor say"
    if asked is None:
        return True
    while asked.dep_ in ("det", "poss") and asked.head is not asked:
        asked = asked.head
    return not (asked.dep_ in ("nsubj", "nsubjpass") and base(asked.head) != "be")


def _noun(doc: Doc) -> tuple[str, ...]:
    """The noun that is asked for: "football team" in "which football team", "colour" in "my favourite colour"."""
    for i, token in enumerate(doc):
        if token.lower_ not in ("what", "which", "favourite"):
            continue
        place = i + 1
        if place + 1 < len(doc) and doc[place].lemma_ in _SORTS and doc[place + 1].lower_ == "of":
            place += 2
        noun = []
        while place < len(doc) and doc[place].pos_ in ("NOUN", "PROPN", "ADJ") and not is_me(doc[place]):
            noun.append(doc[place].lemma_.casefold())
            place += 1
        if noun:
            return tuple(noun)
    for token in doc:
        if (
            token.pos_ in ("NOUN", "PROPN")
            and token.lemma_.casefold() in KIND_WORDS
            and token.dep_ == "nsubj"
        ):
            return (token.lemma_.casefold(),)
    return ()


_SORTS = frozenset({"kind", "sort", "type", "make", "breed", "brand", "model"})
