"""REST is what its OpenAPI says, whatever is sent."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.kit.serving import served

# endless, all of it, and what asks a model: those have tests of their own
LEFT_OUT = {"/api/v1/events", "/api/v1/export", "/api/v1/forget/everything", "/api/v1/ask", "/login"}
CHECKS = [
    schemathesis.checks.not_a_server_error,
    schemathesis.checks.response_schema_conformance,
    schemathesis.checks.content_type_conformance,
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("schema")) as at:
        for text in ("I live in Lyon.", "I like tea."):
            httpx.post(f"{at}/api/v1/memories", json={"text": text}, timeout=60).raise_for_status()
        yield at


def test_no_request_breaks_rest(address: str) -> None:
    """What the schema allows, and what it does not, is answered as the schema says and never by a fault of ours."""
    schema = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json")
    operations = [
        found.ok()
        for found in schema.get_all_operations()
        if found.ok().path.startswith("/api/v1/") and found.ok().path not in LEFT_OUT
    ]
    assert len(operations) > 50

    @settings(
        max_examples=3,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def every(data: st.DataObject) -> None:
        for operation in operations:
            case = data.draw(operation.as_strategy())
            case.call_and_validate(base_url=address, checks=CHECKS, timeout=30)

    every()
