"""Every letter that ships, as PDF held to PDF/UA-1 and as Word file read by another reader."""

import io
from functools import cache
from html.parser import HTMLParser

import mammoth
import pikepdf
import pytest
from pikepdf import Dictionary, Name, Pdf

from forthright.letter_files.writing import docx_of, pdf_of
from forthright.letter_templates.examples import examples
from forthright.rules.letter_blocks.assemble import assemble
from forthright.rules.letter_blocks.block import published_wordings
from forthright.rules.letter_blocks.composed import Composed, ParagraphKind
from tests.letter_files.letters import TITLE, a_letter_of
from tests.letter_files.pdf_ua import faults_of

HELD = published_wordings()
TAGS = {ParagraphKind.HEADING: "h1", ParagraphKind.BULLET: "ul", ParagraphKind.NUMBERED: "ol"}
both_sizes = pytest.mark.parametrize("is_large", [False, True], ids=["normal", "large print"])


def letters() -> list[tuple[str, str]]:
    """Return each template with a made-up case of it, and one with words in another language."""
    found = []
    for template in HELD.templates.values():
        cases = [code for code, each in examples().items() if template.serves(each.case)]
        found += [(template.code, code) for code in sorted({cases[0], "welsh"} & set(cases))]
    return found


@cache
def letter(template: str, example: str) -> Composed:
    return assemble(HELD.templates[template], HELD.blocks, examples()[example].case)


class Paragraphs(HTMLParser):
    """The paragraphs of a page with the element each stands in: p, h1, ul or ol."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.lists: list[str] = []

    def handle_starttag(self, tag, _):
        if tag in ("ul", "ol"):
            self.lists.append(tag)
        elif tag in ("p", "h1", "li"):
            self.found.append((self.lists[-1] if tag == "li" else tag, ""))
        elif tag == "br":
            self.handle_data("\n")

    def handle_endtag(self, tag):
        if tag in ("ul", "ol"):
            self.lists.pop()

    def handle_data(self, data):
        kind, words = self.found[-1]
        self.found[-1] = (kind, words + data)


@both_sizes
@pytest.mark.parametrize(("template", "example"), letters())
def test_every_letter_is_a_pdf_that_can_be_read_aloud(template, example, is_large):
    content = pdf_of(letter(template, example), title=TITLE, is_large_print=is_large)

    assert faults_of(content) == []


@both_sizes
@pytest.mark.parametrize(("template", "example"), letters())
def test_every_word_file_is_the_same_letter_to_another_reader(template, example, is_large):
    composed = letter(template, example)

    content = docx_of(composed, title=TITLE, is_large_print=is_large)
    read = mammoth.convert_to_html(io.BytesIO(content))

    page = Paragraphs()
    page.feed(read.value)
    wanted = [(TAGS.get(each.kind, "p"), each.text) for each in composed.paragraphs]
    assert page.found == wanted
    assert [each.message for each in read.messages if each.type == "error"] == []


def unmarked(pdf):
    del pdf.Root.MarkInfo


def unspoken(pdf):
    del pdf.Root.Lang


def untitled(pdf):
    del pdf.Root.ViewerPreferences


def unstructured(pdf):
    del pdf.Root.StructTreeRoot


def nameless(pdf):
    with pdf.open_metadata(set_pikepdf_as_editor=False) as xmp:
        del xmp["pdfuaid:part"]


def drawn_over(pdf):
    pdf.pages[0].contents_add(b"0 0 9 9 re f")


def marked_twice(pdf):
    pdf.pages[0].contents_add(b"/P << /MCID 0 >> BDC EMC /P << /MCID 999 >> BDC EMC")


def blind_picture(pdf):
    first = first_paragraph(pdf)
    first.S = Name.Figure


def deep_heading(pdf):
    first_paragraph(pdf).S = Name.H3


def odd_kind(pdf):
    first_paragraph(pdf).S = Name.Letter


def lost_item(pdf):
    first_paragraph(pdf).S = Name.LI


def mute_link(pdf):
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9])
    pdf.pages[0].obj.Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(link)]))


def strange_font(pdf):
    plain = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf.pages[0].obj.Resources.Font[Name.F99] = plain


def first_paragraph(pdf):
    """Return the first element of the structure that holds words itself."""
    element = pdf.Root.StructTreeRoot
    while True:
        kids = element.K
        first = kids[0] if isinstance(kids, pikepdf.Array) else kids
        if not isinstance(first, Dictionary) or "/S" not in first:
            return element
        element = first


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        pytest.param(unmarked, "does not say that it is tagged", id="no mark"),
        pytest.param(unspoken, "says no language", id="no language"),
        pytest.param(untitled, "title is not shown", id="no title"),
        pytest.param(unstructured, "has no structure", id="no structure"),
        pytest.param(nameless, "does not call itself PDF/UA-1", id="no name"),
        pytest.param(drawn_over, "neither tagged nor an artifact", id="drawn over"),
        pytest.param(marked_twice, "mark 999 stands 0 times", id="a mark of nothing"),
        pytest.param(blind_picture, "Figure has no words", id="a picture without words"),
        pytest.param(deep_heading, "H3 comes after", id="a heading too deep"),
        pytest.param(odd_kind, "Letter is no standard kind", id="an unknown kind"),
        pytest.param(lost_item, "LI stands in", id="an item of no list"),
        pytest.param(mute_link, "does not say where it leads", id="a link without words"),
        pytest.param(strange_font, "Helvetica is not in the file", id="a font of elsewhere"),
    ],
)
def test_the_check_finds_what_would_keep_a_pdf_from_being_read_aloud(spoil, words):
    kept = io.BytesIO()
    with Pdf.open(io.BytesIO(pdf_of(a_letter_of(), title=TITLE))) as pdf:
        spoil(pdf)
        pdf.save(kept)

    assert words in " ".join(faults_of(kept.getvalue()))
