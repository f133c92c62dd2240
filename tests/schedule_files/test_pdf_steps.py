"""The steps of a plain page are those that the library reads; of any other it reads them itself."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DecodedStreamObject

from forthright.schedule_files import pdf_steps
from forthright.schedule_files.pdf_steps import plain_steps
from tests.schedule_files.files import ROWS, a_pdf_schedule

PLAIN = {
    "numbers": b"1 -2 +3 0 .5 -.25 4. 007 1.500 re\nW* n f* B* b*",
    "words": b"BT /F1 9.5 Tf 1 0 0 1 30 690 Tm (One)Tj[(a)-120.5<4142>3(c)]TJ T* (x)' 1 2 (y)\" ET",
    "close together": b"q/GS0 gs[]0 d 0 0 10 10 re/X1 Do Q",
    "blanks": b"\x00\t\x0c\r\n 1 w\r\r",
    "no letters": b"<> Tj () Tj <0a0B> Tj",
    "nothing": b"",
    "signs in a string": b"(a <b> [c] /d % e) Tj",
}
NOT_PLAIN = {
    "an inline image": b"q BI /W 1 /H 1 ID x EI Q",
    "a comment": b"1 w % Tj\n2 w",
    "properties": b"/Span <</ActualText (x)>> BDC EMC",
    "an escape": rb"(a\)b) Tj",
    "brackets in a string": b"(a (b)) Tj",
    "a line end in a string": b"(a\nb) Tj",
    "an odd number of digits": b"<414> Tj",
    "two signs": b"--5 w",
    "two points": b"1.2.3 w",
    "a name with a code": b"/F#31 9 Tf",
    "a list in a list": b"[[1] 2] 0 d",
    "a list that never ends": b"[1 2 w",
    "an end of no list": b"1 ] w",
    "numbers for nothing": b"1 w 2",
    "true": b"true w",
    "an operator in a list": b"[(a) Tj] TJ",
    "a very long number": b"12345678901 w",
}


def by_the_library(content):
    stream = DecodedStreamObject()
    stream.set_data(content)
    return ContentStream(stream, None, "bytes").operations


def check(steps, others):
    assert [operator for _, operator in steps] == [operator for _, operator in others]
    for (own, _), (other, _) in zip(steps, others, strict=True):
        assert own == other
        kinds = (bytes, str, ArrayObject)
        assert [[isinstance(each, kind) for kind in kinds] for each in own] == [
            [isinstance(each, kind) for kind in kinds] for each in other
        ]


@pytest.mark.parametrize("content", PLAIN.values(), ids=PLAIN)
def test_a_plain_page_is_taken_apart_as_the_library_does(content):
    steps = plain_steps(content)

    assert steps is not None
    check(steps, by_the_library(content))


@pytest.mark.parametrize("content", NOT_PLAIN.values(), ids=NOT_PLAIN)
def test_what_is_not_plain_is_left_to_the_library(content):
    assert plain_steps(content) is None


def test_a_very_long_page_is_left_to_the_library(monkeypatch):
    monkeypatch.setattr(pdf_steps, "MOST_BYTES", 10)

    assert plain_steps(b"1 w 1 w 1 w") is None


@pytest.mark.parametrize("is_ruled", [True, False])
def test_a_schedule_is_taken_apart_as_the_library_does(is_ruled):
    for page in PdfReader(BytesIO(a_pdf_schedule(ROWS, is_ruled=is_ruled))).pages:
        content = page.get_contents().get_data()

        steps = plain_steps(content)

        assert steps
        check(steps, by_the_library(content))
