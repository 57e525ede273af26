"""From a file to its conversations: the head, the people, the model."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from .errors import ScriptError
from .phrases import NO_NAMES, StepReader
from .steps import BEGINNING, Model, NotAsked, Received, Says, Script, Scripted, Step
from .values import scripted
from .written import Written, documents

HEAD = ("title", "people", "model", "masking", "starts", "steps")
MODELS = ("embedded", "live", "scripted")


def read(file: Path) -> list[Script]:
    """All conversations of a file. ScriptError names every line that is wrong."""
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise ScriptError(f"{file} cannot be read ({error.strerror}). Check the name of the file.") from None
    except UnicodeDecodeError:
        raise ScriptError(f"{file} is not UTF-8 text. Save it as UTF-8.") from None
    scripts = [_script(document, tuple(text.splitlines())) for document in documents(file, text)]
    if not scripts:
        raise ScriptError(f"{file} is empty. A conversation has a title and steps.")
    return scripts


def files_below(paths: list[Path]) -> list[Path]:
    """The files named, and all *.yaml and *.yml below the folders named."""
    found: list[Path] = []
    for path in paths:
        inside = (p for p in path.rglob("*") if p.suffix in (".yaml", ".yml"))
        found += sorted(inside) if path.is_dir() else [path]
    return found


def _script(document: Written, source: tuple[str, ...]) -> Script:
    head = document.fields(HEAD)
    if "steps" not in head:
        raise document.fault("This conversation has no steps. Write “steps:” and below it what happens.")
    people = _people(head.get("people"))
    steps = _steps(head["steps"], StepReader(people))
    model = _model(head.get("model"), steps, document)
    for step in steps:
        if model.kind != "scripted" and isinstance(step, (NotAsked, Received)):
            raise ScriptError(
                f"{document.file}:{step.line}: only a scripted model keeps what it was sent. "
                "Write “model: scripted”, and what the “model says”."
            )
    script = Script(
        file=document.file,
        line=document.line,
        title=head["title"].text() if "title" in head else document.file.stem.replace("_", " "),
        steps=steps,
        model=model,
        people=people,
        source=source,
    )
    if "masking" in head:
        script = replace(script, masking=head["masking"].choice(("on", "off")) == "on")
    if "starts" in head:
        script = replace(script, starts=_moment(head["starts"]))
    return script


def _steps(written: Written, reader: StepReader) -> tuple[Step, ...]:
    """All steps; what is wrong with several of them is said at once."""
    steps: list[Step] = []
    faults: list[str] = []
    for item in written.items():
        try:
            steps = reader.read(item, steps)
        except ScriptError as fault:
            faults.append(str(fault))
    if faults:
        raise ScriptError("\n".join(faults))
    if not steps:
        raise written.fault("There is no step here. Begin with what somebody says.")
    return tuple(steps)


def _people(written: Written | None) -> tuple[str, ...]:
    if written is None:
        return ()
    for item in written.items():
        if item.text().casefold() in NO_NAMES:
            raise item.fault(f"Nobody can be called “{item.text()}” here: the word is taken.")
    return written.texts()


def _model(written: Written | None, steps: tuple[Step, ...], document: Written) -> Model:
    inline = [answer for step in steps if isinstance(step, Says) for answer in step.scripted]
    if written is None:
        return Model("scripted") if inline else Model()
    if written.is_text:
        kind = written.choice(MODELS)
        if kind != "scripted" and inline:
            raise ScriptError(
                f"{document.file}:{inline[0].line}: The {kind} model finds its own words. Leave out what "
                f"“model says”, or write “model: scripted” instead of “model: {kind}”."
            )
        return Model(kind)  # type: ignore[arg-type]  # one of MODELS
    head = written.fields(("answers", "extraction", "place"))
    answers = tuple(scripted(item) for item in head["answers"].items()) if "answers" in head else ()
    if answers and inline:
        raise ScriptError(
            f"{document.file}:{inline[0].line}: The answers stand at the top and here. Keep them in one place."
        )
    return Model(
        "scripted",
        place=head["place"].choice(("here", "elsewhere")) if "place" in head else "here",  # type: ignore[arg-type]
        answers=answers,
        extraction=tuple(_extraction(item) for item in head["extraction"].items())
        if "extraction" in head
        else (),
    )


def _extraction(written: Written) -> Scripted:
    """What an extraction finds: a list of sentences, or JSON as the model would write it."""
    if written.is_list:
        found = [{"id": str(number), "text": text} for number, text in enumerate(written.texts())]
        return Scripted(written.line, json.dumps({"memory": found}, ensure_ascii=False))
    try:
        json.loads(written.text())
    except ValueError:
        raise written.fault(
            "An extraction is a list of sentences like [Ada lives in Lyon.], or JSON in quotes."
        ) from None
    return Scripted(written.line, written.text())


def _moment(written: Written) -> datetime:
    try:
        moment = datetime.fromisoformat(written.text())
    except ValueError:
        raise written.fault(
            f"“{written.text()}” is not a moment. Write it like {BEGINNING:%Y-%m-%d %H:%M}."
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
