"""Ranking as pure functions: what lifts and lowers a memory, and that the parts are the whole."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.association import Places, answer_lift, conversation_lift, lifters, neighbour_lift
from memory.calibration import Signs, relevance
from memory.lexical import asking, blind, date_words, phrases, sparse, speaks_of_themself, terms
from memory.ports import Row
from memory.priming import TURNS, Heard, Priming, blended
from memory.question import understood
from memory.ranking import Contenders, RankingPolicy, Signals, parts, presence, primed, renewals, standardised
from memory.retrieval import best_first
from memory.working_set import LEAST_PLACES, WorkingSet

KEY = b"k" * 32
ASKS = blind("asks:", KEY)

scores = st.lists(st.floats(-5, 5, width=32), min_size=1, max_size=30)


def dimension(term: str) -> int:
    return blind(term, KEY)


def f32(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def i64(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def row(memory: str, text: str = "words", *, speaker: str = "user", vector=None, session=1, position=0, at=0):
    return Row(
        id=memory,
        owner="o",
        kind="episode",
        status="active",
        version=1,
        occurred_at=at,
        recorded_at=at,
        session=session,
        position=position,
        importance=0.5,
        dense=None if vector is None else f32(*vector),
        sparse=sparse(text, "", speaker, KEY),
        payload="",
    )


# -- the question ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "speaker", "asked"),
    [
        ("Where did I leave the keys?", "user", True),
        ("Where did Ana leave the keys?", "user", False),
        ("Where did Ana leave the keys?", "Ana Duarte", True),
        ("Where did Ana leave the keys?", "Bo", False),
        ("Which user interface does Ana like?", "user", False),
        ("Wo habe ich geparkt?", "user", True),
    ],
)
def test_who_is_asked_about(question, speaker, asked):
    """Who says "I" asks for their own words; who names somebody asks for theirs."""
    holders = {dimension(name) for name in [f"speaker:{word}" for word in terms(speaker)]}
    assert bool(understood(question, dimension).speakers & holders) is asked


def test_when_is_asked_about():
    """A month named in a question is found in the date of what was said then."""
    from datetime import UTC, datetime

    may = sparse("We met at the lake.", date_words(datetime(2023, 5, 8, tzinfo=UTC)), "Ana", KEY)
    june = sparse("We met at the lake.", date_words(datetime(2023, 6, 8, tzinfo=UTC)), "Ana", KEY)
    asked = understood("Whom did Ana meet in May 2023?", dimension)
    assert len(asked.words.keys() & may.keys()) == len(asked.words.keys() & june.keys()) + 1


def test_a_word_said_more_often_counts_a_little_more():
    """Repeating a word raises its weight less than its count."""
    asked = understood("pizza pizza pizza", dimension)
    assert 1 < asked.words[dimension("pizza")] < 3


@given(st.text(max_size=200))
def test_reading_any_text_is_total(text):
    """Whatever is typed can be read, and how much of it asks is a share."""
    words = terms(text)
    assert len(phrases(words)) == max(0, len(words) - 1)
    assert 0.0 <= asking(text) <= 1.0
    assert speaks_of_themself(text) in (True, False)
    assert all(weight > 0 for weight in sparse(text, "", "user", KEY).values())


# -- association -------------------------------------------------------------------------------------


@given(scores, st.data())
def test_association_stays_within_a_conversation(values, data):
    """No lift ever comes from another conversation, whatever the order of the rows."""
    sessions = i64(*data.draw(st.lists(st.integers(0, 4), min_size=len(values), max_size=len(values))))
    positions = i64(*data.draw(st.permutations(range(len(values)))))
    fit, places = f32(*values), Places.of(sessions, positions)
    best = conversation_lift(fit, places)
    near = neighbour_lift(fit, places)
    for n in range(len(values)):
        same = [m for m in range(len(values)) if sessions[m] == sessions[n] != 0]
        assert best[n] == (max(fit[m] for m in same) if same else 0)
        before = max(
            (m for m in same if positions[m] < positions[n]), key=lambda m: positions[m], default=None
        )
        after = min(
            (m for m in same if positions[m] > positions[n]), key=lambda m: positions[m], default=None
        )
        assert near[n] == max((fit[m] for m in (before, after) if m is not None), default=0)


def test_an_answer_takes_after_its_question():
    """Only the turn right after a question is lifted by it, and only by a question."""
    places = Places.of(i64(1, 1, 1), i64(0, 1, 2))
    assert answer_lift(f32(4, 1, 0), f32(1, 0, 0), places).tolist() == [0, 4, 0]
    assert answer_lift(f32(4, 1, 0), f32(0, 0, 0), places).tolist() == [0, 0, 0]


# -- scores ------------------------------------------------------------------------------------------


@given(scores)
def test_standardised_scores_keep_the_order(values):
    """A z-score changes the scale, never who is ahead."""
    order = standardised(f32(*values))
    for a, b in zip(range(len(values)), range(1, len(values)), strict=False):
        if f32(*values)[a] > f32(*values)[b]:
            assert order[a] >= order[b]


def signals(n: int, **given) -> Signals:
    zero = np.zeros(n, dtype=np.float32)
    names = ("meaning", "words", "phrases", "coverage", "speaker", "asking", "superseded", "use")
    return Signals(**{name: given.get(name, zero) for name in names})


def test_every_weight_is_a_part_of_its_own():
    """A part that is left out is zero, and the other own parts stay what they were."""
    some = signals(
        3, meaning=f32(0.1, 0.5, 0.2), words=f32(3, 0, 1), speaker=f32(0, 1, 0), asking=f32(0, 0, 1)
    )
    places = Places.of(i64(1, 1, 2), i64(0, 1, 0))
    whole, less = parts(some, places, RankingPolicy()), parts(some, places, RankingPolicy(speaker=0))
    assert whole["speaker"].tolist() == [0, 3, 0]
    assert less["speaker"].tolist() == [0, 0, 0]
    assert np.array_equal(whole["words"], less["words"])
    assert whole["asking"].tolist() == [0, 0, -1]


def test_what_all_share_tells_nothing():
    """Where everything was said by the one who is asked about, nobody is lifted."""
    everyone = signals(2, speaker=f32(1, 1))
    assert parts(everyone, Places.of(i64(0, 0), i64(0, 0)), RankingPolicy())["speaker"].tolist() == [0, 0]


def contenders(**given) -> Contenders:
    base = {
        "scores": f32(3, 2),
        "coverage": f32(1, 1),
        "speaker": f32(1, 1),
        "recency": i64(0, 1),
        "likeness": f32(1, 0.9, 0.9, 1).reshape(2, 2),
    }
    return Contenders(**(base | given))


def test_the_newer_of_two_that_say_the_same_stands_first():
    """An older statement falls right below the newer one that took its place."""
    lowered, newer = renewals(contenders(), RankingPolicy())
    assert (f32(3, 2) + lowered)[0] < 2
    assert newer.tolist() == [1, -1]


@pytest.mark.parametrize(
    "different",
    [
        {"likeness": f32(1, 0.3, 0.3, 1).reshape(2, 2)},
        {"coverage": f32(1, 0.5)},
        {"coverage": f32(0.3, 0.3)},
        {"speaker": f32(1, 0)},
        {"recency": i64(1, 0)},
    ],
)
def test_nothing_is_renewed_by_something_else(different):
    """Unlike, about less of the question, hardly about it, said by another, or older: all stays."""
    assert renewals(contenders(**different), RankingPolicy())[0].tolist() == [0, 0]


def test_what_is_left_out_lifts_nobody():
    """A memory that may not come to mind is to the others as if it were not there."""
    some = signals(4, meaning=f32(0.1, 0.2, 0.9, 0.3), words=f32(1, 0, 9, 2), asking=f32(0, 0, 1, 0))
    there = np.array([True, True, False, True])
    places, alone = Places.of(i64(1, 1, 1, 1), i64(0, 1, 2, 3)), Places.of(i64(1, 1, 1), i64(0, 1, 3))
    without = signals(3, meaning=f32(0.1, 0.2, 0.3), words=f32(1, 0, 2))
    hidden = parts(some, places, RankingPolicy(neighbour=0), there)
    gone = parts(without, alone, RankingPolicy(neighbour=0))
    for name in gone:
        assert hidden[name][there].tolist() == pytest.approx(gone[name].tolist()), name


@given(scores, st.data())
def test_every_lift_names_its_giver(values, data):
    """The memory named as the giver of a lift has exactly the fit that was given."""
    asks = f32(*data.draw(st.lists(st.sampled_from([0.0, 1.0]), min_size=len(values), max_size=len(values))))
    sessions = i64(*data.draw(st.lists(st.integers(0, 3), min_size=len(values), max_size=len(values))))
    alone, places = f32(*values), Places.of(sessions, i64(*range(len(values))))
    lifts = {
        "neighbour": neighbour_lift(alone, places),
        "answer": answer_lift(alone, asks, places),
        "conversation": conversation_lift(alone, places),
    }
    for n in range(len(values)):
        givers = lifters(n, alone, asks, places)
        for name, lift in lifts.items():
            assert lift[n] == (alone[givers[name]] if name in givers else 0), name


@given(scores, st.integers(0, 40))
def test_the_best_come_first_and_ties_in_order(values, count):
    """Choosing the best few gives the beginning of the whole stable order."""
    assert (
        best_first(f32(*values), count).tolist() == np.argsort(-f32(*values), kind="stable")[:count].tolist()
    )


# -- what is in mind ---------------------------------------------------------------------------------


def heard(text: str, *vector: float) -> Heard:
    return Heard(f32(*vector), understood(text, dimension))


def test_what_was_asked_last_counts_most():
    """Of two turns the newer one is nearer to what is in mind, in meaning and in words."""
    mind = blended([heard("the red boat", 1, 0), heard("the green kettle", 0, 1)])
    assert mind is not None
    assert mind.vector[1] > mind.vector[0] > 0
    assert mind.asked.words[dimension("kettl")] > mind.asked.words[dimension("boat")] > 0


def test_minds_are_apart_and_forget():
    """A conversation has in mind only its own turns, no more than the last few, and nothing after a forgetting."""
    priming = Priming()
    for n in range(TURNS + 1):
        priming.note("ada", "one", heard(f"word{n}", 1, 0))
    mind = priming.before("ada", "one")
    assert mind is not None
    assert dimension("word0") not in mind.asked.words
    assert priming.before("ada", "two") is priming.before("bob", "one") is None
    priming.let_go()
    assert priming.before("ada", "one") is None


def test_what_was_said_here_needs_no_priming():
    """The turns of the conversation itself are not lifted by it; others are, as far as they fit."""
    before = signals(3, meaning=f32(0.9, 0.8, 0.1))
    here = np.array([True, False, False])
    lift = primed(before, here, RankingPolicy(), np.ones(3, dtype=np.bool_))
    assert lift[0] == 0
    assert lift[1] > lift[2]


@given(st.lists(st.floats(0, 1000), max_size=20), st.floats(0, 1000))
def test_each_use_brings_nearer_and_none_decides(days, another):
    """A further use never makes less present, and all uses together weigh less than one standard deviation."""
    assert presence(days) <= presence([*days, another]) < 1


def test_a_use_counts_as_long_as_its_answer_is_remembered():
    """When the answer is forgotten that rested on a memory, the memory was not used."""
    working_set = WorkingSet(2, ASKS)
    working_set.add([row("a", vector=(1, 0)), row("b", vector=(1, 0)), row("answer", vector=(1, 0))])
    working_set.used("a", "answer", 1)
    asked = understood("x", dimension)
    assert working_set.score(f32(1, 0), asked, now=2).signals.use.tolist() == [0.5, 0, 0]
    working_set.remove(["answer"])
    assert working_set.score(f32(1, 0), asked, now=2).signals.use.tolist() == [0, 0]


# -- whether anything fits ---------------------------------------------------------------------------

shares = st.floats(0, 1)


@given(st.lists(shares, min_size=3, max_size=3), shares, st.integers(0, 2), st.integers(1, 100_000))
def test_more_in_common_is_never_less_likely(common, other, which, memories):
    """A memory that is nearer, or holds more of the question, never speaks against itself."""

    def likely(value):
        meaning, words, phrases = (value if n == which else share for n, share in enumerate(common))
        return relevance(Signs(meaning, 10 * words, 10 * phrases, 10.0, memories))

    low, high = sorted((common[which], other))
    assert likely(low) <= likely(high)


def test_a_long_question_need_not_be_held_whole():
    """Of a whole dialogue a few rare words are enough; of a short question nearly all are asked for."""
    few = 6.9
    assert Signs(0.0, few, 0.0, asked=200.0, memories=1000).words == Signs(0.0, few, 0.0, 24.2, 1000).words
    assert Signs(0.0, few, 0.0, asked=few, memories=1000).words == 1


# -- the working set ---------------------------------------------------------------------------------


def found(working_set: WorkingSet, text: str, vector=(1, 0)) -> list[tuple[str, float]]:
    scored = working_set.score(f32(*vector), understood(text, dimension))
    return list(zip(scored.ids, scored.signals.words.tolist(), strict=True))


def test_a_removed_memory_leaves_no_trace_in_the_statistics():
    """Scores after a removal are those of a set that never held the memory."""
    kept = [row("a", "a red car", vector=(1, 0)), row("b", "a blue car", vector=(0, 1), position=1)]
    one, other = WorkingSet(2, ASKS), WorkingSet(2, ASKS)
    one.add([*kept, row("c", "a green car", vector=(1, 1), position=2)])
    one.remove(["c"])
    other.add(kept)
    assert found(one, "car red") == found(other, "car red")
    assert "c" not in one


def test_a_replaced_memory_is_found_as_it_is_now():
    """Taking a memory in again replaces its words and its vector."""
    working_set = WorkingSet(2, ASKS)
    working_set.add([row("a", "red", vector=(1, 0)), row("b", "blue", vector=(0, 1))])
    working_set.add([row("a", "green", vector=(0, 1))])
    assert dict(found(working_set, "red")) == {"b": 0, "a": 0}
    scored = working_set.score(f32(1, 0), understood("green", dimension))
    assert scored.signals.meaning.tolist() == [0, 0]


def test_the_best_window_of_a_long_memory_counts():
    """A long memory fits as well as its best stretch does."""
    working_set = WorkingSet(2, ASKS)
    working_set.add([row("a", vector=(0, 1)), row("a#1", vector=(1, 0))])
    assert working_set.score(f32(1, 0), understood("x", dimension)).signals.meaning.tolist() == [1]


def test_a_question_of_several_sentences_fits_by_the_nearest_of_them_too():
    """What only one sentence of a long question asks for counts half as much as the whole of it."""
    working_set = WorkingSet(2, ASKS)
    working_set.add([row("a", vector=(1, 0)), row("b", vector=(0, 1))])
    whole_then_sentences = np.float32([[0.6, 0.8], [1, 0], [0.6, 0]])
    meaning = working_set.score(whole_then_sentences, understood("x", dimension)).signals.meaning
    assert meaning.tolist() == pytest.approx([(0.6 + 0.5) / 1.5, 0.8 / 1.5])


def test_moving_together_changes_no_score():
    """When the dead places are left out, everything living scores as before."""
    rng = np.random.default_rng(1)
    rows = [
        row(f"{n:05d}", f"word{n % 7} thing", vector=rng.standard_normal(2), session=n % 9 + 1, position=n)
        for n in range(LEAST_PLACES + 200)
    ]
    many, few = WorkingSet(2, ASKS), WorkingSet(2, ASKS)
    many.add(rows)
    many.remove([r.id for r in rows[:LEAST_PLACES]])
    many.add([row("new", "word3 thing", vector=(1, 0))])
    few.add([*rows[LEAST_PLACES:], row("new", "word3 thing", vector=(1, 0))])
    asked = understood("word3", dimension)
    one, other = many.score(f32(1, 0), asked), few.score(f32(1, 0), asked)
    assert one.ids == other.ids
    for name in ("meaning", "words", "coverage", "asking"):
        assert np.allclose(getattr(one.signals, name), getattr(other.signals, name))
    assert np.array_equal(one.places.conversation, other.places.conversation)
