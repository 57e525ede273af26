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
    """One file knows the environment; two others set it for Chainlit and for ONNX Runtime, nobody else touches it."""
    reading = re.compile(r"os\.environ|os\.getenv|load_dotenv")
    allowed = {Path("agent/settings.py"), Path("ui/server.py"), Path("privacy/onnx.py")}
    assert _files_with(reading) <= allowed


def test_onnx_runtime_has_one_door() -> None:
    """Imported anywhere else it could collect what it does for its maker."""
    assert _files_with(re.compile(r"^\s*(import|from) onnxruntime\b", re.MULTILINE)) == {
        Path("privacy/onnx.py")
    }


def test_what_the_table_of_promises_names_exists() -> None:
    """A promise whose test is renamed or gone is noticed."""
    told = (ROOT / "tests" / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.(?:py|yaml))(?:::(\w+))?`", told)
    assert len(named) > 30
    gone = [
        (file, test)
        for file, test in named
        if not (ROOT / file).is_file()
        or (test and f"def {test}(" not in (ROOT / file).read_text(encoding="utf-8"))
    ]
    assert gone == []


def _files_with(pattern: re.Pattern[str]) -> set[Path]:
    return {
        path.relative_to(ROOT)
        for package in ("agent", "memory", "privacy", "ui")
        for path in (ROOT / package).rglob("*.py")
        if pattern.search(path.read_text(encoding="utf-8"))
    }
