"""People who have come and have not asked yet: what they will need is loaded one after the other, in a thread of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from privacy.errors import KeepsakeError
from privacy.identity import Scope

log = logging.getLogger(__name__)


class Expecting:
    """Thread-safe. Whoever comes again while they are expected is expected once."""

    def __init__(self, load: Callable[[Scope], object]) -> None:
        """`load` blocks. What keeps it from loading is not told here: whoever asks loads again, and hears it."""
        self._load = load
        self._thread = ThreadPoolExecutor(1, "expected")
        self._lock = threading.Lock()
        self._expected: set[Scope] = set()
        self._closed = False

    def expect(self, who: Scope) -> None:
        with self._lock:
            if who not in self._expected and not self._closed:
                self._expected.add(who)
                self._thread.submit(self._prepare, who)

    def close(self) -> None:
        """Wait for whoever is being loaded, and load nobody after."""
        with self._lock:
            self._closed = True
        self._thread.shutdown(cancel_futures=True)

    def _prepare(self, who: Scope) -> None:
        try:
            self._load(who)
        except KeepsakeError as fault:
            log.debug("not loaded ahead: %s", type(fault).__name__)
        except Exception as error:  # noqa: BLE001  # ours to mend; its text may hold what was said, its name does not
            log.warning("not loaded ahead, by an error of its own: %s", type(error).__name__)
        finally:
            with self._lock:
                self._expected.discard(who)
