"""What of a case is for the lawyers of the unit alone, asked anew each time somebody looks.

An entry of the officer's report is hidden unless it is known to be about an open item: schedules
come in any order, so what was no sensitive item's number when it came may be one today.
"""

from collections.abc import Iterable

from forthright.disclosure.models import Item
from forthright.rules.schedules.schedule import Form

OPEN_FORMS = (Form.MG6C.value, Form.SDC.value)


def open_numbers(case_id: int) -> frozenset[int]:
    """Return the numbers by which a report can only mean an item that everybody may see.

    A number that a sensitive item has too, in any version, is none of them; and there are none
    while a sensitive item has no number that can be read, because it may be any.
    """
    rows = Item.objects.filter(schedule__delivery__case=case_id)
    listed = rows.filter(schedule__form__in=[*OPEN_FORMS, Form.MG6D.value])
    seen, hidden = set(), set()
    for number, form, is_held_back in listed.values_list(
        "number", "schedule__form", "is_held_back"
    ).order_by():
        if form == Form.MG6D or is_held_back:
            hidden.add(number)
        else:
            seen.add(number)
    if None in hidden:
        return frozenset()
    return frozenset(number for number in seen - hidden if number is not None)


def is_hidden(item: Item, form: str, numbers: frozenset[int]) -> bool:
    """Say whether the words of an item are for the lawyers of the unit alone.

    :param numbers: what `open_numbers` says of its case
    """
    if form == Form.MG6E and item.number not in numbers:
        return True
    return form == Form.MG6D or item.is_held_back


def hidden_of(case_id: int, items: Iterable[Item]) -> list[Item]:
    """Return which items of a case are for the lawyers of the unit alone.

    :param items: with their schedules
    """
    numbers = open_numbers(case_id)
    return [each for each in items if is_hidden(each, each.schedule.form, numbers)]
