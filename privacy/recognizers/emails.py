"""E-mail addresses: of any domain, with spaces around their signs, and spelled out ("kat dot wolf at posteo dot net")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding

_COMMON_ENDINGS = (
    "com|net|org|edu|gov|mil|int|info|biz|io|co|me|app|dev|ai|eu|uk|de|fr|es|it|nl|pt|br|at|ch|be|se|no|dk|fi|pl|cz|"
    "ie|in|au|ca|us|jp|mx|ar|ru|fm|tv|xyz|example|local|lan|test|email|mail|cloud|online|site"
)
_MAIL_HOSTS = (
    "gmail|googlemail|hotmail|outlook|live|yahoo|ymail|icloud|me|mac|aol|gmx|web|proton|protonmail|pm|posteo|mailbox|"
    "fastmail|hey|zoho|yandex|libero|orange|free|laposte|t-online|tutanota|hushmail"
)
_LOCAL = r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*"
_JOINT = r"(?:\s*[(\[{<]\s*(?:dot|punkt|punto|point|ponto|\.)\s*[)\]}>]\s*|[\s_]+(?:dot|punkt|punto|point|ponto|punt)[\s_]+)"
_SIGN = rf"(?:{_JOINT}|\s+(?:underscore|dash|hyphen|minus|plus)\s+)"
_AT = (
    r"(?:\s*[(\[{<]\s*(?:at|ät|@|arroba|arobase|chiocciola)\s*[)\]}>]\s*|"
    r"[\s_]+(?:at|ät|arroba|arobase|chiocciola|apenstaartje|at sign)[\s_]+|%40|&#64;|&commat;)"
)
_NAME = rf"[\w+-]+(?:(?:\.|{_SIGN})[\w+-]+)*"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:\"[^\"\n]{{1,64}}\"|{_LOCAL})@(?:\[[0-9a-f:.]+\]|\w(?:[\w-]*\w)?(?:\.[\w-]+)*)",
        rf"(?<!\w)[\w.+-]+\s?@\s?[\w-]+(?:\s?\.\s?[\w-]+)*\s?\.\s?(?:{_COMMON_ENDINGS})\b",
        rf"(?<!\w){_NAME}{_AT}[\w-]+(?:(?:\.|{_JOINT})[\w-]+)*{_JOINT}\w{{2,}}(?:{_AT}[\w-]+(?:{_JOINT}[\w-]{{2,}})+)?",
        rf"(?<!\w){_NAME}\s*(?:[(\[{{<]\s*(?:at|ät|@|arroba|arobase)\s*[)\]}}>]|%40|&#64;|&commat;)\s*[\w-]+(?:\.[\w-]+)*",
        rf"(?<!\w){_NAME}\s+at\s+(?:{_MAIL_HOSTS})\.(?:{_COMMON_ENDINGS})\b",
    )
)


def emails(text: str) -> Iterator[Finding]:
    """Every e-mail address, whether or not its domain exists."""
    if "@" not in text and not _HINT.search(text):
        return
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(c.isalnum() for c in match.group().split("@")[0]):
                yield Finding(match.start(), match.end(), "EMAIL", 1.0)


_HINT = re.compile(
    r"(?<!\w)(?:at|ät|arroba|arobase|chiocciola|apenstaartje)(?!\w)|_at_|%40|&#64;|&commat;", re.IGNORECASE
)
