"""Another person's ids are no ids at all, in every route that takes one; another site's page writes nowhere."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import httpx
import pytest

from tests.kit.routes import READING, routes
from tests.ui.visitor import Visitor

pytestmark = pytest.mark.long

ROUTES = routes()
UNKNOWN = "01920000-0000-7000-8000-000000000000"
# what stands for no id: a name that everybody may say
NAMES = {"aspect", "purpose", "category", "kind", "provider", "about"}
WITH_IDS = [(method, path) for method, path in ROUTES if set(re.findall(r"{(\w+)}", path)) - NAMES]
# what each takes beside the id, so that it is the id alone which is refused
TAKES: dict[str, Any] = {
    "value": "Oslo",
    "rule": "use ounces",
    "others": [UNKNOWN],
    "memory": UNKNOWN,
    "hidden": True,
    "question": "Where do I sing?",
}
# a name that everybody may give a conversation of theirs: hers and one that never was are the same nothing
NOTHING = ("GET", "/api/v1/summaries/{thread}")


@pytest.fixture(scope="module")
def hers(ada: Visitor) -> dict[str, str]:
    """What is ada's, by the names of parameters: one of everything that has an id."""
    http = ada.http
    memory = ada.remembers("I sing in the choir of the mill.")
    going = ada.remembers("I owe the miller a song.")
    ada.remembers("From now on, when I ask about the choir, use capitals.")
    ada.remembers("I was diagnosed with diabetes in the choir.")
    with http.stream("POST", "/api/v1/ask", json={"text": "Where do I sing?", "thread": "hers"}) as told:
        events = [json.loads(line) for line in told.iter_lines()]
    receipt = next(event["receipt"] for event in events if event["event"] == "finished")
    forgetting = http.post("/api/v1/forget", json={"ids": [going]}).json()["id"]
    arrival = http.post("/api/v1/import", content="I hum in the choir stalls.").json()["arrival"]
    reserved = http.post(f"/api/v1/memories/{memory}/not-here", json={"receipt": receipt}).json()
    waiting = http.get("/api/v1/privacy/waiting").json()["waiting"][0]["id"]
    until = time.monotonic() + 60
    while not (skills := http.get("/api/v1/procedures").json()["procedures"]) and time.monotonic() < until:
        time.sleep(0.25)
    entities = http.get("/api/v1/graph").json()["entities"]
    objected = http.post("/api/v1/privacy/objections", json={"topic": "bell ropes"}).raise_for_status().json()
    return {
        "objection": objected["id"],
        "arrival": arrival,
        "memory": memory,
        "receipt": receipt,
        "forgetting": forgetting,
        "reservation": reserved["id"],
        "waiting": waiting,
        "id": waiting,
        "procedure": skills[0]["id"],
        "skill": skills[0]["id"],
        "entity": next(entity["id"] for entity in entities if entity["id"] != "user"),
        "thread": "hers",
        "owner": "ada",
    }


@pytest.mark.parametrize(("method", "route"), WITH_IDS)
def test_somebody_elses_id_is_not_found(ben: Visitor, hers: dict[str, str], method: str, route: str) -> None:
    """404, as for an id that never was, and no word of hers in the answer."""
    address = re.sub(r"{(\w+)}", lambda name: hers.get(name[1], UNKNOWN), route)
    taken = TAKES | {"receipt": hers["receipt"]}
    form = {"data": taken} if address.startswith("/memory") else {"json": taken}
    answer = ben.http.request(method, address, **({} if method == "GET" else form))
    assert "choir" not in answer.text
    if (method, route) == NOTHING:
        assert answer.json() == ben.http.get(route.replace("{thread}", "never")).json()
    else:
        assert answer.status_code == 404, answer.text


def test_what_is_asked_for_by_its_query_is_not_found_either(ben: Visitor, hers: dict[str, str]) -> None:
    """The same where the id stands behind a question mark."""
    assert ben.http.get("/memory/forgotten", params={"forgetting": hers["forgetting"]}).status_code == 404


@pytest.mark.parametrize("sent", [{"Origin": "http://evil.example"}, {"Origin": "null"}])
def test_another_site_writes_nowhere(ada: Visitor, sent: dict[str, str]) -> None:
    """Every route that is not for reading refuses a page that is not ours, whoever is signed in."""
    writing = [(method, path) for method, path in ROUTES if method not in READING]
    assert len(writing) > 90
    let_in = [
        (method, path)
        for method, path in writing
        if ada.http.request(method, re.sub(r"{\w+}", UNKNOWN, path), json={}, headers=sent).status_code != 403
    ]
    assert let_in == []


def test_nobody_comes_in_without_signing_in(stranger: httpx.Client) -> None:
    """Every route: 401 with a sentence over REST, to the sign-in page elsewhere."""
    open_to_all = {"/api/v1/words"}
    let_in = []
    for method, path in ROUTES:
        answer = stranger.request(
            method, re.sub(r"{\w+}", UNKNOWN, path), json={} if method != "GET" else None
        )
        led = answer.status_code == 303 and answer.headers["location"] == "/login"
        if path not in open_to_all and not (led or answer.status_code == 401):
            let_in.append((method, path, answer.status_code))
    assert let_in == []


def test_lists_of_somebody_else_are_empty_of_hers(ben: Visitor, hers: dict[str, str]) -> None:
    """No list, preview or bulk verb reaches what is hers."""
    for address in ("/memory", f"/memory?memory={hers['memory']}", "/memory/timeline", "/memory/activity"):
        assert "choir" not in ben.http.get(address).text
    ids = {"ids": [hers["memory"]]}
    assert ben.http.post("/api/v1/forget/preview", json=ids).status_code == 404
    assert ben.http.post("/api/v1/forget", json=ids).status_code == 404
    assert ben.http.post("/memory/forget", data={"memory": hers["memory"]}).status_code == 404
    for verb in ("pause", "resume", "keep-until", "export"):
        assert ben.http.post(f"/api/v1/{verb}", json=ids).status_code == 404, verb
    for verb in ("pause", "resume", "until", "until/ask", "export"):
        form = {"memory": hers["memory"], "always": "true"}
        assert ben.http.post(f"/memory/{verb}", data=form).status_code == 404, verb
    asked = {"receipt": hers["receipt"]}
    assert ben.http.post(f"/api/v1/memories/{hers['memory']}/not-here", json=asked).status_code == 404
