"""How somebody says that another person may read, and no more, language by language: data.

`words` is the topic, `value` the name of an account; `span` and `until` say how long.
"""

from __future__ import annotations

_NAME = r"[\w'.@+-]+(?: [\w'.@+-]+){0,3}?"
_READER = rf"(?P<value>{_NAME})"
_ONE, _OTHER = rf"(?P<words>{_NAME})", rf"(?P<value>{_NAME})"
_MINE = {
    "en": r"(?: (?:anything|everything|my memor(?:y|ies)|what you (?:know|remember)(?: (?:about|of) me)?))?",
    "fr": r"(?: (?:ma mémoire|mes souvenirs|quoi que ce soit))?",
    "de": r"(?:(?:mein gedächtnis|meine erinnerungen|etwas|irgendetwas) )?",
    "es": r"(?: (?:mi memoria|mis recuerdos|nada))?",
}
_EVERYTHING = {
    "en": r"(?:my memor(?:y|ies)|everything (?:that )?you (?:know|remember)(?: (?:about|of) me)?|what you (?:know|remember)(?: (?:about|of) me)?)",
    "fr": r"(?:ma mémoire|mes souvenirs|(?:tout )?ce que (?:tu sais|vous savez)(?: (?:de|sur) moi)?)",
    "de": r"(?:mein gedächtnis|meine erinnerungen|(?:alles,? )?was (?:du|sie)(?: (?:über|von) (?:mich|mir))? (?:weißt|wissen))",
    "es": r"(?:mi memoria|mis recuerdos|(?:todo )?lo que (?:sabes?)(?: (?:de|sobre) mí)?)",
}
_SOME = {
    "en": r"(?:my memories|(?:everything |all )?(?:that )?(?:what )?(?:you (?:know|remember)|i(?:'ve| have)? (?:told you|said))) (?:about|of|on) (?P<words>.+)",
    "fr": r"(?:mes souvenirs|(?:tout )?ce que (?:tu sais|vous savez|je t'ai dit)) (?:de |d'|sur |à propos de )(?P<words>.+)",
    "de": r"(?:alles,? )?was (?:du|sie|ich dir) (?:über|von) (?P<words>.+) (?:weißt|wissen|gesagt habe|erzählt habe)",
    "es": r"(?:mis recuerdos|(?:todo )?lo que (?:sabes?|te (?:dije|he dicho))) (?:de|sobre|acerca de) (?P<words>.+)",
}
_TERM = {
    "en": r"(?: for (?P<span>.+)|,? (?:only )?(?:until|till) (?P<until>.+))?",
    "fr": r"(?: (?:pendant|pour) (?P<span>.+)|,? (?:seulement )?(?:jusqu'(?:à|au|en|aux) |jusqu')(?P<until>.+))?",
    "de": r"(?: für (?P<span>.+)|,? (?:nur )?bis (?:zum |zur )?(?P<until>.+))?",
    "es": r"(?: (?:durante|por) (?P<span>.+)|,? (?:s[oó]lo )?hasta (?:el |la )?(?P<until>.+))?",
}

SHARES: tuple[tuple[str, str, str], ...] = (
    # somebody may read: everything before what is about a topic, which would take "me" for one
    ("share", "en", rf"share {_EVERYTHING['en']} with {_READER}{_TERM['en']}"),
    ("share", "en", rf"share {_SOME['en']} with {_READER}{_TERM['en']}"),
    ("share", "en", rf"let {_READER} (?:read|see) {_EVERYTHING['en']}{_TERM['en']}"),
    ("share", "fr", rf"partage[rz]? {_EVERYTHING['fr']} avec {_READER}{_TERM['fr']}"),
    ("share", "fr", rf"partage[rz]? {_SOME['fr']} avec {_READER}{_TERM['fr']}"),
    ("share", "de", rf"teile?n?(?: sie)? mit {_READER}{_TERM['de']},? {_EVERYTHING['de']}"),
    ("share", "de", rf"teile?n?(?: sie)?,? {_EVERYTHING['de']},? mit {_READER}{_TERM['de']}"),
    ("share", "de", rf"teile?n?(?: sie)?,? {_SOME['de']},? mit {_READER}{_TERM['de']}"),
    ("share", "de", rf"teile?n?(?: sie)? mit {_READER}{_TERM['de']},? {_SOME['de']}"),
    ("share", "es", rf"compart[ae] {_EVERYTHING['es']} con {_READER}{_TERM['es']}"),
    ("share", "es", rf"compart[ae] {_SOME['es']} con {_READER}{_TERM['es']}"),

    # nothing is shared with somebody any more
    ("unshare", "en", rf"(?:stop|quit|end) sharing{_MINE['en']} with {_ONE}|(?:do not|don't) share anything with {_OTHER} any ?more"),
    ("unshare", "fr", rf"(?:arrête[rz]?|cesse[rz]?) de partager{_MINE['fr']} avec {_ONE}|ne partage[rz]? plus rien avec {_OTHER}"),
    ("unshare", "de", rf"(?:hör(?:e|en)?(?: sie)? auf,? {_MINE['de']}mit {_ONE} zu teilen|teile?n?(?: sie)? nichts mehr mit {_OTHER})"),
    ("unshare", "es", rf"(?:deja|deje) de compartir{_MINE['es']} con {_ONE}|no compart[ae]s? (?:más )?nada (?:más )?con {_OTHER}"),
)  # fmt: skip
