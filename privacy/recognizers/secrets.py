"""Passwords, keys and tokens: never kept."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

from ..findings import Finding
from ..words import FUNCTION_WORDS, word_set
from .rule import any_word, before

_SHAPES = (
    re.compile(r"\b(?:sk|pk|rk|ak|pat|key|tok|api)-(?:[a-z]+\d*-){0,3}[A-Za-z0-9_-]{16,}"),
    re.compile(r"\b(?:sk|pk|rk|whsec|key|tok)_(?:(?:live|test|prod)_)?[A-Za-z0-9]{16,}"),
    re.compile(r"\b(?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA)[A-Z0-9]{12,}\b"),
    re.compile(
        r"\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{15,}|\bnpm_\w{20,}|\bhf_\w{20,}"
    ),
    re.compile(r"\bxox[a-z]-[A-Za-z0-9-]{10,}|\bxapp-[A-Za-z0-9-]{10,}"),
    re.compile(r"\bhooks\.slack\.com/services/[\w/]+|\bdiscord(?:app)?\.com/api/webhooks/[\w/-]+"),
    re.compile(r"\bAIza[A-Za-z0-9_-]{30,}|\bya29\.[\w-]{20,}|\bGOCSPX-[\w-]{20,}"),
    re.compile(
        r"\bSG\.[\w-]{16,}\.[\w-]{16,}|\bdop_v1_[0-9a-f]{40,}|\bpypi-[\w-]{40,}|\bEAA[A-Za-z0-9]{40,}"
    ),
    re.compile(r"\bAC[0-9a-f]{32}\b|\b\d{8,10}:AA[\w-]{30,}"),
    re.compile(r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?"),
    re.compile(r"\bAGE-SECRET-KEY-1[A-Z0-9]{50,}|\b(?:xprv|zprv)[A-Za-z0-9]{70,}"),
    # a key file, also when only its beginning or its end is in sight
    re.compile(
        r"-----BEGIN [A-Z0-9 ]*(?:PRIVATE KEY|KEY BLOCK)[A-Z ]*-----(?:\s*[\w+/=:, -]+(?=\s|$))*?\s*"
        r"(?:-----END [A-Z0-9 ]*-----|\Z|(?=\n\n))",
    ),
    re.compile(
        r"(?:[A-Za-z0-9+/=]{40,}\s+)+[A-Za-z0-9+/=]*\s*-----END [A-Z0-9 ]*(?:PRIVATE KEY|KEY BLOCK)[A-Z ]*-----"
    ),
    re.compile(r"(?<=://)[^\s/:@]*:[^\s/@]+(?=@)"),
    re.compile(
        r"(?<=[?&#])(?:access_token|token|api_?key|key|sig|signature|password|secret|auth)=[^\s&#]{6,}",
        re.IGNORECASE,
    ),
    re.compile(r"(?i:\b(?:bearer|basic)\s+)[A-Za-z0-9_\-.+/=]{16,}"),
)
_WORD_FOR_SECRET = (
    r"pass ?words?|pass ?codes?|pass ?phrase|passwd|pwd|pword|pin(?: ?(?:code|number|no\.?))?|"
    r"(?:secret|api|access|private|encryption|security|auth\w*|recovery|license|licence|product|activation|wpa2?|wi-?fi|ssh|signing|client)"
    r"[ _-]?(?:access[ _-]?)?(?:key|secret|code|token|pass|phrase)s?|secret|token|login code|one[ -]time code|otp|cvv2?|cvc2?|"
    r"(?:backup|verification|2fa|mfa|door|gate|alarm|entry|access|unlock|safe|lock|garage|sms|confirmation) ?codes?|combination|"
    r"contraseña|clave(?: secreta)?|mot de passe|mdp|code (?:secret|pin|d'acc[eè]s)|"
    r"passwort|kennwort|geheimzahl|zugangscode|senha|palavra-passe|wachtwoord|pincode|parola d'ordine|codice (?:segreto|pin)"
)
_IS = r"(?:=>?|:=?|->|'s|(?:is|was|are|es|est|ist|lautet|war|é|è|era|werd|wordt|to|as)(?!\w))"
_TOLD = re.compile(
    rf"(?<![^\W_])(?:{_WORD_FOR_SECRET})[\"'`]?(?:\s+(?:for|to|of|on|at|in|zu|für|pour|de|del|da|do|per|van|voor)\s+(?:[\w.'’-]+\s+){{1,4}}?)?"
    rf"(?:\s*\([^)\n]{{0,30}}\))?\s*(?:(?:now|currently|still|always|again)\s+)?{_IS}\s*(?:(?:now|still|always|just|simply|actually)\s+)?(?:{_IS}\s*)?"
    r"(?P<quote>[\"'`“«‘]?)(?P<value>(?<=[\"`“«])[^\"`”»\n]{3,80}(?=[\"`”»])|[^\s\"`”»]{3,}(?<![.,;!?)’'\]]))",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"(?<!\w)(?:{_WORD_FOR_SECRET})\s+(?P<value>(?=\S*\d)(?=\S*[A-Za-z])[^\s\"'`]{{6,}}(?<![.,;!?)])|\d{{4,8}}(?!\w))",
    re.IGNORECASE,
)
_PHRASE = re.compile(
    r"(?<!\w)(?:pass ?phrase|seed(?: phrase| words)?|recovery (?:phrase|words)|mnemonic|secret words)\s*(?:is|=|:|are)?\s*[\"'“]?"
    r"(?P<value>[a-z]+(?:[ -][a-z]+){3,23})",
    re.IGNORECASE,
)
# what people say about a password instead of telling it
_ABOUT = word_set(
    "a an the my your his her our their not no now too very so in on at to of for from with and or but by as that this "
    "these those it i you he she we they there here what which who when where why how if then than wrong right correct "
    "incorrect invalid valid expired expiring weak strong secure insecure safe unsafe long short old new lost stolen gone "
    "missing required needed optional set reset changed being been kept saved stored hidden secret public private shared "
    "known unknown forgotten easy hard simple complex complicated different same similar case sensitive encrypted hashed "
    "written working broken fine good bad ok okay only just still already always never also really pretty quite almost "
    "probably maybe something anything nothing everything someone up out off down over under about after before because "
    "until unless due sent given asked entered typed used reused more less most least enough blank empty important "
    "available accepted rejected refused limited unlimited eight ten twelve characters letters digits numbers "
    "falsch richtig sicher unsicher abgelaufen weg neu alt nicht zu incorrecta correcta segura débil nueva vieja no "
    "incorrect faux bon expiré perdu nouveau pas trop errata sbagliata sicura scaduta nuova non errada segura fraca "
    "onjuist verkeerd veilig verlopen nieuw niet"
)
_BLOB = re.compile(
    r"(?<![\w/+=.-])(?=[A-Za-z0-9_/+=-]*\d)(?=[A-Za-z0-9_/+=-]*[A-Za-z])[A-Za-z0-9_/+-]{20,}={0,2}(?![\w/+=])"
)
_KEY_WORDS = any_word(
    r"key|secret|token|credential|credentials|auth|password|hash|clave|clé|schlüssel|chave|chiave|sleutel"
)


def secrets(text: str) -> Iterator[Finding]:
    """Keys by their shape or their randomness, passwords by the words before them."""
    for shape in _SHAPES:
        for match in shape.finditer(text):
            yield Finding(match.start(), match.end(), "SECRET", 1.0)
    for told in (_TOLD, _BARE):
        for match in told.finditer(text):
            value = match.group("value")
            if value.strip("\"'“”.,;:!?*").casefold() not in _ABOUT and any(c.isalnum() for c in value):
                yield Finding(match.start("value"), match.end("value"), "PASSWORD", 1.0)
    for match in _PHRASE.finditer(text):
        words = match.group("value").casefold().split()
        if len(words) >= 12 or not FUNCTION_WORDS & set(words):
            yield Finding(match.start("value"), match.end("value"), "PASSWORD", 1.0)
    for match in _BLOB.finditer(text):
        random = _bits(match.group())
        if random > 3.9 or (random > 3.0 and _KEY_WORDS.search(before(text, match.start()))):
            yield Finding(match.start(), match.end(), "SECRET", 0.9)


def _bits(text: str) -> float:
    """How many bits a character carries; below 3 for words, above 4 for random letters and digits.

    >>> _bits("aaaa") < _bits("banana") < _bits("q9Zf7Lx2Kd")
    True
    """
    counts = Counter(text).values()
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts)
