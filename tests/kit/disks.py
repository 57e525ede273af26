"""Small disks of memory that can be full or read-only: real ones, for tests of what happens then."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(at: Path, megabytes: int) -> Iterator[Path]:
    """A file system of that size, mounted at `at`. Where mounting is not permitted the test is skipped."""
    at.mkdir(parents=True)
    _mount("-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "keepsake-test", str(at))
    try:
        yield at
    finally:
        subprocess.run(["umount", "--lazy", str(at)], check=True)


def read_only(at: Path, *, yes: bool) -> None:
    _mount("-o", f"remount,{'ro' if yes else 'rw'}", str(at))


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Not a byte is free until the end."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while file.write(bytes(size)):
                    pass
            except OSError:
                continue
    try:
        yield
    finally:
        filler.unlink()


def _mount(*arguments: str) -> None:
    try:
        done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount command here, so there is no disk to fill")
    if done.returncode:
        pytest.skip(f"mounting is not permitted here, so there is no disk to fill: {done.stderr.strip()}")
