"""How somebody says who is who, and that somebody is to read no more, language by language: data.

`words` and `value` are names; with "apart", `words` is the belief, as it is elsewhere: by what it says, by its number, or none.
"""

from __future__ import annotations

from .belief_phrases import NUMBER

_NAME = r"[\w'.-]+(?: [\w'.-]+){0,3}?"
_ONE, _OTHER = rf"(?P<words>{_NAME})", rf"(?P<value>{_NAME})"
_MINE = {
    "en": r"(?: (?:anything|everything|my memor(?:y|ies)|what you (?:know|remember)(?: (?:about|of) me)?))?",
    "fr": r"(?: (?:ma mémoire|mes souvenirs|quoi que ce soit))?",
    "de": r"(?:(?:mein gedächtnis|meine erinnerungen|etwas|irgendetwas) )?",
    "es": r"(?: (?:mi memoria|mis recuerdos|nada))?",
}

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

    # nothing is shared with somebody any more
    ("unshare", "en", rf"(?:stop|quit|end) sharing{_MINE['en']} with {_ONE}|(?:do not|don't) share anything with {_ONE.replace('words', 'value')} any ?more"),
    ("unshare", "fr", rf"(?:arrête[rz]?|cesse[rz]?) de partager{_MINE['fr']} avec {_ONE}|ne partage[rz]? plus rien avec {_ONE.replace('words', 'value')}"),
    ("unshare", "de", rf"(?:hör(?:e|en)?(?: sie)? auf,? {_MINE['de']}mit {_ONE} zu teilen|teile?n?(?: sie)? nichts mehr mit {_ONE.replace('words', 'value')})"),
    ("unshare", "es", rf"(?:deja|deje) de compartir{_MINE['es']} con {_ONE}|no compart[ae]s? (?:más )?nada (?:más )?con {_ONE.replace('words', 'value')}"),
)  # fmt: skip
