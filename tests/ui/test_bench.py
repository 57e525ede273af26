"""`keepsake bench`, from any directory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_a_benchmark_that_talks_to_a_server_finds_its_parts(tmp_path: Path) -> None:
    """It uses the kit of our own tests, which what is installed beside us must not hide."""
    command = [sys.executable, "-m", "ui.cli", "bench", "canaries", "--help"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "Planted details" in done.stdout
