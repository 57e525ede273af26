"""What a message states plainly: questions, quotations, code, stories and irony taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..grammar.spelling import sentences, spelled_out
from .ellipsis import restored

_NOT_MEANT = re.compile(
    r"\b(?:pretend|imagine|suppose|supposing|hypothetically|purely theoretical|say that I|let us say|assume|role[- ]?play|"
    r"(?:in|for) (?:this|our|the|my) (?:game|story|novel|script|play|scene|sketch|sitcom|campaign)|continue the|protagonist|"
    r"heroine|(?:my|the|main|a) (?:character|hero|villain|narrator)s?|fanfic\w*|screenplay|once upon a time|lyrics|"
    r"you are (?:now )?an?\b|act as|speak as|answer as if|in the (?:voice|style) of|horoscope|as a joke|just kidding|"
    r"only joking|only kidding)\b",
    re.IGNORECASE,
)
_IRONY = re.compile(
    r"^(?:oh|ah|wow|ooh|yay|great|wonderful|lovely|brilliant|fantastic|yes|yeah|sure|right|of course|clearly|obviously|because)\b"
    r"[,!. ]*(?:(?:yes|yeah|sure|right|great|wonderful|lovely|joy|brilliant|fantastic|clearly|obviously|of course|"
    r"another|how|perfect|just what|nothing)\b|I (?:just |simply |absolutely |really |do )*(?:adore|love|enjoy|live)\b|"
    r"(?:my|I|we|who)\b.*\b(?:hobby|dream|favourite|thrilled|nothing better|delighted)\b)|"
    r"\bsaid (?:no one|nobody)\b|\beverybody knows (?:that|this)\b|\b10/10\b|\bnothing better to do\b|\bliving the dream\b|"
    r"\bjust what I (?:needed|always wanted)\b|(?:^|\s)/s\b|\bwho does not (?:love|like|enjoy|want)\b|🙄|\bmy absolute favourite\b|"
    r"\b(?:as|like) (?:everyone|everybody) (?:does|knows)\b|\byeah,? right\b|\bwhat (?:a|could be) (?:joy|treat|delight|better)\b|"
    r"\blucky me\b|\bhow (?:lovely|delightful|wonderful|original)\b|\bthanks a lot\b|\b(?:oh|what) joy\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"\"[^\"]*(?:\"|$)|“[^”]*(?:”|$)|«[^»]*(?:»|$)|„[^“”]*(?:[“”]|$)|(?<!\w)['‘](?=\S)[^'’]*(?:['’]\w[^'’]*)*['’](?!\w)|`[^`]*(?:`|$)"
)
_PASTED = re.compile(
    r"^[^:\n]{0,120}\b(?:translate|proofread|summari[sz]e|rewrite|rephrase|correct|edit|shorten|check|improve|fix|continue|finish|"
    r"paraphrase|grammar|text|paragraph|sentence|email|letter|review|says|said|wrote|writes|reads|bio|post|ad|profile)\b"
    r"[^:\n]{0,60}:\s+(?=\S)",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"[{}<>=;|\\]|\w\(|\b\w+\.\w+\(|^\s*(?:git|sudo|pip|npm|select|def|class|import)\b|https?:", re.IGNORECASE
)
_LETTERS = (
    (re.compile(r"\bu\b", re.IGNORECASE), "you"),
    (re.compile(r"\bur\b", re.IGNORECASE), "your"),
    (re.compile(r"\bw\b(?= (?:me|my|us|a|the)\b)", re.IGNORECASE), "with"),
    (re.compile(r"\b(?:pls|plz)\b", re.IGNORECASE), "please"),
    (re.compile(r"\b(mum|mom|dad|gran|nan)s(?= \w+ (?:is|was|are)\b)", re.IGNORECASE), r"\1's"),
    (re.compile(r"(?<=\w)\s+(?:lol|haha|tbh|imo|ngl|btw|rn)\b", re.IGNORECASE), ""),
    (re.compile(r"\bmy names (?=\w+)", re.IGNORECASE), "my name is "),
    (re.compile(r"\b(left|right|short|long|far|near)[ -](handed|sighted)\b", re.IGNORECASE), r"\1-\2"),
    (
        re.compile(r"\b(I|we) do (?=(?:really )?(?:enjoy|love|like|hate|prefer|have)\b)", re.IGNORECASE),
        r"\1 ",
    ),
    (re.compile(r"\btype (\d|one|two) (?=diab)", re.IGNORECASE), r"type-\1 "),
    (re.compile(r"(?:^|\b(?:I am|we are|am) )off to (?=(?-i:[A-Z]))", re.IGNORECASE), "I am going to "),
    (re.compile(r"\bbased out of\b", re.IGNORECASE), "based in"),
    (re.compile(r"\bstay at home (?=mum|mom|dad|parent)", re.IGNORECASE), "stay-at-home "),
    (re.compile(r"\b(\d+)[ -]?(?:yo|y/o|yrs? old|years? old)(?= \w)", re.IGNORECASE), r"\1-year-old"),
    (re.compile(r",?\s+ok(?:ay)?\s*[?.!]*$", re.IGNORECASE), "."),
    (re.compile(r"!{2,}"), "."),
    (re.compile(r"\b(love|really|so|very|never|always|hate|much)(?:,? \1\b)+", re.IGNORECASE), r"\1"),
)
_LEAD = re.compile(
    r"^.*?[,–—-]\s*(?:no,? wait|wait,? no|scratch that)\b[,:]?\s+|"
    r"^(?:so |and |but |well |ok )*(?:(?:the )?(?:thing|fact) is,? (?:that )?|long story short,? |(?:all|which is) (?:this |that )?to say (?:that )?)|^(?:\w+[, ]+){0,3}(?:correction|typo|update|edit|note|fyi|sorry|scrap that)(?: \w+)?\s*[:,–—-]\s+(?=\w)",
    re.IGNORECASE,
)
# A question put behind a statement: ", is that dangerous", "so how do I tell him".
_TURNS = re.compile(
    r"(?:\s*[,:;–—-]\s+(?:(?:and|so|but|or|well|ok)\s+)?|\s+(?:and|so|but)\s+)"
    r"(?=(?:is|are|was|do|does|did|can|could|should|would|will|am|has|have)\s(?:not )?"
    r"(?:I|you|it|he|she|we|they|that|this|these|those|there|an?|the|my|our|one|any\w*|some\w*)\b|"
    r"(?P<any>(?:is|are|do|does|did)\s\w)|"
    r"(?:what|how|why)\b|any(?:thing)?\b(?! more| ?(?:day|time))|(?P<relative>which|who|where|when)\b)",
    re.IGNORECASE,
)
# Where somebody begins to say something new of themself or theirs, also inside a sentence that runs on.
_ANEW = re.compile(
    r"(?:\s*[,;:–—]\s+|\s+-+\s+)(?:(?:and|so|but|because|cause|since|plus|also|though|although)\s+)?"
    r"(?=(?:I|we|he|she)\s(?!think\b|guess\b|mean\b|suppose\b|know,|who\b|and\b|said\b|\w+,)\w+|"
    r"(?:my|our)\s\w+(?:\s\w+)?\s(?:is|are|has|have|lives|works)\b)|"
    r"\s*,\s+(?=(?:do not|please|thanks)\b)|\s*,?\s+(?:so|and|but) (?=(?:please|never|always|do not)\b)|\s*,?\s+so (?=no \w)|\s+(?:so|but|because)\s+(?=(?:I|we)\s\w+)",
    re.IGNORECASE,
)
_SUPPOSES = re.compile(
    r"^(?:so |and |but |ok |well )*(?:(?:what|even|as|only) )?(?:if|unless|suppose|supposing|assuming|say)\b",
    re.IGNORECASE,
)
_IDLY = re.compile(
    r"^(?:so |and |but )*if (?:it|that|this) (?:helps|matters|is relevant|makes)|if you (?:must|need to|want to) know",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^(?:so |and |but |ok |well |hi |hey )*(?:what|how|why|who|where|when|which|is|are|do|does|did|can|could|should|would|will|am|any)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?P<stated>(?:(?!what|how|is|are|do|does|can|could|should|would|will)[\w-]+ ){0,3}(?:I|we|my|our)\b.+),\s(?P<asked>(?:\S+\s){0,3}\S+\?)$",
    re.IGNORECASE,
)
_CHAT = re.compile(r"^\s*(?:\[[\d:., /apm-]+\]\s*\w[\w ]*:|\d\d?:\d\d\b.{0,20}:)", re.IGNORECASE)
_YOURS = re.compile(  # the assistant's words come back
    r"^(?:(?:so|and|but|ok|okay|well|no|yes|earlier|before)[, ]+)*you (?:just |also )?"
    r"(?:say|said|wrote|claim|claimed|answered|mentioned|told me|put it)\b",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    r"\b(?:said|says|goes|went|told me|tells me|claims|claimed|wrote|writes|like)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that state something, spelled out for the parser, and the sentence they stand in as it was typed."""

    words: str
    sentence: str
    asked: bool = False


def stretches(text: str) -> list[Stretch]:
    """The stretches of a message that its writer states or asks in earnest, in order.

    >>> [s.words for s in stretches("My phone is a Nokia, does it float? 'I am Ada' is a quote.") if not s.asked]
    ['My phone is a Nokia', 'is a quote.']
    """
    whole = spelled_out(text)
    if _NOT_MEANT.search(whole) or _IRONY.search(whole):
        return []
    pasted = _PASTED.match(text)
    own = text[: pasted.end()] if pasted else text
    found: list[Stretch] = []
    for sentence in sentences(own):
        if (
            _IRONY.search(sentence)
            or _CODE.search(sentence)
            or _CHAT.match(sentence)
            or _YOURS.match(sentence)
        ):
            continue
        words = _LEAD.sub("", _written(spelled_out(_written(without_quotes(sentence)))).strip())
        found += [
            Stretch(part if asked else restored(part), sentence, asked)
            for part, asked in _parts(words)
            if part
        ]
    return found


def _parts(words: str) -> Iterator[tuple[str, bool]]:
    """What a sentence states and asks, one after the other. A supposition covers what follows it."""
    questioned = words.rstrip("\"'”) ").endswith("?")
    begun = _begun_anew(words)
    for i, part in enumerate(begun):
        if _SUPPOSES.match(part) and not _IDLY.match(part):
            yield " ".join(begun[i:]), questioned
            return
        last = i == len(begun) - 1
        asked_before = any(_ASKS.match(earlier) for earlier in begun[:i])
        if last and questioned and asked_before and not _ASKS.match(part) and not _TURNS.search(part):
            yield part.rstrip("? "), False  # "is brie ok, I am pregnant?"
        else:
            stated, asked = _turned(part, questioned=questioned)
            tail = _TAIL.match(asked) if not stated else None
            if tail is not None:  # "My girlfriend and me want to walk there, too short?"
                stated, asked = tail.group("stated"), tail.group("asked")
            yield stated, not last and bool(_ASKS.match(stated))
            yield asked, True


def without_quotes(text: str) -> str:
    return _QUOTED.sub(" ", text)


def _begun_anew(words: str) -> list[str]:
    parts, start = [], 0
    for turn in _ANEW.finditer(words):
        before = words[start : turn.start()]
        if before.strip() and not _REPORTS.search(before.rstrip(" ,:")):
            parts.append(before.strip())
            start = turn.end()
    return [*parts, words[start:].strip()]


def _written(sentence: str) -> str:
    for pattern, spelled in _LETTERS:
        sentence = pattern.sub(spelled, sentence)
    return sentence


def _turned(words: str, *, questioned: bool) -> tuple[str, str]:
    """A statement and the question it turns into."""
    ends = words.rstrip("\"'”) ").endswith("?")
    for turn in _TURNS.finditer(words):
        if (turn.group("relative") or turn.group("any")) and not questioned:
            continue
        if len(words[: turn.start()].split()) >= 2:
            return words[: turn.start()].strip(), words[turn.end() :].strip()
    return ("", words) if ends else (words, "")
