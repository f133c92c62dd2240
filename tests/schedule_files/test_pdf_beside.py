"""What a PDF schedule shows beside its words stops until somebody looked."""

from base64 import b64encode
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Text
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    RectangleObject,
    TextStringObject,
)
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


def a_field(words, kind="/Tx", *, in_parent=False):
    said = {NameObject("/FT"): NameObject(kind), NameObject("/V"): TextStringObject(words)}
    own = DictionaryObject({NameObject("/Type"): NameObject("/Annot"),
                            NameObject("/Subtype"): NameObject("/Widget"),
                            NameObject("/Rect"): RectangleObject((50, 780, 300, 800))})  # fmt: skip
    if in_parent:
        own[NameObject("/Parent")] = DictionaryObject(said)
    else:
        own.update(said)
    return own


@pytest.mark.parametrize("in_parent", [False, True])
def test_a_field_of_a_form_that_was_filled_in_is_named_and_an_empty_one_or_a_box_is_not(
    tmp_path, in_parent
):  # fmt: skip
    def fill(written, *fields):
        written.pages[0][NameObject("/Annots")] = ArrayObject(fields)

    told, blank, ticked = a_field("MG6D", in_parent=in_parent), a_field(" "), a_field("On", "/Btn")
    found = read(tmp_path, change=lambda written: fill(written, told, blank, ticked))

    assert stops(found) == ["1 field that was filled in: page 1"]
    assert stops(read(tmp_path, change=lambda written: fill(written, a_field("")))) == []


def test_words_beside_what_is_marked_on_a_page_are_a_note_and_a_link_is_none(tmp_path):
    def mark(written, kind, words):
        written.pages[0][NameObject("/Annots")] = ArrayObject([DictionaryObject({
            NameObject("/Subtype"): NameObject(kind), NameObject("/Contents"):
            TextStringObject(words)})])  # fmt: skip

    for kind, words, is_note in (("/Highlight", "Item 2 names a source", True),
                                 ("/Square", "Not for the defence", True),
                                 ("/Highlight", "", False), ("/Link", "Open", False)):  # fmt: skip
        found = read(tmp_path, change=lambda each, k=kind, w=words: mark(each, k, w))
        assert stops(found) == (["1 note put onto a page: page 1"] if is_note else [])


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
