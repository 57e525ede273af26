"""What Presidio does not know by itself, a small file for each kind of detail."""

from __future__ import annotations

from presidio_analyzer import EntityRecognizer

from .addresses import addresses
from .birth_dates import birth_dates
from .countries import countries
from .emails import emails
from .introductions import introductions
from .networks import networks
from .numbers import numbers
from .phones import phones
from .readers import Readers
from .rule import Rule
from .secrets import secrets
from .usernames import usernames
from .vehicles import vehicles


def rules() -> list[EntityRecognizer]:
    """The recognizers that need no model."""
    return [
        Rule("emails", emails, "EMAIL"),
        Rule("phones", phones, "PHONE"),
        Rule("addresses", addresses, "ADDRESS"),
        Rule("introductions", introductions, "PERSON"),
        Rule("usernames", usernames, "USERNAME", "PASSWORD"),
        Rule("birth-dates", birth_dates, "BIRTH_DATE"),
        Rule("numbers", numbers, "CARD", "IBAN", "BANK_ACCOUNT", "NATIONAL_ID"),
        Rule("secrets", secrets, "SECRET", "PASSWORD"),
        Rule("networks", networks, "IP_ADDRESS", "MAC_ADDRESS", "CRYPTO"),
        Rule("countries", countries, "LOCATION"),
        Rule("vehicles", vehicles, "VEHICLE"),
    ]


__all__ = ["Readers", "rules"]
