"""Sexuality: whom somebody loves, who they are in that respect, and their sex life; not lines, oil and printers."""

from .reading import Category, pattern

SEXUALITY = Category(
    name="sexuality",
    says="sexuality and sex life",
    plain=pattern(
        r"sex|sexual(?:ly|ity)?|virginity|virgin|slept together|sleep together|sleep with (?:him|her|them|men|women|other|each|my|a|an|someone|people|anyone)|sleeps with|in bed with|made out with|bedroom problems|intimacy|intimate (?:with|since|again|life)|assigned (?:male|female) at birth|afab|amab|"
        r"estradiol|oestradiol|testosterone|hormone (?:therapy|replacement|blockers?)|puberty blockers|spironolactone|misgendered|pronouns|born (?:a|as a|in the wrong) (?:boy|girl|man|woman|body|male|female)|lived as a? ?(?:man|woman|\w+ since)|(?:male|female|gay|lesbian|same-gender) couple|wlw|mlm|sapphic|butch|femme|twink|"
        r"down low|bathhouse|cruising|cottaging|strap-on|vibrators?|dildo|lube|aftercare|dominant in bed|submissive|swap partners|wife swap|adulter\w+|infidelity|unfaithful|mistress|my lover|ex-lover|tinder|feeld|"
        r"gay|lesbians?|bisexual|bi-?curious|queer|trans|transgender|trans(?:sexual| (?:man|woman|guy|girl|masc|femme))|non-?binary|enby|genderfluid|gender ?queer|agender|asexual|aromantic|aro ?ace|demisexual|"
        r"pansexual|omnisexual|homosexual|heterosexual|intersex|lgbt\w*\+?|same[- ]sex|sexual(?:ity)? orientation|sexuality|sexual preference|sex life|sex drive|libido|sexual (?:partners?|history|problems?|dysfunction|relationship|encounter|fantas\w+|health)|"
        r"erectile dysfunction|erection|viagra|cialis|premature ejaculation|orgasms?|masturbat\w+|porn(?:ography)?|condoms?|one[- ]night stands?|hook(?:ed|ing)?[- ]?ups?(?= with| last| culture| from| app)|grindr|scruff|threesomes?|swingers?|swinging with|"
        r"polyamor(?:y|ous)|polycule|open (?:relationship|marriage)|throuple|kink(?:y|s)?|bdsm|fetish(?:es)?|dominatrix|sugar (?:daddy|baby)|onlyfans|sex ?work(?:er)?|escort|gender (?:dysphoria|reassignment|affirm\w+|identity)|top surgery|bottom surgery|"
        r"transition(?:ed|ing) (?:from (?:male|female)|to (?:male|female)|last|at|medically|socially|in my|years)|dead ?name|drag (?:queen|king)|closeted|in the closet|affair with (?:a|my|his|her|another|someone|married)|sext(?:s|ing|ed)?|nudes|"
        r"friends with benefits|fwb|celibate|celibacy|sleeping with|slept with|having sex|had sex|have sex|made love|making love|sex with|sexually (?:active|attracted|assaulted|abused|frustrated|involved)|attracted to (?:men|women|both|girls|boys|guys|other (?:men|women)|the same)|aroused"
    ),
    framed=pattern(
        r"(?:came|come|coming|comes) out (?:as|to (?:my|his|her|their|our|the family|everyone|me|mum|mom|dad|friends))",
        r"(?:came|coming|come) out (?:at|when i was|in my|years ago|last year|of the closet|publicly)(?= |$|\.)(?=.*\b(?:closet|parents|family|gay|lesbian|bi|trans|queer|\d\d|high school|college|university)\b)",
        r"(?:i'm|i am|he's|she's|he is|she is|they're|am|identify as|identifies as|as|turns out i'm|that i'm) (?:\w+ )?(?:bi|ace|straight|pan|poly|a virgin|still a virgin|a top|a bottom|into (?:men|women|girls|guys|boys|both))(?=[ .,!;]|$)(?! (?:lingual|annual|weekly|back|up|to|on|out|forward|after|from|shot|a's|student|in the|hair|pizza|at|hungry|flute|about (?:it|this)))",
        r"(?:i|he|she|they|we) (?:only )?(?:date|dates|dated|fancy|fancies|like|likes|love|loves|prefer|prefers) (?:both )?(?:men|women|girls|guys|boys)(?: and (?:women|men|girls|boys))?(?=[ .,!]|$)(?!'s)",
        r"my (?:pronouns are|top surgery|transition|coming out|boyfriend and i are both men|first time with a)",
        r"(?:he|she|they)/(?:him|her|them)",
        r"(?:marriage|wife|husband|partner|we|i|relationship)[^.]{0,40}(?:no intimacy|hasn't touched me|sexless|in bed together|dead bedroom|don't have sex|stopped having sex)",
        r"(?:seeing|dating|sleeping with) (?:two|three|several|both|other) (?:guys|men|women|girls|people|partners)",
        r"de-?transition\w*",
        r"sexless marriage",
        r"(?:cheat(?:ed|ing|s) on (?:me|him|her|my|his|their)|(?:having|had|has) an affair)(?! of the heart)",
        r"(?:i'm|i am|as|being) (?:a |an )?(?:\w+ )?(?:gay|lesbian|trans|queer|bi|bisexual) (?:man|woman|person|guy|teen|dad|mum|couple)",
        r"(?:his|her) (?:husband|boyfriend) and (?:him|he)|two (?:mums|moms|dads)|my two (?:mums|moms|dads)",
        r"(?:marched|went|going|go|walked|been) (?:\w+ ){0,3}(?:to|in|at) (?:\w+ )?pride(?! and)",
        r"(?:gay|lesbian|queer) (?:bar|club|dating|scene|wedding|couple|community|friends?)(?=.*\b(?:i|my|we|our|us)\b)",
        r"(?:goes|go|going|went) by (?:'|\"|“|‘)?(?:she|he|they|her|him)",
        r"identif(?:y|ies|ied) as (?:a |an )?(?:\w+)",
        r"changed (?:my|his|her|their) name (?:to|and gender|after transition)",
        r"(?:i'm|i am|im|as) (?:a |an )?(?:man|guy|dude|bloke|male|woman|girl|female|lady)\b[^.]{0,80}\b(?:boyfriend|husband|girlfriend|wife|another (?:man|woman|guy|girl)|crush|male|female|attracted|partner)",
        r"(?:boyfriend|husband|girlfriend|wife|another (?:man|woman|guy|girl)|partner is a (?:man|woman))\b[^.]{0,60}\bi'?m (?:a |an )?(?:man|guy|dude|woman|girl|too)|partner is a (?:man|woman)",
        r"(?:daughter|sister|niece|granddaughter|mum|mother|aunt|she)(?:'s)? (?:\w+ ){0,3}(?:her )?(?:new )?(?:girlfriend|wife)",
        r"(?:son|brother|nephew|grandson|dad|father|uncle|he)(?:'s)? (?:\w+ ){0,3}(?:his )?(?:new )?(?:boyfriend|husband)",
        r"(?:kiss(?:ed|ing)?|crush on|in love with|fell for|date with|dating) (?:\w+ ){0,3}(?:another (?:man|woman|guy|girl)|(?:male|female) \w+|(?:men|women) and (?:men|women)|both)",
        r"(?:i|she|he|we|they) (?:\w+ )?(?:take|takes|taking|went on|started|on) (?:\w+ )?(?:testosterone|estrogen|oestrogen|hormones|prep|puberty blockers)",
    ),
    looks_like=pattern(
        r"opposite sex|fair sex|sex (?:of|education|ratio|discrimination|equality|pistols|chromosome)|(?:faithful|unfaithful) (?:to the (?:book|original|recipe|source)|translation|adaptation|companion|customer|reader|dog|fan|copy|reproduction|rendition)|yours faithfully|(?:blood |brown |caster |icing |no |less |of |in |cane |palm |coconut |add |the |low |refined |added )sugar|sugar (?:cubes?|free|rush|intake|level|in|and|cane|snap|tax|bowl)|sugar$|(?:a |the |my |loose )(?:bow|door|cabinet|hose|cupboard) hinge|hinges?(?! date)|bumble ?bees?|(?:tinder(?:box| dry)|dry tinder)|virgin (?:forest|snow)|lube (?:the|my|for my) (?:chain|bike|lock)|chain lube|cruising (?:speed|altitude|along|at|around|down|the (?:fjords|nile|med))|submissive (?:dog|tail)|intimate (?:venue|concert|gig|knowledge|restaurant|dinner|gathering)|pronouns? (?:in|of|quiz|chart)|(?:german|french|latin|spanish|object|relative|subject|personal) pronouns?|femme fatale|prostate|sexual reproduction in|(?:plant|asexual|bird|insect) reproduction|asexual reproduction",
        r"straight (?:line|away|ahead|up|forward|a's|talk\w*|answer|faced?|edge|razor|hair|to (?:the|bed|work|voicemail|my|page)|from|on|through|off|out of|in the|after|hair\w*|jacket|flush|sets?|wins?|into|home|back|down|leg|path|road|shot|days|hours|weeks)|straighten\w*|(?:go|went|keep|walk|drive|get|think|standing|sit|set|stand|sitting|head) straight|straightforward",
        r"marvin gaye?|gay (?:talese|lussac)|gay head|gaye",
        r"(?:came|come|comes|coming) out (?:of (?:the (?:oven|shower|meeting|wash|blue|exam|printer|woodwork|box|bedroom|interview|cinema|house|water|surgery|sun|recession|shop|hospital)|nowhere|retirement|hibernation|my|his|surgery|the \w+ (?:oven|meeting))|in (?:cinemas|theaters|paperback|march|may|june|september|spring|autumn|\d+|stores)|next|on (?:friday|top|vinyl|netflix|dvd|switch|\w+day|time|sunday)|well|great|perfect\w*|wrong|badly|blurry|burnt|soggy|dry|fine|nicely|lovely|delicious|better|this|tomorrow|last (?:week|friday|month)|today|weird|for (?:a )?(?:drinks?|dinner|walk|lunch)|with (?:us|a new|me)|to (?:play|help|support us|see us|the garden|rave|£|\$|\d+|great|mixed|a total)|later|fighting|ahead|swinging|strong|flat|crispy)",
        r"bi-?(?:weekly|annual|lingual|monthly|yearly|ped|folds?|plane|polar|directional|cycle|noculars|focals?|ceps?)|power bi|bi (?:dashboard|tool|report|developer|analyst|team)|business intelligence",
        r"trans(?:-| )?(?:siberian|atlantic|pennine|continental|fats?|am|europe|port\w*|fer\w*|late\w*|action\w*|mission|parent\w*|plant\w*|it|cript\w*|form\w*|alpine|pacific|pond|isomers?)",
        r"transition(?:ed|ing|s)? (?:to|from|into|between) (?:\w+ ){0,2}(?:remote|typescript|work|management|college|university|solid|python|renewable|office|winter|decaf|a new|the new|primary|secondary|home|cloud|full-?time|part-?time|civilian|freelance|leadership|agile|electric|scenes?|slides?|shots?)|css transition|transition (?:effect|animation|period|metal|team|plan|lenses)",
        r"sexy (?:design|car|voice|ui|font|beast|interface|headline|topic|curves|new|code|name)|unsexy|not (?:very |a )?sexy|sex (?:pistols|and the city|education (?:on netflix|season|series)|ratio|chromosomes?|of the (?:baby|kitten|puppy|chick\w*))|sex-linked|(?:the|what) sex (?:of|is) (?:the|it|our baby|your)|same-sex (?:schools?|classes|education|dormitor\w+)|single-sex",
        r"(?:extra[- ])?virgin (?:olive|coconut|oil|mojito|media|atlantic|trains?|galactic|islands?|active|radio|money|mary|colada|soil|forest|territory|megastore|gin|suicides|wool|daiquiri|snow|planet|voyages)|virgin (?:queen|birth)|virgin to (?:camping|skiing)",
        r"(?:love|foreign|current|family|state|external|public|consumer|casual|two-day|sad|lavish|corporate|small|student|black[- ]tie|home|internal|simple|grand|low-key|quiet|annual) affairs?|affair with (?:chocolate|coffee|cheese|italy|paris|food|books?|jazz|carbs|cooking|cycling|cars|japan|france|spain|vinyl|baking)",
        r"hook(?:ed|ing|s)? (?:\w+ )?up (?:the |my |a |our |to the |with (?:a |an |some |the )?(?:discount|free|tickets|job|internet|electricity|vpn|ethernet|wifi|deal|good|great))|hook-?up (?:wire|cable|at the campsite|for the caravan)|electric hook-?up",
        r"orientation (?:week|day|session|lock|of (?:the|my)|meeting|programme|program|sensor|packet|leader)|(?:landscape|portrait|screen|page|phone|spatial|object[- ]|career|house) ?orient\w+|orienteering",
        r"(?:business|tennis|lab|gym|study|doubles|dance|duet|running|training|law|senior|managing|chess|climbing|accountability|golf|bridge|conversation|crime) partners?",
        r"pride and prejudice|(?:take|takes|took|taking|such|my|his|her|a|of|full of|swallow\w*|with|national|civic|great|local) (?:\w+ )?pride(?! (?:parade|march|festival|month|weekend|event|flag|week))|pride (?:of (?:lions|place|rock|britain)|in (?:my|his|her|their|our|the) (?:work|garden|team|cooking|town|city|job))|kia pride",
        r"drag (?:and|&|n) ?drop|drag (?:race|racing|coefficient|king'?s cross|me|it|him|her|the|on|my|to|queen bee)|(?:a|such a|real|wind|what a|air|induced) drag(?! (?:queen|king|show|brunch|night|artist|performer))",
        r"poly(?:gon\w*|ester|mer\w*|glot|technic|math|nomial\w*|morphi\w+|carbonate|urethane|styrene|filla|tunnel|phonic|clinic)",
        r"(?:ace|pan) (?:ventura|hardware|frehley|of (?:spades|base|hearts|cakes)|the|my|an?|at|that|fry\w*|pipes?|pizza|sear\w*|am|handle|african|seared|and wok)|frying pan|peter pan|pots and pans|i'm ace at",
        r"kinks? (?:in (?:the |my |a )?(?:hose|cable|neck|plan|chain|pipe|system|schedule|tail|armou?r|back|spine|code|process)|out)|the kinks|iron(?:ed|ing)? out (?:the |some |a few )?kinks|work(?:ed|ing)? out (?:the |some |a few )?kinks|kinky (?:boots|hair|curl\w*)|kinkajou",
        r"(?:book|food|stationery|car|train|shoe|gadget|house|tool|property|earth|word|map|travel|nature|plant|disaster|ruin|kitchen|interior|bookshelf) porn(?:ography)?",
        r"(?:police|armed|motorcycle|naval|security|mission|medical|quest|ford|military|convoy) escort|escort (?:quest|mission|me (?:to|out)|you (?:to|out)|him (?:to|out)|them (?:to|out)|the (?:children|president|visitors|vip|group|guests))|ford escort|escort(?:ed|ing)? (?:to|out|from|by|off|me|him|her|them|us)(?: (?:the|my|to|out|off))?",
        r"swing(?:ing|ers?)? (?:dance|dancing|set|voter|state|music|by|low|bridge|club in golf|golf|kettlebells?|seat|band|trade|trader|class|shift|for the fences)|golf swing",
        r"fetish(?:i[sz]e)? (?:for (?:stationery|notebooks|fonts|gadgets|deadlines|spreadsheets|lists)|of data)",
        r"nude(?:s)? (?:colou?r\w*|lipstick|shade|heels|tights|nail|painting|study|portrait|drawing|sculpture|tones?|in (?:art|the louvre))|mole rats?|life drawing nudes?",
        r"queer (?:as folk|eye|theory|studies|street|fish|feeling|sort of|noise|smell|pitch|the pitch)|a queer (?:feeling|thing|old|noise|fellow|smell)",
        r"gay (?:paree|abandon|colou?rs|bunting|laughter)|with gay abandon",
        r"attracted to (?:the (?:idea|light|job|city|place|role|smell)|light|magnets?|bright|this|that|working|shiny|metal|minimal\w+)",
        r"aroused (?:my |her |his |the |our )?(?:suspicion|curiosity|interest|anger|attention)",
        r"condom(?:inium\w*|s? (?:machine joke))|condos?",
        r"celibate (?:monks?|priests?)",
        r"slept with (?:the (?:window|light|door|lights|tv|radio|heating|fan)|a|my (?:phone|socks|window|glasses|makeup|contacts|teddy)|earplugs|no|two (?:pillows|blankets)|an?)|sleeping with (?:the (?:window|light|door|tv|fan|fishes)|a|an|earplugs|my (?:phone|socks|window)|white noise|no)",
        r"(?:my|the|whole|drug) trans(?:late|fer|port)",
        r"threesome (?:ahead|in golf|on the (?:golf )?course|played|teed)|golf threesome",
        r"sex worker (?:rights article|documentary)",
    ),
)
