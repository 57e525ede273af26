"""When procedures apply and what becomes of them: the pure decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from memory.credit import Belief, Outcome, Tally, station, takes_over
from memory.editions import difference, editions
from memory.procedural import CHARACTERS, NEAR, WITHHELD, Candidate, Likeness, fit, select, usable
from memory.records import Shown

NOW = datetime(2026, 1, 5, tzinfo=UTC)
GRAMS = Shown(
    id="a",
    kind="procedure",
    text="When I ask for a recipe: use grams",
    rule="use grams",
    trigger="I ask for a recipe",
    scope="situation",
    learned="correction",
    status="active",
    occurred_at=NOW,
    recorded_at=NOW,
    origin="said",
    version=1,
    importance=0.5,
    confidence=1.0,
)
cosines = st.lists(st.floats(-1, 1), max_size=6).map(tuple)
counts = st.integers(0, 30)


def tally(helpful: int = 0, harmful: int = 0, wanted: int = 0, spared: int = 0) -> Tally:
    kinds = (
        [(True, True)] * helpful
        + [(True, False)] * harmful
        + [(False, False)] * wanted
        + [(False, True)] * spared
    )
    return Tally(tuple(Outcome(f"e{n}", *kind) for n, kind in enumerate(kinds)))


def candidate(memory: Shown = GRAMS, counted: Tally | None = None, near: float = 0.9) -> Candidate:
    return Candidate(memory, counted or tally(), Likeness(trigger=near))


@given(cosines, cosines, st.floats(NEAR, 1))
def test_more_that_speaks_for_it_never_takes_it_away(
    wanted: tuple[float, ...], unwanted: tuple[float, ...], more: float
) -> None:
    """Another turn like this in which it was wanted never ends a fit, and another complaint never makes one."""
    fits = fit(Likeness(wanted=wanted, unwanted=unwanted)) > 0
    assert fit(Likeness(wanted=(*wanted, more), unwanted=unwanted)) > 0 or not fits
    assert fit(Likeness(wanted=wanted, unwanted=(*unwanted, more))) <= 0 or fits


def test_many_turns_are_not_like_everything() -> None:
    """Where a procedure was wanted often, a turn that is a little like all of them by chance does not fit."""
    assert fit(Likeness(wanted=(0.13,) * 100)) < 0 < fit(Likeness(wanted=(0.3,) * 100))


@given(st.floats(-1, NEAR - 0.001))
def test_what_is_like_nothing_fits_nothing(cosine: float) -> None:
    """A trigger farther away than NEAR does not apply, and one without trigger and turns never does."""
    assert fit(Likeness(trigger=cosine)) < 0
    assert not Candidate(GRAMS, tally(), Likeness()).fits


def test_one_wrong_complaint_is_outvoted() -> None:
    """Three turns in which it was wanted weigh more than a single slip of the finger close by."""
    assert fit(Likeness(wanted=(0.6, 0.55, 0.6), unwanted=(0.62,))) > 0


@given(counts, counts, st.floats(0.01, 0.99))
def test_a_belief_is_a_distribution(good: int, bad: int, share: float) -> None:
    """Chances lie between 0 and 1, those of a pair add up to 1, and more success never looks worse."""
    belief, other = Belief(good, bad), Belief(bad, good)
    assert 0 <= belief.below(share) <= 1.000001
    assert abs(belief.above(other) + other.above(belief) - 1) < 1e-6
    assert Belief(good + 1, bad).below(share) <= belief.below(share) + 1e-9


@given(st.integers(0, 2**32))
def test_what_was_said_outright_always_applies(seed: int) -> None:
    """No draw, no withholding and no inferred rival keeps an explicit instruction out of the prompt."""
    outright = replace(GRAMS, learned="instruction")
    challenger = replace(GRAMS, id="b", rule="use ounces", status="trial", replaces="a", edition=2)
    chosen = select([candidate(outright), candidate(challenger, tally(helpful=20))], Random(seed))
    assert [applied.memory.id for applied in chosen.applied] == ["a"]
    assert chosen.withheld == ()


def test_what_is_on_trial_is_withheld_in_a_tenth_of_its_turns() -> None:
    """Left out at random and by the seed; what is active or explicit never is."""
    rng, trial = Random(7), candidate(replace(GRAMS, status="trial"))
    left_out = sum(select([trial], rng).withheld == ("a",) for _ in range(2000))
    assert 0.8 * WITHHELD < left_out / 2000 < 1.2 * WITHHELD
    assert not any(select([candidate()], rng).withheld for _ in range(200))


def test_editions_on_trial_are_drawn_by_how_well_they_did() -> None:
    """Of two editions exactly one is in a prompt, the better one mostly, the other still sometimes."""
    rng = Random(3)
    better = candidate(GRAMS, tally(helpful=6, harmful=2))
    worse = candidate(replace(GRAMS, id="b", replaces="a", edition=2), tally(helpful=3, harmful=3))
    drawn = [select([better, worse], rng).applied for _ in range(500)]
    assert {len(applied) for applied in drawn} == {1}
    share = sum(applied[0].memory.id == "a" for applied in drawn) / 500
    assert 0.6 < share < 0.98


@given(st.lists(st.integers(1, 400), min_size=1, max_size=20))
def test_the_budget_holds(lengths: list[int]) -> None:
    """However many fit, the section stays within its characters."""
    many = [
        candidate(replace(GRAMS, id=str(n), text="x" * length, scope="always"))
        for n, length in enumerate(lengths)
    ]
    chosen = select(many, Random(1))
    assert sum(len(applied.memory.text) for applied in chosen.applied) <= CHARACTERS


def test_a_proven_procedure_is_carried_over_and_called_a_trial() -> None:
    """In a turn that is only a little like its own it applies when it has proved itself and nothing else fits."""
    far = NEAR - 0.04
    proven = candidate(GRAMS, tally(helpful=8), near=far)
    (applied,) = select([proven], Random(1)).applied
    assert applied.trial
    assert applied.carried_over
    assert select([candidate(GRAMS, tally(), near=far)], Random(1)).applied == ()


def test_harm_retires_within_a_few_turns_and_a_slip_does_not() -> None:
    """After long success a change of mind is noticed within ten complaints; one wrong thumb in ten never retires."""
    outcomes = list(tally(helpful=30).outcomes)
    for complaints in range(1, 11):
        outcomes.append(Outcome(f"x{complaints}", True, False))
        if station(GRAMS, Tally(tuple(outcomes))) == "retired":
            break
    assert 3 <= complaints <= 10
    slips = Tally(tuple(Outcome(f"e{n}", True, n % 10 != 9) for n in range(300)))
    for end in range(1, 300):
        assert station(GRAMS, Tally(slips.outcomes[:end])) == "active"


def test_a_trial_ends_by_success_or_by_no_effect() -> None:
    """It becomes active when it helps, and goes when answers are no better with it than without."""
    trial = replace(GRAMS, status="trial")
    assert station(trial, tally(helpful=1)) == "trial"
    assert station(trial, tally(helpful=3)) == "active"
    assert station(trial, tally(wanted=3)) == "active"
    assert station(trial, tally(helpful=5, harmful=4, spared=9)) == "retired"
    assert station(replace(trial, needs_approval=True), tally(helpful=30)) == "trial"


@given(counts, counts, counts, counts)
def test_a_challenger_wins_only_beyond_chance(a: int, b: int, c: int, d: int) -> None:
    """With little to go by nothing is replaced, and never both by each other."""
    assert not takes_over(tally(helpful=1), tally())
    assert not (takes_over(tally(a, b), tally(c, d)) and takes_over(tally(c, d), tally(a, b)))
    assert takes_over(tally(helpful=12), tally(helpful=2, harmful=8))


def test_one_edited_answer_is_a_whim_and_two_are_a_habit() -> None:
    """What only an edit showed applies from the second time on; what waits for approval applies never."""
    seen = replace(GRAMS, status="trial", learned="edit")
    assert not usable(seen, tally(wanted=1))
    assert usable(seen, tally(wanted=2))
    assert not usable(replace(GRAMS, status="trial", needs_approval=True), tally(helpful=9))
    assert not usable(replace(GRAMS, status="retired"), tally(helpful=9))


def test_editions_and_their_difference() -> None:
    """The line of editions leads back as far as they are remembered, and a diff says what changed."""
    second = replace(GRAMS, id="b", rule="use ounces", replaces="a", edition=2)
    assert [m.id for m in editions(second, {"a": GRAMS, "b": second})] == ["b", "a"]
    assert [m.id for m in editions(second, {"b": second})] == ["b"]
    assert "-do: use grams\n+do: use ounces" in difference(GRAMS, second)
