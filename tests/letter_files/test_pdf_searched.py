"""The whole of a PDF is searched, and what nobody can search is refused."""

import base64
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    StreamObject,
    TextStringObject,
)
from weasyprint import HTML

from forthright.letter_files.everything import parts_of_file
from forthright.letter_files.reading import FileRefused
from forthright.letter_files.writing import pdf_of, pdf_of_many
from forthright.rules.letter_blocks.composed import Composed, Paragraph, ParagraphKind, Run
from tests.letter_files.files import a_pdf

BOX = ArrayObject([FloatObject(each) for each in (0, 0, 100, 20)])


def as_object(said):
    """Return words, names that begin with a stroke, lists and tables as a PDF holds them."""
    if isinstance(said, dict):
        return DictionaryObject({NameObject(key): as_object(each) for key, each in said.items()})
    if isinstance(said, str):
        return NameObject(said) if said.startswith("/") else TextStringObject(said)
    return said


def changed(change):
    writer = PdfWriter(clone_from=PdfReader(BytesIO(a_pdf("Dear [the victim], we are sorry."))))
    change(writer)
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()


def with_note(**said):
    def change(writer):
        note = as_object({"/Type": "/Annot", "/Rect": BOX} | {f"/{k}": v for k, v in said.items()})
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])

    return changed(change)


def with_object(under, said):
    def change(writer):
        writer._root_object[NameObject(under)] = writer._add_object(as_object(said))

    return changed(change)


def a_stream(content, **said):
    stream = StreamObject()
    stream.set_data(content)
    stream.update({NameObject(f"/{key}"): as_object(each) for key, each in said.items()})
    return stream


def with_stream(content, **said):
    def change(writer):
        writer._root_object[NameObject("/Any")] = writer._add_object(a_stream(content, **said))

    return changed(change)


def with_looks(content, resources):
    """Return a PDF with a note that is drawn by itself."""

    def change(writer):
        looks = writer._add_object(a_stream(content, Subtype="/Form", Resources=resources))
        note = as_object({"/Type": "/Annot", "/Subtype": "/FreeText", "/Rect": BOX,
                          "/AP": {"/N": looks}})  # fmt: skip
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])

    return changed(change)


def words_of(content):
    return "\n".join(each.words for each in parts_of_file(content, "a.pdf"))


@pytest.mark.parametrize(
    "content",
    [
        with_note(Subtype="/Link", A={"/S": "/URI", "/URI": "mailto:Hidden Osei"}),
        with_note(Subtype="/Text", Subj="Hidden Osei", Contents="see"),
        with_note(Subtype="/FreeText", RC="<p>Hidden Osei</p>"),
        with_note(Subtype="/Widget", AS="/Hidden Osei"),
        with_object("/Fields", {"/FT": "/Tx", "/T": "f", "/V": "Hidden Osei"}),
        with_object("/StructTreeRoot", {"/S": "/Figure", "/Alt": "A photo of Hidden Osei"}),
        with_object("/OpenAction", {"/S": "/JavaScript", "/JS": "app.alert('Hidden Osei')"}),
        with_stream(b"<x>Hidden Osei</x>", Type="/Metadata"),
        with_looks(b"BT /F1 12 Tf (Hidden ) Tj [(Os) -20 (ei)] TJ ET",
                   {"/Font": {"/F1": {"/Type": "/Font", "/Subtype": "/Type1"}}}),
        changed(lambda writer: writer.add_metadata({"/Hidden Osei": "1"})),
    ],
)  # fmt: skip
def test_every_string_of_it_is_read(content):
    assert "Hidden" in words_of(content)
    assert "Osei" in words_of(content)


def test_what_a_page_says_of_its_own_words_is_read():
    def change(writer):
        drawn = a_stream(b"/Span <</ActualText (Hidden Osei)>> BDC EMC")
        page = writer.pages[0]
        held = page.raw_get("/Contents")
        page[NameObject("/Contents")] = ArrayObject([held, writer._add_object(drawn)])

    assert "Hidden Osei" in words_of(changed(change))


MOMENTS = (
    b'<x xmlns:xmp="http://ns.adobe.com/xap/1.0/"><xmp:ModifyDate>2026-11-29T09:05:00+01:00'
    b"</xmp:ModifyDate><xmp:CreateDate>2026-11-29T18:17:50.123456Z</xmp:CreateDate></x>"
)


def test_of_when_it_was_saved_only_the_day_is_read():
    said = words_of(with_stream(MOMENTS, Type="/Metadata"))

    assert "2026-11-29" in said
    assert "T09" not in said
    assert "18:17" not in said


@pytest.mark.parametrize("name", ["Creator", "Producer"])
def test_the_edition_of_a_browser_that_printed_it_is_none_of_its_numbers(name):
    agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/156.0.0.0"

    said = words_of(changed(lambda writer: writer.add_metadata({f"/{name}": agent})))

    assert "HeadlessChrome" in said
    assert "156.0" not in said
    other = changed(lambda writer: writer.add_metadata({f"/{name}": "Osei/156.0.0.0"}))
    assert "Osei/156.0.0.0" in words_of(other)


def a_scan_with_a_footer():
    picture = BytesIO()
    Image.new("RGB", (300, 300), "white").save(picture, "PNG")
    held = base64.b64encode(picture.getvalue()).decode()
    return HTML(string=f"<img src='data:image/png;base64,{held}'><p>Page 1 of 1</p>").write_pdf()


def drawn_words(path, beside=""):
    """Return a page on which words are lines, as “text as curves” prints them."""
    lines = f"<path d='{path}' fill='none' stroke='black'/>"
    drawing = f"<svg width='90' height='90' xmlns='http://www.w3.org/2000/svg'>{lines}</svg>"
    return HTML(string=f"{drawing}<p>{beside}</p>").write_pdf()


def saved_once_more():
    """Return a PDF to which a save added what it shows now, with what it showed before in it."""
    writer = PdfWriter(BytesIO(a_pdf("Dear Amira Osei")), incremental=True)
    writer.pages[0][NameObject("/Contents")] = ArrayObject([])
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()


def a_note_with_a_file():
    said = {"/Type": "/Filespec", "/F": "a.txt", "/EF": {"/F": a_stream(b"Osei")}}
    return with_note(Subtype="/FileAttachment", FS=as_object(said))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (a_scan_with_a_footer(), "Page 1 holds a picture"),
        (drawn_words("M10 10 Q 20 20 30 10"), "shapes drawn by lines"),
        (drawn_words("M10 10 Q 20 20 30 10", "Page 1 of 1"), "shapes drawn by lines"),
        (drawn_words("M10 10 L 30 40", "Page 1 of 1"), "shapes drawn by lines"),
        (drawn_words("M10 10 H 30"), "holds no words that can be read"),
        (saved_once_more(), "an earlier state of itself"),
        (a_pdf("Dear you") + b"Dear Amira Osei", "behind its end"),
        (a_note_with_a_file(), "Another file"),
        (with_stream(b"Dear Amira Osei"), "nobody can search"),
        (with_stream(b"Osei", Type="/EmbeddedFile"), "Another file"),
        (with_stream(b"..", Subtype="/Image"), "picture"),
        (with_looks(b"BT /F1 12 Tf <0001> Tj ET",
                    {"/Font": {"/F1": {"/Subtype": "/Type0"}}}), "looks of a note"),
        (with_object("/Any", {"/Type": "/Font", "/Subtype": "/Type3"}), "which letters it shows"),
        (with_object("/Any", {"/Type": "/Font", "/Subtype": "/Type0"}), "which letters it shows"),
    ],
)  # fmt: skip
def test_what_nobody_can_search_is_refused(content, why):
    with pytest.raises(FileRefused, match=why):
        parts_of_file(content, "a.pdf")


def test_a_table_and_an_empty_page_are_no_pictures():
    table = "<table style='border:1px solid'><tr><td style='border:1px solid'>Dear you"
    empty = f"{table}</table><p style='break-before: page'><p style='break-before: page'>More"

    assert "Dear you" in words_of(HTML(string=empty).write_pdf())


def test_the_products_own_files_pass():
    runs = (Run(text="Hello"),)
    letter = Composed(paragraphs=[Paragraph(kind=kind, runs=runs) for kind in ParagraphKind])
    both, _ = pdf_of_many([(letter, False), (letter, True)], title="A letter")

    for content in (pdf_of(letter, title="A letter"), both):
        behind = [each for each in parts_of_file(content, "a.pdf")
                  if not each.where.startswith("page")]  # fmt: skip
        said = {line.partition(" ")[0] for each in behind for line in each.words.split("\n")}
        assert said <= {"", "a", "A", "Hello", "1", "x-default", "WeasyPrint"}
