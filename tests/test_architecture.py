"""The shape of the code, as documentation that runs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_imports_run_downhill_only() -> None:
    """ui -> agent -> memory -> privacy, and never back."""
    ran = subprocess.run(
        [Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout


def test_only_settings_read_the_environment() -> None:
    """One file knows the environment; the server may clear it for Chainlit, nobody else touches it."""
    reading = re.compile(r"os\.environ|os\.getenv|load_dotenv")
    allowed = {Path("agent/settings.py"), Path("ui/server.py")}
    found = {
        path.relative_to(ROOT)
        for package in ("agent", "memory", "privacy", "ui")
        for path in (ROOT / package).rglob("*.py")
        if reading.search(path.read_text(encoding="utf-8"))
    }
    assert found <= allowed
