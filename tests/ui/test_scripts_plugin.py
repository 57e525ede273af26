"""The pytest plugin, in a project of its own."""

from __future__ import annotations

import pytest

from agent.settings import Settings

pytest_plugins = ["pytester"]
MODEL_FILES = Settings().cache_home  # before the home is another one
GOOD = "title: A good day\nsteps:\n  - Ada says: I live in Lyon.\n  - stores: I live in Lyon.\n"
BAD = "title: A bad day\nsteps:\n  - Ada says: I live in Lyon.\n  - stores: Paris\n"


@pytest.fixture
def project(pytester, monkeypatch):
    """A folder that knows nothing of this project; runs pytest as its user would."""
    monkeypatch.setenv("KEEPSAKE_CACHE", str(MODEL_FILES))
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)

    def write(path, text):
        file = pytester.path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    pytester.write = write
    return pytester


def test_without_the_option_only_the_usual_folder_is_played(project):
    """tests/conversations is collected if it is there, and no other YAML file."""
    project.write("tests/conversations/day.yaml", GOOD)
    project.write("compose.yaml", "services: {}\n")
    project.write("talks/day.yaml", BAD)
    ran = project.runpytest_subprocess("-v")
    ran.assert_outcomes(passed=1)
    ran.stdout.fnmatch_lines(["*tests/conversations/day.yaml::A good day PASSED*"])


def test_folders_are_named_and_failures_are_told(project):
    """--conversations may be repeated and adds to the other tests; a failure is the story, without a traceback."""
    project.write("test_sums.py", "def test_sum():\n    assert 1 + 1 == 2\n")
    project.write("tests/conversations/day.yaml", BAD)
    project.write("talks/days.yaml", GOOD + "---\n" + BAD)
    project.write("more/live.yaml", "model: live\n" + GOOD)
    ran = project.runpytest_subprocess("-rs", "--strict-markers", "--conversations", "talks", "--conversations", "more", "test_sums.py")  # fmt: skip
    ran.assert_outcomes(passed=2, failed=1, skipped=1)
    ran.stdout.fnmatch_lines(
        ["*talks/days.yaml:9: in “A bad day”", "*- stores: Paris", "Expected*“Paris”", "Came*"]
    )
    ran.stdout.fnmatch_lines(["SKIPPED*no model is configured*"])
    ran.stdout.no_fnmatch_line("*Traceback*")


def test_a_typo_is_an_error_of_collection(project):
    """A file that cannot be read as a conversation stops the run with the line and the nearest word."""
    project.write("tests/conversations/day.yaml", "steps:\n  - Ada sais: Hello.\n")
    ran = project.runpytest_subprocess()
    ran.assert_outcomes(errors=1)
    ran.stdout.fnmatch_lines(["*day.yaml:2: I do not know “Ada sais”. Did you mean “Ada says”?"])


def test_a_folder_that_is_not_there_is_said(project):
    """A wrong folder is no silent success."""
    ran = project.runpytest_subprocess("--conversations", "nowhere")
    assert ran.ret == pytest.ExitCode.USAGE_ERROR
    ran.stderr.fnmatch_lines(["*there is no folder*nowhere*"])
