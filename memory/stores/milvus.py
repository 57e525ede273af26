"""Milvus as the index: one collection of typed rows, the same code for Lite and for a server."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np

from ..errors import IndexDamaged, IndexFault
from ..ports import Row, Vector

COLLECTION = "memories"
SECONDS = 20.0
BATCH = 256
PAGE = 2000
NO_TERM = {4294967294: 1e-9}  # an empty sparse vector is refused
SCALARS = (
    "id",
    "owner",
    "kind",
    "status",
    "version",
    "occurred_at",
    "recorded_at",
    "session",
    "position",
    "importance",
)
CANNOT_READ = (1, 6)  # what Milvus Lite answers when files of a collection are damaged
UNREACHED = (
    "The search index cannot be reached. It is tried again by itself; if this stays, run `keepsake doctor`. "
    "Until then recall reads the ledger, and nothing is lost."
)
DAMAGED = (
    "The search index is damaged. Run `keepsake reindex` to make it anew from the ledger; nothing is lost."
)
Result = TypeVar("Result")


class MilvusIndex:
    """All calls block and raise IndexFault when Milvus cannot be reached. Connect it with `recover`."""

    def __init__(self, uri: str, dimensions: int, token: str = "") -> None:
        self._uri = uri
        self._dimensions = dimensions
        self._token = token
        self._writing = threading.RLock()
        self._connection: Any = None

    def recover(self) -> None:
        """Connect, at the start and whenever Milvus was gone. Raises IndexFault."""
        self._connect(self._uri)

    def _connect(self, uri: str) -> None:
        with self._writing:
            # pymilvus shares connections by address: closing the old client would close the new one too
            self._connection = self._connected(uri)

    @property
    def _client(self) -> Any:
        if self._connection is None:
            raise IndexFault(UNREACHED)
        return self._connection

    def _connected(self, uri: str) -> Any:
        from pymilvus import MilvusClient
        from pymilvus.exceptions import MilvusException

        logging.getLogger("pymilvus").setLevel(logging.CRITICAL)  # it prints filters with its tracebacks
        try:
            client = MilvusClient(uri=uri, token=self._token, timeout=SECONDS)
        except (MilvusException, OSError):
            raise IndexFault(UNREACHED) from None
        try:
            if client.has_collection(COLLECTION, timeout=SECONDS) and not self._fits(client):
                client.drop_collection(COLLECTION, timeout=SECONDS)  # what it held is written anew
            if not client.has_collection(COLLECTION, timeout=SECONDS):
                self._create(client)
            client.load_collection(COLLECTION, timeout=SECONDS)
        except MilvusException as error:
            if error.code in CANNOT_READ:
                raise IndexDamaged(DAMAGED) from None
            raise IndexFault(UNREACHED) from None
        return client

    def _fits(self, client: Any) -> bool:
        """Whether the collection is for vectors of this size: another embedder's may be another."""
        fields = client.describe_collection(COLLECTION, timeout=SECONDS)["fields"]
        (dense,) = (field for field in fields if field["name"] == "dense")
        return int(dense["params"]["dim"]) == self._dimensions

    def _create(self, client: Any) -> None:
        from pymilvus import DataType

        schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("id", DataType.VARCHAR, is_primary=True, max_length=64)
        for name, length in (("owner", 64), ("kind", 16), ("status", 16), ("payload", 65535)):
            schema.add_field(name, DataType.VARCHAR, max_length=length)
        for name in ("version", "occurred_at", "recorded_at", "session", "position"):
            schema.add_field(name, DataType.INT64)
        schema.add_field("importance", DataType.FLOAT)
        schema.add_field("embedded", DataType.BOOL)
        schema.add_field("dense", DataType.FLOAT_VECTOR, dim=self._dimensions)
        schema.add_field("sparse", DataType.SPARSE_FLOAT_VECTOR)
        indexes = client.prepare_index_params()
        indexes.add_index("dense", index_type="FLAT", metric_type="COSINE")
        indexes.add_index("sparse", index_type="SPARSE_INVERTED_INDEX", metric_type="IP")
        indexes.add_index("owner", index_type="INVERTED")
        client.create_collection(COLLECTION, schema=schema, index_params=indexes, consistency_level="Session")

    def upsert(self, rows: Sequence[Row]) -> None:
        for start in range(0, len(rows), BATCH):
            batch = [self._fields(row) for row in rows[start : start + BATCH]]
            self._write(lambda batch=batch: self._client.upsert(COLLECTION, batch, timeout=SECONDS))  # type: ignore[misc]

    def remove(self, owner: str, ids: Sequence[str]) -> None:
        """Remove memories and the windows of their long texts."""
        for memory in ids:
            named = f"{_is('owner', owner)} and (id == {_text(memory)} or id like {_text(memory + '#%')})"
            self._write(lambda named=named: self._client.delete(COLLECTION, filter=named, timeout=SECONDS))  # type: ignore[misc]

    def remove_owner(self, owner: str) -> None:
        """Remove all rows of one owner."""
        self._write(lambda: self._client.delete(COLLECTION, filter=_is("owner", owner), timeout=SECONDS))

    def rows(self, owner: str | None = None, *, kind: str | None = None) -> Iterator[Row]:
        """Rows in pages, so that a large index streams."""
        where = [_is("owner", owner)] if owner is not None else []
        where += [_is("kind", kind)] if kind is not None else []
        pages = self._call(
            lambda: self._client.query_iterator(
                COLLECTION,
                filter=" and ".join(where),
                output_fields=["*"],
                batch_size=PAGE,
                timeout=SECONDS,
            )
        )
        while found := self._call(pages.next):
            yield from map(_row, found)
        pages.close()

    def near(self, owner: str, vector: Vector, *, limit: int) -> list[tuple[str, float]]:
        where = f"{_is('owner', owner)} and embedded == true"
        return self._search("dense", [float(x) for x in vector], where, limit)

    def matching(self, owner: str, terms: Mapping[int, float], *, limit: int) -> list[tuple[str, float]]:
        return self._search("sparse", dict(terms), _is("owner", owner), limit) if terms else []

    def _search(self, field: str, data: Any, where: str, limit: int) -> list[tuple[str, float]]:
        found = self._call(
            lambda: self._client.search(
                COLLECTION, [data], anns_field=field, filter=where, limit=limit, timeout=SECONDS
            )
        )
        return [(str(hit["id"]), float(hit["distance"])) for hit in found[0]]

    def count(
        self, owner: str | None = None, *, windows: bool = True, ids: Sequence[str] | None = None
    ) -> int:
        """How many rows, or how many of these; without `windows`, how many memories."""
        where = [_is("owner", owner)] if owner is not None else []
        where += [] if windows else ['kind != "window"']
        where += [] if ids is None else [f"id in {json.dumps(list(ids))}"]
        found = self._call(
            lambda: self._client.query(
                COLLECTION, filter=" and ".join(where), output_fields=["count(*)"], timeout=SECONDS
            )
        )
        return int(found[0]["count(*)"])

    def rebuild(self, rows: Iterable[Row]) -> None:
        """Drop everything, deleted bytes too, then write these."""
        with self._writing:
            self._call(lambda: self._client.drop_collection(COLLECTION, timeout=SECONDS))
            self._call(lambda: self._create(self._client))
            self._call(lambda: self._client.load_collection(COLLECTION))
            batch: list[Row] = []
            for row in rows:
                batch.append(row)
                if len(batch) == BATCH:
                    self.upsert(batch)
                    batch = []
            self.upsert(batch)

    def resize(self, dimensions: int) -> None:
        """Of another embedder: what is written from the next rebuild on has vectors of this size."""
        self._dimensions = dimensions

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()

    def _write(self, work: Callable[[], object]) -> None:
        with self._writing:
            self._call(work)

    def _call(self, work: Callable[[], Result]) -> Result:
        import grpc
        from pymilvus.exceptions import MilvusException

        try:
            return work()
        except (MilvusException, grpc.RpcError, OSError, ValueError):
            raise IndexFault(UNREACHED) from None

    def _fields(self, row: Row) -> dict[str, object]:
        blank = np.zeros(self._dimensions, dtype=np.float32)
        blank[0] = 1.0  # cosine needs a length; `embedded` keeps such a row out of `near`
        return {name: getattr(row, name) for name in SCALARS} | {
            "payload": row.payload,
            "embedded": row.dense is not None,
            "dense": [float(x) for x in (blank if row.dense is None else row.dense)],
            "sparse": dict(row.sparse) or NO_TERM,
        }


def _row(fields: Mapping[str, Any]) -> Row:
    plain = {name: fields[name] for name in SCALARS}
    sparse = {
        int(term): float(weight) for term, weight in dict(fields["sparse"]).items() if term not in NO_TERM
    }
    dense = np.asarray(fields["dense"], dtype=np.float32) if fields["embedded"] else None
    return Row(**plain, dense=dense, sparse=sparse, payload=fields["payload"])


def _text(value: str) -> str:
    """A literal of the filter language, whatever the value holds."""
    return json.dumps(value, ensure_ascii=False)


def _is(field: str, value: str) -> str:
    return f"{field} == {_text(value)}"
