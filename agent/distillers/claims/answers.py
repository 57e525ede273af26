"""How the speaker wants to be answered, said for all answers to come: "bullet points, please, from now on"."""

from __future__ import annotations

import re

from .claim import Claim

# Said for all times, and by itself only of answers.
_HENCEFORTH = (
    r"(?:(?:from|starting) (?:now|here|today)(?: on(?:wards?)?)?|going forward|(?:in|for) (?:the )?future|as a rule|by default|until I say otherwise|"
    r"in (?:everything|anything) you \w+(?: for me| to me)?|(?:with|for|in|after|before) (?:every|each|all|any)(?: of)?(?: your)? \w+ (?:that )?you \w+(?: to me| for me)?|"
    r"(?:when|whenever|every ?time|each time|any ?time|if) you (?:reply|answer|write|explain|respond|talk|speak|give|send|tell|suggest|recommend|list|quote|propose|mention|"
    r"use|make|describe|address|summari[sz]e|teach|show|translate|correct|are \w+ing)(?: (?:to|for))?(?: me| us)?(?: (?:something|anything|things|stuff|a \w+|an \w+|\w+s))?|"
    r"when(?:ever)? I ask(?: you)?(?: (?:about|for) [\w ]+)?|in (?:all )?your (?:answers|replies|responses|explanations|messages|recipes)|"
    r"with me|(?:talking|writing|replying|speaking) to me)"
)
# Said for all times of anything.
_ALWAYS = r"(?:always|every ?time|each time|never|ever|generally|only|in (?:every|all|each) \w+|for (?:every|all|any)thing)"
_ANSWER = (
    r"(?:answers?|repl(?:y|ies)|responses?|explanations?|feedback|bullet points?|bullets|paragraphs?|headings?|summar(?:y|ies)|"
    r"units?|tables?|spelling|examples?|emojis?|jargon|steps?|links?|sources?|citations?|formatting|tone|code|lists?|"
    r"metric|imperial|celsius|fahrenheit|kilomet(?:re|er)s|miles|grams?|ounces|temps?|temperatures?|prices?|dates?|recipes?|"
    r"measurements?|sentences|lines?|words?|instructions|analogies|metaphors|humour|jokes|small talk|markdown|caveats|disclaimers|options|"
    r"24[- ]hour\w*|advice|language|english|detail|details|lectures?|criticism|short|brief|to me|me like|to the point|your)"
)
_DOES = (
    r"(?:use|give|write|answer|reply|respond|explain|keep|show|include|add|avoid|skip|stop|speak|talk|put|quote|leave|format|list|"
    r"start|end|be|address|call|tell|cite|convert|spell|make|stick|do not|never|no|ask|mark|drop|offer|break|round|state|mention|"
    r"suggest|recommend|get|go|double-check|check|warn|remind|assume|treat|translate|correct|summari[sz]e|refer|send|provide|always|only|less|more|just)"
)
_POLITE = (
    r"(?:please|kindly|just|and|but|so|also|oh|ok|okay|hey|hi|for me|could you|can you|would you|will you|if you can|you (?:can|should|must|could)|"
    rf"I (?:would|will) (?:like|love|need|want) you to|I (?:want|need) you to|{_HENCEFORTH}|always)"
)
_LEAD = re.compile(rf"^(?:if [^,]+, )?(?:{_POLITE}[,:]*\s+)*", re.IGNORECASE)
_TAIL = re.compile(
    rf"[\s,]*(?:\b(?:{_HENCEFORTH}|always|every ?time|each time|please|ever|everywhere|as I [\w ]+|so that .+|because .+|since .+|and I .+|I .+|it .+|they .+|"
    r"instead .+|rather than .+|not .+|whenever.*|when .+|if .+|for me|in everything.*|but .+|than .+))$",
    re.IGNORECASE,
)
_HELD = re.compile(r"^(?:use|give|write|show|put|include|add|keep|format|list|make|quote|tell|with|using)\s+", re.IGNORECASE)
_SMALL = re.compile(
    r"^(?:me|us|everything|things|it|your (?:answers|replies|responses|explanations|messages)|(?:to|for) me|all|the|an?|any|some|only|always|using|with)\s+",
    re.IGNORECASE,
)
_WOULD_LIKE = re.compile(
    r"\bI (?:would |really |do |much |generally |also )*(?:prefer|like|want|love|need|rather|appreciate|hate|dislike|do not (?:like|want|need)|can not stand|"
    r"be (?:most |very |so )?(?:grateful|glad|happy))(?: to (?:know|see|have|get))?(?: it)?(?: if)?(?: that)? ?"
    r"(?P<you>you (?:would |could |always )*(?:(?:gave|give|kept|keep|used|use|wrote|write|answered|answer)(?: me)? )?)?(?P<what>.+)$",
    re.IGNORECASE,
)
_HELPS = re.compile(
    r"(?P<what>[\w ,-]+?) (?:really )?(?:helps?|works? (?:best|better|well) for|suits?|is (?:best|easier|better) for) me\b(?P<rest>.*)",
    re.IGNORECASE,
)
_CALLED = re.compile(r"^(?:address(?:ed)?|call(?:ed)?) me (?:as )?(?P<name>[A-Z].+)$")


def _is(pattern: str, words: str) -> bool:
    return re.search(rf"\b{pattern}(?!\w)", words, re.IGNORECASE) is not None


def wanted_answers(words: str, *, asked: bool = False) -> Claim | None:
    """The wish for all answers that one stretch of words holds, if any.

    >>> wanted_answers("Use British spelling in everything you write for me, please.").value
    'British spelling'
    >>> wanted_answers("Metric only from here on please").value, wanted_answers("never suggest nuts to me please").value
    ('Metric only', 'never suggest nuts to me')
    >>> wanted_answers("Use less salt.") is None, wanted_answers("From now on I am a vegan.") is None
    (True, True)
    """
    words = words.strip()
    value = _liked(words) if not asked else ""
    value = value or _told(words)
    return Claim("wants_answers", value, "", "likes") if value else None


def _told(words: str) -> str:
    """An instruction, with or without a verb: "no sports analogies from now on"."""
    rest = words[_LEAD.match(words).end() :].strip(" ,:")  # type: ignore[union-attr]
    if not rest or re.match(r"(?:I|we|he|she|they|it|my|our|there|this|that|never mind|what|how|why|who)\b", rest, re.IGNORECASE):
        return ""
    henceforth = _is(_HENCEFORTH, words)
    orders = re.match(rf"{_DOES}\b", rest, re.IGNORECASE) is not None
    fragment = _is("(?:please|only)", words) or re.match(r"(?:no|always|only|more|less|just)\b", rest, re.IGNORECASE)
    always = _is(_ALWAYS, words) and _is(_ANSWER, rest)
    if not (orders and (henceforth or always)) and not (henceforth and fragment):
        return ""
    if henceforth and not always and re.match(r"(?:be|get|go|make|keep|add|put|start|end|stop)\b", rest, re.I) and not _is(_ANSWER, words):
        if not _is("(?:me|you|your|from now on|from here on)", words):
            return ""
    return _trimmed(rest)


def _liked(words: str) -> str:
    """ "I'd rather you gave me bullet points", "big headings help me when you reply"."""
    helps = _HELPS.search(words)
    if helps is not None and _is(_HENCEFORTH, helps.group("rest")) and _is(_ANSWER, helps.group("what")):
        return re.sub(r"^.*?(?:, (?:so|and)|^so|^and) ", "", helps.group("what")).strip(" ,")
    likes = _WOULD_LIKE.search(words)
    if likes is None:
        return ""
    value = _trimmed(likes.group("what"))
    standing = _is(_HENCEFORTH, words) or _is("(?:every ?time|each time|always|as a rule)", words)
    if likes.group("you") and (standing or _is("gave|kept|used|wrote", likes.group("you"))):
        called = _CALLED.match(value)
        return called.group("name") if called else value
    head = value.split()[-1:] if " in " not in value else value.split(" in ")[0].split()[-1:]
    about = bool(head) and re.fullmatch(_ANSWER, head[0], re.IGNORECASE) is not None
    sure = _is("(?:answers|replies|responses|explanations|feedback|bullet points|bullets|criticism)", value)
    in_each = standing and re.search(r" in (?:every|each|all) ", likes.group("what"))
    return value if value and (sure or (about and standing) or in_each) else ""


def _trimmed(text: str) -> str:
    before = None
    text = text.strip(" ,.!")
    while before != text:
        before = text
        text = _HELD.sub("", text) if len(text.split()) > 2 else text
        text = _TAIL.sub("", _SMALL.sub("", text)).strip(" ,.!?")
    first = re.split(r"[,;]\s+(?!and )", text)[0]
    return first.strip(" ,.!?")
