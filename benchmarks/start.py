"""How long a person waits: from the command to the first answer, in a fresh data directory and again.

    python benchmarks/start.py [--rounds N] [--json OUT]

Prints seconds from `keepsake serve` to /health, and from sending small talk to the first piece of the embedded
model's answer (the first message of a round, and one after it). Model files must be here: `keepsake fetch`.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx2
from rich.console import Console
from rich.progress import track
from rich.table import Table

PATIENCE = 120  # seconds


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="keepsake-start-") as folder:
        rounds = [
            one_round(Path(folder)) for _ in track(range(arguments.rounds), console=Console(stderr=True))
        ]
    table = Table("round", *rounds[0], title="seconds")
    for number, figures in enumerate(rounds, start=1):
        table.add_row(str(number), *(f"{value:.2f}" for value in figures.values()))
    medians = {name: statistics.median(figures[name] for figures in rounds) for name in rounds[0]}
    table.add_row("median", *(f"{value:.2f}" for value in medians.values()))
    Console().print(table)
    if arguments.json:
        arguments.json.write_text(json.dumps({"rounds": rounds, "median": medians}, indent=1))


def one_round(folder: Path) -> dict[str, float]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"KEEPSAKE_HOME": folder / "data", "KEEPSAKE_CONFIG": folder / "config", "KEEPSAKE_PORT": port}
    environment = os.environ | {name: str(value) for name, value in settings.items()}
    began = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-m", "ui.cli", "serve"], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE) as http:
            wait_for(http, server)
            ready = time.perf_counter() - began
            return {
                "to ready": ready,
                "first token, first message": first_piece(http),
                "first token, again": first_piece(http),
            }
    finally:
        server.terminate()
        server.wait()


def wait_for(http: httpx2.Client, server: subprocess.Popen[bytes]) -> None:
    until = time.perf_counter() + PATIENCE
    while time.perf_counter() < until and server.poll() is None:
        try:
            if http.get("/health").status_code == 200:
                return
        except httpx2.TransportError:
            time.sleep(0.05)
    raise SystemExit("The server did not come up. Run `keepsake doctor`.")


def first_piece(http: httpx2.Client) -> float:
    began = time.perf_counter()
    with http.stream("POST", "/api/v1/ask", json={"text": "Good morning! Tell a short joke."}) as answer:
        for line in answer.iter_lines():
            if json.loads(line)["event"] == "said":
                return time.perf_counter() - began
    raise SystemExit("No answer came. Run `keepsake doctor`.")


if __name__ == "__main__":
    main()
