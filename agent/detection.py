"""The detector with its model files: where they are, and that they are the pinned ones."""

from __future__ import annotations

from pathlib import Path

from privacy.detectors import Detector, ModelFiles

from . import assets
from .parsing import spacy_model


def detector(cache: Path) -> Detector:
    """What finds personal details. The files are checked when it is first used: AssetMissing, AssetDamaged."""

    def files() -> ModelFiles:
        return ModelFiles(
            spacy=spacy_model(),
            rampart=assets.require(assets.RAMPART, cache),
            rampart_tokenizer=assets.require(assets.RAMPART_TOKENIZER, cache),
        )

    return Detector(files)
