"""Writes a composed letter as Word file, tagged PDF, large print, and plain text."""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import escape
from io import BytesIO
from itertools import groupby
from typing import Any

from forthright.letter_files.letter_page import (
    BODY_POINTS,
    BODY_TOP,
    LARGE_POINTS,
    TOP,
    html_of,
)
from forthright.letter_files.page_margins import mark_page_margins
from forthright.letter_files.word_skeleton import TITLE_GOES_HERE, Skeleton, skeleton_of
from forthright.rules.contact_lock import Way
from forthright.rules.envelopes import Window, window_for
from forthright.rules.letter_blocks.composed import Composed, Paragraph, ParagraphKind, Run

TWIPS_IN_MM = 1440 / 25.4
# A file that nobody has said the day of is laid out for the envelopes of today's edition.
OUR_WINDOW = window_for(Way.PRINT, date.max)
BODY_ENDS = b"<w:sectPr"
LISTS_END = b"</w:numbering>"
READ_ALOUD = "pdf/ua-1"
BLANK = "<!DOCTYPE html><title>Blank</title><style>@page { size: A4 }</style>"


def text_of(composed: Composed) -> str:
    """Return the letter as plain text for an e-mail: one paragraph a line, blank lines between."""
    return composed.plain() + "\n"


def pdf_of(
    composed: Composed, *, title: str, is_large_print: bool = False, window: Window = OUR_WINDOW
) -> bytes:
    """Return the letter as a tagged PDF (PDF/UA-1), in 18 point type where large print is wanted.

    The address stands where the window of an envelope shows it, at the same size in both.
    """
    content, _ = pdf_of_many(
        [(composed, is_large_print)], title=title, is_two_sided=False, window=window
    )
    return content


def pdf_of_many(
    letters: Iterable[tuple[Composed, bool]],
    *,
    title: str,
    is_two_sided: bool = True,
    window: Window = OUR_WINDOW,
) -> tuple[bytes, int]:
    """Return letters as one tagged PDF (PDF/UA-1) with its number of pages.

    Each is given with whether it is in large print. Printed on both sides, no letter begins on
    the back of another: where one ends on a front, its back is left blank.
    """
    import weasyprint  # its libraries take a second to load, and most requests never print

    def made(html: str) -> Any:
        page = weasyprint.HTML(string=html, url_fetcher=_fetch_nothing)
        return page.render(pdf_variant=READ_ALOUD)

    documents, pages = [], []
    for composed, is_large_print in letters:
        points = LARGE_POINTS if is_large_print else BODY_POINTS
        documents.append(made(html_of(composed, window, title=title, points=points)))
        pages += documents[-1].pages
        if is_two_sided and len(pages) % 2:
            pages += made(BLANK).pages
    whole = documents[0].copy(pages)
    content = whole.write_pdf(finisher=mark_page_margins, pdf_variant=READ_ALOUD)
    return bytes(content), len(pages)


def docx_of(composed: Composed, *, title: str, is_large_print: bool = False) -> bytes:
    """Return the letter as a Word file with real styles for headings, lists and paragraphs."""
    points = LARGE_POINTS if is_large_print else BODY_POINTS
    skeleton = skeleton_of(points, composed.language)
    parts = dict(skeleton.parts)
    lists = _numbers_of_lists(composed.paragraphs, skeleton.next_list)
    body = "".join(_paragraphs(composed.paragraphs, skeleton, lists)).encode()
    document = parts["word/document.xml"]
    place = document.rindex(BODY_ENDS)
    parts["word/document.xml"] = document[:place] + body + document[place:]
    counted = "".join(_list_from_one(number, skeleton.list_look) for number in lists if number)
    parts["word/numbering.xml"] = parts["word/numbering.xml"].replace(
        LISTS_END, counted.encode() + LISTS_END
    )
    parts["docProps/core.xml"] = parts["docProps/core.xml"].replace(
        TITLE_GOES_HERE.encode(), _said(title).encode()
    )
    return _package(parts)


def _fetch_nothing(address: str, *_: Any, **__: Any) -> Any:
    raise ValueError(f"A letter fetches nothing: {address}")


def _numbers_of_lists(paragraphs: Sequence[Paragraph], first: int) -> list[int]:
    """Return for each run of paragraphs of one kind the number of its list, or 0 for none."""
    numbers = []
    for kind, _ in groupby(paragraphs, key=lambda each: each.kind):
        numbers.append(first if kind is ParagraphKind.NUMBERED else 0)
        first += kind is ParagraphKind.NUMBERED
    return numbers


def _list_from_one(number: int, look: str) -> str:
    return (
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{look}"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )


def _paragraphs(
    paragraphs: Sequence[Paragraph], skeleton: Skeleton, lists: Sequence[int]
) -> Iterator[str]:
    is_after_address = False
    groups = groupby(paragraphs, key=lambda each: each.kind)
    for number, (kind, same) in zip(lists, groups, strict=True):
        for paragraph in same:
            look = f'<w:pStyle w:val="{skeleton.style_ids[kind]}"/>'
            if kind is ParagraphKind.ADDRESS:
                look += _frame(OUR_WINDOW, sum(p.kind is kind for p in paragraphs))
            if number:
                look += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
            if is_after_address and kind is not ParagraphKind.ADDRESS:
                look += f'<w:spacing w:before="{_twips(BODY_TOP - TOP)}"/>'
            is_after_address = kind is ParagraphKind.ADDRESS
            words = "".join(_run(run, paragraph.language) for run in paragraph.runs)
            yield f"<w:p><w:pPr>{look}</w:pPr>{words}</w:p>"


def _run(run: Run, language: str) -> str:
    look = ("<w:b/>" if run.is_bold else "") + ("<w:i/>" if run.is_italic else "")
    look += f'<w:lang w:val="{escape(language)}"/>' if language else ""
    look = f"<w:rPr>{look}</w:rPr>" if look else ""
    words = _said(run.text).replace("\t", _between("tab")).replace("\n", _between("br"))
    return f'<w:r>{look}<w:t xml:space="preserve">{words}</w:t></w:r>'


def _between(mark: str) -> str:
    return f'</w:t><w:{mark}/><w:t xml:space="preserve">'


def _said(text: str) -> str:
    """Return words as a Word file holds them, without characters that no file may hold."""
    return escape("".join(c for c in text if c in "\t\n" or (c >= " " and not _is_unpaired(c))))


def _is_unpaired(character: str) -> bool:
    return "\ud800" <= character <= "\udfff" or character in "\ufffe\uffff"


def _frame(window: Window, lines: int) -> str:
    """Return the frame for a line of the address: where the window of the envelope shows it."""
    first = window.first_line(lines)
    return (
        f'<w:framePr w:w="{_twips(window.right - window.left)}" '
        f'w:h="{_twips(window.bottom - first)}" w:hRule="exact" w:wrap="around" '
        f'w:vAnchor="page" w:hAnchor="page" w:x="{_twips(window.left)}" '
        f'w:y="{_twips(first)}"/>'
    )


def _twips(millimetres: float) -> int:
    return round(millimetres * TWIPS_IN_MM)


def _package(parts: dict[str, bytes]) -> bytes:
    """Return the parts of a Word file in one, none of them with a time."""
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, content, compresslevel=4)
    return kept.getvalue()
