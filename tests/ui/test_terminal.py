"""The terminal speaks to the server that is up, and holds the data itself when none is."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from agent.settings import Settings
from tests.kit.serving import keepsake, served
from ui.rendezvous import socket_path

pytestmark = pytest.mark.long


@pytest.mark.parametrize("server_is_up", [False, True])
def test_every_verb_with_and_without_a_server(tmp_path: Path, server_is_up: bool) -> None:
    """Say, list, recall, forget and check: the same words do the same beside a server as without one."""
    if server_is_up:
        with served(tmp_path):
            _use_every_verb(tmp_path)
    else:
        _use_every_verb(tmp_path)


def _use_every_verb(folder: Path) -> None:
    answered = keepsake(folder, "ask", "I keep my bees on the roof of the brewery.")
    assert "remember that" in answered.stdout, answered.stderr
    listed = json.loads(keepsake(folder, "memories", "--json", "--words", "bees").stdout)
    told = [m for m in listed["memories"] if m["kind"] == "episode"]
    assert [m["text"] for m in told] == ["I keep my bees on the roof of the brewery."]
    found = json.loads(keepsake(folder, "recall", "Where are my bees?", "--json").stdout)
    best = found["hits"][0]["memory"]
    assert told[0]["id"] in (best["id"], *best["sources"])  # what was said, or what was learned from it
    assert "brewery" in keepsake(folder, "recall", "bees").stdout
    assert "about the same thing" in keepsake(folder, "recall", "Where are my bees?").stdout
    assert "searched" in keepsake(folder, "audit", "list").stdout
    talk = keepsake(folder, "chat", typed="/memories bees\nWhere do I keep my bees?\n/forget 1\n/what\n\n")
    assert "[1]" in talk.stdout
    assert "Checked: id 0, words 0, meaning 0, bytes 0, transcripts 0" in talk.stdout, talk.stderr
    assert "There are /memories" in talk.stdout
    assert json.loads(keepsake(folder, "memories", "--json", "--words", "brewery").stdout)["total"] == 0
    assert "the chain holds" in keepsake(folder, "doctor").stdout
    assert "memories indexed" in keepsake(folder, "reindex").stdout


def test_a_refusal_is_a_sentence_and_an_exit_code(tmp_path: Path) -> None:
    """An unknown id and an empty message end with code 1 and a sentence that says what to do."""
    unknown = keepsake(tmp_path, "forget", "01890000-0000-7000-8000-000000000000")
    assert (unknown.returncode, "no such memory" in unknown.stderr) == (1, True)
    empty = keepsake(tmp_path, "remember", "   ")
    assert (empty.returncode, "Write something first" in empty.stderr) == (1, True)


def test_nobody_else_can_open_the_socket(tmp_path: Path) -> None:
    """The terminal's socket and its folder belong to this computer's user alone, and go with the server."""
    path = socket_path(Settings(home=tmp_path / "data"))
    with served(tmp_path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert not path.exists()


def test_the_network_cannot_claim_to_be_the_terminal(tmp_path: Path) -> None:
    """Upkeep is not served on the port, and the header that names a person means nothing there."""
    import httpx

    with served(tmp_path) as address:
        answer = httpx.post(f"{address}/api/v1/upkeep/reindex", headers={"keepsake-person": "local"})
        assert answer.status_code in (404, 405)
