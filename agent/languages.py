"""Which language somebody writes in, decided on this machine and only when it is clear."""

from __future__ import annotations

from functools import cache
from typing import Any

WRITTEN = ("en", "fr", "de", "es", "it", "pt", "nl")
SURE = 0.9


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(WRITTEN))
    return identifier


def language_of(text: str) -> str:
    """The ISO 639-1 code of a text's language; "" when it is too short or too mixed to tell.

    >>> language_of("Où est-ce que j'habite ?"), language_of("pizza")
    ('fr', '')
    """
    language, probability = _identifier().classify(text)
    return str(language) if probability >= SURE else ""
