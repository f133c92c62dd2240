"""How the sheets of a workbook are said: a name may tell what is sensitive, and a number does not.

What a command or a refusal prints is read by whoever stands by, so a sheet is said by its number
wherever its schedule may be sensitive, unless its name says no more than a form or a count.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from forthright.rules.schedules.schedule import Form, Place, Schedule

OPEN = frozenset({Form.MG6C, Form.SDC})
PLAIN = re.compile(
    r"\s*(?:sheet|tab|table|page|schedule|mg\s?6?\s?[cde]?|sdc|(?:non[ -]?)?sensitive|unused|"
    r"more|others?|further|additional|extra|continued|continuation|copy|draft|old|new|notes|list)?"
    r"(?:\s(?:unused|material|items?))*[\s_.-]*\d{0,2}\s*",
    re.IGNORECASE,
)


def sheets_said(names: Sequence[str]) -> dict[str, str]:
    """Return how each sheet is said, by its name: as it is called where that is plain, or else
    which sheet of the workbook it is, counted from 1.
    """
    return {
        name: name if PLAIN.fullmatch(name) else str(number)
        for number, name in enumerate(names, start=1)
    }


def hidden_said(said: str, name: str) -> str:
    """Return how a sheet that is not read is called: by its name, or why its number stands there.

    :param said: how it is said wherever its name may tell what is sensitive
    """
    if said == name:
        return f"the sheet “{name}”"
    return (
        f"sheet {said} from the left (its name may tell what is sensitive, so it is not repeated)"
    )


def with_sheets_said(schedule: Schedule, said: Mapping[str, str]) -> Schedule:
    """Return a schedule with each of its places on a sheet as that is said."""

    def placed(place: Place) -> Place:
        return replace(place, sheet=said.get(place.sheet, place.sheet))

    return replace(
        schedule,
        place=placed(schedule.place),
        items=tuple(replace(each, place=placed(each.place)) for each in schedule.items),
        head=tuple(replace(each, place=placed(each.place)) for each in schedule.head),
        certificate=tuple(replace(each, place=placed(each.place)) for each in schedule.certificate),
        unread=tuple(replace(each, place=placed(each.place)) for each in schedule.unread),
    )
