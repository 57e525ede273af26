"""What is learned where a reading model marks values and grammar says whose they are and what belongs to them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from agent.distillers.rules import drafts
from agent.reader.stating import Stating
from agent.settings import Settings
from memory.records import Draft, Shown

NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def states() -> Stating:
    return Stating(Settings().cache_home)


def shown(text: str) -> Shown:
    return Shown(
        id="m", kind="episode", text=text, occurred_at=NOON, recorded_at=NOON, origin="said", status="active", version=1,
        importance=0.5, confidence=1.0, speaker="user", session="a", position=0,
    )  # fmt: skip


def learned(text: str, states: Stating) -> list[Draft]:
    return drafts(shown(text), states=states)


def test_what_only_reading_finds_is_learned_with_its_source(states: Stating) -> None:
    """A wording no rule knows; the words of the value and its sentence are the person's own."""
    text = "Any tips for tired legs? Forty lengths before work every single day and my shoulders ache."
    assert drafts(shown(text)) == []
    for draft in learned(text, states):
        assert draft.quote in text
        assert draft.object in text


def test_what_stands_late_in_a_long_message_is_learned_as_well(states: Stating) -> None:
    """No part of a message is passed over, and every value stands where it is said to stand."""
    text = (
        "It was a nice day and we walked along the river for a while. " * 30 + "I live in Ghent. I love jazz."
    )
    assert {draft.object for draft in drafts(shown(text))} == {"Ghent", "jazz"}
    assert {draft.object for draft in learned(text, states)} == {"Ghent", "jazz"}
    (stated,) = states([text])
    assert [text[one.start : one.end] for one in stated][-2:] == ["Ghent", "jazz"]


def test_somebody_else_s_name_is_not_the_writer_s(states: Stating) -> None:
    """Whoever says their own name speaks of themself."""
    assert not [one for one in learned("Emil also mends old harmoniums.", states) if one.relation == "name"]
    assert [one.object for one in learned("My name is Tom.", states) if one.relation == "name"] == ["Tom"]


def test_of_whom_it_is_stays_clear(states: Stating) -> None:
    (draft,) = learned("My lad Callum plays the trombone.", states)[-1:]
    assert draft.subject.casefold() in ("callum", "son", "lad")
    assert "trombone" in draft.text


@pytest.mark.parametrize(
    "text",
    [
        "You be the barista and I'm a tourist from Texas.",
        "Of course I own a yacht, don't we all.",
        "Do I have a dog?",
    ],
)
def test_nothing_is_learned_from_play_irony_and_questions(text: str, states: Stating) -> None:
    assert learned(text, states) == []


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("I work as a nurse in Leeds.", ""),
        ("I'm a nurse in Leeds.", ""),
        ("I work in Leeds.", ""),
        ("My office is in Leeds.", ""),
        ("I have a job in Leeds.", ""),
        ("I live in Leeds.", "Leeds"),
        ("I moved to Leeds to work as a nurse.", "Leeds"),
        ("I'm a nurse living in Leeds.", "Leeds"),
        ("I live and work in Leeds.", "Leeds"),
    ],
)
def test_where_somebody_works_is_not_taken_for_their_home(text: str, home: str, states: Stating) -> None:
    """Nor for what they work as."""
    found = learned(text, states)
    assert [draft.object for draft in found if draft.relation == "lives_in"] == ([home] if home else [])
    assert "Leeds" not in [draft.object for draft in found if draft.relation == "job"]


WHOLE = {
    "I drive a 2009 Skoda and it rattles.": ("owns", "2009 Skoda"),
    "I'm at Uppsala University and need a cheap bike, tips?": ("studies_at", "Uppsala University"),
    "I've been vegetarian since school.": ("diet", "vegetarian"),
    "we live near Oxford, any good picnic spot by the river": ("lives_in", "near Oxford"),
    "Thirty-four, single, living in Tromsø, tell me how to survive the dark": ("age", "Thirty-four"),
    "my goal this year is deadlifting my own bodyweight": ("goal", "deadlifting my own bodyweight"),
}


@pytest.mark.parametrize("text", WHOLE)
def test_a_value_is_kept_whole_and_alone(text: str, states: Stating) -> None:
    """Reading marks where a value stands; grammar says what belongs to it, and what only tells when."""
    found = drafts(shown(text), states=states)
    assert WHOLE[text] in [(one.relation, one.object) for one in found]


def test_a_place_with_its_country_is_one(states: Stating) -> None:
    """Of a list each would be one, and the last would be home."""
    homes = [one.object for one in drafts(shown("I live in Portland, Oregon"), states=states)]
    assert homes == ["Portland, Oregon"]


def test_a_pastime_is_not_a_taste_besides(states: Stating) -> None:
    """One thing said is one thing learned."""
    (found,) = drafts(shown("Photography's my thing."), states=states)
    assert (found.kind, found.object) == ("fact", "Photography")


@pytest.mark.parametrize(
    "text",
    ["call me Nana Bea from here on", "you can call me Nana Bea, everyone does", "Call me Nana Bea thanks"],
)
def test_the_name_to_be_called_by_stands_alone(text: str, states: Stating) -> None:
    """Without what was said around it, and as nobody else's."""
    found = [(one.aspect or one.relation, one.object) for one in drafts(shown(text), states=states)]
    assert ("form of address", "Nana Bea") in found
    assert {what for what, _ in found} <= {"form of address", "name"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Everybody here keeps thinking I'm South African", "South African"),
        ("I have no strong opinion about jazz one way or the other", "jazz"),
        ("My sister Noor never has time to call", "never has time to call"),
        ("My mother speaks only Twi", "only"),
    ],
)
def test_what_is_not_so_is_not_learned_though_reading_marks_it(
    text: str, value: str, states: Stating
) -> None:
    """What others believe, what one does not care about, what is no wish, and words that name nothing."""
    assert value not in [one.object for one in learned(text, states)]


def test_he_is_who_was_spoken_of_before(states: Stating) -> None:
    """A value of somebody who is only "he" in its sentence is of the one close to the writer in the sentence before."""
    found = learned(
        "A cake for my nephew Callum? He's turning 7 and he can't have eggs, he's allergic.", states
    )
    assert ("Callum", "allergy", "eggs") in [(one.subject, one.relation, one.object) for one in found]


def test_a_place_is_its_name(states: Stating) -> None:
    found = learned("I'm from a tiny place called Ærø but teach physics in Lagos these days", states)
    assert ("born_in", "Ærø") in [(one.relation, one.object) for one in found]


@pytest.mark.parametrize(
    ("text", "learned_of"),
    [
        ("I am from Accra and my fiancée is Finnish.", ("partner", "Finnish")),
        ("my dad is 70 and I'm diabetic", ("user", "diabetic")),
        ("I'm colour blind, red and green.", ("user", "colour blind")),
        ("My flatmate Soo-jin is doing her PhD on moss.", ("user", "Soo-jin")),
        ("I have migraines with aura", ("user", "migraines with aura")),
    ],
)
def test_a_value_is_of_the_subject_of_its_verb(
    text: str, learned_of: tuple[str, str], states: Stating
) -> None:
    """Where reading and grammar disagree about whose it is, the subject tells, and nobody else has it besides."""
    found = [(one.subject, one.object) for one in learned(text, states)]
    assert learned_of in found
    assert [who for who, value in found if value == learned_of[1]] == [learned_of[0]]
