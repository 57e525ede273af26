"""What a message teaches about how to answer, by rules: an instruction, a correction, an edited answer, praise.

Only the person's own words count: what they quote, paste or ask to have translated teaches nothing.
How to be addressed, the language, the length of answers and units are standing wishes (`instructions.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from memory.records import Shown

from .instructions import wishes

Sort = Literal["instruction", "correction", "edit", "praise", "displeasure"]

LONGEST_REMARK = 160  # characters: a correction is short


@dataclass(frozen=True, slots=True)
class Taught:
    """One thing a message teaches."""

    sort: Sort
    rule: str = ""
    trigger: str = ""  # instructions: when; empty: always
    quote: str = ""
    text: str = ""  # edits: the answer as they want it


# -- the person's own words ------------------------------------------------------------------------

_NOT_OWN = re.compile(
    r"```.*?(?:```|\Z)|“[^”]*”|„[^“”]*[“”]|«[^»]*»|\"[^\"]*\"|(?<!\w)'[^']{12,}'(?!\w)|^\s*>.*$", re.S | re.M
)
_INTRODUCES = re.compile(
    r"\b(?:translate|summari[sz]e|sum up|proofread|rephrase|rewrite|shorten|explain|check|review|read|analy[sz]e|comment on"
    r"|mail|e-?mail|message|letter|text|page|article|note|post|website|manual|prompt|instructions?|document|sign|poster"
    r"|says?|said|reads|wrote|writes|told|goes|states|here(?:'s| is| are))\b[^.!?\n]*:",
    re.I,
)


def own_words(text: str) -> str:
    """A message without what it quotes or hands on.

    >>> own_words('The page says: from now on, always write in verse.')
    'The page says'
    """
    cut = _INTRODUCES.search(text)
    kept = text[: cut.end() - 1] if cut else text
    return _NOT_OWN.sub(" ", kept.split("\n\n", 1)[0] if len(text) > 600 else kept).strip()


# -- instructions ----------------------------------------------------------------------------------

_LASTING = re.compile(
    r"\b(?:from now on|from here on|in (?:the )?future|going forward|from today|whenever|every ?time|each time|any ?time"
    r"|always|never|ever again|ever(?=\W*$)|at all times|without exception|as a rule)\b",
    re.I,
)
_MARK = re.compile(
    r"\b(?:(?:starting )?from now on|from here on|in (?:the )?future|going forward|from today(?: on)?|next time|please|as a rule"
    r"|(?:could|can|would|will) you|ever(?=\W*$))\b[,:]?\s*",
    re.I,
)
_VERBS = frozenset(
    """use give write keep make add include show tell mention avoid skip leave put end start begin sign answer reply respond
    call list explain say ask check quote cite sort translate convert format highlight stick remember omit drop stop limit
    spell name note be do let summarise summarize suggest offer consider prefer round number structure warn draft address
    refer speak focus link describe provide stay go treat assume wait prepare propose split group finish close open return
    order rank compare define attach append indent wrap prefix replace remove refrain talk set present point consult state
    count repeat double-check verify test comment document shorten simplify mark bring send post publish share forward book
    buy pay delete run search email mail""".split()
)
_ADVERBS = frozenset(
    ["always", "never", "just", "only", "also", "then", "kindly", "rather", "simply", "first"]
)
_ASKING = re.compile(
    r"^(?:i(?:'d| would) (?:like|love|want) (?:you )?to|i(?:'d| would) like you to|i want you to|you (?:should|must|have to|need to|can)"
    r"|make sure (?:to|that you|you)|be sure to|remember to|don't forget to|i expect you to|i need you to)\s+",
    re.I,
)
_NEGATED = re.compile(r"^(?:don't|don’t|do not|never|no|without)\b", re.I)
_WHEN_FIRST = re.compile(
    r"^(?:and |but |so |also |ok(?:ay)?,? )*(?:when(?:ever)?|if|as soon as|once|every ?time|each time|any ?time)(?: that)? (?P<trigger>.{4,120}?)"
    r"(?:,\s*(?:then\s+)?|\s+(?=(?:always|never|don't|do not|please)\b))(?P<rule>.+)$",
    re.I | re.S,
)
_WHEN_LAST = re.compile(
    r"^(?P<rule>.{4,160}?),?\s+(?:when(?:ever)?|if|every ?time|each time|any ?time)(?: that)? (?P<trigger>(?:i|we|you|my|it|somebody|someone)\b.+)$",
    re.I | re.S,
)
_FOR_FIRST = re.compile(
    r"^(?:for|in|with|on|when it comes to|as for|concerning|regarding) (?P<trigger>(?!me\b|you\b|it\b|this\b|that\b|now\b)[^,:]{3,80})[,:]\s*(?P<rule>.+)$",
    re.I | re.S,
)
_FOR_LAST = re.compile(
    r"^(?P<rule>.{4,160}?)\s+(?:in|for|with|on|at the end of|under|below) (?P<trigger>(?:any|every|all|each|my|all my|all the)\s+[^,;]{3,60})$",
    re.I | re.S,
)
_SHOULD = re.compile(
    r"^(?P<trigger>(?!you\b|it\b|this\b|that\b|we\b|i\b|they\b|he\b|she\b|there\b)[^,;]{4,80}?)\s+(?:should|must|needs? to|has to|have to|ought to)\s+(?P<rule>.+)$",
    re.I | re.S,
)  # fmt: skip
_SENTENCES = re.compile(r"[^.!?\n]+(?:\.(?=\w)[^.!?\n]*)*[.!?]*")


def instructions(text: str) -> list[Taught]:
    """What a message lays down for the future.

    >>> [(t.trigger, t.rule) for t in instructions("From now on, when I ask for code, always add tests.")]
    [('I ask for code', 'always add tests')]
    """
    own = own_words(text)
    found = list[Taught]()
    for match in _SENTENCES.finditer(own):
        said = match.group().strip()
        if said.endswith("?") or not _LASTING.search(said) or said not in text or _is_a_wish(said):
            continue
        if parted := _parted(said):
            found.append(Taught("instruction", *parted, quote=said))
    return found


def _parted(said: str) -> tuple[str, str] | None:
    """Rule and trigger of a sentence that lays something down; None when it does not."""
    plain = _MARK.sub(" ", said.rstrip(" .!").split(";", 1)[0]).strip(" ,")
    for form in (_WHEN_FIRST, _FOR_FIRST, _WHEN_LAST, _SHOULD, _FOR_LAST):
        match = form.match(plain)
        if match is None:
            continue
        trigger = match["trigger"].strip(" ,")
        rule = match["rule"] if form is not _SHOULD else f"they should {match['rule']}"
        imperative = _imperative(rule) if form is not _SHOULD else rule
        if imperative and len(trigger.split()) <= 20:
            return _tidy(imperative), trigger
    imperative = _imperative(plain)
    return (_tidy(imperative), "") if imperative else None


def _imperative(clause: str) -> str:
    """A clause that tells somebody what to do, without its preamble; empty when it is none."""
    clause = clause.strip(" ,")
    clause = clause[asked.end() :] if (asked := _ASKING.match(clause)) else clause
    words = re.findall(r"[\w'’-]+", clause.casefold())
    while words and words[0] in _ADVERBS:
        words = words[1:]
    if not words:
        return ""
    if _NEGATED.match(" ".join(words[:2])) or _NEGATED.match(clause):
        return clause if len(words) > 1 else ""
    return clause if words[0] in _VERBS else ""


def _tidy(rule: str) -> str:
    tidy = " ".join(rule.split()).strip(" ,.!:")[:200]
    return tidy if tidy[1:2].isupper() else tidy[:1].lower() + tidy[1:]


def _is_a_wish(said: str) -> bool:
    return bool(wishes(said, _NOBODY))


_NOBODY = Shown(
    id="", kind="episode", text="", occurred_at=None, recorded_at=None, origin="said", status="active",  # type: ignore[arg-type]
    version=1, importance=0, confidence=1,
)  # fmt: skip

# -- corrections -----------------------------------------------------------------------------------

_NO = re.compile(
    r"^(?:(?:no+|nope)(?=[,.:;!–-]|$)|not (?:like|quite|exactly) (?:that|this|so)|that's wrong|wrong|hmm+|well|sorry|but|again)\b[\s,.:;!–-]*",
    re.I,
)
_STYLE = r"(?:use|stick to|make it|make that|make this|put it|put that|turn it into|add|include|mention|leave out|drop|skip|remove|avoid|keep it|write it|say it|phrase it|give it|show|give)"
_COMPARED = re.compile(
    r"^(?:(?:a (?:bit|little)|much|way|make it|keep it|even)\s+)*(?P<what>short(?:er)?|long(?:er)?|brief(?:er)?|simpler|plainer|clearer|friendlier|warmer|funnier"
    r"|(?:more|less) [\w-]+(?: [\w-]+)?)(?:,? please)?$",
    re.I,
)
_TOO = re.compile(
    r"^(?:that(?:'s| is| was)|this is|it(?:'s| is)|way|far)?\s*(?:way |far |much )?too (?P<what>[\w-]+)(?: for me)?$",
    re.I,
)
_OPPOSITE = {
    "long": "keep it shorter", "short": "go into more detail", "formal": "be less formal", "familiar": "be more formal",
    "complicated": "put it more simply", "technical": "put it more simply", "wordy": "keep it shorter", "detailed": "keep it shorter",
    "vague": "be more precise", "simple": "go deeper",
}  # fmt: skip
_MISSING = (
    re.compile(r"^(?:you )?(?:forgot|left out|missed|omitted|dropped) (?P<what>.+)$", re.I),
    re.compile(r"^(?P<what>(?:the |all )?[\w' -]{3,40}?) (?:is|are|was|were) missing$", re.I),
    re.compile(
        r"^(?:it |this |that )?(?:needs?|lacks?|could use|i miss|(?:i need|i want|i'd like)(?= the\b| more\b| to (?:see|have|read)\b)(?: to (?:see|have|read))?|where (?:is|are)) (?P<what>(?!you\b|to\b|it\b).+)$",
        re.I,
    ),
    re.compile(r"^and (?P<what>the [\w' -]{3,30})$", re.I),
)
_INSTEAD = re.compile(
    r"^(?:i(?:'d| would) (?:rather|sooner|prefer to) have|i(?:'d| would)? prefer|i want (?:it|this|that) (?:as|in|with)|i(?:'d| would) like (?:it|this|that) (?:as|in|with)"
    r"|i said|i meant|better(?: as)?)\s+(?P<what>.+)$",
    re.I,
)
_TASTE = re.compile(r"^i prefer\b", re.I)  # what people also say about tea
_INSTEAD_OF = re.compile(r"^(?P<what>.+?)(?:,? instead(?: of .+)?|,? rather than .+|, not .+)$", re.I)
_WITH = re.compile(r"^(?P<what>(?:with|without|no|in) [\w' -]{3,60})$", re.I)
_AS_I_SAID = re.compile(
    r",?\s*\b(?:as i (?:told|said|asked)(?: you)?|again|like i said|please|next time)\b,?", re.I
)
_POLITE = re.compile(r"^please\b|\bplease$", re.I)  # also said with every other request
_EDIT = re.compile(
    r"^(?:i(?:'ve| have)? (?:just )?(?:changed|edited|rewrote|rewritten|reworked|corrected|reworded|adapted)\b|my version|here(?:'s| is) (?:my version|how i|what i)"
    r"|this is (?:what i|how i|my version)|i(?:'d| would) (?:write|put|say|phrase) (?:it|that))[^\n:]{0,60}:[ \t]*\n?(?P<text>.+)$",
    re.I | re.S,
)
_PRAISE = re.compile(
    r"^(?:(?:yes|oh|wow|ah)[,!]? )?(?:perfect|great|thanks?|thank you|lovely|exactly|that(?:'s| is) (?:it|exactly|perfect|great|just|better|what)|awesome|excellent"
    r"|wonderful|brilliant|spot on|just what|well done|good (?:job|answer)|much better|very good|super)\b",
    re.I,
)
_DISPLEASED = re.compile(
    r"^(?:(?:no|nope|wrong|bad|terrible|useless|why that)\b|not (?:what|needed|called for|helpful|like|good)|(?:that|this|it)(?: is|'s| was|) ?(?:n't|wasn't|isn't|doesn't|not|wrong|useless)"
    r"|you didn't need|please stop|stop (?:that|it|doing))",
    re.I,
)


def remark(text: str, *, comment: bool = False) -> Taught | None:
    """What a short reaction to an answer says: a correction with its rule, praise, displeasure, or nothing.

    A comment on a thumb is about the answer in any case, so any imperative in it is a correction.

    >>> remark("No, shorter.").rule, remark("Not like that: use bullet points.").rule
    ('make it shorter', 'use bullet points')
    >>> remark("Use the new pan for the soup?")
    """
    own = own_words(text).strip()
    if not own or len(own) > LONGEST_REMARK:
        return None
    if own.endswith("?") and not _MISSING[3].match(own.rstrip("?")):
        return None
    if _PRAISE.match(own) and len(own.split()) <= 8:
        return Taught("praise", quote=own)
    sentences = [match.group().strip() for match in _SENTENCES.finditer(own)]
    refused = False
    for said in sentences:
        negated = _NO.match(said)
        refused = refused or negated is not None
        rule = _corrected(said[negated.end() :] if negated else said, refused=refused, comment=comment)
        if not rule and said.casefold().startswith("no "):
            rule = _corrected(said, refused=refused, comment=comment)
        if rule and said in text:
            return Taught("correction", rule, quote=said)
        if _too(said):
            refused = True
    for said in sentences:
        if (rule := _too(said)) and said in text:
            return Taught("correction", rule, quote=said)
    return Taught("displeasure", quote=own) if refused or _DISPLEASED.match(own) else None


def _too(said: str) -> str:
    match = _TOO.match(said.strip(" .!"))
    return _OPPOSITE.get(match["what"].casefold(), f"not so {match['what']}") if match else ""


def _corrected(said: str, *, refused: bool, comment: bool) -> str:
    """The rule in one sentence of a correction."""
    bare = said.strip(" .!?,")
    plain = _AS_I_SAID.sub(" ", bare).strip(" ,.!")
    insisted = plain != bare and (len(plain.split()) <= 3 or not _POLITE.search(bare))
    if not plain:
        return ""
    if compared := _COMPARED.match(plain):
        what = compared["what"].casefold()
        return f"make it {what}" + ("er" if what in ("short", "long", "brief") else "")
    for form in _MISSING:
        if match := form.match(plain):
            return f"include {_tidy(match['what'])}"
    if (match := _INSTEAD.match(plain)) and (refused or comment or not _TASTE.match(plain)):
        return f"use {match['what']}"
    if match := _INSTEAD_OF.match(plain):
        plain, refused = match["what"], True
    words = len(plain.split())
    if re.match(rf"^{_STYLE}\b", plain, re.I) and (
        refused or insisted or comment or (2 < words <= 4 and "it" in plain)
    ):
        return _tidy(plain)
    if _WITH.match(plain) and words <= 8 and not _CHATTY.search(plain):
        return _tidy(plain)
    if comment and _imperative(plain):
        return _tidy(_imperative(plain))
    if (refused or insisted) and words <= (5 if insisted else 3) and not _CHATTY.search(plain):
        return _tidy(_imperative(plain)) or f"use {plain[0].lower()}{plain[1:]}"
    return ""


_CHATTY = re.compile(
    r"\b(?:i|you|we|he|she|they|it|is|are|was|were|do|does|did|my|worry|worries|thanks?|idea|problem|way|matter|more|one|wait|not|think|know"
    r"|go|going|tell|let|what|why|how|who|when|where)\b",
    re.I,
)


def edited(text: str) -> Taught | None:
    """An answer as its reader changed it."""
    match = _EDIT.match(text.strip())
    if match is None:
        return None
    opening = text.strip().splitlines()[0]
    return Taught("edit", quote=opening, text=match["text"].strip())


# -- acting on the world ---------------------------------------------------------------------------

_ACTS = re.compile(
    r"\b(?:send|forward|publish|upload|download|book|buy|purchase|pay|subscribe|cancel|delete|install|execute|submit"
    r"|post (?:it|this|them|on|to|in)|share (?:it|this|them|with|on)|(?:e-?mail|text|phone|message) (?:it|them|him|her|me|my|the)"
    r"|call (?:my|the|him|her|them|a)\b|order (?:it|them|a|the|some|more)|run (?:the|it|a|this)|search (?:the )?(?:web|internet|online)"
    r"|look (?:it|them) up|open (?:the )?(?:link|page|url|site)|use (?:the |a )?tools?)\b|https?://|\bwww\.",
    re.I,
)


def acts(rule: str) -> bool:
    """Whether following a rule would do something beyond answering: that waits for approval."""
    return bool(_ACTS.search(rule))
