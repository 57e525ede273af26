"""Casual English spelled out, so that a parser meets the words it knows: "im" is "I am"."""

from __future__ import annotations

import re

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'"})
_IS_NEXT = (
    r"(?:an?|the|on|in|at|from|not|my|our|his|her|their|called|named|just|really|still|always|never|about|over|under|"
    r"off|out|back|away|into|with|allergic|turning|getting|coming|going|moving|working|living|studying|training|"
    r"expecting|pregnant|married|single|divorced|retired|vegan|vegetarian|due|both|also|now|almost|nearly|only|"
    r"so|very|too|quite|\d+(?![\w:.]))"
)
_NOUNS_IN_ING = (
    r"(?:\w*thing|\w*(?:ed|paint|draw|build|train|meet|record|even|morn|cook|bak|sew|writ|park|ceil)ing)\b"
)
_AFTER_DOING = r"(?:on|in|at|to|up|off|out|down|for|with|about|my|our|me|us|the|an?|his|her|it|this|next|soon|again|today|tomorrow)"
_HAS_NEXT = r"(?:got|been|gone|started|moved|become|had|left|quit|bought|broken|lost|taken|passed|finished)"
_PRONOUNS = r"he|she|it|that|there|what|who|where|when|how|here|everyone|everybody|which|this|name|why"

_WRITTEN: tuple[tuple[str, str], ...] = (
    (r"\bi\b(?!\.\w)", "I"),
    (r"\bim\b", "I'm"),
    (r"\bteh\b", "the"),
    (r"\bwi-fi\b", "wifi"),
    (r"\bx-?mas\b", "Christmas"),
    (r"\bive\b", "I've"),
    (r"\b(do|does|did|is|are|was|were|have|has|had|could|would|should|is)nt\b", r"\1n't"),
    (r"\b(they|you)re\b", r"\1're"),
    (r"\bits(?= [A-Z]\w+ (?:here|again))", "it's"),
    (r"\bhes\b", "he's"),
    (r"\bshes\b", "she's"),
    (r"\b(?:fav|fave)\b", "favourite"),
    (r"\bfavorite\b", "favourite"),
    (r"\bcant\b", "can't"),
    (r"\bwont\b", "won't"),
    (r"\b(what|where|who|when|how)s\b", r"\1's"),
    (r"\b(that|he|she|it)s\b(?=\s+(?:my|our|the|a|an|in|on|from|called))", r"\1's"),
    (r"\bmines\b", "mine is"),
    (r"\bmother tongue\b", "native language"),
    (r"\b(?:other|better) half\b", "partner"),
    (r"\b(line|team) (manager|leader)\b", "manager"),
    (r"\bcan't\b", "can not"),
    (r"\bcannot\b", "can not"),
    (r"\bwon't\b", "will not"),
    (r"\bain't\b", "is not"),
    (r"\blet's\b", "let us"),
    (r"n't\b", " not"),
    (r"\bI'm\b", "I am"),
    (r"'re\b", " are"),
    (r"'ve\b", " have"),
    (r"'ll\b", " will"),
    (r"'d\s+(?=better\b|been\b)", " had "),
    (r"'d\b", " would"),
    (rf"'s\s+(?={_HAS_NEXT}\b)", " has "),
    (rf"\b({_PRONOUNS})'s\b", r"\1 is"),
    (rf"(?<=\w)'s\s+(?={_IS_NEXT})\b", " is "),
    (rf"(?<=\w)'s\s+(?=(?!{_NOUNS_IN_ING})\w+ing\s+{_AFTER_DOING}\b)", " is "),
    (r"\b(?:got|get|getting|came|come) to know\b", "met"),
    (r"\b(mother|mum|mom|father|dad|sister|brother|son|daughter)s? in law\b", r"\1-in-law"),
    (r"\bbeen to\b", "visited"),
    (r"\bgonna\b", "going to"),
    (r"\bwanna\b", "want to"),
    (r"\bgotta\b", "have to"),
    (r"\bkinda\b", "kind of"),
    (r"\b(\d{1,2})(st|nd|rd|th)\b", r"\1\2"),
    (r"(?<=\w) & (?=\w)", " and "),
    (r"(?<=[a-z])\s*/\s*(?=[a-z])", " or "),
)
_RULES = tuple((re.compile(written, re.IGNORECASE), spelled) for written, spelled in _WRITTEN)
_SENTENCE_END = re.compile(
    r"(?<!\bmr)(?<!\bmrs)(?<!\bms)(?<!\bdr)(?<!\bst)(?<!\bno)([.!?…]+[)\"'”’]*)(?:\s+|$)|\n+", re.IGNORECASE
)


def spelled_out(text: str) -> str:
    """The text with its contractions written in full.

    >>> spelled_out("im 34 and my dog’s called Rex, he doesn't bite")
    'I am 34 and my dog is called Rex, he does not bite'
    >>> spelled_out("my sister's birthday")
    "my sister's birthday"
    """
    text = text.translate(_APOSTROPHES)
    for written, spelled in _RULES:
        text = written.sub(spelled, text)
    return text


def sentences(text: str) -> list[str]:
    """The sentences of a message as they were typed; a point inside a number ends none.

    >>> sentences("It's at 3.40 with Dr. Ito. Can you believe it?\\nMe neither")
    ["It's at 3.40 with Dr. Ito.", 'Can you believe it?', 'Me neither']
    """
    found, start = [], 0
    for end in _SENTENCE_END.finditer(text):
        found.append(text[start : end.end()].strip())
        start = end.end()
    found.append(text[start:].strip())
    return [sentence for sentence in found if any(character.isalnum() for character in sentence)]


_TELLS = re.compile(
    r"(?:(?:so|and|but|well|ok|okay|hey|hi|hello|btw|oh)[, ]+)*(?:i|we|i'm|i've|im|ive|we're|we've|weve|"
    r"(?:my|our|mine)(?:'?s)?(?: [\w'-]+){0,3}) (?!wonder|was wonder|am wonder|guess|mean|do n|forget|forgot)\w+",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"\W*(?:right|yeah|yes|no|ok|okay|eh|huh|innit|correct|remember|you know|(?:do|does|did|is|are|was|were|have|has|had|"
    r"can|could|will|would|should|must|am)(?:n'?t| not)? (?:i|we|you|he|she|it|they|that|there)(?: not)?)\W*",
    re.IGNORECASE,
)


def told_and_asked(sentence: str) -> list[str]:
    """What is told, and what is asked about it in the same breath; a question to confirm stays with what it confirms.

    >>> told_and_asked("i play the oboe in a band, tips for nerves??")
    ['i play the oboe in a band', 'tips for nerves??']
    >>> told_and_asked("I play the oboe, don't I?")
    ["I play the oboe, don't I?"]
    """
    told, comma, asked = sentence.rpartition(", ")
    if not (comma and sentence.rstrip("\"'”) ").endswith("?") and _TELLS.match(told)) or _TAG.fullmatch(
        asked
    ):
        return [sentence]
    return [told, asked] if len(told.split()) > 3 else [sentence]  # "I wonder, is it late?"
