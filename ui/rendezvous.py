"""Where the terminal and whoever holds the data meet, and how the terminal says who is speaking."""

from __future__ import annotations

from pathlib import Path

from agent.settings import Settings, runtime_dir

HEADER = "keepsake-person"  # who is speaking, percent-encoded


def socket_path(settings: Settings) -> Path:
    return runtime_dir(settings.home) / "terminal.sock"
