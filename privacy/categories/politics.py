"""Politics: opinions, votes, parties and activism of somebody; not birthday parties, estimates and directions."""

from .reading import Category, pattern

_PARTY = (
    r"labour(?: party)?|the labour|conservatives?|conservative party|tory|tories|lib ?dems?|liberal democrats?|republicans?|democrats?|gop|"
    r"green party|the greens|greens|snp|plaid(?: cymru)?|ukip|reform(?: uk)?|brexit party|sinn f[eé]in|fine gael|fianna f[aá]il|dup|"
    r"peronistas?|peronism|kirchner\w*|lula|bolsonaro|pegida|free voters|freie w[aä]hler|fidesz|orb[aá]n|erdo[gğ]an|akp|chp|hdp|congress party|dmk|anc|eff|democratic alliance|dpp|kmt|pap|meretz|law and justice|civic platform|syriza|five star|lega|forza italia|fratelli d'italia|volt|mdp|vvd|pvv|d66|groenlinks|"
    r"swedish democrats|sweden democrats|moderates|pirate party|people's party|workers'? party|communist party|socialist party|green(?: party)?|national front|milei|petro|amlo|morena|zelensk\w+|putin|navalny|netanyahu|ardern|trudeau|poilievre|albanese|"
    r"afd|cdu|csu|spd|fdp|die linke|die gr[uü]nen|bündnis|rassemblement national|front national|la france insoumise|macron|le pen|m[eé]lenchon|"
    r"trump|biden|harris|obama|bernie(?: sanders)?|sanders|clinton|corbyn|starmer|sunak|farage|boris(?: johnson)?|merkel|scholz|merz|meloni|"
    r"podemos|psoe|vox|partido popular|socialists?|communists?|ndp|bjp|modi|aap|likud|libertarian party|the left|the right|far[- ](?:left|right)|"
    r"leave|remain|brexit|yes campaign|independence|liberals?|centrists?|populists?|marxists?|progressives?"
)

POLITICS = Category(
    name="politics",
    says="political opinions",
    plain=pattern(
        r"left[- ]wing(?:er)?|right[- ]wing(?:er)?|far[- ]left|far[- ]right|centre[- ]left|centre[- ]right|center[- ]left|center[- ]right|socialis[tm]|communis[tm]|marxis[tm]|"
        r"anarchis[tm]|libertarians?|social democrats?|trotskyist|leninist|fascis[tm]|monarchist|republican|democrat|tory|tories|lib ?dem|maga|"
        r"brexiteer|remainer|leaver|pro-(?:life|choice|gun|brexit|remain|eu|palestin\w+|israel\w*|independence|union|migration|immigration)|anti-(?:abortion|immigration|fascist|capitalist|vax\w*|government|war|monarch\w*)|"
        r"political (?:views?|opinions?|beliefs?|party|leanings?|activis[tm]|affiliation|prisoner|refugee|stance|convictions?)|my politics|"
        r"(?:his|her|their|our) politics|canvass(?:ed|ing|er)?|door[- ]knocking|phone[- ]bank(?:ed|ing)?|leaflet(?:ed|ing)? for|party (?:member|membership|conference|activist|card)|"
        r"card[- ]carrying|local councillor|town councillor|blm|black lives matter|extinction rebellion|just stop oil|fridays for future|occupy wall street|greenpeace activist|"
        r"climate (?:activist|protest|strike|march)|women's march|capitol riot|gilets? jaunes?|swing voter|floating voter|registered (?:voter|republican|democrat|independent)|"
        r"feminist activist|civil disobedience|phone ?bank(?:er|ing)?|(?:party|campaign) volunteer|(?:municipal|local|council|parliamentary|party|independent|mayoral|green) candidate|on the (?:\w+ )?(?:party|spd|green|labour|electoral) list|straight (?:\w+ )?ticket|voted (?:by (?:mail|post)|early|in person|absentee)|peronistas?|bolsonarist\w*|kirchnerist\w*|zionist|anti-zionist|abolitionist|suffragist|"
        r"eurosceptic|separatist|secessionist|loyalist|dissident|exile|police (?:baton|kettle)|kettled|tear[- ]gass?ed|(?:g7|g8|g20|wto|anti-\w+|student|pro-\w+) (?:protest|summit protest|demo|march|rally)|petition(?:s|ed)? (?:against|to)|voting record|voted against|my mp|wrote to my (?:mp|senator|congress\w+)|my senator|my congress\w+|"
        r"politically (?:active|engaged|homeless|left|right|conservative|liberal|moderate)|party meeting|branch meeting of the party|ward meeting|constituency|polling (?:agent|clerk)|election (?:observer|volunteer|agent)|teller for the|yard sign|campaign (?:sign|poster|button|badge|rally)|bumper sticker for|spoil(?:ed|t)? (?:my|his|her) ballot|ballot paper|postal vote|absentee ballot|primaries|caucus"
    ),
    framed=pattern(
        rf"(?:vot(?:e|ed|es|ing)|cast (?:my|his|her|a) (?:vote|ballot)|campaign(?:ed|ing|s)?|canvass(?:ed|ing)?|support(?:s|ed|ing|er)?|donat(?:e|ed|es|ing)(?: money)?|volunteer(?:ed|ing|s)?|root(?:ing)?|rall(?:y|ied)|stood|run(?:ning)?|ran|work(?:s|ed|ing)?) (?:\w+ ){{0,3}}(?:{_PARTY})",
        rf"(?:member|supporter|voter|fan|critic|opponent|backer|activist|councillor|candidate|donor) (?:of|for|in|with) (?:\w+ ){{0,2}}(?:{_PARTY})",
        rf"(?:joined|joining|left|quit|belong to|belongs to|signed up (?:to|with)) (?:\w+ )?(?:{_PARTY}|a political party|party youth|the young \w+)(?! (?:lane|turn|side|hand|foot|the|at|on|early|to work|home))",
        r"(?:i'm|i am|he's|she's|he is|she is|we're|we are|they're|they are|a lifelong|a proud|a staunch|a committed|as an?|a die-hard) (?:\w+ ){0,2}(?:republican|democrat|tory|conservative|liberal|socialist|communist|libertarian|marxist|anarchist|nationalist|unionist|monarchist|centrist|feminist|green|leftist|lefty|progressive|trump supporter|labour (?:voter|supporter|member|man|woman)|anti-fascist|eurosceptic|independentist|separatist)(?! (?:about|estimate|with|dresser|investor|of|in my estimates|arts))",
        r"(?:i|we|he|she|they|my \w+) (?:\w+ )?(?:vote|votes|voted|voting) (?:against|in favou?r of|for) (?:\w+ ){0,2}(?:government|mayor|president|prime minister|senator|mp|referendum|brexit|independence|chancellor|congress\w*|governor|abortion|gun control|immigration|monarchy|reform|party)",
        r"(?:i|we|he|she|they|my \w+) (?:\w+ )?(?:vote|votes|voted) (?:left|right|leave|remain|yes|no|tactically|strategically|green|labour|tory|conservative|republican|democrat|independent)",
        r"(?:didn't|don't|never|won't|doesn't|refuse to|not going to) vote (?:in|for any|at|because|this)",
        r"(?:last|next|general|local|presidential|european|midterm) elections?(?=.*\b(?:voted?|voting|campaign\w*|stood|canvass\w*|my vote|candidate)\b)|(?:voted?|voting|campaign\w*|stood|canvass\w*|candidate)\b.*(?:general|local|presidential|european|midterm) elections?",
        r"(?:went|go|going|been|was|were|marched|marching|protest(?:ed|ing|s)?|demonstrat(?:ed|ing)|march|arrested) (?:\w+ ){0,3}(?:to|on|at|against|for|in) (?:\w+ ){0,4}(?:protest|demonstration|demo against|march for|march against|rally for|rally against|sit-in|the war|war|the government|government|deportations?|racism|abortion|gun (?:control|laws)|climate|immigration|police (?:violence|brutality)|pension reform|austerity|genocide|apartheid|occupation|ceasefire)",
        r"(?:stand(?:ing)?|stood|run(?:ning)?|ran) for (?:\w+ )?(?:council|parliament|congress|mayor|office|the senate|mp|election)",
        r"(?:i|we|he|she|they) (?:\w+ )?(?:hate|despise|loathe|can't stand|love|admire|support|oppose|back|detest|trust|don't trust|distrust|blame)s? (?:\w+ )?(?:the (?:government|president|prime minister|tories|democrats|republicans|left|right|afd|far[- ]right|monarchy|royals)|trump|biden|putin|macron|starmer|farage|netanyahu|modi|brexit|capitalism|communism|socialism|immigration policy)",
        r"(?:think|believe|convinced|opinion)s? (?:that )?(?:\w+ ){0,4}(?:abortion|immigration|capitalism|taxes on the rich|the rich should|gun (?:control|ownership)|the monarchy|brexit|the government|the death penalty|nato|open borders|universal basic income|nationali[sz]ation)\b",
        r"(?:lean|leans|leaning|swing|am|to) (?:politically )?(?:to the )?(?:left|right)(?: politically|-leaning| of cent(?:re|er))|politically (?:i'm|i am|left|right|conservative|liberal|\w+)",
        r"(?:vot(?:e|ed|ing)|never vote|won't vote|wouldn't vote) for (?:them|him|her|that party|a party|any of them)(?= |\.|,|$|!)",
        r"(?:stand(?:ing|s)?|running|run|runs|ran|stood|elected) (?:for|to|as) (?:\w+ ){0,3}(?:council|councillor|parliament|mayor|senate|assembly|congress|school board|mp|deputy|office for the)",
        r"(?:the )?(?:far[- ]right|far[- ]left|left|right|government|president|prime minister|chancellor|regime)(?: \w+){0,2} (?:scares?|disgusts?|angers?|worries|appals|lies to|ruin(?:s|ed|ing)|destroy\w*|is (?:ruining|destroying|wrong|right about|corrupt)|should (?:resign|go|be)) ?(?:me|us)?",
        r"(?:been|went|go|goes|marched|march|took|taken|attend\w*|organi[sz]\w+|spoke|arrested|shout\w*|chant\w*)(?: \w+){0,5} (?:protests?|demonstrations?|march(?:es)?|rall(?:y|ies)|sit-ins?|demos?|blockade|occupation|uprising|picket against)(?= |\.|,|$)(?! (?:car|driver|band))",
        r"(?:drugs?|cannabis|weed|abortion|welfare|benefits|taxes|guns|prostitution|immigration|borders?|the monarchy|the rich|rents?|schools?|healthcare|education|meat|private schools|nuclear power|the minimum wage|the death penalty|voting) (?:should|must|ought to) (?:not )?(?:be (?:\w+ )?(?:legal\w*|banned|cut|abolished|raised|lowered|taxed|free|closed|open|illegal|stopped|nationali[sz]ed|capped|scrapped|compulsory)|pay more|go up|go down)",
        r"(?:i|we|he|she|they|my \w+) (?:\w+ )?(?:oppose|opposes|opposed|am against|is against|are against|was against|campaign(?:s|ed)? (?:for|against)|demonstrate against|resist) (?:\w+ ){0,3}(?:war|regime|government|occupation|that|it|them|law|ban|hunt\w*|airport|wall|party|president|policy|reform)",
        r"as a voter",
        r"(?:portrait|picture|bust|poster|flag|statue) of (?:stalin|lenin|mao|hitler|franco|mussolini|che guevara|trump|putin|thatcher|tito|castro|peron)",
        r"(?:huge|big|total|proper|real|hardcore) (?:trump|biden|putin|corbyn|farage|bernie|obama|macron) (?:guy|fan|man|woman|girl|supporter|person)",
        r"(?:super |so |too |very )?woke(?= |$|,|\.)(?! up)",
        r"(?:kinda|kind of|more|quite|pretty|very|rather|deeply|socially|fiscally) (?:\w+ )?(?:conservative|liberal|left|right)(?=,|\.|$| than| and| on (?:immigration|abortion|guns|social))",
        r"(?:republican|democrat(?:ic)?|labour|conservative|tory|socialist|communist|liberal|green) (?:club|association|society|youth|women'?s group|students)",
        r"campaign manager for",
        r"believes? in (?:his|her|their|the party'?s) programme",
        r"(?:hunt )?saboteurs?",
        r"(?:kurdish|catalan|basque|tibetan|uyghur|palestinian|political|human rights|women's rights|civil rights|gay rights|animal rights|environmental|anti-\w+|peace|pro-\w+|student) activist",
        r"(?:signed|signing|started) (?:a|the|that) petition (?:against|for|to (?:stop|ban|abolish|legali[sz]e|impeach|save the nhs))",
    ),
    looks_like=pattern(
        r"(?:birthday|dinner|tea|house|office|christmas|garden|pool|costume|hen|stag|launch|search|third|farewell|leaving|halloween|block|garden|new year'?s|engagement|slumber|wedding|surprise|pizza|retirement|raiding|d&d|watch|dance|cocktail|after) part(?:y|ies)",
        r"party (?:planning|dress|food|hat|games?|bag|at (?:my|his|her|the|our)|of (?:two|three|four|five|six|seven|eight|\d+)|wall|pooper|trick|line|leader in the raid)",
        r"vot(?:e|ed|es|ing) (?:\w+ )?(?:for|on|against|in favou?r of) (?:the |a |an |my |our |his |her |your )?(?:\w+ ){0,3}(?:pizza|sushi|tacos?|film|movie|song|contestant|book|restaurant|logo|player|dessert|name|colou?r|cake|goal|singer|dish|design|jersey|baker|feature|poster|venue|beach|thai|curry|indian|chinese|game|eurovision|strictly|bake off|x factor|album|best|most valuable|mvp|captain|employee|dog|cat|prom|class rep|book club|team name|mascot|flavou?r|takeaway|playlist|thursday|friday|hike)",
        r"(?:eurovision|strictly|x factor|bake off|big brother|love island|idol|mvp|all-?star) (?:vot\w+)|stack ?overflow (?:up|down)?votes?|(?:up|down)vot(?:e|ed|es|ing)|vot(?:e|ed|ing) (?:me|him|her|them) (?:off|out|the)",
        r"labour day|labor day|labour(?: |-)(?:intensive|market|costs?|law|ward|saving|pains?|of love|party at|force|shortage)|labor(?: |-)(?:intensive|market|costs?|ward|of love|saving)|in labou?r|went into labou?r|manual labou?r|labou?r (?:lasted|started|began|was)|child labou?r|division of labou?r|labou?red",
        r"conservativ(?:e|ely) (?:estimate|guess|investor|investment\w*|portfolio|dresser|dress\w*|treatment|approach|driver|budget|figure|forecast|cut|colou?rs?|with|about|in my (?:estimate|spending)|side)|(?:more|very|too|pretty|rather|quite|fairly) conservative (?:with|in|about|estimate|number)|conservation\w*|conservatory|conservatoire",
        r"(?:very |quite |rather |a |too )?liberal (?:user|consumer|applier|tipper|hand|pour\w*) (?:of|with)?|liberal(?:ly)? (?:amounts?|sprinkl\w+|with|dose|helping|pinch|arts|quantity|serving|splash|use|coating|application|butter\w*|season\w*|apply|applied)|apply liberally",
        r"office politics|(?:academic|family|playground|workplace|team|internal|kitchen|departmental|band|committee|school gate) politics|politics (?:of|at|in) (?:the )?(?:office|my office|work|the office|our team|football|fandom|academia)",
        r"(?:turn|turned|keep|on|to|the|my|your|her|his|from|top|bottom|upper|lower|hand|far|second|first|third) (?:the )?(?:left|right)(?=[ ,.]|$)(?! ?-?wing| politically| of centre| party| government)(?! (?:are|is) (?:ruin|destroy|wrong|right|danger))",
        r"left[- ]?(?:winger|wing|back)(?= (?:for|at|in|on|plays?|position|scored|of the (?:plane|building|pitch|museum|house|hospital)|and right wing|back|who|from|against|cross\w*|since|footballer|hockey))|right[- ]?(?:winger|wing|back)(?= (?:for|at|in|on|plays?|position|scored|of the (?:plane|building|pitch|museum|house|hospital)|back|who|from|against|cross\w*|since|footballer|hockey))|plays? (?:on )?(?:the )?(?:left|right)[- ]wing\w*",
        r"(?:marketing|ad|advertising|email|d&d|dnd|dungeons and dragons|kickstarter|crowdfunding|sales|product|fundraising|seo|google ads|awareness|single[- ]player|social media|recruitment|brand|holiday|ppc) campaigns?|campaign (?:setting|map|manager in google|monitor|metrics|brief|roi|budget for the launch)",
        r"green(?:s)? (?:tea|beans?|paint|salad|card|light|screen|house|thumb|curry|smoothie|lentils|belt|room|onions?|energy|pepper|chilli|dress|eyes|walls?|leaves|and|powder|juice|fee)|(?:salad|collard|mustard|spring|mixed|leafy|eat|eating|putting|more|my|bowling|golf|village|beetroot|turnip|baby|dark) greens?|the greens (?:were|are|fast|on the (?:course|golf))|i'm green with envy|green with envy",
        r"(?:president|governor|chair|treasurer|secretary|captain|minister) of (?:the |our |my )?(?:\w+ ){0,2}(?:club|society|committee|association|pta|class|board|band|company|chess|team|choir)|elected (?:\w+ ){0,2}(?:captain|president of|chair|treasurer|class rep|head (?:boy|girl)|secretary|leader of our|mvp)",
        r"banana republic|republic of (?:\w+)|czech republic|dominican republic|people's republic",
        r"(?:industrial|french|russian|digital|kitchen|fitness|cultural|ai|american|velvet) revolution\w*",
        r"reform (?:pilates|my|the sofa)|reformer pilates|(?:reform|remain|leave|independence) (?:day|calm|seated|a (?:message|tip|comment|review|note|voicemail)|the (?:house|office|door|keys|lights|oven|party)|at|early|work|home|for (?:work|the|my|school|the airport)|me|him|her|us|it|on|in|until|by|my|your|his|some|of absence)|(?:annual|maternity|paternity|sick|parental|on|unpaid|study|shore|compassionate|garden|take|taking|my|to|must|have to|will|'ll|i|we|they|should|going to|want to|time to|when) leave|vox (?:populi|pops|media|akuma)|boris bikes?|clinton (?:street|cards)|hill ?ford|(?:dustin|ed|ricky|calvin|steve|neil|kate) \w*|harris(?: tweed|burg| teeter)|trump (?:card|cards?|suit|tower|s\b)|top trumps|no[- ]trumps?|(?:hearts|spades|clubs|diamonds) (?:are |is |were )?trumps?|trumps? (?:everything|all|my|it|that)",
        r"democrat(?:ic|ically)|democrati[sz]e\w*|(?:vote|decided) democratically",
        r"silent protest from my cat|protest(?:ed|s|ing)? (?:too much|when i|at bedtime|loudly when|about bedtime|about (?:the )?(?:broccoli|vegetables|homework|bath))|(?:knees?|stomach|legs?|cat|dog|toddler|kids?|back|car|engine|wallet|body|muscles) (?:\w+ )?(?:protest\w*)",
        r"(?:fire|product|drum|live|a|cooking|quick|free|tech|the) (?:demo|demonstration)(?! against| for (?:peace|palestin\w+|ukrain\w+))|demonstrat(?:ed|e|es|ing) (?:how|the (?:app|product|feature|recipe|technique|device)|to (?:the class|customers|us how)|a|my|our)",
        r"(?:march|marched|marching)(?: \d+| madness|ing band|es? of time|ed (?:in(?:to)?|out|off|up|over|straight|down) (?:the|of|to)|ing (?:in(?:to)?|out|up) )",
        r"rall(?:y|ied|ying) (?:car|driving|driver|championship|point|co-driver|in the (?:second|third|fourth)|the team|stage)|tennis rall\w+|stock rally|market rall\w+|long rall\w+",
        r"political (?:science|thriller|drama|map|satire|comedy|history|cartoon\w*|theory|geography|podcast|correspondent|fiction|novel)",
        r"election (?:night coverage|party|results? (?:page|widget|api)|security software)",
        r"(?:progressive|progressives) (?:rock|metal|lens\w*|web|overload|jpeg|house|enhancement|muscle|loading|insurance|die)|social(?:ly)? (?:distanc\w+|media|security|worker|club|anxiety)|communist[- ]era (?:\w+)",
        r"independence day",
        r"run(?:ning)? for (?:office (?:supplies|furniture)|the (?:bus|train|hills)|charity|fun|an hour|\d+)",
        r"stand(?:ing)? (?:for|in) (?:the )?(?:election of the chess)",
        r"(?:nato|un) phonetic",
        r"taxi? rank",
        r"support(?:s|ed|ing|er)? (?:arsenal|chelsea|liverpool|leeds|everton|celtic|rangers|man \w+|the (?:local )?team|barcelona|the boys|ticket|agent|both teams|dark mode)",
        r"tory (?:burch|lanez)|(?:lava|tory) hills",
    ),
)
