"""How much an item's description tells, counted."""

import re
from collections.abc import Callable, Mapping

from forthright.rules.letter_checks.sentences import words_of
from forthright.rules.schedules.bundle import plain

WORD = re.compile(r"[a-z][a-z'&-]*")
# Words that name a kind of thing, a rank, or nothing: what is left tells what the thing holds.
EMPTY = words_of(
    """
    a an and as at by for from in into is it its of on or out per re regarding relating the
    their this that to with was were be been has have had any all some other copy copies
    original item items material materials document documents file files folder record
    records report reports form forms sheet sheets list lists log logs note notes notebook
    notebooks pocket book books entry entries rough officer officers officer's officers'
    police pc dc ds di dci sgt pcso insp inspector sergeant constable detective cctv bwv bwc
    bwf footage video videos recording recordings disc disk dvd usb clip clips camera
    cameras worn body photo photos photograph photographs image images picture pictures
    email emails e-mail e-mails letter letters correspondence text texts message messages
    statement statements interview interviews roti custody crime incident occurrence intel
    cad storm oel pnb edb mg ref reference number no dated date time misc miscellaneous
    various general case defendant suspect victim witness complainant mr mrs ms miss dr
    exhibit unused sensitive non-sensitive non see attached booklet procedure above below
    edited redacted unedited full draft
    """
)


def telling_words(description: str) -> int:
    """Count the words that tell what a thing holds: no kinds of thing, ranks, or numbers."""
    words = WORD.findall(plain(description))
    return len({word for word in words if len(word) > 1 and word not in EMPTY})


def letters(description: str) -> int:
    """Count letters, digits, spaces and stops."""
    return len(description)


MEASURES: Mapping[str, Callable[[str], int]] = {
    "telling_words": telling_words,
    "letters": letters,
}
