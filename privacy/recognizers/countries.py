"""Countries, as seven languages call them. Kept by default: a memory lives by places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import phonenumbers

from ..findings import Finding
from ..known_names import KnownNames
from ..words import word_set

_LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl")
_OTHERWISE = (
    "USA|U.S.A.|U.S.|United States of America|America|UK|U.K.|Great Britain|Britain|England|Scotland|Wales|Northern Ireland|Holland|Czech Republic|"
    "Czechia|Russian Federation|South Korea|North Korea|Burma|Ivory Coast|Cape Verde|Swaziland|Macedonia|Republic of the Congo|"
    "Democratic Republic of the Congo|People's Republic of China|Federated States of Micronesia|Palestine|Vatican City|Syrian Arab Republic|"
    "Libyan Arab Jamahiriya|Viet Nam|Lao People's Democratic Republic|Brunei Darussalam|Republic of Moldova|Palestinian Territory|"
    "The Gambia|The Bahamas|East Timor|UAE|Antigua and Barbuda|Kingdom of the Netherlands|Trinidad and Tobago|Bosnia and Herzegovina|Saint Lucia|Sao Tome and Principe"
)
# also the name of something else when it has no capital
_CAPITAL_ONLY = word_set(
    "turkey china chad jordan georgia guinea jersey mali niger oman cuba man guam peru us uk america"
)


def _by_language() -> Mapping[str, Mapping[str, str]]:
    """By the code of a country: its name in each language. Only this one file is read: the package around it holds the
    places of all the world's numbers, and takes half a second and 89 MB to import."""
    file = Path(phonenumbers.__file__).parent / "geodata" / "locale.py"
    loader = SourceFileLoader("phonenumbers.geodata.locale", str(file))
    module = ModuleType(loader.name)
    module.__package__ = "phonenumbers.geodata"
    loader.exec_module(module)
    names: Mapping[str, Mapping[str, str]] = module.LOCALE_DATA
    return names


@cache
def _names() -> KnownNames:
    names = KnownNames()
    for country in _by_language().values():
        for language in _LANGUAGES:
            name = country.get(language, "")
            name = country[name[1:]] if name.startswith("*") else name  # "*aa": as in the language aa
            if len(name) > 1:
                names.add(name, parts=False)
    for name in _OTHERWISE.split("|"):
        names.add(name, parts=False)
    return names


def countries(text: str) -> Iterator[Finding]:
    """Every country that is named."""
    for finding in _names().find(text):
        name = text[finding.start : finding.end]
        if name[0].isupper() or (len(name) > 3 and name not in _CAPITAL_ONLY):
            yield replace(finding, label="LOCATION", score=0.65)
