"""What reads a file that somebody hands in, each with files that it begins to change from.

What may happen to any bytes: they are read, or refused in words. Where a finished letter is read
whole and names somebody who is known, the gate finds that name.
"""

import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path

from forthright.anonymiser.gate import left_in
from forthright.anonymiser.known import Known, KnownPerson
from forthright.anonymiser.letters import anonymise
from forthright.letter_files import reading
from forthright.letter_files.everything import parts_of_file
from forthright.schedule_files.reading import read_schedules
from forthright.table_files.problems import FileRefused
from tests.letter_files.files import a_pdf, a_word_file, inside
from tests.schedule_files import files as schedules

NAME = "Osei"
KNOWN = Known(people=(KnownPerson(given="Amira", family=NAME, role="the victim"),))
LETTER = "Dear Ms Osei, we wrote on 3 May about 21AB1043226."


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads, and what it begins from."""

    read: Callable[[bytes], None]
    begins: Callable[[], Sequence[bytes]]


def _letter(ending: str) -> Callable[[bytes], None]:
    def read(content: bytes) -> None:
        for way in (_words, _parts):
            said = "."
            try:
                way(content, f"a{ending}")
            except reading.FileRefused as refusal:
                said = str(refusal)
            assert said.endswith("."), said

    return read


def _words(content: bytes, name: str) -> None:
    reading.words_of_file(BytesIO(content), name)


def _parts(content: bytes, name: str) -> None:
    """Read it as the gate does: a known name that stands in it does not pass."""
    parts = [(each.where, each.words) for each in parts_of_file(content, name)]
    if any(f" {NAME} " in words.replace("\n", " ") for _, words in parts):
        assert left_in(parts, KNOWN), "a known name passed the gate"


def _with_a_name(ending: str, whole: Callable[[], bytes]) -> Callable[[bytes], None]:
    """Put the name, with what was invented around it, before, into or behind a good file.

    The first two bytes say where; what stands on both sides of the name parts at the middle.
    """

    def read(content: bytes) -> None:
        made = whole()
        at = int.from_bytes(content[:2], "big") * len(made) // 0xFFFF
        half = 2 + len(content[2:]) // 2
        more = content[2:half] + f" {NAME} ".encode() + content[half:]
        try:
            parts = parts_of_file(made[:at] + more + made[at:], f"a{ending}")
        except reading.FileRefused:
            return
        found = left_in([(each.where, each.words) for each in parts], KNOWN)
        assert found, "a known name that was put into a file passed the gate"

    return read


def _schedule(ending: str) -> Callable[[bytes], None]:
    def read(content: bytes) -> None:
        with tempfile.NamedTemporaryFile(suffix=ending) as file:
            file.write(content)
            file.flush()
            said: object = ""
            try:
                said = read_schedules(Path(file.name))
            except FileRefused as refusal:
                said = str(refusal).strip()
            assert said, "neither a schedule nor a refusal in words"

    return read


def _inside(made: bytes, part: str, read: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """Put the bytes in the place of one part of a package, which would else hardly open again."""

    return lambda content: read(inside(made, part, content))


def _part(made: bytes, part: str) -> bytes:
    with zipfile.ZipFile(BytesIO(made)) as package:
        return package.read(part)


def _anonymise(content: bytes) -> None:
    text = content.decode("utf-8", "ignore")
    done = anonymise(text, KNOWN)
    places = [(each.found.start, each.found.end) for each in done.spans]
    assert all(0 <= start < end <= len(done.given) for start, end in places)
    assert all(end <= after for (_, end), (after, _) in pairwise(places))
    assert f" {NAME} " not in done.text, "a known name was left"


WORD = a_word_file(LETTER, "Yours sincerely")
WORD_ROWS = schedules.a_word_schedule(schedules.ROWS)
SHEET = schedules.a_workbook(schedules.ROWS)
# Files that name nobody, and where something is put into them: before, within, behind.
CLEAN_WORD, CLEAN_PDF = a_word_file("Dear you"), a_pdf("Dear you")
PLACES = [b"\0\0\n", b"\x80\0%\n", b"\xff\xff\n"]
XML, SHEET_XML = "word/document.xml", "xl/worksheets/sheet1.xml"
READERS = {
    "letter-word": Reader(_letter(".docx"), lambda: [WORD]),
    "letter-word-inside": Reader(_inside(WORD, XML, _letter(".docx")), lambda: [_part(WORD, XML)]),
    "letter-pdf": Reader(_letter(".pdf"), lambda: [a_pdf(LETTER)]),
    "letter-word-around": Reader(_with_a_name(".docx", lambda: CLEAN_WORD), lambda: PLACES),
    "letter-pdf-around": Reader(_with_a_name(".pdf", lambda: CLEAN_PDF), lambda: PLACES),
    "letter-text": Reader(
        _letter(".txt"), lambda: [LETTER.encode(), LETTER.encode("utf-16"), b"\xff\xfe" + b"a"]
    ),
    "schedule-csv": Reader(
        _schedule(".csv"),
        lambda: [schedules.a_csv(schedules.ROWS), schedules.a_csv(schedules.ROWS, delimiter=";")],
    ),
    "schedule-excel": Reader(_schedule(".xlsx"), lambda: [SHEET]),
    "schedule-excel-inside": Reader(
        _inside(SHEET, SHEET_XML, _schedule(".xlsx")), lambda: [_part(SHEET, SHEET_XML)]
    ),
    "schedule-word-inside": Reader(
        _inside(WORD_ROWS, XML, _schedule(".docx")), lambda: [_part(WORD_ROWS, XML)]
    ),
    "schedule-json": Reader(_schedule(".json"), lambda: [b'[{"description": "Log", "id": 1}]']),
    "anonymised": Reader(_anonymise, lambda: [LETTER.encode()]),
}
