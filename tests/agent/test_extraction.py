"""What the offline rules learn from talk, and what they leave alone."""

from __future__ import annotations

import importlib.util
import json
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from types import ModuleType

import pytest

from agent.distillers.rules import claims, drafts
from agent.hearsay import Hearsay
from memory.records import Shown

NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"bench_{name}", ROOT / "benchmarks" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def evaluated(name: str):
    lines = (ROOT / f"tests/data/extraction_{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return load("extract").evaluate([json.loads(line) for line in lines])


@pytest.fixture(scope="module", params=["open", "second", "wide_open"])
def result(request):
    return evaluated(request.param)


def test_the_relation_is_right_where_its_names_are_ours():
    """Where messages are labelled with our relations, at least 95 of 100 facts are filed under the right one."""
    assert evaluated("open")["kinds"]["fact"]["relation right"] >= 0.95


def test_few_and_right_by_kind(result):
    """On the messages that were learned from, precision is at least .94 and recall at least .75, by kind."""
    for kind in ("fact", "preference"):
        assert result["kinds"][kind]["precision"] >= 0.94, result["wrong"][kind]
        assert result["kinds"][kind]["recall"] >= 0.75, result["missed"][kind]


def test_nothing_is_learned_from_nothing(result):
    """Questions, suppositions, quotes, stories and irony leave nothing behind."""
    assert result["learned from nothing"] <= 0.02


@pytest.mark.parametrize(
    "text",
    [
        "I'm so hungry I could murder a curry",
        "My friend told me that he is allergic to nuts",
        "I might get a cat called Tom",
        "I used to live in Rome.",
        "I live in Rome, no wait, it's Ostia since March.",
        "I'm going to try that tomorrow",
        "I prefer the second version",
        "I run into this error every day",
        "Had I lived in Rome, I would know.",
        'She said: "I am a vegan and I live in Bath."',
        "Am I a plumber?",
        "Her name is Shadow!",
        "Keep up the great work in the future!",
        "We all make mistakes",
        "Let's make some changes",
        "Enjoy the fresh air and the views",
        "If I take the train, I live in fear of delays",
        "I've never planned or prepared for any interviews",
        "So you say: I love helping with recipes.",
        "write me a short poem",
        "no more tea for me tonight",
    ],
)
def test_what_is_not_stated_is_not_learned(text):
    """A wish, a supposition, a rumour, a moment and a choice among offers are nothing to remember."""
    assert claims(text) == []


def test_filler_and_the_assistants_own_words_teach_nothing():
    """A thousand turns of filler and of the assistant's words that come back leave at most five memories."""
    junk, hearsay, left = load("junk"), Hearsay(), []
    for number, (speaker, text) in enumerate(junk.turns(1000, Random(7))):
        episode = Shown(
            id=str(number), kind="episode", text=text, occurred_at=NOON, recorded_at=NOON, origin="said", status="active",
            version=1, importance=0.5, confidence=1.0, speaker=speaker,
        )  # fmt: skip
        left += hearsay.sifted(drafts(episode) if speaker == "user" else [], [episode])
    assert len(left) <= 5, left


async def test_recalling_a_fact_again_and_again_leaves_one(tmp_path):
    """What is asked for in round after round, and quoted in each answer, stays one fact."""
    junk = load("junk")
    app = await junk.opened(tmp_path)
    try:
        assert await junk.echo(app, rounds=8) == ["The user lives in Ghent."]
    finally:
        await app.aclose()


def test_what_the_person_said_first_is_theirs():
    """The assistant's words are nobody's; the person's own stay theirs when the assistant gives them back later."""
    hearsay = Hearsay()
    hearsay.hear("You told me: “I live in Ghent.” I love old towns.")
    assert hearsay.holds("I love old towns.")
    assert not hearsay.holds("I live in Ghent.")


@pytest.mark.parametrize(
    ("text", "who", "relation", "value"),
    [
        ("been on sertraline about a month now", "", "takes", "sertraline"),
        (
            "my stepdad fixes church organs for a living",
            "stepfather",
            "job",
            "fixes church organs for a living",
        ),
        ("I've kept bees for ten years", "", "does", "kept bees"),
        ("What's the tallest building in Rotterdam? I moved here in 2019.", "", "lives_in", "Rotterdam"),
        ("I've gone off whisky altogether", "", "dislikes", "whisky"),
        ("nothing beats a cold plum", "", "favourite", "cold plum"),
        ("I'd always rather take the train than fly", "", "prefers", "take the train"),
        ("Don't call me buddy.", "", "wants_answers", "Do not call me buddy"),
        ("Metric only from here on please", "", "wants_answers", "Metric only"),
        ("Mushrooms? No thank you, I've loathed them since childhood.", "", "dislikes", "Mushrooms"),
        ("is brie ok, I'm 5 months pregnant?", "", "health", "pregnant"),
        ("My mum is a nurse and lives in Cork.", "mother", "lives_in", "Cork"),
        ("I don't eat pork.", "", "diet", "does not eat pork"),
        ("I used to live in Rome but now I live in Oslo", "", "lives_in", "Oslo"),
        ("My friend Ines speaks Greek", "Ines", "speaks", "Greek"),
        ("i got engaged to Paul, how do i tell my boss?", "", "partner", "Paul"),
    ],
)
def test_about_whom_it_is_said(text, who, relation, value):
    """What is said of somebody close is kept with them as its subject."""
    assert (who, relation, value) in [(c.who, c.relation, c.value) for _, c in claims(text)]
