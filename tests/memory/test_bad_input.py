"""Whatever people type: it is kept byte for byte or refused with a sentence, and never half-kept."""

from __future__ import annotations

import pytest
import pytest_asyncio

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from memory.errors import BadInput
from memory.records import Utterance
from privacy.identity import Principal, Scope

KEPT = {
    "400 kB": "The tide comes in twice a day. " * 13_000,
    "one word of 100 kB": "a" * 100_000,
    "20 kB of emoji": "🌊🐟" * 2_500,
    "only emoji": "👩‍👩‍👧‍👦🏳️‍🌈🇪🇺",
    "one sign": "?",
    "control characters": "bell\x07 nul\x00 escape\x1b[31m backspace\x08 delete\x7f next line\x85",
    "only a nul": "\x00",
    "line ends": "one\r\ntwo\rthree\u2028four\u2029five\n\n\n",
    "right to left": "אני גר בירושלים ואוהב קפה",
    "direction overrides": "\u202emirrored\u202c and \u2066isolated\u2069",
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(2)><!-- --></p>",
    "a markdown image": "![](http://tracker.example/pixel.png) [a](javascript:alert(1)) **b** `c` ~~~",
    "zero width": "zero\u200bwidth\u200c\u200d\ufeff joined",
    "combining characters": "Z̸̡̛a̵̢l̶g̷o̸ e\u0301 \u00e9 \u1100\u1161\u11a8",
    "SQL and filters": "'; drop table memories; -- \" or owner like '%' \\\\ {x} $where",
    "templates": "{{7*7}} ${HOME} %s %(x)s {0} <%= 1 %>",
    "our own placeholders": "[PERSON_1] ⟦PERSON_2⟧ [EMAIL_3] <PERSON>",
    "JSON": '{"kind": "fact", "owner": "bob", "text": "\\u0000"}',
    "noncharacters": "\ufdd0 \ufffe \uffff \U0010ffff \ufffd",
    "private use": "\ue000 \U000f0000",
}
REFUSED = {
    "nothing": "",
    "only white space": " \t\r\n\u00a0\u2003\u3000",
    "half an emoji": "half \ud83d an emoji",
    "the other half": "\ude00",
    "one character too many": "x" * 1_000_001,
}
as_ada = {"scope": Scope("ada"), "by": Principal("ada")}


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def app(tmp_path_factory):
    """One app with masking on, as people run it."""
    folder = tmp_path_factory.mktemp("typed")
    app = await open_app(Settings(home=folder / "home", config_home=folder / "config"), model=ScriptedModel())
    yield app
    await app.aclose()


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", KEPT)
async def test_what_is_kept_comes_back_byte_for_byte(app, name):
    """Remembered, looked up, listed, recalled, indexed, and forgotten without a trace: the text stays what it was."""
    text = KEPT[name]
    (kept,) = await app.memory.remember(Utterance(text=text, session=name), **as_ada)
    assert kept.text.encode() == text.encode()
    for waiting in await app.memory.waiting(
        **as_ada
    ):  # what looks like a record of ours looks like an order, too
        await app.memory.accept(waiting.id, **as_ada)
    await app.memory.settle()
    assert (await app.memory.get(kept.id, **as_ada)).text.encode() == text.encode()
    listed = await app.memory.browse(limit=1, **as_ada)
    assert listed.memories[0].text.encode() == text.encode()
    recalled = await app.memory.recall(text, limit=50, **as_ada)
    assert text in [hit.memory.text for hit in recalled.hits]
    done = await app.memory.forget([kept.id], now=True, **as_ada)
    assert dict(done.probes) == {"id": 0, "words": 0, "meaning": 0, "bytes": 0, "transcripts": 0}
    assert kept.id not in {hit.memory.id for hit in (await app.memory.recall(text, limit=50, **as_ada)).hits}
    assert app.memory.last_fault is None


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", REFUSED)
async def test_what_is_refused_leaves_nothing(app, name):
    """A refusal is a sentence, keeps nothing of what came beside it, and asking with the same text is no trouble."""
    before = await app.memory.browse(**as_ada)
    with pytest.raises(BadInput) as refused:
        await app.memory.remember([Utterance(text="I like tea."), Utterance(text=REFUSED[name])], **as_ada)
    assert str(refused.value).endswith(".")
    assert await app.memory.browse(**as_ada) == before
    await app.memory.verify()
    await app.memory.recall(REFUSED[name], **as_ada)
    await app.memory.browse(words=REFUSED[name], **as_ada)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", [name for name, text in KEPT.items() if len(text) < 1000])
async def test_names_may_be_strange_too(app, name):
    """A speaker, a conversation and a search may hold anything that a message may."""
    strange = KEPT[name]
    (kept,) = await app.memory.remember(
        Utterance(text="I like figs.", speaker=strange, session=strange), **as_ada
    )
    assert (kept.speaker, kept.session) == (strange, strange)
    await app.memory.settle()
    assert (await app.memory.browse(words=strange, **as_ada)).total >= 0
    assert [m.id for m in await app.memory.conversation(strange, **as_ada)] == [kept.id]
    done = await app.memory.forget([kept.id], now=True, **as_ada)
    assert dict(done.probes) == {"id": 0, "words": 0, "meaning": 0, "bytes": 0, "transcripts": 0}


async def test_all_of_it_survives_a_restart(tmp_path):
    """Closed and opened again, every text is what was typed, and the journal verifies."""
    settings = Settings(home=tmp_path / "home", config_home=tmp_path / "config")
    said = [text for text in KEPT.values() if len(text) < 1000]
    app = await open_app(settings, model=ScriptedModel())
    await app.memory.remember([Utterance(text=text) for text in said], **as_ada)
    await app.aclose()
    app = await open_app(settings, model=ScriptedModel())
    assert [m.text for m in (await app.memory.browse(**as_ada)).memories][::-1] == said
    assert (await app.memory.verify()).entries == len(said)
    await app.aclose()
