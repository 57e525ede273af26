"""The benchmark counts what it says it counts."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    {"text": "Write to kat@brewery.example now.", "spans": [{"start": 9, "end": 28, "label": "EMAIL"}]},
    {"text": "The blurb says qwxz.", "spans": [{"start": 15, "end": 19, "label": "CODE"}]},
    {"text": "Nothing to see here.", "spans": []},
    {"text": "It costs 5 apples.", "spans": [{"start": 9, "end": 10, "label": "COUNT"}]},
]


@pytest.mark.parametrize("packed", [False, True])
def test_the_benchmark_scores_a_file(tmp_path, packed):
    """Plain or gzip: one of two details leaks, ignored labels do not count, clean texts stay untouched."""
    lines = "\n".join(json.dumps(row) for row in ROWS).encode()
    data = tmp_path / ("rows.jsonl.gz" if packed else "rows.jsonl")
    data.write_bytes(gzip.compress(lines) if packed else lines)
    out = tmp_path / "out.json"
    program = [
        sys.executable,
        "-m",
        "ui.cli",
        "bench",
        "privacy",
        "--data",
        str(data),
        "--ignore-gold",
        "COUNT,X",
    ]
    done = subprocess.run(
        [*program, "--json", str(out)], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(out.read_text())
    assert (result["leak"], result["neg_touched"], result["overmask"]) == (0.5, 0.0, 0.0)
    assert (result["details"], result["clean_texts"], result["doc_leak"]) == (2, 2, 0.5)
    assert result["labels"]["EMAIL"] == {"n": 1, "leak": 0.0, "total_leak": 0.0, "kept_leak": 0.0}
    assert result["intervals"]["leak"][0] <= 0.5 <= result["intervals"]["leak"][1]
