"""What a small change of a way of answering is, what it risks, and that it holds at once only where its person said so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.small_changes import is_small, risk_of
from agent.wiring import App, open_app
from memory.credit import Outcome, Tally
from memory.records import Proposal, Shown, Utterance
from memory.trying import judged, verdict
from privacy.identity import Principal, Scope

as_ada = {"scope": Scope("ada"), "by": Principal("ada")}
NOW = datetime(2026, 5, 3, tzinfo=UTC)


def skill(rule: str, trigger: str = "I ask for a recipe") -> Shown:
    return Shown(
        id="a", kind="procedure", text=rule, occurred_at=NOW, recorded_at=NOW, origin="said", status="active",
        version=1, importance=0, confidence=1, rule=rule, trigger=trigger, scope="situation" if trigger else "always",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "small"),
    [
        ("use grams", "please use the grams", True),
        ("use gramms", "use grams", True),
        ("Use grams.", "use grams", True),
        ("benutze Gramm", "bitte benutze die Gramm", True),
        ("use grams", "use ounces", False),
        ("use grams", "never use grams", False),
        ("use 20 grams", "use 30 grams", False),
        ("salt before sugar", "sugar before salt", False),
        ("give typical answers", "give atypical answers", False),
        ("suggest the fastest train", "suggest the train that leaves 20 minutes of slack", False),
        ("send it to my editor", "please send it to my editor", False),
        ("write it down", "write it down and publish it", False),
    ],
)
def test_only_the_wording_is_small(before: str, after: str, small: bool) -> None:
    """The same words in the same order; what acts on the world never is."""
    assert is_small(skill(before), skill(after)) is small


def test_another_place_is_no_small_change() -> None:
    """The words may be the same: where they hold must be too; and more answers are more risk, and acting the most."""
    here, everywhere = skill("use grams"), skill("use grams", trigger="")
    assert not is_small(here, everywhere)
    assert not is_small(here, skill("use grams", "I ask for a letter"))
    assert risk_of(skill("use ounces"), here) == "low"
    assert risk_of(everywhere, here) == "medium"
    assert risk_of(everywhere, None) == "medium"
    assert risk_of(skill("send it to my editor"), here) == "high"


def test_a_change_is_judged_by_turns_that_were_judged() -> None:
    """Better where it was missed or did not help, worse where it helped and would be gone or was not missed; newest count."""
    missed, helped = Outcome("a", applied=False, good=False), Outcome("b", applied=True, good=True)
    failed, fine = Outcome("c", applied=True, good=False), Outcome("d", applied=False, good=True)
    said = [
        verdict(turn, before=before, after=after, reworded=reworded)
        for turn, before, after, reworded in (
            (missed, False, True, False),
            (missed, False, False, False),
            (helped, True, True, True),
            (helped, True, False, True),
            (failed, True, True, True),
            (failed, True, True, False),
            (fine, False, True, False),
            (fine, False, False, False),
        )
    ]
    assert said == ["better", "same", "same", "worse", "better", "same", "worse", "same"]
    inherited = Tally((replace(helped, applied=False, good=False),))
    assert judged(inherited, [Tally((helped, failed))], 10) == (helped, failed)
    assert judged(inherited, [Tally((helped, failed))], 1) == (failed,)


@pytest.fixture
async def app(tmp_path: Path):
    opened = await open_app(
        Settings(home=tmp_path / "home", config_home=tmp_path / "config"), model=ScriptedModel()
    )
    yield opened
    await opened.aclose()


async def learned(app: App, rule: str) -> str:
    (said,) = await app.memory.remember(Utterance(text=f"When I ask for a recipe, {rule}."), **as_ada)
    kept = await app.memory.adopt(
        Proposal(rule=rule, trigger="I ask for a recipe", scope="situation", episode=said.id, quote=said.text,
                 learned="instruction", status="active"),
        **as_ada,
    )  # fmt: skip
    assert kept is not None
    return kept.id


async def test_a_small_change_holds_at_once_where_its_person_said_so(app: App) -> None:
    """Off until it is turned on; then only what is small holds at once, and Activity says so. What acts waits."""
    grams = await learned(app, "use gramms")
    waits = await app.practice.reword(grams, "please use gramms", None, **as_ada)
    assert waits.procedure.needs_approval
    await app.practice.reject(waits.procedure.id, **as_ada)
    await app.charters.small_changes(True, **as_ada)
    small = await app.practice.reword(grams, "use grams", None, **as_ada)
    assert (small.procedure.status, small.procedure.needs_approval) == ("active", False)
    assert (await app.practice.account(grams, **as_ada)).procedure.status == "retired"
    large = await app.practice.reword(small.procedure.id, "use ounces", None, **as_ada)
    assert large.procedure.needs_approval
    sends = await learned(app, "send it to my editor")
    acts = await app.practice.reword(sends, "please send it to my editor", None, **as_ada)
    assert (acts.procedure.needs_approval, acts.risk) == (True, "high")
    noted = [event.action for event in await app.activity.events(**as_ada)]
    assert noted.count("small change") == 1
    assert "decided" in noted
    back = await app.practice.roll_back(small.procedure.id, **as_ada)
    assert (back.procedure.id, back.procedure.status) == (grams, "active")


async def test_a_proposal_is_tried_on_the_judged_cases(app: App) -> None:
    """Turns in which the version before helped or failed are counted, and shown with what the prompt would hold."""
    grams = await learned(app, "use grams")
    turns = []
    for text in ("A recipe for pancakes?", "I ask for a recipe for soup.", "What is the weather like?"):
        turns += await app.memory.remember(Utterance(text=text, session="past"), **as_ada)
    for turn, good in zip(turns, (True, False, False), strict=True):
        outcome = Outcome(turn.id, applied=turn is not turns[2], good=good)
        await app.outcomes.note(grams, f"run-{turn.id}", outcome, **as_ada)
    edition = await app.practice.reword(grams, "use ounces", None, **as_ada)
    tried = await app.practice.replay(edition.procedure.id, **as_ada)
    assert tried.better + tried.same + tried.worse == len(tried.tried) == 3
    says = {one.asked: one.verdict for one in tried.tried}
    assert says["I ask for a recipe for soup."] == "better"
    assert any("ounces" in one.difference for one in tried.tried)
    assert edition.before == 1
    assert edition.chats >= 1
