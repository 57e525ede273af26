"""Rules and reading held against each other: what one alone is not sure of, and when it is kept all the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest

from agent.distillers.borne_out import LIKELY, is_borne_out
from agent.distillers.claims.wholes import whole
from agent.distillers.rules import drafts
from agent.parsing import parse
from agent.reader.stating import Stated
from memory.records import Draft, Shown

NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)
Reads = Callable[[Sequence[str]], Sequence[Sequence[Stated]]]


def reading(*marked: tuple[str, str, float]) -> Reads:
    """A reading that marks these words: words, relation, how sure. Of the writer unless "my somebody" opens."""

    def states(texts: Sequence[str]) -> Sequence[Sequence[Stated]]:
        return [
            [
                Stated(
                    relation,
                    text.index(words),
                    text.index(words) + len(words),
                    not text.startswith("My "),
                    sure,
                )
                for words, relation, sure in marked
                if words in text
            ]
            for text in texts
        ]

    return states


def learned(text: str, *marked: tuple[str, str, float]) -> set[tuple[str, str]]:
    return {(draft.relation, draft.object) for draft in _drafts(text, *marked)}


def _drafts(text: str, *marked: tuple[str, str, float]) -> list[Draft]:
    episode = Shown(
        id="m", kind="episode", text=text, occurred_at=NOON, recorded_at=NOON, origin="said", status="active", version=1,
        importance=0.5, confidence=1.0, speaker="user", session="a", position=0,
    )  # fmt: skip
    return drafts(episode, states=reading(*marked))


@pytest.mark.parametrize(
    ("text", "words", "relation", "borne_out"),
    [
        ("I've played the euphonium since school, what now?", "euphonium", "plays", True),
        ("We walked the Camino last year and I still dream of it.", "walked the Camino", "did", True),
        ("I teach year four at a village school.", "village school", "works_at", True),
        ("My twins hate peas.", "twins", "has_child", True),
        ("I own a house in Silesia.", "Silesia", "lives_in", False),  # a house may stand anywhere
        ("I'd own a yacht if I could.", "yacht", "owns", False),
        ("I want to see the northern lights before I'm sixty.", "sixty", "age", False),
        ("The neighbour plays the tuba.", "tuba", "plays", False),
        ("I don't play the tuba.", "tuba", "plays", False),
        ("I barely play the tuba.", "tuba", "plays", False),
        ("Do I own a yacht?", "yacht", "owns", False),
        ("I played the tuba at school.", "tuba", "plays", False),
        ("I went vegan two years ago.", "vegan", "diet", True),
        ("My doctor ruled out that I have asthma.", "asthma", "condition", False),
        ("Neither I nor my wife has asthma.", "asthma", "condition", False),
        ("I sold my Volvo last year.", "Volvo", "owns", False),
        ("If my twins were here I would cry.", "twins", "has_child", False),
        ("I could see my future husband there.", "husband", "has_partner", False),
    ],
)
def test_a_firm_verb_of_the_writer_bears_out_what_reading_finds_likely(
    text: str, words: str, relation: str, *, borne_out: bool
) -> None:
    start = text.index(words)
    assert is_borne_out(relation, parse([text])[0], start, start + len(words)) is borne_out


def test_what_is_likely_and_borne_out_is_learned() -> None:
    """And what is less than likely, or borne out by nothing, is not."""
    text = "I gave up my car in May and I cycle everywhere."
    words = "gave up my car in May"
    assert ("did", words) in learned(text, (words, "did", LIKELY))
    assert ("did", words) not in learned(text, (words, "did", LIKELY - 0.1))
    heard = "The Berlins gave up their car in May."
    assert learned(heard, ("gave up their car in May", "did", LIKELY)) == set()


def test_a_dislike_is_meant_though_reading_finds_nothing() -> None:
    """Irony praises; nobody feigns to detest."""
    assert learned("I hate swallowing capsules, what else is there?") == {("dislikes", "swallowing capsules")}
    assert learned("I love swallowing capsules, what else is there?") == set()


@pytest.mark.parametrize(
    "text",
    [
        "It's not that I dislike opera, I just don't know it.",
        "I wouldn't say I dislike jazz.",
        "I don't hate opera.",
        "I no longer hate olives.",
        "I hardly hate opera.",
        "I hate to brag.",
        "I hate my life, said the wolf.",
    ],
)
def test_what_is_no_dislike_is_learned_for_none(text: str) -> None:
    assert learned(text) == set()
    thing = text.rstrip(".").split()[-1]
    assert learned(text, (thing, "dislikes", 0.7)) == set()


def test_who_corrects_is_in_earnest() -> None:
    assert learned("Actually I'm 58, you wrote 85!") == {("age", "58")}
    assert learned("I'm 58, said the wolf.") == set()
    assert learned("No way I'm a vegetarian.") == set()
    assert learned("Sorry I'm such a monster.") == set()
    assert learned("No doubt I live in Ghent in some other universe.") == set()


def test_a_list_goes_on_where_reading_is_sure_of_one_of_it() -> None:
    text = "I own a tiny kiln and an old Bernina sewing machine."
    assert {value for _, value in learned(text, ("kiln", "owns", 0.99))} == {
        "tiny kiln",
        "old Bernina sewing machine",
    }
    assert learned(text) == set()


@pytest.mark.parametrize(
    ("text", "marked", "relation", "value"),
    [
        ("He's colour blind.", "blind", "condition", "colour blind"),
        ("I'm 8 months pregnant and tired.", "pregnant", "condition", "8 months pregnant"),
        ("I am deaf in my left ear.", "deaf in", "condition", "deaf in my left ear"),
        ("I want to write a book of what I ate.", "write a book of", "goal", "write a book"),
        ("Our toddler Otis grabs bacon off plates.", "Otis", "has_child", "Otis"),
    ],
)
def test_a_value_is_whole_to_its_edges(text: str, marked: str, relation: str, value: str) -> None:
    start = text.index(marked)
    assert whole(parse([text])[0], start, start + len(marked), relation) == value


@pytest.mark.parametrize(
    ("text", "marked", "relation", "wanted"),
    [
        ("I've applied for a job as a park ranger.", "park ranger", "works_as", set()),
        ("I'm captain of the Tuesday darts team.", "captain", "works_as", set()),
        ("Im 1.80 if that matters.", "1.80", "age", set()),
        ("Got a ginger tom, and he sleeps.", "ginger tom", "likes", set()),
        ("My girlfriend supports Benfica.", "Benfica", "member_of", {("likes", "Benfica")}),
        ("My toddler adores tractors.", "tractors", "works_as", {("likes", "tractors")}),
        ("My friend is mad about mosaics.", "mosaics", "learns", {("likes", "mosaics")}),
        ("The chap next door's Corsa does the same.", "Corsa", "drives", set()),
        (
            "I drive my dad's old Saab.",
            "Saab",
            "drives",
            {("drives", "Saab")},
        ),
        ("I work as a manager of a gym.", "manager", "works_as", {("job", "manager")}),
        ("I get a kick out of karaoke.", "karaoke", "likes", {("likes", "karaoke")}),
        ("I love my job as a nurse.", "nurse", "works_as", {("job", "nurse")}),
    ],
)
def test_what_reading_takes_for_something_else(
    text: str, marked: str, relation: str, wanted: set[tuple[str, str]]
) -> None:
    """Applying is no job, nor is an office in a club, a height no age, having no taste, and a fan no member, delight no trade."""
    found = learned(text, (marked, relation, 0.99))
    assert {one for one in found if marked in one[1]} == wanted


def test_what_is_put_aside_is_not_learned() -> None:
    assert learned("I'm in Wagga Wagga not Wisconsin!", ("Wagga Wagga", "lives_in", 0.99)) == {
        ("lives_in", "Wagga Wagga")
    }


def test_the_pieces_of_a_value_are_not_learned_beside_it() -> None:
    text = "My favourite walk is the loop round Loch an Eilein."
    assert learned(text, ("loop round Loch", "favourite", 0.99)) == {
        ("favourite", "loop round Loch an Eilein")
    }


def test_a_language_is_nobody() -> None:
    """What stands behind "Irish" is not what Irish does."""
    text = "My friend Agnieszka is learning Irish and the tin whistle."
    subjects = {draft.subject for draft in _drafts(text, ("tin whistle", "learns", 0.99))}
    assert "Irish" not in subjects


def test_a_wish_is_learned_from_where_it_was_read() -> None:
    """Not from another sentence with a word of it, and not from what is asked for once."""
    text = "Keep the language plain when you answer me, always. English is my second language."
    assert learned(text, ("language plain", "wants_answers", 0.9)) == {("wants_answers", "language plain")}
    assert (
        learned("Can you explain offside in two sentences, no more?", ("two sentences", "wants_answers", 0.6))
        == set()
    )


def test_an_illness_named_in_two_words_is_one() -> None:
    text = "I am a type 1 diabetic."
    found = learned(text, ("type 1", "condition", 0.99), ("diabetic", "condition", 0.99))
    assert {value.replace("-", " ") for _, value in found} == {"type 1 diabetic"}
