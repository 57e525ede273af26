"""Street addresses as seven languages write them, post boxes, and what follows "I live at"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding

_NUMBER = r"\d{1,5}(?:\s?[-–/]\s?\d{1,5})?(?:\s?[a-zA-Z](?!\w)|\s?(?:bis|ter)\b|\s?½)?"
_WORD = r"[^\W\d_][\w'’.-]*"
_ORDINAL = r"\d{1,3}(?:st|nd|rd|th)"
_UNIT = (
    r"(?:[,\s]+(?:apt|apartment|flat|unit|suite|ste|room|rm|floor|fl|building|bldg|block|lot|space|dept|appartement|appt|étage|piso|"
    r"puerta|depto|interno|scala|bus|top|stock|whg|hs|andar|bloco|#)\.?\s*#?\s*\w{1,6}\b|[,\s]+#\s*\w{1,6})*"
)
_ENGLISH = (
    "street|st|road|rd|avenue|ave|av|lane|ln|drive|dr|court|ct|square|sq|boulevard|blvd|way|place|pl|terrace|ter|close|crescent|cres|gardens|"
    "gdns|row|mews|hill|park|parkway|pkwy|highway|hwy|circle|cir|trail|trl|alley|path|loop|plaza|plz|quay|wharf|walk|rise|grove|green|"
    "heights|ridge|route|rte|roadway|causeway|expressway|freeway|turnpike|pike|esplanade|promenade|parade|bypass|mall|manor|meadows?|"
    "crossing|junction|station|turn|run|bend|knolls?|valley|village|vista|views?|forest|forks?|gateway|harbors?|haven|island|isle|"
    "key|lake|landing|lodge|mill|mission|mount|mountain|orchard|oval|overpass|pass|passage|pine|plain|point|port|prairie|ranch|rapid|"
    "rest|river|shoals?|shores?|springs?|spur|stravenue|stream|summit|throughway|trace|track|tunnel|underpass|union|well|yard|estate|"
    "common|corner|course|cove|creek|dale|dam|divide|falls|ferry|field|flats?|ford|fort|garden|glen|hollow|inlet|burg|bluff|bottom|"
    "branch|bridge|brook|camp|canyon|cape|center|cliff|club"
)
_SURE = (
    "street|road|avenue|ave|lane|boulevard|blvd|terrace|crescent|parkway|pkwy|highway|hwy|roadway|rd|ln|mews|causeway|expressway|"
    "freeway|turnpike|esplanade|promenade|gardens|drive"
)
_ROMANCE = (
    r"rue|avenue|av\.|bd\.?|boulevard|allées?|chemin|quai|impasse|ruelle|faubourg|route de|place d\w*|"
    r"via|viale|v\.le|piazza|piazzale|p\.za|corso|c\.so|vicolo|strada|lungomare|largo|borgo|contrada|"
    r"calle|c/|cl\.|avda\.?|avenida|paseo|pº|plaza|pza\.?|camino|carrer|ronda|travesía|callej[oó]n|glorieta|cuesta|carretera|rambla|"
    r"rua|r\.|travessa|praça|alameda|estrada|rodovia|rampa|calçada|vereda|camiño|r[uú]a|cami|avinguda|plaça|"
    r"ulica|ul\.|aleja|al\.|osiedle|os\.|plac|pl\.|strada|str\.|bulevardul|calea|ulitsa|jalan|jl\.|jln\.?"
)
_JOINED = (
    r"straße|strasse|str\.?|gasse|weg|allee|platz|ring|damm|ufer|chaussee|steig|pfad|graben|gürtel|hof|berg|tor|markt|winkel|stieg|"
    r"straat|laan|plein|gracht|kade|dijk|singel|dreef|steeg|pad|plantsoen|baan|hof|steenweg|lei|"
    r"gatan|gata|vägen|väg|gränd|stigen|torg|backen|allén|gade|vej|vænget|stræde|allé|veien|vegen|veg|gate|svingen|"
    r"katu|tie|kuja|polku|kaari|tanav|tänav|iela|gatvė|stræti|vegur|braut"
)
_AFTER_WORD = r"utca|út|útja|tér|u\.|köz|sétány|sokak|sk\.|caddesi|cad\.|bulvarı|mahallesi|ulica|třída|náměstí|nám\.|trg|cesta|katu|gata"
_TOWN = r"(?:\s*,?\s*(?-i:(?:[A-Z]{1,2}-)?\d{4,5}(?:[- ]\d{3,4}|\s?[A-Z]{2})?\s+[^\W\d_a-z][\w'’.-]+(?:\s+[^\W\d_a-z][\w'’.-]+){0,2}))?"
_STATES = "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AIT]|W[AIVY]|A[AEP]|PR|GU|N[TLSU]|AB|BC|MB|ON|QC|SK|YT|PE"
_ZIP = r"(?:\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|[A-Z]\d[A-Z]\s?\d[A-Z]\d)"
_PATTERNS = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        # 221B Baker Street, Apt 4; the street's kind after its name
        (
            rf"(?<![\w.,])#?{_NUMBER}[,\s]+(?:(?:[A-Z]|{_ORDINAL}|[NSEW]\.?\b)[\w'’.-]*\s+){{1,4}}(?:{_ENGLISH})\b\.?(?i:{_UNIT})",
            0,
        ),
        (rf"(?<![\w.,])#?{_NUMBER}\s+(?:(?:{_WORD}|{_ORDINAL})\s+){{1,3}}?(?:{_SURE})\b\.?{_UNIT}", re.I),
        (
            rf"(?<![\w.,])#?{_NUMBER}\s+(?:(?:{_WORD}|{_ORDINAL})\s+){{1,3}}?(?:{_ENGLISH})\b\.?(?=,|\n|\s+(?:apt|apartment|suite|unit|flat|ste|#|\d)){_UNIT}",
            re.I,
        ),
        # 12 bis rue de la Paix; the street's kind before its name
        (
            rf"(?<![\w.,]){_NUMBER}\s*,?\s+(?:{_ROMANCE})\s*(?:{_WORD}\s+){{0,4}}?(?-i:[^\W\d_a-z][\w'’.-]+)(?:[\s-]+(?-i:[^\W\d_a-z][\w'’.-]+)){{0,3}}{_UNIT}{_TOWN}",
            re.I,
        ),
        (
            rf"(?<!\w)(?:{_ROMANCE})\s*(?:{_WORD}\s+){{0,5}}?{_WORD}\s*,?\s+(?:n[.°º]?[º°]?\s*|nº\s*|no\.?\s*|num\.?\s*)?(?<!\d){_NUMBER}(?!\s?(?:€|%|euro|km|min|h\b)){_UNIT}{_TOWN}",
            re.I,
        ),
        # Hauptstraße 5, 10115 Berlin; kind and name in one word
        (
            rf"(?<![\w'’-])(?:[^\W\d_][\w'’-]{{0,40}}(?:{_JOINED})|(?-i:[A-ZÄÖÜ][\w-]+(?:er|en)?\s+(?:Straße|Strasse|Str\.|Allee|Platz|Weg|Ring|Damm|Ufer|Gasse)))\s+(?:nr\.?\s*)?{_NUMBER}(?!\s?(?:€|%|uhr|km|min|prozent|euro)){_UNIT}{_TOWN}",
            re.I,
        ),
        (
            rf"(?<!\w)(?:Am|An der|An den|Auf der|Auf dem|Im|In der|In den|Zum|Zur|Unter den|Hinter der|Vor dem|Bei der|Beim)\s+(?:[A-ZÄÖÜ][\w-]+\s+){{1,2}}{_NUMBER}(?!\s?(?:€|%|Uhr|km|Min|Prozent|Euro|Jahr|Tag|Monat)){_TOWN}",
            0,
        ),
        (
            rf"(?<!\w)(?:{_WORD}\s+){{1,3}}?(?:{_AFTER_WORD})\s+(?:no\s*:?\s*|č\.?\s*)?{_NUMBER}(?:\.(?=\s|$))?{_UNIT}",
            re.I,
        ),
        # post boxes, also military
        (
            r"(?<!\w)(?:p\.?\s?o\.?\s*box|post ?office box|postbox|postfach|boîte postale|b\.?p\.|apartado(?: de correos| postal)?|apdo\.?|casella postale|caixa postal|postbus|skrytka pocztowa)\s*(?:n[.°º]?\s*)?#?\s*\d[\d -]{0,8}\d?",
            re.I,
        ),
        (
            r"(?<!\w)(?:(?:PSC|CMR|Unit|USCGC|USNS|USNV|USS|HHC)\s+[\w ]{1,24}?,?\s+)?(?:Box\s+\d{1,6},?\s+)?(?:APO|FPO|DPO),?\s+A[AEP](?:,?\s+\d{5}(?:-\d{4})?)?",
            re.I,
        ),
        (r"(?<!\w)(?:PSC|CMR|Unit)\s+\d{1,5}\s*,?\s*Box\s+\d{1,6}", re.I),
        (r"(?<!\w)(?:USNS|USNV|USCGC|USS)\s+[A-Z]\w+,?\s+(?=(?:APO|FPO|DPO))", re.I),
        # a state and its code; codes with letters in them
        (rf"(?<!\w)(?:{_STATES})\.?,?\s+\d{{5}}(?:-\d{{4}})?(?!\d)", 0),
        (
            r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]?\s\d[ABD-HJLNP-UW-Z]{2}(?!\w)|(?<!\w)[ABCEGHJ-NPRSTVXY]\d[A-Z]\s\d[A-Z]\d(?!\w)",
            0,
        ),
        (
            rf"(?<!\w)(?:zip(?: ?code)?|post(?:al)? ?code|postcode|plz|code postal|código postal|c\.?p\.|cap|cep)(?:\s+(?:is|ist|est|es|é|è))?\s*:?\s*(?P<value>{_ZIP}|\d{{4,6}}(?:-\d{{3}})?)",
            re.I,
        ),
        (
            rf"(?<!\w)(?:(?:the )?corner of|intersection of)\s+{_WORD}(?:\s+{_WORD}){{0,3}}?\s*(?:\d+\.?)?\s+(?:and|&)\s+{_WORD}(?:\s+(?-i:[A-Z])[\w'’.-]+){{0,3}}",
            re.I,
        ),
    )
)
_TELLS = (
    r"(?:i|we|he|she|they|[^\W\d_]\w+)(?:'m|'re|'s)?\s+(?:now |currently |just |still |also )*(?:lives?|living|lived|resid(?:es?|ing|ed)|stay(?:s|ing|ed)?|mov(?:ed?|ing))\s+(?:at|to)|"
    r"(?:ship|send|deliver|mail|post|forward|sent|shipped|delivered|mailed|posted|move|moved|come|came|drop|bring|pick)\w*\b(?:\s+[\w'’]+){0,3}?\s+(?:to|at|by)|"
    r"\baddress(?:es)?(?:\s+(?:here|below|on file|changed))?\s*(?:is|are|was|to|as|with|from|of mine|:|-|=|,)+(?:\s*(?:is|now|changed to|to|as follows))*|arrived at|located at|"
    r"ich wohne (?:in der|in|am|im|an der)?|(?:meine|die) (?:adresse|anschrift) (?:ist|lautet)|(?:adresse|anschrift|lieferadresse)\s*:|"
    r"j'habite(?: au| à)?|(?:mon|l')\s?adresse (?:est|c'est)|vivo (?:en|a|in)|(?:mi|la) direcci[oó]n es|direcci[oó]n\s*:|abito in|(?:il mio )?indirizzo (?:è|:)|"
    r"moro na|moro no|(?:o meu |meu )?endereço é|ik woon (?:op|aan|in)(?: de| het)?|(?:mijn )?adres (?:is|:)"
)
_TOLD = re.compile(rf"(?<!\w)(?:{_TELLS})\s*[:\-–]*\s*(?P<rest>[^?!]{{4,140}})", re.IGNORECASE)
# where an address in a sentence ends: punctuation, or a word that no address holds
_END = re.compile(
    r"[.;!?](?=\s+[A-Z]|\s*$)(?<!\bSt\.)(?<!\bApt\.)(?<!\bStr\.)|\n\s*\n|\)(?<!\([A-Z]{2}\))|\((?![A-Za-z]{2}\))|[\"“”]|\s[-–]\s|\s(?:please|and|but|so|or|for|because|since|until|when|if|which|who|that|"
    r"this|it|is|was|my|your|his|her|their|we|you|they|she|he|with|by|attention|attn|c/o|tomorrow|today|tonight|yesterday|next|last|every|"
    r"after|before|around|about|not|instead|thanks|thank|can|could|und|aber|bitte|et|mais|pour|y|pero|por favor|e|ma|per|mas|en|maar|"
    r"phone|tel|email|e-mail|call|ring|instead|later|at|as|to|from|has|have|will|would|should|do|does|did)(?!\w)",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?<!\w)(?:in|since|until|for) \d{1,4}(?!\w)|\d{1,2}(?::\d\d)?\s?(?:am|pm|a\.m|p\.m|uhr|h\b)|\d{1,2}:\d\d|^\W*(?:19|20)\d\d\W*$|^\W*(?:least|most|about|around|over|under|up)\b|\d\s*(?:%|percent|€|dollars|bucks|people|times|days|weeks|months|years|hours|minutes|min|km|miles|kg|degrees|times)\b|[$€£]\s?\d",
    re.IGNORECASE,
)
_NOT_NUMBERS = re.compile(
    r"(?:\s|^)(?:in|of|the|on|per|from|to|at|a|an|hours?|minutes?|days?|weeks?|months?|years?|km|miles?|people|times?|more)(?:\s|$)",
    re.I,
)


def addresses(text: str) -> Iterator[Finding]:
    """Streets with their numbers, post boxes, codes with their states, and addresses that the words before them announce."""
    for number, pattern in enumerate(_PATTERNS):
        for match in pattern.finditer(text):
            if number in (1, 2) and _NOT_NUMBERS.search(match.group()):
                continue
            part = "value" if "value" in pattern.groupindex else 0
            yield Finding(match.start(part), match.end(part), "ADDRESS", 0.85)
    for match in _TOLD.finditer(text):
        end = _END.search(match.group("rest"))
        stop = match.start("rest") + (end.start() if end else len(match.group("rest")))
        told = text[match.start("rest") : stop].rstrip(" ,.;:\n")
        if (
            re.search(r"(?<!\w)\d{1,6}\w?(?!\w)|#\d", told)
            and not _CLOCK.search(told)
            and re.search(r"[^\W\d_]{3}", told)
        ):
            yield Finding(match.start("rest"), match.start("rest") + len(told), "ADDRESS", 0.8)
