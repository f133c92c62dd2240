"""Which entries of the officer's report may be about sensitive material.

The report lists entries about every schedule. One that is not plainly about an open item may repeat
what stands on the schedule of sensitive material, so its words are no more repeated than those.
"""

import re

from forthright.rules.schedules.bundle import LISTS, Bundle
from forthright.rules.schedules.schedule import Form, ScheduleItem

# An entry that names a form at all names an open one in so many words, or it stays back.
NAMES_OPEN = re.compile(r"(?:(?:mg ?0?6 ?)?\(?c\)?|sdc|non-?sensitive)", re.IGNORECASE)


def is_plainly_open(entry: ScheduleItem) -> bool:
    """Say whether nothing in an entry makes it one about anything but an open item."""
    is_open = not entry.of_form.strip() or names_open(entry)
    return entry.number is not None and is_open and not entry.sensitive_reason


def is_known_open(bundle: Bundle, entry: ScheduleItem) -> bool:
    """Say whether an entry is about an open item: it says so, or its number stands on no other.

    Where no open schedule that came with it has its number, it may be about anything.
    """
    if not is_plainly_open(entry):
        return False
    if names_open(entry):
        return True
    every = (*bundle.schedules, *bundle.earlier)
    forms = {each.form for each in every for item in each.items if item.number == entry.number}
    return bool(forms & set(LISTS)) and Form.MG6D not in forms


def names_open(entry: ScheduleItem) -> bool:
    """Say whether an entry names an open form in so many words."""
    return NAMES_OPEN.fullmatch(" ".join(entry.of_form.split())) is not None
