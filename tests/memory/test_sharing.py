"""Others see what a grant shows, for as long as it holds, and nothing else; and all of it is written down."""

from __future__ import annotations

from datetime import timedelta

import pytest
import pytest_asyncio

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from memory.activity import LEAVES_OUT
from memory.errors import BadInput, StorageFault, UnknownMemory
from memory.moments import utc_now
from memory.records import LeftOut, Utterance
from privacy.errors import Forbidden
from privacy.identity import Principal, Scope

pytestmark = pytest.mark.asyncio(loop_scope="module")
SAID = (
    "My friend Annelise Wolfsberg came to Lyon.",
    "My boat is called Marguerite.",
    "My boat needs a new mast.",
)


class Clock:
    """Now, and later when a test says so."""

    def __init__(self):
        self.later = timedelta(0)

    def __call__(self):
        return utc_now() + self.later


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def app(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sharing")
    settings = Settings(home=folder / "home", config_home=folder / "config")
    clock = Clock()
    opened = await open_app(settings, model=ScriptedModel(), clock=clock)
    opened.memory.clock_of_test = clock
    yield opened
    await opened.aclose()


@pytest_asyncio.fixture(loop_scope="module")
async def ada(app, request):
    """Somebody new for each test, who said three things."""
    me = {"scope": Scope(request.node.name), "by": Principal(request.node.name)}
    for text in SAID:
        await app.memory.remember(Utterance(text=text, session="a"), **me)
    return me


def bob(ada):
    return {"scope": ada["scope"], "by": Principal("bob")}


async def seen(app, who):
    return [memory.text for memory in (await app.memory.browse(**who)).memories]


async def test_without_a_grant_nothing_is_there(app, ada):
    """Somebody else's memory, an unknown one and a malformed id look the same, and the try is written down."""
    (kept, *_) = (await app.memory.browse(**ada)).memories
    for memory in (kept.id, "x"):
        with pytest.raises(Forbidden):
            await app.memory.get(memory, **bob(ada))
    with pytest.raises(Forbidden):
        await app.memory.recall("boat", **bob(ada))
    events = await app.activity.events(**ada)
    assert (events[0].who, events[0].action) == ("somebody else", "refused")


async def test_a_grant_by_topic_shows_that_and_no_more(app, ada):
    """By topic: those memories in list, recall and by id; not the others, not their number, and nothing can be changed."""
    grant = await app.sharing.share("bob", topic="boat", **ada)
    assert sorted(await seen(app, bob(ada))) == sorted(SAID[1:])
    found = await app.memory.recall("Who came to Lyon?", **bob(ada))
    assert not any("Annelise" in hit.memory.text for hit in found.hits)
    assert found.considered <= 2
    assert found.left_out == (LeftOut(why="access"),)
    every = {memory.text: memory.id for memory in (await app.memory.browse(**ada)).memories}
    with pytest.raises(UnknownMemory):
        await app.memory.get(every[SAID[0]], **bob(ada))
    shown = await app.memory.get(every[SAID[1]], **bob(ada))
    assert (shown.session, shown.sources) == ("", ())
    for change in (
        app.memory.remember(Utterance(text="Mine now."), **bob(ada)),
        app.memory.forget([every[SAID[1]]], **bob(ada)),
        app.memory.not_mine(every[SAID[1]], **bob(ada)),
        app.memory.pause([every[SAID[1]]], **bob(ada)),
        app.memory.resume([every[SAID[1]]], **bob(ada)),
        app.memory.keep_until([every[SAID[1]]], None, **bob(ada)),
        app.memory.merge(every[SAID[1]], [every[SAID[0]]], **bob(ada)),
        app.memory.hold_both([every[SAID[1]]], **bob(ada)),
        app.memory.destroy_vault(**bob(ada)),
        app.memory.finish_forgetting("x", **bob(ada)),
        app.memory.hide_entity("user", **bob(ada)),
        app.memory.whereabouts(every[SAID[1]], **bob(ada)),
        app.memory.related(every[SAID[1]], **bob(ada)),
        app.memory.untended(**bob(ada)),
        app.review.cards(**bob(ada)),
        app.review.settle("x", **bob(ada)),
        app.sharing.share("eve", **bob(ada)),
        app.charters.of(**bob(ada)),
        app.activity.events(**bob(ada)),
        app.memory.forget_everything(**bob(ada)),
    ):
        with pytest.raises(Forbidden):
            await change
    assert [
        g.id for g in await app.sharing.received(by=Principal("bob")) if g.owner == ada["scope"].owner
    ] == [grant.id]


async def test_revoked_and_expired_it_is_over_at_once(app, ada):
    """A grant that is revoked, or that expires in the middle of a conversation, shows nothing at the next question."""
    grant = await app.sharing.share("bob", **ada)
    assert len(await seen(app, bob(ada))) == 3
    await app.sharing.revoke(grant.id, **ada)
    with pytest.raises(Forbidden):
        await app.memory.browse(**bob(ada))
    clock = app.memory.clock_of_test
    await app.sharing.share("bob", expires_at=clock() + timedelta(minutes=5), **ada)
    assert (await app.memory.recall("my boat", **bob(ada))).hits
    clock.later += timedelta(minutes=6)
    with pytest.raises(Forbidden):
        await app.memory.recall("my boat", **bob(ada))
    with pytest.raises(BadInput, match="later"):
        await app.sharing.share("bob", expires_at=clock() - timedelta(1), **ada)


async def asked(app, who, times, clock):
    """How many of so many questions, a minute apart in one conversation, are answered from what is shared."""
    answered = 0
    for _ in range(times):
        try:
            answered += bool((await app.memory.recall("my boat", **who)).hits)
        except Forbidden:
            continue
        finally:
            clock.later += timedelta(minutes=1)
    return answered


async def test_a_grant_expires_in_the_middle_of_a_conversation(tmp_path):
    """Of ten questions a minute apart the first five are answered; a clock set back, also at a new start, answers none."""
    settings = Settings(home=tmp_path / "home", config_home=tmp_path / "config", masking=False)
    clock, me = Clock(), {"scope": Scope("ada"), "by": Principal("ada")}
    app = await open_app(settings, model=ScriptedModel(), clock=clock)
    await app.memory.remember([Utterance(text=text) for text in SAID], **me)
    grant = await app.sharing.share("bob", expires_at=clock() + timedelta(minutes=4.9), **me)
    first, second = await asked(app, bob(me), 5, clock), await asked(app, bob(me), 5, clock)
    clock.later -= timedelta(days=1)
    back = await asked(app, bob(me), 10, clock)
    await app.aclose()
    clock.later -= timedelta(days=1)
    app = await open_app(settings, model=ScriptedModel(), clock=clock)
    try:
        anew = await asked(app, bob(me), 10, clock)
        assert (first, second, back, anew) == (5, 0, 0, 0)
        (kept,) = await app.sharing.given(**me)
        assert (kept.id, kept.holds(clock())) == (grant.id, False)
    finally:
        await app.aclose()


async def test_what_the_log_saw_later_ends_a_grant_that_nobody_asked_for_then(app, ada):
    """Anybody's entry at a later moment is enough; a grant given after the clock was put right is a new one and holds."""
    clock = app.memory.clock_of_test
    await app.sharing.share("bob", expires_at=clock() + timedelta(minutes=5), **ada)
    clock.later += timedelta(days=3653)
    await app.memory.browse(scope=Scope("eve"), by=Principal("eve"))  # a look, and the clock was wrong
    clock.later -= timedelta(days=3653)
    with pytest.raises(Forbidden):
        await seen(app, bob(ada))
    await app.sharing.share("bob", expires_at=clock() + timedelta(minutes=5), **ada)
    assert len(await seen(app, bob(ada))) == 3


async def test_the_anonymised_view(app, ada):
    """Plain words for names, the month for the day, no conversation and no quotation; what masking misses stays, as is said."""
    await app.sharing.share("bob", anonymised=True, **ada)
    page = await app.memory.browse(**bob(ada))
    assert not any("Annelise" in m.text or "Wolfsberg" in m.text for m in page.memories)
    assert any("someone" in m.text for m in page.memories)
    assert {(m.occurred_at.day, m.session, m.quote) for m in page.memories} == {(1, "", "")}
    found = await app.memory.recall("Who is Annelise?", **bob(ada))
    assert "Annelise" not in repr(found.hits)


async def test_restricted_or_waiting_nothing_is_shared(app, ada):
    """What its owner must not see used is not shown to others either: restricted memories are not recalled by anybody."""
    await app.sharing.share("bob", **ada)
    await app.charters.restrict(True, **ada)
    assert (await app.memory.recall("my boat", **bob(ada))).hits == ()


async def test_every_look_share_and_decision_is_written_down(app, ada):
    """One entry each, in order, with who it was; never a word of what was looked at."""
    await app.memory.recall("Marguerite?", **ada)
    grant = await app.sharing.share("bob", **ada)
    await app.memory.browse(**bob(ada))
    await app.sharing.revoke(grant.id, **ada)
    await app.charters.consent("learn", False, **ada)
    b"".join(app.portability.export(**ada))
    events = await app.activity.events(**ada)
    told = [(event.who, event.action) for event in reversed(events)]
    assert told[-6:] == [
        ("you", "recall"), ("you", "share"), ("somebody else", "browse"), ("you", "revoke"), ("you", "decided"),
        ("you", "export"),
    ]  # fmt: skip
    assert "Marguerite" not in repr(events)
    await app.activity.verify()


async def test_on_a_full_disk_looks_go_on_and_are_counted(app, ada, monkeypatch):
    """Where nothing can be written, reading goes on; sharing does not; later the count of looks is one entry."""
    keep = app.ledger.audit

    def full(row):
        raise StorageFault("The disk is full.")

    monkeypatch.setattr(app.ledger, "audit", full)
    for _ in range(3):
        await app.memory.browse(**ada)
    with pytest.raises(StorageFault):
        await app.sharing.share("bob", **ada)
    monkeypatch.setattr(app.ledger, "audit", keep)
    await app.memory.browse(**ada)
    events = await app.activity.events(limit=2, **ada)
    assert [(event.action, event.count) for event in events] == [("browse", 1), (LEAVES_OUT, 3)]
