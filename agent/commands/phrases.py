"""How commands to memory begin, language by language: data."""

from __future__ import annotations

import re

from .aside_phrases import ASIDE
from .belief_phrases import BELIEFS
from .people_phrases import PEOPLE
from .share_phrases import SHARES
from .skill_phrases import SKILLS

_POLITE = {
    "en": r"(?:(?:please|ok|okay|hey|now|well|then|actually|no|just|kindly),? |(?:can|could|would|will) you (?:please )?|"
    r"i(?:'d| would) like you to |i want you to |you can |you should |keepsake,? )*",
    "fr": r"(?:(?:s'il te plaît|s'il vous plaît|stp|svp|alors|bon|non),? |(?:peux-tu|tu peux|pouvez-vous|vous pouvez) )*",
    "de": r"(?:(?:bitte|also|ok|nein|gut),? |(?:kannst du|können sie) (?:bitte )?)*",
    "es": r"(?:(?:por favor|vale|bueno|no),? |(?:puedes|puede|podrías|podría) )*",
}
_ME = {
    "en": r"(?:me|myself|all about me)",
    "fr": r"moi",
    "de": r"(?:mich|mir)",
    "es": r"mí|mi",
}

# in this order: what is more particular first. `words` is what the command is about
_WRITTEN: tuple[tuple[str, str, str], ...] = (
    ("undo", "en", r"undo(?: (?:that|it|this|the forgetting))?|bring (?:it|that|them|those) back|take that back|un-?forget (?:that|it|them)"),
    ("undo", "fr", r"annule[rz]?(?: (?:ça|cela|l'oubli))?|reviens en arrière|remets-(?:le|la|les)"),
    ("undo", "de", r"(?:mach(?:e|en sie)? (?:das|es) )?rückgängig(?: machen)?|hol (?:es|das) zurück"),
    ("undo", "es", r"deshaz(?:lo)?|deshacer(?:lo)?|deshágalo|devuélvelo"),

    ("why", "en", r"why (?:did|do|would) you (?:just )?(?:say|answer|write|tell me|think) (?:that|this|so|it)|how (?:do|did) you know"
                  r"(?: (?:that|this|it|all that))?|where (?:do|did) you (?:get|have) (?:that|this|it) from|what makes you (?:say|think) (?:that|this|so)|who told you(?: that)?"),
    ("why", "fr", r"pourquoi (?:as-tu dit|tu as dit|avez-vous dit|dis-tu|dites-vous) (?:ça|cela)|comment (?:le sais-tu|tu le sais|sais-tu (?:ça|cela)|le savez-vous)"),
    ("why", "de", r"warum (?:hast du|haben sie|sagst du|sagen sie) das(?: gesagt)?|woher (?:weißt du|wissen sie) das"),
    ("why", "es", r"¿?por qué (?:dijiste|has dicho|dijo|dices) (?:eso|esto)|¿?cómo (?:lo|la) sabes?"),

    ("know", "en", rf"(?:and )?(?:what|everything|all)(?: else)? (?:do|have) you (?:know|remember(?:ed)?|got|learn(?:ed|t)?)(?: (?:about|of|on) (?:{_ME['en']}|(?P<words>.+)))?(?: so far| by now)?"),
    ("know", "en", rf"(?:tell me|show me|list|say) (?:what|everything|all)(?: that)? (?:you|you've|you have) (?:know|remember|learned)(?: (?:about|of) (?:{_ME['en']}|(?P<words>.+)))?"),
    ("know", "en", r"what (?:have i|did i) (?:told|tell) you(?: (?:about|of) (?P<words>.+))"),
    ("know", "fr", rf"(?:qu'est-ce que (?:tu sais|vous savez)|que (?:sais-tu|savez-vous)|dis-moi (?:tout )?ce que tu sais)(?: (?:de|sur|d'|à propos de) ?(?:{_ME['fr']}|(?P<words>.+)))?"),
    ("know", "de", rf"was (?:weißt du|wissen sie)(?: alles)?(?: (?:über|von) (?:{_ME['de']}|(?P<words>.+)))?"),
    ("know", "es", rf"¿?qué sabes?(?: (?:de|sobre|acerca de) (?:{_ME['es']}|(?P<words>.+)))?"),

    ("remember", "en", r"(?:remember|(?:do not|don't|never) forget|make a note|take note|note(?: down)?|keep in mind|bear in mind|memori[sz]e)"
                       r"(?:(?: this| the following)?: ?| (?:this|the following):? | that,? )(?P<words>.{3,})"),
    ("remember", "fr", r"(?:retiens|retenez|souviens-toi|souvenez-vous|n'oublie(?:z)? pas|rappelle-toi|note[z]?)(?: bien)?(?: ceci ?: ?| ?: ?| que | qu')(?P<words>.{3,})"),
    ("remember", "de", r"(?:merke? dir|merken sie sich|vergiss nicht|vergessen sie nicht|denk(?:e)? daran|notiere?)(?: bitte)?(?:,? dass | ?: ?)(?P<words>.{3,})"),
    ("remember", "es", r"(?:recuerda|recuerde|acuérdate de|no olvides|no te olvides de|apunta|anota)(?: ?: ?| que )(?P<words>.{3,})"),

    ("forget everything", "en", rf"(?:forget|erase|delete|wipe)(?: absolutely)? (?:everything|it all|all)(?: (?:that )?(?:you (?:know|remember|have)|i(?:'ve| have)? (?:ever )?(?:told|said)(?: to)?(?: you)?))?(?: about {_ME['en']})?"
                                r"|(?:erase|delete|wipe|clear) (?:all )?(?:of )?(?:your|my) (?:entire |whole )?memor(?:y|ies)"),
    ("forget everything", "fr", r"(?:oublie[z]?|efface[z]?) (?:tout|toute ta mémoire)(?: (?:ce que (?:tu sais|vous savez|je t'ai dit)))?(?: (?:sur|de) moi)?"),
    ("forget everything", "de", r"(?:vergiss|vergessen sie|lösche?) alles(?:,? was (?:du|ich dir)[^,]*)?(?: (?:über|von) (?:mich|mir))?(?: weißt| gesagt habe)?"),
    ("forget everything", "es", r"(?:olvida|olvide|borra) todo(?: lo que (?:sabes|sabe|te dije|te he dicho))?(?: (?:de|sobre) mí)?"),

    ("forget", "en", r"(?:forget|erase|delete) (?:that|it|this|what i (?:just )?(?:said|told you|wrote)|my last (?:message|sentence)|(?:that|the) last (?:message|bit|part|thing))"),
    ("forget", "en", r"forget (?:everything |all |anything |whatever |what )?(?:(?:that )?(?:you (?:know|remember|have)|i(?:'ve| have)?(?: ever)? (?:told|said)(?: to)?(?: you)?) )?"
                     r"(?:(?:about|that|of|on) )?(?!it\b|about it\b|this\b|how\b|to\b)(?P<words>.{2,})"),
    ("forget", "en", r"(?:(?:do not|don't) remember|stop remembering|(?:erase|delete|remove|strike)(?: everything)?(?: (?:from|in) (?:your )?memory)?) (?:that|about|what you know about) (?P<words>.{2,})"),
    ("forget", "en", r"(?:erase|delete|remove|strike) (?P<words>.{2,}) (?:from|in) (?:your |my )?memor(?:y|ies)"),
    ("forget", "fr", r"(?:oublie[z]?|efface[z]?) (?:ça|cela|ce que je viens de dire)"),
    ("forget", "fr", r"oublie[z]? (?:tout )?(?:(?:ce que (?:tu sais|vous savez|je t'ai dit|je vous ai dit)|à propos) )?(?:que |qu'|sur |de |d'|ce qui concerne )?(?!pas\b)(?P<words>.{2,})"),
    ("forget", "de", r"(?:vergiss|vergessen sie) (?:das|es|was ich gerade gesagt habe)"),
    ("forget", "de", r"(?:vergiss|vergessen sie)(?: bitte)?(?: alles)?(?:,? dass | über |,? was (?:du|ich dir) über | )(?!nicht\b)(?P<words>.{2,}?)(?: weißt| gesagt habe)?"),
    ("forget", "es", r"(?:olvida|olvídalo|olvide|borra) (?:eso|esto|lo que acabo de decir)|olvídalo"),
    ("forget", "es", r"(?:olvida|olvide)(?: todo)?(?: lo que (?:sabes|sabe|te dije))?(?: que| de| sobre)? (?P<words>.{2,})"),
)  # fmt: skip

PHRASES: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (kind, language, re.compile(rf"{_POLITE[language]}(?:{written})(?:,? (?:please|bitte|por favor|s'il te plaît))?", re.IGNORECASE))
    for kind, language, written in (*SKILLS, *SHARES, *ASIDE, *BELIEFS, *PEOPLE, *_WRITTEN)
)  # fmt: skip

ANSWERS: dict[bool, frozenset[str]] = {
    True: frozenset(
        {
            "yes", "yes please", "y", "yep", "yeah", "sure", "ok", "okay", "do it", "go ahead", "yes do", "yes do it",
            "yes forget it", "yes forget them", "yes forget that", "forget them", "forget it", "please do", "confirm", "correct",
            "oui", "oui s il te plaît", "d accord", "vas y", "ja", "ja bitte", "jawohl", "mach das", "sí", "si", "vale", "hazlo",
            "yes forget everything", "oui oublie tout", "ja vergiss alles", "sí olvida todo",
        }
    ),
    False: frozenset(
        {
            "no", "n", "nope", "no thanks", "no thank you", "don t", "do not", "stop", "cancel", "never mind", "keep it", "keep them",
            "no keep it", "no keep them", "non", "non merci", "nein", "nein danke", "lieber nicht", "no gracias",
        }
    ),
}  # fmt: skip
