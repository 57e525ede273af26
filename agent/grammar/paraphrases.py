"""Words that mean nearly the same in everyday talk, so that "vacation" finds "holiday"."""

from __future__ import annotations

from functools import cache

import snowballstemmer

_GROUPS = """
go visit travel fly trip holiday vacation stay head getaway journey drive tour weekend-away
holiday vacation trip getaway break camping cruise
travel go book trip visit fly
choose decide pick opt settle go select
spend budget afford cost
own have drive get buy pick lease ride use keep
teach show learn
teach teacher
eye optician glasses vision
buy find get pick score
lend borrow loan
move flat house
go attend start
hate dread
buy purchase get order pick treat splurge
get receive
meet know introduce
meet meeting appointment date see
deliver delivery arrive
learn study take-up practise practice revise teach-myself
study degree course major read uni university student
support follow fan root
leave quit resign hand-in
start begin join take-up sign
sign-up sign join enrol register
marry wed wedding husband wife
wedding marry ceremony
die pass lose death
give present gift bring
see watch
watch film series show telly tv
read reading book novel
play instrument
cook make bake prepare dish
run running marathon jog parkrun race
break fracture snap crack
hurt injure sprain twist pull ache sore
sell flog
win prize award trophy
adopt rescue
plan organise organize arrange prepare
miss
commute travel work
cost pay spend price charge rent
earn salary pay wage
speak talk fluent language
sleep bed
wake get-up wake-up alarm
pick-up collect fetch get
give-up quit stop
sign-up join enrol
put-off postpone delay
move relocate
fix mend repair
doctor gp surgery appointment check-up
dentist tooth molar filling
appointment meeting slot
exam test finals
film movie cinema
phone mobile smartphone
house home flat place apartment
car vehicle
bike bicycle cycle cycling
child kid son daughter
job work role position interview
boss manager
gym workout exercise train
medicine medication tablet pill prescription inhaler
injury hurt injure break sprain fracture
operation surgery op
ill sick poorly unwell
party celebrate celebration do
happen
afraid scared frightened terrified fear phobia scare petrified
begin start
finish end complete
clean tidy hoover
walk stroll hike ramble
swim swimming pool
sing choir
name call christen
born birth
weekend saturday sunday
morning breakfast
evening dinner night
flight fly plane
fly leave depart
leave depart start
play learn practise practice switch take-up
meat vegetarian vegan
raise collect donate
alcohol booze wine beer teetotal sober pint whisky gin cider cocktail
train rail
course class lesson evening-class
class lesson
club team society group
team club side
book novel author
garden allotment grow
grow plant
musician band
glasses specs spectacles
sofa couch
money savings save
save saving
lose mislay lost
tattoo ink
shop store
university uni college degree
school pupil
school primary secondary academy college nursery kindergarten grammar
drink
eat diet
allergic allergy intolerant
live flat
often week month day time
long year month since
arrive land come get
return back
keep have own
broken break
call phone ring
lottery
like love enjoy
hate dislike
favourite favorite love
colour color paint
paint
new
big
neighbour neighbor
pick collect
collect collection
volunteer volunteering
instrument guitar piano violin cello flute drum ukulele trumpet saxophone
pet dog cat rabbit hamster
sibling brother sister
partner wife husband girlfriend boyfriend
"""


@cache
def _near() -> dict[str, frozenset[str]]:
    near: dict[str, set[str]] = {}
    for group in _GROUPS.strip().splitlines():
        words = group.split()
        for word in words:
            near.setdefault(word, set()).update(words)
    return {word: frozenset(words) for word, words in near.items()}


def paraphrases(word: str) -> frozenset[str]:
    """The word and what may be said instead.

    >>> "holiday" in paraphrases("vacation"), paraphrases("plum")
    (True, frozenset({'plum'}))
    """
    return _near().get(word, frozenset()) | {word}


_stemmer = snowballstemmer.stemmer("english")


@cache
def stem(word: str) -> str:
    """The part of a word that its forms share.

    >>> stem("reading") == stem("reads")
    True
    """
    return str(_stemmer.stemWord(word))
