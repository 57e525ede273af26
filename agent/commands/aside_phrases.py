"""How somebody says that something is not to be used for now, is used again, or is kept until a day: data.

As with beliefs: `words` names what is meant by what it says, or by its number; none: what the last answer rested on.
"""

from __future__ import annotations

from .belief_phrases import NUMBER

_ONE = {
    "en": rf"(?:that|it|this|(?P<words>{NUMBER}))(?: memory)?",
    "fr": rf"(?:ça|cela|(?P<words>{NUMBER}))",
    "de": rf"(?:das|es|(?P<words>{NUMBER}))",
    "es": rf"(?:eso|esto|(?P<words>{NUMBER}))",
}
_FACT = {
    "en": r"(?:(?:the (?:memory|fact) )?that|(?:everything |all )?(?:what )?(?:you know|i told you|i said) (?:about|of)|everything about) (?P<words>.+?)",
    "fr": r"(?:(?:le (?:fait|souvenir) )?(?:que |qu')|(?:tout )?ce que (?:tu sais|vous savez|je t'ai dit) (?:de |d'|sur ))(?P<words>.+?)",
    "de": r"(?:,? ?dass |,? ?was (?:du|sie|ich dir) (?:über|von) )(?P<words>.+?)(?: weißt| wissen| gesagt habe)?",
    "es": r"(?:(?:el (?:hecho|recuerdo) de )?que|(?:todo )?lo que (?:sabes|sabe|te dije) (?:de|sobre)) (?P<words>.+?)",
}
_FOR_NOW = {
    "en": r"(?: for (?:now|the moment)| until i say so)?",
    "fr": r"(?: pour (?:l'instant|le moment))?",
    "de": r"(?: vorerst| erst ?mal| vorläufig)?",
    "es": r"(?: por ahora| de momento)?",
}
_UNTIL = {
    "en": r"(?:only )?(?:until|till) (?P<until>[^,:]+)",
    "fr": r"(?:seulement )?(?:jusqu'(?:à|au|en|aux) |jusqu')(?P<until>[^,:]+)",
    "de": r"(?:nur )?bis (?:zum |zur )?(?P<until>[^,:]+)",
    "es": r"(?:s[oó]lo )?hasta (?:el |la )?(?P<until>[^,:]+)",
}

ASIDE: tuple[tuple[str, str, str], ...] = (
    # kept until its person says otherwise: before "until", which would read it as a day
    ("for good", "en", rf"keep {_ONE['en']} (?:for good|for ever|forever|until i (?:forget it|say (?:so|otherwise)|tell you to forget it))"),
    ("for good", "fr", rf"garde[z]? {_ONE['fr']} (?:pour toujours|jusqu'à ce que je (?:l'oublie|dise le contraire|te dise de l'oublier))"),
    ("for good", "de", rf"behalte?n? (?:sie )?{_ONE['de']} (?:für immer|dauerhaft|bis ich (?:es|das) vergessen lasse|bis ich (?:etwas anderes|es) sage)"),
    ("for good", "es", rf"(?:guarda|guarde|conserva|conserve) {_ONE['es']} (?:para siempre|hasta que (?:yo )?(?:lo olvide|diga lo contrario))"),

    # kept until a day
    ("until", "en", rf"keep {_ONE['en']} {_UNTIL['en']}"),
    ("until", "en", rf"keep {_FACT['en']},? {_UNTIL['en']}"),
    ("until", "fr", rf"(?:garde[z]? {_ONE['fr']}|garde[z]?-l[ea]) {_UNTIL['fr']}"),
    ("until", "fr", rf"garde[z]? {_FACT['fr']},? {_UNTIL['fr']}"),
    ("until", "de", rf"behalte?n? (?:sie )?{_ONE['de']} {_UNTIL['de']}"),
    ("until", "de", rf"behalte?n?(?: sie)? {_UNTIL['de']}{_FACT['de']}"),
    ("until", "de", rf"behalte?n?(?: sie)?{_FACT['de']},? {_UNTIL['de']}"),
    ("until", "es", rf"(?:(?:guarda|guarde|conserva|conserve) {_ONE['es']}|guárdalo|guárdelo|consérvalo|consérvelo) {_UNTIL['es']}"),
    ("until", "es", rf"(?:guarda|guarde|conserva|conserve) {_FACT['es']},? {_UNTIL['es']}"),

    # kept, and used in no answer
    ("pause", "en", rf"(?:pause|set aside) {_ONE['en']}{_FOR_NOW['en']}|set (?:that|it|this) aside{_FOR_NOW['en']}"),
    ("pause", "en", rf"(?:(?:don't|do not) use|stop using) {_ONE['en']}(?: for (?:now|the moment)| until i say so| any ?more)"),
    ("pause", "en", rf"(?:pause|set aside) {_FACT['en']}{_FOR_NOW['en']}"),
    ("pause", "en", rf"(?:(?:don't|do not) use|stop using) {_FACT['en']}(?: for (?:now|the moment)| until i say so| any ?more)"),
    ("pause", "fr", rf"(?:mets|mettez) {_ONE['fr']} (?:en pause|de côté){_FOR_NOW['fr']}"),
    ("pause", "fr", rf"n'utilise[z]? plus {_ONE['fr']}{_FOR_NOW['fr']}"),
    ("pause", "fr", rf"(?:mets|mettez) (?:en pause|de côté) {_FACT['fr']}{_FOR_NOW['fr']}"),
    ("pause", "de", rf"pausiere?n? (?:sie )?{_ONE['de']}{_FOR_NOW['de']}|(?:lege?|legen sie|stelle?|stellen sie) (?:das|es){_FOR_NOW['de']} (?:beiseite|zur seite)"),
    ("pause", "de", rf"(?:benutze?n?|verwende?n?) (?:sie )?{_ONE['de']}(?:{_FOR_NOW['de']} nicht mehr| vorerst nicht| erst ?mal nicht)"),
    ("pause", "de", rf"pausiere?n?(?: sie)?{_FACT['de']}"),
    ("pause", "es", rf"(?:pausa|pause|aparta|aparte) {_ONE['es']}{_FOR_NOW['es']}|(?:pon|ponga) (?:eso|esto) en pausa{_FOR_NOW['es']}"),
    ("pause", "es", rf"(?:no uses|no use|deja de usar|deje de usar) {_ONE['es']}(?: por ahora| de momento| más)"),
    ("pause", "es", rf"(?:pausa|pause|aparta|aparte) {_FACT['es']}{_FOR_NOW['es']}"),

    # used again
    ("resume", "en", rf"(?:resume|un-?pause) {_ONE['en']}"),
    ("resume", "en", rf"(?:resume|un-?pause) {_FACT['en']}"),
    ("resume", "fr", rf"(?:réutilise[z]?|reprends|reprenez) {_FACT['fr']}"),
    ("resume", "de", rf"(?:benutze?n?|verwende?n?)(?: sie)? wieder{_FACT['de']}"),
    ("resume", "es", rf"(?:reanuda|reanude|vuelve a usar|vuelva a usar) {_FACT['es']}"),
)  # fmt: skip
