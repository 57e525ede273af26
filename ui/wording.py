"""What the pages say about the model that answers."""

from __future__ import annotations

from collections.abc import Callable

from agent.models.port import ChatModel

LIMITS = (
    "This small model makes small talk; what it says about you is quoted from your own words. Reading, advice and "
    "longer conversation need a capable model: set OPENAI_API_KEY or OPENAI_BASE_URL, and start Keepsake again."
)


HERE = "Answers come from {model}."
ELSEWHERE = (
    "Answers come from {model}, which is not on this machine. "
    "Personal details that were recognised leave as placeholders."
)


def model_line(model: ChatModel, say: Callable[[str], str]) -> str:
    """Which model answers, and where it is, in the person's language."""
    return say(ELSEWHERE if model.place == "elsewhere" else HERE).format(model=model.name)


def model_limits(model: ChatModel) -> str:
    """What needs a capable model; empty where one answers."""
    return "" if model.capable else LIMITS
