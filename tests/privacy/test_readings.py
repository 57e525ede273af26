"""Words that come by again are not read again, and are not kept either."""

from __future__ import annotations

import gc
import time

import pytest

from agent.detection import detector
from agent.settings import Settings
from privacy.detectors import Detector
from privacy.findings import Finding
from privacy.readings import Readings

HERE = (Finding(0, 3, "PERSON", 0.9),)


@pytest.fixture(scope="module")
def reader() -> Detector:
    return detector(Settings().cache_home)


def test_read_once(reader: Detector) -> None:
    """The second look at a long message costs a small part of the first, and finds the same."""
    text = " ".join(
        f"On day {day} Harriet Vane wrote to me about boat number {day * 7}." for day in range(150)
    )
    before = time.process_time()
    first = reader.detect(text)
    between = time.process_time()
    second = reader.detect(text)
    after = time.process_time()
    assert first
    assert second == first
    assert after - between < (between - before) / 2


def test_nothing_found_is_remembered_too() -> None:
    """Words without a detail are not read again either: nothing found is not the same as never read."""
    readings = Readings()
    assert readings.get("The tide comes in.") is None
    readings.put("The tide comes in.", ())
    assert readings.get("The tide comes in.") == ()


def test_the_oldest_goes() -> None:
    """Only so much is kept, and what was used longest ago makes room."""
    readings = Readings(most=2)
    readings.put("one", HERE)
    readings.put("two", HERE)
    assert readings.get("one") == HERE
    readings.put("three", HERE)
    assert readings.get("two") is None
    assert readings.get("one") == HERE


def test_no_words_are_kept() -> None:
    """What was read is not held: only digests, offsets and labels are."""
    readings = Readings()
    readings.put("Harriet Vane " + "lives in Bath", HERE)
    gc.collect()
    held = repr(vars(readings)) + repr([key.hex() for key in readings._found])
    assert "Harriet" not in held
    assert b"Harriet".hex() not in held
