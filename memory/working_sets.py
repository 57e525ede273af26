"""Everybody's working sets: loaded when somebody comes or asks, changed as memories change. While one is loaded nobody else waits."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable

from .working_set import WorkingSet

Change = Callable[[WorkingSet], None]
Load = Callable[[str], WorkingSet]


class WorkingSets:
    """Thread-safe. What is read from a working set is read under `lock`."""

    def __init__(self, load: Load) -> None:
        self.lock = threading.RLock()
        self._load = load
        self._loading = defaultdict[str, threading.Lock](threading.Lock)  # held by who loads
        self._sets: dict[str, WorkingSet] = {}
        self._missed: dict[str, list[Change]] = {}  # what happened to one while it was loaded

    def of(self, owner: str, load: Load | None = None) -> WorkingSet:
        """An owner's working set, loaded on first use; by `load`, if given, which may break off and raise."""
        while True:
            with self.lock:
                if owner in self._sets:
                    return self._sets[owner]
                loading = self._loading[owner]
            with loading:
                self._fetch(owner, load or self._load)

    def loaded(self, owner: str) -> WorkingSet | None:
        with self.lock:
            return self._sets.get(owner)

    def change(self, owner: str, change: Change) -> None:
        """Change an owner's working set; one that is being loaded, once it is."""
        with self.lock:
            if owner in self._missed:
                self._missed[owner].append(change)
            elif owner in self._sets:
                change(self._sets[owner])

    def let_go(self, owner: str) -> None:
        """Keep no row of one owner; what is being loaded is loaded anew."""
        with self.lock:
            self._sets.pop(owner, None)
            self._missed.pop(owner, None)

    def let_all_go(self) -> None:
        with self.lock:
            self._sets.clear()
            self._missed.clear()

    def _fetch(self, owner: str, load: Load) -> None:
        with self.lock:
            if owner in self._sets:
                return
            self._missed[owner] = []
        loaded = None
        try:
            loaded = load(owner)
        finally:
            with self.lock:
                missed = self._missed.pop(owner, None)
                if loaded is not None and missed is not None:  # else it was let go of meanwhile
                    for change in missed:
                        change(loaded)
                    self._sets[owner] = loaded
