"""How somebody says that a belief holds, is over, is otherwise or not theirs, language by language: data.

Exact rather than eager: "that's not true" is talk, "that is no longer true" is an order. Slots: `words` names the belief
by what it says, or by the number under the last answer; none: the one the last answer rested on.
"""

from __future__ import annotations

_IT = {"en": r"(?:that|it|this)", "fr": r"(?:ce|c'|cela|ça)", "de": r"(?:das|es)", "es": r"(?:eso|esto)"}
_TRUE = {
    "en": r"(?:true|so|the case|correct|right|valid)",
    "fr": r"(?:vrai|exact|le cas|juste|valable)",
    "de": r"(?:wahr|so|richtig|der Fall|aktuell)",
    "es": r"(?:cierto|verdad|así|correcto|válido)",
}
NUMBER = r"(?:\[\d{1,2}\]|(?:number|nummer|número|numéro|no\.?) ?\d{1,2})"
_THAT = {"en": r"(?: that|:)", "fr": r"(?: que| qu'| :|:)", "de": r"(?:,? dass|:)", "es": r"(?: que|:)"}

BELIEFS: tuple[tuple[str, str, str], ...] = (
    # it was so until then
    ("ended", "en", rf"{_IT['en']} was (?:only )?{_TRUE['en']} (?:until|till|up to) (?P<until>[^,:]+?)(?: that |: ?)(?P<words>.+)"),
    ("ended", "en", rf"{_IT['en']} was {_TRUE['en']} that (?P<words>.+?),? (?:but )?(?:only )?(?:until|till|up to) (?P<until>[^,:]+)"),
    ("ended", "en", rf"(?:{_IT['en']}|(?P<words>{NUMBER})) was (?:only )?{_TRUE['en']} (?:until|till|up to) (?P<until>.+)"),
    ("ended", "fr", rf"{_IT['fr']} ?(?:était|a été) {_TRUE['fr']} (?:jusqu'(?:à|au|en) |jusque )(?P<until>[^,:]+?)(?: que | qu'| ?: ?)(?P<words>.+)"),
    ("ended", "fr", rf"(?:{_IT['fr']} ?(?:était|a été)|(?P<words>{NUMBER}) était) {_TRUE['fr']} (?:jusqu'(?:à|au|en) |jusque )(?P<until>[^,:]+)"),
    ("ended", "de", rf"{_IT['de']} (?:stimmte|galt|war {_TRUE['de']}) (?:nur )?bis (?:zum |zur )?(?P<until>[^,:]+?)(?:,? dass |: ?)(?P<words>.+)"),
    ("ended", "de", rf"(?:{_IT['de']}|(?P<words>{NUMBER})) (?:stimmte|galt|war {_TRUE['de']}) (?:nur )?bis (?:zum |zur )?(?P<until>[^,:]+)"),
    ("ended", "de", rf"{_IT['de']} war bis (?:zum |zur )?(?P<until>[^,:]+?) {_TRUE['de']}"),
    ("ended", "es", rf"(?:{_IT['es']} )?(?:era|fue) {_TRUE['es']} hasta (?:el )?(?P<until>[^,:]+?)(?: que |: ?)(?P<words>.+)"),
    ("ended", "es", rf"(?:{_IT['es']}|(?P<words>{NUMBER})) (?:era|fue) {_TRUE['es']} hasta (?:el )?(?P<until>[^,:]+)"),

    # it is over
    ("ended", "en", rf"(?:{_IT['en']}|(?P<words>{NUMBER}))(?:'s| is) (?:no longer {_TRUE['en']}|outdated|out of date)"),
    ("ended", "en", rf"(?:{_IT['en']}|(?P<words>{NUMBER}))(?:(?:'s| is) not| isn't) {_TRUE['en']} any ?more"),
    ("ended", "en", rf"{_IT['en']}(?:'s| is) no longer {_TRUE['en']}{_THAT['en']} ?(?P<words>.+)"),
    ("ended", "en", rf"{_IT['en']}(?:(?:'s| is) not| isn't) {_TRUE['en']} any ?more{_THAT['en']} ?(?P<words>.+)"),
    ("ended", "fr", rf"(?:ce n'est|c'est|cela n'est|ça n'est|(?P<words>{NUMBER}) n'est) plus {_TRUE['fr']}"),
    ("ended", "fr", rf"(?:ce n'est|c'est|il n'est|cela n'est) plus {_TRUE['fr']}{_THAT['fr']} ?(?P<words>.+)"),
    ("ended", "de", rf"(?:{_IT['de']}|(?P<words>{NUMBER})) (?:stimmt|gilt) nicht mehr"),
    ("ended", "de", rf"(?:{_IT['de']}|(?P<words>{NUMBER})) ist (?:nicht mehr {_TRUE['de']}|veraltet|überholt)"),
    ("ended", "de", rf"{_IT['de']} (?:(?:stimmt|gilt) nicht mehr|ist nicht mehr {_TRUE['de']}){_THAT['de']} ?(?P<words>.+)"),
    ("ended", "es", rf"(?:{_IT['es']} |(?P<words>{NUMBER}) )?ya no es {_TRUE['es']}"),
    ("ended", "es", rf"(?:{_IT['es']} )?ya no es {_TRUE['es']}{_THAT['es']} ?(?P<words>.+)"),

    # it is not about them
    ("not mine", "en", rf"(?:{_IT['en']}|(?P<words>{NUMBER}))(?:(?:'s| is) not| isn't) about me"),
    ("not mine", "en", rf"{_IT['en']}(?:(?:'s| is) not| isn't) about me{_THAT['en']} ?(?P<words>.+)"),
    ("not mine", "fr", rf"(?:ce n'est|c'est|(?P<words>{NUMBER}) n'est) pas (?:à propos|au sujet) de moi"),
    ("not mine", "fr", rf"(?:ce n'est|c'est) pas (?:à propos|au sujet) de moi{_THAT['fr']} ?(?P<words>.+)"),
    ("not mine", "de", rf"(?:{_IT['de']}|(?P<words>{NUMBER})) (?:handelt nicht von mir|geht nicht um mich|ist nicht über mich)"),
    ("not mine", "de", rf"{_IT['de']} (?:handelt nicht von mir|geht nicht um mich){_THAT['de']} ?(?P<words>.+)"),
    ("not mine", "es", rf"(?:{_IT['es']}|(?P<words>{NUMBER})) no (?:es|trata) (?:sobre|de|acerca de) mí"),
    ("not mine", "es", rf"(?:{_IT['es']} )?no (?:es|trata) (?:sobre|acerca de) mí{_THAT['es']} ?(?P<words>.+)"),

    # it is so
    ("confirm", "en", rf"confirm (?:{_IT['en']}|(?P<words>{NUMBER}))"),
    ("confirm", "en", rf"(?:{_IT['en']}|(?P<words>{NUMBER}))(?:'s| is) still {_TRUE['en']}"),
    ("confirm", "en", rf"(?:confirm|(?:yes,? )?it(?:'s| is) (?:still )?{_TRUE['en']}) that (?P<words>.+)"),
    ("confirm", "fr", rf"confirme[z]? (?:ça|cela|(?P<words>{NUMBER}))|(?:c'est|cela est) toujours {_TRUE['fr']}"),
    ("confirm", "fr", rf"(?:confirme[z]?|(?:c'est|il est) (?:toujours |bien )?{_TRUE['fr']}) (?:que |qu')(?P<words>.+)"),
    ("confirm", "de", rf"bestätige?n? (?:sie )?(?:das|(?P<words>{NUMBER}))|{_IT['de']} stimmt (?:noch|immer noch|weiterhin|nach wie vor)"),
    ("confirm", "de", r"(?:bestätige?n?(?: sie)?|(?:es|das) stimmt(?: noch| immer noch| weiterhin| nach wie vor)?),? dass (?P<words>.+)"),
    ("confirm", "es", rf"confirm[ae] (?:eso|esto|(?P<words>{NUMBER}))|(?:{_IT['es']} )?sigue siendo {_TRUE['es']}"),
    ("confirm", "es", rf"(?:confirm[ae]|(?:sí,? )?(?:sigue siendo|es) {_TRUE['es']}) que (?P<words>.+)"),

    # it is otherwise: by what it says, or by the value that the last answer gave
    ("correct", "en", rf"(?:correct|change|fix) (?:{_IT['en']}|(?P<words>{NUMBER})) (?:to|into) (?P<value>.+)"),
    ("correct", "en", r"(?:correct|change|fix|update) (?:the fact that |what you know (?:about|of) )?(?P<words>.+?) (?:to|into) (?P<value>.+)"),
    ("not but", "en", rf"(?:no,? )?{_IT['en']}(?:'s| is) (?P<value>.+?),? (?:and )?not (?P<words>.+)"),
    ("not but", "en", rf"(?:no,? )?{_IT['en']}(?:(?:'s| is) not| isn't) (?P<words>.+?),? (?:but|it's|it is|that's) (?P<value>.+)"),
    ("correct", "fr", rf"(?:corrige|change)[rz]? (?:ça|cela|(?P<words>{NUMBER})) (?:en|par|à) (?P<value>.+)"),
    ("correct", "fr", r"(?:corrige|change)[rz]? (?P<words>.+?) (?:en|par) (?P<value>.+)"),
    ("not but", "fr", r"(?:non,? )?c'est (?P<value>.+?),? (?:et )?(?:non )?pas (?P<words>.+)"),
    ("not but", "fr", r"(?:non,? )?ce n'est pas (?P<words>.+?),? (?:mais|c'est) (?P<value>.+)"),
    ("correct", "de", rf"(?:korrigiere?n?|ändere?n?|berichtige?n?) (?:sie )?(?:das|es|(?P<words>{NUMBER})) (?:zu|in|auf) (?P<value>.+)"),
    ("correct", "de", r"(?:korrigiere?n?|ändere?n?|berichtige?n?) (?:sie )?(?P<words>.+?) (?:zu|in|auf) (?P<value>.+)"),
    ("not but", "de", rf"(?:nein,? )?{_IT['de']} ist (?P<value>.+?),? (?:und )?nicht (?P<words>.+)"),
    ("not but", "de", rf"(?:nein,? )?{_IT['de']} ist nicht (?P<words>.+?),? sondern (?P<value>.+)"),
    ("correct", "es", rf"(?:corrige|corrija|cambia|cambie) (?:eso|esto|(?P<words>{NUMBER})) (?:a|por) (?P<value>.+)"),
    ("correct", "es", r"(?:corrige|corrija|cambia|cambie) (?P<words>.+?) (?:a|por) (?P<value>.+)"),
    ("not but", "es", rf"(?:no,? )?(?:{_IT['es']} )?es (?P<value>.+?),? (?:y )?no (?P<words>.+)"),
    ("not but", "es", rf"(?:no,? )?(?:{_IT['es']} )?no es (?P<words>.+?),? sino (?P<value>.+)"),

    # not for this topic, and for it again
    ("not here", "en", rf"(?:don't|do not|never) use (?:that|it|this|(?P<words>{NUMBER}))(?: memory)? for (?:this|such|that)(?: topic| kind of (?:question|thing)s?| (?:a )?questions?| things)?"),
    ("not here", "en", rf"(?:don't|do not|never) use (?:that|it|this|(?P<words>{NUMBER}))(?: memory)? for (?:a )?questions? like (?:this|that)(?: one)?"),
    ("not here", "fr", rf"n'utilise[z]? pas (?:ça|cela|(?P<words>{NUMBER})) pour (?:ce sujet|ça|cela|ce genre de questions?|de telles questions)"),
    ("not here", "de", rf"(?:benutze?n?|verwende?n?|nimm|nehmen) (?:sie )?(?:das|es|(?P<words>{NUMBER})) nicht für (?:so etwas|dieses thema|solche fragen|diese art (?:von )?fragen?)"),
    ("not here", "es", rf"no uses? (?:eso|esto|(?P<words>{NUMBER})) para (?:esto|eso|este tema|este tipo de preguntas|preguntas (?:así|como (?:esta|esa)))"),
    ("use again", "en", r"use (?:that|it|this) again(?: for (?:this|that|such).*)?|you (?:can|may) use (?:that|it|this) again"),
    ("use again", "en", r"use what (?:i (?:said|told you)|you know) (?:about|of) (?P<words>.+?) again"),
    ("use again", "fr", r"(?:utilise|sers-t'en|utilisez)(?:-le|-la|-les)? (?:de nouveau|à nouveau)|réutilise[z]? (?:ça|cela)"),
    ("use again", "de", r"(?:benutze?n?|verwende?n?|nimm) (?:sie )?(?:das|es) wieder"),
    ("use again", "es", r"(?:úsalo|úselo|usa eso) (?:de nuevo|otra vez)|vuelve a usarlo"),

    # memory off and on
    ("off", "en", r"(?:turn|switch) (?:your |my |the )?memory off|(?:turn|switch) off (?:your |my |the )?memory|pause (?:your |my |the )?memory"),
    ("off", "en", r"stop remembering(?: (?:things|anything|everything|what i (?:say|tell you)))?"),
    ("on", "en", r"(?:turn|switch) (?:your |my |the )?memory (?:back )?on(?: again)?|(?:turn|switch) (?:back )?on (?:your |my |the )?memory|resume (?:your |my |the )?memory"),
    ("on", "en", r"start remembering(?: (?:things|what i (?:say|tell you)))?(?: again)?"),
    ("off", "fr", r"(?:désactive|coupe|éteins)[z]? (?:ta|la|ma|votre) mémoire|(?:mets|mettez) (?:ta|la|ma|votre) mémoire en pause|arrête[z]? de (?:mémoriser|retenir)(?: (?:les choses|ce que je dis))?"),
    ("on", "fr", r"(?:ré)?active[z]? (?:ta|la|ma|votre) mémoire|rallume[z]? (?:ta|la|ma|votre) mémoire|recommence[z]? à (?:mémoriser|retenir)"),
    ("off", "de", r"(?:schalte?n?|mach) (?:sie )?(?:dein|das|mein|ihr) gedächtnis (?:aus|ab)|pausiere?n? (?:sie )?(?:dein|das|mein|ihr) gedächtnis|hör auf,? dir (?:etwas|dinge|sachen) zu merken"),
    ("on", "de", r"(?:schalte?n?|mach) (?:sie )?(?:dein|das|mein|ihr) gedächtnis (?:wieder )?(?:ein|an)|merk(?:e)? dir wieder (?:etwas|dinge|sachen)"),
    ("off", "es", r"(?:desactiva|desactive|apaga|apague|pausa|pause) (?:tu|la|mi|su) memoria|deja de (?:recordar|memorizar)(?: (?:cosas|lo que digo))?"),
    ("on", "es", r"(?:re)?activ[ae] (?:tu|la|mi|su) memoria|(?:enciende|encienda|reanuda|reanude) (?:tu|la|mi|su) memoria|vuelve a (?:recordar|memorizar)(?: cosas)?"),

    # what is done on a page
    ("export", "en", r"(?:export|download) (?:(?:all )?(?:of )?(?:my|your) (?:data|memor(?:y|ies))|everything(?: (?:that )?you (?:know|have|remember)(?: (?:about|of) me)?)?)"),
    ("export", "fr", r"(?:exporte|télécharge)[rz]? (?:(?:toutes )?mes données|mes souvenirs|ta mémoire|tout(?: ce que tu sais(?: (?:de|sur) moi)?)?)"),
    ("export", "de", r"(?:exportiere?n?|lade?n?) (?:sie )?(?:(?:alle )?meine (?:daten|erinnerungen)|dein gedächtnis|alles)(?: herunter)?"),
    ("export", "es", r"(?:exporta|exporte|descarga|descargue) (?:(?:todos )?mis (?:datos|recuerdos)|tu memoria|todo(?: lo que sabes(?: (?:de|sobre) mí)?)?)"),
)  # fmt: skip
