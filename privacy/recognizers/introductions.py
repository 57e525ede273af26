"""Names as people introduce, address and sign them, also in lower case, in seven languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding
from ..words import COMMON_WORDS, FUNCTION_WORDS, NOT_NAMES, TITLES, word_set

_KIN = (
    "wife|husband|partner|girlfriend|boyfriend|gf|bf|fianc[ée]e?|spouse|ex(?:-\\w+)?|son|daughter|kid|child|baby|brother|sister|sibling|twin|"
    "(?:step|half|foster|god)[ -]?(?:son|daughter|brother|sister|mother|father|mom|mum|dad|child)|mother|mum|mom|mama|father|dad|papa|parents?|"
    "uncle|aunt(?:ie)?|cousin|niece|nephew|grand(?:mother|father|ma|pa|son|daughter|kid|child)|granny|nana|(?:mother|father|brother|sister|son|daughter)[ -]in[ -]law|"
    "(?:best |old |good |close |childhood |school |work )?friend|buddy|pal|mate|bestie|bff|crush|date|boss|manager|supervisor|assistant|intern|colleague|co-?worker|teammate|"
    "neighbou?r|roommate|flatmate|housemate|landlord|landlady|tenant|teacher|tutor|professor|prof|coach|trainer|mentor|student|doctor|gp|dentist|therapist|"
    "psychologist|psychiatrist|counsell?or|physio(?:therapist)?|vet|midwife|nurse|surgeon|lawyer|attorney|solicitor|accountant|agent|realtor|hairdresser|barber|"
    "nanny|babysitter|cleaner|gardener|plumber|electrician|mechanic|driver|client|customer|dog|cat|puppy|kitten|horse|parrot|pet|rabbit|hamster"
)
_CAP = r"(?-i:[^\W\d_a-z][\w'’-]*)"
_PART = r"[^\W\d_][\w'’-]*"
_PARTICLE = (
    r"(?:van|von|der|den|de|del|della|di|da|dos|das|du|la|le|el|al|bin|ibn|ben|ter|ten|zu|st\.?|mc|mac|o')"
)
_FULL = rf"(?:{_PARTICLE}[ \t]+){{0,2}}{_CAP}(?:[ \t]+(?:{_PARTICLE}[ \t]+){{0,2}}{_CAP}){{0,3}}"  # a name with its capitals
_ANY = rf"{_PART}(?:[ \t]+(?:{_PARTICLE}[ \t]+){{0,2}}{_PART}){{0,2}}"  # one that may lack them: cut where other words begin
_TITLE = rf"(?:{TITLES})"
_ANNOUNCED = (
    # my name is ...
    r"\b(?:my|his|her|their|our|the|whose|legal|full|real|first|last|middle|maiden|given|family|birth|sur|nick|pet|stage|user'?s)[ -]?(?:(?:[\w'’]+[ ]){0,2}?)(?:name|surname|nickname|names)(?:['’]s|\s+is|\s+was|\s*:|\s+are)",
    r"(?:^|\n|[,;|•*>-])[ \t]*(?:full |first |last |sur|middle |family |given |nick|contact |customer |client |patient |employee |applicant |guest |passenger |user |account ?holder|card ?holder|beneficiary|recipient|payee|sender|signed|name on (?:the )?card)?(?:name|attn|attention|contact|from|to|cc|signed|recipient|sender|payee|beneficiary|patient|guest|passenger|applicant|customer|client)\s*:",
    r"\bname on (?:the |my |this )?(?:card|account|order|ticket|booking|reservation|passport)(?:\s+is|\s+was|\s*:)?",
    r"\b(?:i am|i'm|im|i was|he is|he's|she is|she's|they are|it's|was|be|being|is|are|been|i go|goes|gets?|to be)\s+(?:now |also |often |always |usually )?(?:called|named|known as|nicknamed)",
    r"\b(?:please |just |you can |you may |everyone |people |friends |they |my friends )?(?:calls?|called) (?:me|him|her|them)(?: by my (?:nick)?name,?)?",
    r"\b(?:i|he|she|they) (?:go|goes|went) by(?: the (?:nick)?name(?: of)?)?",
    r"\b(?:named|naming|named after|name) (?:(?:the|our|my|their|his|her|this) (?:\w+ )?(?:baby|son|daughter|boy|girl|kid|child|dog|cat|puppy|kitten|twins?|pet)|him|her|them|it)",
    r"\b(?:attention|attn\.?|c/o|care of|in the name of|under the name(?: of)?|on behalf of|issued to|registered to|made out to|payable to|addressed to|signed by|written by|this is from)",
    # fr, de, es, it, pt, nl
    r"\b(?:je m'appelle|je me nomme|(?:mon|son) (?:pr[ée])?nom (?:est|c'est)|il s'appelle|elle s'appelle|appelle[sz]?[- ]moi|qui s'appelle)",
    r"\b(?:ich heiße|ich heisse|(?:mein|sein|ihr) (?:vor|nach|spitz)?name (?:ist|lautet)|er heißt|sie heißt|nenn mich|namens|heißt)",
    r"\b(?:me llamo|mi (?:nombre|apellido) es|se llama|ll[áa]mame|soy (?=[A-Z]))",
    r"\b(?:mi chiamo|il mio (?:nome|cognome) è|si chiama|chiamami)",
    r"\b(?:(?:eu )?me chamo|chamo-me|(?:o )?meu (?:nome|apelido) é|(?:ele|ela) se chama|chama-se|me chame de)",
    r"\b(?:ik heet|(?:mijn|zijn|haar) (?:voor|achter)?naam is|hij heet|zij heet|ze heet|noem me)",
)
_KIN_ELSEWHERE = (
    "femme|mari|épouse|époux|copine|copain|compagne|compagnon|fils|fille|frère|sœur|soeur|mère|père|oncle|tante|cousine?|ami|amie|voisine?|collègue|patron|patronne|"
    "frau|mann|freundin|freund|partnerin|sohn|tochter|bruder|schwester|mutter|vater|oma|opa|onkel|cousine|nachbarin|nachbar|kollegin|kollege|chefin|chef|"
    "mujer|esposa|esposo|marido|novia|novio|pareja|hijo|hija|hermano|hermana|madre|padre|abuela|abuelo|tía|tío|prim[oa]|amig[oa]|vecin[oa]|jef[ea]|"
    "moglie|marito|fidanzat[oa]|compagn[oa]|figli[oa]|fratello|sorella|nonn[oa]|zi[oa]|cugin[oa]|amic[oa]|vicin[oa]|collega|cap[oa]|"
    "mulher|namorad[oa]|filh[oa]|irmão|irmã|mãe|pai|avó|avô|ti[oa]|vizinh[oa]|chefe|"
    "vrouw|man|vriendin|vriend|zoon|dochter|broer|zus|moeder|vader|buurvrouw|buurman|baas"
)
_MINE = r"my|our|his|her|their|your|the|mon|ma|mes|mein|meine|meiner|meinem|meinen|mi|mis|il mio|la mia|mio|mia|meu|minha|o meu|a minha|mijn"


def _named(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


# a capital is not needed: the words before leave no doubt
_LOOSE = _named(
    *(rf"{words}\s*[\"'“]?(?P<name>{_ANY})" for words in _ANNOUNCED),
    rf"\b(?:{_MINE})\s+(?:\w+\s+)?(?:{_KIN}|{_KIN_ELSEWHERE})(?:['’]s (?:\w+ )?name is| is called| is named| named| called| heißt| s'appelle| se llama| si chiama| se chama| heet)\s+(?P<name>{_ANY})",
    rf"(?<!\w)(?:mr|mrs|ms|mx|dr|prof|herr|frau|mme|mlle|señora?|sra?|signora?|sig\.ra|senhora?|mevrouw|meneer)\.?\s+(?P<name>{_ANY})",
    rf"(?:^|[.!?\n][ \t]*)(?:(?:ok|okay|so|hey|hi|hello|well|btw|hmm|oh|also|fyi|yes|yo)[ ,]+)*(?P<name>{_PART}) here(?=\s*(?:[,.!;–-]|$|again\b|from\b))",
    rf"\b(?:best|kind|warm|warmest)?\s*(?:regards|wishes|sincerely|yours(?: truly| sincerely| faithfully)?|cheers|xoxo|grüße|grüßen|saludos|cordialement|saluti|abraço|groeten|groetjes),?[ \t]*\n{{1,3}}[ \t]*(?P<name>{_ANY})(?=[ \t]*(?:\n|$))",
    rf"(?:^|\n)[ \t]*(?P<name>{_ANY})[ \t]*:[ \t]*\\?[\"“«„]",  # who speaks in a play
    rf"\bthis is (?P<name>{_ANY}) (?:speaking|calling|from|here|again)\b",
    rf"\bmeet (?:my|our) (?:new )?(?:{_KIN}),? (?P<name>{_ANY})",
)
# here a word that is no name could stand as well, so it must look like one
_STRICT = _named(
    rf"\b(?:{_MINE})\s+(?:(?:ex|late|dear|older|younger|little|big|new|old|other|twin|best|eldest|oldest|youngest)[ -])*(?:{_KIN}|{_KIN_ELSEWHERE})(?:['’]s)?(?:\s+(?:is|ist|est|es|è|é)\s*)?,?\s+(?:{_TITLE}\.?\s+)?(?P<name>{_FULL})",
    rf"\b(?:named|called|nicknamed|i'm|i am|this is|it's|ich bin|je suis|c'est|soy|sono|eu sou|ik ben)\s+(?P<name>{_FULL})",
    rf"\b{_TITLE}\.?\s+(?P<name>{_FULL})",
    rf"(?<!\w)(?P<name>{_FULL})(?:,| is| was|'s|’s) (?:my|our) (?:\w+ )?(?:{_KIN})\b",
    rf"(?:^|[.!?\n,][ \t]*)(?:hi|hello|hey|hiya|howdy|dear|yo|thanks|thank you|thx|cheers|bye|goodbye|good (?:morning|afternoon|evening|night)|congrats|congratulations|welcome|sorry|happy birthday|love|hallo|liebe[r]?|guten (?:tag|morgen)|danke|bonjour|salut|cher|chère|merci|hola|querid[oa]|gracias|ciao|caro|cara|grazie|olá|oi|obrigad[oa]|beste|dag|bedankt)[ ,]+(?P<name>{_FULL})(?=\s*(?:[,.!?;:\n-]|$))",
    rf"(?:^|\n)[ \t]*(?:cheers|thanks|best|love|regards|xoxo|lg|vg|bises|besos|baci|beijos),?[ \t]*\n[ \t]*(?P<name>{_FULL})",
    rf"(?:^|[.!?\n][ \t]*)(?P<name>{_CAP}), (?:can|could|would|will|do|did|are|have|please|you|i) (?:you|i|we|me|please)\b",
    rf"(?:^|\n)[ \t]*[-–—~]\s*(?P<name>{_FULL})\s*(?:$|\n)",
)
_MEAL = r"(?:lunch|dinner|breakfast|brunch|coffee|drinks|a drink|a beer|beers|tea)"
# only somebody can be asked, told, owed or thanked
_FRAMES = _named(
    rf"\b(?:ask(?:ed|ing)?|tell|told|telling|remind(?:ed|ing)?) (?P<name>{_ANY}) (?:for|to|if|about|whether|when|what|where|why|how|that|not to)\b",
    rf"\b(?:owed?|owes|lent|lend|paid|pay|gave|give|given|giving|sent|send|bought|buy|told|bring|brought) (?P<name>{_PART}(?: {_CAP})?) (?:[$€£]?\d+|a\b|an\b|my\b|his\b|her\b|the\b|some\b|\w+ (?:bucks|dollars|euros|pounds))",
    rf"\b(?:been |am |i'm |is |was |are |were |started |stopped )(?:seeing|dating|marrying|married to|engaged to|texting|babysitting|visiting|divorcing) (?P<name>{_ANY})(?= (?:for|since|and|again|now|last|this|next|on|every|until|when|from|at|in)\b|\s*(?:[.,!?;]|$))",
    rf"\b{_MEAL} with (?P<name>{_ANY})",
    rf"\b{_MEAL} with {_PART} and (?P<name>{_ANY})",
    rf"\b(?:an? |my |the )?(?:appointment|date|interview|session|meeting|call) with (?P<name>{_ANY})(?= (?:at|on|about|today|tomorrow|this|next|in|tonight)\b|\s*(?:[.,!?;]|$))",
    rf"\b(?:married|met|miss|missed|invited?|thanked|hugged|kissed|phoned|called|texted|emailed|visited|call|text|email|invite|thank) (?P<name>{_CAP}(?: {_CAP})?)(?= (?:at|on|about|today|tomorrow|yesterday|this|next|last|in|tonight|and|for|to|from|when|again|back)\b|\s*(?:[.,!?;]|$))",
)
# a capital is missing and a role stands before: "my neighbour ofelia fadipe has"
_LOWER = _named(
    rf"\b(?:my|our|his|her|mein|meine|mon|ma|mi|mio|mia|meu|minha|mijn)\s+(?:(?:ex|late|older|younger|little|big|best|eldest|oldest|youngest)[ -])*(?:{_KIN}|{_KIN_ELSEWHERE})\s+(?P<name>{_ANY})",
    rf"\b(?P<name>{_PART}), (?:my|our) (?:\w+ )?(?:{_KIN})\b",
)
# what may follow a role or a name in lower case and is no name
_FOLLOWS = word_set(
    "and or but who that which when where while because so if as at in on of to for from with by about into over said says told tells "
    "thinks thought wants wanted likes liked loves loved hates needs needed asked asks gave gives made makes took takes got gets goes "
    "went comes came is was are were be been being has had have does did do will would can could should may might must just always never "
    "often still also really only even too not n't isn't wasn't doesn't didn't won't can't lives lived works worked moved left died passed "
    "called calls keeps kept turned turns bought buys sent sends suggested recommended knows knew believes feels felt seems looks looked "
    "talks talked speaks spoke plays played plans planned started starts stopped stops helps helped cooks cooked drives drove eats ate "
    "runs ran sleeps slept uses used visits visited studies studied teaches taught reads read writes wrote sings dances paints "
    "group problem issue party house home office room car name's number email phone birthday wedding card gift food please remember "
    "online now here there today tomorrow yesterday tonight again since than then instead later maybe both all each every some any "
    "number's years old ago yesterday's this these those it he she they we you i me him her them us his hers my your our their "
    "hat ist war wird und oder aber der die das den dem ein eine mit von zu im am auf für nicht auch a est et ou mais qui que avec pour "
    "es y o pero con para en del un una ha e ma che per con di em com que não e está en of maar met voor van het de is heeft"
)


def introductions(text: str) -> Iterator[Finding]:
    """Every name that the words around it announce."""
    for pattern in _LOOSE:
        for match in pattern.finditer(text):
            yield from _finding(match, strict=False)
    for pattern in _STRICT:
        for match in pattern.finditer(text):
            yield from _finding(match, strict=True)
    for pattern in _FRAMES:
        for match in pattern.finditer(text):
            name = match.group("name").split()[0]
            if name[0].isupper() or (
                name.casefold() not in COMMON_WORDS and not name.endswith(("s", "ing", "ed", "ly"))
            ):
                yield from _finding(match, strict=False)
    for pattern in _LOWER:
        for match in pattern.finditer(text):
            name = match.group("name").split()[0].casefold()
            if name not in COMMON_WORDS and not name.endswith(("ing", "ed", "ly", "s")):
                yield from _finding(match, strict=False)


def _finding(match: re.Match[str], *, strict: bool) -> Iterator[Finding]:
    """The name without what follows it; nothing if it begins with an ordinary word."""
    name = match.group("name")
    kept = 0
    for word in re.finditer(r"\S+", name):
        plain = word.group().strip(".,'’\"-").casefold().removesuffix("'s").removesuffix("’s")
        if re.fullmatch(_PARTICLE, plain) and word.end() < len(name):
            continue
        capital = word.group()[0].isupper()
        also_name = strict and capital and plain in ("will", "may")
        ends = plain in (FUNCTION_WORDS if kept else NOT_NAMES) or (
            plain in _FOLLOWS and not (capital and kept)
        )
        if ends and not also_name:
            break
        if kept and not capital and name[0].isupper():
            break
        kept = word.end()
    cut = name[:kept].rstrip(" '’-")
    cut = cut[:-2] if cut.endswith(("'s", "’s")) else cut
    if len(cut) > 1 or (cut and cut[0].isalpha() and ord(cut[0]) > 0x2E80):
        yield Finding(match.start("name"), match.start("name") + len(cut), "PERSON", 0.9)
