"""What a PDF schedule shows beside its words stops until somebody looked."""

from base64 import b64encode
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Text
from weasyprint import HTML

from forthright.schedule_files.reading import read_schedules
from tests.schedule_files.files import ROWS, a_pdf_schedule


def drawn(words="", *, width=0.0, height=0.0, at=0.0):
    """Return a page with a picture of so many centimetres, so far from its top, and a few words."""
    kept = BytesIO()
    Image.new("RGB", (90, 90), "white").save(kept, "PNG")
    picture = f"data:image/png;base64,{b64encode(kept.getvalue()).decode()}"
    html = (
        "<style>@page { size: A4; margin: 0 } p { position: absolute; top: 14cm; left: 2cm } "
        f"img {{ position: absolute; top: {at}cm; left: 0; width: {width}cm; height: {height}cm }}"
        f"</style><p>{words}</p><img src='{picture}'>"
    )
    return PdfReader(BytesIO(HTML(string=html).write_pdf())).pages[0]


def read(tmp_path, *more, change=lambda written: None):
    written = PdfWriter()
    for page in (*PdfReader(BytesIO(a_pdf_schedule(ROWS))).pages, *more):
        written.add_page(page)
    change(written)
    written.write(tmp_path / "mg6c.pdf")
    return read_schedules(tmp_path / "mg6c.pdf")


def stops(schedules):
    return [one.what for each in schedules for one in each.unread if one.may_hide_items]


@pytest.mark.parametrize("words", ["OFFICIAL", "Signed PC Hall", "Page 2 of 2"])
def test_a_scanned_page_with_a_typed_word_is_named_and_stops(tmp_path, words):
    found = read(tmp_path, drawn(words, width=20, height=28))

    assert "1 scanned page: page 2" in stops(found)


def test_a_picture_with_rows_is_named_and_a_crest_or_a_banner_is_not(tmp_path):
    crest, banner = drawn("Page 2", width=3, height=3), drawn("x", width=18, height=2)

    assert "picture" not in str(stops(read(tmp_path, crest, banner)))
    assert "1 picture: page 2" in stops(read(tmp_path, drawn("Page 2", width=18, height=3, at=9)))


def test_a_scan_that_was_put_through_text_recognition_stops_nothing(tmp_path):
    def over(written):
        written.pages[0].merge_page(drawn(width=29, height=20), over=False)

    assert stops(read(tmp_path, change=over)) == []


def test_an_attached_file_and_notes_are_named(tmp_path):
    def change(written):
        written.add_attachment("MG6D.csv", b"MG6D")
        written.add_annotation(0, Text(text="Item 2 names a source", rect=(50, 550, 90, 590)))
        written.add_annotation(0, FreeText(text="Not for them", rect=(50, 500, 90, 540)))

    found = read(tmp_path, change=change)

    assert stops(found) == ["2 notes put onto a page: page 1", "1 file attached to it"]
    assert "source" not in str(found[0].unread)


def test_a_plain_pdf_asks_nothing(tmp_path):
    assert stops(read(tmp_path)) == []
