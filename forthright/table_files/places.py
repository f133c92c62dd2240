"""Where the cells of a sheet stand, and whether they lie too far apart to be read safely.

The reader keeps a place for every cell between the first and the last, filled or
not: two cells at far corners of an Excel sheet would need 500 GB and end the process.
"""

import re

from forthright.table_files import limits
from forthright.table_files.problems import FileRefused

# The cells of a sheet as nearly every program writes them, and however else it may.
PLAIN = re.compile(rb'<c r="[A-Z]{1,2}(\d{1,7})"')
ANY = re.compile(rb'\br\s*=\s*["\']\s*([A-Za-z]*)(\d+)')
PREFIXED = (b":c ", b":c>", b":c/", b":c\t", b":c\r", b":c\n")
TWO_LETTERS = re.compile(rb'<c r="([A-Z]{2})\d')
COLUMNS_OF_ONE_LETTER = 26
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
FAR_MEND = (
    "Copy the table alone into a new workbook, or delete the rows below it and the columns beside "
    "it, and save it again."
)


def column_letters(index: int) -> str:
    """Return the letters of a column counted from 0: 0 is A, 27 is AB."""
    letters = ""
    index += 1
    while index:
        index, last = divmod(index - 1, 26)
        letters = chr(65 + last) + letters
    return letters


def column_number(letters: str) -> int:
    """Return a column's place counted from 0: A is 0, AB is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def check_spread(rows: bytes, sheet: str) -> None:
    """Refuse rows of a sheet whose cells lie so far apart that reading them needs much memory.

    :raises FileRefused: naming the cell that lies farthest out
    """
    if not _is_plainly_near(rows):
        _check_each(rows, sheet)


def _is_plainly_near(rows: bytes) -> bool:
    """Say whether a quick look shows that the cells lie close; it never says so wrongly."""
    numbers = PLAIN.findall(rows)
    if not numbers or len(numbers) != rows.count(b"<c") or any(mark in rows for mark in PREFIXED):
        return False
    found = set(map(int, set(numbers)))
    beyond_z = set(TWO_LETTERS.findall(rows))
    width = column_number(max(beyond_z).decode()) + 1 if beyond_z else COLUMNS_OF_ONE_LETTER
    return (max(found) - min(found) + 1) * width <= limits.CELLS_AT_A_TIME


def _check_each(rows: bytes, sheet: str) -> None:
    places = set(ANY.findall(rows))
    if not places:
        return
    if any(len(letters) > 3 or len(number) > 7 for letters, number in places):
        raise _far("A cell stands outside the sheet.", sheet, None)
    numbers = [int(number) for _, number in places]
    columns = [column_number(letters.decode().upper()) for letters, _ in places if letters]
    last_row, last_column = max(numbers), max(columns, default=0)
    if last_row > LAST_ROW or last_column >= LAST_COLUMN:
        raise _far("A cell stands outside the sheet.", sheet, None)
    area = (last_row - min(numbers) + 1) * (last_column + 1)
    if area > limits.CELLS_AT_A_TIME:
        cell = f"{column_letters(last_column)}{last_row}"
        raise _far(
            f"Some cells stand far from the others: the farthest column and row are those of "
            f"{cell}.",
            sheet,
            last_row,
        )


def _far(message: str, sheet: str, row: int | None) -> FileRefused:
    return FileRefused(message, FAR_MEND, sheet=sheet, row=row)
