"""What the offline rules learn from talk, and what they leave alone."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from agent.distillers.rules import claims

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


@pytest.fixture(scope="module")
def result():
    lines = (ROOT / "tests/data/extraction_open.jsonl").read_text(encoding="utf-8").splitlines()
    return load("extract").evaluate([json.loads(line) for line in lines])


def test_few_and_right_by_kind(result):
    """On the open half of the labelled messages precision is at least .95 and recall at least .60, by kind."""
    for kind in ("fact", "preference"):
        assert result["kinds"][kind]["precision"] >= 0.95, result["wrong"][kind]
        assert result["kinds"][kind]["recall"] >= 0.75, result["missed"][kind]
    assert result["kinds"]["fact"]["relation right"] >= 0.95


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
        "I'm going to try that tomorrow",
        "I prefer the second version",
        "I run into this error every day",
        "Had I lived in Rome, I would know.",
        'She said: "I am a vegan and I live in Bath."',
        "Am I a plumber?",
    ],
)
def test_what_is_not_stated_is_not_learned(text):
    """A wish, a supposition, a rumour, a moment and a choice among offers are nothing to remember."""
    assert claims(text) == []


@pytest.mark.parametrize(
    ("text", "who", "relation", "value"),
    [
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
