"""Health: illness, treatment, pregnancy, disability, mind and addiction; of people, not of machines and weather."""

from .reading import Category, pattern

_ILLNESS = (
    r"diabet(?:es|ic)|pre-?diabetic|asthma(?:tic)?|epilep(?:sy|tic)|seizures?|cancer|leuka?emia|lymphoma|melanoma|carcinoma|"
    r"tumou?rs?|metastas\w+|hiv|aids|hepatitis|arthritis|migraines?|depression|clinically depressed|anxiety|panic attacks?|bipolar|"
    r"schizophreni[ac]|ocd|adhd|autis(?:m|tic)|asperger'?s?|ptsd|anorexi[ac]|bulimi[ac]|eating disorder|dementia|alzheimer'?s|"
    r"parkinson'?s|multiple sclerosis|lupus|crohn'?s|c(?:o)?eliac|ibs|colitis|endometriosis|pcos|fibromyalgia|"
    r"hypertension|high blood pressure|low blood pressure|blood pressure|cholesterol|angina|arrhythmia|heart (?:condition|disease|failure|murmur|attack)|"
    r"had a stroke|a stroke|stroke survivor|thyroid|hypothyroid\w*|hyperthyroid\w*|eczema|psoriasis|insomnia|sleep apn(?:o)?ea|tinnitus|gout|shingles|hernia|"
    r"ulcers?|cysts?|fibroids?|cataracts?|glaucoma|concussion|pneumonia|bronchitis|tuberculosis|covid|long covid|the flu|strep throat|tonsillitis|"
    r"chlamydia|gonorrh(?:o)?ea|syphilis|herpes|hpv|sti|std|uti|yeast infection|kidney (?:stones?|disease|failure)|cirrhosis|"
    r"sciatica|scoliosis|osteoporosis|slipped disc|herniated disc|torn (?:acl|ligament|meniscus)|fractur(?:e|ed)|"
    r"an(?:a)?emi[ac]|h(?:a)?emophili[ac]|sickle[- ]cell|cystic fibrosis|cerebral palsy|down'?s? syndrome|dyslexi[ac]|dyspraxi[ac]|"
    r"lyme disease|malaria|measles|chickenpox|mononucleosis|meningitis|sepsis|appendicitis|gallstones|pancreatitis|acid reflux|"
    r"haemorrhoids|hemorrhoids|incontinen(?:ce|t)|menopaus(?:e|al)|perimenopaus\w+|infertil(?:e|ity)|miscarriages?|stillb(?:irth|orn)|"
    r"anaphyla\w+|hay fever|food poisoning|psychosis|psychotic|borderline personality|personality disorder|burnout|burned out|burnt out|"
    r"nervous breakdown|postnatal depression|postpartum|suicidal|self-?harm(?:s|ed|ing)?|suicide attempt|overdose[d]?|vertigo|neuropathy|"
    r"narcolep\w+|tourette'?s|als|motor neurone?|muscular dystrophy|chronic (?:pain|fatigue|illness|condition)|autoimmune|rosacea|vitiligo|alopecia|"
    r"lactose intoleran(?:t|ce)|gluten intoleran(?:t|ce)|high-risk pregnancy|pre-?eclampsia|carpal tunnel|tendonitis|plantar fasciitis|rheumat\w+"
)
_TREATMENT = (
    r"chemo(?:therapy)?|radiotherapy|immunotherapy|insulin|metformin|antidepressants?|ssris?|sertraline|zoloft|fluoxetine|prozac|citalopram|"
    r"escitalopram|lexapro|venlafaxine|mirtazapine|quetiapine|lithium|xanax|valium|diazepam|ritalin|adderall|concerta|statins?|"
    r"beta blockers?|warfarin|blood thinners?|ibuprofen|inhalers?|epi-?pen|antibiotics|painkillers?|antihistamines|steroids?|methadone|"
    r"naltrexone|hrt|ivf|contracepti(?:ve|on|ves)|the pill|iud|my meds|medications?|meds|prescriptions?|dialysis|transplants?|pacemaker|"
    r"stoma|catheter|prosthe(?:tic|sis)|hearing aids?|wheelchair|crutches|biops(?:y|ies)|mri|ct scan|colonoscopy|mammogram|ultrasound|"
    r"smear test|blood tests?|test results|surger(?:y|ies)|hysterectomy|mastectomy|vasectomy|c-section|caesarean|appendix (?:out|removed)|"
    r"gastric (?:bypass|band)|bypass|chiropractor|physio(?:therapy|therapist)?|physical therapy|rehab|detox|twelve[- ]step|12[- ]step|"
    r"therapist|psychiatrist|psychologist|psychotherap(?:y|ist)|oncologist|cardiologist|neurologist|dermatologist|gyn(?:a)?ecologist|"
    r"rheumatologist|endocrinologist|urologist|counselling|counseling|cbt|in therapy|hospitali[sz]ed|in hospital|the hospital for|a&e|icu|"
    r"intensive care|sectioned|vaccin(?:ated|ation|e)|booster|blood sugar|glucose|hba1c|a1c|bmi|obes(?:e|ity)|dna results"
)
_STATE = (
    r"pregnan(?:t|cy)|diagnos(?:ed|is)|disab(?:led|ility)|deaf|hard of hearing|legally blind|colou?r[- ]?blind|paraly[sz]ed|paraplegic|"
    r"amputee|amputated|allerg(?:ic|y|ies)|abortion|sick leave|signed off sick|terminally ill|terminal (?:illness|cancer)|in remission|remission|"
    r"relapse[d]?|symptoms|side effects|chronically ill|recovering (?:alcoholic|addict)|alcoholic|alcoholism|drinking problem|an? addict|"
    r"opioids?|heroin|cocaine addict\w*|sober|mental health|mental breakdown|mentally ill|special needs|learning (?:difficulties|disability)|"
    r"trying for a baby|trying to conceive|fertility (?:treatment|clinic)|due date|baby is due|trimester|morning sickness|periods? (?:is|are|was) late|"
    r"life expectancy|palliative|hospice|on the spectrum|neurodivergent|hearing loss|lost (?:my|his|her) (?:sight|hearing|leg|arm)"
)
_MORE = (
    r"\w{2,}(?:oxetine|azepam|azolam|prazole|sartan|dipine|triptan|statin|cillin|mycin|floxacin|gliptin|glutide|olol|pril|tidine|azine|apine|peridone|iprazole|conazole|ciclovir|caine|profen|barbital|lukast|terol|sone|solone|mab|tinib)|"
    r"\d+ ?(?:mg|milligrams|mcg|micrograms|units of insulin)|ozempic|wegovy|humira|nosebleeds?|sciatic|gastritis|diarrh(?:o)?ea|constipat\w+|vomit\w*|nausea|nauseous|dizzy|dizziness|faint(?:ed|ing)|passed out|numbness|tremors?|swollen|"
    r"limp(?:ing)?|bleeding|blood clots?|clots|thrombosis|embolism|bloating|cramps|spasms?|wheez\w+|shortness of breath|short of breath|palpitations|insomniac|night terrors|sleepwalk\w+|flare-?ups?|inflam\w+|infections?|infected|abscess|root canal|wisdom teeth|stitches|plaster cast|in a cast|"
    r"operated on|surgeon|anaesthetic|anesthetic|infusions?|iv drip|inject(?:s|ed|ing|ions?)|shots for|discharged|the ward|maternity ward|psych ward|psychiatric|inpatient|outpatient|midwife|obstetrician|nicu|preemie|premature(?:ly)?|ovulat\w+|ovar(?:y|ies|ian)|uterus|cervix|cervical|prostate|testicular|"
    r"breast lump|mole removed|biopsied|pap smear|spinal|spine|vertebrae?|disc|pancreas|gallbladder|bladder|bowel|kidneys?|liver|lungs?|lymph nodes?|bone density|white blood|platelets|immune system|immunosuppress\w+|antibod(?:y|ies)|viral load|undetectable|prep clinic|sponsor in aa|aa|na meetings?|al-anon|"
    r"(?:\w+[- ])?(?:day|month|year)s? (?:chip|sober|clean)|sobriety|hangovers every|drink(?:ing)? too much|drunk every|purg(?:e|ed|ing)|binge(?:d|ing)?|laxatives|starv\w+ (?:myself|herself|himself)|cut(?:s|ting)? (?:myself|herself|himself)|hear(?:s|ing)? voices|hallucinat\w+|mania|manic|dissociat\w+|trauma|flashbacks|phobia|agoraphobi\w+|"
    r"grief counsel\w+|meltdowns?|stimming|stutter\w*|stammer\w*|lisp|sign language|braille|cochlear|guide dog|walking stick|zimmer|mobility scooter|carer|care home|nursing home|needs assessment|special diet|intoleran(?:t|ce)|nut-free|histamine|epidural|labou?r ward|breech|twins? at|weeks (?:pregnant|along|gone)|positive test"
)

HEALTH = Category(
    name="health",
    says="health",
    plain=pattern(_ILLNESS, _TREATMENT, _STATE, _MORE),
    framed=pattern(
        r"(?:i|he|she|they|we) (?:\w+ )?(?:broke|fractured|sprained|tore|dislocated|twisted|injured|hurt) (?:my|his|her|their|our|an?) "
        r"(?:\w+ )?(?:arm|leg|ankle|wrist|foot|toe|hand|finger|thumb|knee|hip|shoulder|back|collarbone|ribs?|neck|nose|elbow)",
        r"(?:i|he|she|they|we)(?:'s|'ve|'m| have| has| had| am| is| was| get| gets| keep getting)? (?:\w+ ){0,3}"
        r"(?:headaches|back pain|chest pains?|joint pain|stomach aches?|nosebleeds|palpitations|hot flushes|fever|a temperature|bad knees?|a bad (?:back|hip|heart))",
        r"(?:my|his|her|their) (?:\w+ )?(?:back|knees?|hip|shoulder|stomach|chest|joints?|heart|lungs?|liver|kidneys?|eyesight|hearing) "
        r"(?:hurts?|aches?|(?:is|are|has been|have been|was|were|'s)(?= )) ?(?:\w+ )?(?:killing me|failing|bad|worse|weak|inflamed|hurting|acting up|playing up|damaged)?",
        r"(?:broken|fractured|sprained) (?:arm|leg|ankle|wrist|foot|toe|hand|finger|knee|hip|rib|ribs|collarbone|nose)",
        r"(?:i|i'm|he's|she's|he|she|they) (?:am |is |was |are )?(?:suffering|suffers?|suffered) from",
        r"(?:addicted to|hooked on|withdrawal from|clean from|in recovery from|struggl\w+ with) (?:\w+ )?"
        r"(?:alcohol|drink|drinking|heroin|opioids?|painkillers|pills|cocaine|drugs|gambling|nicotine|meth|weed|depression|anxiety|addiction|bulimia|anorexia)",
        r"(?:can't|cannot|couldn't|not able to) (?:walk|hear|see|conceive|have (?:children|kids)) (?:properly|anymore|any more|without|well|unaided)",
        r"(?:see|seeing|sees|saw|visit|visited) (?:an? |my |the |his |her )?(?:\w+ )?(?:shrink|therapist|psychiatrist|specialist|oncologist|cardiologist|doctor|gp) (?:about|for|every|because|again|twice|once)",
        r"(?:doctor|gp|consultant|specialist)s? (?:says?|said|told|thinks?|prescribed|put|found|wants?|referred|suspects?|recommended|changed|upped)",
        r"(?:i|he|she|they) (?:was|were|is|am|are|got|'s|'m) (?:\w+ )?(?:ill|unwell|infected with|in remission|in a coma|on life support)",
        r"tested (?:positive|negative)",
        r"(?:throw(?:ing|n|s)?|threw) up",
        r"test (?:had|showed|has|shows) two lines",
        r"miscarr(?:y|ied|ying)",
        r"no (?:feeling|sensation|strength) in",
        r"(?:the )?(?:shakes|sweats|cravings|withdrawal)(?= |$|\.|,)(?! of)",
        r"(?:quit|quitting|stop|stopped|give up|giving up|gave up|cut down on|addicted to|hooked on) (?:smoking|vaping|drinking|cigarettes|alcohol|weed|drugs|the booze)",
        r"since (?:the|my|his|her) (?:accident|operation|surgery|stroke|fall|diagnosis|heart attack)",
        r"(?:lost|losing|lose) (?:the|our|my|her|their) (?:\w+ )?(?:baby|babies|pregnancy|twins|hair|sight|hearing|eyesight|sense of smell)",
        r"(?:can't|cannot|couldn't|barely|hardly) (?:sleep|slept|eat|eaten|breathe|swallow|walk|stand|concentrate|get out of bed|keep (?:food|anything) down)",
        r"(?:off|out of|back (?:to|at)|missing) (?:work|school) (?:sick|ill|with|because of my|after my|since my)",
        r"(?:phoned|called|calling) in sick",
        r"(?:what|which|how much|can i|should i|is it safe to|remind me to) (?:\w+ ){0,4}(?:take|refill|inject|pick up) (?:my |the |his |her )?(?:\w+ ){0,2}(?:pills?|tablets?|dose|meds|injection|patch|prescription|refill|inhaler|insulin|drops)",
        r"(?:blood|pus) in (?:my|his|her)",
        r"(?:my|his|her|their) (?:\w+ )?(?:leg|legs|arm|hand|hands|feet|foot|hip|knee|spine|skin|eyes?|ears?|head|throat|gut|tooth|teeth|gums|bones?|muscles?) (?:is|are|has|have|keeps?|went|goes|got|hurts?|aches?|shakes?|tingles?|gave) (?:\w+ )?(?:numb|weak|swollen|red|itchy|sore|blurry|shaking|tingling|cramping|out|worse|bad|killing|infected|burning|stiff)",
        r"(?:my|his|her) (?:period|cycle|contractions|waters|iron levels?|lump|rash|scan|smear|results came back)",
    ),
    looks_like=pattern(
        r"sick (?:of|and tired|beat|burn|trick|day pay)",
        r"(?:love|home|sea|car)sick",
        r"allerg(?:ic|y) to (?:mondays?|meetings?|work|drama|nonsense|small talk|commitment|criticism|change|paperwork|bullshit|responsibility|mornings?|"
        r"bad \w+|fun|effort|homework|excel|deadlines|corporate \w+|cleaning|the gym|exercise|spreadsheets|housework|\w+ jargon)",
        r"(?:so|a bit|a little|totally|kinda|kind of|slightly|very|pretty) (?:ocd|autistic|bipolar|schizophrenic|adhd) (?:about|with|over|today|weather)?",
        r"(?:nearly|almost|practically|basically) (?:gave|had|having|given|give|got)(?: \w+){0,4} (?:a )?(?:heart attack|stroke|seizure|panic attack|nervous breakdown|aneurysm)",
        r"gave me a heart attack",
        r"stroke of (?:\w+)",
        r"(?:brush|key|back|breast|swim\w*|butterfly|pen|rowing|front) ?strokes?",
        r"(?:i'm|i am|he's|she's|he is|she is|am|is|as|sun|moon|star sign|sign|rising|typical|being) (?:an? |in )?cancer(?: (?:and|with|sun|moon|rising|so|born|through|on))?(?= |\.|,|$|!)(?=.*\b(?:leo|virgo|pisces|aries|taurus|gemini|libra|scorpio|sagittarius|capricorn|aquarius|zodiac|horoscope|star|astrology|sign|july|june)\b)",
        r"(?:star sign|zodiac sign|horoscope)[^.]{0,30}cancer",
        r"tropic of cancer",
        r"cancer(?:s)? (?:season|horoscope)",
        r"cancer of (?:society|the \w+)",
        r"(?:great|economic|tropical|atmospheric|market) depression",
        r"depression(?:-| )era",
        r"(?:small|slight|shallow) depression in",
        r"retail therapy",
        r"(?:shopping|garden|cake|chocolate|music|dog|puppy|baking) (?:is|as|was) (?:my |a |the |pure )?(?:form of )?therapy",
        r"cheaper than therapy",
        r"(?:sql|dependency|fuel|cash|prompt|capital) injection",
        r"(?:computer|laptop|phone|usb|trojan) virus\w*",
        r"(?:cabin|gold|spring|election|world cup|disco|saturday night|jungle|dance|baby|wedding|transfer|exam|football|cup) fever",
        r"immune to \w+",
        r"bitter pill",
        r"red[- ]pill\w*",
        r"chill pill",
        r"poison pill",
        r"chronic(?:ally)? (?:late|lateness|online|underfunded|disorgani\w+|procrastinat\w+|indecisive|boredom|lack)",
        r"blind (?:date|spot|to|faith|tasting|trust|luck|auction|bend)",
        r"double[- ]blind",
        r"turn(?:ed|ing|s)? a (?:blind eye|deaf ear)",
        r"deaf ears",
        r"tone[- ]deaf",
        r"(?:crippl\w+|paraly[sz]ed) (?:by|with|debt) ?(?:choice|indecision|debt|fear|options|doubt)?",
        r"analysis paralysis",
        r"(?:is|was|'s|are|such|be) (?:\w+ ){0,3}(?:an? )?(?:\w+ )?(?:headache|pain in the (?:neck|ass|arse|butt))",
        r"pain (?:points?|au chocolat|to (?:set|deal|work|install|use|configure|park|get))",
        r"growing pains",
        r"contagious (?:laugh\w*|smile|enthusiasm|energy|song|tune)",
        r"went viral|viral (?:video|post|tweet|marketing|clip)",
        r"diagnos(?:ed|is|ing|e|tics?) (?:the |a |this |that |of |an |my )?(?:\w+ ){0,2}(?:bug|fault|problem|issue|error|crash|leak|outage|network|engine|server|printer|boiler|car|software|memory|performance|noise|port|mode)",
        r"symptoms? of (?:a |the |poor |bad )?(?:deeper|larger|bigger|broken|bad|management|culture|system|problem|design|inflation|capitalism)",
        r"(?:open[- ]heart|plastic|surgical) (?:surgery on (?:the|my|this)|precision|tape|strike|masks?)",
        r"(?:cosmetic |major |heart |some )?surgery on (?:the |my |this |our |that )?(?:\w+ )?(?:code\w*|laptop|car|bike|spreadsheet|database|sofa|engine|essay|budget|manuscript|schedule)",
        r"booster (?:seat|rocket|pack|club|cable|class)",
        r"(?:wi-?fi|signal|morale|confidence|rocket|speed) booster",
        r"bypass(?:ed|ing)? (?:the|this|that|security|it|all|paywall|town)",
        r"(?:the |a |town |new |ring road )bypass(?: road)?(?! (?:surgery|operation))",
        r"(?:dose|injection|shot) of (?:reality|humour|humor|adrenaline|caffeine|optimism|nostalgia|vitamin)",
        r"withdrawal (?:fee|limit|slip|from (?:the )?(?:account|bank|eu|atm))",
        r"(?:cash|bank|atm) withdrawals?",
        r"(?:non-?|de-?)?alcoholic (?:drinks?|beverages?|beer|ginger)",
        r"non-?alcoholic",
        r"alcoholic content",
        r"(?:organ|heart|hair|plant|bulb|tree) transplant(?:ed|ing)? (?:the|into|my (?:roses|tomatoes|seedlings))",
        r"transplant(?:ed|ing) (?:the|my|some) \w+",
        r"(?:social|prescription|sun)glasses",
        r"prescription (?:sunglasses|for (?:success|disaster|growth|happiness))",
        r"the (?:bitter|sugar) pill",
        r"pregnant (?:pause|silence|with)",
        r"addict(?:ed|ive|ion)? (?:to|with) (?!(?:\w+ )?(?:alcohol|drink|drinking|heroin|opioids?|painkillers|pills|cocaine|drugs|gambling|nicotine|meth|weed|oxy\w*|tranquil\w+|benzo\w*))(?:\w+)",
        r"(?:chocolate|coffee|shop|tv|adrenaline|sugar|news|podcast|crossword|gym|work|true crime) ?addict",
        r"sober (?:up to|reminder|assessment|look|analysis|estimate|thought|facts?|tone|reading)",
        r"sobering",
        r"rehab(?:ilitat\w+|bing)? (?:the |an? )?(?:old |derelict )?(?:house|building|flat|barn|property|kitchen|centre project)",
        r"overdos(?:ed|ing|e) (?:on|of) (?:chocolate|sugar|cheese|christmas|netflix|cake|nostalgia|coffee|sushi|sun|tv|pizza)",
        r"(?:digital|sugar|social media|phone|email|juice|house|closet) detox",
        r"detox (?:my|the) (?:inbox|wardrobe|garage|phone)",
        r"ultrasound (?:sensor|cleaner|jewellery)",
        r"blood test(?:ed)? the",
        r"steroids? (?:on|for code)",
        r"on steroids",
        r"a& ?e",
        r"lithium[- ](?:ion|battery|batteries|mine|price|cells?|stocks?)|lithium (?:ion|battery|batteries|mining|prices|cell|stocks?)",
        r"remission of",
        r"prosthetic (?:makeup|nose for)",
        r"(?:battery|machine|car|laptop|phone|patient|server|boiler|app) (?:\w+ )?health",
        r"health (?:check of the|bar|points|potion|insurance company|and safety)",
        r"burn(?:ed|t)[- ]out (?:bulb|car|fuse|building|motor)",
        r"aids (?:the|in|with|digestion|learning)|hearing aid compatible|visual aids|first[- ]aid(?: kit| course)?|band-?aids?|teaching aids|financial aid|legal aid|aids and abets",
        r"als (?:ob|auch)",
        r"relapsed? (?:into old|and bought)",
        r"depressed (?:key|button|area|market|region|prices)",
        r"(?:is|was|so|pretty|really) depressing",
        r"writing the prescription",
        r"doctor who",
        r"spin doctor\w*",
        r"doctor (?:strange|doom|dre|house|zhivago)",
        r"doctored",
        r"paper cut",
        r"tumou?r (?:biology|cells?|suppressor|markers? lab)",
        r"broken (?:foot|leg|arm) (?:of|on) (?:the |my |a |our )?(?:table|chair|sofa|couch|bed|statue|tripod|glasses|stand)",
        r"back (?:is|was|are) (?:up|online|here|home|now|again|open|in)",
        r"heart (?:is|was) (?:set|not in|in the right|broken|full|racing with joy|warm\w*|in)",
        r"stomach (?:is|was) (?:rumbling|growling|full|in knots)",
        r"eczema cream shelf",
        r"gp (?:racing|surgery website|of)",
        r"f1 gp|grand prix",
        r"learning disability act",
        r"vaccin(?:e|ation|ated) (?:stock|stocks|share\w*|rollout data|policy|mandate|hesitancy|centre job|manufactur\w+|research\w*)",
        r"colou?r[- ]?blind (?:mode|friendly|palette|casting|safe)",
        r"wheelchair (?:access\w*|ramp|accessible|friendly|basketball match|lift)",
        r"side effects? (?:of|in|free) (?:the |this |a |my )?(?:function|refactor\w*|code|hook|update|patch|change|react|pure|moving|inflation|remote|working|policy|method|loop|call\w*)",
        r"(?:no|without|has|have|with|hidden|causes?) side effects?(?= in| on the| when)",
        r"diabetes (?:uk|charity|research|association)",
        r"(?:cancer|heart|stroke|asthma|alzheimer'?s|dementia) (?:research|charity|awareness|foundation|fundraiser|ward volunteer|society|uk)",
        r"for (?:cancer|dementia|alzheimer'?s|diabetes|parkinson'?s|mental health) (?:research|charity|awareness)",
        r"aut(?:ism|istic) (?:awareness|charity)",
    ),
)
