"""Writes a composed letter as Word file, tagged PDF, large print, and plain text."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from itertools import groupby
from typing import Any

from forthright.letter_files.letter_page import (
    ADDRESS_BOTTOM,
    ADDRESS_LEFT,
    ADDRESS_LINE_POINTS,
    ADDRESS_POINTS,
    ADDRESS_RIGHT,
    ADDRESS_TOP,
    BODY_POINTS,
    BODY_TOP,
    LARGE_POINTS,
    SIDE,
    html_of,
)
from forthright.rules.letter_blocks.composed import Composed, Paragraph, ParagraphKind

STYLES = {
    ParagraphKind.ADDRESS: "Letter Address",
    ParagraphKind.DATE: "Letter Date",
    ParagraphKind.REFERENCE: "Letter Reference",
    ParagraphKind.SALUTATION: "Salutation",
    ParagraphKind.HEADING: "Heading 1",
    ParagraphKind.TEXT: "Body Text",
    ParagraphKind.BULLET: "List Bullet",
    ParagraphKind.NUMBERED: "List Number",
    ParagraphKind.SIGN_OFF: "Signature",
}
# A file says nothing of the machine or the minute it was made on: the same letter is the same file.
NO_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
TWIPS_IN_MM = 1440 / 25.4


def text_of(composed: Composed) -> str:
    """Return the letter as plain text for an e-mail: one paragraph a line, blank lines between."""
    return composed.plain() + "\n"


def pdf_of(composed: Composed, *, title: str, is_large_print: bool = False) -> bytes:
    """Return the letter as a tagged PDF (PDF/UA-1), in 18 point type where large print is wanted.

    The address stands where the window of an envelope shows it, at the same size in both.
    """
    import weasyprint  # its libraries take a second to load, and most requests never print

    points = LARGE_POINTS if is_large_print else BODY_POINTS
    html = html_of(composed, title=title, points=points)
    return bytes(
        weasyprint.HTML(string=html, url_fetcher=_fetch_nothing).write_pdf(pdf_variant="pdf/ua-1")
    )


def docx_of(composed: Composed, *, title: str, is_large_print: bool = False) -> bytes:
    """Return the letter as a Word file with real styles for headings, lists and paragraphs."""
    from docx import Document  # most requests never write a file

    document = Document()
    _prepare(document, title, LARGE_POINTS if is_large_print else BODY_POINTS, composed.language)
    after_address = False
    for kind, same in groupby(composed.paragraphs, key=lambda each: each.kind):
        list_number = _new_list(document) if kind is ParagraphKind.NUMBERED else None
        for paragraph in same:
            written = _write(document, paragraph)
            if kind is ParagraphKind.ADDRESS:
                _place_in_window(written)
            elif after_address:
                _start_below_window(written)
            after_address = kind is ParagraphKind.ADDRESS
            if list_number is not None:
                _number(written, list_number)
    kept = BytesIO()
    document.save(kept)
    return _without_moment(kept.getvalue())


def _fetch_nothing(address: str, *_: Any, **__: Any) -> Any:
    raise ValueError(f"A letter fetches nothing: {address}")


def _prepare(document: Any, title: str, points: float, language: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Mm, Pt

    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(SIDE)
    page.top_margin = page.bottom_margin = Mm(20)
    styles = document.styles
    for name in set(STYLES.values()) - {style.name for style in styles}:
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    styles["Normal"].font.name, styles["Normal"].font.size = "Arial", Pt(points)
    _speak(styles, language)
    styles["Body Text"].paragraph_format.space_after = Pt(points * 0.7)
    for name in ("Letter Date", "Letter Reference", "Salutation"):
        styles[name].paragraph_format.space_after = Pt(points * 0.7)
    styles["Letter Address"].font.size = Pt(ADDRESS_POINTS)
    styles["Letter Address"].paragraph_format.line_spacing = Pt(ADDRESS_LINE_POINTS)
    for name in ("Letter Address", "Signature", "List Bullet", "List Number"):
        styles[name].paragraph_format.space_after = Pt(0)
    _plain_heading(styles["Heading 1"], points)
    _forget_machine(document.core_properties, title, language)


def _plain_heading(style: Any, points: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size, style.font.bold = "Arial", Pt(points * 1.1), True
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    style.paragraph_format.space_before = Pt(points)
    style.paragraph_format.space_after = Pt(points * 0.4)


def _speak(styles: Any, language: str) -> None:
    """Set the language that spelling and screen readers go by."""
    from docx.oxml.ns import qn

    for spoken in styles.element.iter(qn("w:lang")):
        spoken.set(qn("w:val"), language)


def _forget_machine(properties: Any, title: str, language: str) -> None:
    properties.title, properties.language = title, language
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = NO_MOMENT
    properties.revision = 1


def _write(document: Any, paragraph: Paragraph) -> Any:
    written = document.add_paragraph(style=STYLES[paragraph.kind])
    for run in paragraph.runs:
        made = written.add_run(run.text)
        if run.is_bold:
            made.bold = True
    return written


def _place_in_window(written: Any) -> None:
    """Put a line of the address in the frame that the window of the envelope shows."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    frame = OxmlElement("w:framePr")
    for key, value in {
        "w": _twips(ADDRESS_RIGHT - ADDRESS_LEFT),
        "h": _twips(ADDRESS_BOTTOM - ADDRESS_TOP),
        "hRule": "exact",
        "wrap": "around",
        "vAnchor": "page",
        "hAnchor": "page",
        "x": _twips(ADDRESS_LEFT),
        "y": _twips(ADDRESS_TOP),
    }.items():
        frame.set(qn(f"w:{key}"), value)
    written._p.get_or_add_pPr().insert_element_before(
        frame, "w:widowControl", "w:numPr", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _start_below_window(written: Any) -> None:
    from docx.shared import Mm

    written.paragraph_format.space_before = Mm(BODY_TOP - 20)


def _new_list(document: Any) -> int:
    """Return the number of a new list that counts from one, of the look of "List Number"."""
    from docx.oxml.ns import qn

    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element
    of_style = style.find(f".//{qn('w:numId')}").get(qn("w:val"))
    held = next(each for each in numbering.num_lst if str(each.numId) == of_style)
    made = numbering.add_num(held.abstractNumId.val)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(made.numId)


def _number(written: Any, list_number: int) -> None:
    numbers = written._p.get_or_add_pPr().get_or_add_numPr()
    numbers.get_or_add_ilvl().val = 0
    numbers.get_or_add_numId().val = list_number


def _twips(millimetres: float) -> str:
    return str(round(millimetres * TWIPS_IN_MM))


def _without_moment(content: bytes) -> bytes:
    """Return a Word file whose parts carry no time, and without a picture of its first page."""
    kept = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(kept, "w") as target:
        for part in source.infolist():
            entry = zipfile.ZipInfo(part.filename, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(part))
    return kept.getvalue()
