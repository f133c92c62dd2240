"""The door for every schedule: a file goes in, schedules come out, or words that say why not."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from forthright.letter_files.reading import PASTE
from forthright.letter_files.reading import FileRefused as LetterRefused
from forthright.rules.schedules.schedule import Place, Schedule, Unread
from forthright.rules.words import list_words
from forthright.schedule_files.beside import (
    beside_words,
    lists_within,
    unseen_in_sheet,
    unseen_words,
    unsure_numbers,
)
from forthright.schedule_files.building import schedules_of
from forthright.schedule_files.naming import other_paper_in
from forthright.schedule_files.rows import Row
from forthright.schedule_files.seen_headings import SeenHeadings
from forthright.schedule_files.sheets import OPEN, hidden_said, sheets_said, with_sheets_said
from forthright.table_files.problems import FileRefused

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
MOST_ITEMS = 20_000
ENDINGS = ".xlsx, .csv, .docx, .pdf and .json"
SEND_AGAIN = "Ask the police to send the schedule again as an Excel, Word, .csv or text PDF file."
SHOW_SHEETS = (
    "Show the sheet (right-click a sheet’s name, Unhide) and hand the file over again if it lists "
    "material."
)
OLD_OFFICE = b"\xd0\xcf\x11\xe0"


class AnotherPaper(FileRefused):
    """A list that is headed as another paper than a schedule.

    `by_its_lines_alone` says that its columns and numbers are those of a schedule and that neither
    its file nor its sheet is called another paper as well.
    """

    by_its_lines_alone = False


def read_schedules(path: Path) -> tuple[Schedule, ...]:
    """Return the schedules of a file; a workbook may hold several.

    :raises FileRefused: if it is no schedule, or cannot be read safely; says what to do
    """
    read = _reader_of(path)
    try:
        return read(path)
    except AnotherPaper:
        raise
    except FileRefused as refusal:
        raise _said_of_a_schedule(refusal) from refusal
    except LetterRefused as refusal:
        raise _as_table_refusal(refusal) from refusal


def _reader_of(path: Path) -> Callable[[Path], tuple[Schedule, ...]]:
    ending = path.suffix.lower()
    _check_size(path)
    if ending == ".json":
        from forthright.schedule_files.material_lists import read_material_list

        return read_material_list
    readers = row_readers()
    if ending not in readers:
        raise FileRefused(f"Only {ENDINGS} files can be read as schedules.", SEND_AGAIN)
    if ending == ".xlsx":
        return _of_workbook
    if ending == ".docx":
        return _of_word
    return _of_pdf if ending == ".pdf" else _of_csv


def row_readers() -> dict[str, Callable[[Path], Iterator[Row]]]:
    """Return what reads the rows of a file, by its ending."""
    from forthright.schedule_files.pdf_rows import pdf_rows
    from forthright.schedule_files.table_rows import csv_rows, workbook_rows
    from forthright.schedule_files.word_rows import word_rows

    return {".xlsx": workbook_rows, ".csv": csv_rows, ".docx": word_rows, ".pdf": pdf_rows}


def _of_workbook(path: Path) -> tuple[Schedule, ...]:
    """Return the schedules of a workbook, and say what of it no row holds and was not read."""
    from forthright.schedule_files.table_rows import sheets_of, workbook_rows

    sheets = sheets_of(path)
    called = sheets_said([each.name for each in sheets])
    hidden = [hidden_said(called[each.name], each.name) for each in sheets if each.is_hidden]
    try:
        schedules = _from_rows(workbook_rows(path), path)
    except FileRefused as refusal:
        said = refusal.problem
        raise FileRefused(
            f"{said.message} {_hidden_words(hidden)}." if hidden else said.message,
            f"{said.mend} {SHOW_SHEETS}" if hidden else said.mend,
            sheet=called.get(said.sheet, said.sheet), row=said.row, column=said.column,
        ) from refusal  # fmt: skip
    unread = [
        Unread(place=Place(file=path.name), what=_hidden_words(hidden), mend=SHOW_SHEETS,
               why="What is hidden may be left over, or may be a schedule.", may_hide_items=True)
    ] if hidden else []  # fmt: skip
    for each in sheets:
        place = Place(file=path.name, sheet=called[each.name])
        unread += beside_words(place, each.beside) + unseen_in_sheet(place, each.unseen)
    # A list that was parted by form stands on one sheet: what may not be said of one, of neither.
    careful = {each.place.sheet for each in schedules if each.form not in OPEN}
    found = [
        with_sheets_said(each, called) if each.place.sheet in careful else each
        for each in schedules
    ]
    found[0] = replace(found[0], unread=(*unread, *found[0].unread))
    return tuple(found)


def _of_csv(path: Path) -> tuple[Schedule, ...]:
    """Return the schedules of a .csv file, and say where its letters may come out wrong."""
    from forthright.schedule_files.table_rows import csv_rows
    from forthright.table_files.text_files import encoding_of

    first, *others = _from_rows(csv_rows(path), path)
    guess = encoding_of(path).guess
    unread = [Unread(place=Place(file=path.name, row=guess.row), what="Which letters these are",
                     why=guess.message, mend=guess.mend)] if guess else []  # fmt: skip
    return (replace(first, unread=(*unread, *first.unread)), *others)


def _of_word(path: Path) -> tuple[Schedule, ...]:
    """Return the schedules of a Word file, and say what of it was not read."""
    from forthright.schedule_files.word_beside import beside_in_word, unseen_in_word
    from forthright.schedule_files.word_numbers import unsure_in_word
    from forthright.schedule_files.word_rows import lists_within_cells, word_rows

    first, *others = _from_rows(word_rows(path), path)
    whole = Place(file=path.name)
    unread = beside_words(whole, beside_in_word(path)) + unseen_words(whole, unseen_in_word(path))
    unread += unsure_numbers(whole, unsure_in_word(path))
    unread += lists_within(whole, lists_within_cells(path))
    return (replace(first, unread=(*unread, *first.unread)), *others)


def _of_pdf(path: Path) -> tuple[Schedule, ...]:
    """Return the schedules of a PDF, and say what of it was not read."""
    from forthright.schedule_files.pdf_beside import beside_in_pdf
    from forthright.schedule_files.pdf_rows import pdf_rows

    first, *others = _from_rows(pdf_rows(path), path)
    pages = {item.place.page or 0 for each in (first, *others) for item in each.items}
    unread = beside_words(Place(file=path.name), beside_in_pdf(path, pages))
    return (replace(first, unread=(*unread, *first.unread)), *others)


def _hidden_words(names: list[str]) -> str:
    return f"Not read, because hidden: {list_words(names)}"


def _check_size(path: Path) -> None:
    size = path.stat().st_size
    if not size:
        raise FileRefused("The file is empty.", SEND_AGAIN)
    if size > MOST_BYTES:
        raise FileRefused(
            f"The file is {size // MEGABYTE:,} MB; a schedule has {MOST_BYTES // MEGABYTE} MB at "
            "most.",
            "Take pictures and attachments out of it. " + SEND_AGAIN,
        )
    with path.open("rb") as file:
        is_old = file.read(4) == OLD_OFFICE
    if is_old and path.suffix.lower() != ".xlsx":
        raise FileRefused(
            "The file is an old Word or Excel file, or has a password.",
            "Open it and save it as .docx or .xlsx without a password.",
        )


def _from_rows(rows: Iterator[Row], path: Path) -> tuple[Schedule, ...]:
    seen = SeenHeadings()
    schedules = schedules_of(seen.watch(rows), file=path.name)
    if not schedules:
        raise seen.refusal()
    if all(each.is_guessed for each in schedules) and (called := _called(schedules, path)):
        refusal = AnotherPaper(
            f"It is headed as another paper (“{called}”), and as no schedule of unused material.",
            "If it is a schedule, write MG6C, MG6D, MG6E or SDC as a line of its own above it.",
        )
        is_numbered = any(item.number is not None for each in schedules for item in each.items)
        names = (path.stem, *(each.place.sheet for each in schedules))
        is_called = any(other_paper_in(name.replace("_", " ")) for name in names)
        refusal.by_its_lines_alone = is_numbered and not is_called
        raise refusal
    if sum(len(each.items) for each in schedules) > MOST_ITEMS:
        raise FileRefused(
            f"The file holds more than {MOST_ITEMS:,} items.",
            "Hand each schedule over as a file of its own.",
        )
    return tuple(schedules)


def _called(schedules: Sequence[Schedule], path: Path) -> str:
    """Return by what a file that names no form calls itself another paper, if it does."""
    told = [path.stem.replace("_", " ")]
    for each in schedules:
        told += [each.place.sheet, *(line.text for line in each.head)]
    return next(filter(None, map(other_paper_in, told)), "")


def _said_of_a_schedule(refusal: FileRefused) -> FileRefused:
    """Return a refusal of the readers that extracts share, in words about a schedule."""
    said = refusal.problem
    message = said.message.replace("an extract", "a schedule")
    mend = SEND_AGAIN if "extract" in said.mend.lower() else said.mend
    return FileRefused(message, mend, sheet=said.sheet, row=said.row, column=said.column)


def _as_table_refusal(refusal: LetterRefused) -> FileRefused:
    """Return a refusal of the readers that letters share, in words about a schedule."""
    words = str(refusal).replace(PASTE, "").strip()
    for of_letter, of_schedule in (
        ("one letter", "one schedule"),
        ("a letter", "a schedule"),
        ("the letter", "the schedule"),
    ):
        words = words.replace(of_letter, of_schedule)
    return FileRefused(words, SEND_AGAIN)
