"""Our side of the private Milvus Lite process: start, look, restart, begin anew, stop."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..errors import IndexDamaged, IndexFault

START_SECONDS = 30.0
MEMTABLE_BYTES = "500000"  # rows outside a segment are searched 30 to 90 times slower
UNIX_SOCKETS = hasattr(socket, "AF_UNIX")  # Windows: a port on loopback instead
UNWRITABLE = (
    "The search index cannot write its files. Free some disk space or make the data directory writable; "
    "until then recall reads the ledger, and nothing is lost."
)
NOT_STARTED = (
    "The search index did not start. It is tried again by itself; if this stays, run `keepsake doctor`. "
    "Until then recall reads the ledger, and nothing is lost."
)


def started(words: Sequence[str], folder: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """The process, with pipes to it and from it."""
    return subprocess.Popen(  # noqa: S603  # our own module and our own paths
        [sys.executable, "-m", f"{__package__}.milvus_server", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment,
    )


class MilvusHost:
    """One process at a time. Whoever wants to speak to it needs the address and the token of its parent."""

    def __init__(self, data: Path, runtime: Path, *, unix: bool = UNIX_SOCKETS) -> None:
        self._data = data
        self._runtime = runtime
        self._unix = unix
        self._address = ""
        self._starts = 0
        self.token = secrets.token_urlsafe(32)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def uri(self) -> str:
        return self._address if self._unix else f"http://{self._address}"

    @property
    def pid(self) -> int | None:
        return None if self._process is None else self._process.pid

    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start and wait until it answers. Raises IndexFault, and IndexDamaged when only new files help."""
        word = self._start()
        if word == "damaged":
            raise IndexDamaged(
                "The search index is damaged. It is made anew from the ledger; nothing is lost."
            )
        if word != "ready":
            raise IndexFault(UNWRITABLE if word == "unwritable" else NOT_STARTED)

    def _start(self) -> str:
        try:
            self._make_room()
        except OSError:
            return "unwritable"
        self._launch()
        word, _, port = self._first_line().partition(" ")
        if word != "ready":
            self.stop()
        elif not self._unix:
            self._address = f"127.0.0.1:{port}"
        return word

    def _make_room(self) -> None:
        self._runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._runtime.chmod(0o700)
        self._data.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._remove_sockets()
        # a new name each time: gRPC would go on waiting out the failures of the old one
        self._starts += 1
        self._address = (
            f"unix:{self._runtime / f'milvus{self._starts}.sock'}" if self._unix else "127.0.0.1:0"
        )

    def _remove_sockets(self) -> None:
        for stale in self._runtime.glob("milvus*.sock"):
            stale.unlink(missing_ok=True)

    def _launch(self) -> None:
        root = Path(__file__).resolve().parents[2]
        # a clean environment: pymilvus reads .env files and variables of its own
        environment = {
            "MILVUS_LITE_MEMTABLE_MEMORY_LIMIT_BYTES": MEMTABLE_BYTES,
            "PYTHONPATH": str(root),
            "HOME": str(self._runtime),
            "PATH": os.defpath,
        }
        self._process = started([str(self._data / "index.db"), self._address], self._runtime, environment)
        assert self._process.stdin is not None  # just started with pipes
        try:
            self._process.stdin.write(self.token.encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # it is gone already: its first line will be missing

    def _first_line(self) -> str:
        assert self._process is not None
        assert self._process.stdout is not None  # just started with pipes
        late = threading.Timer(START_SECONDS, self._process.kill)
        late.start()
        line = self._process.stdout.readline()
        late.cancel()
        return line.strip().decode("ascii", "replace")

    def restart(self) -> None:
        self.stop()
        self.start()

    def begin_anew(self) -> None:
        """Start with empty files; whoever calls this writes them again from the ledger."""
        self.stop()
        if self._data.is_dir():
            shutil.rmtree(self._data)
        self.start()

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.close()
            process.wait(timeout=10)
        except (subprocess.TimeoutExpired, BrokenPipeError):
            process.kill()
            process.wait()
        process.stdout.close()
        self._remove_sockets()
