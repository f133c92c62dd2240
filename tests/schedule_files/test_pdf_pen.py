"""The pen of a PDF is followed without reading its words, and stands where the reader has it."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ContentStream, DecodedStreamObject, NameObject

from forthright.schedule_files.pdf_pen import SHOWS, Lines, Pen, crossings, crossings_in, moved
from tests.schedule_files.files import ROWS, a_pdf_schedule

# Each moves the pen in another way; some lack what they need, as damaged files do.
DRAWN = {
    "boxes and relative moves": b"20 700 1 -60 re 200 640 1 60 re 400 640 1 60 re BT /F1 9 Tf "
    b"30 690 Td (1) Tj 180 0 Td (Log) Tj 0 -12 TD (more) Tj T* (again) Tj 12 TL (x) ' "
    b"1 2 (y) \" ET",
    "turned and scaled": b"q 2 0 0 2 10 10 cm 5 5 m 5 90 l S BT 1 0 0 1 3 40 Tm (a) Tj "
    b"1 0 0 1 9 40 Tm [(b) -200 (c)] TJ ET Q BT 40 90 Td (d) Tj 30 0 Td (e) Tj ET",
    "too many ends": b"Q Q BT 10 TL 1 0 0 1 20 20 Tm (a) Tj T* (b) Tj ET q 3 TL Q BT T* (c) Tj ET",
    "too few numbers": b"1 0 0 cm BT 1 0 Tm (a) Tj 5 TD (b) Tj Td (c) Tj TL T* (d) Tj (e) \" ET",
}  # fmt: skip


def page_of(content):
    written = PdfWriter(BytesIO(a_pdf_schedule(ROWS)))
    stream = DecodedStreamObject()
    stream.set_data(content)
    written.pages[0][NameObject("/Contents")] = stream
    return written.pages[0]


def as_the_reader_has_it(page):
    """Return where the pen stands at each step that shows words, and the upright lines."""
    moves, lines, seen = [], Lines(), []

    def take(operator, operands, cm, tm):
        if operator in SHOWS:
            moves.append((len(seen), *moved(tm[4], tm[5], cm)))
        lines.take(operator, operands, cm)
        seen.append(operator)

    page.extract_text(visitor_operand_before=take)
    return moves, lines


def steps_of(page):
    return ContentStream(page["/Contents"].get_object(), page.pdf, "bytes").operations


def check(page):
    moves, lines = as_the_reader_has_it(page)
    pen, own = Pen(), []
    for number, (operands, operator) in enumerate(steps_of(page)):
        if operator in SHOWS:
            own.append((number, *pen.at))
        pen.take(operator, operands)

    assert own == moves
    assert moves
    assert crossings_in(steps_of(page)) == crossings(moves, lines.upright)


@pytest.mark.parametrize("drawn", DRAWN.values(), ids=DRAWN)
def test_the_pen_stands_where_the_reader_of_words_has_it(drawn):
    check(page_of(drawn))


@pytest.mark.parametrize("is_ruled", [True, False])
def test_so_it_does_on_a_whole_schedule(is_ruled):
    many = [*ROWS[:3], *((str(n), f"Log {n} of the call", "STORM", "D") for n in range(1, 90))]
    pages = PdfReader(BytesIO(a_pdf_schedule(many, is_ruled=is_ruled))).pages

    assert len(pages) > 1
    for page in pages:
        check(page)


def test_words_pass_into_another_column_where_they_cross_a_drawn_line():
    page = page_of(
        b"200 600 1 100 re 400 600 1 100 re BT 1 0 0 1 30 690 Tm (1) Tj 1 0 0 1 210 690 Tm (Log) "
        b"Tj 1 0 0 1 260 690 Tm (of the call) Tj 1 0 0 1 410 690 Tm (STORM) Tj ET"
    )

    assert crossings_in(steps_of(page)) == {6, 10}


def test_so_they_do_from_the_middle_of_a_cell_to_the_first_line_of_the_next():
    page = page_of(
        b"200 670 1 30 re 400 670 1 30 re BT 1 0 0 1 30 684 Tm (1) Tj 1 0 0 1 210 690 Tm (Log) Tj "
        b"1 0 0 1 210 678 Tm (of the call) Tj 1 0 0 1 410 684 Tm (STORM) Tj ET"
    )

    assert crossings_in(steps_of(page)) == {6, 10}
