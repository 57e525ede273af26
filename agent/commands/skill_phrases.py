"""How somebody speaks of ways of answering that were learned ("rules", "habits"), language by language: data.

Exact rather than eager, as elsewhere: `words` is what the rule is about, or its number in the last answer; none: the one that
was just spoken of. `value` is how it is to be worded.
"""

from __future__ import annotations

from .belief_phrases import NUMBER

_RULE = {
    "en": r"(?:rule|habit|skill|procedure|way of answering)",
    "fr": r"(?:règle|habitude|consigne|savoir-faire|façon de répondre)",
    "de": r"(?:regel|gewohnheit|angewohnheit|fertigkeit|art zu antworten)",
    "es": r"(?:regla|hábito|costumbre|habilidad|norma|forma de responder)",
}
_RULES = {
    "en": r"(?:rules|habits|skills|procedures|ways of answering)",
    "fr": r"(?:règles|habitudes|consignes|savoir-faire|façons de répondre)",
    "de": r"(?:regeln|gewohnheiten|angewohnheiten|fertigkeiten|arten zu antworten)",
    "es": r"(?:reglas|hábitos|costumbres|habilidades|normas|formas de responder)",
}
# by what it says
_ABOUT = {
    "en": rf"(?:the|my|your|this|that) (?:new |changed )?{_RULE['en']} (?:about|on|for|of|that says|with|to) (?P<words>.+?)",
    "fr": rf"(?:(?:la|ma|ta|le|mon|ton|cette|ce|votre) (?:nouvelle )?|l')(?:{_RULE['fr']}) (?:(?:sur|à propos de|concernant|pour|qui dit|de) (?:les? |la |l'|des |du )?|d'|des |du )(?P<words>.+?)",
    "de": rf"(?:die|der|meine[rn]?|deine[rn]?|diese[rn]?|ihre[rn]?) (?:neuen? )?{_RULE['de']},? (?:über|zu[mr]?|mit|für|von|bei|dass) (?:de[nmr] |die |das )?(?P<words>.+?)",
    "es": rf"(?:la|el|mi|tu|su|es[ae]|est[ae]) (?:nuev[ao] )?{_RULE['es']} (?:(?:sobre|para|acerca de|que dice|de) (?:las? |los? |el )?|del )(?P<words>.+?)",
}
_ABOUT_X = rf"(?:the|my|your) (?P<words>[\w' -]+?) {_RULE['en']}"
# by pointing at it
_THIS = {
    "en": rf"(?:the|that|this) (?:new |changed )?{_RULE['en']}",
    "fr": rf"(?:(?:cette|ce|la|le) (?:nouvelle )?|l'){_RULE['fr']}",
    "de": rf"(?:die|der|diese[rn]?) (?:neuen? )?{_RULE['de']}",
    "es": rf"(?:la|el|es[ae]|est[ae]) (?:nuev[ao] )?{_RULE['es']}",
}
_IT = {
    "en": rf"(?:it|that|this|{_THIS['en']}|(?P<words>{NUMBER}))",
    "fr": rf"(?:ça|cela|{_THIS['fr']}|(?P<words>{NUMBER}))",
    "de": rf"(?:das|es|sie|{_THIS['de']}|(?P<words>{NUMBER}))",
    "es": rf"(?:eso|esto|{_THIS['es']}|(?P<words>{NUMBER}))",
}
_THIS_ONE = {language: rf"(?:{this}|(?P<words>{NUMBER}))" for language, this in _THIS.items()}
_FORMER = {
    "en": r"(?:go|roll|change|switch) back to the (?:former|previous|earlier|old|last) (?:version|wording) of",
    "fr": r"(?:reviens|revenez|retourne[rz]?) à (?:l'ancienne (?:version|formulation)|la (?:version|formulation) (?:précédente|d'avant)) de",
    "de": r"(?:geh(?:e|en)?|kehre?n?|wechs(?:le|eln))(?: sie)?(?: zurück)? zur (?:früheren|vorigen|vorherigen|alten|letzten) (?:fassung|version)",
    "es": r"(?:vuelve|vuelva|regresa|regrese) a la (?:versión|redacción) (?:anterior|de antes|previa) de",
}

SKILLS: tuple[tuple[str, str, str], ...] = (
    # what there is
    ("skills", "en", rf"(?:what|which) {_RULES['en']} (?:do|have|did) you (?:follow|use|have|know|keep|learn(?:ed|t)?|got)(?: (?:for|about|on) (?!me\b)(?P<words>.+)| (?:from|about) me)?"),
    ("skills", "en", rf"(?:list|show(?: me)?|tell me|name) (?:all )?(?:of )?(?:my|your|the) {_RULES['en']}(?: (?:that )?you(?:'ve| have)? (?:follow|use|know|learn(?:ed|t)?))?(?: (?:for|about|on) (?P<words>.+))?"),
    ("skills", "fr", rf"(?:quel(?:le)?s (?:sont )?(?:tes |mes |vos )?{_RULES['fr']}(?: (?:suis-tu|as-tu (?:apprises?|retenues?|appris)|appliques-tu|connais-tu|suivez-vous|avez-vous (?:apprises?|appris)))?|(?:liste|montre|dis|nomme)[zr]?(?:-moi)? (?:toutes )?(?:tes|mes|les|vos) {_RULES['fr']})"),
    ("skills", "de", rf"(?:welche|was für) {_RULES['de']} (?:befolgst|hast|kennst|benutzt|verwendest|beachtest|befolgen|haben|kennen) (?:du|sie)(?: gelernt)?"),
    ("skills", "de", rf"(?:zeige?n?|nenne?n?|liste?n?)(?: sie)?(?: mir)? (?:alle )?(?:deine|meine|die|ihre) {_RULES['de']}(?: auf)?"),
    ("skills", "es", rf"¿?(?:qué|cuáles) (?:son )?(?:tus |mis |sus )?{_RULES['es']}(?: (?:sigues|tienes|has aprendido|aplicas|conoces|sigue|tiene|ha aprendido))?"),
    ("skills", "es", rf"(?:muéstrame|muestra|enséñame|dime|lista|muéstreme) (?:todas )?(?:tus|mis|las|los|sus) {_RULES['es']}"),

    # it may be used
    ("approve", "en", rf"(?:approve|accept) {_IT['en']}"),
    ("approve", "en", rf"(?:approve|accept|allow|agree to) {_ABOUT['en']}"),
    ("approve", "en", rf"(?:approve|accept|allow) {_ABOUT_X}"),
    ("approve", "fr", rf"(?:approuve|accepte)[rz]? {_IT['fr']}|approuve[z]?-l[ea]"),
    ("approve", "fr", rf"(?:approuve|accepte)[rz]? {_ABOUT['fr']}"),
    ("approve", "de", rf"(?:genehmige?n?|billige?n?|akzeptiere?n?) (?:sie )?{_IT['de']}"),
    ("approve", "de", rf"(?:genehmige?n?|billige?n?|akzeptiere?n?|bestätige?n?) (?:sie )?{_ABOUT['de']}"),
    ("approve", "es", rf"(?:aprueba|apruebe|acepta|acepte) {_IT['es']}|apruéb[ae]l[ao]"),
    ("approve", "es", rf"(?:aprueba|apruebe|acepta|acepte) {_ABOUT['es']}"),

    # it is not wanted
    ("reject", "en", rf"(?:reject|decline|refuse|turn down) {_IT['en']}"),
    ("reject", "en", rf"(?:reject|decline|refuse|turn down) {_ABOUT['en']}"),
    ("reject", "en", rf"(?:reject|decline|refuse) {_ABOUT_X}"),
    ("reject", "fr", rf"(?:rejette|refuse)[rz]? {_IT['fr']}|(?:rejette|refuse)[z]?-l[ea]"),
    ("reject", "fr", rf"(?:rejette|refuse)[rz]? {_ABOUT['fr']}"),
    ("reject", "de", rf"lehne?n? (?:sie )?{_IT['de']} ab|(?:verwirf|verwerfen sie) {_IT['de'].replace('words', 'value')}"),
    ("reject", "de", rf"lehne?n? (?:sie )?{_ABOUT['de']} ab"),
    ("reject", "de", rf"(?:verwirf|verwerfen sie) {_ABOUT['de']}"),
    ("reject", "es", rf"(?:rechaza|rechace) {_IT['es']}|recház[ae]l[ao]"),
    ("reject", "es", rf"(?:rechaza|rechace) {_ABOUT['es']}"),

    # its wording: before "it is used no more", which has no value
    ("reword", "en", rf"(?:change|edit|reword|rewrite|correct|update) {_ABOUT['en']} (?:to|into|so that it says)(?::? )(?P<value>.+)"),
    ("reword", "en", rf"(?:change|edit|reword|rewrite|correct|update) {_THIS['en']} (?:to|into|so that it says)(?::? )(?P<value>.+)"),
    ("reword", "fr", rf"(?:change|modifie|corrige|reformule)[rz]? {_ABOUT['fr']} (?:en|par|pour)(?: ?:)? (?P<value>.+)"),
    ("reword", "fr", rf"(?:change|modifie|corrige|reformule)[rz]? {_THIS['fr']} (?:en|par|pour)(?: ?:)? (?P<value>.+)"),
    ("reword", "de", rf"(?:ändere?n?|korrigiere?n?|formuliere?n?) (?:sie )?{_ABOUT['de']} (?:zu|in|auf|um in|um zu)(?::)? (?P<value>.+)"),
    ("reword", "de", rf"(?:ändere?n?|korrigiere?n?|formuliere?n?) (?:sie )?{_THIS['de']} (?:zu|in|auf|um in|um zu)(?::)? (?P<value>.+)"),
    ("reword", "es", rf"(?:cambia|cambie|modifica|modifique|corrige|corrija|edita|edite) {_ABOUT['es']} (?:a|por|para que diga)(?::)? (?P<value>.+)"),
    ("reword", "es", rf"(?:cambia|cambie|modifica|modifique|corrige|corrija|edita|edite) {_THIS['es']} (?:a|por|para que diga)(?::)? (?P<value>.+)"),

    # back to how it was
    ("go back", "en", rf"{_FORMER['en']} (?:{_ABOUT['en']}|{_THIS['en']})"),
    ("go back", "en", rf"{_FORMER['en']} {_ABOUT_X}"),
    ("go back", "en", rf"(?:roll back|revert|restore|bring back) {_THIS_ONE['en']}|(?:use|follow) {_THIS['en']} again"),
    ("go back", "en", rf"(?:roll back|revert|restore|bring back) {_ABOUT['en']}"),
    ("go back", "en", rf"(?:use|follow) {_ABOUT['en']} again"),
    ("go back", "fr", rf"{_FORMER['fr']} (?:{_ABOUT['fr']}|{_THIS['fr']})"),
    ("go back", "fr", rf"(?:rétabli[sr]|rétablissez|réutilise[rz]?|restaure[rz]?) (?:{_ABOUT['fr']}|{_THIS['fr']})"),
    ("go back", "de", rf"{_FORMER['de']} {_ABOUT['de']}(?: zurück)?"),
    ("go back", "de", rf"{_FORMER['de']} {_THIS['de']}(?: zurück)?"),
    ("go back", "de", rf"stelle?n? (?:sie )?(?:{_ABOUT['de']}|{_THIS['de']}) wieder her"),
    ("go back", "de", rf"(?:benutze?n?|verwende?n?|befolge?n?) (?:sie )?(?:{_ABOUT['de']}|{_THIS['de']}) wieder"),
    ("go back", "es", rf"{_FORMER['es']} (?:{_ABOUT['es']}|{_THIS['es']})"),
    ("go back", "es", rf"(?:restaura|restaure|recupera|recupere|vuelve a (?:usar|seguir)|vuelva a (?:usar|seguir)) (?:{_ABOUT['es']}|{_THIS['es']})"),

    # it is used no more
    ("give up", "en", rf"(?:(?:don't|do not) (?:use|follow|apply)|stop (?:using|following|applying)|give up|drop|retire) (?:{_ABOUT['en']}|{_THIS['en']})(?: any ?more)?"),
    ("give up", "fr", rf"(?:n'(?:utilise|applique)[sz]? plus|ne suis plus|ne suivez plus|abandonne[rz]?|arrête[rz]? (?:de suivre|d'appliquer|d'utiliser)) (?:{_ABOUT['fr']}|{_THIS['fr']})"),
    ("give up", "de", rf"(?:benutze?n?|verwende?n?|befolge?n?) (?:sie )?(?:{_ABOUT['de']}|{_THIS['de']}) nicht(?: mehr)?"),
    ("give up", "de", rf"(?:gib|geben sie) (?:{_ABOUT['de']}|{_THIS['de']}) auf"),
    ("give up", "es", rf"(?:no (?:uses?|sigas?|apliques?)|deja de (?:usar|seguir|aplicar)|deje de (?:usar|seguir|aplicar)|abandona|abandone) (?:{_ABOUT['es']}|{_THIS['es']})(?: más)?"),
)  # fmt: skip
