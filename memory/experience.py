"""What kinds of experience a person's words tell of: pure. One sentence may be several, and most are none."""

from __future__ import annotations

import re
from typing import Literal, get_args

Experience = Literal["plan", "event", "decision", "question", "solved", "feeling"]
EXPERIENCES: tuple[Experience, ...] = get_args(Experience)

_CUES: dict[Experience, re.Pattern[str]] = {
    "plan": re.compile(
        r"\b(?:i|we)(?:'m| am|'re| are)? (?:going to|gonna|planning|plan to|hoping to|hope to|intend(?:ing)? to|about to|want to|wanna|thinking of|looking forward to|will|shall)\b"
        r"|\b(?:i|we)'ll\b|\b(?:i|we)(?:'m| am|'re| are) \w+ing\b.*\b(?:tomorrow|tonight|next|on (?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:the )?\d)|soon|in (?:january|february|march|april|may|june|july|august|september|october|november|december))\b"
        r"|\b(?:i|we) have (?:an?|my|our) (?:\w+ ){0,2}(?:appointment|interview|exam|meeting|date|flight|deadline|test|operation|wedding)\b",
        re.IGNORECASE,
    ),
    "event": re.compile(
        r"\b(?:i|we|my \w+|our \w+)(?!(?:'ve| have| has) got\b)(?:'ve| have| has)? (?:just |finally |already )?(?:went|been|met|saw|seen|visited|had|got|took|came|left|bought|sold|moved|started|finished|watched|ate|cooked|made|"
        r"ran|won|lost|broke|fell|found|called|heard|read|played|travelled|flew|drove|celebrated|attended|happened|received|died|passed|married|proposed|burnt|missed|arrived|returned|joined|quit|"
        r"\w{3,}ed)\b",
        re.IGNORECASE,
    ),
    "decision": re.compile(
        r"\b(?:decided|decision|made up (?:my|our) mind|(?:i|we)(?:'ve| have)? (?:chose|chosen|settled on|opted|picked|agreed)|going with|i'll go (?:with|for)|from now on)\b",
        re.IGNORECASE,
    ),
    "question": re.compile(r"\?\s*$"),
    "solved": re.compile(
        r"\b(?:solved|fixed|sorted(?: it)?(?: out)?|figured (?:it )?out|worked (?:it )?out|(?:finally|now) works?|it works|(?:that|it|this) (?:worked|helped|did the trick)|repaired|resolved|got it (?:working|to work)|no longer (?:broken|crashes))\b",
        re.IGNORECASE,
    ),
    "feeling": re.compile(
        r"\b(?:(?:i|we)(?:'m| am|'re| are| was| were| feel| felt|'ve been| have been) (?:\w+ ){0,2}(?:happy|thrilled|delighted|excited|proud|relieved|grateful|sad|upset|heartbroken|devastated|miserable|depressed|anxious|"
        r"worried|nervous|terrified|scared|afraid|lonely|ashamed|guilty|furious|angry|annoyed|jealous|stressed|overwhelmed|exhausted|disappointed|frustrated|homesick|bored|content|hopeful|glad)"
        r"|i feel|i felt|makes me (?:\w+ )?(?:happy|sad|angry|anxious|nervous|proud)|(?:i|we) miss)\b",
        re.IGNORECASE,
    ),
}  # fmt: skip


_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_AHEAD = re.compile(  # a day that comes, where nothing is over: "Our choir sings on Sunday"
    rf"\b(?:tomorrow|tonight|(?:on|this|next|until|by) {_DAY}|(?:at the|this|next) weekend|next (?:week|month|year|spring|summer|autumn|fall|winter)|"
    r"on (?:the )?\d{1,2}(?:st|nd|rd|th)?\b)",
    re.IGNORECASE,
)
_OVER_OR_USUAL = re.compile(  # "put" and "read" may be over
    r"\b(?:was|were|did|didn't|had|been|last|ago|yesterday|every|each|always|usually|often|sometimes|if|would|could|might|\w{3,}ed|"
    r"(?<!'ve )(?<!have )(?<!has )got|went|came|saw|met|took|left|bought|sold|lost|won|ran|fell|broke|said|told|thought|made|ate|put|read|"
    r"hurt|cut|hit|let|set|shut|quit|beat|spent|felt|slept|gave|found|heard|wrote|drove|flew|sent|paid|kept|knew|grew|stood|woke|"
    r"taught|brought|caught|fought|built|rode|sang|swam|drank|began|chose|wore|threw|drew|froze|spoke|stole|hid|bit|became|held)\b",
    re.IGNORECASE,
)


def experiences(text: str) -> frozenset[Experience]:
    """The kinds of experience in a text; a question asks, and tells of nothing else.

    >>> sorted(experiences("I'm so nervous, we're flying to Oslo tomorrow.")), sorted(experiences("Did I fix it?"))
    (['feeling', 'plan'], ['question'])
    """
    line = " ".join(text.replace("’", "'").split())
    if _CUES["question"].search(line):
        return frozenset({"question"})
    found = {kind for kind, cue in _CUES.items() if kind != "question" and cue.search(line)}
    if any(_AHEAD.search(part) and not _OVER_OR_USUAL.search(part) for part in re.split(r"[.;!] ", line)):
        found.add("plan")
    return frozenset(found)
