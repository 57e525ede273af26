"""What is believed: slots, disputes, ends, and what was known when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from memory.errors import BadInput
from memory.records import Draft, Shown, Utterance
from memory.semantic import Change, believed, decide, resting_on
from privacy.identity import Principal, Scope

as_ada = {"scope": Scope("ada"), "by": Principal("ada")}
START = datetime(2026, 5, 1, 12, tzinfo=UTC)


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def pass_days(self, days: int) -> None:
        self.now += timedelta(days=days)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def app(tmp_path, clock):
    settings = Settings(home=tmp_path / "home", config_home=tmp_path / "config", masking=False)
    app = await open_app(settings, clock=clock, model=ScriptedModel())
    yield app
    await app.aclose()


async def told(app, text: str) -> list[Shown]:
    """What is believed after something was said and read."""
    await app.memory.remember(Utterance(text=text), **as_ada)
    app.worker.nudge(as_ada["scope"], as_ada["by"])
    await app.worker.drain()
    return [
        m for kind in ("fact", "preference") for m in (await app.memory.browse(kind=kind, **as_ada)).memories
    ]


def one(memories: list[Shown], value: str) -> Shown:
    return next(memory for memory in memories if memory.object == value)


async def test_a_newer_home_closes_the_older(app, clock):
    """Of two homes the newer holds; the older says until when it did, and is not lost."""
    await told(app, "I live in Oslo.")
    clock.pass_days(2)
    facts = await told(app, "I live in Bergen now.")
    oslo, bergen = one(facts, "Oslo"), one(facts, "Bergen")
    assert (oslo.status, bergen.status) == ("superseded", "active")
    assert oslo.valid_until == bergen.valid_from == clock.now
    found = [hit.memory.object for hit in (await app.memory.recall("Where do I live?", **as_ada)).hits]
    assert found.index("Bergen") < found.index("Oslo")


async def test_what_was_known_then(app, clock):
    """Asked for an earlier day, memory tells what it believed on that day."""
    await told(app, "I live in Oslo.")
    then = clock.now
    clock.pass_days(3)
    await told(app, "I live in Bergen now.")
    assert [m.object for m in await app.memory.facts(as_of=then, **as_ada)] == ["Oslo"]
    assert [m.object for m in await app.memory.facts(**as_ada)] == ["Bergen"]
    assert await app.memory.facts(as_of=then - timedelta(days=1), **as_ada) == []


async def test_a_contradiction_waits_for_the_person(app, clock):
    """Two birthdays are both disputed until one of them is confirmed; then the other does not hold."""
    await told(app, "My birthday is on 9 November.")
    clock.pass_days(1)
    facts = await told(app, "My birthday is on 12 November.")
    assert {fact.status for fact in facts} == {"disputed"}
    await app.memory.confirm(one(facts, "9 November").id, **as_ada)
    after = (await app.memory.browse(kind="fact", **as_ada)).memories
    assert one(after, "9 November").status == "active"
    assert one(after, "12 November").status == "superseded"
    assert (await app.memory.verify()).entries > 0


async def test_it_was_true_until(app, clock):
    """An end is a day that the fact keeps; confirming takes the end back; an end before the beginning is refused."""
    fact = one(await told(app, "I play the cello."), "cello")
    clock.pass_days(9)
    with pytest.raises(BadInput):
        await app.memory.ended(fact.id, START - timedelta(days=1), **as_ada)
    over = await app.memory.ended(fact.id, START + timedelta(days=4), **as_ada)
    assert (over.status, over.valid_until) == ("superseded", START + timedelta(days=4))
    again = await app.memory.confirm(fact.id, **as_ada)
    assert (again.status, again.valid_until, again.version) == ("active", None, 3)


async def test_a_correction_is_said_by_the_person(app):
    """A correction closes the old fact and rests on its own words; the old one can be brought back."""
    old = one(await told(app, "My phone is a Fairphone 5."), "Fairphone 5")
    new = await app.memory.correct(old.id, "Fairphone 4", **as_ada)
    assert (new.object, new.status, new.quote) == ("Fairphone 4", "active", "I own Fairphone 4.")
    facts = (await app.memory.browse(kind="fact", **as_ada)).memories
    assert one(list(facts), "Fairphone 5").status == "superseded"
    assert await app.memory.unsupported(**as_ada) == []


async def test_not_about_me(app):
    """What is not about the person is out of what is believed, and its source does not teach it again."""
    fact = one(await told(app, "I live in Oslo."), "Oslo")
    await app.memory.not_mine(fact.id, **as_ada)
    assert await app.memory.facts(**as_ada) == []
    taught = Draft(kind="fact", text=fact.text, episode=fact.sources[0], quote=fact.quote, relation="lives_in", object="Oslo")  # fmt: skip
    assert await app.memory.learn([taught], **as_ada) == []


async def test_a_conclusion_falls_with_its_premise(app, clock):
    """What was concluded from a home is up for review once the home has changed."""
    home = one(await told(app, "I live in Oslo."), "Oslo")
    concluded = Draft(
        kind="fact", text="The user lives in Norway.", episode=home.sources[0], quote="I live in Oslo", relation="country",
        object="Norway", because=(home.id,),
    )  # fmt: skip
    (norway,) = await app.memory.learn([concluded], **as_ada)
    clock.pass_days(1)
    await told(app, "I live in Rome now.")
    assert (await app.memory.get(norway.id, **as_ada)).status == "disputed"


async def test_a_taste_that_turned(app, clock):
    """Who hates now what they liked does not like it any more."""
    await told(app, "I love opera.")
    clock.pass_days(1)
    await told(app, "I hate opera.")
    memories = (await app.memory.browse(kind="preference", **as_ada)).memories
    assert {m.polarity: m.status for m in memories} == {"likes": "superseded", "dislikes": "active"}


async def test_somebody_elses_taste_is_theirs(app):
    """What a husband likes is kept as his."""
    facts = await told(app, "My husband loves crisps.")
    assert [(m.subject, m.object, m.text) for m in facts] == [
        ("husband", "crisps", "The user's husband likes crisps.")
    ]


FACT = Shown(
    id="m", kind="fact", text="", occurred_at=START, recorded_at=START, origin="said", status="active", version=1,
    importance=0.5, confidence=1.0, subject="user",
)  # fmt: skip
RELATIONS = st.sampled_from(["lives_in", "birthday", "speaks", "pet"])
VALUES = st.sampled_from(["a", "b", "c"])


@given(st.lists(st.tuples(RELATIONS, VALUES), max_size=12))
def test_deciding_twice_changes_nothing(said):
    """A slot has one value, a second reading of the same words is no news, and no two disputes are one-sided."""
    known: list[Shown] = []
    for n, (relation, value) in enumerate(said):
        draft = Draft(kind="fact", text=f"{relation} {value}", episode=f"{n:03}", quote="q", relation=relation, object=value)  # fmt: skip
        decision = decide(draft, known)
        if decision is None:
            continue
        known = [
            replace(m, status="superseded" if m.id in decision.closes else "disputed" if m.id in decision.disputes else m.status)
            for m in known
        ]  # fmt: skip
        status = "disputed" if decision.disputed else "active"
        known.append(replace(FACT, id=f"f{n}", text=draft.text, relation=relation, object=value, sources=(draft.episode,), status=status))  # fmt: skip
        assert decide(draft, known) is None
    homes = [m for m in known if m.relation == "lives_in" and m.status == "active"]
    birthdays = [m for m in known if m.relation == "birthday"]
    assert len(homes) == (1 if any(relation == "lives_in" for relation, _ in said) else 0)
    assert len(birthdays) <= 1 or all(m.status == "disputed" for m in birthdays)


@given(
    st.lists(
        st.tuples(st.sampled_from(["remembered", "superseded", "confirmed", "ended"]), VALUES), max_size=20
    )
)
def test_what_was_believed_never_changes_afterwards(entries):
    """What was believed at a moment is the same, however long the journal grows."""
    journal = [Change(at, action, memory) for at, (action, memory) in enumerate(entries)]
    for at in range(len(journal)):
        assert believed(journal, at) == believed(journal[: at + 1], at)


def test_everything_that_rests_on_it():
    """The review reaches what was concluded from a conclusion, and nothing else."""
    chain = [replace(FACT, id=name, sources=sources) for name, sources in (("a", ()), ("b", ("a",)), ("c", ("b",)), ("d", ("x",)))]  # fmt: skip
    assert resting_on(["a"], chain) == ("b", "c")
