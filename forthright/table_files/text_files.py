"""Reads .csv files: whichever encoding they are written in, as long as it is one."""

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import charset_normalizer

from forthright.table_files import limits
from forthright.table_files.problems import FileRefused, Problem

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What UK extracts that are not UTF-8 are written in, and how people call it.
WINDOWS = "cp1252"
# What is left where a byte stands that Windows has no letter for; any byte is one in these.
OTHER_ENCODINGS = ["iso8859_15", "mac_roman"]
CALLED = {WINDOWS: "Windows", "iso8859_15": "an older standard (ISO 8859-15)",
          "mac_roman": "an older Mac"}  # fmt: skip
NOT_OF_WINDOWS = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
# What the accents, dashes and quotation marks of an older Mac look like where they are read as if
# Windows had written them: "Si‰n", "SŽamus", "Se—n", "neighbourÕs".
LIKE_NO_WORDS = re.compile(
    "[A-Za-z][‚ƒ„†‡ˆ‰Š‹ŒŽ˜š›œžŸ]|[‚ƒ„†‡ˆ‰Š‹ŒŽ˜š›œžŸ][a-z]|[a-z][À-ÖØ-Þ]|[A-Za-z][“”•–—]+[a-z]"
)
LONGEST_SAMPLE = 200_000
DELIMITERS = [",", "\t", ";", "|"]
SEP_LINE = re.compile(r"sep=(.)\s*", re.IGNORECASE)
TYPES = {
    b"%PDF": "a PDF",
    b"PK": "a workbook or zip file",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls)",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}
SAVE_AS_CSV = "Run the extract again as .csv or .xlsx."
SAVE_AS_UTF8 = "Save the file again from one program, choosing “CSV UTF-8”, and hand that over."


@dataclass(frozen=True, slots=True)
class Encoding:
    """What the letters of a text file are written in.

    `guessed_at` is the first line of which it is a guess, or 0 where it is sure.
    """

    name: str
    guessed_at: int = 0

    @property
    def guess(self) -> Problem | None:
        """Return that letters may come out wrong, where it is a guess."""
        if not self.guessed_at:
            return None
        return Problem(
            row=self.guessed_at,
            message="The file does not say how its letters are written; they were read as those "
            f"of {CALLED[self.name]}, so accents and quotation marks may come out wrong.",
            mend=f"Look at the names on line {self.guessed_at:,}. If they are wrong: "
            + SAVE_AS_UTF8[:1].lower() + SAVE_AS_UTF8[1:],
            stops=False,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class TextShape:
    """How a text file is written: its encoding and what stands between its cells."""

    encoding: "Encoding"
    delimiter: str
    skip_lines: int = 0


@dataclass(slots=True)
class LineRead:
    """The line of a text file that was read last."""

    has_end: bool = True


def check_text_file(path: Path) -> None:
    """Refuse what cannot be a .csv file.

    :raises FileRefused: with what it seems to be instead
    """
    size = path.stat().st_size
    if size > limits.TEXT_BYTES:
        raise FileRefused(
            f"The file is {size // limits.MEGABYTE} MB; the most is "
            f"{limits.TEXT_BYTES // limits.MEGABYTE} MB.",
            "Run the extract for a shorter time and hand over one file for each.",
        )
    with path.open("rb") as file:
        begins = file.read(64 * 1024)
    if not begins.strip(b"\xef\xbb\xbf \r\n\t"):
        raise FileRefused("The file is empty.", "Run the extract again and check it has rows.")
    for signature, words in TYPES.items():
        if begins.startswith(signature):
            raise FileRefused(f"The file is {words}, not a .csv file.", SAVE_AS_CSV)
    if b"\0" in begins and not begins.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise FileRefused("The file is not text.", SAVE_AS_CSV)


def encoding_of(path: Path) -> Encoding:
    """Return the one encoding that every line of a text file reads in.

    Letters that are not UTF-8 are those of Windows, unless a byte stands there that is none.

    :raises FileRefused: naming the line, if some lines are written one way and some another
    """
    with path.open("rb") as file:
        if name := _marked_encoding(file):
            return Encoding(name)
        first_new, old = 0, _OldLines()
        for number, line in enumerate(_bounded_lines(file), start=1):
            if line.isascii():
                continue
            if _is_utf8(line):
                first_new = first_new or number
            else:
                old.add(number, line)
    if first_new and old.first:
        raise FileRefused(
            f"Line {old.first:,} is written in an older encoding than line {first_new:,}, so some "
            "letters, accents or pound signs would come out wrong.",
            SAVE_AS_UTF8,
            row=old.first,
        )
    return old.encoding() if old.first else Encoding("utf-8")


class _OldLines:
    """The lines of a file that are not UTF-8, and what they tell of how they are written."""

    def __init__(self) -> None:
        self.first = self.not_windows = self.doubtful = 0
        self.sample = bytearray()

    def add(self, number: int, line: bytes) -> None:
        """Look at one more line."""
        self.first = self.first or number
        if NOT_OF_WINDOWS.search(line):
            self.not_windows = self.not_windows or number
        elif not self.doubtful and LIKE_NO_WORDS.search(line.decode(WINDOWS)):
            self.doubtful = number
        if len(self.sample) < LONGEST_SAMPLE or number == self.not_windows:
            self.sample += line

    def encoding(self) -> Encoding:
        """Return that of Windows, unless a byte stands there that it has no letter for.

        :raises FileRefused: naming the first line, if none can be told
        """
        if not self.not_windows:
            return Encoding(WINDOWS, self.doubtful)
        sample = bytes(self.sample)
        best = charset_normalizer.from_bytes(sample, cp_isolation=OTHER_ENCODINGS).best()
        if best is None:
            raise FileRefused(
                f"Line {self.first:,} is in an encoding that cannot be recognised.",
                SAVE_AS_UTF8,
                row=self.first,
            )
        return Encoding(best.encoding, self.not_windows)


def _marked_encoding(file: BinaryIO) -> str:
    """Return the encoding that the first bytes of a file name, or nothing; begin again after."""
    begins = file.read(4)
    file.seek(0)
    name = next((name for mark, name in MARKS if begins.startswith(mark)), "")
    if name == "utf-8-sig":
        _check_all_utf8(file)
    return name


def _check_all_utf8(file: BinaryIO) -> None:
    for number, line in enumerate(_bounded_lines(file), start=1):
        if not line.isascii() and not _is_utf8(line):
            raise FileRefused(
                f"Line {number:,} is not written in UTF-8, as the file says of itself.",
                SAVE_AS_UTF8,
                row=number,
            )


def shape_of(path: Path, encoding: Encoding) -> TextShape:
    """Return how the first lines of a text file are divided into cells."""
    with path.open(encoding=encoding.name, newline="", errors="replace") as file:
        lines = [file.readline(limits.LINE_BYTES) for _ in range(limits.HEADER_WITHIN_ROWS)]
    said = SEP_LINE.fullmatch(lines[0])
    if said:
        return TextShape(encoding, said[1], skip_lines=1)

    def cells(delimiter: str) -> int:
        # The row with the most cells is the header or a row beneath it.
        rows = csv.reader((line for line in lines if line), delimiter=delimiter)
        try:
            return max((sum(1 for cell in row if cell.strip()) for row in rows), default=0)
        except csv.Error:
            return 0

    return TextShape(encoding, max(DELIMITERS, key=cells))


def text_rows(
    path: Path, shape: TextShape, last: LineRead | None = None
) -> Iterator[tuple[int, list[str]]]:
    """Yield each row of a text file with the number of the line it begins on.

    `last` is told whether the line on which the row ends has an end of its own.

    :raises FileRefused: naming the line, if a line cannot be read
    """
    csv.field_size_limit(limits.LINE_BYTES)
    begins = 1
    with path.open(encoding=shape.encoding.name, newline="", errors="strict") as file:
        lines = _checked_lines(file, last or LineRead())
        reader = csv.reader(lines, delimiter=shape.delimiter, strict=True)
        try:
            for cells in reader:
                number, begins = begins, reader.line_num + 1
                if number > shape.skip_lines:
                    yield number, cells
        except csv.Error as fault:
            raise FileRefused(
                f"The cells of line {begins:,} cannot be told apart: {_in_words(str(fault))}.",
                "Look at the quotation marks on that line: one may open and never close.",
                row=begins,
            ) from fault
        except UnicodeError as fault:
            raise FileRefused(
                f"A letter after line {reader.line_num:,} cannot be read.",
                SAVE_AS_UTF8,
                row=reader.line_num + 1,
            ) from fault


def _bounded_lines(file: object) -> Iterator[bytes]:
    number = 0
    while line := file.readline(limits.LINE_BYTES + 1):  # type: ignore[attr-defined]
        number += 1
        if len(line) > limits.LINE_BYTES:
            raise _line_too_long(number)
        yield line


def _checked_lines(file: object, last: LineRead) -> Iterator[str]:
    number = 0
    while line := file.readline(limits.LINE_BYTES + 1):  # type: ignore[attr-defined]
        number += 1
        if len(line) > limits.LINE_BYTES:
            raise _line_too_long(number)
        if "\0" in line:
            raise FileRefused(
                f"Line {number:,} holds a character that no text has.", SAVE_AS_UTF8, row=number
            )
        last.has_end = line.endswith(("\n", "\r"))
        yield line


def _line_too_long(number: int) -> FileRefused:
    return FileRefused(
        f"Line {number:,} is longer than {limits.LINE_BYTES:,} characters.",
        "A cell may hold a whole document. Take that column out of the extract.",
        row=number,
    )


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _in_words(fault: str) -> str:
    if "unexpected end of data" in fault:
        return "a quotation mark opens and never closes"
    if "field limit" in fault:
        return f"a cell is longer than {limits.LINE_BYTES:,} characters"
    return "a quotation mark stands in the middle of a cell"
