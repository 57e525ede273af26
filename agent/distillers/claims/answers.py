"""How the speaker wants to be answered, said for all answers to come: "bullet points, please, from now on".

Three things make a wish: it is an instruction (or a fragment of one), it holds for more than the next answer, and it is
about answering. Words that hold it for all time of answers alone ("in your replies") say the second and third at once.
"""

from __future__ import annotations

import re

from .claim import Claim
from .times import NOW

WISH = "wants_answers"  # the relation of such a wish

_YOUR = r"your (?:future )?(?:answers?|replies|responses?|explanations?|messages?|recipes|summaries|suggestions|writing|tone)"
# It holds from here on.
_HENCEFORTH = re.compile(
    r"\b(?:(?:from|starting) (?:now|here|today|tomorrow|this point)(?: on(?:wards?)?)?(?: out)?|going forward|(?:in|for) (?:the )?future|as a rule|by default|"
    r"until I say otherwise|all the time|every ?time|each time|per (?:answer|reply|message)|"
    rf"(?:in|with|for|from|keep|make|write) (?:all (?:of )?|any of )?{_YOUR}|(?:in|for) all (?:future )?(?:answers|replies|messages)|from you|"
    r"in (?:everything|anything) you \w+|(?:with|for|in|after|before) (?:every|each|all|any)(?: of)?(?: your)? \w+ (?:that )?you \w+|"
    r"(?:when|whenever|any ?time|if) you (?:reply|answer|write|explain|respond|talk|speak|give|send|tell|suggest|recommend|list|quote|propose|mention|"
    r"use|make|describe|address|summari[sz]e|teach|show|translate|correct|are \w+ing)(?: (?:to|for))?(?: me| us)?(?: (?:something|anything|things|stuff|a \w+|an \w+|\w+s))?|"
    r"(?:whenever|when|any ?time) I (?:ask|paste|send|want|write|share)(?: you)?(?: (?:about|for))?(?: [\w-]+){0,2}|"
    r"(?:talking|writing|replying|speaking) to me)(?: to me| for me| me)?(?!\w)",
    re.IGNORECASE,
)
_ALWAYS = re.compile(
    r"\b(?:always|never|ever|any ?more|no more(?= \w)|only|stop|do not|less|fewer|remember to|in (?:every|each) \w+)\b",
    re.I,
)
_ANSWERS = re.compile(
    r"\b(?:answers?|answering|repl(?:y|ies)|responses?|explanations?|feedback|bullet points?|bullets|paragraphs?|headings?|summar(?:y|ies)|"
    r"units?|tables?|spelling|examples?|emojis?|jargon|steps?|links?|sources?|citations?|formatting|tone|code|lists?|metric|imperial|celsius|"
    r"fahrenheit|kilomet(?:re|er)s|miles|grams?|ounces|temps?|temperatures?|prices?|dates?|recipes?|measurements?|sentences?|lines?|words?|"
    r"instructions|analogies|metaphors|humour|jokes?|small talk|chit-?chat|markdown|caveats|disclaimers|options|24[- ]hour|clock|advice|language|"
    r"english|details?|lectures?|criticism|short|brief|briefly|simply|plainly|bluntly|to the point|apologi[sz]\w*|exclamation marks?|"
    r"pleasantries|numbers?|swear|euros?|pounds|dollars|pronouns?|polite|formal|informal|casual|blunt|honest|like I am|like a|call(?:ing)?|nicknames?)\b",
    re.IGNORECASE,
)
_TO_ME = re.compile(
    r"\b(?:(?:to|with) me|(?:give|giving|tell|telling|call|calling|show|showing|send|sending|ask|asking) me)\b",
    re.IGNORECASE,
)
_ORDERS = re.compile(
    r"(?:use|give|write|answer|reply|respond|explain|keep|show|include|add|avoid|skip|stop|speak|talk|put|quote|leave|format|list|start|end|be|address|"
    r"call|tell|cite|convert|spell|make|stick|do not|never|ask|mark|drop|offer|break|round|state|mention|suggest|recommend|get|go|double-check|"
    r"check|warn|remind|assume|treat|translate|correct|summari[sz]e|refer|send|provide|swear|joke|fix|limit|cut|write|describe|teach|always)\b",
    re.IGNORECASE,
)
_FRAGMENT = re.compile(
    r"^(?!.*\b(?:I|we|he|she|it|they) (?:am|do|have|was|is|are|has)\b)(?:(?:no|only|less|fewer|more|just|straight|quick|short\w*)\b|"
    r"please\b|.{3,60}(?:please|only|for me)$|[\w -]{3,40}$)",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    r"(?:(?:no|yes|nah|nope|yeah),? )?(?:I|we|he|she|they|it|my|our|there|this|that|never mind|what|how|why|who|keep (?:up|it up|going|in touch|me posted)|do not (?:feel|forget|know|think|worry|get me wrong|have|want|mind|see|like|care|remember|need|really|even)|(?:always|never) (?:\w+ed|has|is|was|does|had|goes|gets|wants|knows|says)|been)\b",
    re.IGNORECASE,
)
_POLITE = (
    r"(?:please|kindly|just|and|but|so|also|oh|ok|okay|hey|hi|for me|could you|can you|would you|will you|if you can|remember to|always|"
    r"you (?:can|should|must|could|may)|feel free to|it is (?:ok|okay|fine) to|I (?:would|will) (?:like|love|need|want) you to|I (?:want|need) you to)"
)
_LEAD = re.compile(rf"^(?:if [^,]+, )?(?:{_POLITE}[,:]*\s+)*", re.IGNORECASE)
_ALLOWS = re.compile(
    r"\b(?:you (?:can|may)|feel free to|it is (?:ok|okay|fine) to|I (?:want|need|would like) you to)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[\s,]*\b(?:always|please|thanks|thank you|thx|ty|cheers|ta|ever|everywhere|as I [\w ]+|so that .+|because .+|since .+|and I .+|(?<!like )I .+|it .+|they .+|instead .+|rather than .+|"
    r"(?<!do )not .+|whenever.*|if .+|for me|with me|in everything.*|but .+|than .+)$",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"(?: (?:when|if|and|or|but|to|for|with|of|in|so|because|esp|especially))+$", re.IGNORECASE
)
_HELD = re.compile(
    r"^(?:use|give|write|show|put|include|add|keep|format|list|make|quote|tell|with|using|be)\s+",
    re.IGNORECASE,
)
_SMALL = re.compile(
    r"^(?:me|us|everything|things|it|(?:your|my) (?:answers|replies|responses|explanations|messages|summaries)|(?:to|for) me|all|the|an?|any|some|only|always|using|with|to be)\s+",
    re.IGNORECASE,
)
_WOULD_LIKE = re.compile(
    r"\bI (?:would |really |do |much |generally |also )*(?P<verb>prefer|like|want|love|need|rather|appreciate|hate|dislike|do not (?:like|want|need)|can not stand|"
    r"be (?:most |very |so )?(?:grateful|glad|happy))(?: to (?:know|see|have|get))?(?: it)?(?: if)?(?: that)? ?"
    r"(?P<you>you (?:would |could |always )*(?:(?:gave|give|kept|keep|used|use|wrote|write|answered|answer)(?: me)? )?)?(?P<what>.+)$",
    re.IGNORECASE,
)
_BARGAIN = re.compile(
    r"^(?:give|show|offer|tell) me .+ and I (?:would|will)\b", re.IGNORECASE
)  # no wish: a condition
_HELPS = re.compile(
    r"(?P<what>[\w ,-]+?) (?:really )?(?:helps?|works? (?:best|better|well) for|suits?|is (?:best|easier|better) for) me\b(?P<rest>.*)"
    r"|\bI (?:learn|work|think|understand) (?:best|better) (?:with|from|through) (?P<how>[\w -]+)",
    re.IGNORECASE,
)
_SURELY = re.compile(
    r"\b(?:answers|replies|responses|explanations|feedback|bullet points|bullets|criticism|jargon|emojis)\b",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(r"^address(?:ed)? me (?:as )?(?P<name>[A-Z].+)$")
_PRONOUNS = re.compile(
    r"\b(?:my pronouns are|use) (?P<x>(?:she|he|they|ze)(?:/\w+)*(?= for me| pronouns|$|[.,])|[\w/]+ pronouns)",
    re.IGNORECASE,
)


def wanted_answers(words: str, *, asked: bool = False) -> Claim | None:
    """The wish for all answers that one stretch of words holds, if any.

    >>> wanted_answers("Use British spelling in everything you write for me, please.").value
    'British spelling'
    >>> wanted_answers("Metric only from here on please").value, wanted_answers("never suggest nuts to me please").value
    ('Metric only', 'never suggest nuts to me')
    >>> [wanted_answers(said) for said in ("Use less salt.", "From now on I am a vegan.", "write me a short poem")]
    [None, None, None]
    """
    words = words.strip()
    if NOW.search(words) or _BARGAIN.search(words):
        return None
    pronouns = _PRONOUNS.search(words)
    value = pronouns.group("x") if pronouns else (not asked and _liked(words)) or _told(words)
    return Claim(WISH, value, "", "likes") if value else None


def worded(words: str) -> str:
    """The words of a wish where something else is sure that there is one; empty where they are not about answers.

    >>> worded("please always give me measurements in metric"), worded("Step by step please, one step at a time")
    ('measurements in metric', 'Step by step')
    >>> worded("I find long replies exhausting")
    ''
    """
    rest = _without_polish(words.strip())
    return "" if _SOMEBODY.match(rest) or not _ANSWERS.search(rest) else _trimmed(rest)


def is_about_answers(wish: str) -> bool:
    """Whether a wish says itself that it is about answering."""
    return _ANSWERS.search(wish) is not None


def _told(words: str) -> str:
    """An instruction, with or without a verb: "no sports analogies from now on"."""
    henceforth = _HENCEFORTH.search(words) is not None
    rest = _without_polish(words)
    if not rest or _SOMEBODY.match(rest):
        return ""
    orders = _ORDERS.match(rest) is not None
    always, about = _ALWAYS.search(words) is not None, _ANSWERS.search(rest) is not None
    to_me = _TO_ME.search(words) is not None
    wished = (
        (henceforth and (orders or _FRAGMENT.search(rest) is not None))
        or (always and about and (orders or _FRAGMENT.search(rest) is not None))
        or (always and to_me and orders)
        or (
            to_me
            and about
            and orders
            and re.search(r"\b(?:to|with) me\b", words) is not None
            and not re.match(r"\w+ (?:it|this|that|the|how|what|why)\b", rest)
        )
        or (_ALLOWS.search(words) is not None and orders and (to_me or rest.casefold().startswith("be ")))
    )
    return _trimmed(rest) if wished else ""


def _without_polish(words: str) -> str:
    before = None
    rest = words
    while before != rest:
        before = rest
        rest = _LEAD.sub("", _HENCEFORTH.sub(" ", rest, count=1) if _HENCEFORTH.match(rest) else rest).strip(
            " ,:"
        )
    return rest


def _liked(words: str) -> str:
    """ "I'd rather you gave me bullet points", "big headings help me when you reply"."""
    standing = _HENCEFORTH.search(words) is not None
    helps = _HELPS.search(words)
    if helps is not None and helps.group("how"):
        return helps.group("how").strip() if _ANSWERS.search(helps.group("how")) else ""
    if helps is not None and _HENCEFORTH.search(helps.group("rest")) and _ANSWERS.search(helps.group("what")):
        return re.sub(r"^.*?(?:, (?:so|and)|^so|^and) ", "", helps.group("what")).strip(" ,")
    likes = _WOULD_LIKE.search(words)
    if likes is None or (_ALLOWS.search(words) and not standing):
        return ""
    value = _trimmed(likes.group("what"))
    unwanted = re.match(r"hate|dislike|do not|can not", likes.group("verb"), re.IGNORECASE)
    always = standing or re.search(r"\balways\b", words, re.IGNORECASE) is not None
    if likes.group("you") and (always or re.search(r"gave|kept|used|wrote", likes.group("you"))):
        addressed = _ADDRESSED.match(value)
        return addressed.group("name") if addressed else value
    sure = _SURELY.search(likes.group("what")) is not None and not likes.group("you")
    if not value or not (sure or (standing and _ANSWERS.search(likes.group("what")))):
        return ""
    return f"no {value}" if unwanted else value


def _trimmed(text: str) -> str:
    """The wish itself, without courtesies, times and reasons."""
    before = None
    text = text.strip(" ,.!")
    while before != text:
        before = text
        if len(text.split()) > 2:
            text = _HELD.sub("", text)
        text = re.sub(rf"[\s,]*{_HENCEFORTH.pattern}[\s,.!]*$", "", text, flags=re.IGNORECASE)
        text = _TAIL.sub("", _SMALL.sub("", text)).strip(" ,.!?")
    first = re.split(r"[,;]\s+(?!and |then )", text)[0]
    return _trimmed(first) if first != text else _OPEN.sub("", text).strip(" ,.!?")
