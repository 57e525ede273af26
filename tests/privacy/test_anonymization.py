"""Details out, placeholders in, and back: whatever people type."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from agent.choosing import chosen_detector
from agent.settings import Settings
from benchmarks import placeholders
from memory.stores.ledger import Ledger
from privacy.anonymization import Anonymizer, in_plain_words, restore
from privacy.encryption import KeyRing
from privacy.identity import Scope
from privacy.outgoing import Outgoing
from privacy.vault import Vaults

ADA, BOB = Scope("ada"), Scope("bob")
slow_is_fine = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def anonymizer():
    return Anonymizer(chosen_detector(Settings()))


@pytest.fixture(scope="module")
def vaults(tmp_path_factory):
    ledger = Ledger.open(tmp_path_factory.mktemp("home"))
    yield Vaults(KeyRing(bytes(range(32)), ledger), ledger)
    ledger.close()


@pytest.fixture(scope="module")
def outgoing(anonymizer, vaults):
    return Outgoing(anonymizer, vaults, b"s" * 32)


PLANTED = {
    "full name": ("My name is Katarina Wolfsberg.", "Katarina Wolfsberg"),
    "lower-case name": ("hi, my name is priyanka", "priyanka"),
    "wife": ("My wife Annelise works late.", "Annelise"),
    "friend": ("I met my friend Torvald yesterday.", "Torvald"),
    "e-mail": ("Write to k.wolfsberg@posteo.example.org please.", "k.wolfsberg@posteo.example.org"),
    "tagged e-mail": ("It is kat+news@wolfsberg.de now.", "kat+news@wolfsberg.de"),
    "spelled e-mail": ("Reach me at kat dot wolf at posteo dot net ok?", "posteo dot net"),
    "international phone": ("Call me on +44 20 7946 0958 tonight.", "7946 0958"),
    "US phone": ("My phone is (415) 555-2671.", "555-2671"),
    "street": ("I live at 221 Baker Street in London.", "221 Baker Street"),
    "flat": ("Send it to 18 Rosewood Avenue, Apt 4B.", "18 Rosewood Avenue"),
    "handle": ("Follow me, I am @kat_wolf99 there.", "@kat_wolf99"),
    "IPv4": ("The server is 203.0.113.77 at home.", "203.0.113.77"),
    "IPv6": ("It is 2001:db8:85a3:0:0:8a2e:370:7334 now.", "8a2e:370:7334"),
}
REDACTED = {
    "card": ("My card is 4111 1111 1111 1111.", "4111 1111 1111 1111"),
    "IBAN": ("Pay to DE89 3704 0044 0532 0130 00 today.", "3704 0044 0532"),
    "SSN": ("My social security number is 536-22-1234.", "536-22-1234"),
    "passport": ("My passport number is X4RTBPFW4.", "X4RTBPFW4"),
    "password": ("My password is hunter2!Blue.", "hunter2!Blue"),
    "PIN": ("the pin code is 48151", "48151"),
    "API key": ("Use sk-proj-Ab12Cd34Ef56Gh78Ij90Kl please.", "sk-proj-Ab12Cd34Ef56Gh78Ij90Kl"),
    "AWS key": ("AKIAIOSFODNN7EXAMPLE is the key.", "AKIAIOSFODNN7EXAMPLE"),
    "GitHub token": ("ghp_abcdefghijklmnopqrstuvwxyz0123456789", "ghp_abcdefghijklmnopqrstuvwxyz0123456789"),
    "URL login": ("postgres://kat:s3cr3tpw@db.local/x", "s3cr3tpw"),
}


@pytest.mark.parametrize("kind", PLANTED)
def test_a_detail_is_masked_and_comes_back(anonymizer, vaults, kind):
    """The detail stands nowhere in what would be stored, the embedder's view has none, and its owner sees it as typed."""
    text, detail = PLANTED[kind]
    masked = anonymizer.mask(text, vaults.of(ADA))
    assert detail not in masked.text
    assert detail not in in_plain_words(masked)
    assert restore(masked, vaults.of(ADA)) == text


@pytest.mark.parametrize("kind", REDACTED)
def test_a_secret_is_never_kept(anonymizer, vaults, kind):
    """Secrets are gone for good: not in the masked text, not restored, not in the vault."""
    text, secret = REDACTED[kind]
    masked = anonymizer.mask(text, vaults.of(ADA))
    assert secret not in masked.text
    assert secret not in restore(masked, vaults.of(ADA))
    assert "removed]" in masked.text
    assert not any(secret in entry.spelling for entry in vaults.of(ADA).known().values())


words = st.one_of(
    st.sampled_from(
        [
            "Katarina",
            "my wife Annelise",
            "kat@posteo.net",
            "[PERSON_1]",
            "[EMAIL_1]",
            "@kat_wolf99",
            "\u200b",
            "👩‍👩‍👧",
            "שלום",
            "\n",
        ]
        + ["221 Baker Street", "+44 20 7946 0958", "I like", "[", "]", "Ｋａｔ@posteo.net"]
    ),
    st.text(max_size=12),
)


@slow_is_fine
@given(parts=st.lists(words, max_size=8), glue=st.sampled_from([" ", "", ", "]))
def test_masking_and_restoring_gives_the_text_back(anonymizer, vaults, parts, glue):
    """Whatever is typed, its owner reads exactly that again (redacted secrets apart)."""
    text = glue.join(parts)
    masked = anonymizer.mask(text, vaults.of(ADA))
    assume(all(span.value is not None for span in masked.spans))
    assert restore(masked, vaults.of(ADA)) == text


def test_a_look_alike_placeholder_stays_text(anonymizer, vaults):
    """A person who types "[PERSON_1]" gets just that back, also beside a real name."""
    text = "Why does it say [PERSON_1]? My name is Katarina."
    masked = anonymizer.mask(text, vaults.of(ADA))
    assert "Katarina" not in masked.text
    assert restore(masked, vaults.of(ADA)) == text


def test_one_value_has_one_number(anonymizer, vaults):
    """Two spellings of a name share a placeholder, and each comes back as it was typed."""
    vault = vaults.of(BOB)
    first = anonymizer.mask("My name is Marguerite.", vault)
    second = anonymizer.mask("MARGUERITE said so.", vault)
    assert first.text[first.spans[0].start : first.spans[0].end] in second.text
    assert restore(second, vault) == "MARGUERITE said so."


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("Mail ｋａｔ@posteo.net now", ["ｋａｔ@posteo.net", "posteo.net"]),
        ("Mail k\u200bat@pos\u200bteo.net now", ["teo.net", "posteo.net"]),
        ("Card ４１１１ １１１１ １１１１ １１１１ ok", ["４１１１", "１１１１"]),
        ("My password is hun\u200bter2!Blue", ["ter2!Blue"]),
    ],
)
def test_disguises_do_not_help(anonymizer, vaults, text, details):
    """Full-width letters and zero-width characters hide nothing from masking."""
    masked = anonymizer.mask(text, vaults.of(ADA))
    assert not any(detail in masked.text for detail in details)


def test_a_forgotten_value_stays_a_placeholder(anonymizer, vaults):
    """Once dropped from the vault a value is never shown again."""
    vault = vaults.of(BOB)
    masked = anonymizer.mask("Write to gone@posteo.net.", vault)
    vault.drop(masked.values)
    assert restore(masked, vault) == masked.text


TEXT = (
    "My name is Katarina Wolfsberg, mail kat@posteo.net [see 1] [[x] and [PERSON_1]. My wife Annelise [agrees"
)


def streamed(outgoing, pieces, scope=ADA):
    restorer = outgoing.restorer(scope)
    return "".join([*(restorer.feed(piece) for piece in pieces), restorer.close()])


def test_a_stream_is_exact_for_every_cut(outgoing):
    """Two cuts anywhere, or a piece per character: the restored answer is the same."""
    hidden = outgoing.hide(TEXT, ADA)
    assert "Katarina" not in hidden
    assert "kat@posteo.net" not in hidden
    assert streamed(outgoing, hidden) == TEXT
    for one, two in itertools.combinations(range(len(hidden) + 1), 2):
        assert streamed(outgoing, [hidden[:one], hidden[one:two], hidden[two:]]) == TEXT


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_stream_is_exact_for_random_pieces(outgoing, data):
    """Any number of pieces of any sizes, empty ones too."""
    hidden = outgoing.hide(TEXT, ADA)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(hidden)), max_size=30)))
    assert streamed(outgoing, [hidden[a:b] for a, b in itertools.pairwise([0, *cuts, len(hidden)])]) == TEXT


def test_a_forged_or_foreign_token_stays_text(outgoing, vaults):
    """A token with a wrong tag reveals nothing, nor does another person's token."""
    entry = vaults.of(ADA).entry("PERSON", "Katarina Wolfsberg")
    for tag in ("00000000", "deadbeef"):
        token = f"[PERSON_{entry.id}_{tag}]"
        assert streamed(outgoing, [token]) == token
    hidden = outgoing.hide("My name is Katarina Wolfsberg.", ADA)
    assert streamed(outgoing, [hidden], BOB) == hidden


def test_what_is_masked_anywhere_comes_back_and_forged_tokens_do_not():
    """Forty messages in many scripts, masked at any place, sealed and streamed, come back byte for byte; of 500 forged tokens none is opened."""
    found = placeholders.sweep(messages=40, tokens=500, seed=5)
    assert found["back byte for byte"] == found["messages"] == 40
    assert found["exact however cut"] == found["streams"] > 0
    assert found["became a value"] == 0
