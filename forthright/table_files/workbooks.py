"""Reads .xlsx workbooks a block of rows at a time, after looking at what they would unpack to."""

import re
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import IO, Any

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from forthright.table_files import limits
from forthright.table_files.beside_cells import Drawn, drawn_in, files_in, notes_in
from forthright.table_files.merged import MergedCells, merged_in
from forthright.table_files.places import check_spread, column_number
from forthright.table_files.printed import printed_in
from forthright.table_files.problems import FileRefused
from forthright.table_files.shared_text import SharedText
from forthright.table_files.unseen_cells import Unseen, unseen_in

SAVE_AS = "Open it in Excel and save it as an Excel workbook (.xlsx), then hand over that file."
ROW_ENDS = re.compile(rb"</(?:\w+:)?row>|<(?:\w+:)?row\b[^>]*/>")
DATA_BEGINS = re.compile(rb"<(?:\w+:)?sheetData\s*>")
DATA_ENDS = re.compile(rb"</((?:\w+:)?)sheetData\s*>")
ROW_NUMBER = re.compile(rb'<(?:\w+:)?row\b[^>]*?\sr="\d+"')
HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\shidden="(?:1|true)"')
FROM_1904 = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*?\sdate1904=[\"'](?:1|true)")
FORMULA = re.compile(rb'<(?:\w+:)?c\b[^>]*?\sr="([A-Z]{1,3})(\d+)"[^>]*>\s*<(?:\w+:)?f\b')
PLAIN_XML = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
ERROR = re.compile(rb'<(?:\w+:)?c\b[^>]*?\sr="([A-Z]{1,3})(\d+)"[^>]*?\st="e"')
PLACE = re.compile(rb'<(?:\w+:)?c\b[^>]*?\sr="([A-Z]{1,3})(\d{1,7})"')
# Parts in which words are looked for as they are written: Excel writes them in UTF-8.
SEARCHED = re.compile(r"xl/(?:workbook|sharedstrings|worksheets/[^/]+)\.xml", re.IGNORECASE)
MARK, MOST_BEFORE = b"\xef\xbb\xbf", 100
PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# What reading a damaged zip file, or a damaged part of one, may raise.
DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, EOFError,
           etree.XMLSyntaxError, KeyError, UnicodeDecodeError)  # fmt: skip
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UNPACK_IN: ContextVar[Path | None] = ContextVar("unpack_in", default=None)


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of a workbook, and the part of the zip file that holds it."""

    name: str
    path: str
    is_hidden: bool


@dataclass(slots=True)
class Formula:
    """The first cell of a column that holds a formula, or an error that one left behind."""

    column: int
    row: int
    # Whether a row has said of itself that its cell in this column holds one.
    is_told: bool = False


class Workbook:
    """A workbook whose parts have been looked at and found safe to unpack."""

    def __init__(self, archive: zipfile.ZipFile, sheets: list[SheetPart], *, folder: Path) -> None:
        """Keep aside the parts that every block of rows needs beside its own."""
        self._archive = archive
        self._folder = folder
        self.sheets = sheets
        self.formulas: dict[str, dict[int, Formula]] = {}
        # In which rows of the block now read each column holds one.
        self.formula_rows: dict[int, set[int]] = {}
        self.with_hidden_rows: set[str] = set()
        self.counts_from_1904 = bool(FROM_1904.search(archive.read("xl/workbook.xml")))
        self._text = SharedText(archive)
        self._frame = folder / "frame.zip"
        with zipfile.ZipFile(self._frame, "w", zipfile.ZIP_STORED) as frame:
            for name in filter(_is_needed, archive.namelist()):
                with archive.open(name) as part, frame.open(name, "w") as kept:
                    shutil.copyfileobj(part, kept)

    def rows(self, sheet: SheetPart) -> Iterator[tuple[int, list[Any]]]:
        """Yield each row of a sheet with its number, unpacking a block at a time."""
        self.formulas[sheet.name] = {}
        self._text.begin_sheet()
        read = 0
        try:
            for block in self._blocks(sheet):
                check_spread(block, sheet.name)
                self._note_formulas(sheet, block)
                if b' hidden="' in block and HIDDEN_ROW.search(block):
                    self.with_hidden_rows.add(sheet.name)
                # Some programs leave the row numbers out; then each block begins at 1 again.
                before = 0 if ROW_NUMBER.search(block) else read
                for number, cells in self._rows_of(sheet, block):
                    read = before + number
                    yield read, cells
        except (CalamineError, *DAMAGED) as fault:
            raise _damaged(sheet, fault) from fault

    def merged_in(self, sheet: SheetPart) -> MergedCells:
        """Return which cells of a sheet are merged downward.

        :raises FileRefused: if the sheet is damaged
        """
        try:
            return merged_in(self._archive, sheet.path, sheet.name)
        except DAMAGED as fault:
            raise _damaged(sheet, fault) from fault

    def printed_in(self, sheet: SheetPart) -> list[tuple[str, str]]:
        """Return what a sheet prints on each page: "Header" or "Footer", and its words.

        :raises FileRefused: if the sheet is damaged
        """
        try:
            return [*printed_in(self._archive, sheet.path)]
        except DAMAGED as fault:
            raise _damaged(sheet, fault) from fault

    def beside_cells(self, sheet: SheetPart) -> tuple[list[str], Drawn, int]:
        """Return the cells with a note on them, what is drawn, and how many files are embedded.

        :raises FileRefused: if the sheet is damaged
        """
        try:
            drawn = drawn_in(self._archive, sheet.path)
            return notes_in(self._archive, sheet.path), drawn, files_in(self._archive, sheet.path)
        except DAMAGED as fault:
            raise _damaged(sheet, fault) from fault

    def unseen_cells(self, sheet: SheetPart) -> Unseen:
        """Return which rows and columns of a sheet are hidden, and which words struck through.

        :raises FileRefused: if the sheet is damaged, or too large
        """
        try:
            return unseen_in(self._archive, sheet.path)
        except (ValueError, *DAMAGED) as fault:
            raise _damaged(sheet, fault) from fault

    def _blocks(self, sheet: SheetPart) -> Iterator[bytes]:
        with self._archive.open(sheet.path) as stream:
            head, rest = _head(stream)
            if head is None:
                return
            tail = _tail(head)
            while chunk := stream.read(limits.BLOCK_BYTES):
                rest += chunk
                cut = _last_row_end(rest)
                if cut:
                    for piece in self._text.pieces(rest[:cut], sheet.name):
                        yield head + piece + tail
                    rest = rest[cut:]
                _check_row_size(rest, sheet)
        ends = DATA_ENDS.search(rest)
        last = rest[: ends.start()] if ends else rest
        if last.strip():
            for piece in self._text.pieces(last, sheet.name):
                yield head + piece + tail

    def _note_formulas(self, sheet: SheetPart, block: bytes) -> None:
        found = self.formulas[sheet.name]
        # Looking for the plain bytes first is many times faster than the whole pattern.
        formulas = FORMULA.finditer(block) if b"<f" in block or b":f" in block else ()
        errors = ERROR.finditer(block) if b't="e"' in block else ()
        self.formula_rows = {}
        for match in chain(formulas, errors):
            column, row = column_number(match[1].decode()), int(match[2])
            found.setdefault(column, Formula(column, row))
            self.formula_rows.setdefault(column, set()).add(row)

    def _rows_of(self, sheet: SheetPart, block: bytes) -> Iterator[tuple[int, list[Any]]]:
        small = self._folder / "block.xlsx"
        shutil.copyfile(self._frame, small)
        with zipfile.ZipFile(small, "a", zipfile.ZIP_STORED) as packed:
            packed.writestr(sheet.path, block)
        with CalamineWorkbook.from_path(small) as workbook:
            read = workbook.get_sheet_by_name(sheet.name)
            if read.start is None:
                return
            # Rows and columns before the first filled cell are left out; put their count back.
            top, left = read.start
            for number, cells in enumerate(read.to_python(skip_empty_area=True), start=top + 1):
                yield number, [""] * left + cells


@contextmanager
def unpacking_in(folder: Path) -> Iterator[None]:
    """Have workbooks unpack within a folder, for as long as this lasts, and not in the system's."""
    before = _UNPACK_IN.set(folder)
    try:
        yield
    finally:
        _UNPACK_IN.reset(before)


@contextmanager
def open_workbook(path: Path) -> Iterator[Workbook]:
    """Open a workbook after checking what it would unpack to.

    :raises FileRefused: if it is not an .xlsx workbook, is locked, or would unpack too large
    """
    _check_is_workbook(path)
    try:
        archive = zipfile.ZipFile(path)
    except DAMAGED as fault:
        raise FileRefused("The file is not a whole workbook.", SAVE_AS) from fault
    inside = _UNPACK_IN.get()
    with archive, tempfile.TemporaryDirectory(prefix="forthright-workbook-", dir=inside) as folder:
        _check_unpacked_size(archive)
        _check_parts(archive)
        try:
            workbook = Workbook(archive, _sheets(archive), folder=Path(folder))
        except DAMAGED as fault:
            raise FileRefused("The workbook is damaged.", SAVE_AS) from fault
        yield workbook


def _check_is_workbook(path: Path) -> None:
    size = path.stat().st_size
    if not size:
        raise FileRefused("The file is empty.", "Run the extract again and check it has rows.")
    if size > limits.WORKBOOK_BYTES:
        raise FileRefused(
            f"The workbook is {size // limits.MEGABYTE} MB; the most is "
            f"{limits.WORKBOOK_BYTES // limits.MEGABYTE} MB.",
            "Run the extract for a shorter time and hand over one file for each.",
        )
    with path.open("rb") as file:
        begins = file.read(512 * 1024)
    if begins.startswith(OLD_OR_LOCKED):
        if "EncryptedPackage".encode("utf-16-le") in begins:
            raise FileRefused(
                "The workbook is locked with a password.",
                "Open it, take the password off (File, Info, Protect Workbook), and save it.",
            )
        raise FileRefused("The file is an old Excel workbook (.xls), whatever its name.", SAVE_AS)
    if not begins.startswith(b"PK"):
        raise FileRefused("The file is not an Excel workbook, whatever its name.", SAVE_AS)


def _check_unpacked_size(archive: zipfile.ZipFile) -> None:
    """Refuse a workbook that would unpack to far more than it is; unpacking obeys these sizes."""
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    swollen = [
        part
        for part in parts
        if part.file_size > limits.PART_BYTES
        and part.file_size > limits.TIMES_LARGER * max(part.compress_size, 1)
    ]
    if unpacked > limits.UNPACKED_BYTES or swollen or len(parts) > limits.PARTS:
        raise FileRefused(
            f"The workbook would unpack to {unpacked // limits.MEGABYTE:,} MB, "
            "far more than an extract does.",
            "It may be made to do harm. Ask the sender for a new extract, or tell IT security.",
        )
    if any(part.header_offset < 0 or part.compress_type not in PACKED for part in parts):
        # It begins before the file, or is packed as Excel packs nothing: reading it would end in
        # errors like those of a full disk.
        raise FileRefused("The file is not a whole workbook.", SAVE_AS)
    if any(part.flag_bits & 0x1 for part in parts):
        raise FileRefused(
            "Parts of the workbook are locked with a password.", "Save it without a password."
        )


def _check_parts(archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileRefused(
            "The workbook holds macros (.xlsm), and a program has no place in an extract.", SAVE_AS
        )
    if "xl/workbook.bin" in names:
        raise FileRefused("The workbook is of the binary kind (.xlsb).", SAVE_AS)
    if "xl/workbook.xml" not in names:
        raise FileRefused("The file is a zip file but not an Excel workbook.", SAVE_AS)
    for name in filter(SEARCHED.fullmatch, names):
        _check_letters(archive, name)
    for name in filter(_is_needed, names):
        is_text = name.lower() == "xl/sharedstrings.xml"
        most = limits.SHARED_TEXT_BYTES if is_text else limits.PART_BYTES
        if archive.getinfo(name).file_size <= most:
            continue
        raise FileRefused(
            f"The workbook holds more than {most // limits.MEGABYTE} MB of "
            f"{'text' if is_text else 'layout'}.",
            "A cell may hold a whole document. Take such columns out, or split the extract.",
        )


def _check_letters(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse a part in which words could be overlooked, as they are looked for in UTF-8."""
    try:
        with archive.open(name) as part:
            begins = part.read(MOST_BEFORE).removeprefix(MARK).lstrip()
    except DAMAGED:
        # Whoever reads it says which part is damaged.
        return
    if begins and (not begins.startswith(b"<") or b"\0" in begins):
        raise FileRefused(
            "The workbook is written in other letters than Excel writes (such as UTF-16), so what "
            "is in it could be overlooked.",
            SAVE_AS,
        )


def _sheets(archive: zipfile.ZipFile) -> list[SheetPart]:
    parser = etree.XMLParser(**PLAIN_XML)
    links = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), parser)
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    book = etree.fromstring(archive.read("xl/workbook.xml"), parser)
    sheets = []
    for element in book.iter("{*}sheet"):
        link = next((v for k, v in element.attrib.items() if str(k).endswith("}id")), "")
        path = _part_path(targets.get(link, ""))
        if path in archive.NameToInfo:
            hidden = element.get("state", "visible") != "visible"
            sheets.append(SheetPart(str(element.get("name", "")), path, hidden))
    if not sheets:
        raise FileRefused("The workbook has no sheets with rows.", SAVE_AS)
    return sheets


def _part_path(target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    return str(PurePosixPath("xl") / target)


def _is_needed(name: str) -> bool:
    kept = ("[content_types].xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedstrings.xml")
    return name.lower() in kept or name.lower() in {"_rels/.rels", "xl/_rels/workbook.xml.rels"}


def _head(stream: IO[bytes]) -> tuple[bytes | None, bytes]:
    """Return what comes before the first row, and what was read beyond it."""
    read = b""
    while chunk := stream.read(256 * 1024):
        read += chunk
        if b"<!DOCTYPE" in read:
            raise FileRefused("The workbook holds a document type, which no extract has.", SAVE_AS)
        begins = DATA_BEGINS.search(read)
        if begins:
            return read[: begins.end()], read[begins.end() :]
        if len(read) > limits.PART_BYTES:
            break
    return None, b""


def _tail(head: bytes) -> bytes:
    root = re.search(rb"<((?:\w+:)?)worksheet\b", head)
    prefix = root[1] if root else b""
    return b"</" + prefix + b"sheetData></" + prefix + b"worksheet>"


def _last_row_end(buffer: bytes) -> int:
    """Return where the last whole row ends, or 0; what follows is kept for the next block."""
    at = buffer.rfind(b"row>")
    while at > 0:
        start = buffer.rfind(b"<", 0, at)
        if ROW_ENDS.fullmatch(buffer, start, at + 4):
            return at + 4
        at = buffer.rfind(b"row>", 0, at)
    return 0


def _check_row_size(rest: bytes, sheet: SheetPart) -> None:
    if len(rest) > limits.ROW_BYTES and not DATA_ENDS.search(rest):
        places = PLACE.findall(rest[: limits.ROW_BYTES])
        raise FileRefused(
            f"One row holds more than {limits.ROW_BYTES // limits.MEGABYTE} MB.",
            "A cell may hold a whole document. Take that column out of the extract.",
            sheet=sheet.name,
            row=int(places[-1][1]) if places else None,
            column=places[-1][0].decode() if places else "",
        )


def _damaged(sheet: SheetPart, fault: BaseException) -> FileRefused:
    return FileRefused(
        f"The sheet cannot be read: {_first_line(fault)}.",
        f"The file may be damaged. {SAVE_AS}",
        sheet=sheet.name,
    )


def _first_line(fault: BaseException) -> str:
    return (str(fault).splitlines() or [type(fault).__name__])[0].rstrip(".")
