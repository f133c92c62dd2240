"""People who are called by a day, a feast or the Crown: “Godswill Sunday”, “Grace Crown”.

Letters hold these words with a capital whoever is meant. Where the record knows somebody by one of
them, it is a name unless what stands around says that it is the day, or the Crown of every letter.
"""

import re

from forthright.anonymiser.plain_words import POSSESSIVE
from forthright.rules.words import DAYS

FEASTS = ("easter", "christmas")
NAMES = frozenset([*(each.lower() for each in DAYS), *FEASTS, "crown"])
A_DAY = "|".join(DAYS)
LEADS_TO_DAY = re.compile(
    r"(?<!\w)(?:on|last|next|this|that|every|each|the|a|any|one|until|till|since|by|before|after|"
    r"from|for|over|at|between|previous|following|coming|late|early|not|mondays?|tuesdays?|"
    r"wednesdays?|thursdays?|fridays?|saturdays?|sundays?|(?:morning|afternoon|evening|night) of)"
    r"(?:[ \u00a0\n]+(?:and|or|to|until))?[ \u00a0\n]+$",
    re.IGNORECASE,
)
# “told by Friday” and “statement from Sunday” are of a person.
OF_SOMEBODY = re.compile(
    r"(?<!\w)(?:(?:told|said|seen|hit|hurt|written|sent|given|made|asked|signed|taken) by|"
    r"(?:statement|letter|account|call|complaint|message|evidence) (?:of|from|by))[ \u00a0\n]+$",
    re.IGNORECASE,
)
GOES_ON_AS_DAY = re.compile(
    r",?[ \u00a0\n]+(?:the[ \u00a0\n]+)?(?:\d|morning|afternoon|evening|night|lunchtime|at \d|"
    rf"\[date|(?:and|or|to|until|-|–)[ \u00a0\n]+(?:{A_DAY})|week|day\b|eve\b|bank holiday)",
    re.IGNORECASE,
)
SAYS = re.compile(r"[ \u00a0\n]+(?:told|said|says|asked|rang|wrote)\b", re.IGNORECASE)
# “Crown Court”, “Crown Prosecution Service”, “Crown counsel”.
GOES_ON_AS_CROWN = re.compile(
    r"[ \u00a0\n]+(?:court|prosecut|counsel|advocate|copyright|estate|office|and county|"
    r"dependenc|servant|immunity|case)",
    re.IGNORECASE,
)
THE = re.compile(r"(?<!\w)the[ \u00a0\n]+(?:[a-z]+[ \u00a0\n]+)?$", re.IGNORECASE)
FITS = 30


def is_called_so(text: str, word: re.Match[str]) -> bool:
    """Say whether a day, a feast or “Crown” with a capital is somebody’s name in its place."""
    bare = POSSESSIVE.sub("", word[0])
    if bare.lower() not in NAMES or not bare[0].isupper():
        return False
    start, end = word.start(), word.start() + len(bare)
    first = max(0, start - FITS)
    if OF_SOMEBODY.search(text, first, start) or SAYS.match(text, end):
        return not THE.search(text, first, start)
    if bare.lower() == "crown":
        return not (THE.search(text, first, start) or GOES_ON_AS_CROWN.match(text, end))
    return not (LEADS_TO_DAY.search(text, first, start) or GOES_ON_AS_DAY.match(text, end))
