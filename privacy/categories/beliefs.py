"""Beliefs: religion, its absence, and convictions held like one; of people, not of buildings and figures of speech."""

from .reading import Category, pattern

_NAMES = (
    r"muslims?|islam|sunni|shia|sufi|ismaili|catholic(?:ism)?|protestants?|anglican|lutheran|methodist|presbyterian|baptist|pentecostal|"
    r"evangelical christian|evangelicals?|christianity|jew|jewish|judaism|hindu(?:ism)?|buddhis(?:t|m)|sikh(?:ism)?|jains?|taois[tm]|bah[aá]'?[ií]|"
    r"atheis(?:t|m)|agnostic|mormons?|lds|jehovah'?s witness(?:es)?|quakers?|seventh[- ]day adventists?|scientolog(?:y|ist)|pagans?|wicca(?:n)?|druids?|satanist|"
    r"rastafari(?:an)?|zoroastrian|humanist|born[- ]again|non-?religious|religious|secular jew|spiritual but not religious|ex-(?:muslim|catholic|mormon|jw|christian)"
)
_PRACTICE = (
    r"bapti[sz](?:ed|m)|christened|first communion|holy communion|communion|confirmed in the church|bar mitzvah|bat mitzvah|ramadan|eid|"
    r"iftar|suhoor|hanukkah|shabbat|shabbos|sabbath|yom kippur|passover|rosh hashanah|seder|kosher|halal|hijab|niqab|kippah|yarmulke|turban|kirpan|"
    r"rosary|bible study|bible group|quran|qur'an|koran|torah|scripture|hajj|umrah|pilgrimage to (?:mecca|lourdes)|mecca|tithe|tithing|altar (?:boy|server)|"
    r"sunday school|youth pastor|parish|congregation|mosque|synagogue|gurdwara|shul|meditat\w+ at the temple|sangha|dharma|puja|diwali prayers|"
    r"seminary|ordained|missionary|my faith|(?:his|her|their|our) faith|faith in god|religion|my beliefs|prays?|praying|prayers?|worship(?:ped|ping)?|"
    r"i believe in god|believes? in god|don't believe in (?:god|any god|an afterlife)|doesn't believe in god|believe in (?:allah|jesus|reincarnation|karma)|"
    r"jesus|allah|the lord|holy spirit|god's (?:will|plan|love)|conscientious objector|pacifist|ethical vegan|lent|ash wednesday|church choir|church group"
)
_MORE = (
    r"deacon(?:ess)?|nun|convent|monk|monastery|madras(?:a|ah)|kabbal(?:a|ah)|cantor|chaplain|catechism|christening|baptism|godparents? at|easter (?:vigil|mass|service)|holy week|novena|the saints|saint'?s day|salah|salat|fajr|maghrib|isha|zakat|tefillin|tzitzit|mezuzah|minyan|mikveh|"
    r"langar|santer[ií]a|candombl[eé]|voodoo|vodou|shinto|shaman\w*|kingdom hall|temple garments|temple recommend|vipassana|took refuge|reincarnation|afterlife|my soul|his soul|her soul|church|choir practice at church|godless|heathen|infidel|apostate|heretic|excommunicated|unbaptised|unbaptized|"
    r"sermons?|gospel|psalms?|hymns?|liturgy|eucharist|crucifix|holy water|prayer (?:group|mat|rug|beads|room|book|meeting|times)|praise band|worship (?:band|team|leader)|youth group|faith (?:community|group|school|leader)|god|christ|krishna|shiva|ganesh\w*|guru granth|ashram|mantras?|sutras?|"
    r"bible|faith|religious school|saints?|vow(?:ed)? to (?:god|saint \w+|st \w+|the virgin)|amish|mennonites?|parish council|hutterite|unitarian|coptic|maronite|druze|yazidi|alevi|ahmadi\w*|hare krishna|falun gong|freemason|theosoph\w+|animis[mt]|polytheis[mt]|deis[mt]|nonbeliever|non-believer|unbeliever|secular(?:ist)?|skeptic about god|believer"
)

BELIEFS = Category(
    name="beliefs",
    says="religion and beliefs",
    plain=pattern(_NAMES, _PRACTICE, _MORE),
    framed=pattern(
        r"(?:i'm|i am|he's|she's|he is|she is|we're|we are|they're|they are|as an?|being an?|is an?|was raised|raised|grew up|brought up|family is|parents are|married an?|a (?:devout|practi[sc]ing|lapsed|committed)) (?:\w+ )?(?:christians?|orthodox|believers?|god-fearing)",
        r"(?:go|goes|going|went|gone) to (?:\w+ )?(?:church|mass|mosque|temple|synagogue|confession|friday prayers|evensong|services?)(?: (?:every|on|each|with|again|together|regularly))?",
        r"(?:my|our|his|her|their) (?:\w+ )?(?:church|pastor|priest|imam|rabbi|vicar|guru|temple|mosque|synagogue|congregation|god)",
        r"(?:vegan|vegetarian|plant-based|pacifist|childfree|abstain|teetotal)\w* (?:because|since|as|for|out of)[^.]{0,30}(?:believe|convinced|conviction|ethical|moral|wrong|right|conscience|principle|religio\w+|karma|ahimsa|faith)",
        r"(?:meat|milk|dairy)[^.]{0,25}(?:separate|two sets)|two sets of (?:dishes|plates|pans)",
        r"(?:don't|doesn't|never|not allowed to|won't|can't) (?:eat|work|drive|drink|touch|handle) (?:\w+ ){0,3}(?:on (?:saturdays?|the sabbath|fridays?|sundays?)|for religious|because of (?:my|his|her|our) (?:religion|faith))|(?:i|we|he|she) (?:don't|doesn't) eat (?:pork|beef) (?:because|for|as|since|and)",
        r"at church",
        r"church (?:every|on sundays?|member|community|service|last sunday|this sunday)",
        r"sunday (?:mass|service|worship)",
        r"(?:converted|converting|convert|conversion) to (?:islam|christianity|judaism|buddhism|hinduism|catholicism|orthodox\w*|sikhism|mormonism)",
        r"(?:lost|losing|found|left|leaving|questioning|renounced) (?:my|his|her|their|our|the) (?:faith|religion|church|god)",
        r"found (?:god|jesus)",
        r"(?:stopped|no longer) believ(?:e|es|ing)",
        r"(?:i'm|i am|we're|she's|he's|they're) fasting(?: for| during|$)?",
        r"(?:thank|praise|trust in|serve|pray to) (?:god|allah|jesus|the lord) (?:for|every|daily|that my)",
        r"(?:practi[sc]ing|devout|lapsed|observant|strict|reform|orthodox|liberal) (?:christian|jew|jewish|muslim|catholic|hindu|buddhist)",
    ),
    looks_like=pattern(
        r"religiously",
        r"evangelist",
        r"(?:apple|tech|developer|product|brand) evangeli\w+",
        r"holy (?:cow|moly|grail|crap|smoke\w*|shit|guacamole|trinity of)",
        r"(?:oh|omg|dear|good|thank|for|my|swear to) (?:my )?god(?:'s sake|ness)?(?! (?:for (?:saving|my|his|her)|every))",
        r"god (?:knows|forbid|mode|damn|willing it works|tier|complex|awful)",
        r"goddamn",
        r"jesus(?: christ)?(?=[,!]| (?:that|what|this|the|it|i'm tired))",
        r"(?:for )?christ'?s sake",
        r"(?:the )?(?:\w+ )?bible of (?:\w+)",
        r"(?:cook|style|baking|fashion|gardening|javascript|knitting|cooking|show|series|brewing)(?:ing)? bible",
        r"(?:convert(?:ed|ing|s)?|conversion) (?:\w+ ){0,3}to (?:pdf|csv|celsius|metric|euros?|dollars|mp3|a \w+|decaf|android|linux|python|electric|json|word|tea|coffee|oat)",
        r"preach(?:ing|ed)? to the (?:choir|converted)",
        r"devil'?s advocate",
        r"(?:good|bad|blind|leap of) faith",
        r"faith in (?:you|him|her|them|the (?:team|process|system|project|market)|my|our|humanity|people|this|that|technology|science)",
        r"pray(?:ing|ed|ers?|s)? (?:that |for |to )?(?:the |it |this |my |no |we |they |he |she |our )?(?:\w+ )?(?:the build|build|weather|bus|train|wifi|server|deploy\w*|rain|snow|sun|sunshine|traffic|goal|tests?|code|team|car|works?|dinner|printer|battery|exam is|delay\w*|parking)",
        r"pray(?:ing)? mantis",
        r"on a wing and a prayer",
        r"prayer plant",
        r"not have a prayer|doesn't have a prayer",
        r"cult (?:classic|following|film|movie|series|hit)",
        r"(?:design|agile|cult|coffee|wine|self-help|crypto|marketing|ui|excel|tax|fitness) (?:guru|religion)",
        r"(?:is|like|almost|practically|football|running|crossfit|coffee|cricket) (?:is )?(?:a |my |our |his |her )?religion(?: (?:here|in|to|for) \w+)?(?= here| to (?:me|him|her|us)| for (?:me|him|her)| in this)",
        r"(?:football|running|coffee|cricket|cycling|barbecue|rugby|hockey|surfing|food) is (?:like )?(?:a |my |our |his |her )?(?:\w+ )?religion",
        r"(?:coffee|morning|evening|daily|bedtime) ritual",
        r"(?:karma|zen) (?:points?|mode|garden|browser)",
        r"nirvana",
        r"temple run|temple bar|shirley temple|temple (?:university|tour|ruins|visit)|angkor \w*|greek temples?",
        r"(?:christian|jesus|grace|dean|pope|abbott|bishop|mohammed|moses|eve|adam|noah|isaiah) (?:bale|dior|louboutin|slater|ronaldo|hill|jones|francis (?:visit)?|is (?:coming|late|my|picking|bringing|at|on|cooking|driving|the)|and i|from (?:work|accounting|school|hr)|said|told|called|texted|wants|asked)",
        r"confession ?:|confession time|guilty confession|true confessions?|i have a confession|have to confess|i confess",
        r"mass (?:production|spectrometer|market|media|effect|email|transit|index|shooting|of|extinction|destruction|storage|layoffs)|(?:critical|body|land|muscle|solar|bone) mass",
        r"(?:un)?orthodox (?:approach|method|way|solution|idea|view|technique|opening|style)|unorthodox|(?:a |more |very )orthodox (?:method|view|approach)",
        r"lent (?:me|him|her|them|us|my|his|out|it|a|the|some|to|you)",
        r"(?:i|he|she|we|they|who|had|have|has|been|was) (?:\w+ )?lent",
        r"(?:catholic|eclectic and catholic) (?:taste|tastes)",
        r"catholic (?:school uniform)",
        r"baptism (?:of|by) fire",
        r"worship(?:ped|s|ping)? (?:the ground|at the altar of|that band|this band|her work|his work|their coffee|beyonc\w+)|hero worship\w*|sun[- ]?worship\w*|celebrity worship",
        r"(?:mecca|temple|shrine|cathedral|church) (?:for|of|to) (?:shopp\w+|surf\w+|food\w*|coffee|fashion|music|sneaker\w*|design\w*|knit\w*|cyclists|gamers|football|wine|speed|modern\w*|chess|climb\w+|skat\w+|beer|tech\w*)",
        r"(?:saint|st\.?|saints) (?:pancras|patrick'?s|george|paul'?s|louis|petersburg|john'?s|bernard|andrews?|ives|albans|helens|fc)",
        r"church (?:street|road|lane|hill|architecture|tower|bells?|ruins?|roof|tour|organ concert|hall (?:booking|hire|for|yoga|sale)|steeple|mouse|key|clock|wedding venue)|(?:next to|past|opposite|behind|near|outside|visited|photograph\w*|restor\w+|left at|right at|by) (?:the |an? |old )?(?:\w+ )?(?:church|mosque|temple|cathedral|synagogue|abbey)",
        r"sagrada \w+|notre[- ]dame|hagia sophia|blue mosque|sistine chapel|westminster abbey",
        r"sunday service (?:on|of|for) (?:the )?(?:bus\w*|trains?|ferr\w+|trams?|timetable)|(?:train|bus|ferry) sunday service",
        r"quaker oats|quaker porridge",
        r"(?:jewish|muslim|catholic|hindu|buddhist|islamic|christian|sikh|protestant) (?:art|architecture|cuisine|cooking|food|recipes?|museum|quarter|cemetery|history|calendar|literature|mythology|rock|music|temples? in|geometry|philosophy (?:course|class|book))",
        r"kosher salt|(?:not|isn't|all|seem\w*|something|doesn't sound) (?:\w+ )?kosher(?= about| here|$|\.)",
        r"halal (?:cart|butcher|restaurant|guys|snack pack|burger|options?)|kosher (?:deli|restaurant|butcher|pickle\w*|options?)",
        r"turban squash|turban shell",
        r"parish (?:records|register|boundar\w+|hall|magazine)|jesus christ superstar|(?:cat|dog|kitten|puppy|she|he|it) (?:\w+ ){0,4}(?:like|as if) (?:\w+ ){0,3}pray\w*",
        r"scripture font",
        r"pilgrimage to (?:the )?(?:ikea|graceland|anfield|disney\w*|bakery|bookshop|costco|old trafford|apple store|comic[- ]con)",
        r"mission(?:ary)? (?:statement|critical|position|control)|missionary zeal",
        r"eid number|e-?id card",
        r"my (?:coffee )?gods?",
        r"(?:greek|norse|roman|egyptian|domestic|sex|guitar|sun|weather|rock) god(?:s|dess)?",
        r"pagan (?:metal|fest)",
        r"druid (?:class|build|character|in)",
        r"confirmed in the church hall",
        r"the lord of the rings|lord of the flies|lord mayor|house of lords|land ?lord",
        r"deity|paladin|cleric(?:al)?",
        r"(?:spiritual|religious) (?:successor|about (?:flossing|my|backups?|stretching|coffee|running|recycling|the gym|sunscreen|skincare))",
        r"(?:strict|very|quite|almost|pretty) religious about \w+",
        r"buddha bowl",
        r"christian name",
        r"(?:my|our|his|her) (?:excel|yoga|tech|fitness|investment|design|css|coffee|sourdough|tax) guru",
    ),
)
