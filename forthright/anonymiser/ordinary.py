"""Ordinary words that the model alone takes for what identifies: “lorry”, “bangle”, “burglary”.

A letter is about such things, and they name nobody. The model is asked to be surer of them than of
a name; of what it is less sure a person is asked to look.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from forthright.anonymiser.capital_runs import begins_at
from forthright.anonymiser.capital_words import as_small, is_ordinary, listed
from forthright.anonymiser.spans import ASKED, Found, Kind
from forthright.rules.words import DAYS

# From so much on the model masks an ordinary word in small letters, in a letter.
SURE_FROM = 0.8
PUNCTUATION = re.compile(r"['’-]")
CAPITAL_NEXT = re.compile(r"[ \u00a0][A-Z]")
BESIDE = re.compile(r"[A-Z][\w’'-]*[ \u00a0]$")
# A day of the week alone dates nothing, and what joins two names is no part of either.
WEEKDAYS = frozenset(form for each in DAYS for form in (each.lower(), f"{each.lower()}s"))
JOINING = frozenset({"and", "of", "in", "on", "at", "with", "from", "the", "to", "for", "by", "or"})


def asked_about(text: str, model: Sequence[Found]) -> list[Found]:
    """Return what the model saw, with the ordinary words that a person is to look at instead."""
    return [
        replace(each, score=min(each.score, ASKED)) if _is_unsure(text, each) else each
        for each in model
    ]


def _is_unsure(text: str, found: Found) -> bool:
    said = text[found.start : found.end]
    small = as_small(said)
    if small in WEEKDAYS or said in JOINING:
        return True
    # “Judge” and “Matron”, but not the end of “Kingfisher Court”.
    is_role = (
        said[0].isupper()
        and small in listed("roles")
        and found.kind is not Kind.PERSON
        and not BESIDE.search(text, max(0, found.start - 20), found.start)
    )
    # “Robbing Ms Osei”, where an item begins.
    is_charge = (
        small in listed("before names")
        and begins_at(text, found.start)
        and CAPITAL_NEXT.match(text, found.end)
    )
    is_small = said.islower() and PUNCTUATION.sub("", said).isalpha() and is_ordinary(said)
    return bool(is_charge) or (found.score < SURE_FROM and (is_small or is_role))
