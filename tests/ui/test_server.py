"""The server's door and its REST, from outside."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from tests.kit.serving import served


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("served")) as at:
        yield at


def test_a_picture_stands_beside_answers_of_any_model(address: str) -> None:
    """Names of models have brackets, slashes and colons; none leaves an empty circle."""
    for name in ("SmolLM2-135M (on this machine)", "org/model:7b", "../../etc/passwd"):
        shown = httpx.get(f"{address}/avatars/{quote(name, safe='')}")
        assert shown.status_code == 200
        assert shown.headers["content-type"].startswith("image/")


def test_the_chat_s_script_comes_at_once_and_is_kept(address: str) -> None:
    """To this machine it is not compressed anew at every visit; its name changes with it. Until it runs, our name stands there."""
    page = httpx.get(address).text
    assert '<main id="keepsake-opening">' in page
    (script,) = re.findall(r'src="(/assets/[^"]+\.js)"', page)
    sent = httpx.get(f"{address}{script}", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in sent.headers
    assert sent.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_which_model_answers_is_said_in_the_persons_language(address: str) -> None:
    """Pages and status alike: no English sentence between French ones."""
    french = {"accept-language": "fr"}
    assert (
        httpx.get(f"{address}/api/v1/status", headers=french)
        .json()["says"]
        .startswith("Les réponses viennent")
    )
    for path in ("/memory", "/memory/privacy"):
        assert "Answers come from" not in httpx.get(f"{address}{path}", headers=french).text


def test_unknown_and_malformed_ids_look_the_same(address: str) -> None:
    """Nobody learns from an answer whether an id exists."""
    unknown = httpx.get(f"{address}/api/v1/memories/01890000-0000-7000-8000-000000000000")
    malformed = httpx.get(f"{address}/api/v1/memories/nonsense")
    assert (unknown.status_code, unknown.json()) == (malformed.status_code, malformed.json())
    assert unknown.status_code == 404


def test_another_site_cannot_write(address: str) -> None:
    """A page of another origin can neither forget nor remember here."""
    evil = {"Origin": "http://evil.example"}
    assert httpx.post(f"{address}/api/v1/memories", json={"text": "x"}, headers=evil).status_code == 403
    assert httpx.get(f"{address}/memory", headers={"Host": "evil.example"}).status_code == 400


async def test_looking_what_would_be_saved_has_a_limit(address: str) -> None:
    """Faster than anybody types is too often, and says when to come again."""
    async with httpx.AsyncClient(base_url=address, timeout=60) as http:
        sent = [http.post("/api/v1/privacy/preview", json={"text": f"I am {n}."}) for n in range(80)]
        looks = await asyncio.gather(*sent)
    refused = [look for look in looks if look.status_code == 429]
    assert 0 < len(refused) < len(looks)
    assert all(int(look.headers["retry-after"]) >= 1 for look in refused)


def test_share_routes_are_shut(address: str) -> None:
    """Conversations cannot be shared through Chainlit's back door."""
    assert httpx.put(f"{address}/project/thread/share", json={}).status_code == 404
    taken_back = httpx.request("DELETE", f"{address}/feedback", json={"feedbackId": "somebody's"})
    assert taken_back.status_code == 404


def test_hostile_text_is_shown_as_text(address: str) -> None:
    """HTML and markdown in a memory are text on the page, and the page may load nothing from elsewhere."""
    text = "<script>alert(1)</script> ![](http://evil.example/x) \u202e right to left 😀"
    assert httpx.post(f"{address}/api/v1/memories", json={"text": text}, timeout=30).status_code == 200
    page = httpx.get(f"{address}/memory")
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "https://" not in httpx.get(address).text


def test_empty_text_is_refused_with_a_sentence(address: str) -> None:
    """A refusal says what would do."""
    refused = httpx.post(f"{address}/api/v1/memories", json={"text": "   "})
    assert refused.status_code == 400
    assert "Write something" in refused.json()["error"]


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"KEEPSAKE_HOST": "0.0.0.0"}, "Use 127.0.0.1"),
        ({"OPENAI_BASE_URL": "http://models.example/v1"}, "Use https"),
    ],
)
def test_unsafe_settings_are_not_served(tmp_path: Path, settings: dict[str, str], sentence: str) -> None:
    """The server refuses to start where it could be read by others, and says what to do."""
    environment = os.environ | {
        "KEEPSAKE_HOME": str(tmp_path),
        "KEEPSAKE_CONFIG": str(tmp_path / "c"),
        **settings,
    }
    ran = subprocess.run(
        [sys.executable, "-m", "ui.cli", "serve"], env=environment, capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 1
    assert sentence in " ".join(ran.stderr.split())


def test_a_second_server_is_refused_within_seconds(address: str, tmp_path: Path) -> None:
    """A port in use is said in a sentence."""
    port = address.rsplit(":", 1)[1]
    environment = os.environ | {
        "KEEPSAKE_HOME": str(tmp_path),
        "KEEPSAKE_CONFIG": str(tmp_path / "c"),
        "KEEPSAKE_PORT": port,
    }
    ran = subprocess.run(
        [sys.executable, "-m", "ui.cli", "serve"], env=environment, capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 1
    assert "KEEPSAKE_PORT" in ran.stderr
