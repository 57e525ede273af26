"""Union: membership and activity in a trade union; not states, sets, reunions and lightning."""

from .reading import Category, pattern

_UNIONS = (
    r"unite the union|unison|gmb|usdaw|tuc|nasuwt|national education union|neu|rmt|aslef|rcn|bma|pcs union|ucu|cwu|nuj|equity|prospect union|ig metall|ver\.?di|dgb|gew|igbce|"
    r"cgt|cfdt|force ouvri[eè]re|ccoo|ugt|cgil|cisl|uil|fnv|cnv|afl-cio|seiu|uaw|teamsters|afscme|aft|cwa|unifor|ibew|sag-aftra|wga|ufcw|liuna|steelworkers union|nurses'? union|teachers'? union|"
    r"rail union|dockers'? union|writers guild|actors'? union|postal workers union|firefighters'? union|fbu|siptu"
)

UNION = Category(
    name="union",
    says="union membership",
    plain=pattern(
        r"unions?|wobblies|iww|may day (?:parade|march|rally)|warning strike|general strike|(?:our|my|the) strike|(?:teachers?|nurses|miners|workers|dockers|drivers|staff|lecturers|doctors|writers|actors|postal|factory|warehouse|garment)'? strike|strike (?:is on its|sign|placard|captain)|our local (?:is|voted|has|meets|won)|local \d+|"
        r"organi[sz](?:e|ed|es|ing) (?:my |our |the |his |her )?(?:co-?workers|colleagues|warehouse|workers|workplace|shop floor|drivers|staff|baristas|team against)|co-?workers'? committee|workers'? (?:rights|movement|committee)|labou?r (?:movement|organi[sz]er|dispute|action)|grievance (?:hearing|procedure|rep)|tarif(?:vertrag|streit)|wage dispute|pay dispute|staff council|confederation|comrades|3f|ituc|"
        r"walkouts?|lockout|scabs|negotiating committee|workers united|red card all|recognition ballot|nlrb|cba negotiations|facility time|"
        r"trade[- ]union\w*|trades[- ]union\w*|labou?r union|shop steward|union (?:member\w*|rep|reps|representative|steward|organi[sz]er|organi[sz]ing|dues|card|meeting|official|branch|delegate|subs|activist|contract|job|man|woman|guy|"
        r"subscription|fees|leader|secretary|treasurer|election|ballot|vote|drive|local|negotiator|lawyer|solicitor|busting|work|shop|hall|backing|protection|newsletter|conference|health plan|pension|wage|scale|negotiations?|bargaining|duties|training day|learning rep)|"
        r"unioni[sz](?:e|ed|ing|ation)|picket(?: line|ed|ing|s)?|collective (?:bargaining|agreement)|industrial action|work[- ]to[- ]rule|strike (?:ballot|pay|fund|committee|vote|day|action|action)|strikebreaker|scab|works council|wildcat strike|staff association|"
        rf"{_UNIONS}|bargaining (?:unit|committee)|betriebsrat|syndicat|sindicato|gewerkschaft\w*|closed shop|staff rep|workers' (?:council|committee|rep\w*)|member of unite|joined unite|in unite\b"
    ),
    framed=pattern(
        r"(?:joined|join|joining|left|leaving|quit|in|with|member of|belong to|belongs to|active in|pay into|rep for|represent\w*|volunteer\w* for|work(?:s|ed|ing)? for|organi[sz]\w+|through|called|contact(?:ed|ing)?|ask(?:ed|ing)?|form(?:ed|ing)?|start(?:ed|ing)?) (?:\w+ ){0,3}(?:union|guild)(?! (?:jack|station|square|pacific|berlin|street|bay|j|of (?:two|sets|the|europe\w*|soviet|south)))",
        r"(?:my|our|his|her|their) (?:\w+ ){0,2}union(?! (?:jack|station|square|berlin|with (?:my|his|her)|of))(?! (?:blessed|was blessed))",
        r"(?:i'm|i am|we're|we are|he's|she's|they're|he is|she is|they are|was|were|went|been|gone|going|out|go|goes|walked out) (?:\w+ )?on strike(?! (?:rate|price))",
        r"(?:i|we|he|she|they|my \w+|nurses|teachers) (?:\w+ )?(?:went|are going|voted to|voting to|will|walked out|voted for|balloted (?:to|for)|might) (?:go on )?(?:strike|walkout)(?! (?:up|a|the|out|gold|oil|me|him|lucky|rate|back))",
        r"(?:striking|strike) (?:with|alongside|for better|for higher|over (?:pay|wages|pensions)|at my|at work)",
        r"union(?=.*\b(?:my (?:boss|employer|manager|pay|contract|grievance|job)|our (?:pay|contract|hours|wages)|i pay|dues)\b)",
    ),
    looks_like=pattern(
        r"called out on strike(?: three| two| one)?|out on strikes?(?: three)?(?= |\.|$)(?=.*\b(?:baseball|player|inning|batter|umpire|pitch\w*)\b)|(?:rotten |garden |wooden |white |our fence'?s? )?pickets? (?:in|of|on) (?:our|the|my) fence|pickets? (?:of|in) (?:the|our|my) (?:garden )?fence|teamsters song|"
        r"european union|(?:the )?eu|soviet union|credit unions?|students?'? unions?|student'?s union|union jack|union (?:of (?:two|sets?|the (?:sets?|two)|both|concerned|europe\w*|utrecht|hearts|souls|crowns|opposites|south|soviet)|all|select|types?|find|station|square|street|road|pacific|berlin|bay|city|flag|army|soldiers?|college|theolog\w+|terminal|market|pool|chapel|coffee|j|bank|canal|club|cabaret|all)|sql union|typescript union|tagged union|discriminated union|(?:set|type|disjoint|tagged|c|sql|table|array) unions?|union(?:ed)? (?:in|the) (?:sql|typescript|c\+\+|tables|query|queries|two|sets|results)|reunion|re-union|civil unions?|rugby union|western union|african union|(?:holy|happy|perfect|blessed|sacred|loving|new|our|marital|lifelong|spiritual|mystical|monetary|customs|postal|telecommunication|personal|this|economic|banking|energy|political) union(?! (?:rep|member|dues|fees))|state of the union|mother'?s union|mothers'? union|union budget|union minister|union territory|confederate and union|the union (?:won|army|soldiers|side|victory|forces|general)|philadelphia union|unionist|act of union|union suit|plumbing union|pipe union",
        r"(?:lightning|bowling|air|drone|missile|bird|pre-?emptive|three|first|second|third|baseball|match|military|rent|hunger|heart|called|a|hail|third) strikes?(?: (?:me|out|zone|price|rate|a|twice|on|and you're))?(?! (?:ballot|pay|fund|committee|action|vote|day|over|at my|at work|because|for better))|strik(?:e|es|ing) (?:a (?:balance|chord|pose|deal|nerve|match|bargain|conversation)|up|gold|oil|out|through|me|him|us|you|it|the (?:right|match|ball|set|clock|bell|word|iron)|fear|twice|distance|resemblance|colou?rs?|features?|view|photo|looking|similar\w*|eyes|that|lucky|back)|(?:struck|strike) (?:by|me|lucky|gold|out|a|up)|strike[- ]?(?:through|zone|rate|price|force|team)|counter-?strike|strikers?|(?:very|most|quite|so|looks|is|was|are|were|really|particularly) striking|hunger strike",
        r"(?:rail|train|tube|bus|airline|airport|postal|ferry|metro|air traffic|pilots?'?|lufthansa|sncf|ryanair|bin|garbage|baggage|transport|s-bahn|uk rail)(?: \w+)? strikes?(?! (?:ballot|pay|i'm|fund))|(?:because of|due to|thanks to|by|during|affected by|stuck|despite|before) (?:the |a |another |yet another )?(?:\w+ )?strikes?(?! ballot)|(?:drivers|pilots|dockers|junior doctors|refuse collectors|trains|buses|bin men|staff at (?:the airport|heathrow)) (?:are|were|went|go) on strike",
        r"(?:laptop|phone|printer|car|fridge|boiler|dishwasher|washing machine|computer|brain|body|wifi|battery|radiator|stomach|oven|heating|cat|dog|hens?|toddler) (?:\w+ )?(?:is|went|has gone|gone|'s|has|are|was|decided to go) (?:\w+ )?on strike",
        r"picket fence\w*|white picket|pickett",
        r"(?:xbox|guild|raid|wow|gaming|eve|warcraft|knitters'?|quilt\w*|embroiderers'?|gamers'?|potters'?|beekeepers'?|baking|weavers'?|model|photographers) ?guilds?|guild (?:wars|hall|master|raid|mates?|leader|chat|ford|house|bank)|guildford|guildhall|in (?:my|our|the|a) guild|(?:my|our|his|her) (?:\w+ )?guild(?! of (?:writers|actors))",
        r"(?:home|private|brand|stock|pay|social|shareholders'?|net|gender|health|sweat|home's|racial|diversity and|in) equity|equity (?:in|partner|stake|release|research|markets?|crowd\w*|fund\w*|analyst|and inclusion|compensation|options?)|scab (?:on|over|off|from|fell|formed|healing)|(?:a|the|my|itchy|knee|picked|pick\w*) scabs?(?! (?:who|labou?r))|unison (?:singing|vibrato|string)|in unison|unite (?:us|the (?:family|kingdom|clans|teams|world|against)|against|two|people|all|both|around|day|behind)|united|marvel contracts|vote? to unite|neu(?:er|es|e)?(?= ulm| in| auf| und)",
    ),
)
