"""What a message asks: about whom, what kind of thing, in which words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from .grammar.attributes import ATTRIBUTES, Attribute
from .grammar.clauses import is_asked, line
from .grammar.lexicon import words
from .grammar.mentions import mentions
from .grammar.people import Mention, Names, is_me
from .grammar.reference import refers_to
from .grammar.roles import is_role, role_of
from .grammar.spelling import sentences, spelled_out
from .parsing import Parse
from .wanted import Wanted, answer_kind, wanted

LONGEST = 1_000  # characters of a message: what it asks stands at its end

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
_SAID = re.compile(
    r"\bdid I (?:say|tell you|mention)(?: that)? (?=(?:was|is|were|are|I|my|our|we|the)\b)", re.IGNORECASE
)
_ADVICE = re.compile(
    r"^(?:(?:what|where|how|when|which|who|why)\b.*?\b(?:should|could|shall|might) (?:I|we)\b|(?:what|where|how) can (?:I|we)\b|"
    r"(?:should|shall|may|could) (?:I|we)\b|can (?:I|we) (?:ask|have|get|tell|see|use|trust|talk|change|delete|speak|just)\b|"
    r"how (?:do|does) (?:I|we|one|you)\b|"
    r"(?:am I|are we) (?:(?:right|wrong)(?=\W*$| (?:about|in|that|to)\b)|(?:being|ok|crazy|mad|allowed|supposed)\b)|"
    r"(?:do|did|can|could|would|will|are|have|is) (?:you|it|this|that|there)\b(?! any(?:thing|body|one|where) (?:that )?I\b)|what (?:do|would|did) you (?:think|suggest|recommend|mean|say))",
    re.IGNORECASE,
)
_BEING = re.compile(  # how somebody is, not how something is done
    r"^how (?:do|does) (?:I|we) (?:usually |normally |really )?(?:feel|like|get on with|get along with|take|have|cope|react|"
    r"get to (?:work|school|uni|college|the office)|know|spell|pronounce|stand on|spend|travel|relax|unwind|stay fit|keep fit|"
    r"earn|celebrate)\b",
    re.IGNORECASE,
)
_UNTURNED = re.compile(r"\b(can|will|could|would|should|must|may|might)( not)? @(?!')")
_QUESTION_WORD = re.compile(r"\b(?:what|which|who|whom|whose|where|when|why|how)\b")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and of whom."""

    line: str  # in base form, whom it is about as @
    wanted: Wanted
    text: str = ""  # as it was asked, without its frame
    about: Mention | None = None  # None: the person themself
    personal: bool = True  # about the person beyond doubt; else only perhaps: "where is the wifi box"
    attribute: Attribute | None = None
    role: str = ""  # "sister", where it is asked whether or how many there are
    counts: bool = False
    polar: bool = False  # answered by yes or no
    past: bool = False
    advice: bool = False  # "how do I descale my kettle": only what they told of the same doing answers
    open: bool = False  # "what do you know about my sister?"


def understand(text: str, parse: Parse, known: Names | None = None) -> Question | None:
    """What a message asks about the person or those around them; None when it asks nothing."""
    written = sentences(text[-LONGEST:])
    before: Mention | None = None
    asked: Question | None = None
    for doc in parse([spelled_out(sentence) for sentence in written]):
        asked = _asked(doc, parse, known or {}, before)
        found = mentions(doc, known or {}, before)
        before = next((m for m in reversed(found) if m.names or is_role(m.role)), before)
    return asked


def _asked(doc: Doc, parse: Parse, known: Names, before: Mention | None) -> Question | None:
    frame = _FRAME.match(doc.text)
    about = frame is not None and frame.group("about") is not None
    if not (is_asked(doc) or about or (frame is not None and frame.group("frame"))):
        return None
    rest = _FILLERS.sub("", _SAID.sub("", doc.text[frame.end() if frame is not None else 0 :])).strip()
    if not any(character.isalpha() for character in rest):
        return None
    if rest != doc.text:
        doc = parse([rest])[0]
    found = mentions(doc, known, before)
    whom = _whom(doc, found, known)
    if whom is not None and whom not in found:
        found = [*found, whom]
    marked = _UNTURNED.sub(r"@ \1\2", line(list(doc), refers_to(doc, found, whom)).rstrip("? "))
    marked = re.sub(r"\bhave @$", "@ have", marked)  # "how many kids have I got"
    wants = wanted(doc, marked, whom, found)
    attribute = None if about and marked == "@" else _attribute(marked, doc, wants)
    if attribute is not None and attribute.name in _WORK and whom is not None and "pet" in whom.labels:
        attribute = None  # "what does my cat do"
    advice = attribute is None and not about and _ADVICE.match(doc.text) and not _BEING.match(doc.text)
    role, counts = _existence(marked, doc)
    return Question(
        line=marked,
        wanted=wants,
        text=doc.text,
        about=whom,
        personal=not advice and (whom is not None or any(is_me(token) for token in doc)),
        advice=bool(advice),
        attribute=attribute,
        role=role,
        counts=counts,
        polar=not _QUESTION_WORD.search(marked) and not about,
        past="_ed" in marked or any(t.lower_ in ("did", "was", "were", "had") for t in doc),
        open=about and attribute is None,
    )


def _whom(doc: Doc, found: Sequence[Mention], known: Names) -> Mention | None:
    """The one a question is about: the speaker where they are its subject, else whom it names."""
    named = _NAMES_IT.search(doc.text)
    for mention in found if named is not None else ():
        if doc[mention.start].idx >= named.end():  # type: ignore[union-attr]  # found is empty without it
            return mention
    if _HOLDER.match(doc.text) and not any(m.start == 2 for m in found):
        role = doc[3].lemma_.casefold()
        return Mention(2, 4, frozenset({role}), role)  # "who is the singer"
    speaking = any(t.dep_ in ("nsubj", "nsubjpass") and t.lower_ in ("i", "we") for t in doc)
    if speaking or _TURNED.search(doc.text):
        return None
    people = [m for m in found if (m.names or is_role(m.role) or not m.role) and m.role not in _NO_HOLDERS]
    outer = [
        m
        for m in people
        if not any("<" in o.role and o.start <= m.start < o.end for o in people if o is not m)
    ]
    if people:
        return (outer or people)[0]
    name = next((t for t in doc if t.lower_ in known and t.text[:1].isupper() and t.i), None)
    if name is not None:  # "Solveig's line of work"
        return Mention(name.i, name.i + 1, known[name.lower_] | {name.lower_}, "", (name.text,))
    things = [m for m in found if m.mine and m.role not in _NO_HOLDERS]
    return things[-1] if things and _NAMING.search(doc.text) else None


_NAMES_IT = re.compile(
    r"\b(?:name|call|christen)(?:d|ed)? (?=(?:the|my|our)\b)|\bnames? .*?\b(?:of|for|to|give|gave) (?=(?:the|our)\b)",
    re.IGNORECASE,
)
_NAMING = re.compile(r"\b(?:call|name|title)", re.IGNORECASE)
_HOLDER = re.compile(r"who (?:is|was|are) the \w+", re.IGNORECASE)
_TURNED = re.compile(r"\b(?:do|did|am|are|was|were|have|had|will|can|should) (?:I|we)\b")
_WORK = ("job", "old job")
_NO_HOLDERS = frozenset({"name", "birthday", "job", "age", "home", "nickname", "hobby"})


def _attribute(marked: str, doc: Doc, wants: Wanted) -> Attribute | None:
    """The attribute asked for, if it can be of the kind that the question word wants."""
    kind = answer_kind(marked)
    found = next((attribute for attribute in ATTRIBUTES if attribute.asks.search(marked)), None)
    if found is None or _is_compound(found, marked, doc):
        return None
    if (found.name == "job" and (wants.kind or {*wants.focus} - _WORKING)) or (
        found.name == "name" and marked.startswith("how @")
    ):
        return None  # "what sport does my son do", "how do I spell my name"
    if found.answer in ("when", "count") and re.match(r"(?:what|who) @ (?!be\b)", marked):
        return None  # "what did I get for my birthday"
    if kind in ("", found.answer, *found.also):
        return found
    return None  # "when do I start my new job" is not answered by the job


_WORKING = words(
    "kind sort type line work job trade profession living career occupation role position company field business"
)


def _is_compound(attribute: Attribute, marked: str, doc: Doc) -> bool:
    """ "my work rota" is no work."""
    match = attribute.asks.search(marked)
    after = re.match(r" ([\w-]+)", marked[match.end() :]) if match else None
    return after is not None and any(
        t.lemma_.casefold() == after.group(1) and t.pos_ == "NOUN" and t.i and t.nbor(-1).pos_ == "NOUN"
        for t in doc
    )


_EXISTENCE = re.compile(
    r"how many (?P<many>[\w -]+?) @ (?:have|own|keep)|(?:^@|do @) have (?:(?:an?|any|got) )?(?P<any>[\w -]+)|"
    r"(?:what|which) (?:kind of |sort of |type of )?(?P<which>[\w -]+?) @ (?:have|own|keep)"
)


def _existence(marked: str, doc: Doc) -> tuple[str, bool]:
    """The role where it is asked whether somebody has one, and whether how many."""
    match = _EXISTENCE.search(marked)
    if match is None or match.lastgroup is None:
        return "", False
    noun = match.group(match.lastgroup).split()[-1]
    role = next((role_of(t) for t in doc if noun in (t.lemma_.casefold(), t.lower_) and role_of(t)), "")
    return role, match.lastgroup == "many"
