"""Talk that names its topic first, and what is left unsaid at its start: "The dog? A whippet.", "Kids are 4 and 7"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .lexicon import words
from .roles import ABOVE, ROLE_WORDS

_THINGS = (
    "car bike van house flat home job wedding birthday anniversary band team choir phone laptop kitchen bathroom bedroom "
    "allotment garden hair tattoo surname nickname name height weight age hobby hobbies diet pets degree dissertation thesis "
    "blood type|shoe size|star sign|middle name|maiden name|first language|front door|date of birth"
)
_TRAITS = "|".join(
    [*(w for part in _THINGS.split("|") for w in (part.split() if len(part) > 30 else [part]))]
)
_NEAR = {"family", "partner", "pet"}
_OTHERS = words(
    "boss manager flatmate housemate landlord landlady neighbour gp doctor dentist therapist physio"
)
_ROLES = "|".join(
    sorted(
        (w for w, role in ROLE_WORDS.items() if ABOVE[role] & _NEAR or role in _OTHERS or w in ("eldest", "youngest")),
        key=len,
        reverse=True,
    )
)  # fmt: skip
_SEVERAL = r"(?:kids|children|twins|boys|girls|sons|daughters|parents|folks|grandkids|grandchildren|in-laws|hobbies|pets)"
_DOES = (
    r"(?:is|are|was|were|has|have|had|does|do|did|can|can't|cannot|will|won't|wants?|says?|said|thinks?|loves?|hates?|likes?|works?|"
    r"plays?|lives?|goes|got|gets|just|turns?|turned|starts?|started|moved|left|died|keeps?|runs?|teaches|drives?|speaks?|"
    r"studies|studied|came|comes|went|used|never|always|still)"
)
_BARE = re.compile(
    rf"(?P<lead>(?:(?:so|and|but|well|oh|btw|ok|yes|no)[, ]+)*)(?P<noun>{_SEVERAL}|{_ROLES}|{_TRAITS})(?P<rest>'s\b| {_DOES}\b)",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r"(?:(?:so|and|but|well|oh|as for|btw)[, ]+)*(?:(?P<mine>the|my|our)\s+)?(?P<topic>[a-z][\w'’-]*(?: [\w'’-]+){0,2})\s*\?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    rf"(?:my |our )?(?P<topic>(?:fav|fave|favou?rite) [\w' -]{{2,20}}|{_TRAITS}|{_ROLES})\s*(?::|=| [-–]) ?(?P<comment>\S.*)",
    re.IGNORECASE,
)
_NO_TOPIC = words(
    "who what where which why how whose when do does did am is are was were have has had can could should would will any really "
    "seriously right ok okay sorry yes no me you it that this guess pardon maybe honestly eh huh thoughts ideas tips"
)
_NO_COMMENT = words(
    "i i'm i've we we're he he's she she's it it's they they're you that that's there this yes no"
)


def joined(sentences: Sequence[str]) -> list[str]:
    """A topic with the comment that follows it, as they were typed.

    >>> joined(["The dog?", "Whippet cross, nine.", "Is that old?"])
    ['The dog? Whippet cross, nine.', 'Is that old?']
    """
    found: list[str] = []
    for sentence in sentences:
        if found and _is_topic(found[-1]) and _is_comment(sentence):
            found[-1] = f"{found[-1]} {sentence}"
        else:
            found.append(sentence)
    return found


def said_in_full(text: str) -> str:
    """A sentence with its topic as subject, and "my" where it was left out.

    >>> said_in_full("The dog? Whippet cross, nine."), said_in_full("Wife's birthday is in May")
    ('my dog is Whippet cross, nine.', "my Wife's birthday is in May")
    >>> said_in_full("Dogs are great"), said_in_full("fav colour: teal")
    ('Dogs are great', 'my fav colour is teal')
    """
    topic = _TOPIC.match(text)
    if topic is not None and _is_topic(topic.group()) and _is_comment(comment := text[topic.end() :].strip()):
        return _stated(topic.group("topic"), comment)
    label = _LABEL.fullmatch(text)
    if label is not None:
        return _stated(label.group("topic"), label.group("comment"))
    bare = _BARE.match(text)
    if bare is not None:
        return f"{bare.group('lead')}my {text[bare.start('noun') :]}"
    return text


def _stated(topic: str, comment: str) -> str:
    if re.match(rf"{_DOES}\b", comment, re.IGNORECASE):
        return f"my {topic} {comment[:1].lower()}{comment[1:]}"
    return f"my {topic} {'are' if re.search(rf'{_SEVERAL}$', topic, re.IGNORECASE) else 'is'} {comment}"


def _is_topic(sentence: str) -> bool:
    """ "The dog?", "Hair?"; not "Really?"."""
    match = _TOPIC.fullmatch(sentence.strip())
    if match is None or set(match.group("topic").casefold().split()) & _NO_TOPIC:
        return False
    named = re.fullmatch(rf"(?:{_SEVERAL}|{_ROLES}|{_TRAITS})", match.group("topic"), re.IGNORECASE)
    return match.group("mine") is not None or named is not None


def _is_comment(sentence: str) -> bool:
    first = sentence.split()[:1]
    return (
        bool(first)
        and not sentence.rstrip().endswith("?")
        and first[0].casefold().rstrip(",") not in _NO_COMMENT
    )
