"""The memory pages without a server or a browser: what each form gets back, and what it changed."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import App, open_app, set_running
from memory.graph import Entity
from memory.records import Draft, Utterance
from tests.kit.clock import Clock
from ui.api import VAULT
from ui.pages import router
from ui.pages.connections import Line, clusters
from ui.person import LOCAL, asking
from ui.rest import install

pytestmark = pytest.mark.asyncio(loop_scope="module")
ME = {"scope": LOCAL.scope, "by": LOCAL.principal}
HTMX = {"HX-Request": "true"}


CLOCK = Clock()


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def app(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[App]:
    folder = tmp_path_factory.mktemp("in_process")
    settings = Settings(home=folder / "home", config_home=folder / "config", masking=False)
    opened = await open_app(settings, model=ScriptedModel(), clock=CLOCK)
    set_running(opened)
    yield opened
    set_running(None)
    await opened.aclose()


@pytest_asyncio.fixture(loop_scope="module")
async def http(app: App) -> AsyncIterator[httpx.AsyncClient]:
    CLOCK.later = timedelta(0)
    web = FastAPI()
    install(web)
    web.include_router(router)
    web.dependency_overrides[asking] = lambda: LOCAL
    transport = httpx.ASGITransport(web)
    async with httpx.AsyncClient(transport=transport, base_url="http://keepsake") as client:
        yield client


async def got(http: httpx.AsyncClient, path: str, **query: Any) -> str:
    return (await http.get(path, params=query)).raise_for_status().text


async def posted(http: httpx.AsyncClient, path: str, **form: Any) -> str:
    return (await http.post(path, data=form, headers=HTMX)).raise_for_status().text


async def chatted(app: App, text: str, thread: str) -> str:
    """Something said in a chat, and the line of the chat that says it."""
    (kept,) = await app.memory.remember(Utterance(text=text, session=thread), **ME)
    await app.conversations.put("thread", thread, {"name": text}, scope=LOCAL.scope)
    await app.conversations.put("step", f"{thread}-1", {"output": text}, scope=LOCAL.scope, parent=thread)
    return kept.id


async def believes(app: App, *values: str, relation: str = "likes") -> list[str]:
    ids = []
    for value in values:
        (said,) = await app.memory.remember(Utterance(text=f"About {value}."), **ME)
        text = f"The user {relation} {value}."
        draft = Draft(kind="fact", text=text, episode=said.id, quote=value, relation=relation, object=value)
        ids += [fact.id for fact in await app.memory.learn([draft], **ME)]
    return ids


def undo_of(told: str) -> dict[str, str]:
    """What the Undo of a notice sends."""
    (name, value), *_ = re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', told)
    return {name: value}


async def test_forgetting_says_what_goes_and_can_take_the_chats_along(
    app: App, http: httpx.AsyncClient
) -> None:
    """Lines and chats are counted before; with the chats they stand in they are gone, and the checks say so."""
    memory = await chatted(app, "My tortoise hides in the greenhouse.", "chat-a")
    asked = await posted(http, "/memory/forget/preview", memory=memory, one="true")
    assert "1 line of your chats says it" in asked
    assert "delete the 1 chat they stand in" in asked
    told = await posted(http, "/memory/forget", memory=memory, transcripts="delete", one="true")
    forgetting = undo_of(told)["forgetting"]
    CLOCK.later = timedelta(seconds=11)
    done = await posted(http, "/memory/forgotten/again", forgetting=forgetting)
    if "Hidden" in done:  # the follower is not there yet
        await app.memory.settle()
        done = await posted(http, "/memory/forgotten/again", forgetting=forgetting)
    assert "Gone for good. Checked:" in done
    assert "transcripts 0" in done
    assert "dead with today" in done
    assert await app.conversations.get("thread", "chat-a", scope=LOCAL.scope) is None


async def test_review_merges_settles_and_puts_off(app: App, http: httpx.AsyncClient) -> None:
    """Each card has its verbs; each decision its undo; the number beside the tab follows."""
    short, long = await believes(app, "jam", "plum jam")
    page = await got(http, "/memory/review")
    assert "These may be one" in page
    assert f"/memory/review/{long}/merge" in page
    before = await got(http, "/memory/review/count")
    told = await posted(http, f"/memory/review/{long}/merge", memory=short)
    assert "Merged" in told
    assert "merged into another" in await got(http, "/memory", memory=short)
    assert before != await got(http, "/memory/review/count")
    await posted(http, "/memory/review/undo", **undo_of(told))
    (card,) = set(re.findall(r'"card": "(duplicate:[^"]+)"', await got(http, "/memory/review")))
    told = await posted(http, "/memory/review/later", card=card)
    assert "Put off for a week." in told
    page = await got(http, "/memory/review")
    assert "1 put off" in page
    assert "These may be one" not in page
    await posted(http, "/memory/review/undo", **undo_of(told))
    told = await posted(http, "/memory/review/settle", card=card)
    assert "These may be one" not in await got(http, "/memory/review")
    await posted(http, "/memory/review/undo", **undo_of(told))
    assert "These may be one" in await got(http, "/memory/review")
    assert (
        await http.post("/memory/review/later", data={"card": "outdated:x"}, headers=HTMX)
    ).status_code == 404
    await posted(http, "/memory/review/settle", card=card)


async def test_review_asks_about_what_lay_unused_and_what_contradicts(
    app: App, http: httpx.AsyncClient
) -> None:
    (old,) = await believes(app, "marching bands")
    CLOCK.later = timedelta(days=190)
    page = await got(http, "/memory/review")
    assert "Not used for half a year" in page
    told = await posted(http, f"/memory/review/{old}/over")
    assert "It is no longer so." in told
    await posted(http, "/memory/review/undo", **undo_of(told))
    await posted(http, f"/memory/review/{old}/holds")
    ids = await believes(app, "3 May", "4 June", relation="born_on")
    page = await got(http, "/memory/review")
    assert "These cannot both be so" in page
    told = await posted(http, "/memory/review/both", memory=ids)
    assert "Both are so." in told
    assert "These cannot both be so" not in await got(http, "/memory/review")
    answered = (await http.get("/api/v1/review")).json()
    assert {card["sort"] for card in answered["cards"]} <= {"outdated", "duplicate"}


async def test_the_timeline_has_the_filters_of_the_list(app: App, http: httpx.AsyncClient) -> None:
    """By words, kind, origin, state and what happened; the line on top counts the same."""
    await app.memory.remember(Utterance(text="The lighthouse keeper waved."), **ME)
    (fact,) = await believes(app, "lighthouses")
    whole = await got(http, "/memory/timeline")
    assert "lighthouse keeper" in whole
    found = await got(http, "/memory/timeline", words="lighthouse", kind="fact")
    assert fact in found
    assert "lighthouse keeper" not in found
    assert len(re.findall(r"<rect", found)) >= 1
    none = await got(http, "/memory/timeline", words="zebra")
    assert "Choose fewer filters" in none
    assert "<rect" not in none
    await app.memory.pause([fact], **ME)
    paused = await got(http, "/memory/timeline", action="paused")
    assert fact in paused
    entries = (await http.get("/api/v1/journal", params={"action": "paused", "words": "lighthouses"})).json()
    assert fact in [entry["memory"] for entry in entries["entries"]]


async def test_activity_can_be_narrowed_to_what_happened(app: App, http: httpx.AsyncClient) -> None:
    await app.memory.remember(Utterance(text="The kettle sings."), **ME)
    kept = await got(http, "/memory/activity", what="kept")
    assert ">kept" in kept
    assert '"what">looked at' not in kept
    assert "Choose fewer filters" in await got(http, "/memory/activity", what="sharing ended")
    events = (await http.get("/api/v1/activity", params={"action": "remember"})).json()["events"]
    assert {event["action"] for event in events} == {"remember"}


async def test_the_vault_is_shown_and_destroyed(app: App, http: httpx.AsyncClient) -> None:
    """What it holds is not in the page; it is destroyed by who types that they mean it."""
    app.vaults.of(LOCAL.scope).entry("PERSON", "Ottilie Brandauer")
    page = await got(http, "/memory/privacy")
    assert "Ottilie" not in page
    assert f"type: {VAULT}" in page
    assert "since" not in re.sub(
        r"<[^>]+>", "", page.partition("Sensitive topics")[2].partition("How long")[0]
    )
    handled = await posted(http, "/memory/privacy/handle", category="health", handling="never")
    assert "Such sentences are taken out" in handled
    assert "since" in handled.partition("Sensitive topics")[2].partition("How long")[0]
    wrong = await http.post("/api/v1/privacy/vault/destroy", json={"confirm": "no"})
    assert (wrong.status_code, "Nothing was destroyed" in wrong.json()["error"]) == (400, True)
    assert await app.memory.destroy_vault(**ME) == 1
    assert await app.memory.placeholders(**ME) == ()


async def test_connections_are_narrowed_hidden_and_grouped(app: App, http: httpx.AsyncClient) -> None:
    """By how they connect; one thing hidden here and shown again, known all the same; too many are shown as groups."""
    await believes(app, "Oulu", relation="lives_in")
    page = await got(http, "/memory/connections")
    assert "Oulu" in page
    (thing,) = set(re.findall(r'<option value="([^"]+)">Oulu', page))
    about = await got(http, "/memory/connections", thing=thing)
    assert "Hide it here" in about
    await posted(http, "/memory/connections/hide", entity=thing)
    page = await got(http, "/memory/connections")
    assert "1 hidden here" in page
    assert ">Oulu</option>" not in page
    assert (await http.get(f"/api/v1/graph/{thing}")).status_code == 200
    assert thing in (await http.put(f"/api/v1/graph/{thing}/hidden", json={"hidden": True})).json()["hidden"]
    await posted(http, "/memory/connections/hide", entity=thing, shown="true")
    assert "hidden here" not in await got(http, "/memory/connections")
    assert (await http.post("/memory/connections/hide", data={"entity": "x"})).status_code == 404
    assert (await http.post("/memory/connections/hide", data={"entity": "user"})).status_code == 400
    narrowed = await got(http, "/memory/connections", relation="lives in")
    assert "Oulu" in narrowed
    assert "marching" not in narrowed.partition("<tbody>")[2].partition("</tbody>")[0]


async def test_many_lines_are_shown_as_groups() -> None:
    """151 things are no picture: they are told by how they connect, the most first."""
    you = Entity("user", "you", "user", ())
    many = [Line(you, "likes", Entity(str(n), f"thing {n}", "thing", ()), fact="f") for n in range(151)]
    few = [Line(you, "lives in", Entity("o", "Oulu", "place", ()), fact="g")]
    assert [(one.relation, one.lines) for one in clusters([*many, *few])] == [("likes", 151), ("lives in", 1)]
    assert clusters(many[:100]) == []
