"""Only variables of our own names change a setting."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from agent.settings import Settings, runtime_dir


def test_the_shell_s_own_variables_are_not_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """$HOME, $HOST, $PORT and $MODEL belong to others: memory never lands in the home folder itself."""
    for name, value in {"HOME": str(tmp_path), "HOST": "0.0.0.0", "PORT": "1", "MODEL": "x"}.items():
        monkeypatch.setenv(name, value)
    settings = Settings()
    assert settings.home != tmp_path
    assert settings.home.name == "keepsake"
    assert (settings.host, settings.port, settings.model) == ("127.0.0.1", 8000, "gpt-4.1-mini")


def test_our_variables_are_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """KEEPSAKE_HOME and KEEPSAKE_PORT say where and on which port."""
    monkeypatch.setenv("KEEPSAKE_HOME", str(tmp_path))
    monkeypatch.setenv("KEEPSAKE_PORT", "8123")
    assert (Settings().home, Settings().port) == (tmp_path, 8123)


def test_sockets_have_short_names(tmp_path, monkeypatch):
    """However long the path of the folder for temporary files is, a Unix socket finds room beside it."""
    long = tmp_path / ("x" * 60) / ("y" * 60)
    long.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    assert len(str(runtime_dir(tmp_path / "home") / "milvus1000.sock")) < 104
    monkeypatch.setattr(tempfile, "tempdir", "/var/tmp")
    assert runtime_dir(tmp_path / "home").parent == Path("/var/tmp")
