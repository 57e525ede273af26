"""What a message asks: about whom, what kind of thing, in which words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from .grammar.attributes import ATTRIBUTES, Attribute
from .grammar.clauses import base, is_asked, line, verb_of
from .grammar.kinds import KIND_VERBS, KIND_WORDS
from .grammar.people import Mention, Names, is_me, is_my, mentions
from .grammar.spelling import sentences, spelled_out

Parse = Callable[[Sequence[str]], list[Doc]]

_FRAME = re.compile(
    r"^(?:(?:so|and|but|well|ok|okay|hey|hi|hello|oh|btw|by the way|um|just|please|keepsake|quick question)[,:]? +)*"
    r"(?:(?P<about>what (?:do|can) you (?:know|remember|recall|tell me)(?: to me)? about|what did I (?:tell you|say) about|"
    r"(?:can you |could you |please )*(?:tell me|remind me) (?:something |everything |what you know |all |more )?about|"
    r"what have I (?:told you|said) about|do you know (?:anything|something) about|"
    r"did I (?:ever )?(?:tell you|say|mention)(?: to you)? (?:anything |something )?about) +|"
    r"(?P<frame>(?:(?:do|would|can|could|will) you (?:still |happen to |by any chance |please )*)?"
    r"(?:remember|recall|know|tell me|remind me|say|guess)(?: again)?(?: of)?(?: what I (?:said|told you) about)?,? +|"
    r"(?:I )?(?:have )?(?:forgot|forget|forgotten|can not remember|can not recall|do not remember|keep forgetting|need to know|wonder|"
    r"am wondering|was wondering)(?: again)?,? +|any idea,? +|"
    r"(?:have|did) I (?:ever |already )*(?:told|tell|mention|mentioned|said|say)(?: to)?(?: you)? +))?",
    re.IGNORECASE,
)
_FILLERS = re.compile(
    r"\s*\b(?:these days|nowadays|at the moment|right now|currently|at present|again|lately|the most|most|best|by the way|anyway|"
    r"exactly|if you remember|do you (?:know|remember)|already)(?=\s*\??$)|\b(?:currently|usually|normally|actually|exactly) ",
    re.IGNORECASE,
)
_LIGHT = frozenset(
    "be do have get go thing stuff anything something someone somebody one kind sort type lot bit way name call again "
    "please still now today number place happen ever actually exactly moment currently whole also just really much many old long often "
    "tell say know remember about want take make use there money here last next new own other current these those "
    "which what who whom whose where when why how".split()
)
_NAMED = frozenset(
    "city town country team club company school university uni college band singer artist street shop brand make model "
    "book author film movie show series game airline hotel island station restaurant person village place bank "
    "supermarket breed airport album podcast newspaper".split()
)
_ADVICE = re.compile(
    r"^(?:(?:what|where|how|when|which|who|why)\b.*?\b(?:should|could|shall|might) (?:I|we)\b|(?:what|where|how) can (?:I|we)\b|"
    r"(?:should|shall|may|could) (?:I|we)\b|can (?:I|we) (?:ask|have|get|tell|see|use|trust|talk|change|delete|speak|just)\b|"
    r"how (?:do|does) (?:I|we|one|you)\b|(?:am I|are we) (?:right|wrong|being|ok|crazy|mad|allowed|supposed)\b|"
    r"(?:do|did|can|could|would|will|are|have|is) (?:you|it|this|that|there)\b|what (?:do|would|did) you (?:think|suggest|recommend|mean|say))",
    re.IGNORECASE,
)


_UNTURNED = re.compile(r"\b(can|will|could|would|should|must|may|might)( not)? @(?!')")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and of whom."""

    line: str  # in base form, whom it is about as @
    about: Mention | None = None  # None: the person themself
    personal: bool = True  # about the person beyond doubt; else only perhaps: "where is the wifi box"
    attribute: Attribute | None = None
    answer: str = ""  # the kind of answer that words must carry
    role: str = ""  # "sister", where it is asked whether or how many there are
    counts: bool = False
    polar: bool = False
    past: bool = False
    open: bool = False  # "what do you know about my sister?"
    words: frozenset[str] = field(default_factory=frozenset)  # what it is about, in base form
    names: frozenset[str] = field(default_factory=frozenset)  # those of them that are names or numbers
    focus: tuple[str, ...] = ()  # the noun asked for: "football team" in "which football team"
    verb: str = ""
    of_subject: bool = True  # what somebody does or is, not what is done to them


def understand(text: str, parse: Parse, known: Names | None = None) -> Question | None:
    """What a message asks about the person or those around them; None when it asks nothing of the kind."""
    known = known or {}
    written = sentences(text)
    before: Mention | None = None
    asked: Question | None = None
    for sentence, doc in zip(written, parse([spelled_out(s) for s in written]), strict=True):
        found = mentions(doc, known, before)
        asked = _asked(sentence, doc, parse, known, before)
        before = next((m for m in reversed(found) if m.names or m.role), before)
    return asked


def _asked(sentence: str, doc: Doc, parse: Parse, known: Names, before: Mention | None) -> Question | None:
    frame = _FRAME.match(doc.text)
    framed = frame is not None and bool(frame.group("about") or frame.group("frame"))
    if not (is_asked(doc) or framed):
        return None
    rest = _FILLERS.sub("", doc.text[frame.end() if frame is not None else 0 :]).strip()
    if not any(character.isalpha() for character in rest):
        return None
    if rest != doc.text:
        doc = parse([rest])[0]
    found = mentions(doc, known, before)
    whom = _whom(doc, found)
    mine = any(is_me(token) for token in doc)
    marked = line(list(doc), refers_to(doc, found, whom))
    marked = _UNTURNED.sub(r"@ \1\2", re.sub(r"\?+$", "", marked).strip())
    is_open = frame is not None and bool(frame.group("about"))
    attribute = None if is_open and re.fullmatch(r"@", marked) else _attribute(marked, _answer_kind(marked))
    personal = (mine or whom is not None) and (attribute is not None or is_open or not _ADVICE.match(doc.text))
    return _question(doc, marked, whom, attribute, found, is_open=is_open, personal=personal)


def refers_to(doc: Doc, found: Sequence[Mention], whom: Mention | None) -> Callable[[Token], str | None]:
    """How words stand for whom a question is about: None for words that do not."""
    if whom is None:
        return lambda token: ("@'s" if is_my(token) else "@") if is_me(token) else None
    from .grammar.people import same

    marks: dict[int, str] = {}
    for mention in found:
        if same(whom, mention):
            pronoun = mention.end - mention.start == 1 and doc[mention.start].pos_ == "PRON"
            marks.update(dict.fromkeys(range(mention.start, mention.end), ""))
            marks[mention.start] = "@'s" if pronoun and mention.possessive else "@"
    return lambda token: marks.get(token.i)


def _whom(doc: Doc, found: Sequence[Mention]) -> Mention | None:
    """The one a question is about: the speaker where they are its subject, else whom it names."""
    named = re.search(r"\b(?:name|call|christen)(?:d|ed)? (?=(?:the|my|our)\b)", doc.text, re.IGNORECASE)
    if named is not None:
        after = next((m for m in found if doc[m.start].idx >= named.end()), None)
        if after is not None:
            return after
    subject = next((t for t in doc if t.dep_ in ("nsubj", "nsubjpass") and t.lower_ in ("i", "we")), None)
    inverted = re.search(r"\b(?:do|did|am|are|was|were|have|had|will|can|should) (?:I|we)\b", doc.text)
    if subject is not None or inverted:
        return None
    people = [m for m in found if m.role.split("<")[0] not in ATTRIBUTE_NOUNS and not _is_thing(m)]
    if not people:
        naming = re.search(r"\b(?:call|name|title)", doc.text, re.IGNORECASE)
        things = [m for m in found if m.mine and m.role not in ATTRIBUTE_NOUNS]
        return things[-1] if naming and things else None
    outer = [m for m in people if not any(o is not m and "<" in o.role and o.start <= m.start < o.end for o in people)]
    return (outer or people)[0]


ATTRIBUTE_NOUNS = frozenset({"name", "birthday", "job", "age", "home", "nickname", "hobby"})


def _is_thing(mention: Mention) -> bool:
    from .grammar.people import ABOVE

    role = mention.role.split("<")[0]
    return not mention.names and role not in ABOVE and not role.endswith("-in-law") and bool(role)


def _attribute(marked: str, kind: str) -> Attribute | None:
    """The attribute asked for, if it can be of the kind that the question word wants."""
    found = next((attribute for attribute in ATTRIBUTES if attribute.asks.search(marked)), None)
    if found is None or kind in ("", found.answer) or kind in _FITTING.get(found.name, ()):
        return found
    return None  # "when do I start my new job" is not answered by the job


_FITTING = {
    "birthday": ("month",),
    "wedding": ("when", "month", "span"),
    "origin": ("place",),
    "past home": ("place",),
    "old job": ("place",),
    "job": ("place",),
    "age": ("when",),
}


def _answer_kind(marked: str) -> str:
    """What the question word wants: a time, a place, a number; empty for "what" alone."""
    opening = re.search(r"\b(?:what|which|who|whom|whose|where|when|why|how)\b[^,]*?(?=@|$)", marked)
    words = opening.group() if opening else ""
    named = ("blood type", "star sign")
    return next((k for pattern, k in _WH if re.match(pattern, words) or (k in named and re.search(pattern, marked))), "")


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


def _question(
    doc: Doc, marked: str, whom: Mention | None, attribute: Attribute | None, found: Sequence[Mention], *, is_open: bool, personal: bool
) -> Question:
    answer = _answer_kind(marked)
    focus = _focus(doc)
    kind = next((KIND_WORDS[word] for word in (" ".join(focus), *reversed(focus)) if word in KIND_WORDS), "")
    verb = _verb(doc)
    if not kind and not focus and not answer and verb in KIND_VERBS and re.match(r"(?:what|which)\b", marked):
        kind = KIND_VERBS[verb]
    asked_for = set(focus)
    if answer in ("clock", "when", "month"):
        focus = ()  # "what time", "which day": it is in the kind of answer
    if not answer:
        answer = kind or ("name" if focus and focus[-1] in _NAMED else "who" if re.match(r"who(?:m|se)?\b", marked) else "")
    if not focus and answer in ("star sign", "blood type"):
        focus = tuple(answer.split())
    numbered = re.search(r"@'s (?:[\w-]+ )?([\w-]+) number$", marked)
    if numbered is not None:
        answer, focus = "count", (numbered.group(1),)
    many = re.search(r"^how many (?:[\w-]+ )??([\w-]+) (?=@|come|be|live|work|do)", marked)
    if many is not None:
        focus = (many.group(1),)
    much = re.search(r"^how much ([a-z]\w+) (?:@|be|do)", marked)
    if much is not None:
        focus = () if much.group(1) == "money" else (much.group(1),)
    polar = not re.search(r"\b(?:what|which|who|whom|whose|where|when|why|how)\b", marked) and not is_open
    taken = {i for m in found if whom is not None and m.labels == whom.labels for i in range(m.start, m.end)}
    words, names = set(), set()
    for token in doc:
        if token.i in taken or is_me(token) or token.pos_ not in ("NOUN", "VERB", "PROPN", "ADJ", "NUM", "ADV"):
            continue
        word = base(token) if token.pos_ == "VERB" else token.lemma_.casefold()
        if word in _LIGHT or token.lower_ in _LIGHT or word in asked_for | set(focus) or word == verb.partition("-")[0] or not word[0].isalnum():
            continue
        words.add(word)
        if token.pos_ in ("PROPN", "NUM"):
            names.add(word)
    if len(words) > 1:
        words -= _EVENTS
    role, counts = _existence(marked, doc, whom)
    past = any(t.lower_ in ("did", "was", "were", "had") for t in doc) or "_ed" in marked
    return Question(
        line=marked,
        about=whom,
        personal=personal,
        attribute=attribute,
        answer=answer,
        role=role,
        counts=counts,
        polar=polar,
        past=past,
        open=is_open and attribute is None,
        words=frozenset(words),
        names=frozenset(names),
        focus=focus,
        verb=verb,
        of_subject=_is_of_subject(doc),
    )


_EVENTS = frozenset("appointment meeting event session booking visit plan".split())


def _verb(doc: Doc) -> str:
    """What is done: "lend" in "who did I lend my bike to"; empty for "be"."""
    root = next((t for t in doc if t.dep_ == "ROOT"), None)
    if root is None or root.pos_ not in ("VERB", "AUX"):
        return ""
    for child in root.children:
        if child.dep_ in ("xcomp", "ccomp") and child.pos_ == "VERB" and root.lemma_ in ("go", "like", "love", "want", "need", "have", "plan", "be", "use"):
            return verb_of(child) if base(child) not in ("go", "do", "be", "have") else verb_of(root)
    if root.tag_ == "MD":
        return next((base(t) for t in reversed(list(doc)) if t.pos_ == "VERB"), "")
    return "" if base(root) == "be" else verb_of(root)


def _is_of_subject(doc: Doc) -> bool:
    """ "who gave me the watch" asks of somebody else's doing."""
    asked = next((t for t in doc if t.tag_ in ("WP", "WDT", "WP$")), None)
    if asked is None:
        return True
    while asked.dep_ in ("det", "poss") and asked.head is not asked:
        asked = asked.head
    return not (asked.dep_ in ("nsubj", "nsubjpass") and base(asked.head) != "be")


def _focus(doc: Doc) -> tuple[str, ...]:
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
        if token.pos_ in ("NOUN", "PROPN") and token.lemma_.casefold() in KIND_WORDS and token.dep_ == "nsubj":
            return (token.lemma_.casefold(),)
    return ()


_SORTS = frozenset({"kind", "sort", "type", "make", "breed", "brand", "model"})


def _existence(marked: str, doc: Doc, whom: Mention | None) -> tuple[str, bool]:
    """The role where it is asked whether or how many somebody has of it."""
    from .grammar.people import role_of

    match = re.search(
        r"(?:how many ([\w -]+?) @ (?:have|own|keep)|(?:^@|do @) have (?:an?|any|got) ?([\w -]+)|"
        r"(?:what|which) (?:kind of |sort of |type of )?([\w -]+?) @ (?:have|own|keep))",
        marked,
    )
    if match is None:
        return "", False
    wanted = (match.group(1) or match.group(2) or match.group(3)).split()[-1]
    role = next((role_of(t) for t in doc if wanted in (t.lemma_.casefold(), t.lower_) and role_of(t)), "")
    return role, bool(match.group(1))
