"""The Word file of a letter without its words: page, styles and lists, made once for each size."""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Any

from forthright.letter_files.letter_page import SIDE, TOP
from forthright.rules.envelopes import ADDRESS_LINE_POINTS, ADDRESS_POINTS
from forthright.rules.letter_blocks.composed import ParagraphKind

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
TITLE_GOES_HERE = "title-goes-here"
# A file says nothing of the machine or the minute it was made on: the same letter is the same file.
NO_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
NUMBER = re.compile(rb'<w:num [^>]*w:numId="(\d+)"[^>]*>\s*<w:abstractNumId w:val="(\d+)"')


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The parts of an empty letter, the styles by kind, and where its numbered lists begin."""

    parts: Mapping[str, bytes]
    style_ids: Mapping[ParagraphKind, str]
    list_look: str
    next_list: int


@cache
def skeleton_of(points: float, language: str) -> Skeleton:
    """Return the empty letter in type of so many points."""
    document = _empty_letter(points, language)
    ids = {style.name: style.style_id for style in document.styles}
    kept = BytesIO()
    document.save(kept)
    with zipfile.ZipFile(kept) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    numbers = {
        int(number): look.decode() for number, look in NUMBER.findall(parts["word/numbering.xml"])
    }
    return Skeleton(
        parts=parts,
        style_ids={kind: ids[name] for kind, name in STYLES.items()},
        list_look=numbers[_number_of_style(document)],
        next_list=max(numbers) + 1,
    )


def _number_of_style(document: Any) -> int:
    from docx.oxml.ns import qn

    style = document.styles[STYLES[ParagraphKind.NUMBERED]].element
    return int(style.find(f".//{qn('w:numId')}").get(qn("w:val")))


def _empty_letter(points: float, language: str) -> Any:
    """Return a Word file with the page and styles of a letter and no words."""
    from docx import Document
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Mm, Pt

    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(SIDE)
    page.top_margin = page.bottom_margin = Mm(TOP)
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
    _forget_machine(document.core_properties, language)
    _drop_thumbnail(document.part.package.rels)
    return document


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


def _forget_machine(properties: Any, language: str) -> None:
    properties.title, properties.language = TITLE_GOES_HERE, language
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = NO_MOMENT
    properties.revision = 1


def _drop_thumbnail(links: Any) -> None:
    """Take out the small picture of another document that the library's own template brings."""
    for key in [key for key, link in links.items() if link.reltype.endswith("/thumbnail")]:
        del links[key]
