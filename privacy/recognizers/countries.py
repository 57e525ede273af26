"""Countries, as seven languages call them. Kept by default: a memory lives by places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from phonenumbers.geodata.locale import LOCALE_DATA

from ..findings import Finding

_LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl")
_OTHERWISE = (
    "USA|U.S.A.|U.S.|United States of America|America|UK|U.K.|Great Britain|Britain|England|Scotland|Wales|Northern Ireland|Holland|Czech Republic|"
    "Czechia|Russian Federation|South Korea|North Korea|Burma|Ivory Coast|Cape Verde|Swaziland|Macedonia|Republic of the Congo|"
    "Democratic Republic of the Congo|People's Republic of China|Federated States of Micronesia|Palestine|Vatican City|Syrian Arab Republic|"
    "Libyan Arab Jamahiriya|Viet Nam|Lao People's Democratic Republic|Brunei Darussalam|Republic of Moldova|Palestinian Territory|"
    "The Gambia|The Bahamas|East Timor|UAE|Antigua and Barbuda|Trinidad and Tobago|Bosnia and Herzegovina|Saint Lucia|Sao Tome and Principe"
)
# also the name of something else when it has no capital
_CAPITAL_ONLY = frozenset("turkey china chad jordan georgia guinea jersey mali niger oman cuba man guam peru us uk america".split())


@cache
def _pattern() -> re.Pattern[str]:
    names = {name for names in LOCALE_DATA.values() for language in _LANGUAGES if (name := names.get(language, "").strip("*"))}
    listed = sorted({*names, *_OTHERWISE.split("|")}, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(re.escape(name) for name in listed if len(name) > 1)})(?![\w-])", re.IGNORECASE)


def countries(text: str) -> Iterator[Finding]:
    """Every country that is named."""
    for match in _pattern().finditer(text):
        name = match.group()
        if len(name) > 3 or name.isupper():
            if name[0].isupper() or name not in _CAPITAL_ONLY:
                yield Finding(match.start(), match.end(), "LOCATION", 0.65)
