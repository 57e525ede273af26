"""What is believed about somebody is said to them; what they said themselves is theirs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from memory.records import Shown
from memory.relations import RELATIONS, sentence_of
from memory.voices import to_you, told

NOW = datetime(2026, 5, 3, tzinfo=UTC)


def shown(text: str, kind: str = "fact", **more: str) -> Shown:
    values = {"kind": kind, "origin": "said", "status": "active", **more}
    return Shown(id="m", text=text, occurred_at=NOW, recorded_at=NOW, version=1, importance=0.5, confidence=1.0, **values)  # type: ignore[arg-type]  # fmt: skip


@pytest.mark.parametrize("relation", RELATIONS)
def test_every_relation_can_be_said_to_its_person(relation: str) -> None:
    """None of the sentences that are made of facts speaks of "the user" to the user; about others it stays as it is."""
    value = "cats and dogs, which bark at their own tails"
    said = told(shown(sentence_of("user", relation, value), object=value, relation=relation))
    assert said.startswith(("You ", "Your ", "In your own words: "))
    assert value in said
    assert "the user" not in said.casefold()
    assert told(shown(sentence_of("brother", relation, value), object=value)).startswith("Your brother")
    of_another = sentence_of("Gaz", relation, "jazz")
    assert told(shown(of_another)) == of_another


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("The user's taste: dark chocolate.", "Your taste: dark chocolate."),
        ("The user wants short answers.", "You want short answers."),
        ("The user is an expert in botany.", "You are an expert in botany."),
        ("The user watches birds.", "You watch birds."),
        ("Lena's parent is the user.", "Lena's parent is you."),
        # read with care: whose coffee, and who dances
        ("The user likes their coffee black.", "The user likes their coffee black."),
        ("The user sings and dances.", "The user sings and dances."),
        ("The user manual is long.", "The user manual is long."),
        ("J'habite à Lyon.", "J'habite à Lyon."),
        ("Die Nutzerin wohnt in Graz.", "Die Nutzerin wohnt in Graz."),
    ],
)
def test_a_sentence_is_turned_or_left_alone(stored: str, read: str) -> None:
    """Only what can be turned without guessing is turned."""
    assert to_you(stored) == read


def test_somebodys_own_words_are_never_touched() -> None:
    """A message is shown as it was written, whatever it begins with; so is a skill."""
    for kind in ("episode", "procedure", "summary"):
        assert told(shown("The user lives in the past.", kind)) == "The user lives in the past."
    by_hand = shown(
        "The user lives in Porto.", "episode", session="by hand"
    )  # written when a fact was corrected
    assert told(by_hand) == "You live in Porto."
    typed = shown("The user interface is slow.", "episode", session="by hand")
    assert told(typed) == "The user interface is slow."
