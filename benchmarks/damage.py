"""Files damaged at random: found, mended, or silently less? keepsake bench damage [--cases 2000] [--seed 1].

Each case takes a copy of a data directory, flips a byte, cuts off or removes a file, and opens it again. Whatever is
shown must be all that was kept, word for word; else the damage must have been said: at the opening or by verify.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import shutil
import sys
import tempfile
from pathlib import Path

from memory.backup import verify
from memory.moments import utc_now
from memory.records import Utterance
from privacy.errors import KeepsakeError

from .storage.keeping import opened

KEPT = 60  # memories


def filled(home: Path) -> list[str]:
    """A data directory with some memories; what they say."""
    store = opened(home)
    ledger, archive, owner = store.ledger, store.archive, store.owner
    said = [f"Bee number {number} lives on the roof." for number in range(KEPT)]
    for text in said:
        records = archive.episodes([Utterance(text=text)], owner, utc_now())
        ledger.remember([archive.seal(record) for record in records])
    ledger.cut_log()
    ledger.close()
    return said


def outcome(home: Path, said: list[str]) -> str:
    try:
        store = opened(home)
    except KeepsakeError:
        return "refused"
    except Exception as error:  # noqa: BLE001  # found, but not in a sentence: counted apart
        return f"refused with {type(error).__name__}"
    ledger, archive = store.ledger, store.archive
    try:
        try:
            shown = [archive.shown(record).text for record in archive.live(store.owner)]
        except KeepsakeError:
            return "said when read"
        except Exception as error:  # noqa: BLE001
            return f"stopped reading with {type(error).__name__}"
        try:
            verify(ledger, store.keyring)
        except KeepsakeError:
            return "found by verify"
        except Exception as error:  # noqa: BLE001
            return f"stopped verify with {type(error).__name__}"
        return "harmless" if shown == said else "SILENTLY LESS"
    finally:
        ledger.close()


def damaged(home: Path, chance: random.Random) -> str:
    file = home / "ledger.sqlite3"
    size = file.stat().st_size
    kind = chance.choices(["flip", "cut", "zero page", "remove"], [16, 3, 1, 0.1])[0]
    if kind == "remove":
        file.unlink()
        return kind
    with file.open("r+b") as content:
        if kind == "flip":
            at = chance.randrange(size)
            content.seek(at)
            old = content.read(1)[0]
            content.seek(at)
            content.write(bytes([old ^ (1 << chance.randrange(8))]))
        elif kind == "cut":
            content.truncate(chance.randrange(size))
        else:
            content.seek(4096 * chance.randrange(size // 4096))
            content.write(bytes(4096))
    return kind


def sweep(cases: int, seed: int) -> dict[str, dict[str, int]]:
    logging.disable(logging.CRITICAL)
    chance, found = random.Random(seed), dict[str, dict[str, int]]()
    with tempfile.TemporaryDirectory() as folder:
        whole, home = Path(folder, "whole"), Path(folder, "home")
        said = filled(whole)
        assert outcome(whole, said) == "harmless"
        for number in range(cases):
            shutil.rmtree(home, ignore_errors=True)
            shutil.copytree(whole, home)
            kind = damaged(home, chance)
            result = outcome(home, said)
            tally = found.setdefault(kind, {})
            tally[result] = tally.get(result, 0) + 1
            if number % 200 == 199:
                print(f"{number + 1} of {cases}", file=sys.stderr)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    found = sweep(arguments.cases, arguments.seed)
    for kind, results in sorted(found.items()):
        print(f"{kind:10} " + ", ".join(f"{name} {count}" for name, count in sorted(results.items())))
    if arguments.json:
        arguments.json.write_text(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
