"""Bytes that belong to no part of a finished file are refused, and notes in it are searched."""

import re
import struct
import zipfile
import zlib
from io import BytesIO

import pikepdf
import pytest

from forthright.letter_files.everything import parts_of_file
from forthright.letter_files.reading import FileRefused
from tests.letter_files.files import a_pdf, a_word_file

PDF, WORD = a_pdf("Dear [the victim]"), a_word_file("Dear [the victim]")
OSEI = b"Dear Mrs Osei, 12 Plane Street\n"


def saved(**how):
    """Return the letter as another program writes it."""
    kept = BytesIO()
    with pikepdf.open(BytesIO(PDF)) as letter:
        letter.save(kept, **how)
    return kept.getvalue()


PACKED = saved(object_stream_mode=pikepdf.ObjectStreamMode.generate)
PLAIN = saved(object_stream_mode=pikepdf.ObjectStreamMode.disable)


def words_of(content, ending=".pdf"):
    return "\n".join(each.words for each in parts_of_file(content, f"a{ending}"))


def once(content, old, new):
    assert old in content
    return content.replace(old, new, 1)


def with_page(drawing):
    with pikepdf.open(BytesIO(PDF)) as letter:
        page = letter.pages[0]
        page.Contents = letter.make_stream(page.Contents.read_bytes() + drawing)
        kept = BytesIO()
        letter.save(kept)
    return kept.getvalue()


def put(before, more, content=PLAIN):
    """Return the letter with something put into it, and its table of places put right."""
    at = content.index(before)
    made = content[:at] + more + content[at:]

    def moved(place):
        return int(place) + (len(more) if int(place) >= at else 0)

    made = re.sub(rb"(\d{10}) (?=\d{5} n)", lambda each: b"%010d " % moved(each[1]), made)
    return re.sub(rb"(?<=startxref\n)\d+", lambda each: b"%d" % moved(each[0]), made)


@pytest.mark.parametrize(
    "content",
    [
        OSEI + PDF,
        b"\n" + PDF,
        PDF[:8] + b" Osei" + PDF[8:],
        put(b"2 0 obj", b"Osei\n"),
        put(b"2 0 obj", b"(Osei)\n"),
        put(b"2 0 obj", b"99 0 obj (Osei) endobj\n"),
        put(b"endobj", b"(Osei) "),
        put(b"endstream", b"Osei "),
        put(b"/Type /Page ", b"/Osei (Osei) /Osei 1 "),
        put(b"2 0 obj", b"%\0O\0s\0e\0i\n"),
        PDF + OSEI,
    ],
)
def test_bytes_of_a_pdf_that_belong_to_no_part_are_refused(content):
    with pytest.raises(FileRefused, match=r"Print it to a new PDF\.$"):
        parts_of_file(content, "a.pdf")


def test_bytes_behind_what_a_stream_unpacks_to_are_refused():
    with pikepdf.open(BytesIO(PDF)) as letter:
        raw = zlib.compress(letter.pages[0].Contents.read_bytes()) + b"Osei"
        letter.pages[0].Contents = pikepdf.Stream(letter, raw, Filter=pikepdf.Name.FlateDecode)
        kept = BytesIO()
        letter.save(
            kept, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none
        )

    with pytest.raises(FileRefused, match="none of its parts"):
        parts_of_file(kept.getvalue(), "a.pdf")


@pytest.mark.parametrize(
    "content",
    [
        put(b"\n", b"\n%Dean Osei"),
        put(b"2 0 obj", b"%Osei\n"),
        put(b"2 0 obj", "%Siân Osei\n".encode("cp1252")),
        put(b"/Type /Page ", b"%Osei\n"),
        put(b"trailer", b"% Osei\n"),
        put(b"startxref", b"% Osei\n"),
        once(PLAIN, b"trailer <<", b"trailer << /Who (Osei) "),
        with_page(b"\n% Osei \\)\nBT (a % b \\( ) ET"),
    ],
)
def test_notes_of_a_pdf_that_no_program_shows_are_searched(content):
    assert "Osei" in words_of(content)


@pytest.mark.parametrize(
    "content",
    [
        PDF, PACKED, PLAIN, saved(qdf=True),
        put(b"\n", b"\r\n%\xe2\xe3\xcf\xd3\r"),
        put(b"2 0 obj", b"%%Invocation: gs -dNOPAUSE -sDEVICE=pdfwrite\n"),
        PDF + b"\r\n\0",
    ],
)  # fmt: skip
def test_what_common_programs_write_passes(content):
    assert "Dear [the victim]" in words_of(content)
    assert "Osei" not in words_of(content)


def test_a_set_of_packed_objects_is_searched_and_holds_nothing_else():
    # Written so that people can read it, each object of a set has a note before it.
    content = saved(qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    told = once(content, b"%% Object stream", b"%% Mrs Osei here")
    bare = once(content, b"%% Object stream", b"(Osei)  %% strea")

    assert "Mrs Osei here" in words_of(told)
    with pytest.raises(FileRefused, match="none of its parts"):
        parts_of_file(bare, "a.pdf")


def package(*, extra=b"", local=None, how=zipfile.ZIP_DEFLATED, is_piped=False):
    """Return the letter packed anew, with something beside the name of each part."""

    class Piped(BytesIO):
        def seekable(self):
            return False

        def tell(self):
            raise OSError

        seek = tell

    kept = Piped() if is_piped else BytesIO()
    with zipfile.ZipFile(BytesIO(WORD)) as source, zipfile.ZipFile(kept, "w") as made:
        for name in source.namelist():
            part = zipfile.ZipInfo(name)
            part.compress_type, part.extra = how, extra
            made.writestr(part, source.read(name))
    return kept.getvalue()


def beside(kind, held):
    return struct.pack("<HH", kind, len(held)) + held


def with_bytes_behind_a_part():
    """Return a package in which the first part is said to be longer than what it unpacks to."""
    content = bytearray(package())
    size = int.from_bytes(content[18:22], "little")
    name, more = struct.unpack("<HH", content[26:30])
    ends = 30 + name + more + size
    content[ends:ends] = b"Osei"
    content[18:22] = struct.pack("<I", size + 4)
    lists = content.index(b"PK\x01\x02")
    at, is_first = lists, True
    while content[at : at + 4] == b"PK\x01\x02":
        if is_first:
            content[at + 20 : at + 24] = struct.pack("<I", size + 4)
        else:
            offset = int.from_bytes(content[at + 42 : at + 46], "little")
            content[at + 42 : at + 46] = struct.pack("<I", offset + 4)
        at, is_first = at + 46 + sum(struct.unpack("<HHH", content[at + 28 : at + 34])), False
    content[at + 16 : at + 20] = struct.pack("<I", lists)
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        OSEI + WORD,
        b"Osei" + WORD,
        WORD + OSEI,
        WORD + b"\n",
        WORD[:-2] + b" Osei " + WORD[-2:],
        package(extra=beside(0x9999, b"Osei")),
        package(extra=beside(0xA220, b"\x28\xa0\0\0Osei")),
        package(extra=beside(0x5455, b"Dear Mrs Osei, of 12")),
        package(how=zipfile.ZIP_LZMA),
        with_bytes_behind_a_part(),
    ],
)
def test_bytes_of_a_word_file_that_belong_to_no_part_are_refused(content):
    with pytest.raises(FileRefused, match=r"Save it again in Word\.$"):
        parts_of_file(content, "a.docx")


@pytest.mark.parametrize(
    "content",
    [
        WORD,
        package(),
        package(how=zipfile.ZIP_STORED),
        package(is_piped=True),
        package(extra=beside(0xA220, b"\x28\xa0\0\0" + bytes(200))),
        package(extra=beside(0x5455, b"\3" + bytes(8)) + beside(0x7875, b"\1\4" + bytes(9))),
        package(extra=beside(0x000A, bytes(32))),
    ],
)
def test_what_word_and_others_write_beside_a_name_passes(content):
    assert "Dear [the victim]" in words_of(content, ".docx")
