"""Numbers, addresses of the net and secrets are found however they are written: no character of one is left."""

from __future__ import annotations

import random
import string
import unicodedata

import pytest
from stdnum import luhn
from stdnum.iso7064 import mod_97_10

from agent.choosing import chosen_detector
from agent.settings import Settings

EACH = 12  # texts for each pair of kind and disguise
ALNUM = string.ascii_letters + string.digits
WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


@pytest.fixture(scope="module")
def detector():
    return chosen_detector(Settings())


def some(rng, alphabet, length):
    return "".join(rng.choice(alphabet) for _ in range(length))


def grouped(text, size, glue):
    return glue.join(text[i : i + size] for i in range(0, len(text), size))


def email(rng):
    local = some(rng, string.ascii_lowercase, 5) + rng.choice([".", "_", "", "-", "+"]) + some(rng, ALNUM, 4)
    return f"{local}@{some(rng, string.ascii_lowercase, 6)}.{rng.choice(['com', 'local', 'con', 'museum', 'co.uk'])}"


def phone(rng):
    code = rng.choice(
        ["+1 415 555 ", "+44 20 7946 ", "+49 30 1234", "+33 6 12 34 ", "+91 98765 ", "(415) 555-"]
    )
    return code + some(rng, string.digits, 4)


def card(rng):
    digits = rng.choice(["4", "51", "6011", "37"])
    digits += some(rng, string.digits, (14 if digits == "37" else 15) - len(digits))
    return grouped(digits + luhn.calc_check_digit(digits), 4, rng.choice(["", " ", "-"]))


def iban(rng):
    country, length = rng.choice([("DE", 18), ("GB", 18), ("FR", 23), ("NL", 14), ("ES", 20), ("IT", 23)])
    letters = 4 if country in ("GB", "NL") else 0
    body = some(rng, string.ascii_uppercase, letters) + some(rng, string.digits, length - letters)
    check = mod_97_10.calc_check_digits(body + country)
    return grouped(f"{country}{check}{body}", 4, rng.choice(["", " "]))


def ssn(rng):
    return f"{rng.randint(100, 665)}-{rng.randint(10, 99)}-{rng.randint(1000, 9999)}"


def passport(rng):
    return some(rng, string.ascii_uppercase, rng.choice([1, 2])) + some(rng, string.digits, 7)


def account(rng):
    return some(rng, string.digits, rng.randint(8, 12))


def ip(rng):
    if rng.random() < 0.5:
        return ".".join(str(rng.randint(11, 223)) for _ in range(4))
    return ":".join(f"{rng.randint(4096, 65535):x}" for _ in range(8))


def key(rng):
    return rng.choice(["sk-proj-", "AKIA", "ghp_", "xoxb-", "AIza", "sk_live_", "glpat-"]) + some(
        rng, string.ascii_uppercase + string.digits, 36
    )


def password(rng):
    return some(rng, string.ascii_letters, 6) + rng.choice("!#-_$") + some(rng, string.digits, 3)


def mac(rng):
    return ":".join(f"{rng.randint(0, 255):02x}" for _ in range(6))


def wallet(rng):
    return "0x" + some(rng, "0123456789abcdef", 40)


KINDS = {
    "email": (email, ["write to {} please", "my mail is {}", "{} is mine", "Kontakt: {}"]),
    "phone": (
        phone,
        ["call me on {} tonight", "my number is {}", "Mein Handy: {}", "mon portable est le {}"],
    ),
    "card": (card, ["my card is {} ok", "charge {} today", "ma carte est {}", "Visa: {}"]),
    "iban": (iban, ["pay to {} please", "IBAN {}", "mein Konto ist {}"]),
    "ssn": (ssn, ["my ssn is {}", "social security number: {}", "it is {} as I said"]),
    "passport": (passport, ["my passport number is {}", "passport no. {}", "mein Reisepass: {}"]),
    "account": (account, ["account number {}", "my bank account is {}", "mi cuenta es {}"]),
    "ip": (ip, ["my server is {}", "ping {} for me", "IP: {}"]),
    "key": (key, ["use {} for it", "the api key is {}", "export TOKEN={}"]),
    "password": (
        password,
        ["my password is {}", "password: {}", "mein Passwort ist {}", "mot de passe : {}"],
    ),
    "mac": (mac, ["my laptop has {}", "mac address {}"]),
    "wallet": (wallet, ["send it to {}", "my wallet: {}"]),
}


def plain(text, rng):
    return text


def full_width(text, rng):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def bold(text, rng):
    def letter(c):
        kind = "DIGIT" if c.isdigit() else "CAPITAL" if c.isupper() else "SMALL"
        name = {"DIGIT": unicodedata.name(c).split()[-1]}.get(kind, f"{kind} {c.upper()}")
        return unicodedata.lookup(f"MATHEMATICAL BOLD {'DIGIT ' if kind == 'DIGIT' else ''}{name}")

    return "".join(letter(c) if c.isascii() and c.isalnum() else c for c in text)


def between(*signs):
    def disguise(text, rng):
        return "".join(c + rng.choice([*signs, ""]) for c in text[:-1]) + text[-1]

    return disguise


def other_digits(text, rng):
    zero = rng.choice("٠۰०০๐")
    return "".join(chr(ord(zero) + int(c)) if c in string.digits else c for c in text)


def keycaps(text, rng):
    return "".join(f"{c}\ufe0f\u20e3" if c in string.digits else c for c in text)


def spaced_out(text, rng):
    return " ".join(text.replace(" ", ""))


DISGUISES = {
    "plain": plain,
    "full-width": full_width,
    "bold": bold,
    "zero-width": between("\u200b", "\u200c", "\u200d", "\ufeff", "\u2060"),
    "soft hyphens": between("\u00ad"),
    "joiners and fillers": between("\u034f", "\u180e", "\ufe0f", "\u061c"),
    "direction marks": between("\u200e", "\u202c", "\u2066"),
    "other digits": other_digits,
    "keycaps": keycaps,
    "spaced out": spaced_out,
    "upper case": lambda text, rng: text.upper(),
    "lower case": lambda text, rng: text.lower(),
}
# what capitals or small letters would turn into something else
NOT_SO = {("upper case", "wallet"), ("lower case", "key")}


def left(text, start, end, findings):
    """The letters and digits of a detail that no finding covers."""
    covered = {i for f in findings for i in range(f.start, f.end)}
    return "".join(text[i] for i in range(start, end) if text[i].isalnum() and i not in covered)


def check(detector, cases):
    """`cases`: (text, start, end)."""
    found = detector.detect_many([text for text, _, _ in cases])
    leaks = [
        (text, rest)
        for (text, start, end), findings in zip(cases, found, strict=True)
        if (rest := left(text, start, end, findings))
    ]
    assert not leaks, f"{len(leaks)} of {len(cases)}: {leaks[:5]}"


def carried(carrier, hidden):
    start = carrier.index("{}")
    return carrier.replace("{}", hidden), start, start + len(hidden)


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_disguised_detail_is_found(detector, kind, disguise):
    """Whatever the digits, the width or the invisible signs between: no character of the detail is left."""
    if (disguise, kind) in NOT_SO:
        pytest.skip("it would no longer be one")
    rng = random.Random(f"{kind}{disguise}")
    make, carriers = KINDS[kind]
    check(detector, [carried(rng.choice(carriers), DISGUISES[disguise](make(rng), rng)) for _ in range(EACH)])


AT = ["at", "(at)", "[at]", "AT", "(@)", "{at}"]
DOT = ["dot", "(dot)", "[dot]", "DOT", "(.)", "[.]"]


def test_a_spelled_out_address_is_found(detector):
    """E-mail addresses with "at" and "dot" in words, brackets and capitals."""
    rng = random.Random(3)
    cases = []
    for _ in range(60):
        at, dot, name = rng.choice(AT), rng.choice(DOT), some(rng, string.ascii_lowercase, 6)
        local = rng.choice(
            [name, f"{name} {dot} {some(rng, string.ascii_lowercase, 5)}", f"{name}{rng.randint(1, 99)}"]
        )
        ending = rng.choice(["com", "org", f"co {dot} uk", "example"])
        hidden = f"{local} {at} {some(rng, string.ascii_lowercase, 7)} {dot} {ending}"
        cases.append(carried(rng.choice(["mail {} please", "it is {}", "write to {}", "e-mail: {}"]), hidden))
    check(detector, cases)


@pytest.mark.parametrize("kind", ["phone", "card", "ssn", "account", "ip"])
def test_spoken_digits_are_found(detector, kind):
    """Numbers told digit by digit, with pauses, "oh" and "double"."""
    rng = random.Random(kind)
    make, carriers = KINDS[kind]
    cases = []
    for _ in range(40):
        number = make(rng)
        number = number if ":" not in number else "203.0.113.77"
        pause = rng.choice([" ", ", ", " - "])
        told = [
            WORDS[int(c)] if c.isdigit() else "dot" if c == "." else "plus" if c == "+" else ""
            for c in number
        ]
        hidden = " ".join(word for word in told if word)
        if pause != " " and "dot" not in hidden and "plus" not in hidden:
            words = hidden.split()
            hidden = pause.join(" ".join(words[i : i + 3]) for i in range(0, len(words), 3))
        hidden = hidden.replace("zero", rng.choice(["zero", "oh"]))
        cases.append(carried(rng.choice([c for c in carriers if c.isascii()][:2]), hidden))
    check(detector, cases)
