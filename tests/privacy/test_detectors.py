"""The detector as a whole: steady, patient with long texts, quiet, and honest when its model is missing."""

from __future__ import annotations

import socket
import threading
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.choosing import chosen_detector
from agent.detection import detector as detector_of
from agent.errors import AssetMissing
from agent.settings import Settings
from privacy.detectors import OVERLAP, PIECE
from privacy.known_names import KnownNames
from privacy.normalization import normalized, spelled

TEXTS = [
    "My name is Katarina Wolfsberg, I live at 221 Baker Street and my phone is (415) 555-2671.",
    "Ich heiße Jürgen Großmann und wohne in der Lindenallee 14 in Köln.",
    "hello there, what a day",
    "",
    "   ",
    "\u200b",
    "card ４１１１ １１１１ １１１１ １１１１ and five five five, oh one two three is my phone",
]


@pytest.fixture(scope="module")
def detector():
    return chosen_detector(Settings())


def test_the_same_text_gives_the_same_findings(detector):
    """Alone, in a batch, again, and from eight threads at once."""
    alone = [detector.detect(text) for text in TEXTS]
    assert detector.detect_many(TEXTS) == alone
    assert detector.detect_many(TEXTS[::-1]) == alone[::-1]
    answers = []
    threads = [
        threading.Thread(target=lambda: answers.append([detector.detect(text) for text in TEXTS]))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [alone] * 8


def test_a_text_of_nothing_has_no_findings(detector):
    """Empty, blank and invisible texts."""
    assert detector.detect_many(["", " \n", "\u200b\u2060"]) == [[], [], []]


@pytest.mark.parametrize("shift", range(0, 24, 3))
def test_nothing_is_cut_at_a_border(detector, shift):
    """A name and a card that lie across the border of two pieces are found whole."""
    detail = "my name is Katarina Wolfsberg and my card is 4111 1111 1111 1111"
    text = (
        ("so it went on and on. " * PIECE)[: PIECE - len(detail) + 2 * shift]
        + f" {detail} "
        + "so it went on. " * 40
    )
    covered = {i for f in detector.detect(text) for i in range(f.start, f.end)}
    for part in ("Katarina", "Wolfsberg", "4111 1111 1111 1111"):
        start = text.index(part)
        assert all(i in covered for i in range(start, start + len(part)) if text[i] != " ")
    assert len(detail) < OVERLAP


def test_a_long_text_takes_a_time_in_proportion(detector):
    """Twice the text, about twice the time: no rule is lost in a long one."""
    line = "Anna met Dr. Weber at 12 Hill Road; call +44 20 7946 0958 or write to a.weber@posteo.net. " * 110
    detector.detect(line)

    def seconds(text):
        began = time.process_time()
        assert detector.detect(text)
        return time.process_time() - began

    assert seconds(line * 4) < 10 * seconds(line) + 1


@pytest.mark.parametrize(
    "evil",
    [
        "a'",
        "\n",
        "1 ",
        "my name is ",
        "(",
        "password is ",
        "rue de ",
        "A.",
        "@a",
        "-----BEGIN PRIVATE KEY-----",
    ],
)
def test_no_text_holds_the_rules_up(detector, evil):
    """A text made to be slow takes no longer than a few seconds for 10,000 characters."""
    began = time.process_time()
    detector.detect((evil * 10_000)[:10_000])
    assert time.process_time() - began < 20


def test_known_names_are_found_without_any_sign(detector):
    """A name the person used before is found where no model would see one."""
    found = detector.detect("and then xanthippe99 said ok, zorblax too", KnownNames(["Zorblax"]))
    assert "PERSON" in {f.label for f in found}


def test_nothing_is_asked_of_the_network(detector, monkeypatch):
    """Detecting opens no connection."""

    def refuse(*arguments):
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert detector.detect("write to kat@brewery.example, https://posteo.example/kat")


def test_a_missing_model_is_said(tmp_path):
    """Masking is never silently weaker: without its model it refuses, and says what to do."""
    with pytest.raises(AssetMissing, match="keepsake fetch"):
        detector_of(tmp_path).detect("My name is Katarina.")


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=60))
def test_every_stretch_leads_back(text):
    """Whatever is typed, each character of the changed text knows where it came from, in order."""
    for view in (normalized(text), spelled(text)):
        if view is None:
            continue
        assert len(view.starts) == len(view.ends) == len(view.text)
        assert list(view.starts) == sorted(view.starts)
        assert all(0 <= start < end <= len(text) for start, end in zip(view.starts, view.ends, strict=True))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Jose\u0301", "José"),
        ("e\u0323\u0301", "ẹ́"),
        ("４１１１", "4111"),
        ("٤١ ४१", "41 41"),
        ("4\ufe0f\u20e31\ufe0f\u20e3", "41"),
        ("k\u200ba\u00adt\u2060@x", "kat@x"),
        ("ﬁ①", "fi1"),
        ("नमस्ते", "नमस्ते"),
    ],
)
def test_disguises_are_undone(text, plain):
    """Letters with their marks, other digits, nothing invisible; other scripts stay whole."""
    assert normalized(text).text == plain


def test_a_finding_ends_where_its_letters_end():
    """What is invisible before and after a detail does not belong to it, so that one value stays one value."""
    view = normalized("\u200bkat\u200b!")
    assert view.original(0, 3) == (1, 4)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("five five five, oh one double two", "555 0122"),
        ("twenty-one forty three nine nine seven", "2143997"),
        ("203 dot 0 dot 113 dot 77", "203.0.113.77"),
        ("h u n t e r 2", "hunter2"),
        ("kat[at]posteo[.]net", "kat@posteo.net"),
        ("vier eins eins eins", "4111"),
        ("I am a man of one or two words", None),
    ],
)
def test_what_is_spelled_is_read(text, written):
    """Digits as words, single letters, signs in brackets."""
    view = spelled(text)
    assert (view and view.text) == written
