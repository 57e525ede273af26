"""Personal details lie nowhere in the clear and go nowhere else in the clear."""

from __future__ import annotations

import pytest

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.turns import Finished, Message, Turn
from agent.wiring import open_app
from benchmarks.traces.search import WIDTH, Needles
from privacy.identity import Principal, Scope

ADA, BY = Scope("ada"), Principal("ada")
SAID = {
    "My name is Katarina Wolfsberg.": ["Katarina", "Wolfsberg"],
    "My wife Annelise and my friend Torvald came along.": ["Annelise", "Torvald"],
    "Write to k.wolfsberg@posteo.example.org or kat@brewery.de.": ["k.wolfsberg@posteo.example.org", "kat@brewery.de"],
    "I live at 221 Baker Street, before that at 18 Rosewood Avenue.": ["221 Baker Street", "18 Rosewood Avenue"],
    "Call me on +44 20 7946 0958, my office phone is (415) 555-2671.": ["20 7946 0958", "555-2671"],
    "I am @kat_wolf99 and my server is 203.0.113.77.": ["@kat_wolf99", "203.0.113.77"],
    "My card is 4111 1111 1111 1111 and the IBAN is DE89 3704 0044 0532 0130 00.": [
        "4111 1111 1111 1111",
        "DE89 3704 0044 0532 0130 00",
    ],
    "My social security number is 536-22-1234 and my passport number is X4RTBPFW4.": ["536-22-1234", "X4RTBPFW4"],
    "My password is hunter2!Blue and the pin code is 48151623.": ["hunter2!Blue", "48151623"],
    "Use sk-proj-Ab12Cd34Ef56Gh78Ij90Kl and AKIAIOSFODNN7EXAMPLE.": ["sk-proj-Ab12Cd34Ef56Gh78Ij90Kl", "AKIAIOSFODNN7EXAMPLE"],
}  # fmt: skip
DETAILS = [detail for details in SAID.values() for detail in details]


async def converse(tmp_path, *, masking):
    """The conversation; what the model received, what lies in the opened records, and what was shown."""
    model = ScriptedModel(["Noted, thank you."] * len(SAID), place="elsewhere")
    settings = Settings(
        home=tmp_path / "home", config_home=tmp_path / "config", masking=masking, sensitive="keep"
    )
    app = await open_app(settings, model=model)
    shown = []
    try:
        history: tuple[Message, ...] = ()
        for text in SAID:
            turn = Turn(principal=BY, scope=ADA, thread="a", text=text, history=history)
            events = [event async for event in app.assistant.reply(turn)]
            shown += [event.text for event in events if isinstance(event, Finished)]
            history += (Message("user", text), Message("assistant", "Noted, thank you."))
        await app.worker.drain()
        await app.memory.settle()
        assert app.worker.last_error is None
        assert model.left == 0
        owner = app.keyring.pseudonym("ada")
        records = repr(list(app.memory._archive.live(owner)))
        page = await app.memory.browse(scope=ADA, by=BY)
        own = "\n".join(memory.text for memory in page.memories)
        on_disk(tmp_path / "home")  # while it runs, the write-ahead log too
    finally:
        await app.aclose()
    on_disk(tmp_path / "home")
    received = "\n".join(message.text for request in model.requests for message in request.messages)
    return received, records, own


def on_disk(home):
    files = [path for path in home.rglob("*") if path.is_file()]
    assert any(path.name == "ledger.sqlite3" for path in files)
    assert Needles(DETAILS).in_folder(home) == {}
    for path in files:
        content = path.read_bytes()
        assert not [short for short in DETAILS if len(short) < WIDTH and short.encode() in content], path


async def test_twenty_details_stay_private(tmp_path):
    """Twenty planted details are in no file of the home, in no opened record and in nothing the model got; the owner sees hers."""
    assert len(DETAILS) == 20
    received, records, own = await converse(tmp_path, masking=True)
    assert "[PERSON_" in received
    for detail in DETAILS:
        assert detail not in received
        assert detail not in records
    for detail in DETAILS[:12]:  # the rest is redacted for good
        assert detail in own
    for detail in DETAILS[12:]:
        assert detail not in own


async def test_without_masking_the_same_search_finds_them(tmp_path):
    """The search above can find: with masking off the details reach the model and the records; on disk they stay sealed."""
    received, records, own = await converse(tmp_path, masking=False)
    for detail in DETAILS:
        assert detail in received
        assert detail in records
        assert detail in own


@pytest.mark.parametrize("cut", ["whole", "words"])
async def test_the_answer_comes_back_with_names(tmp_path, cut):
    """A model that repeats the placeholder it got is shown with the name restored, and the name is not in its request."""

    class Echo(ScriptedModel):
        async def stream(self, request):
            self.requests.append(request)
            text = request.messages[-1].text
            for piece in [text] if cut == "whole" else list(text):
                yield piece

    model = Echo(place="elsewhere")
    app = await open_app(Settings(home=tmp_path / "home", config_home=tmp_path / "config"), model=model)
    try:
        said = "My name is Katarina Wolfsberg."
        events = [e async for e in app.assistant.reply(Turn(principal=BY, scope=ADA, thread="a", text=said))]
        assert events[-1].text == said
        assert "Katarina" not in model.requests[0].messages[-1].text
    finally:
        await app.aclose()
