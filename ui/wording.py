"""Sentences that more than one place says: about the model that answers, and why a memory was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from agent.models.port import ChatModel
from memory.records import Shown
from memory.voices import told
from privacy.categories import CATEGORIES
from privacy.sending import MEMORIES

LIMITS = (
    "This small model makes small talk; what it says about you is quoted from your own words. Reading, advice and "
    "longer conversation need a capable model: set OPENAI_API_KEY or OPENAI_BASE_URL, and start Keepsake again."
)


GONE = "This chat is not here. A private chat is gone once you leave it."
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


# what speaks for a memory, and against it
REASONS = {
    "meaning": "about the same thing",
    "words": "the same words",
    "phrases": "the same phrases",
    "speaker": "said by whom you ask about",
    "neighbour": "said beside something that fits",
    "answer": "answers a question like this",
    "conversation": "from a conversation that fits",
    "breadth": "more of the same conversation",
    "second look": "read again beside the question",
    "asking": "it only asks",
    "superseded": "no longer so",
    "renewal": "there is something newer",
    "use": "used in answers before",
    "replaced": "something newer says otherwise",
}
# why a memory did not come into question
ABSENCES = {
    "budget": "{n} more for which there was no room",
    "superseded": "{n} that are no longer so",
    "consent": "{n} that you asked not to use for this",
    "waiting": "{n} that wait for your yes",
    "access": "what is not shared with you",
}
# kinds of details, where it is said whether they may go to a model elsewhere
DETAILS = {
    "PERSON": "names of people",
    "EMAIL": "e-mail addresses",
    "PHONE": "phone numbers",
    "ADDRESS": "postal addresses",
    "USERNAME": "user names",
    "BIRTH_DATE": "dates of birth",
    "IP_ADDRESS": "network addresses",
    "MAC_ADDRESS": "addresses of devices",
    "CRYPTO": "wallets of cryptocurrencies",
    "VEHICLE": "number plates",
    "NUMBER": "long numbers",
    "LOCATION": "towns and countries",
    "TITLE": "titles",
}
# all that a rule about sending may be about
ABOUTS = {MEMORIES: "memories of any kind", **DETAILS, **{one.name: one.says for one in CATEGORIES}}
GLIMPSED = 500  # characters of a memory under an answer
SPEAKS = 0.1  # the least weight that is told


def because(reasons: Iterable[tuple[str, float]]) -> str:
    """Reasons in words, the weightiest first; what hardly weighs is left out.

    >>> because([("words", 0.2), ("meaning", 0.5), ("asking", 0.01)])
    'about the same thing (+0.50), the same words (+0.20)'
    """
    told = sorted((reason for reason in reasons if abs(reason[1]) >= SPEAKS), key=lambda one: -one[1])
    return ", ".join(f"{REASONS.get(name, name)} ({weight:+.2f})" for name, weight in told)


def glimpse(memory: Shown) -> dict[str, Any]:
    """A memory as it stands under an answer, for its owner; of a way of answering also what it counts as."""
    skill = {
        "rule": memory.rule[:GLIMPSED],
        "edition": memory.edition,
        "station": "waits" if memory.needs_approval else memory.status,
    }
    return {
        "id": memory.id,
        "kind": memory.kind,
        "says": told(memory)[:GLIMPSED],
        "occurred_at": memory.occurred_at.isoformat(),
        **(skill if memory.kind == "procedure" else {}),
    }
