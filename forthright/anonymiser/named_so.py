"""Places and firms that are called as an offence is: “Battery Park”, “Riot Hair”, “at Trespass”.

What an offence is called stays in a letter. Beside another capital, or where the sentence leads to
a place or a firm, the one word is part of a name, and to leave it would tell a part of that name.
"""

import re

from forthright.anonymiser.capital_runs import begins_at
from forthright.anonymiser.capital_words import as_small, is_edge, is_ordinary, listed, stays
from forthright.anonymiser.titles import GO_ON, NAME

NEXT = re.compile(rf"[ \u00a0](?P<it>{NAME})")
BEFORE = re.compile(rf"(?<![\w’'-])(?P<it>{NAME})[ \u00a0]$")
# Where one is and works, and not what one is charged with. Not “in”: “his part in Affray”.
LEADS = re.compile(
    r"\b(?:at|near|outside|inside|into|opposite|behind|past|"
    r"(?:manager|owner|staff|worker|customer|guard)s?[ \u00a0](?:of|in|at|from)|"
    r"(?:stole|stolen|stealing|took|taken|taking|bought|theft|shoplifted)\b[^.\n]{0,30}"
    r"[ \u00a0]from|"
    r"(?:live|lives|lived|living|work|works|worked|working|stay|stays|stayed|born|grew up) "
    r"(?:in|at|for)|(?:moved|move|moves) (?:to|from))[ \u00a0](?:the[ \u00a0])?$"
)
# What a case comes to, and nobody is called.
STAGES = frozenset({"arraignment", "indictment", "conviction", "acquittal"})
# “your shop, Riot”, “the Riot shop”.
THING = (
    r"(?:shop|store|pub|bar|caf[eé]|club|nightclub|firm|company|salon|restaurant|gym|band|boutique)"
)
CALLED = re.compile(rf"\b{THING}[,:]?[ \u00a0][“\"‘']?$")
CALLS = re.compile(rf"[ \u00a0]{THING}\b")
POSSESSIVE = re.compile(r"['’]s(?!\w)")
FITS = 40


def is_named_so(text: str, start: int, end: int, kept: bytearray) -> bool:
    """Say whether one word that an offence is called by is part of a name here."""
    # “Trespass’s Leeds shop”: what is kept is kept with its ending.
    ending = POSSESSIVE.match(text, end)
    whole, end = end, ending.end() if ending else end
    # “Mercia Rape Crisis”: within what stays, a word is no name by itself.
    is_within = any(kept[max(0, start - 1) : start]) or any(kept[end : end + 1])
    if is_within or not text[start].isupper():
        return False
    after = NEXT.match(text, end)
    if after and _goes_with(after["it"]) and not all(kept[after.start("it") : after.end("it")]):
        return True
    first = max(0, start - FITS)
    if _is_after_name(text, first, start, kept):
        return True
    is_large = text[start:whole].isupper()
    is_stage = as_small(text[start:whole]) in STAGES
    leads = not (is_large or is_stage) and LEADS.search(text, first, start)
    return bool(leads or CALLED.search(text, first, start) or CALLS.match(text, end))


def _is_after_name(text: str, first: int, start: int, kept: bytearray) -> bool:
    """Say whether a capital stands right before a word: “Clifton Battery”, not “A Burglary”."""
    before = BEFORE.search(text, first, start)
    if not before or all(kept[before.start("it") : before.end("it")]):
        return False
    begins = begins_at(text, before.start()) and is_ordinary(before["it"])
    return not begins and _goes_with(before["it"])


def _goes_with(word: str) -> bool:
    """Say whether a word with a capital may be part of one name with the word beside it."""
    small = as_small(word)
    if small in listed("streets") | listed("establishments"):
        return True
    return not (
        is_edge(word) or stays(word) or small in GO_ON | listed("openers") | listed("before names")
    )
