"""Another person's ids are no ids at all, in every route that takes one."""

from __future__ import annotations

import json

import pytest

from tests.ui.visitor import Visitor

pytestmark = pytest.mark.long

MEMORY = [
    ("GET", "/api/v1/memories/{memory}"),
    ("GET", "/api/v1/memories/{memory}/account"),
    ("GET", "/api/v1/memories/{memory}/uses"),
    ("GET", "/api/v1/memories/{memory}/whereabouts"),
    ("GET", "/api/v1/memories/{memory}/related"),
    ("GET", "/api/v1/memories/{memory}/looks"),
    ("POST", "/api/v1/memories/{memory}/confirm"),
    ("POST", "/api/v1/memories/{memory}/ended"),
    ("POST", "/api/v1/memories/{memory}/not-mine"),
    ("GET", "/memory/{memory}"),
    ("GET", "/memory/{memory}/further"),
    ("POST", "/memory/{memory}/confirm"),
    ("POST", "/memory/{memory}/correct"),
    ("POST", "/memory/{memory}/ended"),
    ("POST", "/memory/{memory}/not-mine"),
    ("POST", "/memory/review/{memory}/holds"),
    ("POST", "/memory/review/{memory}/not-so"),
    ("POST", "/memory/review/{memory}/approve"),
    ("POST", "/memory/review/{memory}/reject"),
    ("POST", "/memory/review/{memory}/accept"),
    ("POST", "/memory/review/{memory}/refuse"),
    ("GET", "/memory/skills/{memory}/replay"),
    ("POST", "/memory/skills/{memory}/retire"),
    ("POST", "/memory/skills/{memory}/rollback"),
    ("GET", "/api/v1/receipts/{receipt}"),
    ("POST", "/api/v1/receipts/{receipt}/again"),
    ("GET", "/api/v1/forgettings/{forgetting}"),
    ("POST", "/api/v1/forgettings/{forgetting}/undo"),
    ("GET", "/memory/review/arrivals/{arrival}"),
    ("POST", "/memory/review/arrivals/{arrival}/accept"),
    ("POST", "/memory/review/arrivals/{arrival}/refuse"),
    ("GET", "/api/v1/arrivals/{arrival}"),
    ("POST", "/api/v1/arrivals/{arrival}/accept"),
    ("POST", "/api/v1/arrivals/{arrival}/refuse"),
    ("GET", "/memory/forgotten?forgetting={forgetting}"),
]


@pytest.fixture(scope="module")
def hers(ada: Visitor) -> dict[str, str]:
    """What is ada's: a memory, an answer's receipt, a forgetting, a file that was brought."""
    memory = ada.remembers("I sing in the choir of the mill.")
    going = ada.remembers("I owe the miller a song.")
    with ada.http.stream("POST", "/api/v1/ask", json={"text": "Where do I sing?", "thread": "hers"}) as told:
        events = [json.loads(line) for line in told.iter_lines()]
    receipt = next(event["receipt"] for event in events if event["event"] == "finished")
    forgetting = ada.http.post("/api/v1/forget", json={"ids": [going]}).json()["id"]
    arrival = ada.http.post("/api/v1/import", content="I hum in the choir stalls.").json()["arrival"]
    return {"arrival": arrival, "memory": memory, "receipt": receipt, "forgetting": forgetting}


@pytest.mark.parametrize(("method", "route"), MEMORY)
def test_somebody_elses_id_is_not_found(ben: Visitor, hers: dict[str, str], method: str, route: str) -> None:
    """404, as for an id that never was, and no word of hers in the answer."""
    address = route.format(**hers)
    if method == "GET" or address.startswith("/memory"):
        answer = ben.http.request(method, address, data={"value": "x"} if method == "POST" else None)
    else:
        answer = ben.http.request(method, address, json={})
    assert answer.status_code == 404, answer.text
    assert "choir" not in answer.text


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
