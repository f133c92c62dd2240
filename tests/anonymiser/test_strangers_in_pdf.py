"""The search of a PDF asks about everybody whom it keeps as having written it or a note in it."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)
from weasyprint import HTML

from forthright.anonymiser.gate import left_in, strangers_in
from forthright.letter_files.everything import parts_of_file
from forthright.letter_files.writing import pdf_of
from forthright.panels.selectors.finished import TITLE, composed_text
from tests.anonymiser.test_gate_reads_changes import KNOWN

AUTHORS = ["Rowena Tasker", "J Okafor", "tasker, r", "RTASKER2"]
NAMES = (
    "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
    "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:pdfx='http://ns.adobe.com/pdfx/1.3/' "
    "xmlns:xmp='http://ns.adobe.com/xap/1.0/'"
)
LISTED = "<dc:creator><rdf:Seq><rdf:li xml:lang='x-default'>{}</rdf:li></rdf:Seq></dc:creator>"
KEPT = {
    "a list": f"<rdf:Description {NAMES}>{LISTED}</rdf:Description>",
    "an element": f"<rdf:Description {NAMES}><pdfx:Author>{{}}</pdfx:Author></rdf:Description>",
    "an attribute": f"<rdf:Description {NAMES} dc:creator='{{}}'/>",
}
IN_PROPERTIES, IN_NOTES = "its properties, by whom", "the notes of page 1, by whom"


def a_pdf(*, packet="", packet_of_page="", notes=()):
    written = PdfWriter(clone_from=BytesIO(HTML(string="<p>Thank you.").write_pdf()))
    if packet:
        written.root_object[NameObject("/Metadata")] = written._add_object(a_packet(packet))
    page = written.pages[0]
    if packet_of_page:
        page[NameObject("/Metadata")] = written._add_object(a_packet(packet_of_page))
    if notes:
        page[NameObject("/Annots")] = ArrayObject([written._add_object(each) for each in notes])
    file = BytesIO()
    written.write(file)
    return file.getvalue()


def a_packet(held):
    stream = StreamObject()
    stream.set_data(f"<rdf:RDF {NAMES}>{held}</rdf:RDF>".encode())
    stream[NameObject("/Type")] = NameObject("/Metadata")
    stream[NameObject("/Subtype")] = NameObject("/XML")
    return stream


def a_note(author, words="Please look at this.", sort="/Highlight"):
    return DictionaryObject({
        NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject(sort),
        NameObject("/T"): TextStringObject(author),
        NameObject("/Contents"): TextStringObject(words),
    })  # fmt: skip


def parts_of(content):
    return [(each.where, each.words) for each in parts_of_file(content, "letter.pdf")]


def asked_in(content):
    return [(each.where, each.words) for each in strangers_in(parts_of(content), KNOWN)]


@pytest.mark.parametrize("author", AUTHORS)
@pytest.mark.parametrize("how", KEPT)
def test_whoever_its_packet_keeps_as_having_written_it_is_asked_about(how, author):
    assert asked_in(a_pdf(packet=KEPT[how].format(author))) == [(IN_PROPERTIES, author)]


@pytest.mark.parametrize("author", AUTHORS)
def test_whoever_wrote_a_note_is_asked_about_once(author):
    assert asked_in(a_pdf(notes=[a_note(author), a_note(author)])) == [(IN_NOTES, author)]


def test_the_packet_of_a_page_keeps_somebody_too():
    found = asked_in(a_pdf(packet_of_page=KEPT["a list"].format("RTASKER2")))

    assert found == [("behind its words, by whom", "RTASKER2")]


def test_a_note_that_no_page_shows_was_written_by_somebody_too():
    content = a_pdf(notes=[a_note("RTASKER2")])
    written = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    del written.pages[0]["/Annots"]
    file = BytesIO()
    written.write(file)

    assert asked_in(file.getvalue()) == [("behind its words, by whom", "RTASKER2")]


def test_a_known_author_is_left_and_not_asked_about_besides():
    content = a_pdf(
        packet=KEPT["a list"].format("Siobhan Tasker"), notes=[a_note("Siobhan Tasker")]
    )

    assert {each.where for each in left_in(parts_of(content), KNOWN)} == {IN_PROPERTIES, IN_NOTES}
    assert asked_in(content) == []


def test_a_program_and_the_name_of_a_field_are_nobody():
    tool = f"<rdf:Description {NAMES} xmp:CreatorTool='Microsoft Word'/>"
    packet = tool + KEPT["a list"].format("Microsoft Office User")

    assert asked_in(a_pdf(packet=packet, notes=[a_note("box7a", "", "/Widget")])) == []


def test_a_file_that_the_product_made_was_written_by_nobody():
    content = pdf_of(composed_text("Thank you for your letter.\n\nWe write anew."), title=TITLE)

    assert asked_in(content) == []
