"""Cut, changed and invented files give words or a refusal in words, and never another error."""

import re
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forthright.letter_files.everything import parts_of_file
from forthright.letter_files.reading import FileRefused, words_of_file
from tests.letter_files.files import a_pdf, a_word_file, inside

DOCUMENT = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">%s'
    b"</w:document>"
)
ENDINGS = (".docx", ".pdf", ".txt", ".md")
GOOD = {".docx": a_word_file("Dear Ms Osei", "We wrote."), ".pdf": a_pdf("Dear Ms Osei"),
        ".txt": "Dear Ms Osei, siân".encode(), ".md": b"# Dear Ms Osei"}  # fmt: skip
BEGINNINGS = (b"", b"PK\x03\x04", b"%PDF-1.7\n", b"\xff\xfe", b"\xef\xbb\xbf", b"\xd0\xcf\x11\xe0")
WIDE = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))


def read(content, ending):
    """Read a file both ways; a refusal says in a sentence what is wrong."""
    for way in (lambda: words_of_file(BytesIO(content), f"a{ending}"),
                lambda: parts_of_file(content, f"a{ending}")):  # fmt: skip
        said = ""
        try:
            way()
        except FileRefused as refused:
            said = str(refused)
        assert said == "" or said.endswith(".")


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["change", "take", "double", "cut", "put"]),
        st.floats(0, 1, exclude_max=True),
        st.integers(1, 255),
    ),
    min_size=1,
    max_size=6,
)


def damaged(content, changes):
    """Return a file with bytes changed, taken out, doubled or cut off, each at a share of it."""
    held = bytearray(content)
    for how, share, much in changes:
        at = int(share * len(held))
        if how == "change" and held:
            held[at] ^= much
        elif how == "take":
            del held[at : at + much]
        elif how == "double":
            held[at:at] = held[at : at + much]
        elif how == "cut":
            del held[at:]
        else:
            held[at:at] = bytes([much]) * 4
    return bytes(held)


@WIDE
@given(st.sampled_from(ENDINGS), CHANGES)
def test_a_damaged_file_is_read_or_refused(ending, changes):
    read(damaged(GOOD[ending], changes), ending)


@WIDE
@given(st.sampled_from(BEGINNINGS), st.binary(max_size=300), st.sampled_from(ENDINGS))
def test_any_bytes_are_read_or_refused(beginning, content, ending):
    read(beginning + content, ending)


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_beginning_of_a_file_is_read_or_refused(ending):
    content = GOOD[ending]

    for length in range(0, len(content), max(1, len(content) // 60)):
        read(content[:length], ending)


@pytest.mark.parametrize("instead", [b"<a/>", DOCUMENT % b"", DOCUMENT % b"<w:p/>", b"", b"<"])
def test_a_word_file_whose_document_is_none_is_refused(instead):
    content = inside(GOOD[".docx"], "word/document.xml", instead)

    with pytest.raises(FileRefused, match=r"damaged|No words"):
        words_of_file(BytesIO(content), "a.docx")
    read(content, ".docx")


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_nothing_of_a_damaged_word_file_is_left_unsaid(data):
    """A file that is read whole still says every word, whichever byte of it was changed."""
    content = bytearray(GOOD[".docx"])
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))

    try:
        said = "\n".join(each.words for each in parts_of_file(bytes(content), "a.docx"))
    except FileRefused:
        return
    assert "Dear Ms Osei" in said


def seams(content, ending):
    """Return where a file is parted: before its beginning, between its parts and behind its end."""
    mark = {".docx": rb"PK\x03\x04|PK\x01\x02|PK\x05\x06", ".pdf": rb"\d+ 0 obj|startxref|%%EOF"}
    return [0, *(each.start() for each in re.finditer(mark[ending], content)), len(content)]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from([".docx", ".pdf"]), st.sampled_from([b"", b"%", b"% ", b"(", b"<", b"PK"]),
       st.sampled_from([b"", b"\n", b"\r\n", b"\0", b")", b">"]), st.data())  # fmt: skip
def test_a_name_before_between_or_behind_the_parts_does_not_pass(ending, before, behind, data):
    content = GOOD[ending]
    at = data.draw(st.sampled_from(seams(content, ending)))

    try:
        parts = parts_of_file(
            content[:at] + before + b"Marsden" + behind + content[at:], f"a{ending}"
        )
    except FileRefused:
        return
    assert any("Marsden" in each.words for each in parts)
