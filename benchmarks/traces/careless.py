"""`keepsake serve` as it should not be run: everything is logged at DEBUG, and parts break with the text in their errors.

python -m benchmarks.traces.careless LOGFILE
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from typing import Any

from agent.distillers.rules import RulesDistiller
from privacy.anonymization import Anonymizer
from ui.cli import main

BREAKS, BREAKS_LATER = "Broken at once: ", "Broken later: "


def break_parts() -> None:
    """The detector and the reader of facts fail on some texts, as libraries do: by repeating them."""
    mask_many, distil = Anonymizer.mask_many, RulesDistiller.distil

    def masking(self: Anonymizer, texts: Sequence[str], *arguments: Any, **named: Any) -> Any:
        if any(text.startswith(BREAKS) for text in texts):
            raise ValueError(f"no idea what to do with {list(texts)!r}")
        return mask_many(self, texts, *arguments, **named)

    async def distilling(self: RulesDistiller, episodes: Sequence[Any], **named: Any) -> Any:
        if broken := [episode.text for episode in episodes if episode.text.startswith(BREAKS_LATER)]:
            raise ValueError(f"cannot read {broken!r}")
        return await distil(self, episodes, **named)

    Anonymizer.mask_many = masking  # type: ignore[method-assign]
    RulesDistiller.distil = distilling  # type: ignore[method-assign]


if __name__ == "__main__":
    logging.basicConfig(filename=sys.argv.pop(1), level=logging.DEBUG, force=True)
    break_parts()
    main()
