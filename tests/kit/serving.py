"""A real server in a process of its own, for tests that talk to it from outside."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

import httpx

from agent.settings import Settings
from tests.kit.forking import Process, started
from ui.rendezvous import HEADER, socket_path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """Where a test's Keepsake lives."""
    return os.environ | {
        "KEEPSAKE_HOME": str(folder / "data"),
        "KEEPSAKE_CONFIG": str(folder / "config"),
        **settings,
    }


def keepsake(
    folder: Path, *words: str, typed: str = "", cwd: Path | None = None, **settings: str
) -> subprocess.CompletedProcess[str]:
    """One command on the terminal, in a process of its own."""
    with TemporaryFile("w+") as stdin, TemporaryFile("w+") as stdout, TemporaryFile("w+") as stderr:
        stdin.write(typed)
        stdin.seek(0)
        process = started(
            "ui.cli", *words, environment=environment(folder, **settings), folder=cwd,
            stdin=stdin.fileno(), stdout=stdout.fileno(), stderr=stderr.fileno(),
        )  # fmt: skip
        try:
            code = process.wait(timeout=300)
        finally:
            process.kill()
        for said in (stdout, stderr):
            said.seek(0)
        return subprocess.CompletedProcess(process.args, code, stdout.read(), stderr.read())


@contextmanager
def served(
    folder: Path, cwd: Path | None = None, *, under: Sequence[str] = (), **settings: str
) -> Iterator[str]:
    """Serve from `folder`, `under` another command if one is given; yields the address once /health answers."""
    port = free_port()
    settings = {"KEEPSAKE_PORT": str(port), **settings}
    scheme = "https" if "KEEPSAKE_SSL_CERTFILE" in settings else "http"
    with (folder / "serve.log").open("ab") as log:
        process = started(
            "ui.cli", "serve", environment=environment(folder, **settings), folder=cwd, under=under,
            stdout=log.fileno(), stderr=log.fileno(),
        )  # fmt: skip
        try:
            yield ready(f"{scheme}://127.0.0.1:{port}", process, folder / "serve.log")
        finally:
            process.terminate()
            process.wait(timeout=90)


def settle(folder: Path) -> None:
    """Wait until the server of a folder has learned from what was said and indexed it."""
    way_in = httpx.HTTPTransport(uds=str(socket_path(Settings(home=folder / "data"))))
    with httpx.Client(transport=way_in, base_url="http://keepsake", timeout=120) as terminal:
        terminal.post("/api/v1/upkeep/settle", headers={HEADER: "local"}).raise_for_status()


def ready(address: str, process: Process, log: Path, longest: float = 180) -> str:
    """The address, once /health answers. AssertionError with the end of the log when the process ends or hangs."""
    until = time.monotonic() + longest
    while time.monotonic() < until and process.poll() is None:
        try:
            # whether the certificate is good is for the tests to say
            if httpx.get(f"{address}/health", timeout=2, verify=False).status_code == 200:
                return address
        except httpx.HTTPError:
            time.sleep(0.2)
    raise AssertionError(f"the server did not come up: {log.read_text()[-2000:]}")
