"""Kinds of things and of answers: that teal is a colour and Korean a language, that "3:40" is a time of day."""

from __future__ import annotations

import re
from functools import cache

_MONTHS = "january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec"
_DAYS = "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun"

_THINGS = {
    "colour": "red orange yellow green blue purple violet pink brown black white grey gray teal turquoise navy maroon "
    "beige cream mustard lilac lavender burgundy gold silver bronze olive mint coral crimson scarlet indigo magenta "
    "ginger blonde blond auburn brunette cyan khaki charcoal ivory rust sage emerald aqua tortoiseshell tartan striped multicoloured transparent",
    "drink": "coffee tea water juice beer wine cider lager ale stout gin rum vodka whisky whiskey cola coke lemonade "
    "milk cocoa espresso latte cappuccino americano mocha flat-white matcha chai rooibos kombucha squash smoothie cocktail "
    "prosecco champagne cordial soda mojito negroni margarita bourbon tequila brandy sherry port guinness pint oolong "
    "decaf hot-chocolate ginger-beer tonic sake ipa shandy pepsi mead horlicks peppermint-tea",
    "food": "food dish meal pizza pasta curry rice noodle noodles ramen sushi soup stew salad bread sourdough cheese chocolate "
    "cake pie burger chip chips fries steak chicken beef pork lamb bacon ham sausage fish salmon tuna prawn shrimp shellfish "
    "egg eggs tofu lentil bean hummus falafel taco burrito lasagne lasagna risotto paella dumpling dumplings gyoza pierogi "
    "dosa biryani tagine roast sandwich toast cereal porridge pancake waffle biscuit cookie crisps crisp ice-cream "
    "gelato yoghurt yogurt fruit apple banana mango orange strawberry raspberry blueberry cherry grape lemon pear "
    "peach plum pineapple avocado tomato potato carrot onion garlic mushroom mushrooms spinach broccoli aubergine courgette olive "
    "olives coriander basil parsley dill thyme rosemary oregano cumin cinnamon ginger turmeric celery beetroot pepper peanut peanuts nut nuts almond cashew walnut hazelnut sesame gluten dairy wheat lactose soy soya "
    "honey jam marmite kimchi pho katsu tiramisu cheesecake brownie doughnut croissant bagel pretzel liquorice "
    "anchovy anchovies blue-cheese sprout sprouts oyster oysters mussel crab lobster squid octopus offal liver meat goulash "
    "moussaka laksa pesto gnocchi carbonara bolognese chilli casserole crumble pudding trifle fudge marzipan raisin",
    "music": "music jazz rock pop folk blues classical metal punk soul funk reggae techno house disco country rap hip-hop "
    "opera indie ska grime gospel band album song singer bluegrass motown r&b drum-and-bass ambient synthpop",
    "sport": "football soccer rugby cricket tennis badminton squash netball basketball volleyball hockey golf running "
    "run jogging swimming swim cycling climbing bouldering rowing boxing judo karate yoga pilates skiing "
    "snowboarding surfing sailing archery fencing gymnastics athletics triathlon marathon darts snooker bowling "
    "skateboarding skating handball lacrosse baseball softball kayaking canoeing padel pickleball table-tennis "
    "ultimate-frisbee taekwondo jiu-jitsu crossfit parkrun hiking fell-running triathlons weightlifting",
    "hobby": "painting drawing knitting crochet crocheting sewing quilting pottery ceramics gardening baking cooking reading "
    "writing photography birdwatching fishing chess gaming singing dancing ballroom salsa choir guitar piano "
    "woodwork carpentry calligraphy origami astronomy stargazing metal-detecting geocaching hiking walking camping "
    "climbing bouldering running cycling swimming yoga sailing kayaking skating collecting collect model sudoku crosswords "
    "crossword embroidery macrame brewing beekeeping foraging volunteering theatre improv bellringing drumming drums",
    "instrument": "guitar piano violin viola cello double-bass bass ukulele banjo mandolin harp flute clarinet oboe "
    "bassoon saxophone sax trumpet trombone tuba french-horn horn cornet drum drums drumkit keyboard organ accordion concertina "
    "harmonica recorder fiddle bagpipes sitar tabla synth synthesiser xylophone percussion tin-whistle lute bodhran",
    "language": "english welsh irish gaelic scots french spanish german italian portuguese dutch danish swedish "
    "norwegian finnish icelandic polish czech slovak hungarian romanian bulgarian greek turkish russian ukrainian "
    "arabic hebrew farsi persian urdu hindi punjabi bengali tamil gujarati japanese korean mandarin cantonese "
    "chinese thai vietnamese swahili yoruba igbo hausa somali amharic latin esperanto catalan basque croatian "
    "serbian albanian lithuanian latvian estonian tagalog malay indonesian zulu afrikaans nepali breton cornish bsl sign-language",
    "car": "car ford fiesta focus vauxhall corsa astra volkswagen vw golf polo skoda octavia fabia seat ibiza audi bmw "
    "mercedes mini fiat panda renault clio peugeot citroen citroën toyota yaris corolla prius honda civic jazz nissan micra leaf qashqai "
    "mazda suzuki swift subaru mitsubishi kia hyundai tesla volvo saab porsche jaguar land-rover landrover defender jeep lexus dacia "
    "chevrolet alfa van campervan estate hatchback convertible beetle lada opel camper pickup suv dacia-duster",
    "animal": "dog cat rabbit hamster parrot budgie tortoise goldfish snake horse pony hen chicken",
    "breed": "beagle terrier labrador lab spaniel poodle dachshund collie whippet greyhound retriever pug corgi bulldog husky "
    "alsatian rottweiler labradoodle cockapoo schnauzer mutt mongrel cross chihuahua shih-tzu westie jack-russell "
    "golden-retriever german-shepherd sheepdog shepherd pointer setter vizsla dalmatian lurcher staffie staffy mastiff "
    "pomeranian maltese bichon doodle great-dane newfoundland tabby siamese persian ragdoll moggy bengal maine-coon "
    "tortoiseshell sphynx burmese british-shorthair ginger lop shetland cob friesian",
    "star sign": "aries taurus gemini cancer leo virgo libra scorpio sagittarius capricorn aquarius pisces",
    "season": "spring summer autumn winter fall",
    "month": _MONTHS,
    "day": _DAYS,
    "religion": "christian catholic protestant muslim jewish hindu buddhist sikh quaker methodist atheist agnostic "
    "pagan anglican orthodox mormon baptist humanist",
    "size": "small medium large xl xs xxl",
    "phone": "iphone pixel samsung galaxy android nokia motorola oneplus fairphone xiaomi huawei",
    "computer": "macbook mac imac laptop thinkpad dell lenovo chromebook surface asus acer desktop",
}  # fmt: skip
THINGS = {
    kind: frozenset(word.replace("-", " ") for word in words.split()) for kind, words in _THINGS.items()
}

# How a kind is asked for: "what do I drink" and "which beverage" ask for a drink.
KIND_WORDS = {
    "color": "colour", "shade": "colour", "beverage": "drink", "tipple": "drink", "dish": "food", "meal": "food",
    "snack": "food", "cuisine": "food", "dessert": "food", "pudding": "food", "fruit": "food", "herb": "food", "spice": "food", "ingredient": "food", "cheese": "food", "sweet": "food", "vegetable": "food",
    "genre": "music", "exercise": "sport", "pastime": "hobby", "vehicle": "car", "zodiac": "star sign",
    "star sign": "star sign", "weekday": "day", "mobile": "phone", "laptop": "computer", "smartphone": "phone",
} | {kind: kind for kind in THINGS}  # fmt: skip
KIND_VERBS = {"drink": "drink", "eat": "food", "speak": "language", "drive": "car"}

_WHEN = (
    rf"\b(?:{_MONTHS.replace(' ', '|')}|(?:{_DAYS.replace(' ', '|')})s?|today|tomorrow|tonight|yesterday|christmas|xmas|easter|"
    r"halloween|diwali|eid|ramadan|hanukkah|boxing day|box day|new year|valentine|bank holiday|spring|summer|autumn|winter|"
    r"(?:this|next|last|every) (?:week|weekend|month|year|morning|evening|night|spring|summer|autumn|winter|term)|"
    r"(?:week|month|year|day|hour|fortnight)s? (?:ago|from now|today|time)|in (?:a|an|\d+|one|two|three|four|five|six|a few|a couple of) (?:day|week|month|year|hour|fortnight)s?|"
    r"(?:19|20)\d\d|\d{1,2}(?:st|nd|rd|th)|\d{1,2}/\d{1,2}|midsummer|weekend|half term|age of \d+|when I was)\b"
)
_CLOCK = (
    r"\b(?:\d{1,2}[:.]\d\d|\d{1,2} ?(?:am|pm|o'clock)|(?:half|quarter) (?:past|to) \w+|noon|midday|midnight|"
    r"(?:at|by|from|until|till|around|about|before|after) (?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?! (?:day|week|month|year|people|of|hour|minute|kid|friend))|"
    r"(?:five|ten|twenty) (?:past|to) \w+)\b"
)
_COUNT = (
    r"\b(?:\d+\w*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty|"
    r"forty|fifty|hundred|thousand|dozen|couple|pair|both|twins|triplets|none|no|only child|single|half|once|twice|a|an)\b"
)
_SPAN = r"\b(?:(?:year|month|week|day|hour|minute|decade|age)s?|since|all my life|for ever|forever|until|ages|always)\b"
_REASON = r"\b(?:because|cause|cos|since|so that|due to|thanks to|as I|to|for|so|after|reason|why|wanted|needed|tired|fed up)\b"
_PLACE = r"\b(?:in|at|to|from|near|on|by|under|behind|inside|outside|above|below|next|opposite|round|around|through|via|over|into|off)\b"
_NAME = r"[A-Z][\w'’-]+"

ANSWERS: dict[str, re.Pattern[str]] = {
    "when": re.compile(_WHEN, re.IGNORECASE),
    "clock": re.compile(_CLOCK, re.IGNORECASE),
    "count": re.compile(_COUNT, re.IGNORECASE),
    "money": re.compile(r"[£$€]\s?\d|\b\d[\d,.]*k?\b|\b(?:pound|quid|euro|dollar|tenner|fiver|grand|free|nothing|hundred|thousand|bucks?)s?\b", re.IGNORECASE),
    "span": re.compile(_SPAN, re.IGNORECASE),
    "reason": re.compile(_REASON, re.IGNORECASE),
    "place": re.compile(rf"(?i:{_PLACE})|(?<=\w )[A-Z]\w+"),
    "blood type": re.compile(r"\b(?:A|B|AB|O) ?(?:positive|negative|pos|neg|plus|minus|\+|-)(?!\w)|\btype (?:A|B|AB|O)\b|\bblood type\b"),
    "name": re.compile(_NAME),
    "size": re.compile(r"\bsize \w+|\b\d+(?:\.\d)?\b|\b(?:extra )?(?:small|medium|large)\b|\bx*[sl]\b", re.IGNORECASE),
}  # fmt: skip


_SOMEBODY = re.compile(r"\b(?:my|our|mum|dad|gran|nan) ?", re.IGNORECASE)


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(THINGS[kind], key=len, reverse=True))
    return re.compile(rf"\b(?:{words})s?\b", re.IGNORECASE)


def carries(text: str, answer: str) -> bool:
    """Whether words hold an answer of the kind asked for.

    >>> carries("dentist at 3:40 on Tuesday", "clock"), carries("my kids want a tent each", "colour")
    (True, False)
    """
    if answer == "when" and ANSWERS["clock"].search(text):
        return True
    if answer in ANSWERS:
        return ANSWERS[answer].search(text) is not None
    if answer in THINGS:
        return _pattern(answer).search(text) is not None
    if answer == "who":
        return ANSWERS["name"].search(text[1:]) is not None or _SOMEBODY.search(text) is not None
    return True
