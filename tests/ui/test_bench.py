"""`keepsake bench`, from any directory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROMISED = {"canaries": "Planted details", "kinds": "A figure for each part"}


@pytest.mark.parametrize("name", PROMISED)
def test_a_benchmark_finds_its_parts(tmp_path: Path, name: str) -> None:
    """One uses the kit of our own tests, which what is installed beside us must not hide; one is a folder."""
    command = [sys.executable, "-m", "ui.cli", "bench", name, "--help"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert PROMISED[name] in done.stdout
