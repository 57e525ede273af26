"""A Milvus Lite of our own in a process of its own, reachable through a private Unix socket only.

The stock way opens an unauthenticated TCP port and lets concurrent writers corrupt the log; here there is no
port, writes are one at a time, and the process ends when its standard input closes, however we end.
Run as `python -m memory.stores.milvus_host DATA SOCKET`; the first word it prints says how it went. These are internal modules of milvus-lite 3.2.2.
"""

from __future__ import annotations

import errno
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from ..errors import IndexDamaged, IndexFault

START_SECONDS = 30.0
LOCK_SECONDS = 10.0
MEMTABLE_BYTES = "500000"  # rows outside a segment are searched 30 to 90 times slower
UNWRITABLE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM}
UNWRITABLE_DISK = (
    "The search index cannot write its files. Free some disk space or make the data directory writable; "
    "until then recall reads the ledger, and nothing is lost."
)
NOT_STARTED = (
    "The search index did not start. It is tried again by itself; if this stays, run `keepsake doctor`. "
    "Until then recall reads the ledger, and nothing is lost."
)


def _serve(data: Path, socket: Path) -> None:
    import logging
    from concurrent.futures import ThreadPoolExecutor

    import grpc
    from milvus_lite.adapter.grpc.servicer import MilvusServicer
    from pymilvus.grpc_gen import milvus_pb2_grpc

    logging.disable(logging.CRITICAL)  # its log lines carry filters and values
    one_writer = threading.RLock()

    def locked(name: str) -> Any:
        def call(self: Any, request: Any, context: Any) -> Any:
            with one_writer:
                return getattr(MilvusServicer, name)(self, request, context)

        return call

    writes = [
        "Insert",
        "Upsert",
        "Delete",
        "Flush",
        "CreateCollection",
        "DropCollection",
        "CreateIndex",
        "LoadCollection",
        "ReleaseCollection",
    ]
    servicer = type("OneWriter", (MilvusServicer,), {name: locked(name) for name in writes})
    database = _opened(data)
    options = [
        ("grpc.max_receive_message_length", 256 << 20),
        ("grpc.max_send_message_length", 256 << 20),
        ("grpc.http2.min_recv_ping_interval_without_data_ms", 5000),
        ("grpc.keepalive_permit_without_calls", 1),
        ("grpc.http2.max_ping_strikes", 0),  # a busy process pings late and then often: no reason to hang up
    ]
    server = grpc.server(ThreadPoolExecutor(8), options=options)
    milvus_pb2_grpc.add_MilvusServiceServicer_to_server(servicer(database), server)
    server.add_insecure_port(f"unix:{socket}")
    server.start()
    _say("ready")
    sys.stdin.read()  # returns when the parent closes it or dies
    server.stop(2).wait()
    database.close()


def _opened(data: Path) -> Any:
    """The database, or the end of this process with the word that says why."""
    from milvus_lite.db import MilvusLite
    from milvus_lite.exceptions import DataDirLockedError

    patience = time.monotonic() + LOCK_SECONDS
    try:
        while True:
            try:
                return MilvusLite(str(data))
            except DataDirLockedError:
                if time.monotonic() > patience:
                    raise
                time.sleep(0.1)  # the host of a killed process needs a moment to let go
    except DataDirLockedError:
        word = "locked"
    except OSError as error:
        word = "unwritable" if error.errno in UNWRITABLE else "damaged"
    except ValueError:
        word = "damaged"
    _say(word)
    raise SystemExit(1)


def _say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


class MilvusHost:
    """The parent's side: start, look, restart, stop."""

    def __init__(self, data: Path, runtime: Path) -> None:
        self._data = data
        self._runtime = runtime
        self._socket = runtime / "milvus.sock"
        self._starts = 0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def uri(self) -> str:
        return f"unix:{self._socket}"

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
            raise IndexFault(UNWRITABLE_DISK if word == "unwritable" else NOT_STARTED)

    def _start(self) -> str:
        try:
            self._make_room()
        except OSError:
            return "unwritable"
        self._launch()
        word = self._first_word()
        if word != "ready":
            self.stop()
        return word

    def _make_room(self) -> None:
        self._runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._runtime.chmod(0o700)
        self._data.mkdir(mode=0o700, parents=True, exist_ok=True)
        for stale in self._runtime.glob("milvus*.sock"):
            stale.unlink(missing_ok=True)
        # a new name each time: gRPC would go on waiting out the failures of the old one
        self._starts += 1
        self._socket = self._runtime / f"milvus{self._starts}.sock"

    def _launch(self) -> None:
        root = Path(__file__).resolve().parents[2]
        # a clean environment: pymilvus reads .env files and variables of its own
        environment = {
            "MILVUS_LITE_MEMTABLE_MEMORY_LIMIT_BYTES": MEMTABLE_BYTES,
            "PYTHONPATH": str(root),
            "HOME": str(self._runtime),
            "PATH": "/usr/bin:/bin",
        }
        self._process = subprocess.Popen(  # noqa: S603  # our own module and our own paths
            [sys.executable, "-m", __name__, str(self._data / "index.db"), str(self._socket)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._runtime,
            env=environment,
        )

    def _first_word(self) -> str:
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
        self._socket.unlink(missing_ok=True)


if __name__ == "__main__":
    _serve(Path(sys.argv[1]), Path(sys.argv[2]))
