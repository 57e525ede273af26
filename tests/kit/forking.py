"""Processes of Keepsake that need not import anything: one process has imported it all, and forks when it is asked.

A server or a terminal command takes seconds of processor time to import what it needs, and a test run starts hundreds
of them. What comes out of the fork is a process of its own like any other: it has its own id, environment, folder, streams and
exit code, runs a module as `python -m` does, and can be killed. What has read the environment when it was imported, or
has a thread or a connection, is not shared: ui, Chainlit, Milvus Lite, ONNX Runtime and llama.cpp are imported after it.

`python -m tests.kit.forking PATH` is the process that forks; it ends when its standard input closes. A whole run has one,
which imports while the workers collect; else it is started by the first test that asks.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import runpy
import select
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, NamedTuple, NoReturn

from memory.stores import milvus_host

# Linux alone: elsewhere a fork of a process that has loaded so much is not safe. "no": start everything by exec
POSSIBLE = sys.platform == "linux" and os.environ.get("KEEPSAKE_TEST_FORKING") != "no"
PRELOADED = (
    "agent.wiring agent.comparison agent.locking privacy.recognizers presidio_anonymizer pymilvus grpc pandas pyarrow faiss "
    "openai.resources.chat.completions httpx httpx2 httpcore2 h11 h2.connection anyio._backends._asyncio "
    "cryptography.hazmat.primitives.ciphers.aead cryptography.x509 argon2 keyring jwt uvicorn fastapi starlette.staticfiles "
    "multipart jinja2 babel.dates babel.messages.pofile networkx literalai mcp socketio engineio aiofiles filetype "
    "dataclasses_json marshmallow asyncer syncer lazify tomli webbrowser"
).split()
STARTED = milvus_host.started  # by exec
COUNT = 8  # bytes of the length of a request


class Wanted(NamedTuple):
    """What to run, as `python -m` would."""

    module: str
    arguments: Sequence[str]
    environment: Mapping[str, str]
    folder: str


class Forked:
    """A process that was forked for us: as much of `subprocess.Popen` as is needed."""

    def __init__(self, wanted: Wanted, stdin: int, stdout: int, stderr: int) -> None:
        self.args = [wanted.module, *wanted.arguments]
        self.returncode: int | None = None
        self.stdin: IO[bytes] | None = None
        self.stdout: IO[bytes] | None = None
        self._reading = threading.Lock()
        self._line = socket.socket(socket.AF_UNIX)
        self._line.connect(forker())
        request = json.dumps(wanted._asdict()).encode()
        socket.send_fds(self._line, [len(request).to_bytes(COUNT, "big")], [stdin, stdout, stderr])
        self._line.sendall(request)
        self._answers = self._line.makefile("r", encoding="ascii")
        pid = self._answers.readline()
        assert pid, "the forking process did not come up; its error is above"
        self.pid = int(pid)

    def poll(self) -> int | None:
        with self._reading:
            if self.returncode is None and select.select([self._line], [], [], 0)[0]:
                self.returncode = int(self._answers.readline())
        return self.returncode  # the line stays open: another thread may be waiting on it

    def wait(self, timeout: float | None = None) -> int:
        until = None if timeout is None else time.monotonic() + timeout
        while self.poll() is None:
            left = None if until is None else until - time.monotonic()
            if left is not None and left <= 0:
                raise subprocess.TimeoutExpired(self.args, timeout or 0)
            select.select([self._line], [], [], left)
        return self.returncode or 0

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


Process = Forked | subprocess.Popen[bytes]


def started(
    module: str,
    *arguments: str,
    environment: Mapping[str, str],
    folder: Path | None = None,
    under: Sequence[str] = (),
    stdin: int = subprocess.DEVNULL,
    stdout: int,
    stderr: int,
) -> Process:
    """`python -m MODULE ARGUMENTS`, forked where that comes to the same: not under another command or in another checkout."""
    if not POSSIBLE or under or environment.get("PYTHONPATH") != os.environ.get("PYTHONPATH"):
        return subprocess.Popen(
            [*under, sys.executable, "-m", module, *arguments],
            env=environment, cwd=folder, stdin=stdin, stdout=stdout, stderr=stderr,
        )  # fmt: skip
    wanted = Wanted(module, arguments, dict(environment), str(folder or Path.cwd()))
    with open(os.devnull, "r+b") as nothing:
        streams = [nothing.fileno() if one == subprocess.DEVNULL else one for one in (stdin, stdout, stderr)]
        return Forked(wanted, *streams)


def started_host(words: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Forked:
    """What `memory.stores.milvus_host` starts, forked."""
    wanted = Wanted("memory.stores.milvus_server", words, environment, str(folder))
    (reads, typed), (said, writes) = os.pipe(), os.pipe()
    with open(reads), open(writes, "w"), open(os.devnull, "w") as nothing:
        host = Forked(wanted, reads, writes, nothing.fileno())
    host.stdin, host.stdout = open(typed, "wb"), open(said, "rb")  # noqa: SIM115
    return host


def hosts_are_forked() -> None:
    """From now on in this process. Tests about how a host is started undo it."""
    if POSSIBLE:
        milvus_host.started = started_host


_starting = threading.Lock()
_mine: list[subprocess.Popen[bytes]] = []  # the forker that this process has started
_ADDRESS = "KEEPSAKE_TEST_FORKER"  # in the environment, so that a test's own processes ask the same one


def forker() -> str:
    """The address of the forker of this test process and of those that it starts; who asks before it is ready, waits."""
    with _starting:
        if _ADDRESS not in os.environ:
            folder = tempfile.TemporaryDirectory(prefix="keepsake-forking-")
            path = f"{folder.name}/socket"
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.kit.forking", path],
                cwd=Path(__file__).resolve().parents[2], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            )  # fmt: skip
            assert process.stdout is not None
            assert process.stdout.readline() == b"listening\n", "the forking process did not come up"
            atexit.register(folder.cleanup)
            atexit.register(forker_ends)
            _mine.append(process)
            os.environ[_ADDRESS] = path
        return os.environ[_ADDRESS]


def forker_ends() -> None:
    """If it is of this process; its time counts for this one then."""
    while _mine:
        _mine.pop().communicate()


# ---- the process that forks


def _preload() -> None:
    from agent.detection import detector
    from agent.languages import language_of
    from agent.parsing import parse
    from agent.settings import Settings

    hosts_are_forked()
    for name in PRELOADED:
        importlib.import_module(name)
    # plain memory, without threads and files: what spaCy and the recognizers have loaded, and the words of languages
    detector(Settings().cache_home)._engine()
    parse(["Good morning."])
    language_of("Good morning.")
    # itself it is left out: it reads its limits from the environment
    importlib.import_module("milvus_lite.adapter.grpc.servicer")
    for name in [name for name in sys.modules if name.partition(".")[0] == "milvus_lite"]:
        del sys.modules[name]
    assert threading.active_count() == 1, "a fork would leave a thread behind"
    assert not {"onnxruntime", "xllamacpp", "chainlit", "mem0"} & sys.modules.keys()
    gc.collect()
    gc.freeze()  # what is shared is not touched any more


def _listening(path: str) -> socket.socket:
    """Before anything is imported: who asks by then waits for an answer."""
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(path)
    listening.listen(64)
    print("listening", flush=True)
    return listening


def _asked(listening: socket.socket) -> Wanted:
    """Fork for whoever asks. Returns in the children; the process itself ends here."""
    bell, rope = socket.socketpair()
    for one in (bell, rope):
        one.setblocking(False)
    signal.set_wakeup_fd(rope.fileno(), warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for pytest, which ends us
    selector = selectors.DefaultSelector()
    for source in (listening, bell, sys.stdin.buffer):
        selector.register(source, selectors.EVENT_READ)
    running: dict[int, socket.socket] = {}
    while True:
        for key, _ in selector.select():
            if key.fileobj is listening:
                line, _ = listening.accept()
                streams, wanted = _request(line)
                if wanted is None:  # whoever asked was killed meanwhile
                    line.close()
                    continue
                child = os.fork()
                if child == 0:
                    signal.set_wakeup_fd(-1)
                    for one in (listening, bell, rope, selector, line, *running.values()):
                        one.close()
                    _become(wanted, streams)
                    return wanted
                running[child] = line
                _tell(line, child)
                for stream in streams:
                    os.close(stream)
            elif key.fileobj is bell:
                bell.recv(4096)
                _report(running)
            elif not os.read(0, 1):
                os._exit(0)


def _request(line: socket.socket) -> tuple[list[int], Wanted | None]:
    length, streams, _, _ = socket.recv_fds(line, COUNT, 3)
    left, pieces = int.from_bytes(length, "big"), [b""]
    while left and (piece := line.recv(left)):
        pieces.append(piece)
        left -= len(piece)
    if left or not length:
        for stream in streams:
            os.close(stream)
        return [], None
    return streams, Wanted(**json.loads(b"".join(pieces)))


def _report(running: dict[int, socket.socket]) -> None:
    """Tell whoever asked for them how those ended that did."""
    while running:
        child, status = os.waitpid(-1, os.WNOHANG)
        if child == 0:
            return
        with running.pop(child) as line:
            _tell(line, os.waitstatus_to_exitcode(status))


def _tell(line: socket.socket, number: int) -> None:
    try:
        line.sendall(b"%d\n" % number)
    except OSError:
        pass  # nobody is there any more who wants to know


def _become(wanted: Wanted, streams: Sequence[int]) -> None:
    """In the child: everything that a new process would have of its own."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w", 1, errors="backslashreplace")  # noqa: SIM115
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(wanted.folder)
    address = os.environ[_ADDRESS]
    os.environ.clear()
    os.environ.update(wanted.environment)
    os.environ[_ADDRESS] = address
    sys.argv[1:] = wanted.arguments
    sys.path[0] = wanted.folder
    tempfile.tempdir = None
    time.tzset()


def _run(module: str) -> NoReturn:
    """Run it and end as an interpreter ends, but leave the memory to the system: freeing it takes longest."""
    code: object = 0
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        code = end.code or 0
        if not isinstance(code, int):
            print(code, file=sys.stderr)
    except BaseException:  # noqa: BLE001  # where else should it go
        traceback.print_exc()
        code = 1
    threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 1)


if __name__ == "__main__":
    os.environ[_ADDRESS] = sys.argv[1]
    opened = _listening(sys.argv[1])
    _preload()
    _run(_asked(opened).module)
