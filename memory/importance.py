"""How much something said is likely to matter later, and why: pure.

It decides what stays when space is asked for, never what can be found today. Words of English weigh in; in other
languages what is new, what names somebody and what was asked to be remembered still does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import exp

from .lexical import terms
from .records import Reason
from .times.periods import speaks_of_time

_LIFE = re.compile(
    r"\b(?:pregnan\w*|born|birth|baby|died|dies|dead|death|passed away|funeral|lost (?:my|our|him|her)|married|marry|wedding|engaged|"
    r"proposed|divorc\w*|separated|broke up|split up|widow\w*|adopt\w*|got (?:the|a|my|our) (?:\w+ )?(?:job|offer|place|promotion|citizenship|visa|degree|licen[cs]e|keys|results)|"
    r"(?:got|been|was|were|am|is|being) (?:promoted|fired|laid off|made redundant|accepted|rejected|diagnosed|admitted|arrested|mugged|burgled|elected)|"
    r"quit|resign\w*|retir(?:ed|ing)|redundan\w*|new job|first job|hired|diagnos\w*|cancer|tumou?r|stroke|heart attack|"
    r"surgery|operation|operated|transplant|hospital|chemo\w*|relapse\w*|rehab|sober|suicid\w*|accident|graduat\w*|passed my|"
    r"citizen\w*|emigrat\w*|bought (?:a|the|our) (?:house|flat|home|apartment|boat|farm)|completed on|mortgage|moved (?:in|to|out|house)|moving (?:to|out|in)|"
    r"relocat\w*|started (?:a|my) (?:business|company)|inherit\w*|bankrupt\w*|said yes|accepted the offer|evict\w*|"
    r"asylum|refugee|deport\w*|custody of|(?:in|to) court|court (?:order|hearing|date|case|says)|sentenced to|(?:in|to) prison|bailiffs?|(?:in (?:my|his|her|our|the)|my last) will|miscarr\w*|"
    r"leaving (?:my|the) (?:\w+ )?(?:husband|wife|partner|job|church|priesthood|army|navy|force|country|company|team|band)|"
    r"epi-?pens?|anaphyla\w*|could kill|can kill|nearly (?:died|drowned|killed)|life-threatening)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:remember (?:this|that|:)|please remember|(?:don't|do not|never) forget|keep in mind|bear in mind|make a note|note (?:down|that)|important|"
    r"retiens|n'oublie pas|souviens-toi|merk dir|vergiss nicht|recuerda que|no olvides)\b",
    re.IGNORECASE,
)
_DECIDED = re.compile(
    r"\b(?:decided|decision|promised?|i(?:'ve| have) (?:made up my mind|agreed|signed)|signed up|committed|from now on|i will never|i'll never|"
    r"we(?:'re| are) going to|i(?:'m| am) going to|i swear|agreed to|starting (?:in|on|from|next)|no going back|won't change (?:it|my mind)|settled (?:that|it|on)|for good)\b",
    re.IGNORECASE,
)
_LASTING = re.compile(
    r"\b(?:i(?:'m| am| was) (?:an?|the|allergic|vegan|vegetarian|coeliac|celiac|diabetic|asthmatic|deaf|blind|left-handed|colou?r-?blind|afraid|scared|terrified|from|in charge)\b|"
    r"i(?:'m| am) (?:\w+ )?(?:allergic|intolerant|years old|\d\d)\b|"
    r"i (?:\w+ )?(?:live|work|study|teach|play|speak|drive|own|keep|collect|have|believe|vote|belong|volunteer|sing|paint|run|coach|suffer|use|go|get|sleep|eat|drink|write|read|cycle|swim)\b(?! to\b)|"
    r"i (?:really |absolutely |can't |cannot |don't |do not )?(?:love|hate|like|prefer|enjoy|stand|adore|detest|fear|need)\b|"
    r"i(?:'ve| have) (?:been|had|got|always|never|worked|lived|known|owned)\b|"
    r"(?:my|our) (?:\w+ )?(?:mother|mum|mom|father|dad|sister|brother|son|daughter|wife|husband|partner|girlfriend|boyfriend|fianc\w+|child\w*|kids?|twins?|"
    r"grand\w+|aunt|uncle|cousin|niece|nephew|friend|boss|flatmate|neighbour|cat|dog|pet|name|birthday|anniversary|address|blood type|job|employer|doctor|gp|dentist|"
    r"favou?rite|allergy|degree|first language|native language|maiden name|surname)\b)",
    re.IGNORECASE,
)
_HABIT = re.compile(
    r"\b(?:always|never|usually|every (?:day|morning|evening|night|week|month|year|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|on (?:mon|tues|wednes|thurs|fri|satur|sun)days|"
    r"(?:once|twice) a (?:day|week|month|year)|for years|since (?:i was|19|20|childhood)|whenever|used to|all my life|go by)\b",
    re.IGNORECASE,
)
_FEELING = re.compile(
    r"\b(?:happy|thrilled|delighted|excited|proud|relieved|grateful|overjoyed|heartbroken|devastated|miserable|depressed|anxious|worried|terrified|scared|afraid|"
    r"lonely|ashamed|guilty|furious|angry|jealous|grieving|crying|cried|in tears|panic\w*|overwhelmed|hopeless|stressed|exhausted|burnt out|miss (?:him|her|them|my)|over the moon)\b",
    re.IGNORECASE,
)
_PASSING = re.compile(
    r"\b(?:just|today|tonight|right now|at the moment|this (?:morning|afternoon|evening)|later|earlier|rain\w*|pouring|weather|sunny|snow\w*|windy|"
    r"lunch|breakfast|dinner|supper|toast|coffee|pizza|battery|queue|traffic|bus|train was|tv|film|movie|documentary|episode|match|nap|yawn\w*|tired|bored|hungry|"
    r"might|maybe|not sure|whatever|can't be bothered|don't know yet)\b",
    re.IGNORECASE,
)
_TALK = re.compile(
    r"^(?:h+m+|u+m+|er+m?|oh|ah|right|ok(?:ay)?|yes|yeah|yep|no(?: no)*|nope|sorry|thanks?|thank you|wow|haha|lol|cool|nice|great|sure|exactly|wait|hello|hi|hey|good (?:morning|night|evening))\b"
    r"|\b(?:let me (?:think|see)|what i (?:meant|said|mean)|typo|never mind|the other way round|go on|you're right|i see|i know|i guess|i mean|you said|your answer|can you (?:repeat|explain|rephrase))\b",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\b(?:i|i'\w+|im|ive|(?<!\btell )(?<!\bgive )(?<!\bshow )(?<!\bhelp )(?<!\bsend )me|my|mine|we|we'\w+|our|(?<!\blet )us|je|moi|mon|ma|mes|ich|mein\w*|mich|mir|yo|mi|mis)\b",
    re.IGNORECASE,
)
# said of oneself without saying so: whose else is "mum", and who "signed the papers"?
_LEFT_OUT = re.compile(
    r"(?:^|[.!?;,] )(?:(?:so|well|ok|but|just|finally|also|oh|then) ){0,3}"
    r"(?:(?:mum|mom|mam|dad|gran|nan|granny|grandma|grandad|grandpa|hubby|the (?:wife|husband|kids|missus|baby|twins|dog|cat))\b"
    r"|(?:got|had|been|went|came|met|lost|found|bought|sold|broke|passed|failed|started|finished|quit|joined|signed|moved|slept|ran|won|made|"
    r"took|paid|spent|planted|fixed|booked|cooked|turned|gave up|signed up|grew up|saving|learning|training|trying|living|working|expecting|planning|waiting)\b(?! me\b))",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"^(?:(?:hi|hey|hello|ok|okay|so|and|now|please|pls|plz|thanks|thank you)[,!. ]+){0,4}"
    r"(?:(?:can|could|would|will) (?:you|u)\b|(?:tell|give|show|send|help|let) (?:me|us)\b|(?:write|make|explain|summari[sz]e|translate|list|suggest|"
    r"recommend|describe|rewrite|rephrase|shorten|proofread|correct|fix|compare|convert|calculate|define|create|generate|find|turn|continue) (?=\w)"
    r"|(?:what|who|where|when|which|why|how)(?:'s| (?:is|are|do|does|did|can|could|should|would|long|many|much|far|old))\b"
    r"|(?:is|are|does|do|did|will|should) (?:you|we|it|there|the|a|an|this|that|he|she|they)\b)",
    re.IGNORECASE,
)
_FILLER = 3  # words with a meaning of their own: fewer say nothing by themselves


@dataclass(frozen=True, slots=True)
class Importance:
    """From 0 to 1, and what it is made of, in the units of the sum before it is squeezed."""

    value: float
    reasons: tuple[Reason, ...] = ()


def importance_of(
    text: str, *, speaker: str = "user", novelty: float = 0.5, used: int = 0, taught: int = 0
) -> Importance:
    """How much words matter: what they are about, whether they are new, and what became of them.

    `novelty`: the share of their words that were not known. `used`: answers that rested on them. `taught`: what was
    learned from them.

    >>> importance_of("I'm pregnant!").value > importance_of("I play chess every week.").value > importance_of("ok thanks").value
    True
    """
    line = text.replace("’", "'")
    content = len(set(terms(line)))
    own = _FIRST.search(line) is not None or _LEFT_OUT.search(line) is not None
    asked = _ASKED.search(line) is not None
    life = own and _LIFE.search(line) is not None
    lasting = own and _LASTING.search(line) is not None
    asks = line.rstrip().endswith("?") or _REQUEST.match(line) is not None
    weighed = {
        "asked to be remembered": 3.0 * asked,
        "a turning point": 2.4 * life,
        "decided or promised": 1.0 * (own and _DECIDED.search(line) is not None),
        "lasting": 1.1 * lasting,
        "a habit": 0.6 * (own and _HABIT.search(line) is not None),
        "about the person": 0.6 * own,
        "felt": 0.6 * (own and _FEELING.search(line) is not None),
        "dated": 0.3 * (own and speaks_of_time(line)),
        "new": 0.8 * (novelty - 0.5) * (content >= _FILLER),
        "used since": 0.5 * min(used, 4),
        "learned from": 0.5 * min(taught, 3),
        "passing": -0.9 * (_PASSING.search(line) is not None and not (life or asked)),
        "about the talk itself": -1.2 * (_TALK.search(line) is not None and not (life or asked or lasting)),
        "asks for something": -1.2 * (asks and not (life or asked)),
        "says little": -1.6 * (content < _FILLER and not (life or asked)),
        "said by the assistant": -1.5 * (speaker == "assistant"),
    }
    reasons = tuple(Reason(name=name, value=round(value, 3)) for name, value in weighed.items() if value)
    return Importance(1 / (1 + exp(1.2 - sum(weighed.values()))), reasons)
