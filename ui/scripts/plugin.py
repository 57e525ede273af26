"""The pytest plugin: conversations are collected from `--conversations DIR`, else from tests/conversations."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .outcome import Outcome
    from .steps import Script

USUAL = Path("tests") / "conversations"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.getgroup("keepsake").addoption(
        "--conversations",
        action="append",
        default=[],
        metavar="DIR",
        help="play the scripted conversations (*.yaml) below this folder; may be repeated "
        f"(default: {USUAL.as_posix()}, if there is one)",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "conversation: a scripted conversation with the real product")
    for folder in _named(config):
        if not folder.is_dir():
            raise pytest.UsageError(f"--conversations: there is no folder {folder}")
        # a folder outside of what is tested anyway is tested too
        if not any(folder.is_relative_to(_path(argument, config)) for argument in config.args):
            config.args.append(str(folder))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ConversationFile | None:
    folders = _named(parent.config) or [parent.config.rootpath / USUAL]
    if file_path.suffix in (".yaml", ".yml") and any(file_path.is_relative_to(f) for f in folders):
        return ConversationFile.from_parent(parent, path=file_path)
    return None


def _named(config: pytest.Config) -> list[Path]:
    named: list[str] = config.getoption("conversations")
    return [(config.invocation_params.dir / folder).resolve() for folder in named]


def _path(argument: str, config: pytest.Config) -> Path:
    return (config.invocation_params.dir / argument.split("::")[0]).resolve()


class ConversationFile(pytest.File):
    """A file of conversations; each of them is one test."""

    def collect(self) -> Iterable[Conversation]:
        from .errors import ScriptError
        from .reading import read

        try:
            scripts = read(self.path)
        except ScriptError as fault:
            raise self.CollectError(str(fault)) from None
        for script in scripts:
            yield Conversation.from_parent(self, name=script.title, script=script)


class Conversation(pytest.Item):
    """One conversation, played in a folder of its own."""

    def __init__(self, *, script: Script, **rest: Any) -> None:
        super().__init__(**rest)
        self.script = script
        self.add_marker(pytest.mark.conversation)

    def runtest(self) -> None:
        from agent.settings import Settings

        from .playing import play

        outcome = asyncio.run(play(self.script, Settings()))  # type: ignore[call-arg]  # from the environment
        if outcome.state == "skipped":
            pytest.skip(outcome.note)
        if outcome.state == "failed":
            raise ConversationFailed(outcome)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        from .report import report

        if isinstance(excinfo.value, ConversationFailed):
            return report(excinfo.value.outcome)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.script.line - 1, self.name


class ConversationFailed(Exception):
    """Carries how it went to the report."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.script.title)
        self.outcome = outcome
