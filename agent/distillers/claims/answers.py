"""How the speaker wants to be answered, said for all answers to come: "bullet points, please, from now on"."""

from __future__ import annotations

import re

from .claim import Claim

_ANSWER = (
    r"(?:answers?|repl(?:y|ies)|responses?|explanations?|feedback|bullet points?|bullets|paragraphs?|headings?|summar(?:y|ies)|"
    r"units?|tables?|spelling|examples?|emojis?|jargon|steps?|links?|sources?|citations?|formatting|tone|code|lists?|"
    r"metric|imperial|celsius|fahrenheit|kilomet(?:re|er)s|miles|grams?|ounces|temps?|temperatures?|prices?|dates?|recipes?|"
    r"measurements?|sentences|lines?|words?|instructions|analogies|humour|small talk|markdown|caveats|disclaimers|options|"
    r"24-hour\w*|24 hour\w*|advice|language|english|detail|details|lectures?|criticism)"
)
_VERB = (
    r"(?:use|give|write|answer|reply|respond|explain|keep|show|include|add|avoid|skip|stop|speak|talk|put|quote|leave|format|list|"
    r"start|end|be|address|call|tell|cite|convert|spell|make|stick|do not|don't|never|ask|mark|drop|offer|break|round|state|mention)"
)
_STANDING = re.compile(
    r"\b(?:always|from now on|going forward|in (?:the )?future|every ?time|each time|whenever|as a rule|generally|never|"
    r"(?:in|for|with|after|before) (?:every|each|all|any)(?:thing)?\b|when(?:ever)? you (?:reply|answer|write|explain|respond|talk|give|"
    r"send|tell|suggest|recommend|list|quote|propose|mention)|your (?:answers|replies|responses|explanations|messages|recipes)|you (?:propose|suggest|write for me)|"
    r"when(?:ever)? I ask|(?:talking|writing|replying|speaking) to me|with me|to me\b(?= only)|only\b)",
    re.IGNORECASE,
)
_PLEASE = r"(?:(?:please|kindly|just|and|but|so|also|oh|ok|okay|hey|hi|from now on|going forward|in future|in the future|always|could you|can you|would you|if you can|for me)[, ]+)*"
_ASKS = re.compile(rf"^(?:if [^,]+, )?{_PLEASE}(?P<verb>{_VERB})\b(?P<rest>.+)$", re.IGNORECASE)
_PREFERS = re.compile(
    r"\bI (?:would |really |do |much |generally )*(?:prefer|like|want|love|need|rather|appreciate|hate|dislike|do not (?:like|want|need)|can not stand)(?: to (?:know|see|have|get))?"
    r"(?: if)?(?: that)? (?:you (?:gave|give|kept|keep|used|use|wrote|write|answered|answer)(?: me)? )?(?P<what>.+)$",
    re.IGNORECASE,
)
_HELPS = re.compile(
    r"(?P<what>[\w ,-]+?) (?:really )?(?:helps?|works? (?:best|better|well) for|suits?|is (?:best|easier|better) for) me\b(?P<rest>.*)",
    re.IGNORECASE,
)
_SMALL = re.compile(
    r"^(?:me|us|everything|things|it|your (?:answers|replies|responses|explanations|messages)|(?:to|for) me|all|the|a|an|any|some|only|always|using|with)\s+",
    re.IGNORECASE,
)
_END = re.compile(
    r"\s*(?:[,;.!?]|\b(?:from now on|please|going forward|in future|in the future|every ?time|everytime|whenever|when|because|since|than|not|as a rule|and I|I |"
    r"instead|rather|for me|in everything|in all|so that|but|always|everywhere|if|you (?:propose|suggest|write|give|recommend|mention))\b).*$",
    re.IGNORECASE,
)


def wanted_answers(words: str, *, asked: bool = False) -> Claim | None:
    """The wish for all answers that one stretch of words holds, if any.

    >>> wanted_answers("Use British spelling in everything you write for me, please.").value
    'British spelling'
    >>> wanted_answers("Use less salt.") is None
    True
    """
    words = words.strip()
    prefers = None if asked else _PREFERS.search(words)
    if prefers is not None:
        return _of_answers(
            prefers.group("what"),
            standing=bool(re.search(r"\byou (?:gave|give|keep|kept|use|write)|rule\b", words))
            or bool(_STANDING.search(words)),
        )
    helps = None if asked else _HELPS.search(words)
    if (
        helps is not None
        and _STANDING.search(helps.group("rest"))
        and re.search(_ANSWER, helps.group("what"), re.IGNORECASE)
    ):
        what = re.sub(r"^.*?(?:, (?:so|and)|^so|^and) ", "", helps.group("what"))
        return Claim("wants_answers", what.strip(" ,"), "", "likes")
    asks = _ASKS.match(words)
    if asks is None:
        return None
    lasting = _STANDING.search(words)
    rest = asks.group("rest").strip(" ,")
    about = re.search(rf"\b{_ANSWER}\b", rest, re.IGNORECASE) or asks.group("verb").casefold() in (
        "answer",
        "reply",
        "respond",
        "explain",
        "speak",
        "talk",
        "address",
    )
    if not (lasting and about):
        return None
    value = _trimmed(rest)
    return Claim("wants_answers", value, "", "likes") if value else None


def _of_answers(what: str, *, standing: bool) -> Claim | None:
    value = _trimmed(what)
    head = value.split()[-1:] if " in " not in value else value.split(" in ")[0].split()[-1:]
    about = bool(head) and re.fullmatch(_ANSWER, head[0], re.IGNORECASE) is not None
    sure = re.search(
        r"\b(?:answers|replies|responses|explanations|feedback|bullet points|bullets|criticism)\b",
        value,
        re.IGNORECASE,
    )
    if value and (sure or (about and standing) or (standing and re.search(r" in (?:every|each|all) ", what))):
        return Claim("wants_answers", value, "", "likes")
    return None


def _trimmed(text: str) -> str:
    before = None
    text = text.strip(" ,.!")
    while before != text:
        before, text = text, _SMALL.sub("", text)
    return _END.sub("", text).strip(" ,.!?")
