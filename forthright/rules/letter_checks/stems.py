"""The stem of a word, so that "the neighbours drank" is known as "the neighbour had been drinking".

It is made to compare the words of one note with those of one letter: two words of one meaning
have to come out alike, and it does no harm where two of different meaning do now and then.
"""

import re
from functools import lru_cache

from forthright.rules.letter_checks.sentences import words_of

ENDING = re.compile(r"(?:ing|ings|ed|es|s|ly|ment|ments|ion|ions|'s)$")
TWICE = re.compile(r"([bdgmnprt])\1$")
LAST_VOWEL = re.compile(r"[eiy]$")
# Nouns and adjectives of illness: epilepsy and epileptic, psychosis and psychotic.
OF_ILLNESS = re.compile(r"(?:sy|sis|tic|tics)$")
LONGEST = 7
# Each line is one word in its forms; the first is the one that the others are taken for.
FORMS = """
    be was were been
    beat beaten
    bite bit bitten
    blow blew blown
    break broke broken
    bring brought
    buy bought
    catch caught
    choose chose chosen
    convict convicted conviction convictions
    die died dies dying dead death deaths
    drink drank drunk drunken drinking drinks drinker
    drive drove driven driver driving
    eat ate eaten
    fall fell fallen
    fight fought
    find found
    fly flew flown
    forget forgot forgotten
    get got gotten
    give gave given
    go went gone goes
    hide hid hidden
    hit hitting
    hold held
    keep kept
    know knew known
    leave left leaving
    lend lent
    lie lied lying lies liar
    lose lost
    meet met
    pay paid payment payments
    prison prisons prisoner imprisoned imprisonment jail jailed
    run ran
    see saw seen
    sell sold
    send sent
    shoot shot
    sleep slept asleep
    speak spoke spoken
    spend spent
    stab stabbed stabbing
    steal stole stolen theft thief
    strike struck
    swear swore sworn
    take took taken
    teach taught
    tell told
    threaten threatened threat threats
    throw threw thrown
    wear wore worn
    win won
    write wrote written writing
"""
FORM_OF = {word: line.split()[0] for line in FORMS.strip().splitlines() for word in words_of(line)}


@lru_cache(maxsize=20_000)
def stem_of(word: str) -> str:
    """Return the stem of a word in small letters, of seven letters at most."""
    if word in FORM_OF:
        return FORM_OF[word]
    bare = ENDING.sub("", OF_ILLNESS.sub("", word) if len(word) > LONGEST else word)
    bare = bare if len(bare) > 2 else word
    return LAST_VOWEL.sub("", TWICE.sub(r"\1", bare))[:LONGEST]
