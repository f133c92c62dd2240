"""The rows of a schedule kept as a Word document: its tables, and the lines beside them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from forthright.letter_files.reading import open_word_file
from forthright.rules.schedules.schedule import Place
from forthright.schedule_files.drafting import is_numbered
from forthright.schedule_files.headings import fields_of
from forthright.schedule_files.listed import may_be_item
from forthright.schedule_files.rows import Row, row_of
from forthright.schedule_files.word_beside import parts, place_of, take_unseen
from forthright.schedule_files.word_numbers import BULLET, is_empty, marks_before
from forthright.table_files.problems import FileRefused

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The lines of 40 pages, and the most items with headings on each page.
MOST_LINES = 2_000
MOST_ROWS = 21_000
WRAPPERS = ("sdt", "smartTag", "customXml", "fldSimple", "moveTo")


def word_rows(path: Path) -> Iterator[Row]:
    """Yield each line and each row of a table in the order of the document.

    A row's number counts lines and rows from the top: Word keeps no pages. Words that are hidden or
    struck through are in none.

    :raises FileRefused: if it has more lines or rows than a schedule has
    """
    document = open_word_file(path.read_bytes())
    _check_length(document.element.body)
    take_unseen(document)
    for each in parts(document):
        _unwrap(each)
    marks = _write_numbers(document)
    for number, (cells, of) in enumerate(_in_order(document), start=1):
        lines = of.iter(f"{W}p") if of is not None else ()
        mark = next((marks[line] for line in lines if line in marks), "")
        yield row_of(Place(file=path.name, row=number), cells, mark=mark)


def lists_within_cells(path: Path) -> list[tuple[int, str]]:
    """Return the rows with a table within a cell that may list items: each by number, and its item.

    The words of such a table are read as words of its cell, so that no item of it is one.
    """
    from docx.table import Table

    document = open_word_file(path.read_bytes())
    take_unseen(document)
    _unwrap(document.element.body)
    marks = _write_numbers(document)
    return [
        (number, place_of(row))
        for number, (_, row) in enumerate(_in_order(document), start=1)
        if row is not None
        and any(_lists(Table(each, document), marks) for each in row.iter(f"{W}tbl"))
    ]


def _lists(within: Any, marks: Mapping[Any, str]) -> bool:
    """Say whether a table within a cell has headings of a schedule, or a row that may be an item.

    A table within this one is asked of by itself.
    """
    for row in within.rows:
        mark = next((marks[line] for line in row._tr.iter(f"{W}p") if line in marks), "")
        read = row_of(Place(file=""), _cells(row), mark=mark)
        if fields_of(read.cells) or is_numbered(read) or may_be_item(read):
            return True
    return False


def _check_length(body: Any) -> None:
    """Refuse what would take minutes to read, before a word of it is."""
    beside = int(body.xpath("count(.//w:p[not(ancestor::w:tbl)])"))
    for count, most, what in (
        (beside, MOST_LINES, "lines beside its tables"),
        (int(body.xpath("count(.//w:tr)")), MOST_ROWS, "rows"),
    ):
        if count > most:
            raise FileRefused(
                f"The Word file has {count:,} {what}; a schedule has {most:,} at most.",
                "Hand each schedule over as a file of its own, without what is not of it.",
            )


def _in_order(document: Any) -> Iterator[tuple[list[str], Any]]:
    """Yield the cells of each line and row, and where it stands in the body its element."""
    for section in document.sections:
        yield from ((cells, None) for cells in _margins(section, "header"))
        yield from _rows_within(section)
    yield from (([words], None) for words in _boxes(document.element.body))
    for section in document.sections:
        yield from ((cells, None) for cells in _margins(section, "footer"))


def _rows_within(held: Any) -> Iterator[tuple[list[str], Any]]:
    """Yield each line, and each row of a table, of a section or of its margin."""
    from docx.table import Table

    for block in held.iter_inner_content():
        if isinstance(block, Table):
            yield from ((_cells(row), row._tr) for row in block.rows)
        else:
            yield [block.text], block._p


def _unwrap(root: Any) -> None:
    """Put what forms wrap in its place: else whole rows, tables and cells of theirs are not there.

    A form of the police is filled in in content controls; fields, tags and what was moved wrap
    words alike (ECMA-376, part 1, 17.5.2 and 17.16).
    """
    for name in WRAPPERS:
        # Those within come first, so that none is left where one holds another.
        for each in reversed(list(root.iter(f"{W}{name}"))):
            held = each.find(f"{W}sdtContent") if name == "sdt" else each
            for child in [] if held is None else list(held):
                each.addprevious(child)
            each.getparent().remove(each)


def _write_numbers(document: Any) -> dict[Any, str]:
    """Write into each empty line that Word numbers by itself what it shows there.

    So are the items of most forms numbered. What shows before the words of others is returned, a
    dot where that is not sure.
    """
    marks: dict[Any, str] = {}
    for line, mark in list(marks_before(document)):
        if not is_empty(line):
            marks[line] = BULLET if mark is None else mark
        elif mark not in {None, BULLET}:
            line.add_r().text = mark
    return marks


def _boxes(held: Any) -> list[str]:
    """Return the words of each text box of a body or a margin, which stands in no line of it."""
    found = (
        "\n".join(
            "".join(part.text or "" for part in line.iter(f"{W}t")) for line in box.iter(f"{W}p")
        )
        for box in held.iter(f"{W}txbxContent")
    )
    # Word keeps a box twice, for itself and for older programs.
    return list(dict.fromkeys(each for each in found if each.strip()))


def _cells(row: Any) -> list[str]:
    """Return the words of a row's cells; a cell that spans columns counts once for each."""
    seen: set[int] = set()
    # A row may begin some columns further in than the table does.
    cells = [""] * row.grid_cols_before
    for cell in row.cells:
        is_again = id(cell._tc) in seen
        seen.add(id(cell._tc))
        cells.append("" if is_again else _words(cell))
    return cells


def _words(cell: Any) -> str:
    """Return every word of a cell, also of a table within it, which `cell.text` leaves out."""
    from docx.table import Table

    words = []
    for block in cell.iter_inner_content():
        if isinstance(block, Table):
            words += [each for row in block.rows for each in _cells(row) if each]
        else:
            words.append(block.text)
    return "\n".join(words)


def _margins(section: Any, name: str) -> Iterator[list[str]]:
    """Yield each line of a section's own headers or footers once, a row of a table as one.

    A form may name itself on its first page alone, or on pages with even numbers, and in a box.
    """
    margins = [getattr(section, f"{kind}{name}") for kind in ("first_page_", "", "even_page_")]
    lines = (
        " ".join(filter(None, cells))
        for margin in margins if not margin.is_linked_to_previous
        for cells in (*(held for held, _ in _rows_within(margin)),
                      *([words] for words in _boxes(margin._element)))
    )  # fmt: skip
    yield from ([words] for words in dict.fromkeys(lines) if words.strip())
