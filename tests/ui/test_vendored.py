"""What came from elsewhere is listed with its licence, and is what it was."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

STATIC = Path(__file__).parents[2] / "ui" / "static"
ROW = re.compile(
    r"^\| `(?P<file>[\w.]+)` \| [^|]+ \| (?P<version>[\d.]+) \| [^|]*`(?P<licence>[\w.]+)` \| https://\S+ \| `(?P<hash>\w{64})` \|$",
    re.MULTILINE,
)


def test_every_file_from_elsewhere_is_listed_and_unchanged() -> None:
    """Each has its version in it, its licence beside it and the hash that the list says; nothing else is minified."""
    listed = {row["file"]: row for row in ROW.finditer((STATIC / "VENDORED.md").read_text(encoding="utf-8"))}
    assert set(listed) == {path.name for path in STATIC.iterdir() if ".min." in path.name}
    for name, row in listed.items():
        raw = (STATIC / name).read_bytes()
        assert hashlib.sha256(raw).hexdigest() == row["hash"], name
        assert row["version"] in raw.decode("utf-8"), name
        assert len((STATIC / row["licence"]).read_text(encoding="utf-8")) > 300, name
    ours = {p.name for p in STATIC.iterdir() if p.suffix in (".js", ".css")} - set(listed)
    assert all(max(map(len, (STATIC / name).read_text(encoding="utf-8").splitlines())) < 500 for name in ours)
