"""A Milvus Lite that only its parent can reach: run as `python -m memory.stores.milvus_server DATA ADDRESS`.

The stock way opens an unauthenticated TCP port and lets concurrent writers corrupt the log. Here every call must
carry the token that the parent wrote as the first line of standard input, and writes are one at a time. The first
word printed says how the start went; the process ends when its standard input closes, however the parent ends.
These are internal modules of milvus-lite 3.2.2.
"""

from __future__ import annotations

import base64
import errno
import hmac
import logging
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

LOCK_SECONDS = 10.0
UNWRITABLE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM}
WRITES = (
    "Insert",
    "Upsert",
    "Delete",
    "Flush",
    "CreateCollection",
    "DropCollection",
    "CreateIndex",
    "LoadCollection",
    "ReleaseCollection",
)
OPTIONS = [
    ("grpc.max_receive_message_length", 256 << 20),
    ("grpc.max_send_message_length", 256 << 20),
    ("grpc.http2.min_recv_ping_interval_without_data_ms", 5000),
    ("grpc.keepalive_permit_without_calls", 1),
    ("grpc.http2.max_ping_strikes", 0),  # a busy process pings late and then often: no reason to hang up
]


def serve(data: Path, address: str, token: str) -> None:
    import grpc
    from milvus_lite.adapter.grpc.servicer import MilvusServicer
    from pymilvus.grpc_gen import milvus_pb2_grpc

    logging.disable(logging.CRITICAL)  # its log lines carry filters and values
    database = _opened(data)
    server = grpc.server(ThreadPoolExecutor(8), options=OPTIONS, interceptors=[_only_with(token)])
    milvus_pb2_grpc.add_MilvusServiceServicer_to_server(_one_writer(MilvusServicer)(database), server)
    port = server.add_insecure_port(address)
    server.start()
    _say(f"ready {port}")
    sys.stdin.read()  # returns when the parent closes it or dies
    server.stop(2).wait()
    database.close()


def _opened(data: Path) -> Any:
    """The database, or the end of this process with the word that says why."""
    from milvus_lite.db import MilvusLite
    from milvus_lite.exceptions import DataDirLockedError

    patience = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            return MilvusLite(str(data))
        except DataDirLockedError:
            if time.monotonic() < patience:
                time.sleep(0.1)  # the server of a killed process needs a moment to let go
                continue
            word = "locked"
        except OSError as error:
            word = "unwritable" if error.errno in UNWRITABLE else "damaged"
        except ValueError:
            word = "damaged"
        _say(word)
        raise SystemExit(1)


def _one_writer(servicer: Any) -> Any:
    """The same service, in which no two writes overlap."""
    writing = threading.RLock()

    def locked(name: str) -> Any:
        def call(self: Any, request: Any, context: Any) -> Any:
            with writing:
                return getattr(servicer, name)(self, request, context)

        return call

    return type("OneWriter", (servicer,), {name: locked(name) for name in WRITES})


def _only_with(token: str) -> Any:
    """Refuses every call that does not carry the token, as pymilvus sends it."""
    import grpc

    wanted = base64.b64encode(token.encode()).decode()
    refusal = grpc.unary_unary_rpc_method_handler(
        lambda _, context: context.abort(grpc.StatusCode.UNAUTHENTICATED, "This index is private.")
    )

    class Door(grpc.ServerInterceptor):  # type: ignore[misc]  # grpc has no types
        def intercept_service(self, continuation: Any, details: Any) -> Any:
            given = dict(details.invocation_metadata).get("authorization", "")
            return continuation(details) if hmac.compare_digest(given, wanted) else refusal

    return Door()


def _say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve(Path(sys.argv[1]), sys.argv[2], sys.stdin.readline().strip())
