"""Folders that lie in memory and on no disk, where the system has such a place."""

from __future__ import annotations

from pathlib import Path

MOUNTS = Path("/proc/self/mounts")
PLACES = ("/dev/shm", "/run/shm")  # noqa: S108  # what is made in them is private
IN_MEMORY = ("tmpfs", "ramfs")


def in_memory(name: str) -> Path | None:
    """A folder of this name in memory, not yet made; None where there is no such place."""
    try:
        mounts = [line.split(" ") for line in MOUNTS.read_text("utf-8", "replace").splitlines()]
    except OSError:
        return None
    kinds = {mount[1]: mount[2] for mount in mounts if len(mount) > 2}  # the last one mounted there holds
    return next((Path(place) / name for place in PLACES if kinds.get(place) in IN_MEMORY), None)
