"""What people are asked about most, and how it is said: patterns on the lines of `clauses`, where @ is the person.

An attribute is answered only by words that state it. `said` states it outright; `hints` are taken when nothing does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

_MACROS = {
    "NUM": r"\d{1,3}",
    "NAME": r"[A-Z][\w'’-]+",
    "HAVE": r"(?:have(?:_ed)?|own|get(?:_ed)?|buy(?:_ed)?|pick(?:_ed)? up|adopt(?:_ed)?|rescue(?:_ed)?|lease|drive)",
    "A": r"(?:a|an|the|my|'s|some|this|our)",
    "ADJ": r"(?:[\w'’-]+ ){0,3}?",
    "PLACE": r"(?:in|at|near|on|outside|by|to|just outside|over in|up in|down in|out in)",
    "RELATIVE": r"(?:wife|husband|partner|mother|mum|mom|father|dad|parent|sister|brother|son|daughter|kid|child|friend|cousin|aunt|uncle|gran|grandmother|fan|person|lover|member|man|woman|girl|boy|lady|guy|vegetarian|vegan|twin|widow|widower|bachelor|morning|night|people|owner|runner|beginner|mess|wreck|ghost|believer|drinker|eater|sleeper|sufferer|regular|smoker|swimmer|winner|reader|supporter|foodie|bit|lot|while|year|month|minute|day|week|mile|kilometre|hour|meter|citizen|resident|local|brit|introvert|extrovert|worrier|sucker|homebody|christian|teetotaller|teenager|toddler|nightmare|hugger|big|huge|insulin|number|size|leo|virgo|libra|taurus|gemini)",
}


def _compiled(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    for name, meaning in _MACROS.items():
        pattern = pattern.replace("{" + name + "}", meaning)
    return re.compile(pattern, flags)


@dataclass(frozen=True)
class Attribute:
    """One thing that may be known about somebody."""

    name: str
    asked: str
    said: str
    hints: str = r"(?!)"
    before: str = r"(?!)"  # how it is said of the past
    answer: str = ""  # the kind of answer that the words must hold
    also: tuple[str, ...] = ()  # other question words that ask for it: "when" for an age

    @cached_property
    def asks(self) -> re.Pattern[str]:
        return _compiled(self.asked, re.IGNORECASE)

    @cached_property
    def states(self) -> re.Pattern[str]:
        return _compiled(self.said)

    @cached_property
    def suggests(self) -> re.Pattern[str]:
        return _compiled(self.hints)

    @cached_property
    def stated_before(self) -> re.Pattern[str]:
        return _compiled(self.before)


_DAY = r"(?:birthday|bday|b-day|birth date|date of birth|birthdate|dob)"

_JOB = r"@ work as|@ work\b.* (?:at|for|in|with|on|from|as|shift|part|full|night)|@ be (?:an? |the )(?!{ADJ}{RELATIVE}\b){ADJ}[\w-]*(?:er|or|ist|ian|ant|cian|eer|nurse|chef|cook|vet|pilot|clerk|judge|smith|wright|midwife|architect|carer|assistant|guide|dj|au pair|tutor|porter|surgeon|barista|paramedic|mechanic|\w{3,}(?:woman|man|person)|secretary|chemist|apprentice|rep|trainee|student|engineer|lead|officer|builder|nanny|monk|priest|vicar|model|actress|waitress|analyst|consultant|accountant|temp|civil servant|postman|fireman|policeman|fisherman|librarian|optician|ceo|pa|gp|agent|intern|postie|minder|expert|technician|host|hygienist|planner|crew|driver|coach|specialist|solicitor|lawyer|dentist|doctor|physio|teacher|lecturer|scientist|developer|programmer|designer|producer|editor|writer)\b(?! of (?:mine|the family))|@ (?:do|work|be) .* as an? |for a living|^by day @|@'s (?:job|work|trade|profession|career) be|@ (?:run|own|manage) {ADJ}(?:shop|cafe|café|bakery|business|company|agency|restaurant|studio|farm|pub|garage|stall|salon|practice|firm|nursery|school|bar|workshop|store|gallery|clinic|team)|@ teach\b|@ (?:train|retrain|qualify|apprentice|trained) (?:to be|as)|@ (?:start(?:_ed)?|begin(?:_ed)?) (?:work |a new job |@'s new job |last \w+ |this \w+ )*(?:at|as|with) |@ (?:get(?:_ed)?|land(?:_ed)?|have|take(?:_ed)?|start(?:_ed)?) {ADJ}(?:job|post|role|position|promotion)|@ join(?:_ed)? {NAME}|@ do the book|@ be (?:self - employed|self-employed|unemployed|retired|retire|between job|freelance|a freelance)|@ (?:do|be in) (?:accounts|it|hr|admin|sales|marketing|retail|payroll|data entry|accountancy|finance|construction|nursing|catering|logistic|insurance|banking)|@ (?:drive|fix|mend|repair|build|sell|clean|deliver|design|cut|groom|install) {ADJ}(?:lorry|truck|bus|taxi|van|train|tram|boiler|car|clock|house|bike|computer|hair|kitchen|lift|roof|dog|website|app|game|plane|phone)s?\b|@ be promote|data entry|@ be (?:now )?(?:the |a )?(?:head|director|deputy|vice|chair|captain|president|treasurer|manager|team leader|in charge) (?:of|head|manager)"

ATTRIBUTES: tuple[Attribute, ...] = (
    Attribute(
        name="nickname",
        asked=r"@'s nickname|nickname .*@|(?:people|everyone|everybody|friend|mate|you|they) (?:should )?call @|@ (?:like to|prefer to|want to) be call|@ go by",
        said=r"call(?:_ed)? @ |@ go by|@'s nickname|known as|@ (?:would rather |prefer to )?be call|nickname|for short",
    ),
    Attribute(
        name="name",
        asked=r"@'s (?:own |real |full |first |last |given |family )?(?:name|surname)\b|(?:name|title) of @(?!')|@'s title|what be @ call|what @ be call|@ call$|(?:name|call)(?:_ed)? @|^who be @(?:$| (?!go|come|see|meet|have|visit|marry))|^who @ be$|@ be name\b",
        said=r"@'s (?:real |full |first |given )?name be|@ be call(?:_ed)? {NAME}|call(?:_ed)? @ {NAME}|@ go by|@ be name(?:_ed)? {NAME}|@ be (?:the )?{NAME}(?: {NAME})*(?:$|[,.]| and | by the way| from | here| again)|^this be {NAME}|^it be {NAME} (?:here|again|speak)|^{NAME} here|(?:name|call)(?:_ed)? @ (?:the |a )?{NAME}",
    ),
    Attribute(
        name="birthday",
        also=("month",),
        asked=rf"@'s (?:\w+ )?{_DAY}|{_DAY} .*@|when (?:be )?@ (?:be )?bear|@ be bear(?! in)|when @ turn|what day be @ bear|@ celebrate (?:@'s )?{_DAY}",
        said=rf"@'s (?:\w+ )?{_DAY}|@ be bear (?:on|the|in [A-Z])|@ turn(?:_ed)? {{NUM}} (?:on|in|next|this|tomorrow|today)|@'s (?:be|fall) (?:on |in )?(?:the )?(?:\d|[A-Z])|@ have(?:_ed)? (?:hers|his|her|mine)|@ (?:share|have|celebrate) .*{_DAY}|@ (?:be|will be|turn) {{NUM}} (?:on|in|next)",
        answer="when",
    ),
    Attribute(
        name="age",
        also=("when",),
        asked=r"how old (?:be )?@|how old .*@|@'s age|what age (?:be )?@|age of @|@ be (?:how old|what age)",
        said=r"@ (?:will )?(?:be|turn(?:_ed)?|reach(?:_ed)?|hit|become|go_ed) (?:about |around |nearly |almost |just |already |soon |now )?{NUM}(?:$|[,.)]| (?:year|yr|month|and|in|on|next|this|last|today|tomorrow|yesterday|but|so|week|taller|already|already|too|if|which|the|soon|a|or|at|old|with|come|as)\b)|@'s {NUM}(?:st|nd|rd|th) (?:birthday|bday)|{NUM} ?- ?(?:year|month|week) ?- ?old @|@'s? {NUM} (?:year|month) old|@,? (?:who be |\()?{NUM}(?:$|[,.)]| year)|@ be (?:a )?{NUM} ?-? ?(?:year|month|week)|@ have(?:_ed)? (?:@'s )?{NUM}(?:st|nd|rd|th)|@'s age be|@ be bear in (?:19|20)\d\d|@ be (?:half|late|early|mid)",
        answer="count",
    ),
    Attribute(
        name="wedding",
        also=("when", "month", "span"),
        asked=r"@'s (?:wedding )?anniversary|when (?:be )?@ (?:be |get(?:_ed)? )?(?:marry|wed)|(?:when|what (?:day|date)) (?:be )?@'s wedding",
        said=r"@'s (?:\w+ )?(?:anniversary|wedding)|@ (?:be|get(?:_ed)?|be get) (?:marry|wed)|@ marry(?:_ed)?|@ tie(?:_ed)? the knot|@ get hitch",
    ),
    Attribute(
        name="married",
        asked=r"^(?:be )?@ (?:be )?(?:marry|married|single|engage|engaged|in a relationship|divorced|divorce)|@'s (?:marital|relationship) status|who (?:be )?@ (?:be )?(?:marry|married|engage|date|go out|see)",
        said=r"@ (?:be|get(?:_ed)?) (?:marry|married|single|engage|engaged|divorce|divorced|widow|separate)|@ marry(?:_ed)?|@'s (?:wife|husband|fiancé|fiancée|fiancee|fiance|partner|boyfriend|girlfriend)",
    ),
    Attribute(
        name="past home",
        also=("place",),
        asked=r"where .*@ (?:live_ed|use to live|stay_ed) ?(?:$|before|previously|first|until|in the past)|where .*@ live_ed|@'s (?:old|previous|last|former) (?:home|flat|house|place|address|city|town)|where .*@ (?:use_ed to live|move_ed from|move from)|@ live(?:_ed)? before",
        said=r"@ (?:live_ed|use_ed to live|use to live|rent_ed|stay_ed) .*{PLACE}|@ move(?:_ed)? .*(?:here |away |over )?from|@ (?:leave_ed|leave) {NAME}|@'s (?:old|last|previous) (?:flat|house|place|home)",
        before=r"@ live {PLACE}|@ be (?:now )?base {PLACE}",
    ),
    Attribute(
        name="home",
        asked=r"where(?: about)? .*@ (?:live|stay|reside|base|be base|settle|be live)\b|(?:what|which) (?:city|town|village|country|street|area|place|part|neighbourhood|county|road|state|district|island|suburb).*@ (?:live|be base|stay|reside|live in|call home|be in)\b|where be @(?:'s)? (?:home|house|flat|place|apartment)|@'s (?:home ?town now|address|home address|current (?:city|home|address))|where be home|home for @|@ call home|where .*@'s (?:home|house|flat|apartment|place)\b|where .*@ (?:be )?move(?:_ed)?(?: to)?$|@ live (?:where|in)$|what (?:floor|city) .*@ live|where .*@ live",
        said=r"@ (?:live|reside|settle|stay permanently)\b(?! (?:on|with|off|for)\b).*\b{PLACE}|@ live (?:with .* )?{PLACE}|@ (?:be )?base {PLACE}|@ (?:have )?(?:just )?move(?:_ed)? (?:\w+ ){0,3}?(?:to|into|in)\b|@ (?:have|rent|buy(?:_ed)?|get(?:_ed)?|own|share|be rent) .*(?:flat|house|home|apartment|cottage|studio|bungalow|place|houseboat|bedsit|terrace|farmhouse|room) .*{PLACE}|@'s .*(?:flat|house|home|apartment|place|cottage|studio|address|boat) be .*{PLACE}|@ relocate|@ settle(?:_ed)? {PLACE}|@ be (?:a )?{NAME} (?:resident|local)",
        hints=r"@ be .*(?:flat|house|apartment|cottage|room|place) (?:in|at|on|near)|@ be (?:now |back )?(?:up |down |over |out )?(?:in|from) {NAME}|home be .*|@'s (?:flat|house|home|apartment|place|cottage)\b.*{PLACE} {NAME}",
        answer="place",
    ),
    Attribute(
        name="birthplace",
        asked=r"(?:where|(?:what|which) (?:city|town|country|place|village)).*@ (?:be )?bear|@ be bear(?: in)?$|@'s (?:birthplace|place of birth)|where .*bear",
        said=r"@ be bear .*\b(?:in|at|on|near)|@'s birthplace|@ be bear and",
        hints=r"@ (?:be|come) (?:originally )?from|@ grow(?:_ed)? up",
        answer="place",
    ),
    Attribute(
        name="childhood",
        asked=r"where .*@ (?:grow(?:_ed)? up|be raise|be bring up)|(?:what|which) .*@ grow(?:_ed)? up|@'s childhood|@ spend(?:_ed)? @'s childhood",
        said=r"@ grow(?:_ed)? up|@ be (?:raise|bring up|bear and)|@'s childhood|@ spend(?:_ed)? @'s childhood|@'s home ?town|as a (?:kid|child).* in",
        hints=r"@ (?:be|come) (?:originally )?from|@ be bear",
        answer="place",
    ),
    Attribute(
        name="origin",
        also=("place",),
        asked=r"where .*@ (?:originally )?(?:come |be )?(?:originally )?from|where be @ (?:originally )?from|@'s (?:home ?town|home country|nationality|origin|roots)|(?:what|which) (?:country|city|town|part of).*@ (?:come |be )?(?:originally )?from|where .*@ come(?:_ed)? from|from originally|@ be from",
        said=r"@ (?:be|come(?:_ed)?) (?:originally |all )?from|@ originally (?:come|be)|@ be bear|@ grow(?:_ed)? up|@'s home ?town|@'s (?:family|roots|parent) (?:be|come) (?:originally )?from|@ be (?:originally )?a?n? ?{NAME}(?:$|[,.]| (?:girl|boy|lad|lass|man|woman|born|by birth))",
        answer="",
    ),
    Attribute(
        name="old job",
        also=("place",),
        asked=r"be_ed @'s (?:job|profession|occupation|work|trade)|what .*@ (?:do_ed|use to do|use_ed to do)(?: for (?:a living|work|a job))?(?: before.*)?$|where .*@ (?:work_ed|use to work|use_ed to work)|@'s (?:old|last|previous|former|first) (?:job|work|employer|workplace|company|career)|who .*@ work_ed for|@ (?:work_ed|work) before",
        said=r"@ (?:work_ed|use_ed to (?:work|be)|use to (?:work|be)|be_ed an?)\b|@ (?:leave(?:_ed)?|quit(?:_ed)?) .*(?:job|work|{NAME})|@'s (?:old|last|previous|first) job|@ retire|@ (?:leave|quit) (?:@'s job )?(?:at|with)",
        before=_JOB,
    ),
    Attribute(
        name="workplace",
        asked=r"where .*@ work\b|who .*@ work for|(?:what|which) (?:company|firm|place|school|hospital|shop|office|organisation|department|team|business).*@ (?:work|be work)|@'s (?:workplace|employer|company)|who be @'s employer|@ be employ|@ work (?:for|at)$|where .*@'s (?:office|work|job)\b",
        said=r"@ (?:now )?work (?:\w+ ){0,4}?(?:at|for|in|with|from|on|behind)\b|@ (?:start(?:_ed)?|begin(?:_ed)?|join(?:_ed)?) (?:(?:work|a new job|@'s new job|a job|last|this|back|as an? .*) )*(?:at|with|in|for|the|{NAME})\b|@ (?:get(?:_ed)?|land(?:_ed)?|have|take(?:_ed)?|be offer) {ADJ}(?:job|post|role|position) (?:\w+ ){0,4}?(?:at|with|in|for)|@ (?:run|own|manage|have|open(?:_ed)?) {ADJ}(?:shop|cafe|café|bakery|business|company|agency|restaurant|studio|farm|pub|garage|stall|salon|practice|firm|nursery|school|bar|workshop|library|store|gallery|clinic|office)|@'s (?:new )?(?:job|office|work|shop) be (?:at|in|with|on)|@ teach (?:\w+ ){0,3}?(?:at|in)|@ be (?:an? |the )?{ADJ}[\w-]+(?:er|or|ist|ian|ant|cian|nurse|chef|cook|receptionist) (?:at|for|in|with) |@ be at {NAME}",
        hints=r"@ (?:work|teach|do) .*\b(?:at|for|in)\b",
        answer="place",
    ),
    Attribute(
        name="job",
        also=("place",),
        asked=r"what .*@ do(?: now| at the moment)?$|what .*@ do (?:for (?:a living|work|a job|money)|all day|as a job|at work|professionally|to earn)|@'s (?:new |current )?(?:job|profession|occupation|work|career|trade|line of work|living|role|job title|position|promotion)\b|@ work as|@ work (?:in|with)$|what (?:kind|sort|type|line) of (?:work|job)|(?:earn|make) (?:@'s|a|their) living|what .*@ work (?:as|at|on|with)|how .*(?:earn|make) .*(?:living|money)|@ do for work|what be @'s job",
        said=_JOB,
        hints=r"^@ (?:now )?(?:write|paint|act|sing|code|program|farm|cook|nurse|sell|make|design|translate|edit|photograph|tutor|coach|babysit|restore|grow|train|do)\b",
    ),
    Attribute(
        name="commute",
        asked=r"how .*@ (?:get|travel|commute|come|go) (?:to|into) (?:work|school|the office|uni|college|university)|@'s commute",
        said=r"@ (?:take|get|catch|cycle|walk|drive|commute|ride|bike|bus|run|go|travel|car share|scoot) .*(?:to|into|for|from) (?:work|school|the office|uni|college|university)|commute",
    ),
    Attribute(
        name="diet",
        asked=r"^@ (?:still )?(?:eat|drink) (?!on|at|in)|allerg|intoleran|@ (?:can not|not|can) (?:still )?(?:eat|have|drink|tolerate)|@'s diet|(?:be )?@ (?:be )?(?:a )?(?:vegetarian|vegan|coeliac|celiac|pescatarian)|dietary|allow to (?:eat|have|drink)|food .*avoid|@ avoid|@ react|what .*(?:bring @ out|make @ (?:ill|sick|sneeze))",
        said=r"@ (?:be |have )?.*(?:allerg|intoleran)|allerg|hay fever|@ (?:be|go(?:_ed)?|turn(?:_ed)?) (?:an? |now )?(?:strict |lifelong |mostly )?(?:vegetarian|vegan|veggie|coeliac|celiac|pescatarian|teetotal|diabetic)|@ (?:can not|not|never|do not|will not) (?:\w+ )?(?:eat|have|drink|tolerate|touch|digest)|@ (?:avoid|give_ed up|give up)|bring @ out|make @ (?:ill|sick|sneeze|swell|itch|poorly)|@ (?:swell|come) (?:up|out) |@ be (?:lactose|gluten)|@ can not (?:gluten|dairy|lactose|nut|peanut|shellfish|wheat|egg|soy|fish|sesame|meat)|@ react|@ be off (?!to|work|on|for|in)",
    ),
    Attribute(name="habit", asked=r"(?!)", said=r"@ (?:only |never )?(?:eat|drink)\b"),  # for yes or no
    Attribute(
        name="breed",
        asked=r"(?:what|which) (?:breed|kind|sort|type)(?: of \w+)? be @|@'s breed|what be @$",
        said=r"@|it",
        answer="breed",
    ),
    Attribute(
        name="medicine",
        asked=r"(?:what|which).*(?:medicine|medication|tablet|pill|drug|inhaler|antidepressant|painkiller).*@ |@'s (?:medicine|medication|meds|tablet|prescription)|@ take for|@ be prescribe",
        said=r"@ (?:take|be (?:now )?on|be prescribe|have be prescribe|use|inject) .*(?:once|twice|\d+ times|daily|every|a day|mg|each|tablet|pill|inhaler|for (?:@'s|the|my)|medic|dose|prescri)|@'s (?:medic|meds|tablet|inhaler|prescription)",
    ),
    Attribute(
        name="hobby",
        asked=r"@'s (?:hobby|hobbie|pastime|interest|free time|spare time)|what .*@ do (?:for fun|to relax|in (?:@'s|the|their|my) (?:free|spare)|at (?:the )?weekend|on (?:saturday|sunday|the weekend|weekend)|at weekend|in the evening|after work|outside work|to unwind|to wind down|when @ be not work)|how .*@ (?:spend @'s|spend (?:the|a) weekend|relax|unwind|wind down)|what .*@ (?:enjoy|like) (?:do|to do)|what be @ into|(?:which|what) (?:hobby|hobbie)|for fun|(?:@'s|a) weekend (?:look|be)",
        said=r"(?:(?:every|most|on|at) (?:saturday|sunday|weekend|friday|evening|Saturday|Sunday|Friday)|weekend).*@|@ .*(?:every|most|on|at the|at) (?:saturday|sunday|weekend|evening|Saturday|Sunday|friday night)|@ (?:collect|paint|knit|crochet|sew|quilt|garden|bake|climb|boulder|sing|dance|fish|sail|surf|kayak|birdwatch|sketch|draw|swim|hike|cycle)\b|@ (?:go|be into|love|enjoy|like|take(?:_ed)? up|get(?:_ed)? into|be get into|start|do a lot of|spend .*|do|be obsess with|be addict to|be hook on) .*?\w+ing\b|@ (?:play|be learn to play|be in a|belong to|volunteer|train for|be member of|be a keen|be a big)|@'s hobby|@'s thing be|@ be into|hobby|in @'s (?:spare|free) time|@ take(?:_ed)? up|to relax|wind down|unwind",
    ),
    Attribute(
        name="dislike",
        asked=r"@ (?:hate|not like|dislike|can not stand|not enjoy|loathe|detest|not care for|can not bear|be not keen)|@'s (?:least favo[u]?rite|pet (?:hate|peeve))|drive @ (?:mad|crazy)|annoy @|get on @'s nerve|@ be (?:afraid|scared|frightened|terrified|scare)|@'s (?:phobia|fear)",
        said=r"@ (?:really |absolutely )?(?:hate|not (?:really )?(?:like|enjoy|care for)|dislike|can not (?:stand|bear|abide|do|face)|loathe|detest|despise|never (?:like|liked))|@ be not (?:a fan|keen|into|big on|a \w+ (?:person|fan))|not @'s (?:thing|cup|favourite)|drive @ (?:mad|crazy|nut|up)|annoy @|get on @'s|make @ (?:sick|gag|heave|mad)|@ be (?:afraid|scared|frightened|terrified|petrified|scare|terrify) of|@'s (?:pet (?:hate|peeve)|phobia|least)|do nothing for @|never like(?:_ed)?|put @ off|turn @'s stomach|@ be no fan",
    ),
    Attribute(
        name="like",
        asked=r"@'s favo[u]?rite|@ (?:like|love|enjoy|prefer|adore)\b|@ be (?:a fan of|fond of|into|keen on)|@'s (?:taste|go - to|usual|preference)|what .*@ (?:usually )?(?:drink|order|listen to)|how @ (?:take|like|have|drink|eat) ",
        said=r"@'s .*favo[u]?rite|favo[u]?rite of @|@ (?:really |absolutely |just |do )?(?:like|love|enjoy|prefer|adore|live for|swear by|worship)\b|@ (?:be|have be|get(?:_ed)?) .*(?:fan of|into|mad about|crazy about|obsess|addict|hook on|keen on|fond of|partial to|big on|nuts about|a sucker for)|@ be (?:more of |very much )?an? {ADJ}(?:person|fan|lover|addict|drinker|man|woman|girl|fiend|nut)|can not (?:get enough|live without|resist|beat|start .* without)|@'s (?:go - to|usual|guilty pleasure|weakness|comfort|drink|cup)|be @'s (?:thing|jam|weakness)|@ (?:always |only )?(?:drink|order|listen to)\b|@ (?:take|have|drink|eat) (?:@'s|it)|@ be all about|nothing beat|give @ .* any day",
    ),
)
