"""What may go to a model elsewhere is decided by its person, for each model, detail and topic; what stays is told."""

from __future__ import annotations

import json

import pytest
import pytest_asyncio

from agent.prompting import pieces
from agent.sending import Discreet
from agent.settings import Settings
from agent.turns import Finished, Trouble, Turn
from agent.wiring import open_app
from memory.errors import BadInput
from memory.records import Utterance
from privacy.identity import Principal, Scope
from tests.kit.model_server import Asks, model_server

ASTHMA = "I have asthma and carry an inhaler."
CELLO = "I play the cello in an orchestra in Ghent."
SISTER = "My sister Annelise Wolfsberg sings in a choir."
HERE = "127.0.0.1"  # the host of the test's model, which is elsewhere as far as Keepsake knows


def settings(folder, server, **more):
    return Settings(
        home=folder / "home",
        config_home=folder / "config",
        openai_base_url=server.url,
        model_place="elsewhere",
        sensitive="keep",
        **more,
    )


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def opened(tmp_path_factory):
    with model_server() as server:
        server.rest = "I see."
        app = await open_app(settings(tmp_path_factory.mktemp("sending"), server, extraction="rules"))
        yield app, server
        await app.aclose()


class Somebody:
    """Somebody of one test's own, who has told three things in another conversation."""

    def __init__(self, app, server, name):
        self.app, self.server = app, server
        self.me = {"scope": Scope(name), "by": Principal(name)}

    async def tells(self):
        said = [Utterance(text=text, session=f"then {n}") for n, text in enumerate((ASTHMA, CELLO, SISTER))]
        await self.app.memory.remember(said, **self.me)
        await self.app.memory.settle()
        return self

    async def rule(self, about, how, to=HERE):
        return await self.app.charters.send(about, how, to=to, **self.me)

    async def asks(self, text):
        """What the model was sent, and the receipt."""
        turn = Turn(principal=self.me["by"], scope=self.me["scope"], thread="now", text=text)
        events = [event async for event in self.app.assistant.reply(turn)]
        assert not [event for event in events if isinstance(event, Trouble)]
        finished = next(event for event in events if isinstance(event, Finished))
        receipt = await self.app.receipts.open(finished.receipt, **self.me)
        body = [body for body in self.server.bodies if body.get("stream")][-1]
        return "\n".join(message["content"] for message in body["messages"]), receipt


@pytest_asyncio.fixture(loop_scope="module")
async def ada(opened, request):
    return await Somebody(*opened, request.node.name).tells()


@pytest.mark.asyncio(loop_scope="module")
async def test_nothing_said_is_as_it_was(ada) -> None:
    """Memories go, details as placeholders, and no receipt says that anything stayed."""
    sent, receipt = await ada.asks("Do I have asthma?")
    assert "inhaler" in sent
    assert (receipt.kept_here, receipt.rules) == ((), ())


@pytest.mark.asyncio(loop_scope="module")
async def test_a_topic_stays_here_and_the_receipt_says_so(ada) -> None:
    """A memory that tells of it is withheld and named; a typed sentence about it is left out; other models are others."""
    await ada.rule("health", "never", to="other.example")
    sent, _ = await ada.asks("Do I have asthma?")
    assert "inhaler" in sent
    await ada.rule("health", "never")
    sent, receipt = await ada.asks("My doctor says I have asthma. Which instrument do I play?")
    assert "inhaler" not in sent
    assert "doctor" not in sent
    assert "[not sent: health]" in sent
    assert "cello" in sent
    assert (ASTHMA, "health") in [(one.text, one.why) for one in receipt.kept_here]
    assert not {one.memory for one in receipt.kept_here} & set(receipt.used)
    assert ASTHMA not in [one.text for one in (*receipt.chosen, *receipt.near_misses)]
    assert receipt.rules == (("health", "never"),)


@pytest.mark.asyncio(loop_scope="module")
async def test_masked_topics_leave_their_notes_without_the_sentence(ada) -> None:
    """The note goes with its number and day, the sentence does not."""
    await ada.rule("health", "mask")
    sent, receipt = await ada.asks("Do I have asthma?")
    assert "inhaler" not in sent
    assert "user: [not sent: health]" in sent
    assert receipt.kept_here == ()


@pytest.mark.asyncio(loop_scope="module")
async def test_only_chosen_models_get_memories(ada) -> None:
    """Never to any, but to this one; then to none: the talk goes on without them, and each is named."""
    await ada.rule("memories", "never", to="any")
    await ada.rule("memories", "send")
    sent, _ = await ada.asks("Which instrument do I play?")
    assert "orchestra" in sent
    charter = await ada.rule("memories", None)
    assert charter.sending == {"any": {"memories": "never"}}
    assert charter.dates["send memories to any"]
    sent, receipt = await ada.asks("Which instrument do I play?")
    assert "orchestra" not in sent
    assert "Which instrument do I play?" in sent
    assert {one.why for one in receipt.kept_here} == {"memories"}
    assert CELLO in [one.text for one in receipt.kept_here]
    assert receipt.used == ()


@pytest.mark.asyncio(loop_scope="module")
async def test_details_go_plain_or_masked_or_their_memory_stays(ada) -> None:
    """By kind: names in plain words, towns as placeholders that come back, and no memory with a name at all."""
    asked = "Who sings in a choir, and in which town is my orchestra?"
    sent, _ = await ada.asks(asked)
    assert "Annelise" not in sent
    assert "Ghent" in sent
    await ada.rule("PERSON", "send")
    await ada.rule("LOCATION", "mask")
    sent, receipt = await ada.asks(asked)
    assert "Annelise Wolfsberg" in sent
    assert "Ghent" not in sent
    assert "[LOCATION_" in sent
    assert any("Ghent" in message.text for message in receipt.messages)  # its owner reads their own words
    await ada.rule("person", "never")
    sent, receipt = await ada.asks(asked)
    assert "sister" not in sent
    assert (SISTER, "PERSON") in [(one.text, one.why) for one in receipt.kept_here]


@pytest.mark.asyncio(loop_scope="module")
async def test_tools_bring_up_nothing_that_stays(ada) -> None:
    """What a model looks for by itself is held back too, and stands on the receipt."""
    await ada.rule("health", "never")
    ada.server.words.append(Asks((("recall", json.dumps({"question": "asthma inhaler"})),)))
    sent, receipt = await ada.asks("Good morning!")
    assert "inhaler" not in sent
    assert ASTHMA in [one.text for one in receipt.kept_here]


@pytest.mark.asyncio(loop_scope="module")
async def test_what_cannot_be_said_is_refused(ada) -> None:
    """No such thing, no such host, and memories are not masked as a whole; nothing is changed."""
    for about, how, to in (
        ("shoes", "never", HERE),
        ("health", "never", "no host"),
        ("memories", "mask", HERE),
    ):
        with pytest.raises(BadInput):
            await ada.rule(about, how, to=to)
    assert (await ada.app.charters.of(**ada.me)).sending == {}


@pytest.mark.asyncio(loop_scope="module")
async def test_what_is_decided_is_in_the_log(ada) -> None:
    """What was said about which model; taken along with everything else."""
    await ada.rule("health", "never", to="https://API.example.org/v1")
    (decided,) = [event for event in await ada.app.activity.events(**ada.me) if event.action == "decided"]
    assert decided.subject == "sending health to api.example.org: never"


@pytest.mark.asyncio(loop_scope="module")
async def test_our_own_words_are_no_secret(ada) -> None:
    """No sentence of the prompts is taken for something sensitive."""
    for name in ("persona", "style", "traits", "procedures", "notes", "extraction"):
        for literal, _ in pieces(name):
            assert ada.app.judge.sensitive(literal) == [], name


async def test_nothing_that_stays_is_read_in_the_background(tmp_path) -> None:
    """A model that learns from what was said, and an embedder, are handed the rest; the decision outlives a restart."""
    with model_server() as server:
        given = settings(
            tmp_path, server, embedder="letters", embedder_url=server.url, embedder_dimensions=48
        )
        app = await open_app(given)
        ada = Somebody(app, server, "ada")
        await ada.rule("health", "never", to="any")
        await app.aclose()
        app = await open_app(given)
        ada = Somebody(app, server, "ada")
        await ada.tells()
        app.worker.nudge(ada.me["scope"], ada.me["by"])
        await app.worker.drain()
        read = "\n".join(server.asked(stream=False))
        assert "orchestra" in read
        assert "inhaler" not in read
        assert "orchestra" in "\n".join(server.embedded)
        assert "inhaler" not in "\n".join(server.embedded)
        found = await app.memory.recall("inhaler", **ada.me)  # by its words
        assert found.hits[0].memory.text == ASTHMA
        await ada.rule("memories", "never", to="any")
        count = len(server.bodies)
        await app.memory.remember(Utterance(text="I oil old clocks.", session="later"), **ada.me)
        app.worker.nudge(ada.me["scope"], ada.me["by"])
        await app.worker.drain()
        assert len(server.bodies) == count
        assert any(isinstance(distiller, Discreet) for distiller in app.worker._distillers)
        await app.aclose()
