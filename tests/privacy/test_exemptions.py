"""Keep as is, just this once: one word, one message, and nothing that is never kept."""

from __future__ import annotations

import pytest

from agent.choosing import chosen_detector
from agent.settings import Settings
from memory.stores.ledger import Ledger
from privacy.anonymization import Anonymizer
from privacy.encryption import KeyRing
from privacy.exemptions import LASTS, MOST, ONE_MESSAGE, Exemptions
from privacy.identity import Scope
from privacy.outgoing import Outgoing
from privacy.vault import Vaults

ADA = Scope("ada")
MAIL = "Write to otto.lund@example.org please."


@pytest.fixture(scope="module")
def vaults(tmp_path_factory):
    ledger = Ledger.open(tmp_path_factory.mktemp("home"))
    yield Vaults(KeyRing(bytes(range(32)), ledger), ledger)
    ledger.close()


@pytest.fixture
def anonymizer():
    return Anonymizer(chosen_detector(Settings()))


def test_a_word_is_kept_in_one_message(anonymizer, vaults):
    """The message that was being typed keeps it; looking at it uses nothing up; the next message is masked again."""
    vault, now = vaults.of(ADA), [0.0]
    anonymizer.exemptions = Exemptions(lambda: now[0])
    anonymizer.exemptions.allow("otto.lund@example.org", vault.owner)
    assert anonymizer.preview(MAIL, vault) == []
    assert anonymizer.mask(MAIL, vault, to_keep=True).text == MAIL  # as a memory
    assert anonymizer.mask(MAIL, vault, to_keep=True).text == MAIL  # as a line of the chat
    now[0] = ONE_MESSAGE + 1
    assert "otto" not in anonymizer.mask(MAIL, vault, to_keep=True).text


def test_what_leaves_for_a_model_elsewhere_is_masked_all_the_same(anonymizer, vaults):
    """To keep a word here is not to send it anywhere."""
    anonymizer.exemptions.allow("otto.lund@example.org", vaults.of(ADA).owner)
    assert "otto" not in Outgoing(anonymizer, vaults, b"s" * 32).hide(MAIL, ADA)
    assert anonymizer.mask(MAIL, vaults.of(Scope("bob")), to_keep=True).text != MAIL


def test_what_is_never_kept_is_not_kept_once(anonymizer, vaults):
    """A card number goes, whatever was asked."""
    vault, card = vaults.of(ADA), "My card is 4111 1111 1111 1111."
    anonymizer.exemptions.allow("4111 1111 1111 1111", vault.owner)
    assert anonymizer.never_kept("CARD", vault)
    assert "4111" not in anonymizer.mask(card, vault, to_keep=True).text


def test_an_exemption_ends_unused_and_few_wait():
    """Who asked for it and then left has not changed what is kept tomorrow; and nobody fills the memory with words."""
    now = [0.0]
    exemptions = Exemptions(lambda: now[0])
    exemptions.allow("Otto", "ada")
    now[0] = LASTS + 1
    assert exemptions.coming("to Otto", "ada") == ()
    for n in range(3 * MOST):
        exemptions.allow(f"word{n}.", "ada")
    assert exemptions.coming("word0.", "ada") == ()
    assert exemptions.coming(f"word{3 * MOST - 1}.", "ada") == (f"word{3 * MOST - 1}.",)
