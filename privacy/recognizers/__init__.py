"""What Presidio does not know by itself, a small file for each kind of detail."""

from __future__ import annotations

from presidio_analyzer import EntityRecognizer

from .contacts import contacts
from .introductions import IntroductionRecognizer
from .numbers import numbers
from .secrets import secrets


def own_recognizers() -> list[EntityRecognizer]:
    return [*contacts(), *numbers(), *secrets(), IntroductionRecognizer()]
