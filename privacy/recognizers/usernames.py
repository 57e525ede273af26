"""What a person is called on a service: handles, logins, profile links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding
from ..words import word_set

_SERVICES = (
    "insta(?:gram)?|ig|twitter|x|tiktok|snap(?:chat)?|discord|telegram|slack|reddit|github|gitlab|steam|psn|xbox|twitch|"
    "youtube|facebook|fb|linkedin|mastodon|bluesky|threads|skype|venmo|cash ?app|paypal|signal|kik|pinterest|spotify|strava|"
    "minecraft|roblox|fortnite|epic|nintendo|battle\\.?net|matrix|irc|whatsapp|wechat|line|login|log-in|sign-in|forum|gaming"
)
_KINDS = (
    "user ?-?names?|user ?id|handle|nick(?:name)?|screen ?name|gamer ?tag|login(?: name| id)?|log-?in name|account name|"
    "display name|profile name|alias|benutzername|nutzername|nom d'utilisateur|identifiant|pseudo|nombre de usuario|usuario|"
    "nome utente|nome de usuário|nome de utilizador|gebruikersnaam|tag"
)
_IS = (
    r"(?:\s*[:=]\s*|\s+(?:is|was|as|are|est|es|ist|é|è)\s+|['’]s\s+|\s+(?:on|for|at)\s+\w+\s*(?:\s+is|:)\s+)"
)
_NAME = r"[\"'`“]?@?(?P<name>[^\W_](?:[\w.'’-]*[\w])|_[\w.-]*\w)"
_PATTERNS = (
    re.compile(r"(?<![\w@./])@(?P<name>[^\W\d][\w.-]{0,28}\w(?:@[\w.-]+\.\w{2,})?)"),
    re.compile(rf"(?<!\w)(?:{_KINDS}){_IS}{_NAME}", re.IGNORECASE),
    re.compile(rf"(?<!\w)(?:{_SERVICES})\s+(?:{_KINDS}|account|id|name)(?:{_IS}|\s+){_NAME}", re.IGNORECASE),
    re.compile(
        rf"(?<!\w)(?:my|our|his|her|their)\s+(?:{_SERVICES})(?:\s+account)?(?:\s*:\s*|\s+is\s+){_NAME}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<!\w)(?:on|auf|sur|en|su|op)\s+(?:{_SERVICES})\s+(?:i'?m|i am|as|under|ich bin|je suis|soy|sono)\s+{_NAME}",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<!\w)(?:ssh|log(?:ged)?[ -]?(?:in|on)?|sign(?:ed)?[ -]?(?:in|on|up)|authenticate|connect|post|play)\b[^\n]{0,60}?\bas\s+(?:user\s+)?[\"'`]?(?P<name>(?=\S*[\d_.-])[\w][\w.-]+\w|[a-z][\w-]{2,})(?=\s*(?:$|[.,;!?)\"'`\n]|\s(?:and|with|on|using|or|for)\b))",
        re.IGNORECASE,
    ),
    re.compile(r"(?<![\w/])/?u/(?P<name>[\w-]{3,20})(?!\w)"),
    re.compile(
        r"(?:github|gitlab|twitter|x|instagram|facebook|fb|tiktok|twitch|snapchat|t|medium|pinterest|soundcloud|steamcommunity|paypal|venmo|reddit|youtube|linkedin)"
        r"\.(?:com|tv|me|net|org)/(?:in/|u/|user/|users/|id/|add/|@|c/|profile/)?@?(?P<name>[\w.-]*\w)(?![\w.]*/\w)",
        re.IGNORECASE,
    ),
    re.compile(r"(?<!\w)(?P<name>[^\W\d][\w.]{1,31}#\d{4})(?!\d)"),
    # a login and a password side by side: "log in with kat / secret"
    re.compile(
        r"(?<!\w)(?:user|login|log in with|credentials?:?)\s*:?\s+(?P<name>[\w.-]{3,})\s*[/|:]\s*(?=\S*[\d\W])\S{4,}",
        re.IGNORECASE,
    ),
)
_LOGIN_PAIR = re.compile(
    r"(?<!\w)(?:log(?:ged)?[ -]?in|login|sign in|credentials?|creds|access)\b[^\n]{1,60}?\s*(?:\s/\s|/|\||,? (?:and|with) (?:the )?(?:pass(?:word)?|pw|pwd)|:)\s*(?P<name>(?=\S*[\W\d])[^\s/]{5,}(?<![.,;!?)]))",
    re.IGNORECASE,
)
_NOT_NAMES = word_set(
    "a an the my your his her not no so on in at is it that this what which who taken gone already available invalid "
    "required optional here there for and or but with too also same different new old changed case wrong right unique "
    "something anything public private me you user root admin guest and everyone channel all here team ftw"
)


def usernames(text: str) -> Iterator[Finding]:
    """Handles by their "@", other user names by the words before them; a password beside a login too."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            name = match.group("name")
            if len(name) > 1 and name.casefold() not in _NOT_NAMES:
                yield Finding(match.start("name"), match.end("name"), "USERNAME", 0.9)
    for match in _LOGIN_PAIR.finditer(text):
        yield Finding(match.start("name"), match.end("name"), "PASSWORD", 0.9)
