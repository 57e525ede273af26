"""What must never be kept: keys, passwords, cards, accounts, ids."""

from __future__ import annotations

import pytest

from privacy.recognizers.numbers import numbers
from privacy.recognizers.secrets import secrets
from tests.kit.details import details, hidden

PEM = (
    "-----BEGIN RSA PRIVATE KEY-----\n"
    + "MIIEowIBAAKCAQEA7b9kZt0cX2V4q1\n" * 20
    + "-----END RSA PRIVATE KEY-----"
)


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("use sk-proj-Ab12Cd34Ef56Gh78Ij90Kl", "sk-proj-Ab12Cd34Ef56Gh78Ij90Kl"),
        ("AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE"),
        ("ghp_abcdefghijklmnopqrstuvwxyz0123456789", "ghp_abcdefghijklmnopqrstuvwxyz0123456789"),
        ("postgres://kat:s3cr3tpw@db.local/x", "s3cr3tpw"),
        ("https://x.example/?access_token=a8f3k2m9x1", "a8f3k2m9x1"),
        ("Authorization: Bearer abcdef1234567890abcdef", "abcdef1234567890abcdef"),
        (PEM, PEM),
        (PEM[:200], "MIIEowIBAAKCAQEA7b9kZt0cX2V4q1"),
        ("the client secret: 8f14e45fceea167a5a36dedd4bea2543", "8f14e45fceea167a5a36dedd4bea2543"),
        ("my password is bluemonday", "bluemonday"),
        ("password for the wifi at home is hunter2", "hunter2"),
        ('the passphrase is "open sesame now"', "open sesame now"),
        ("my passphrase is correct horse battery staple", "correct horse battery staple"),
        ("mein Passwort lautet Schw4n!", "Schw4n!"),
        ("mot de passe : tocfCK$822", "tocfCK$822"),
        ("la contraseña es girasol77", "girasol77"),
        ("the door code is 4821", "4821"),
        ("pin 48151", "48151"),
    ],
)
def test_secrets_are_found(text, secret):
    """Keys by shape, passwords by what is said before them."""
    assert hidden(secrets, text, secret)


@pytest.mark.parametrize(
    "text",
    [
        "my password is wrong",
        "the password was reset yesterday",
        "I think our password policy is too weak",
        "the secret is that she loves him",
        "the key to success is patience",
        "antidisestablishmentarianism and internationalization2",
        "a token of my love",
    ],
)
def test_talk_about_secrets_is_left_alone(text):
    """What is said about a password is no password."""
    assert details(secrets, text) == []


@pytest.mark.parametrize(
    ("text", "label", "number"),
    [
        ("4111 1111 1111 1111", "CARD", "4111 1111 1111 1111"),
        ("my visa 4111-1111-1111-1112", "CARD", "4111-1111-1111-1112"),
        ("the cvv is 123", "CARD", "123"),
        ("pay to DE89 3704 0044 0532 0130 00 today", "IBAN", "DE89 3704 0044 0532 0130 00"),
        ("NL91ABNA0417164300", "IBAN", "NL91ABNA0417164300"),
        ("account number 000123456789", "BANK_ACCOUNT", "000123456789"),
        ("sort code 20-00-00", "BANK_ACCOUNT", "20-00-00"),
        ("it is 536-22-1234", "NATIONAL_ID", "536-22-1234"),
        ("codice fiscale RSSMRA85T10A562S", "NATIONAL_ID", "RSSMRA85T10A562S"),
        ("mi DNI es 12345678Z", "NATIONAL_ID", "12345678Z"),
        ("n° de sécu 2 55 08 14 168 025 38", "NATIONAL_ID", "2 55 08 14 168 025 38"),
        ("CPF 111.444.777-35", "NATIONAL_ID", "111.444.777-35"),
        ("mijn bsn is 111222333", "NATIONAL_ID", "111222333"),
        ("my passport number is X4RTBPFW4", "NATIONAL_ID", "X4RTBPFW4"),
        ("driver's license D1234567", "NATIONAL_ID", "D1234567"),
        ("National insurance: QQ 12 34 56 C", "NATIONAL_ID", "QQ 12 34 56 C"),
        ("steuer-id 86095742719", "NATIONAL_ID", "86095742719"),
    ],
)
def test_numbers_that_are_never_kept(text, label, number):
    """Proven by check digits, or told by the words before."""
    assert hidden(lambda t: [f for f in numbers(t) if f.label == label], text, number)


@pytest.mark.parametrize(
    "text",
    [
        "isbn 9783161484100",
        "born on 12.03.1990",
        "we were 1234567890123456 times faster",
        "on 2024-05-12 from 10:30",
        "the year 2024 was good",
        "room 12345 please",
    ],
)
def test_public_numbers_are_left_alone(text):
    """What is redacted never comes back, so nothing is redacted on a guess."""
    assert details(numbers, text) == []
