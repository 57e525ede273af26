"""How many personal details detection misses, how much else it hides, and how long that takes.

    python benchmarks/privacy.py --data FILE [--ignore-gold A,B] [--json OUT] [--misses N] [--limit N]

FILE holds one text a line, plain or gzip: {"text", "spans": [{"start", "end", "label"}]}. Spans with an ignored label
are neither rewarded nor punished.

leak           share of gold details with at least one significant character that no finding covers. Significant are
               letters and digits outside a short list of words that tell nothing ("street", "the", ...)
total_leak     share of gold details with no significant character covered
doc_leak       share of texts with gold details that leak at least one
overmask       share of the characters of all other words that a finding covers
neg_touched    share of the texts without gold details in which anything is found
kept_leak      as leak, but counting only findings that the default policy hides (cities are found and kept)
char_*         precision, recall, F1, F2 over significant characters

Intervals are 95 %, from 300 bootstrap samples of texts with a fixed seed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import resource
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path[:] = [  # this file is named like the package it measures
    folder for folder in sys.path if Path(folder or ".").resolve() != Path(__file__).resolve().parent
]

from rich.console import Console  # noqa: E402
from rich.progress import track  # noqa: E402
from rich.table import Table  # noqa: E402

from agent.detection import detector  # noqa: E402
from agent.settings import Settings  # noqa: E402
from privacy.anonymization import DEFAULT_POLICY  # noqa: E402
from privacy.detectors import Finding  # noqa: E402

TELLS_NOTHING = frozenset(
    "street st rue via and a the or do as of day address country state city zip po apt unit corner box suite mr mrs "
    "ms miss dr year years old month months this first last week weeks weekend days age ago inc ltd in at on to my "
    "is".split()
)
WORD = re.compile(r"\w+")
SAMPLES = 300
MESSAGE = 200  # characters of the messages that are timed


@dataclass(frozen=True, slots=True)
class Gold:
    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Score:
    """What became of one text."""

    details: tuple[
        tuple[Gold, bool, bool, bool], ...
    ]  # the detail, wholly covered, touched, hidden by policy
    true: int
    missed: int
    wrong: int
    others: int
    touched: bool


def read(path: Path) -> list[dict[str, Any]]:
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in raw.decode("utf-8").split("\n") if line.strip()]


def significant(text: str, start: int, end: int) -> set[int]:
    """The places in a stretch that would tell something: all but spaces, if every word is on the list.

    >>> sorted(significant("at 5 Elm St", 3, 11))
    [3, 5, 6, 7]
    """
    places: set[int] = set()
    for word in WORD.finditer(text[start:end]):
        whole = len(word.group()) == end - start
        if whole or word.group().lower() not in TELLS_NOTHING:
            places.update(range(start + word.start(), start + word.end()))
    return places or {i for i in range(start, end) if not text[i].isspace()}


def covered(spans: Iterable[Gold | Finding]) -> set[int]:
    return {place for span in spans for place in range(span.start, span.end)}


def score(text: str, gold: Sequence[Gold], found: Sequence[Finding], ignored: frozenset[str]) -> Score:
    """Compare what is in a text with what was found in it, character by character, whatever the labels."""
    counted = [g for g in gold if g.label not in ignored]
    free = covered(g for g in gold if g.label in ignored)
    words = {place for word in WORD.finditer(text) for place in range(*word.span())}
    telling = set[int]().union(*(significant(text, g.start, g.end) for g in counted))
    inside = covered(counted)
    masked = covered(found)
    hidden = covered(f for f in found if DEFAULT_POLICY.get(f.label, "keep") != "keep")
    shown = set[int]().union(*(significant(text, f.start, f.end) for f in found))
    details = []
    for g in counted:
        wanted = significant(text, g.start, g.end)
        details.append((g, wanted <= masked, bool(wanted & masked), wanted <= hidden))
    return Score(
        details=tuple(details),
        true=len(telling & masked),
        missed=len(telling - masked),
        wrong=len((shown - inside - free) & words),
        others=len(words - inside - free),
        touched=bool(masked - free),
    )


def figures(scores: Sequence[Score]) -> dict[str, float]:
    details = [d for s in scores for d in s.details]
    true, missed = sum(s.true for s in scores), sum(s.missed for s in scores)
    wrong, others = sum(s.wrong for s in scores), sum(s.others for s in scores)
    full = [s for s in scores if s.details]
    clean = [s for s in scores if not s.details]
    precision, recall = true / max(1, true + wrong), true / max(1, true + missed)
    return {
        "leak": sum(not d[1] for d in details) / max(1, len(details)),
        "total_leak": sum(not d[2] for d in details) / max(1, len(details)),
        "kept_leak": sum(not d[3] for d in details) / max(1, len(details)),
        "doc_leak": sum(not all(d[1] for d in s.details) for s in full) / max(1, len(full)),
        "overmask": wrong / max(1, others),
        "neg_touched": sum(s.touched for s in clean) / max(1, len(clean)),
        "char_p": precision,
        "char_r": recall,
        "char_f1": f_score(precision, recall, 1),
        "char_f2": f_score(precision, recall, 2),
    }


def f_score(precision: float, recall: float, beta: float) -> float:
    bottom = beta * beta * precision + recall
    return (1 + beta * beta) * precision * recall / bottom if bottom else 0.0


def intervals(scores: Sequence[Score]) -> dict[str, tuple[float, float]]:
    rng = random.Random(0)
    samples = [figures(rng.choices(scores, k=len(scores))) for _ in range(SAMPLES)]
    ranges = {}
    for name in samples[0]:
        values = sorted(sample[name] for sample in samples)
        ranges[name] = (round(values[int(0.025 * SAMPLES)], 4), round(values[int(0.975 * SAMPLES)], 4))
    return ranges


def by_label(scores: Sequence[Score], found: Counter[str]) -> dict[str, dict[str, float]]:
    listed: defaultdict[str, list[tuple[Gold, bool, bool, bool]]] = defaultdict(list)
    for detail in (d for s in scores for d in s.details):
        listed[detail[0].label].append(detail)
    return {
        label: {
            "n": len(ones),
            "leak": sum(not d[1] for d in ones) / len(ones),
            "total_leak": sum(not d[2] for d in ones) / len(ones),
            "kept_leak": sum(not d[3] for d in ones) / len(ones),
        }
        for label, ones in sorted(listed.items(), key=lambda item: -len(item[1]))
    } | {f"found {label}": {"n": n} for label, n in found.most_common()}


def messages(texts: Sequence[str]) -> list[str]:
    """The texts one after the other, cut into messages of 200 characters."""
    stream = " ".join(texts)
    return [stream[at : at + MESSAGE] for at in range(0, len(stream) - MESSAGE, MESSAGE)]


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    rows = read(arguments.data)[: arguments.limit]
    ignored = frozenset(filter(None, arguments.ignore_gold.split(",")))
    detect = detector(Settings().cache_home).detect
    began = time.perf_counter()
    detect(rows[0]["text"])
    start = time.perf_counter() - began
    scores, found, waits, missed, extra = [], Counter[str](), [], [], []
    for row in track(rows, description="texts", console=Console(stderr=True)):
        text = row["text"]
        began = time.perf_counter()
        findings = detect(text)
        waits.append((time.perf_counter() - began) * 1000)
        gold = [Gold(s["start"], s["end"], s["label"]) for s in row["spans"]]
        scores.append(score(text, gold, findings, ignored))
        found.update(f.label for f in findings)
        missed += [(d[0].label, text[d[0].start : d[0].end], text) for d in scores[-1].details if not d[1]]
        free = covered(gold)
        extra += [
            (f.label, text[f.start : f.end], text) for f in findings if not set(range(f.start, f.end)) & free
        ]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    timed, busy = [], time.process_time()
    for message in messages([row["text"] for row in rows])[:300]:
        began = time.perf_counter()
        detect(message)
        timed.append((time.perf_counter() - began) * 1000)
    busy = (time.process_time() - busy) * 1000
    return {
        "data": arguments.data.name,
        "ignored": sorted(ignored),
        "texts": len(rows),
        "clean_texts": sum(not s.details for s in scores),
        "details": sum(len(s.details) for s in scores),
        **figures(scores),
        "intervals": intervals(scores),
        "labels": by_label(scores, found),
        "ms_p50": statistics.median(waits),
        "ms_p95": sorted(waits)[int(0.95 * len(waits))],
        "ms_200_p50": statistics.median(timed) if timed else None,
        "ms_200_p95": sorted(timed)[int(0.95 * len(timed))] if timed else None,
        "ms_200_cpu": busy / len(timed) if timed else None,
        "start_s": start,
        "memory_mb": memory,
        "misses": missed[: arguments.misses],
        "extra": extra[: arguments.misses],
    }


def show(result: dict[str, Any]) -> None:
    console = Console()
    console.print(
        f"{result['data']}: {result['texts']} texts, {result['clean_texts']} of them clean, {result['details']} details, "
        f"ignored {', '.join(result['ignored']) or 'nothing'}"
    )
    whole = Table("figure", "value", "95 %")
    for name, (low, high) in result["intervals"].items():
        whole.add_row(name, f"{result[name]:.4f}", f"{low:.4f} to {high:.4f}")
    for name in ("ms_p50", "ms_p95", "ms_200_p50", "ms_200_p95", "ms_200_cpu", "start_s", "memory_mb"):
        whole.add_row(name, "" if result[name] is None else f"{result[name]:.1f}")
    console.print(whole)
    labels = Table("label", "n", "leak", "total_leak", "kept_leak")
    for name, row in result["labels"].items():
        labels.add_row(
            name, str(row["n"]), *(f"{row[k]:.4f}" for k in ("leak", "total_leak", "kept_leak") if k in row)
        )
    console.print(labels)
    for title in ("misses", "extra"):
        for label, detail, text in result[title]:
            console.print(f"{title}: {label} {detail!r} in {text[:160]!r}", markup=False, highlight=False)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--ignore-gold", default="", help="labels, with commas between")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--misses", type=int, default=0, help="print this many misses and wrong findings")
    parser.add_argument("--limit", type=int)
    arguments = parser.parse_args()
    if not arguments.data.exists():
        parser.error(f"there is no file {arguments.data}")
    result = run(arguments)
    show(result)
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
