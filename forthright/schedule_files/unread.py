"""What could not be read of the items of a schedule, each with its place and mend."""

import re
from collections.abc import Iterator, Sequence

from forthright.rules.schedules.bundle import LISTS
from forthright.rules.schedules.schedule import Code, Form, Line, ScheduleItem, Unread
from forthright.schedule_files.codes import decides_sensitive

NUMBERED = re.compile(r"\(?(?:item\s*(\d{1,5})[.):]?|(\d{1,5})[.):])\s+[^\W\d]", re.IGNORECASE)


def unread_items(items: Sequence[ScheduleItem], form: Form) -> Iterator[Unread]:
    """Yield what could not be read of each item; nothing that a sensitive one says is repeated.

    An entry of the officer's report without a number may be about any item, and is taken as one.
    """
    repeats = form in LISTS
    for item in items:
        if item.number is None:
            written = f"“{item.numbered}”" if repeats else "What stands there"
            yield Unread(
                place=item.place,
                what=f"The number of the item “{_shown(item.description)}”" if repeats
                else "The number of an item",
                why=f"{written} is not one whole number." if item.numbered
                else "Its number is left out.",
                mend="Give each item one number of its own.",
            )  # fmt: skip
        if item.endorsed and form is Form.MG6D:
            if not decides_sensitive(item.endorsed):
                yield Unread(
                    place=item.place,
                    what=f"The decision on {item.named}",
                    why="What stands there is no decision on a sensitive item.",
                    mend="Write S where it is agreed to be sensitive, DS where that is disputed, "
                    "PII where immunity is to be applied for, or D where it is disclosed.",
                )
        elif item.endorsed and not item.code:
            written = f"“{_shown(item.endorsed)}”" if repeats else "What stands there"
            yield Unread(
                place=item.place,
                what=f"The endorsement of {item.named}",
                why=f"{written} is not one of {', '.join(Code)}.",
                mend="Write one of the codes of the form’s key.",
            )
        if form is not Form.MG6E and not item.description:
            yield Unread(
                place=item.place,
                what=f"The description of {item.named}",
                why="Nothing stands in its column.",
                mend="Describe the item, or look whether the file shows it elsewhere.",
            )


def numbered_below(lines: Sequence[Line], items: Sequence[ScheduleItem]) -> Iterator[Unread]:
    """Yield each line beside the table whose number goes on from that of its last item.

    Where such lines begin with a smaller number, they count the limbs of the certificate.
    """
    last = max((item.number for item in items if item.number), default=0)
    for line in lines if last else []:
        if not (found := NUMBERED.match(line.text)):
            continue
        number = int(found[1] or found[2])
        if number <= last:
            return
        if number == last + 1:
            last = number
            yield Unread(
                place=line.place,
                what=f"A line that begins with {last}",
                why="It stands in the row of no item, so it was kept with the certificate.",
                mend="If it is an item, put it into a row of the table.",
            )


def _shown(words: str) -> str:
    return words if len(words) <= 60 else words[:59] + "…"
