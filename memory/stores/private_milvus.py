"""Milvus in a host of our own that is started again when it is gone, and begun anew when it is damaged."""

from __future__ import annotations

import logging
from pathlib import Path

from ..errors import IndexDamaged
from .milvus import MilvusIndex
from .milvus_host import MilvusHost

log = logging.getLogger(__name__)


class PrivateMilvus(MilvusIndex):
    """The index of one data directory. What is missing in it after `recover` is for the follower to write."""

    def __init__(self, data: Path, runtime: Path, dimensions: int) -> None:
        self._host = MilvusHost(data, runtime)
        super().__init__(self._host.uri, dimensions, self._host.token)

    def recover(self) -> None:
        try:
            self._host.restart()
            self._connect(self._host.uri)
        except IndexDamaged:
            log.warning("the files of the search index were damaged: it is made anew from the ledger")
            self._host.begin_anew()
            self._connect(self._host.uri)

    def close(self) -> None:
        super().close()
        self._host.stop()
