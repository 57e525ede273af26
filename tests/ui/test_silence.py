"""The server talks to nobody: its system calls are watched from the start to the end of a conversation."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
from pathlib import Path

import pytest

from agent.settings import Settings
from tests.kit.chatting import chatting
from tests.kit.serving import served

_CALL = re.compile(r"\b(connect|sendto|sendmsg|sendmmsg)\((?P<rest>.*)")
_ADDRESS = re.compile(r"sa_family=AF_INET6?\b.*?(?:inet_addr\(\"|inet_pton\(AF_INET6, \")(?P<host>[^\"]+)\"")
_PORT = re.compile(r"htons\((?P<port>\d+)\)")
_LOCAL = re.compile(r"sa_family=AF_UNIX, sun_path=@?\"(?P<path>[^\"]*)\"")
LOOPBACK = re.compile(r"127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+")


@pytest.fixture
def strace() -> str:
    found = shutil.which("strace")
    if found is None:
        if os.environ.get("KEEPSAKE_REQUIRE_BROWSER") == "1":
            pytest.fail("KEEPSAKE_REQUIRE_BROWSER=1, but there is no strace: install it.")
        pytest.skip("no strace here: nobody watched the system calls")
    return found


async def test_nothing_leaves_this_machine(strace: str, tmp_path: Path) -> None:
    """From start to stop with a conversation in between: no look-up, nothing beyond loopback, nothing in HOME."""
    calls, home, temporary = tmp_path / "calls", tmp_path / "empty", tmp_path / "tmp"
    home.mkdir()
    temporary.mkdir()
    watching = [strace, "-D", "-f", "-qq", "-s", "256", "-o", str(calls)]
    watching += ["-e", "trace=connect,sendto,sendmsg,sendmmsg"]
    settings = {
        "HOME": str(home),
        "TMPDIR": str(temporary),
        "KEEPSAKE_CACHE": str(Settings().cache_home),
        "OPENAI_API_KEY": "",
        "OPENAI_BASE_URL": "",
    }
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        settings[name] = str(home / name)
    with served(tmp_path, under=watching, **settings) as address:
        async with chatting(address) as chat:
            await _converse(chat)
    seen = _calls(calls)
    assert any(host for host, _, _ in seen), "the watch saw nothing, not even loopback"
    assert [host for host, _, _ in seen if host and not LOOPBACK.fullmatch(host)] == []
    assert [port for _, port, _ in seen if port in ("53", "853", "5353")] == []
    # Unix sockets: our own, in the temporary directory or, its path being long, beside it; and none that would look names
    # up for us
    ours = (str(temporary), "/tmp/keepsake-")
    assert {path for _, _, path in seen if path and not path.startswith(ours)} <= {"/var/run/nscd/socket"}
    assert list(home.rglob("*")) == []


async def _converse(chat) -> None:
    """Tell, small talk by the model that comes along until it is stopped, recall, look, forget."""
    await chat.say("My boat is called Marguerite.")
    begins = await chat.begin("Good morning!")
    await chat.until(lambda event: event[0] == "stream_start", after=begins, timeout=240)
    await chat.stop()
    await chat.finish(begins)
    assert "Marguerite" in (await chat.say("What is my boat called?")).text
    page = await chat.http.get("/memory")
    assert "Marguerite" in page.text
    found = (await chat.http.get("/api/v1/memories", params={"words": "Marguerite"})).json()["memories"]
    ids = [memory["id"] for memory in found]
    forgotten = await chat.http.post("/api/v1/forget", json={"ids": ids, "now": True})
    assert forgotten.json()["probes"][:4] == [["id", 0], ["words", 0], ["meaning", 0], ["bytes", 0]]
    await asyncio.sleep(1)  # what follows a turn, follows


def _calls(log: Path) -> list[tuple[str, str, str]]:
    """Host, port and Unix path of every call that names an address."""
    seen = []
    for line in log.read_text(errors="replace").splitlines():
        if not (call := _CALL.search(line)):
            continue
        host, port, path = (pattern.search(call["rest"]) for pattern in (_ADDRESS, _PORT, _LOCAL))
        if host or path:
            seen.append(
                (host["host"] if host else "", port["port"] if port else "", path["path"] if path else "")
            )
    return seen
