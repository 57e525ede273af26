"""Two people: neither gets anything of the other's."""

from __future__ import annotations

import asyncio
import json
import uuid
from pathlib import Path
from typing import Any

import httpx
import pytest
import socketio

from tests.kit.serving import keepsake
from tests.ui.visitor import Visitor, chatting, same
from ui.wording import GONE

UNKNOWN = str(uuid.uuid4())


@pytest.fixture(scope="module")
def bees(ada: Visitor) -> str:
    """A memory of Ada's."""
    return ada.remembers("I keep my bees on the roof of the brewery.")


async def conversation(person: Visitor, text: str) -> tuple[str, str]:
    """The thread of a new conversation in which something was said, and its session."""
    async with person.chat() as chat:
        await chat.says(text)
        return await chat.thread(), chat.session


# -- REST and pages ----------------------------------------------------------------------------------


def test_nothing_of_ada_s_comes_by_rest(ada: Visitor, ben: Visitor, bees: str) -> None:
    """Ben lists, reads, recalls, forgets and undoes only his own; Ada's ids are unknown to him."""
    ben.remembers("I have a boat called Petrel.")
    listed = ben.http.get("/api/v1/memories").json()
    assert "brewery" not in json.dumps(listed)
    assert "boat" in json.dumps(listed)
    recalled = ben.http.post("/api/v1/recall", json={"question": "Where are the bees?"}).json()
    assert "brewery" not in json.dumps(recalled)
    answered = ben.http.post("/api/v1/ask", json={"text": "Where do I keep my bees?"}).text
    assert "brewery" not in answered
    paths = ("/api/v1/memories/{}", "/api/v1/receipts/{}", "/api/v1/forgettings/{}")
    for path in paths:
        assert same(ben.http.get(path.format(bees)), ben.http.get(path.format(UNKNOWN))), path
    foreign = ben.http.post("/api/v1/forget", json={"ids": [bees], "now": True})
    unknown = ben.http.post("/api/v1/forget", json={"ids": [UNKNOWN], "now": True})
    assert same(foreign, unknown)
    assert ada.http.get(f"/api/v1/memories/{bees}").status_code == 200


def test_nothing_of_ada_s_comes_by_a_name_ben_makes_up(ada: Visitor, ben: Visitor) -> None:
    """Her receipts are unknown to him, and a thread he calls by the name of hers is another one."""
    told = {"text": "I play the oboe in a quintet.", "thread": "ours"}
    receipt = _finished(ada.http.post("/api/v1/ask", json=told))["receipt"]
    assert ada.http.get(f"/api/v1/receipts/{receipt}").status_code == 200
    assert same(ben.http.get(f"/api/v1/receipts/{receipt}"), ben.http.get(f"/api/v1/receipts/{UNKNOWN}"))
    asked = {"text": "Which instrument do I play?", "thread": "ours"}
    assert "oboe" in ada.http.post("/api/v1/ask", json=asked).text
    assert "oboe" not in ben.http.post("/api/v1/ask", json=asked).text


def _finished(answer: httpx.Response) -> dict[str, Any]:
    events = [json.loads(line) for line in answer.text.splitlines()]
    return next(event for event in events if event["event"] == "finished")


def test_ben_cannot_undo_ada_s_forgetting(ada: Visitor, ben: Visitor) -> None:
    """Neither look at it nor take it back."""
    memory = ada.remembers("I used to collect stamps.")
    forgetting = ada.http.post("/api/v1/forget", json={"ids": [memory]}).json()["id"]
    undo, look = "/api/v1/forgettings/{}/undo", "/memory/forgotten?forgetting={}"
    assert same(ben.http.post(undo.format(forgetting)), ben.http.post(undo.format(UNKNOWN)))
    assert same(ben.http.get(look.format(forgetting)), ben.http.get(look.format(UNKNOWN)))
    form = {"forgetting": forgetting, "memory": memory}
    strange = {"forgetting": UNKNOWN, "memory": memory}
    assert same(ben.http.post("/memory/undo", data=form), ben.http.post("/memory/undo", data=strange))
    assert ada.http.get(f"/api/v1/memories/{memory}").status_code == 404  # still forgotten


def test_nothing_of_ada_s_comes_by_page(ada: Visitor, ben: Visitor, bees: str) -> None:
    """The memory page shows one's own, whatever is searched for."""
    assert "bees" in ada.http.get("/memory").text
    assert "brewery" not in ben.http.get("/memory", params={"words": "bees"}).text
    foreign = ben.http.post("/memory/forget", data={"memory": bees})
    unknown = ben.http.post("/memory/forget", data={"memory": UNKNOWN})
    assert same(foreign, unknown)
    assert ada.http.get("/memory").headers["cache-control"] == "no-store"


def test_nothing_of_ada_s_comes_by_terminal(house: tuple[str, Path], bees: str) -> None:
    """The terminal speaks for the person it names, and asks for a name where there are accounts."""
    folder = house[1]
    mine = keepsake(folder, "memories", "--user", "ben", "--json", KEEPSAKE_AUTH="password")
    assert "brewery" not in mine.stdout
    assert "brewery" in keepsake(folder, "memories", "--user", "Ada", "--json").stdout
    foreign = keepsake(folder, "forget", bees, "--user", "ben")
    unknown = keepsake(folder, "forget", UNKNOWN, "--user", "ben")
    assert (foreign.returncode, foreign.stderr) == (unknown.returncode, unknown.stderr)
    assert "--user" in keepsake(folder, "memories").stderr
    assert "no account of this name" in keepsake(folder, "memories", "--user", "eve").stderr


# -- the chat and its routes -------------------------------------------------------------------------


async def test_conversations_belong_to_one_person(ada: Visitor, ben: Visitor) -> None:
    """Ada's thread is in her list alone; reading, renaming, deleting and sharing it fails like any unknown id."""
    thread, _ = await conversation(ada, "My sister is called Miriam.")
    body = {"pagination": {"first": 50}, "filter": {}}
    assert thread in ada.http.post("/project/threads", json=body).text
    assert thread not in ben.http.post("/project/threads", json=body).text
    claimed = body | {"filter": {"userId": "ada"}}
    assert thread not in ben.http.post("/project/threads", json=claimed).text
    assert ada.http.get(f"/project/thread/{thread}").status_code == 200
    element = "/element/" + UNKNOWN
    for path in ("/project/thread/{}", "/project/thread/{}" + element, "/project/share/{}"):
        foreign, unknown = ben.http.get(path.format(thread)), ben.http.get(path.format(UNKNOWN))
        assert same(foreign, unknown), path
        assert foreign.status_code == 404
    for method, path, more in (
        ("PUT", "/project/thread", {"name": "mine now"}),
        ("DELETE", "/project/thread", {}),
        ("PUT", "/project/thread/share", {"isShared": True}),
    ):
        answers = [ben.http.request(method, path, json={"threadId": id, **more}) for id in (thread, UNKNOWN)]
        assert same(*answers), path
        assert answers[0].status_code == 404
    assert "mine now" not in ada.http.get(f"/project/thread/{thread}").text


async def test_another_s_session_is_as_unknown_as_any(ada: Visitor, ben: Visitor) -> None:
    """Actions, elements and feedback named by Ada's session or thread fail for Ben like unknown ones."""
    async with ada.chat() as chat:
        await chat.says("I play the cello.")
        thread = await chat.thread()
        run = await _run(ada, thread)
        requests: list[tuple[str, str, Any]] = [
            ("POST", "/project/action", lambda s, t, r: {"sessionId": s, "action": _action()}),
            ("PUT", "/project/element", lambda s, t, r: {"sessionId": s, "element": _element(t)}),
            ("DELETE", "/project/element", lambda s, t, r: {"sessionId": s, "element": _element(t)}),
            ("PUT", "/feedback", lambda s, t, r: {"sessionId": s, "feedback": _feedback(t, r)}),
        ]
        for method, path, body in requests:
            foreign = ben.http.request(method, path, json=body(chat.session, thread, run))
            unknown = ben.http.request(method, path, json=body(UNKNOWN, UNKNOWN, UNKNOWN))
            assert same(foreign, unknown), path
            assert foreign.status_code == 404, path
        for path in (f"/project/file/{UNKNOWN}?session_id={chat.session}", "/mcp", "/auth/jwt"):
            assert ben.http.get(path).status_code == 404
        given = ada.http.put(
            "/feedback", json={"sessionId": chat.session, "feedback": _feedback(thread, run)}
        )
        assert given.status_code == 200, given.text
        feedback = given.json()["feedbackId"]
        takes = [
            ben.http.request("DELETE", "/feedback", json={"feedbackId": id}) for id in (feedback, UNKNOWN)
        ]
        assert same(*takes)
        assert takes[0].status_code == 404
        async with ben.chat() as his:  # his own session does not make her conversation his
            await his.says("I like fog.")
            body = {"sessionId": his.session, "feedback": _feedback(thread, run)}
            assert ben.http.put("/feedback", json=body).status_code == 404
            body = {"sessionId": his.session, "element": _element(thread)}
            assert ben.http.put("/project/element", json=body).status_code == 404
        taken = ada.http.request("DELETE", "/feedback", json={"feedbackId": feedback})
        assert taken.json() == {"success": True}


async def _run(person: Visitor, thread: str) -> str:
    """The run of the message just answered: Chainlit stores it a moment later."""
    for _ in range(100):
        steps = person.http.get(f"/project/thread/{thread}").json()["steps"]
        for step in steps:
            if step["type"] == "run" and step["name"] == "on_message":
                return str(step["id"])
        await asyncio.sleep(0.1)
    raise AssertionError([step["type"] for step in steps])


def _action() -> dict[str, Any]:
    return {"name": "anything", "payload": {}, "label": "", "tooltip": "", "id": UNKNOWN, "forId": UNKNOWN}


def _element(thread: str) -> dict[str, Any]:
    own = {"id": UNKNOWN, "threadId": thread, "forId": UNKNOWN, "type": "custom", "name": "MemoryUsed"}
    return own | {"display": "inline", "props": {"ids": []}}


def _feedback(thread: str, run: str) -> dict[str, Any]:
    return {"forId": run, "threadId": thread, "value": 1, "comment": "good"}


# -- sockets -----------------------------------------------------------------------------------------


async def test_a_socket_needs_a_sign_in_of_ours(house: tuple[str, Path], ada: Visitor) -> None:
    """No cookie, a forged one, another site's page, long polling: no socket."""
    address = house[0]
    for cookie in ("", "keepsake=forged"):
        with pytest.raises(socketio.exceptions.ConnectionError):
            async with chatting(address, cookie):
                pass
    with pytest.raises(socketio.exceptions.ConnectionError):
        async with chatting(address, ada.cookie, headers={"Origin": "http://evil.example"}):
            pass
    assert ada.http.get("/ws/socket.io/?EIO=4&transport=polling").status_code == 400


async def test_ada_s_conversation_cannot_be_resumed_by_ben(ada: Visitor, ben: Visitor) -> None:
    """Her thread id and one that never was: the same events, and what he says starts a thread of his own."""
    thread, _ = await conversation(ada, "My password hint is a river in Spain.")
    seen: list[list[str]] = []
    for id in (thread, UNKNOWN):
        async with ben.chat(thread=id) as chat:
            assert await chat.until("resume_thread_error") == GONE
            await chat.says("I like rain.")
            assert await chat.thread() not in (thread, UNKNOWN)
            assert "river" not in json.dumps([data for _, data in chat.events])
            seen.append([name for name, _ in chat.events if name != "stream_token"])
    assert set(seen[0]) == set(seen[1])
    async with ada.chat(thread=thread) as chat:
        assert "river" in json.dumps(await chat.until("resume_thread"))


async def test_ada_s_live_session_cannot_be_taken_over(ada: Visitor, ben: Visitor) -> None:
    """Knowing the id of a session is not enough to sit down in it."""
    async with ada.chat() as chat:
        with pytest.raises(socketio.exceptions.ConnectionError):
            async with ben.chat(session=chat.session):
                pass
        await chat.says("I am still here.")
        assert not chat.gone.is_set()


async def test_a_session_id_cannot_name_a_folder(ada: Visitor, house: tuple[str, Path]) -> None:
    """Chainlit deletes the folder a session names when it ends: only a UUID may name one."""
    (house[1] / "data" / "ui" / "public" / "precious").mkdir(exist_ok=True)
    for session in ("../public/precious", "", "/etc", UNKNOWN.upper() + "/..", UNKNOWN.replace("-", "")):
        with pytest.raises(socketio.exceptions.ConnectionError):
            async with chatting(house[0], ada.cookie, session=session or " ") as chat:
                await chat.client.emit("clear_session")
    assert (house[1] / "data" / "ui" / "public" / "precious").is_dir()
