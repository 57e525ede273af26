"""What the pages say about the model that answers."""

from __future__ import annotations

from agent.models.port import ChatModel

LIMITS = (
    "This small model makes small talk; what it says about you is quoted from your own words. Reading, advice and "
    "longer conversation need a capable model: set OPENAI_API_KEY or OPENAI_BASE_URL, and start Keepsake again."
)


def model_line(model: ChatModel) -> str:
    """Which model answers, and where it is."""
    if model.place == "elsewhere":
        return (
            f"Answers come from {model.name}, which is not on this machine. "
            "Personal details that were recognised leave as placeholders."
        )
    return f"Answers come from {model.name}."


def model_limits(model: ChatModel) -> str:
    """What needs a capable model; empty where one answers."""
    return "" if model.capable else LIMITS
