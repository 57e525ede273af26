"""The ONNX model: the same in a batch and alone, in short texts and in long ones."""

from __future__ import annotations

import pytest

from agent import assets
from agent.settings import Settings
from privacy.findings import Finding
from privacy.rampart import WINDOW, Rampart, Read
from privacy.recognizers.readers import read_together


@pytest.fixture(scope="module")
def rampart():
    cache = Settings().cache_home
    return Rampart(assets.require(assets.RAMPART, cache), assets.require(assets.RAMPART_TOKENIZER, cache))


def test_a_name_far_into_a_long_text_is_seen(rampart):
    """Many windows long, every word is read once, and a name in the middle is as clear as at the start."""
    text = (
        "we talked for hours. " * WINDOW
        + "My friend Annelise Brandt came. "
        + "we talked for hours. " * WINDOW
    )
    words = rampart.read([text])[0]
    assert [text[w.start : w.end] for w in words] == text.replace(".", "").split()
    assert {text[w.start : w.end] for w in words if w.score > 0.5} == {"Annelise", "Brandt"}


def test_a_batch_reads_as_each_alone(rampart):
    """Padding changes nothing that counts."""
    texts = ["My name is Priya.", "", "Ruf mich an: 0176 5551234", "call me deepa " * 30]
    for alone, batched in zip([rampart.read([t])[0] for t in texts], rampart.read(texts), strict=True):
        assert [(w.start, w.end) for w in alone] == [(w.start, w.end) for w in batched]
        assert all(a.score == pytest.approx(b.score, abs=0.02) for a, b in zip(alone, batched, strict=True))


def read(text, **sure):
    words, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        kind, score = sure.get(word, ("GIVEN_NAME", 0.0))
        words.append(Read(start, at, kind, score))
    return words


def spans(found, text):
    return {(f.label, text[f.start : f.end]) for f in found}


def test_two_readers_agree():
    """A faint sign from Rampart counts where spaCy sees something too; alone it does not."""
    text = "Finch Olive sang"
    faint = read(text, Finch=("SURNAME", 0.15))
    assert spans(read_together(text, faint, []), text) == set()
    assert spans(read_together(text, faint, [Finding(0, 5, "ORG", 0.7)]), text) == {("PERSON", "Finch")}


def test_a_doubtful_place_is_hidden():
    """spaCy takes many a name for a town; kept as a town is only what has a second sign."""
    text = "Ekapad rang, then we met in Ulm"
    seen = [Finding(0, 6, "GPE", 0.7), Finding(text.index("Ulm"), len(text), "GPE", 0.7)]
    assert spans(read_together(text, read(text), seen), text) == {("PERSON", "Ekapad"), ("LOCATION", "Ulm")}


def test_the_number_of_an_order_is_no_id():
    """What a model takes for an id is hidden reversibly, and not at all where goods are spoken of."""
    text = "my order 48291375 is late, and by the way here you have 59302486"
    sure = read(text, **{"48291375": ("TAX_ID", 0.9), "59302486": ("TAX_ID", 0.9)})
    assert spans(read_together(text, sure, []), text) == {("NUMBER", "59302486")}
