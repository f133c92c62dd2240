"""Whether a word that begins a sentence, or a month, is a name or the plain word it is spelt like.

“Will you want to meet us?” and “in March and May” name nobody, and “Will told us” does. What
another letter hides is looked for in this one, so that only what stands around the word can tell.
"""

import re
from enum import Enum

from forthright.anonymiser.capital_runs import begins_at
from forthright.anonymiser.record_people import DOING
from forthright.anonymiser.short_names import is_word_too
from forthright.rules.words import MONTHS

NEXT = re.compile(r"[ \u00a0]+(?P<word>[^\W\d_]+)")
# No name has one of these right after it: “Will you”, “Mark the envelope”, “May I”, “Bill us”.
AFTER_A_VERB = frozenset(
    ["a", "an", "anybody", "anyone", "her", "him", "i", "it", "me", "my", "our", "she", "the",
     "their", "them", "there", "they", "us", "we", "you", "your"]
)  # fmt: skip

A_MONTH = "|".join(MONTHS)
LEADS_TO_MONTH = re.compile(
    rf"(?<!\w)(?:in|since|until|during|early|late|(?:{A_MONTH})(?:,|[ \u00a0](?:and|or|to)))"
    r"[ \u00a0]$"
)
FITS = 20


class Sense(Enum):
    """What a word with a capital is, by where it stands."""

    NAME = "a name"
    ASKED = "a name or a plain word"
    WORD = "a plain word"


def sense_of(text: str, start: int, end: int) -> Sense:
    """Return what some words of a text are: anything but one plain word is a name."""
    said = text[start:end]
    if said in MONTHS and LEADS_TO_MONTH.search(text, max(0, start - FITS), start):
        return Sense.WORD
    is_plain = said.isalpha() and said.istitle() and is_word_too(said.lower())
    following = NEXT.match(text, end)
    if not (is_plain and following and begins_at(text, start)):
        return Sense.NAME
    after = following["word"]
    if after.lower() in AFTER_A_VERB:
        return Sense.WORD
    return Sense.NAME if after in DOING or after[0].isupper() else Sense.ASKED
