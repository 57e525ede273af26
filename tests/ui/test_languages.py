"""The pages and the chat speak four languages from one catalogue each."""

from __future__ import annotations

import re

import pytest

from tests.kit.catalogue import said
from ui.languages import OFFERED, language, preferred

TRANSLATED = [code for code in OFFERED if code != "en"]


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_sentence_is_in_every_catalogue(code: str) -> None:
    """Nothing that pages or chat say is left in English, and every slot is kept."""
    spoken = language(code)
    known = spoken.words._catalog  # the catalogue itself: a sentence may be the same in two languages
    for sentence in said():
        one = sentence if isinstance(sentence, str) else sentence[0]
        slots = set(re.findall(r"\{\w+\}", str(sentence)))
        forms = [known.get(one)] if isinstance(sentence, str) else [known.get((one, n)) for n in (0, 1)]
        for form in forms:
            assert form, f"{code} lacks: {one}"
            assert set(re.findall(r"\{\w+\}", form)) <= slots, one


@pytest.mark.parametrize(
    ("accepts", "code"),
    [("de-AT,de;q=0.9", "de"), ("ja, es;q=0.4", "es"), ("en-US", "en"), ("xx;q=nonsense", "en"), ("", "en")],
)
def test_the_language_is_what_the_browser_asks_for(accepts: str, code: str) -> None:
    """The first that we speak; English where there is none."""
    assert preferred(accepts).code == code


def test_numbers_follow_the_language() -> None:
    """A count is written as the language writes it."""
    assert language("de").count("{n} remembered", "{n} remembered", 12_345) == "12.345 Erinnerungen"
    assert language("en").count("{n} entry", "{n} entries", 1) == "1 entry"
