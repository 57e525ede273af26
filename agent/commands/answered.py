"""Whether an answer is one of our own, to an order: pure."""

from __future__ import annotations

from dataclasses import astuple

from .belief_sentences import BELIEF_SENTENCES
from .share_sentences import SHARE_SENTENCES
from .skill_sentences import SKILL_SENTENCES


def answers_an_order(answer: str, language: str) -> bool:
    """Whether an answer begins as one of the sentences does that are said when something was decided.

    >>> answers_an_order("Confirmed: “You live in Lyon.”", "en"), answers_an_order("Porto is lovely.", "en")
    (True, False)
    """
    said = (BELIEF_SENTENCES[language], SHARE_SENTENCES[language], SKILL_SENTENCES[language])
    begins = (text.partition("{")[0] for sentences in said for text in astuple(sentences))
    return answer.startswith(tuple(words for words in begins if len(words) > 2 and words[0].isupper()))
