"""The words of pages and chat in a person's language: one catalogue each, in `locale/`, read as it is written.

English is what stands in the code. The language is what the browser asks for.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from babel import Locale
from babel.core import negotiate_locale
from babel.dates import format_date, format_datetime, format_timedelta
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

CATALOGUES = Path(__file__).parent / "locale"
OFFERED = ("en", "fr", "de", "es")
BRITISH = {"en": "en_GB"}  # 3 May 2026


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its words, and how it writes days and numbers. Times are those of this computer."""

    code: str
    words: NullTranslations

    @property
    def locale(self) -> Locale:
        return Locale.parse(BRITISH.get(self.code, self.code))

    @property
    def name(self) -> str:
        return str(self.locale.get_language_name() or self.code)

    def say(self, text: str) -> str:
        return self.words.gettext(text) if text else ""

    def count(self, one: str, many: str, number: int, **slots: str) -> str:
        """A sentence that depends on a number, with the number in it as `{n}`, and what else it has slots for."""
        return self.words.ngettext(one, many, number).format(n=self.number(number), **slots)

    def day(self, moment: datetime) -> str:
        return format_date(moment.astimezone().date(), "long", locale=self.locale)

    def moment(self, moment: datetime) -> str:
        return format_datetime(moment.astimezone(), "d MMMM y, HH:mm", locale=self.locale)

    def ago(self, moment: datetime, now: datetime | None = None) -> str:
        """
        >>> language("en").ago(datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 5, 4, tzinfo=UTC))
        '3 days ago'
        """
        age: timedelta = moment - (now or datetime.now(UTC))
        return format_timedelta(age, add_direction=True, threshold=1.5, locale=self.locale)

    def number(self, value: float) -> str:
        return format_decimal(value, locale=self.locale)

    def all_words(self) -> dict[str, str]:
        """The catalogue, for what runs in the browser."""
        catalogue = getattr(self.words, "_catalog", {})
        return {text: said for text, said in catalogue.items() if isinstance(text, str) and text and said}


@cache
def language(code: str) -> Language:
    path = CATALOGUES / code / "LC_MESSAGES" / "keepsake.po"
    if not path.exists():
        return Language(code, NullTranslations())
    compiled = io.BytesIO()
    with path.open("rb") as written:
        write_mo(compiled, read_po(written, locale=code))
    compiled.seek(0)
    return Language(code, Translations(compiled))


def preferred(accepts: str) -> Language:
    """The language that a browser asks for, as far as there is one of ours.

    >>> preferred("pt-BR, fr-CH;q=0.9, en;q=0.8").code, preferred("").code
    ('fr', 'en')
    """
    weighed = []
    for place, part in enumerate(accepts.split(",")):
        tag, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((-float(weight or 1), place, tag.strip().replace("-", "_")))
        except ValueError:
            continue
    tags = [tag for _, _, tag in sorted(weighed) if tag]
    return language(negotiate_locale(tags, OFFERED) or "en")
