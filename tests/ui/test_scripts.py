"""Scripted conversations: what can be written, what goes wrong, and what is said about it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import httpx
import pytest

from agent.settings import Settings
from tests.kit.serving import keepsake
from ui.scripts.errors import ScriptError
from ui.scripts.playing import NO_LIVE_MODEL, attempt, play
from ui.scripts.reading import files_below, read
from ui.scripts.recording import RecordingModel
from ui.scripts.report import report
from ui.scripts.stage import Clock, own_settings, staged
from ui.scripts.steps import Scripted

pytestmark = pytest.mark.long

README = Path(__file__).resolve().parents[2] / "ui" / "scripts" / "README.md"
EXAMPLES = re.findall(r"```yaml\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)


def written(tmp_path, text):
    file = tmp_path / "talk.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def environment(**more):
    """The model files of this machine, and no model of its own."""
    return Settings.model_construct(cache_home=Settings().cache_home, **more)


async def played(tmp_path, text, **more):
    (script,) = read(written(tmp_path, text))
    return await play(script, environment(**more))


STEPS = "steps:\n  - Ada says: I live in Lyon.\n"


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("titel: x\n" + STEPS, 1, "I do not know “titel”. Did you mean “title”?"),
        ("model: embeded\n" + STEPS, 1, "Did you mean “embedded”?"),
        ("model:\n  answer: [x]\n" + STEPS, 2, "Did you mean “answers”?"),
        ("model: {place: elswhere}\n" + STEPS, 1, "Did you mean “elsewhere”?"),
        ("masking: of\n" + STEPS, 1, "Did you mean “off”?"),
        ("starts: tomorrow\n" + STEPS, 1, "“tomorrow” is not a moment"),
        ("title: x\n", 1, "This conversation has no steps"),
        ("steps: []\n", 1, "There is no step here"),
        ("steps:\n  - Ada sais: Hello.\n", 2, "Did you mean “Ada says”?"),
        (STEPS + "  - asistant says: Hello.\n", 3, "Did you mean “assistant says”?"),
        (STEPS + "  - does not recal: Lyon\n", 3, "Did you mean “does not recall”?"),
        (STEPS + "  - Ada recals: Lyon\n", 3, "Did you mean “Ada recalls”?"),
        (STEPS + "  - restrat\n", 3, "Did you mean “restart”?"),
        (STEPS + "  - assistant says: {contians: Lyon}\n", 3, "Did you mean “contains”?"),
        (STEPS + "  - recalls: {askd: x, text: Lyon}\n", 3, "Did you mean “asked”?"),
        (STEPS + "  - recalls: {asked: x}\n", 3, "Write the memory that is meant as “text”"),
        (STEPS + "  - feedback: goood\n", 3, "Did you mean “good”?"),
        (STEPS + "  - feedback: {comment: x}\n", 3, "“rating: good”"),
        (STEPS + "  - sleep: 3 dais\n", 3, "Did you mean “day”?"),
        (STEPS + "  - sleep: a while\n", 3, "like “3 days”"),
        (STEPS + "  - restart: now\n", 3, "Take away what stands behind it"),
        (STEPS + "  - stores:\n", 3, "There is nothing behind this key"),
        (STEPS + "  - does not store: tea\n", 3, "at least 5 letters"),
        (STEPS + "  - restart:\n    undo:\n", 3, "One step, one dash"),
        (STEPS + "  - restart\n  - model says: Hello.\n", 4, "right below what somebody says"),
        (STEPS + "  - model says: {fails: 42}\n", 3, "from 400 to 599"),
        ("model: live\n" + STEPS + "  - model says: Hello.\n", 4, "“model: scripted” instead of “model: live”"),
        ("model: {answers: [x]}\n" + STEPS + "  - model says: y\n", 4, "Keep them in one place"),
        ("model: {extraction: [tea]}\n" + STEPS, 1, "An extraction is a list of sentences"),
        ("model: embedded\n" + STEPS + "  - model was not asked\n", 4, "only a scripted model keeps"),
        (STEPS + "  - Bob says: Hello.\n", 3, "people: [Ada, Bob]"),
        ("people: [Ada, Bob]\n" + STEPS + "  - Bbo says: Hello.\n", 4, "Did you mean “Bob”?"),
        ("people: [Ada, Model]\n" + STEPS, 1, "the word is taken"),
        ("people: [Ada, Bob]\nsteps:\n  - recalls: Lyon\n", 3, "Who? Nobody has said anything yet"),
        ("title: x\ntitle: y\n" + STEPS, 2, "stands here twice"),
        ("steps:\n  - Ada says: Note: I live in Lyon.\n", 2, "belong in quotes"),
        (STEPS + "  - recalls: {asked: Where?, text: Lyon}\n", 3, "end with a question mark inside {...}"),
        ("", 0, "is empty"),
    ],
)  # fmt: skip
def test_what_is_written_wrong_is_said_with_line_and_nearest_word(tmp_path, text, line, sentence):
    """Every mistake in a file is answered with its line and what to write instead."""
    file = written(tmp_path, text)
    with pytest.raises(ScriptError) as caught:
        read(file)
    assert sentence in str(caught.value)
    assert str(caught.value).startswith(f"{file}:{line}: " if line else str(file))


def test_several_mistakes_are_said_at_once(tmp_path):
    """A person who made two mistakes hears of both."""
    with pytest.raises(ScriptError) as caught:
        read(written(tmp_path, STEPS + "  - slep: 1 day\n  - restart\n  - undoo\n"))
    assert re.findall(r":(\d+): .*“(\w+)”\?", str(caught.value)) == [("3", "sleep"), ("5", "undo")]


def test_text_stays_as_it_was_typed(tmp_path):
    """Yes, numbers and dates are words here; several conversations stand in one file."""
    first, second = read(written(tmp_path, "steps: [Ada says: yes]\n---\nsteps:\n  - Bob says: 0042\n"))
    assert first.steps[0].text == "yes"
    assert second.steps[0].text == "0042"
    assert (first.line, second.line) == (1, 3)


SCRIPTED = "title: Tea\nsteps:\n  - Ada says: I live in Lyon.\n  - model says: Lovely.\n"
IN_MIND = "What came to mind for “Where do I live?”, "

# a step, what was expected, what came, and why; each is tried on the same stage, in this order
FAILING = [
    ("undo", "a forgetting to take back", "nothing was forgotten", ""),
    ("assistant says: Awful.", "exactly “Awful.”", "“Lovely.”", "Nothing came to mind for “I live in Lyon.”"),
    ("assistant says: {contains: Awful}", "contain “Awful”", "“Lovely.”", ""),
    ("assistant says: {does not contain: love}", "without “love”", "“Lovely.”", ""),
    ("recalls:\n      asked: Where do I live?\n      text: Paris", "“Paris” comes to Ada's mind", "in Lyon.", IN_MIND),
    ("does not recall:\n      asked: Where do I live?\n      text: Lyon", "does not come", "in Lyon.", "rare words"),
    ("stores: Paris", "an opened record that holds “Paris”", "none", "episode: I live in Lyon."),
    ("does not store: in Lyon", "nowhere", "the opened record “episode: I live in Lyon.”", ""),
    ("does not store: CREATE TABLE", "nowhere", "the file ledger.sqlite3", ""),
    ("forget: accordion", "about “accordion”", "there is none", "accordion"),
    ("model received: Paris", "contain “Paris”", "request", "chat: "),
    ("model never received: in Lyon", "without “in Lyon”", "i live in lyon.", "I live in Lyon."),
    ("model was not asked", "no request", "1, the first", ""),
    ("Ada says: And now?\n  - trouble: sorry\n  - model says: Hm.", "contain “sorry”", "the answer “Hm.”", ""),
    ("Ada says: Again?\n  - model says: {fails: 503}", "an answer", "an error (503)", ""),
    ("Ada says: Well?\n  - model says: Hm.\n  - model says: Hmm.", "used: “Hmm.”", "the model was not asked", ""),
]  # fmt: skip


async def test_each_kind_of_step_fails_for_its_reason(tmp_path):
    """A failing step names its line, what was expected, what came and why."""
    lines = SCRIPTED + "".join(f"  - {step}\n" for step, *_ in FAILING)
    (script,) = read(written(tmp_path, lines))
    with RecordingModel() as model:
        settings = own_settings(tmp_path, environment(), openai_base_url=model.url)
        async with staged(settings, Clock(script.starts), model) as stage:
            assert await attempt(script.steps[0], stage) is None
            for step, (text, expected, came, why) in zip(script.steps[1:], FAILING, strict=True):
                failure = await attempt(step, stage)
                assert failure is not None, text
                assert expected in failure.expected
                assert came in failure.came
                assert why in "\n".join(failure.why)
                assert script.source[failure.line - 1].strip().removeprefix("- ") in text
                model.answers.clear()


@pytest.mark.parametrize(
    ("text", "line", "expected", "came"),
    [
        (SCRIPTED + "  - Ada says: And now?", 5, "no answer left", "And now?"),
        ("model: {answers: [One., Two.]}\nsteps:\n  - Ada says: Hi.", 1, "used: “Two.”", "the conversation ended"),
        ("model:\n  extraction: [[Tea.], [Tea.]]\nsteps:\n  - Ada says: Hi.\n  - model says: Hi.", 2, "Tea.", "nothing was extracted"),
        (SCRIPTED + "  - forget: Lyon\n  - sleep: 11 seconds\n  - undo", 7, "works", "too late to undo"),
    ],
)  # fmt: skip
async def test_a_conversation_that_fails_is_told_as_a_story(tmp_path, text, line, expected, came):
    """Answers must be used up, no more be asked, and the story begins with the line of the file."""
    outcome = await played(tmp_path, text)
    story = report(outcome)
    assert story.startswith(f"{tmp_path}/talk.yaml:{line}: in “")
    assert text.splitlines()[line - 1].strip() in story
    assert re.search(f"^Expected  .*{re.escape(expected)}", story, re.MULTILINE)
    assert re.search(f"^Came      .*{re.escape(came)}", story, re.MULTILINE)


async def test_the_search_for_what_must_not_be_stored_can_find(tmp_path):
    """With detection off, the conversation about personal details fails: the name lies in an opened record."""
    steps = "steps:\n  - Ada says: My name is Katarina Wolfsberg.\n  - does not store: Wolfsberg\n"
    assert (await played(tmp_path, steps)).state == "passed"
    outcome = await played(tmp_path, "masking: off\n" + steps)
    assert outcome.failure.line == 4
    assert "My name is Katarina Wolfsberg." in outcome.failure.came


def test_extractions_have_answers_of_their_own(tmp_path):
    """Requests for JSON take nothing from the answers of the conversation."""
    found = '{"memory": [{"id": "0", "text": "Ada lives in Lyon."}]}'
    with RecordingModel(["Hello."], [Scripted(1, found)]) as model:

        def ask(**more):
            asked = {"model": "any", "messages": [{"role": "user", "content": "I live in Lyon."}], **more}
            answer = httpx.post(f"{model.url}/chat/completions", json=asked)
            return (
                answer.json()["choices"][0]["message"]["content"] if answer.is_success else answer.status_code
            )

        as_json = {"response_format": {"type": "json_object"}}
        assert [ask(**as_json), ask(**as_json)] == [found, '{"memory": []}']
        assert model.unexpected == []
        assert [ask(), ask()] == ["Hello.", 410]
        assert [request.kind for request in model.received] == ["extraction", "extraction", "chat", "chat"]
        assert [request.text for request in model.unexpected] == ["I live in Lyon."]


@pytest.mark.parametrize("example", EXAMPLES)
async def test_the_examples_of_the_readme_pass(tmp_path, example):
    """Each example in the README is a conversation that goes as written."""
    outcome = await played(tmp_path, example)
    assert outcome.state == "passed", report(outcome)


def test_there_are_three_examples():
    """The README shows three."""
    assert len(EXAMPLES) == 3


async def test_live_is_played_with_the_configured_model_or_skipped(tmp_path):
    """`model: live` talks to the model that is configured; without one it is skipped, and says why."""
    talk = "model: live\nsteps:\n  - Ada says: Hello.\n  - assistant says: {contains: morning}\n"
    outcome = await played(tmp_path, talk)
    assert (outcome.state, outcome.note) == ("skipped", NO_LIVE_MODEL)
    with RecordingModel(["Good morning."]) as model:
        outcome = await played(tmp_path, talk, openai_base_url=model.url)
        assert (outcome.state, model.received[0].kind) == ("passed", "chat")


def test_the_command_plays_checks_and_prints_json(tmp_path):
    """`keepsake script` says how each conversation went, in words or JSON, and fails with exit code 1."""

    def script(*arguments):
        return keepsake(tmp_path, "script", *map(str, arguments))

    (tmp_path / "good").mkdir()
    good = written(tmp_path / "good", SCRIPTED)
    bad = written(tmp_path, SCRIPTED + "  - stores: Paris\n")
    ran = script("run", tmp_path / "good")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "1 passed." in ran.stdout
    ran = script("run", good, bad, "--json")
    assert ran.returncode == 1
    outcomes = json.loads(ran.stdout)["outcomes"]
    assert [(o["state"], (o["failure"] or {}).get("line")) for o in outcomes] == [
        ("passed", None),
        ("failed", 5),
    ]
    wrong = written(tmp_path, "steps:\n  - Ada sais: Hello.\n")
    ran = script("check", good, wrong)
    assert ran.returncode == 1
    assert "“Tea”, 1 steps" in ran.stdout
    assert f"{wrong}:2: I do not know “Ada sais”. Did you mean “Ada says”?" in ran.stdout


def test_all_files_of_a_folder_are_found(tmp_path):
    """A folder stands for all its *.yaml and *.yml files, in order."""
    for name in ("b.yaml", "a.yml", "note.txt"):
        (tmp_path / name).touch()
    assert [f.name for f in files_below([tmp_path])] == ["a.yml", "b.yaml"]
