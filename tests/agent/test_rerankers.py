"""A second look at what was found: off unless asked for, by a cross-encoder of one's own or by the model."""

from __future__ import annotations

import json

import pytest

from agent.models.scripted import ScriptedModel
from agent.rerankers.by_model import UNSAID
from agent.rerankers.cross_encoder import CrossEncoder
from agent.settings import Settings, problems
from agent.wiring import open_app
from memory.records import Recollection, Utterance
from privacy.identity import Principal, Scope
from tests.kit.onnx_file import cross_encoder

ADA = {"scope": Scope("ada"), "by": Principal("ada")}
SAID = ["My boat is called Marguerite.", "I sold a boat once.", "The harbour closes at nine."]
QUESTION = "What is the boat called?"


async def opened(tmp_path, reranker=None, model=None, named=""):
    settings = Settings(home=tmp_path / "home", config_home=tmp_path / "config", reranker=named)
    app = await open_app(settings, model=model or ScriptedModel(), reranker=reranker)
    await app.memory.remember([Utterance(text=text, session=text) for text in SAID], **ADA)
    await app.memory.settle()
    return app


def parts(found: Recollection) -> dict[str, float]:
    return {
        hit.memory.text: reason.value
        for hit in found.hits
        for reason in hit.reasons
        if reason.name == "second look"
    }


async def test_a_cross_encoder_of_ones_own_has_its_say(tmp_path):
    """Named by its folder it reads question and memory together; what it adds is a part of the score like any other."""
    folder = cross_encoder(tmp_path / "shared words", ["the", "harbour", "closes", "at", "nine"])
    assert CrossEncoder(folder).scores("harbour at nine", SAID, scope=Scope("ada")) == [0.0, 0.0, 3.0]
    app = await opened(tmp_path, reranker=CrossEncoder(folder))
    try:
        found = await app.memory.recall("the harbour at nine", **ADA)
        added = parts(found)
        assert max(added, key=added.__getitem__) == SAID[2]
        assert all(sum(r.value for r in hit.reasons) == pytest.approx(hit.score) for hit in found.hits)
    finally:
        await app.aclose()


async def test_the_model_judges_and_a_model_that_does_not_leaves_the_ranking(tmp_path):
    """Its points move the hits; words instead of points change nothing, and that is said."""
    model = ScriptedModel()
    app = await opened(tmp_path, model=model, named="model")
    try:
        model.add("I would rather not.")
        plain = await app.memory.recall(QUESTION, **ADA)
        assert (plain.hits[0].memory.text, plain.trouble, parts(plain)) == (SAID[0], UNSAID, {})
        order = [hit.memory.text for hit in plain.hits]
        model.add(json.dumps({"points": {str(n): 10 * (text == SAID[2]) for n, text in enumerate(order, 1)}}))
        judged = await app.memory.recall(QUESTION, **ADA)
        assert parts(judged)[SAID[2]] > 0 > parts(judged)[SAID[0]]
        assert not judged.trouble
        assert QUESTION in model.requests[-1].messages[0].text
    finally:
        await app.aclose()


def test_a_folder_that_holds_none_is_told_before_serving(tmp_path):
    """Which file is missing; and a model that cannot judge is not asked to."""
    (told,) = problems(Settings(reranker=str(tmp_path)))
    assert "model.onnx" in told
    (told,) = problems(Settings(reranker="model"))
    assert "OPENAI_API_KEY" in told
    assert problems(Settings()) == []
    damaged = tmp_path / "damaged"
    cross_encoder(damaged, ["a"])
    (damaged / "model.onnx").write_bytes(b"no model")
    with pytest.raises(Exception, match="KEEPSAKE_RERANKER"):
        CrossEncoder(damaged).scores("a", ["a"], scope=Scope("ada"))
