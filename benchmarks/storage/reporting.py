"""What a sweep over storage prints at its end: how often it tried, and what was not as promised."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Collection
from pathlib import Path


def arguments(doc: str | None) -> argparse.ArgumentParser:
    """What every sweep takes: a seed, and where its tally goes."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    return parser


def report(tally: Counter[str], tried: Collection[str], headline: str, to: Path | None) -> None:
    """Whatever was counted beside what was `tried` is a fault."""
    faults = {kind: count for kind, count in tally.most_common() if kind not in tried}
    print(f"{headline}: {sum(faults.values())}")
    for kind, count in faults.items():
        print(f"  {kind:35} {count}")
    if to is not None:
        to.write_text(json.dumps(tally) + "\n")
