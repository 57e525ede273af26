"""REST is what its OpenAPI says, whatever is sent: every operation, what it allows and what it does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from tests.kit.serving import served
from tests.kit.talking import talking

pytestmark = pytest.mark.long

CHECKS = [
    schemathesis.checks.not_a_server_error,
    schemathesis.checks.status_code_conformance,
    schemathesis.checks.response_schema_conformance,
    schemathesis.checks.content_type_conformance,
]
REFUSES = [*CHECKS, schemathesis.checks.negative_data_rejection]
ENDLESS = "/api/v1/events"  # it goes on as long as somebody listens: it has a test of its own below
AT_LEAST = 100  # operations
SAID = ("I live in Lyon.", "I like tea.", "My sister Anna plays chess.", "I have asthma.")


@dataclass(frozen=True)
class Rest:
    """A served Keepsake with something in it, and the ids of that by the names of parameters."""

    address: str
    known: Mapping[str, Sequence[str]]

    def operations(self) -> list[Any]:
        schema = schemathesis.openapi.from_url(f"{self.address}/api/v1/openapi.json")
        every = [found.ok() for found in schema.get_all_operations()]
        return [o for o in every if o.path.startswith("/api/v1/") and o.path != ENDLESS]


@pytest.fixture(scope="module")
def rest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rest]:
    with talking() as (_, model), served(tmp_path_factory.mktemp("schema"), **model) as address:
        http = httpx.Client(base_url=f"{address}/api/v1", timeout=60)
        for text in SAID:
            http.post("/memories", json={"text": text}).raise_for_status()
        http.post("/import", content=b"# Notes\n\nI keep bees.", params={"name": "n.md"}).raise_for_status()
        http.post("/ask", json={"text": "Where do I live?", "thread": "one"}).raise_for_status()
        gone = http.post("/memories", json={"text": "I hate fog."}).json()["memories"][0]["id"]
        yield Rest(
            address,
            {
                "memory": [m["id"] for m in http.get("/memories").json()["memories"]],
                "forgetting": [http.post("/forget", json={"ids": [gone]}).json()["id"]],
                "entity": [e["id"] for e in http.get("/graph").json()["entities"]] or ["user"],
                "arrival": [one["id"] for one in http.get("/arrivals").json()["arrivals"]],
                "id": [one["id"] for one in http.get("/privacy/waiting").json()["waiting"]],
                "thread": ["one"],
                "about": ["memories", "health", "PERSON"],
                "provider": ["any", "api.example.org"],
            },
        )


def told(case: Any, known: Mapping[str, Sequence[str]], data: st.DataObject) -> Any:
    """The same request, half the time about something that is there."""
    for name, ids in known.items():
        if ids and name in (case.path_parameters or {}) and data.draw(st.booleans()):
            case.path_parameters[name] = data.draw(st.sampled_from(ids))
    return case


def sent(case: Any, address: str, checks: Sequence[Any]) -> dict[str, str]:
    """What is wrong with the answer, by operation: all of it is told at once."""
    try:
        case.call_and_validate(base_url=address, checks=checks, timeout=30)
    except BaseExceptionGroup as failures:
        return {f"{case.method} {case.path}": "; ".join(str(one) for one in failures.exceptions)[:600]}
    return {}


def drawn(examples: int) -> Any:
    """As often as this, the same each time."""
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def test_no_request_breaks_rest(rest: Rest) -> None:
    """What the schema allows is answered as the schema says and never by a fault of ours."""
    operations = rest.operations()
    assert len(operations) >= AT_LEAST

    wrong: dict[str, str] = {}

    @drawn(4)
    @given(data=st.data())
    def every(data: st.DataObject) -> None:
        for operation in operations:
            case = told(data.draw(operation.as_strategy()), rest.known, data)
            wrong.update(sent(case, rest.address, CHECKS))

    every()
    assert not wrong, "\n".join(f"{operation}: {told}" for operation, told in sorted(wrong.items()))


def test_what_the_schema_does_not_allow_is_refused(rest: Rest) -> None:
    """Wrong types, missing and unknown fields are told as such, and change nothing."""
    typed = [o for o in rest.operations() if o.body or o.query]  # a path is a text, and any text is one
    assert len(typed) > AT_LEAST / 2

    wrong: dict[str, str] = {}

    @drawn(3)
    @given(data=st.data())
    def every(data: st.DataObject) -> None:
        for operation in typed:
            case = data.draw(operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
            wrong.update(sent(told(case, rest.known, data), rest.address, REFUSES))

    every()
    assert not wrong, "\n".join(f"{operation}: {told}" for operation, told in sorted(wrong.items()))


def test_the_endless_one_begins_as_it_says(rest: Rest) -> None:
    """News come as server-sent events, as the schema has it."""
    schema = httpx.get(f"{rest.address}/api/v1/openapi.json").json()
    said = schema["paths"][ENDLESS]["get"]["responses"]["200"]["content"]
    with httpx.stream("GET", f"{rest.address}{ENDLESS}", timeout=30) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].split(";")[0] in said
        assert next(answer.iter_lines()) == "event: now"
