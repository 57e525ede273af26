"""General knowledge about words: which ordinary words are also names, and which words never are one."""

from __future__ import annotations

import re


def word_set(words: str) -> frozenset[str]:
    """Words written one after the other."""
    return frozenset(words.split())


# given names and surnames that English uses for other things: only case or context tells them apart
COMMON_WORDS = word_set(
    "will may mark rose grace hope faith joy art bill bob jack frank dawn april june august summer violet iris ivy lily daisy "
    "ray rich grant chase drew sue pat gene jean dean miles max rob nick king page sky star angel christian dick harry tony guy "
    "young long short small white black brown green gray grey gold silver rusty sandy stormy sunny happy misty crystal amber ruby "
    "pearl jade opal ginger basil sage rosemary olive hazel heather holly autumn winter melody harmony carol gale gay earnest "
    "ernest sterling major rex duke earl baron prince princess bishop pope parson dame lord knight page butler baker cook carter "
    "cooper fisher hunter mason miller shepherd smith taylor turner walker weaver wright porter archer bowman forest forrest wood "
    "woods field fields hill hills brook brooks rivers lake ford banks bridge stone rock cliff dale glen heath marsh moss reed "
    "rush bush berry cherry plum apple bean rice peach bird fox wolf lamb finch swan crane robin jay martin drake buck bear lion "
    "love power price best rich wise noble good bright sharp strong swift moody savage blessing mercy patience charity trinity "
    "destiny chance victor trip skip chip dash blaze ace jet cash penny bond case story law day week monday friday may sun moon "
    "north south east west england france paris london sydney austin dallas houston florence victoria virginia carolina georgia "
    "dakota montana israel jordan chad china india asia kenya verona vienna lee ben ken don ron ed al art ray roy jay van tan bin "
    "an my so do no li lu le la ha na she he sam ian dot ali son tong long man he song bo ma pa mo ra kim park major minor "
    "junior senior jr sr lane street way rider driver singer player"
)
# before or after a name, and never part of it
TITLES = (
    r"mr|mrs|ms|miss|mx|dr|drs|prof|professor|doctor|sir|lady|lord|dame|rev|reverend|father|sister|brother|uncle|auntie|aunt|captain|capt|"
    r"sgt|sergeant|lt|lieutenant|col|colonel|gen|general|coach|judge|officer|senator|president|princess|prince|queen|king|nurse|"
    r"herr|frau|hr|fr|señorita|señora?|sra?|don|doña|monsieur|madame|mademoiselle|mme|mlle|signorina|signora?|sig\\.ra|sig|dott|"
    r"senhora?|meneer|mevrouw|mevr|dhr|mw"
)
FUNCTION_WORDS = word_set(
    "a an the this that these those it its it's is was are were be been am i i'm i've i'll me my mine myself you you're your yours "
    "he he's him his she she's her hers we we're us our ours they they're them their theirs who who's whom whose what what's which "
    "when where why how all any anyone anybody anything both each either every everyone everybody everything few many more most "
    "much neither nobody none nothing one other others several some someone somebody something such same and or but nor so yet if "
    "then than because since until unless while though although as at by for from in into of off on onto out over to under up with "
    "without about above after again against along among around before behind below beneath beside between beyond down during "
    "inside near outside through toward upon within not no yes ok okay yeah yep nope please sorry thanks thank thx ty hi hello hey "
    "howdy yo hiya greetings bye goodbye cheers regards sincerely best dear welcome congrats congratulations lol haha wow oh ah hmm "
    "do does did done have has had having can can't cannot could would should shall won't must let's lets get got goes went gone came "
    "saw seen says said tells told asked needs wants likes knows thinks took makes made gave keeps kept put runs ran uses used tries "
    "works lives loves hates called named known going getting doing being trying living thinking feeling making taking coming leaving "
    "which was is now later soon never always often sometimes usually once still already just also too very really"
)
# at the head of a greeting, in capitals or lower case: never somebody's name
NOT_NAMES = FUNCTION_WORDS | word_set(
    "kinda sorta gonna wanna gotta dunno lemme gimme cuz coz bc tho tbh imo imho omg omfg wtf lmao lmfao rofl idk ikr smh btw fyi nvm jk brb "
    "afk irl ftw rip hahaha hehe lolz yay yass ugh meh aww ooh huh hah duh yikes wowza damn dang darn shit fuck hell crap idiot moron "
    "however otherwise instead therefore meanwhile moreover besides honestly actually seriously unfortunately luckily finally firstly secondly "
    "cool perfect awesome excellent amazing wonderful lovely brilliant super question quick quickly final hopefully personally basically "
    "kinda cmon c'mon plz pls thanx ur u r ya yall y'all ain't aint im ive dont didnt cant wont isnt wasnt its thats whats hes shes "
    "today tomorrow yesterday tonight now later soon never always often sometimes usually ever once twice still already just only "
    "also too very really quite almost maybe perhaps probably actually basically literally anyway anyways here there back home "
    "away up early late asap anytime crazy old new good great bad nice fine well better worse worst happy sad sick tired busy free "
    "ready sure right wrong left true false big little small huge last first next second third monday tuesday wednesday thursday "
    "friday saturday sunday january february july september october november december mon tue tues wed thu "
    "thur thurs fri sat sun morning afternoon evening night noon midnight weekend week month year day hour minute mom mum mommy "
    "mummy dad daddy mama papa grandma grandpa granny nana auntie uncle sis bro bud buddy dude man guys girls boys folks team "
    "everyone sir madam ma'am miss doc doctor nurse officer professor teacher boss chief captain coach god christ lord allah "
    "santa christmas easter ramadan hanukkah diwali halloween thanksgiving english french german spanish italian portuguese dutch "
    "american british european african asian indian chinese japanese korean russian mexican canadian australian muslim catholic "
    "jewish hindu buddhist protestant orthodox google netflix spotify amazon apple microsoft facebook instagram twitter tiktok "
    "youtube whatsapp slack zoom excel word python java javascript rust linux windows android iphone ipad ios mac chatgpt alexa "
    "siri cortana uber lyft airbnb paypal visa mastercard amex ikea lego nike adidas toyota bmw audi disney id ids email e-mail emails attention contact license licence card account info question questions answer answers "
    "called named known going getting doing being having trying looking working living looking thinking feeling making taking "
    "coming leaving not sure allergic vegan vegetarian born married single divorced from based interested afraid glad excited "
    "worried curious wondering late able about done doctor lawyer engineer student retired pregnant hungry thirsty bored lost "
    "stuck kidding joking serious honest grateful thankful proud ashamed jealous angry mad upset scared nervous confused lonely "
    "do does did done have has had having can can't cannot could would should shall will won't might must may let let's lets get "
    "got go goes went gone come came see saw seen say said says tell told ask asked need needs want wants like likes know knows "
    "think thinks take took make made give gave keep kept put set run use used try work works live lives love loves hate hates "
    "call calls called text email phone number address name names password login account user username bot assistant ai agent "
    "people person customers users clients students friends kids customer support service help hotel restaurant store shop school university college hospital church bank office company "
    "business project meeting appointment order delivery recipe code test error bug issue app file list note notes reminder alarm "
    "music song movie film book game show video photo picture car bus train plane flight ticket trip vacation holiday birthday "
    "party wedding dinner lunch breakfast coffee tea beer wine food pizza water milk sugar cream honey lemon rice bread butter cheese toast meat fish chicken salad soup ice cake chocolate fruit juice soda whiskey vodka dog cat puppy kitten baby kid kids child children "
    "son daughter brother sister mother father parents wife husband partner girlfriend boyfriend friend friends family cousin "
    "aunt nephew niece neighbor neighbour colleague coworker roommate flatmate landlord tenant manager"
)

_ENGLISH = word_set(
    "the a an and or of to in is are was were be been i you he she it we they my your his her our their this that with for on at by from "
    "as but not have has had do does did will would can could should what when where who how if about there"
)
_ELSEWHERE = word_set(
    "le la les un une des du et ou est sont dans je tu il elle nous vous mon ma mes pour avec sur pas que qui au aux ce cette j'ai c'est "
    "der die das den dem ein eine einen und oder ist sind im ich du er sie wir ihr mein meine mit auf für nicht zu von am bei wie auch "
    "el los las una y o es son en yo mi mis con por para no que del al se está muy me te su "
    "il lo gli uno e ed sono di da io mio mia con per non che del della si è mi ti un' "
    "o os as um uma é são em eu meu minha com por para não que do da no na se está "
    "de het een en of zijn ik jij hij zij wij mijn met voor op niet te van bij ook dat"
)


def looks_english(text: str) -> bool:
    """Whether the small words are English ones; so for a text without any.

    >>> looks_english("Call me at noon"), looks_english("Ich trinke gern Kaffee am Morgen")
    (True, False)
    """
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", text.casefold())
    return sum(w in _ELSEWHERE for w in words) <= sum(w in _ENGLISH for w in words)
