"""Standing wishes about how to answer, from what a person says outright."""

from __future__ import annotations

import re

from memory.records import Draft, Shown
from privacy.words import NOT_NAMES

from ..personalization import ADDRESS, LANGUAGE, LANGUAGES, LENGTH, UNITS

_ALWAYS = r"(?:from now on|in future|in the future|always|please always)"
_LANGUAGE = "|".join(LANGUAGES)
_NATIVE = {
    "français": "French", "francais": "French", "deutsch": "German", "español": "Spanish", "espanol": "Spanish",
    "italiano": "Italian", "português": "Portuguese", "nederlands": "Dutch", "english": "English",
}  # fmt: skip
_WISHES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        ADDRESS,
        re.compile(
            r"^(?:hi[,!]?\s+|hello[,!]?\s+)?(?:you can |please |just |but )*(?:call|address) me (?:as )?(?P<value>(?:(?:dr|mrs?|ms|prof)\.? )?[^\W\d_][\w'’-]+(?: (?-i:[A-ZÀ-Þ])[\w'’-]+)?)"
            r"(?: from (?:now|here) on| in (?:the )?future| please| thanks|,? not .+|,(?! but) .+)*\s*[.!]?$",
            re.I,
        ),
    ),
    (ADDRESS, re.compile(r"^(?:i go by|everyone calls me|everybody calls me) (?P<value>[^\W\d_][\w'’-]+)\s*[.!,]", re.I)),
    (
        LANGUAGE,
        re.compile(
            rf"^(?:{_ALWAYS},? )?(?:please )?(?:can you |could you )?(?:always )?(?:answer|reply|respond|speak|talk|write)"
            rf"(?: to me| me)?(?: only)? in (?P<value>{_LANGUAGE})(?: from now on| please)?\s*[.!]?$",
            re.I,
        ),
    ),
    (
        LANGUAGE,
        re.compile(
            r"^(?:réponds?|répondez|parle|antworte|antworten sie|sprich|responde|rispondi|antwoord)"
            r"(?:[- ]moi| mir| me)?(?: toujours| immer| bitte| siempre)* (?:en|auf|in) (?P<value>" + "|".join(_NATIVE) + r")\b",
            re.I,
        ),
    ),
    (
        LENGTH,
        re.compile(
            rf"^(?:(?:{_ALWAYS},? (?:keep|make) (?:it|your (?:answers|replies))|(?:please )?keep your (?:answers|replies))"
            rf" (?P<short>short|brief|concise)|(?:{_ALWAYS},? )?(?:please )?(?:give me|i (?:want|prefer|like)) "
            r"(?:(?P<brief>short|shorter|brief|concise)|(?P<long>long|longer|detailed|more detailed)) (?:answers|replies))\b",
            re.I,
        ),
    ),
    (
        UNITS,
        re.compile(
            rf"^(?:{_ALWAYS},? )?(?:please )?(?:always )?(?:use|give me|answer in|i (?:use|prefer)) "
            r"(?:(?P<metric>metric|kilomet(?:re|er)s|celsius|kilos)|(?P<imperial>imperial|miles|fahrenheit|pounds))\b",
            re.I,
        ),
    ),
)  # fmt: skip

_LEVELS = (
    (re.compile(r"^i(?:'m| am) (?:an? )?(?:complete |total |absolute |real )?(?P<level>beginner|novice|newbie|expert|professional) (?:in|at|with|on|when it comes to) (?P<topic>[^.!?,]{2,40})", re.I), ""),
    (re.compile(r"^i(?:'m| am) (?:completely |totally |pretty |quite )?new to (?P<topic>[^.!?,]{2,40})", re.I), "beginner"),
    (re.compile(r"^i (?:know|understand) (?:almost |next to )?nothing about (?P<topic>[^.!?,]{2,40})", re.I), "beginner"),
    (re.compile(r"^i(?:'m| am) (?:very |really |quite )?experienced (?:in|with) (?P<topic>[^.!?,]{2,40})", re.I), "expert"),
    (re.compile(r"^i(?:'ve| have) (?:taught|studied|been doing|been teaching|been studying) (?P<topic>[^.!?,]{2,40}?) for (?:years|decades|\w+ years)", re.I), "expert"),
)  # fmt: skip


def expertise(sentence: str, episode: Shown) -> list[Draft]:
    """How much somebody knows of a topic, from what they say outright.

    The level is kept for its topic, so that explanations of it fit.
    """
    for pattern, level in _LEVELS:
        if match := pattern.match(sentence.strip().replace("’", "'")):
            given = match.groupdict()
            found = {"novice": "beginner", "newbie": "beginner", "professional": "expert"}.get(
                (given.get("level") or level).casefold(), (given.get("level") or level).casefold()
            )
            topic = given["topic"].strip()
            return [
                Draft(
                    kind="preference",
                    text=f"The user is {'an' if found == 'expert' else 'a'} {found} in {topic}.",
                    episode=episode.id,
                    quote=sentence,
                    object=found,
                    aspect="expertise",
                    scope=topic,
                )
            ]
    return []


def wishes(sentence: str, episode: Shown) -> list[Draft]:
    """What one sentence asks for, for all answers to come."""
    for aspect, pattern in _WISHES:
        match = pattern.match(sentence.strip())
        value = _value(aspect, match) if match else ""
        later = aspect == ADDRESS and value.casefold() in NOT_NAMES  # "call me later"
        if value and not later:
            text = f"The user wants {_WANTED[aspect].format(value=value)}."
            return [
                Draft(
                    kind="preference",
                    text=text,
                    episode=episode.id,
                    quote=sentence,
                    object=value,
                    aspect=aspect,
                    polarity="likes",
                )
            ]
    return []


_WANTED = {
    ADDRESS: "to be called {value}",
    LANGUAGE: "answers in {value}",
    LENGTH: "{value} answers",
    UNITS: "{value} units",
}


def _value(aspect: str, match: re.Match[str]) -> str:
    given = {name: word for name, word in match.groupdict().items() if word}
    match aspect:
        case "language":
            word = given["value"].casefold()
            return _NATIVE.get(word, word.capitalize())
        case "answer length":
            return "long" if "long" in given else "short"
        case "units":
            return next(iter(given))
        case _:
            return given["value"]
