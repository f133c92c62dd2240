"""What a file shows beside its rows, or hides, that was not read: said by place, not repeated."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from forthright.rules.schedules.schedule import Place, Unread
from forthright.rules.words import count_words, list_words
from forthright.table_files.places import column_letters
from forthright.table_files.unseen_cells import Unseen

BESIDE = "It stands in none of the rows, and may say of an item that it is sensitive."
READ_THEM = (
    "Open the file and read them. Where one says something of an item, have the police write it "
    "into the item’s row; where none does, say so as the reason why this is adequate."
)
NOT_READ = "No program reads what it shows, and items may be listed in it."
LOOK = (
    "Open the file and look. Where it lists items or says something of one, have the police write "
    "them into rows; where it does not, say so as the reason why this is adequate."
)
UNSEEN = "It may be left over, or an item that was taken out or is sensitive, so it was not read."
READ_YET_HIDDEN = "Whoever opens the file does not see it; it was read all the same."
MAY_BE_HIDDEN = "Whoever opens the file may not see what stands there; it was read all the same."
CONDITIONAL = "conditional format that may hide words"
SETTLE = (
    "Have the police take out what is not of the schedule and show the rest; or look, and say as "
    "the reason why this is adequate that no item is missing."
)
MANY = {"note on a cell": "notes on cells", "text box": "text boxes",
        "comment in the margin": "comments in the margin",
        "note put onto a page": "notes put onto a page",
        "file attached to it": "files attached to it",
        "field that was filled in": "fields that were filled in",
        "line with words struck through or hidden":
        "lines with words struck through or hidden",
        "cell with words struck through or hidden":
        "cells with words struck through or hidden",
        CONDITIONAL: "conditional formats that may hide words"}  # fmt: skip
WHY = {"hidden column": READ_YET_HIDDEN, CONDITIONAL: MAY_BE_HIDDEN}
SHOWN = frozenset({"scanned page", "picture", "chart", "embedded file", "drawing",
                   "file attached to it", "embedded document"})  # fmt: skip
MOST_PLACES = 40


def beside_words(place: Place, beside: Mapping[str, Sequence[str]]) -> list[Unread]:
    """Return what stands beside the rows of a file or a sheet: nothing that it says is repeated.

    :param beside: where each of them begins, by what one is called; blank where it hangs on none
    """
    return [
        Unread(
            place=place, what=_counted(places, one, MANY.get(one, f"{one}s")),
            why=NOT_READ if one in SHOWN else BESIDE, mend=LOOK if one in SHOWN else READ_THEM,
            may_hide_items=True,
        )
        for one, places in beside.items() if places
    ]  # fmt: skip


def unseen_words(place: Place, kinds: Mapping[str, Sequence[str]]) -> list[Unread]:
    """Return what of a file or a sheet is hidden or struck through.

    :param kinds: where each stands, by what one is called
    """
    return [
        Unread(place=place, what=_counted(places, one, MANY.get(one, f"{one}s")),
               why=WHY.get(one, UNSEEN), mend=SETTLE,
               may_hide_items=True)
        for one, places in kinds.items() if places
    ]  # fmt: skip


def unsure_numbers(place: Place, rows: Sequence[str]) -> list[Unread]:
    """Return that Word numbers rows by itself in a way of which what shows is not sure.

    :param rows: where each of them is
    """
    return [
        Unread(
            place=place, what=_counted(rows, "number that Word counts", "numbers that Word counts"),
            why="Word keeps how to count and not what shows, and its programs count these "
            "differently, so no number was read.",
            mend="Have the police type the numbers, or send the schedule as a PDF.",
            may_hide_items=True,
        )
    ] if rows else []  # fmt: skip


def lists_within(place: Place, rows: Sequence[tuple[int, str]]) -> list[Unread]:
    """Return that tables within cells may list items: what they say was read as words of the cell.

    :param rows: the number of the row in which each stands, and which item that row is
    """
    return [
        Unread(
            place=replace(place, row=row),
            what="A table within a cell" + (f" of {item}" if item else ""),
            why="It may list items, and its rows were read as words of the cell.",
            mend="Have the police put each item of it into a row of the schedule’s own table, with "
            "a number of its own; where it lists none, say so as the reason why this is adequate.",
            may_hide_items=True,
        )
        for row, item in rows
    ]  # fmt: skip


def unseen_in_sheet(place: Place, unseen: Unseen) -> list[Unread]:
    """Return which rows and columns of a sheet are hidden, cells struck through, or may be so."""
    cells = [f"{column_letters(column)}{row}" for row, column in sorted(unseen.struck)]
    return unseen_words(
        place,
        {
            "hidden row": [f"row {each:,}" for each in sorted(unseen.rows)],
            "hidden column": unseen.columns,
            "cell with words struck through or hidden": cells,
            CONDITIONAL: unseen.formats,
        },
    )


def _counted(places: Sequence[str], one: str, many: str) -> str:
    """Say how many there are, and where: "2 notes on cells: B3 and C3"."""
    named = list(dict.fromkeys(filter(None, places)))
    shown = list_words(named[:MOST_PLACES])
    if len(named) > MOST_PLACES:
        shown += f" and {len(named) - MOST_PLACES:,} more"
    what = count_words(len(places), one, many)
    return f"{what}: {shown}" if named else what
