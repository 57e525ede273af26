"""How somebody says who is who, language by language: data.

`words` and `value` are names; with "apart", `words` is the belief, as it is elsewhere: by what it says, by its number, or none.
"""

from __future__ import annotations

from .belief_phrases import NUMBER

_NAME = r"[\w'.-]+(?: [\w'.-]+){0,3}?"
_ONE, _OTHER = rf"(?P<words>{_NAME})", rf"(?P<value>{_NAME})"

PEOPLE: tuple[tuple[str, str, str], ...] = (
    # two are one
    ("merge", "en", rf"merge {_ONE} (?:and|with|into) {_OTHER}"),
    ("merge", "en", rf"{_ONE} and {_OTHER} are (?:one and )?the same(?: (?:person|thing|one))?"),
    ("merge", "en", rf"{_ONE} is the same (?:person|thing|one) as {_OTHER}"),
    ("merge", "fr", rf"fusionne[rz]? {_ONE} (?:et|avec) {_OTHER}"),
    ("merge", "fr", rf"{_ONE} et {_OTHER} (?:sont|c'est) (?:une seule et )?(?:la |une )?même (?:personne|chose)"),
    ("merge", "de", rf"(?:führe?n?|lege?n?)(?: sie)? {_ONE} (?:und|mit) {_OTHER} zusammen"),
    ("merge", "de", rf"{_ONE} und {_OTHER} sind (?:ein und )?(?:dieselben?|derselbe|dasselbe|die gleichen?)(?: person)?"),
    ("merge", "es", rf"(?:fusion[ae]|junt[ae]|un[ae]) (?:a )?{_ONE} (?:y|con) (?:a )?{_OTHER}"),
    ("merge", "es", rf"{_ONE} y {_OTHER} son (?:una y )?la misma (?:persona|cosa)"),

    # what is said of one is about another of the same name
    ("apart", "en", rf"(?:that|it|this|(?P<words>{NUMBER}))(?:'s| is) (?:about )?(?:another|a different) {_OTHER}"),
    ("apart", "en", rf"that (?P<words>.+?) is about (?:another|a different) {_OTHER}"),
    ("apart", "fr", rf"(?:(?:c'est|ça parle d'|cela parle d')|(?P<words>{NUMBER}) (?:est|parle d')) ?une? autre {_OTHER}"),
    ("apart", "de", rf"(?:das|es|(?P<words>{NUMBER})) (?:ist|handelt von|geht um) (?:ein(?:e[rnm]?)?) andere[rnms]? {_OTHER}"),
    ("apart", "es", rf"(?:(?:eso|esto)|(?P<words>{NUMBER})) (?:es|trata|habla) (?:de )?otr[ao] {_OTHER}"),
)  # fmt: skip
