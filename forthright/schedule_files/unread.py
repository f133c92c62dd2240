"""What could not be read of the items of a schedule, each with its place and mend."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from forthright.rules.schedules.bundle import LISTS
from forthright.rules.schedules.schedule import Code, Form, Line, Place, ScheduleItem, Unread
from forthright.rules.words import count_words
from forthright.schedule_files.codes import decides_sensitive
from forthright.schedule_files.rows import Row

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
# With or without a mark behind the number; a day of a month is none.
NUMBERED = re.compile(
    rf"\(?(?:item\s*(\d{{1,5}})[.):]?|(\d{{1,5}})(?:[.):]|(?!\s+{MONTH})))\s+[^\W\d]",
    re.IGNORECASE,
)
# What is said to be unread where no row of a list could be told to be an item.
ROWS_BELOW = "The rows below the headings"
BEGINS = re.compile(r"\(?\d{1,5}[.):]?(?:\s|$)")


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


def rows_unread(place: Place, lines: Sequence[Line], columns: Collection[str]) -> Unread:
    """Return that none of the rows below the headings could be told to be an item.

    :param lines: what stands below the headings
    :param columns: which fields have a column
    """
    mend = "Number the items 1, 2, 3, or send the Word or Excel file."
    if "number" not in columns:
        why = "None of the headings is one of a column of numbers"
        mend = (
            "Head the column of numbers “Item No.” and draw lines around the cells, or send the "
            "Word or Excel file."
        )
    elif any(BEGINS.match(line.text) for line in lines):
        why = "The numbers that some begin with do not stand below their heading"
        mend = "Draw lines around the cells, or send the Word or Excel file."
    else:
        why = "None begins with a whole number"
    return Unread(
        place=place, what=ROWS_BELOW,
        why=f"{why}, and no drawn lines tell the rows apart.", mend=mend, may_hide_items=True,
    )  # fmt: skip


def numbered_below(lines: Sequence[Line], items: Sequence[ScheduleItem]) -> Iterator[Unread]:
    """Yield each line beside the table whose number goes on from that of its last item.

    Where such lines begin with a smaller number, they count the limbs of the certificate.
    """
    last = max((item.number for item in items if item.number), default=0)
    for line in lines if last else []:
        if not (number := _number_of(line)):
            continue
        if number <= last:
            return
        if number == last + 1:
            last = number
            yield _one_line(line.place, last, "so it was kept with the certificate")


def rows_apart(rows: Sequence[Row], *, is_here: bool) -> Iterator[Unread]:
    """Yield that rows below a line that begins something else look like items.

    :param is_here: whether they stand on the sheet of the schedule above them
    """
    if rows:
        yield Unread(
            place=rows[0].place,
            what=f"{count_words(len(rows), 'row')} from here on that may be items",
            why=(
                "A line above them is the title of another form" if is_here
                else "They stand on another sheet"
            ) + ", and no headings stand between, so they were kept with the certificate.",
            mend="If they are items, write the name of their form and the headings of its columns "
            "above them, and give the file again.",
            may_hide_items=True,
        )  # fmt: skip


def rows_above(rows: Sequence[Row]) -> Iterator[Unread]:
    """Yield that numbered rows stand above the headings of a schedule."""
    if rows:
        yield Unread(
            place=rows[0].place,
            what=f"{count_words(len(rows), 'row')} from here on that may be items",
            why="They stand above the headings of the columns, so they were read as its title.",
            mend="If they are items, write the headings of the columns above them, and give the "
            "file again.",
            may_hide_items=True,
        )


def lines_below(lines: Sequence[Line]) -> Iterator[Unread]:
    """Yield that lines below the items of a schedule are numbered or bulleted as items may be."""
    if lines:
        yield Unread(
            place=lines[0].place,
            what=f"{count_words(len(lines), 'line')} from here on that may be items",
            why="They stand in the row of no item, so they were kept with the certificate.",
            mend="If they are items, put each into a row of the table with a number of its own, "
            "and give the file again.",
            may_hide_items=True,
        )


def rows_below(rows: Sequence[Row]) -> Iterator[Unread]:
    """Yield that rows below the signature of a schedule look as its items do."""
    if rows:
        yield Unread(
            place=rows[0].place,
            what=f"{count_words(len(rows), 'row')} below the signature that may be items",
            why="They are cut into cells as items are, and stand below the certificate.",
            mend="If they are items, move them above the signature, each with a number.",
            may_hide_items=True,
        )


def overleaf(
    below: Sequence[Line], items: Sequence[ScheduleItem], signs: Callable[[str], bool]
) -> Iterator[Unread]:
    """Yield that what follows the items on a later page does not begin as a certificate does.

    :param below: the lines below the last item
    :param signs: whether words sign a list
    """
    last = max((item.place.page or 0 for item in items), default=0)
    page = (below[0].place.page or 0) if below else 0
    if last and page > last and not signs(below[0].text):
        yield Unread(
            place=below[0].place,
            what=f"The first words on page {page}",
            why="They stand in the row of no item, so they were kept with the certificate.",
            mend="Look whether items go on there; if so, send the Word or Excel file.",
            may_hide_items=True,
        )


def words_that_number(
    line: Line, item: ScheduleItem, last: int
) -> tuple[Unread, int] | None:  # fmt: skip
    """Return that a line read as more words of an item may be the next item.

    It is asked of a line that stands on a later page than the item, or whose item has no number of
    its own: the numbers may stand in the column of its words.

    :param last: the number of the last item before it; 0 where it has none
    :returns: that, and the number of the line
    """
    is_later = (line.place.page or 0) > (item.place.page or 0)
    last = last or (_number_in(item.description) if item.number is None else 0)
    if not (is_later or item.number is None) or _number_of(line) != last + 1:
        return None
    return _one_line(line.place, last + 1, f"so it was read with {item.named}"), last + 1


def _number_of(line: Line) -> int:
    return _number_in(line.text)


def _number_in(text: str) -> int:
    found = NUMBERED.match(text)
    return int(next(filter(None, found.groups()))) if found else 0


def _one_line(place: Place, number: int, why: str) -> Unread:
    return Unread(
        place=place,
        what=f"A line that begins with {number}",
        why=f"It stands in the row of no item, {why}.",
        mend="If it is an item, put it into a row of the table.",
        may_hide_items=True,
    )


def _shown(words: str) -> str:
    return words if len(words) <= 60 else words[:59] + "…"
