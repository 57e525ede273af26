"""The product works from an installed wheel in an empty directory, not only from a checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import httpx
import pytest

from tests.kit.serving import environment, keepsake, served

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[1]


def test_a_wheel_serves_and_remembers_in_an_empty_directory(tmp_path: Path) -> None:
    """Built, unpacked elsewhere and started in an empty folder, it serves its pages and keeps what is said."""
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--quiet"]
    subprocess.run([*build, "--wheel-dir", str(tmp_path / "wheel"), str(ROOT)], check=True, timeout=120)
    site, empty = tmp_path / "site", tmp_path / "empty"
    with zipfile.ZipFile(next((tmp_path / "wheel").glob("keepsake-*.whl"))) as wheel:
        wheel.extractall(site)
    empty.mkdir()
    installed = {"PYTHONPATH": str(site)}
    found = subprocess.run(
        [sys.executable, "-c", "import ui.cli; print(ui.cli.__file__)"],
        env=environment(tmp_path, **installed), cwd=empty, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert found.stdout.startswith(str(site))
    with served(tmp_path, cwd=empty, **installed) as address:
        assert "Your memory" in httpx.get(f"{address}/memory", timeout=60).text
        for part in ("/keepsake/static/pico.min.css", "/public/elements/MemoryUsed.jsx", "/public/chat.js"):
            assert httpx.get(f"{address}{part}", timeout=60).status_code == 200, part
        answered = keepsake(tmp_path, "ask", "I keep my bees on the roof.", cwd=empty, **installed)
        assert "remember that" in answered.stdout, answered.stderr
    assert list(empty.iterdir()) == []
