"""Twelve kinds of details as people tell them, made up and recognisable by any eight letters."""

from __future__ import annotations

import random
import string
from dataclasses import dataclass

FIRST = [
    "Katarina",
    "Thorbjorn",
    "Annelise",
    "Priyanka",
    "Oluwaseun",
    "Magdalena",
    "Giovanni",
    "Fitzgerald",
    "Wilhelmina",
]
SYLLABLES = ["wolf", "stein", "berg", "dal", "mont", "kern", "holt", "vik", "bach", "gard", "thal", "moor"]


def digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choice(string.digits) for _ in range(count))


def luhn(chance: random.Random) -> str:
    number = "4" + digits(chance, 14)
    total = sum(sum(divmod(int(d) * (2 if i % 2 == 0 else 1), 10)) for i, d in enumerate(number))
    return number + str(-total % 10)


def surname(chance: random.Random) -> str:
    return "".join(chance.sample(SYLLABLES, 3)).capitalize()


def canary(kind: str, chance: random.Random) -> tuple[str, str]:
    """A sentence and the detail planted in it."""
    name, letters = surname(chance), "".join(chance.choices(string.ascii_letters + string.digits, k=20))
    match kind:
        case "person":
            detail = f"{chance.choice(FIRST)} {name}"
            return f"My friend {detail} came to dinner yesterday.", detail
        case "e-mail":
            detail = f"{name.lower()}{digits(chance, 3)}@{surname(chance).lower()}.org"
            return f"You can write to {detail} about the boat.", detail
        case "phone":
            detail = f"+44 20 {digits(chance, 4)} {digits(chance, 4)}"
            return f"My number is {detail}, call me after six.", detail
        case "address":
            detail = f"{chance.randrange(11, 399)} {name} Avenue"
            return f"I live at {detail}, on the second floor.", detail
        case "card":
            detail = luhn(chance)
            return f"My card number is {detail}, please book it.", detail
        case "iban":
            account = digits(chance, 18)
            check = 98 - int(account + "131400") % 97
            detail = f"DE{check:02d}{account}"
            return f"Send it to my IBAN {detail} this week.", detail
        case "ssn":
            detail = f"{chance.randrange(100, 665)}-{chance.randrange(10, 99)}-{chance.randrange(1000, 9999)}"
            return f"My social security number is {detail}.", detail
        case "password":
            detail = f"{letters[:10]}!{digits(chance, 2)}"
            return f"My password is {detail}", detail
        case "key":
            detail = f"sk-proj-{letters}{letters[::-1]}"
            return f"Use the API key {detail} for it.", detail
        case "user name":
            detail = f"@{name.lower()}_{digits(chance, 3)}"
            return f"On the forum I am {detail}, say hello.", detail
        case "ip":
            detail = ".".join(str(chance.randrange(100, 223)) for _ in range(4))
            return f"My server is {detail} at home.", detail
        case _:
            detail = f"{chance.randrange(10, 28)} October 19{chance.randrange(40, 99)}"
            return f"I was born on {detail} in the evening.", detail


KINDS = [
    "person",
    "e-mail",
    "phone",
    "address",
    "card",
    "iban",
    "ssn",
    "password",
    "key",
    "user name",
    "ip",
    "birth date",
]


@dataclass(frozen=True, slots=True)
class Canary:
    """A sentence, and the detail planted in it."""

    kind: str
    text: str
    detail: str


def canaries(count: int, seed: int) -> list[Canary]:
    """So many, of all kinds alike."""
    chance = random.Random(seed)
    wanted = (KINDS * (count // len(KINDS) + 1))[:count]
    chance.shuffle(wanted)  # which way a canary goes must not hang on its kind
    return [Canary(kind, *canary(kind, chance)) for kind in wanted]
