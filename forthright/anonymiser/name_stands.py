"""Where nothing but a name stands: on a line of its own, in a cell of a table, after “cc” or “To:”.

A known name may be any word: “We”, “To”, “Hope”. In such a place it is a name all the same.
"""

import re

from forthright.anonymiser.capital_runs import begins_at
from forthright.anonymiser.capital_words import is_ordinary
from forthright.anonymiser.plain_words import POSSESSIVE

# Of two letters a name is told by its capital within a sentence.
SHORTEST = 2
# What says whom a copy goes to, who signs or whom a row is about, before a colon or the like.
LABEL = (
    r"(?i:c/o|care of|b?cc(?:[’']?d)?|pp|p\.p\.|fao|f\.a\.o\.|attn|for the attention of|"
    r"cop(?:y|ies)(?: to)?|to|from|signed(?: by)?|name|witness|victim|defendant|suspect|"
    r"complainant|child|parent|contact|author|writer|officer|re|about)"
)
# Before a full stop; after one of the others a sentence ends: “the child. He ran”.
SHORT_LABEL = r"(?i:b?cc|pp|fao|attn|re)"
# What leads to a name with nothing between them.
COPIED = r"(?:c/o|C/O|cc|Cc|CC|pp|FAO|Attn)"
LABELLED = re.compile(
    rf"(?:(?<!\w){LABEL}[ \u00a0]*[:–-][ \u00a0]*|(?<!\w){SHORT_LABEL}\.[ \u00a0]*|"
    rf"(?<!\w){COPIED}[ \u00a0]+|"
    rf"^[ \t]*(?:(?:Dear|Hello|Hi|Annwyl|{COPIED})\b|(?:Copy|To)\b[^\n:]{{0,5}}:)"
    r"[^\n.]{1,40}(?:,|&|\band)[ \u00a0])$",
    re.MULTILINE,
)
ITEM = r"(?:[-–—•*·][ \t]+|\(?\d{1,2}[.)][ \t]+)?"
CELL_BEGINS = re.compile(rf"(?:^|[|\t])[ \t]*{ITEM}$", re.MULTILINE)
CELL_ENDS = re.compile(r"[ \t]*[,.;]?[ \t]*(?:$|[|\t])", re.MULTILINE)
LEADS_TO_PERSON = re.compile(
    r"\b(?:told|asked|rang|met|saw|called|named|against|with|thanks?|visited|phoned)[ \u00a0]$"
)
IN_A_TITLE = re.compile(r"[ \u00a0](?P<next>[A-Z][a-z]+)")
NO_NAMES = frozenset({"mr", "ms", "mx", "dr", "st", "fr", "ps", "pc", "dc", "ds", "di", "dj"})


def stands_as_name(text: str, word: re.Match[str]) -> bool:
    """Say whether a known name stands where only a name does, whatever word it is besides."""
    line = max(0, text.rfind("\n", 0, word.start()) + 1)
    is_cell = CELL_BEGINS.search(text, line, word.start()) and CELL_ENDS.match(text, word.end())
    if is_cell or LABELLED.search(text, line, word.start()):
        return True
    bare = POSSESSIVE.sub("", word[0])
    is_written_so = bare.istitle() and bare.lower() not in NO_NAMES
    if not is_written_so or begins_at(text, word.start()):
        return False
    # “we told We so”: a capital within a sentence, of a word that has none for itself.
    is_told = len(bare) == SHORTEST and not begins_title(text, word.end())
    return is_told or LEADS_TO_PERSON.search(text, line, word.start()) is not None


def begins_title(text: str, end: int) -> bool:
    """Say whether a capital within a sentence may begin a title: “the leaflet My Rights”."""
    following = IN_A_TITLE.match(text, end)
    return following is not None and is_ordinary(following["next"])
