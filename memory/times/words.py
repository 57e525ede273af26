"""Words about time that the date library does not know, language by language: data.

Names of months and days come from Babel, numbers and plain relative expressions from dateparser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from babel.dates import get_day_names, get_month_names


@dataclass(frozen=True, slots=True)
class TimeWords:
    """What one language needs beside the library: all are regular expressions but the dates."""

    anchors: str  # words without which nothing is about time
    this: str
    last: str
    next: str
    ago: str
    weekend: str
    seasons: dict[str, tuple[int, int]]  # first month, months
    feasts: dict[str, tuple[int, int, int]]  # month, day, days
    numbers: dict[str, int]
    units: dict[str, str]
    between: str
    since: str
    before: str
    after: str
    early: str
    middle: str
    late: str
    closing: str  # the end of a unit in one word, with the unit as `inner`
    the: str  # what stands between "end of" and a unit, with its space
    week_of: dict[str, int]
    recently: str
    today: str  # parts of today
    yesterday: str  # parts of yesterday
    inside: str  # before a month's name that is a common word too


EASTER = (0, 0, 4)  # another day each year, from Good Friday on

WORDS = {
    "en": TimeWords(
        anchors=r"yesterday|today|tomorrow|tonight|ago|weeks?|months?|years?|days?|hours?|fortnights?|decades?|last|next|past|recently|"
        r"lately|morning|afternoon|evening|night|noon",
        this=r"(?:this|the current)",
        last=r"(?:the )?(?:last|past|previous)",
        next=r"(?:the )?(?:next|coming|upcoming|following)",
        ago=r"ago|back",
        weekend=r"week-?ends?",
        seasons={"spring": (3, 3), "summer": (6, 3), "autumn": (9, 3), "fall": (9, 3), "winter": (12, 3)},
        feasts={
            "christmas eve": (12, 24, 1), "christmas day": (12, 25, 1), "boxing day": (12, 26, 1), "christmas": (12, 24, 3), "xmas": (12, 24, 3),
            "new year's eve": (12, 31, 1), "new year's day": (1, 1, 1), "new year's": (1, 1, 1), "new year": (1, 1, 1),
            "easter": EASTER, "halloween": (10, 31, 1), "valentine's day": (2, 14, 1), "valentine's": (2, 14, 1),
        },
        numbers={"a": 1, "an": 1, "one": 1, "two": 2, "a couple of": 2, "a couple": 2, "couple of": 2, "three": 3, "a few": 3, "few": 3, "several": 4,
                 "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12},
        units={r"days?": "day", r"weeks?": "week", r"fortnights?": "fortnight", r"months?": "month", r"years?": "year", r"weekends?": "weekend"},
        between=r"(?:between|from) (?P<one>.+?) (?:and|to|until|till|through) (?P<two>.+)",
        since=r"(?:ever )?since (?P<one>.+)",
        before=r"(?:before|until|till|up to) (?P<one>.+)",
        after=r"after (?P<one>.+)",
        early=r"(?:early(?: in)?|(?:start|beginning) of)",
        middle=r"(?:mid|middle of)",
        late=r"(?:late(?: in)?|(?:towards the )?end of)",
        closing=r"(?P<inner>year|month|week)'?s?[ -]end",
        the=r"the ",
        week_of={"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1},
        recently=r"recently|lately|these days",
        today=r"(?:this|earlier this|later this) (?:morning|afternoon|evening)|tonight|earlier today|later today",
        yesterday=r"last (?:night|evening)",
        inside=r"in|of|last|next|this|since|until|till|by|during|from|before|after|and|to|between|early|late|mid|for|around",
    ),
    "fr": TimeWords(
        anchors=r"hier|aujourd'hui|demain|avant-hier|après-demain|semaines?|mois|ans?|années?|jours?|dernière?s?|prochaine?s?|passée?s?|matin|soir|nuit|récemment",
        this=r"(?:cet|cette|ce)",
        last=r"(?:l'|le |la |l’)?(?=\w)",
        next=r"(?:le |la |l')?prochaine?",
        ago=r"il y a",
        weekend=r"week-?ends?",
        seasons={"printemps": (3, 3), "été": (6, 3), "automne": (9, 3), "hiver": (12, 3)},
        feasts={"noël": (12, 24, 3), "pâques": EASTER, "nouvel an": (1, 1, 1), "nouvelle année": (1, 1, 1), "saint-sylvestre": (12, 31, 1), "toussaint": (11, 1, 1)},
        numbers={"un": 1, "une": 1, "deux": 2, "trois": 3, "quelques": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10},
        units={r"jours?": "day", r"semaines?": "week", r"mois": "month", r"ans?|années?": "year", r"week-?ends?": "weekend"},
        between=r"(?:entre|de|du) (?:le )?(?P<one>.+?) (?:et|à|au|jusqu'au?) (?:le )?(?P<two>.+)",
        since=r"depuis (?:le )?(?P<one>.+)",
        before=r"(?:avant|jusqu'(?:à|au|en)) (?:le )?(?P<one>.+)",
        after=r"après (?:le )?(?P<one>.+)",
        early=r"(?:au )?début(?: de)?",
        middle=r"(?:à la )?mi-?",
        late=r"(?:à la )?fin(?: de)?",
        closing=r"(?!)",
        the=r"(?:de )?l'|(?:de )?la |du |le |d'",
        week_of={"première": 0, "deuxième": 1, "troisième": 2, "dernière": -1},
        recently=r"récemment|ces derniers temps",
        today=r"ce matin|ce soir|cet après-midi|cette nuit",
        yesterday=r"la nuit dernière|hier soir",
        inside=r"en|de|depuis|avant|après|entre|et|à|mi|début|fin|\d+",
    ),
    "de": TimeWords(
        anchors=r"gestern|heute|morgen|vorgestern|übermorgen|wochen?|monate?n?|monats(?:ende)?|jahre?n?|jahres(?:ende)?|tage?[ns]?|letzte[nmrs]?|nächste[nmrs]?|vorige[nmrs]?|vergangene[nmrs]?|abend|nacht|neulich|kürzlich",
        this=r"diese[nmrs]?",
        last=r"(?:im |am |in der |den |die |das )?(?:letzte|vorige|vergangene)[nmrs]?",
        next=r"(?:im |am |in der |den |die |das )?(?:nächste|kommende)[nmrs]?",
        ago=r"vor",
        weekend=r"wochenende[ns]?",
        seasons={"frühling": (3, 3), "frühjahr": (3, 3), "sommer": (6, 3), "herbst": (9, 3), "winter": (12, 3)},
        feasts={"heiligabend": (12, 24, 1), "weihnachten": (12, 24, 3), "ostern": EASTER, "silvester": (12, 31, 1), "neujahr": (1, 1, 1), "neuen jahr": (1, 1, 1)},
        numbers={"eine": 1, "einem": 1, "einer": 1, "einen": 1, "ein": 1, "zwei": 2, "ein paar": 3, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10},
        units={r"tage?[ns]?": "day", r"wochen?": "week", r"monate?n?|monats": "month", r"jahre?[ns]?": "year", r"wochenenden?": "weekend"},
        between=r"(?:zwischen|von|vom) (?:dem )?(?P<one>.+?) (?:und|bis)(?: zum| dem)? (?P<two>.+)",
        since=r"seit (?:dem )?(?P<one>.+)",
        before=r"(?:vor|bis)(?: dem| zum)? (?P<one>.+)",
        after=r"nach (?:dem )?(?P<one>.+)",
        early=r"(?:anfang|zu beginn)",
        middle=r"mitte",
        late=r"ende",
        closing=r"(?P<inner>jahres|monats)ende",
        the=r"de[srmn] |im |vom ",
        week_of={"ersten": 0, "erste": 0, "zweiten": 1, "zweite": 1, "letzten": -1, "letzte": -1},
        recently=r"neulich|kürzlich|in letzter zeit",
        today=r"heute (?:früh|morgen|abend|nacht)",
        yesterday=r"gestern abend|letzte nacht",
        inside=r"im|in|seit|bis|vor|nach|von|und|zwischen|anfang|mitte|ende|letzten|nächsten|diesen|\d+\.?",
    ),
    "es": TimeWords(
        anchors=r"ayer|hoy|mañana|anteayer|pasado|semanas?|mes(?:es)?|años?|días?|pasad[ao]s?|próxim[ao]s?|últim[ao]s?|noche|tarde|anoche|recientemente|hace",
        this=r"est[ea]",
        last=r"(?:el |la )?últim[ao]s?",
        next=r"(?:el |la )?próxim[ao]s?",
        ago=r"hace",
        weekend=r"fin(?:es)? de semana",
        seasons={"primavera": (3, 3), "verano": (6, 3), "otoño": (9, 3), "invierno": (12, 3)},
        feasts={"nochebuena": (12, 24, 1), "navidad": (12, 24, 3), "pascua": EASTER, "nochevieja": (12, 31, 1), "año nuevo": (1, 1, 1), "nuevo año": (1, 1, 1)},
        numbers={"un": 1, "una": 1, "dos": 2, "un par de": 2, "tres": 3, "unos": 3, "unas": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10},
        units={r"días?": "day", r"semanas?": "week", r"mes(?:es)?": "month", r"años?": "year", r"fin(?:es)? de semana": "weekend"},
        between=r"(?:entre|desde|del) (?:el )?(?P<one>.+?) (?:y|hasta|al) (?:el )?(?P<two>.+)",
        since=r"desde (?:el )?(?P<one>.+)",
        before=r"(?:antes de|hasta) (?:el )?(?P<one>.+)",
        after=r"después de (?:el )?(?P<one>.+)",
        early=r"(?:a )?principios de",
        middle=r"(?:a )?mediados de",
        late=r"(?:a )?(?:finales|fines|final|fin) del?",
        closing=r"(?!)",
        the=r"el |la ",
        week_of={"primera": 0, "segunda": 1, "última": -1},
        recently=r"recientemente|últimamente",
        today=r"esta (?:mañana|tarde|noche)",
        yesterday=r"anoche",
        inside=r"en|de|desde|hasta|antes|después|entre|y",
    ),
}  # fmt: skip


@cache
def months(language: str) -> dict[str, int]:
    """The names of the months."""
    return {name.casefold(): number for number, name in get_month_names("wide", locale=language).items()}


@cache
def weekdays(language: str) -> dict[str, int]:
    """The names of the days, Monday 0."""
    return {name.casefold(): number for number, name in get_day_names("wide", locale=language).items()}


@cache
def anchor(language: str) -> re.Pattern[str]:
    """What a text must hold to be about time at all."""
    words = WORDS[language]
    names = (*months(language), *weekdays(language), *words.seasons, *words.feasts)
    listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(
        rf"(?<![\w-])(?:{words.anchors}|{words.weekend}|{words.ago}|{words.recently}|{listed}|\d{{4}}s?|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}[./]\d{{1,2}}"
        rf"(?:[./]\d{{2,4}})?|(?<=the )\d{{1,2}}(?:st|nd|rd|th)|\d{{1,2}}(?:st|nd|rd|th))(?![\w-])",
        re.IGNORECASE,
    )
