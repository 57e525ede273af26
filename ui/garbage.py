"""While Keepsake starts, nothing is looked through for garbage: what is loaded then stays.

Looking through it again and again takes a second of the start.
"""

from __future__ import annotations

import gc


def nothing_is_collected() -> None:
    """From before the first heavy import on, until `all_is_loaded`."""
    gc.disable()


def all_is_loaded() -> None:
    """What is there by now is never looked through; what comes is, as ever."""
    gc.freeze()
    gc.enable()
