"""Errors are told by kind and place; a person's words in them reach no log and no terminal."""

from __future__ import annotations

import subprocess
import sys

SECRET = "Katarina Wolfsberg"

PROGRAM = """
import asyncio, logging, sys, threading
from privacy.discretion import be_discreet
from privacy.errors import Unreadable

be_discreet()
logging.basicConfig(level=logging.DEBUG)
log = logging.getLogger("somebody.elses.library")
SECRET = " ".join(["Katarina", "Wolfsberg"])  # a traceback shows the lines of a program

def fails():
    try:
        int(SECRET)
    except ValueError as error:
        raise KeyError(SECRET) from error

async def forgotten():
    async def one():
        fails()
    task = asyncio.create_task(one())
    await asyncio.sleep(0)
    del task

try:
    fails()
except KeyError as error:
    log.exception(error)
    log.error("it failed: %s", error)
try:
    raise Unreadable("Run `keepsake doctor`.")
except Unreadable as error:
    log.warning("ours: %s", error)
asyncio.run(forgotten())
thread = threading.Thread(target=fails)
thread.start()
thread.join()
fails()
"""


def test_no_words_of_errors_anywhere(tmp_path):
    """Logged, in a task nobody awaits, in a thread and at the end of the program: kinds and places, causes too, and no words."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert SECRET not in done.stdout + done.stderr
    assert done.stderr.count("in fails") >= 8  # each with its cause
    assert "ValueError" in done.stderr
    assert "it failed: KeyError" in done.stderr
    assert "ours: Run `keepsake doctor`." in done.stderr
