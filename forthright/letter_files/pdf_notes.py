"""What a PDF holds outside its objects: notes that its format allows anywhere, and odd bytes."""

import re
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

from forthright.letter_files.reading import MOST_UNPACKED, FileRefused

if TYPE_CHECKING:
    from pypdf import PdfReader

PIECE = 1024 * 1024
BLANK_BYTES = b"\0\t\n\f\r "
BLANK = rb"\0\t\n\f\r "
APART = BLANK + rb"()<>\[\]{}/%"
TOKEN = re.compile(
    rb"(?P<blank>[" + BLANK + rb"]+)|(?P<note>%[^\r\n]*)|(?P<string>\()"
    rb"|(?P<hex><[0-9A-Fa-f" + BLANK + rb"]*>)|(?P<open><<|\[)|(?P<close>>>|\])"
    rb"|(?P<name>/[^" + APART + rb"]*)|(?P<word>[^" + APART + rb"]+)"
)
IN_STRING = re.compile(rb"[^()\\]+|\\.|[()]", re.DOTALL)
# What begins a stream, and what ends it.
OPENS = re.compile(rb"\r?\n|\r")
ENDS = re.compile(rb"[" + BLANK + rb"]*endstream(?![^" + APART + rb"])")
HEADER = re.compile(rb"%PDF-\d\.\d[ \t]*(?=[\r\n])")
WHERE_TABLE = re.compile(rb"(?:startxref|/Prev|/XRefStm)[" + BLANK + rb"]+(\d+)")
CODED = re.compile(rb"#([0-9A-Fa-f]{2})")
# A note is one that can be searched unless it holds what no line of words does.
UNREADABLE = re.compile(rb"[\0-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Notes by which a file tells programs that it is one, and where it ends.
FORMAL = re.compile(rb"%(?:%EOF|[\x80-\xff]{3,8})[ \t]*")
MEND = "Print it to a new PDF."
UNKNOWN = f"It holds something that no part of it refers to, as what was taken out. {MEND}"
STRANGE = f"Bytes lie in it that belong to none of its parts. {MEND}"


@dataclass(slots=True)
class Outside:
    """What stands outside the objects of a PDF, or in them where no program looks."""

    notes: list[bytes] = field(default_factory=list)
    # Where the tables begin that say where the objects are; no object holds them.
    tables: list[int] = field(default_factory=list)


def words_outside(content: bytes, reader: "PdfReader") -> Iterator[Any]:
    """Yield each note outside the words of a PDF as text, and each table of where objects are.

    :raises FileRefused: if bytes of it belong to no part, or a note in it cannot be searched
    """
    from pypdf.generic import read_object

    if not (header := HEADER.match(content)):
        raise FileRefused(f"Something is written before its beginning. {MEND}")
    walk = _Walk(content, reader, at=header.end())
    walk.file()
    for note in walk.found.notes:
        yield _read(note)
    for at in walk.found.tables:
        yield read_object(BytesIO(content[at:]), reader)


def notes_within(drawing: bytes) -> Iterator[str]:
    """Yield each note within what draws a page, which no program shows.

    :raises FileRefused: if one of them cannot be searched
    """
    at = 0
    while drawing.find(b"%", at) >= 0:
        match = TOKEN.match(drawing, at)
        at = match.end() if match else at + 1
        if match and match.lastgroup == "string":
            at = _end_of_string(drawing, at)
        elif match and match.lastgroup == "note":
            yield _read(match[0])


def notes_of_set(held: Any, number: int, reader: "PdfReader") -> Iterator[str]:
    """Yield each note within a set of objects that are kept packed together.

    :raises FileRefused: if bytes of it belong to no object, or nothing refers to one of them
    """
    count, first = int(held["/N"]), int(held["/First"])
    walk = _Walk(held.get_data(), reader)
    told = [(walk.number(), walk.number()) for _ in range(count)]
    for place, (name, at) in enumerate(told):
        if reader.xref_objStm.get(name) != (number, place):
            raise FileRefused(UNKNOWN)
        before = walk.at
        walk.blanks()
        if not before <= first + at <= walk.at:
            raise FileRefused(STRANGE)
        walk.value()
    if walk.token():
        raise FileRefused(STRANGE)
    yield from map(_read, walk.found.notes)


def _check_is_packed_whole(packed: bytes) -> None:
    """Refuse a stream behind whose packed bytes others follow, which no program unpacks."""
    unpacking, size = zlib.decompressobj(), 0
    try:
        while packed and not unpacking.eof:
            size += len(unpacking.decompress(packed, PIECE))
            packed = unpacking.unconsumed_tail
            if size > MOST_UNPACKED:
                raise FileRefused(f"A part of it unpacks to far more than a letter. {MEND}")
    except zlib.error:
        return  # it is packed in another way, or damaged, which its reader says
    if unpacking.unused_data.strip(BLANK_BYTES):
        raise FileRefused(STRANGE)


def _read(note: bytes) -> str:
    if UNREADABLE.search(note):
        raise FileRefused(f"A note lies in it that cannot be searched. {MEND}")
    if FORMAL.fullmatch(note):
        return ""
    try:
        return note.decode()[1:].strip()
    except UnicodeDecodeError:
        return note.decode("cp1252", "replace")[1:].strip()


def _end_of_string(content: bytes, at: int) -> int:
    """Return where a string ends of which the first bracket ends at a place."""
    depth = 1
    while depth:
        if not (piece := IN_STRING.match(content, at)):
            raise FileRefused(STRANGE)
        depth += {b"(": 1, b")": -1}.get(piece[0], 0)
        at = piece.end()
    return at


@dataclass(slots=True)
class _Table:
    """A dictionary or a list that is being read: the words of each value, by its key."""

    has_keys: bool
    held: dict[bytes, list[bytes]] = field(default_factory=dict)
    key: bytes = b""
    awaits_key: bool = True

    def take(self, sort: str, word: bytes) -> None:
        """Take what stands in it next. A key that comes twice would hide its first value."""
        if not self.has_keys:
            return
        # “5 0 R” is one value of three words.
        goes_on = bool(self.key) and sort == "word" and (word.isdigit() or word == b"R")
        if goes_on or not self.awaits_key:
            self.held[self.key].append(word)
            self.awaits_key = True
            return
        key = CODED.sub(lambda code: bytes([int(code[1], 16)]), word)
        if sort != "name" or key in self.held:
            raise FileRefused(STRANGE)
        self.key, self.held[key], self.awaits_key = key, [], False


class _Walk:
    """Goes through a PDF from its first byte to its last; each belongs to something."""

    def __init__(self, content: bytes, reader: "PdfReader", *, at: int = 0) -> None:
        self.content, self.reader, self.at = content, reader, at
        self.found = Outside()
        self.objects = {
            (number, gen): self._after_blanks(where)
            for gen, held in reader.xref.items()
            for number, where in held.items()
        }
        self.tables: Collection[int] = {
            self._after_blanks(int(each[1])) for each in WHERE_TABLE.finditer(content)
        }
        self.length: list[bytes] = []

    def file(self) -> None:
        while token := self.token():
            sort, word, at = token
            if sort == "word" and word.isdigit():
                self._object(int(word), at)
            elif word == b"trailer":
                self.blanks()
                self.found.tables.append(self.at)
                self.value()
            elif word == b"startxref":
                self.number()
            elif word == b"xref":
                self._entries()
            else:
                raise FileRefused(STRANGE)

    def _after_blanks(self, at: int) -> int:
        blank = TOKEN.match(self.content, at)
        return blank.end() if blank and blank.lastgroup == "blank" else at

    def blanks(self) -> None:
        """Go past blanks and notes to what comes next."""
        if token := self.token():
            self.at = token[2]

    def token(self) -> tuple[str, bytes, int] | None:
        """Return what comes next that is no note, of which sort it is and where; keep notes."""
        while self.at < len(self.content):
            match = TOKEN.match(self.content, self.at)
            if not match:
                raise FileRefused(STRANGE)
            self.at, sort = match.end(), str(match.lastgroup)
            if sort == "string":
                self.at = _end_of_string(self.content, self.at)
            if sort == "note":
                self.found.notes.append(match[0])
            elif sort != "blank":
                return sort, match[0], match.start()
        return None

    def _next(self) -> tuple[str, bytes]:
        if not (token := self.token()):
            raise FileRefused(STRANGE)
        return token[:2]

    def number(self) -> int:
        _, word = self._next()
        if not word.isdigit():
            raise FileRefused(STRANGE)
        return int(word)

    def _entries(self) -> None:
        """Go through a table of where objects are; numbers and two letters are all it holds."""
        while token := self.token():
            _, word, at = token
            if not (word.isdigit() and len(word) <= 10) and word not in (b"n", b"f"):
                self.at = at
                return

    def _object(self, number: int, at: int) -> None:
        gen = self.number()
        if self._next() != ("word", b"obj"):
            raise FileRefused(STRANGE)
        if self.objects.get((number, gen)) != at:
            if at not in self.tables:
                raise FileRefused(UNKNOWN)
            self.blanks()
            self.found.tables.append(self.at)
        self.value()
        _, word = self._next()
        if word == b"stream":
            self._stream()
            _, word = self._next()
        if word != b"endobj":
            raise FileRefused(STRANGE)

    def _stream(self) -> None:
        begins = OPENS.match(self.content, self.at)
        length = self._length_said()
        if not begins or not (ends := ENDS.match(self.content, begins.end() + length)):
            raise FileRefused(STRANGE)
        _check_is_packed_whole(self.content[begins.end() : begins.end() + length])
        self.at = ends.end()

    def _length_said(self) -> int:
        from pypdf.generic import IndirectObject

        said = [int(each) for each in self.length if each.isdigit()]
        if len(said) == 1:
            return said[0]
        if len(said) != 2:
            raise FileRefused(STRANGE)
        held: Any = self.reader.get_object(IndirectObject(said[0], said[1], self.reader))
        return int(held)

    def value(self) -> None:
        """Go past one whole value, and keep how long a stream behind it is said to be."""
        open_now: list[_Table] = []
        self.length = []
        while True:
            sort, word = self._next()
            if sort == "close":
                closed = open_now.pop() if open_now else None
                if not closed or closed.has_keys != (word == b">>"):
                    raise FileRefused(STRANGE)
                self.length = closed.held.get(b"/Length", [])
            else:
                if open_now:
                    open_now[-1].take(sort, word)
                if sort == "open":
                    open_now.append(_Table(has_keys=word == b"<<"))
            if not open_now:
                return
