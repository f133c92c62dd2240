"""What a PDF schedule shows beside its words: scanned pages, pictures, notes and attached files."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from forthright.letter_files.reading import open_pdf
from forthright.schedule_files.pdf_rows import EDGE, MOST_PAGES

# Points of which a centimetre has 28.35: a crest is 6 by 4 cm at most, as in Word and Excel.
CREST_WIDTH, CREST_HEIGHT = 170.0, 113.4
# The share of a page from which its pictures together are a scan of it.
SCAN = 0.5
# What somebody put onto a page beside its words, or struck out on it (ISO 32000-1, 12.5.6).
NOTES = frozenset({"/Text", "/FreeText", "/StrikeOut", "/Redact", "/Stamp", "/Ink", "/Caret",
                   "/FileAttachment"})  # fmt: skip
# What is on a page and says nothing by itself; another that was marked may have words beside it.
SAYS_NOTHING = frozenset({"/Link", "/Popup", "/PrinterMark", "/TrapNet"})
# The kinds of field into which somebody writes or of whose words they choose (12.7.5).
WRITTEN_INTO = frozenset({"/Tx", "/Ch"})
DEEPEST = 10


def beside_in_pdf(path: Path, pages_with_items: set[int]) -> Mapping[str, list[str]]:
    """Return what stands beside the words of a PDF, by what one is called, and on which page.

    :param pages_with_items: the pages on which items were read: a scan of these was put through
        text recognition
    :raises FileRefused: if the PDF is damaged
    """
    found: dict[str, list[str]] = {}
    with open_pdf(path.read_bytes(), most_pages=MOST_PAGES) as reader:
        for number, page in enumerate(reader.pages, start=1):
            for one in _on_page(page, has_items=number in pages_with_items):
                found.setdefault(one, []).append(f"page {number:,}")
        found["file attached to it"] = [""] * len(list(reader.attachment_list))
    return found


def _on_page(page: Any, *, has_items: bool) -> Iterator[str]:
    yield from _put_onto(page)
    if not _holds_images(page.get("/Resources"), DEEPEST) and not _has_inline(page):
        return
    boxes = _images(page)
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    if sum(wide * high for wide, high, _ in boxes) >= SCAN * width * height:
        if not has_items:
            yield "scanned page"
        return
    for wide, high, bottom in boxes:
        is_on_edge = bottom >= (1 - EDGE) * height or bottom + high <= EDGE * height
        if high > CREST_HEIGHT or (wide > CREST_WIDTH and not is_on_edge):
            yield "picture"


def _put_onto(page: Any) -> Iterator[str]:
    """Yield what somebody wrote onto a page, in a note or in a field of a form."""
    for each in page.get("/Annots") or ():
        note = each.get_object()
        kind = note.get("/Subtype")
        if kind == "/Widget":
            if _is_filled_in(note):
                yield "field that was filled in"
        elif kind in NOTES or (kind not in SAYS_NOTHING and str(note.get("/Contents", "")).strip()):
            yield "note put onto a page"


def _is_filled_in(field: Any) -> bool:
    """Say whether a field of a form holds words; what holds the field may say so for it."""
    kind = words = None
    for _ in range(DEEPEST):
        if field is None:
            break
        kind, words = kind or field.get("/FT"), words or field.get("/V")
        above = field.get("/Parent")
        field = above.get_object() if above is not None else None
    return kind in WRITTEN_INTO and bool(words) and bool(str(words).strip())


def _holds_images(resources: Any, deep: int) -> bool:
    """Say whether a page, or a drawing within it, has pictures at all."""
    for each in _drawings(resources).values():
        drawn = each.get_object()
        if drawn.get("/Subtype") == "/Image":
            return True
        if deep and _holds_images(drawn.get("/Resources"), deep - 1):
            return True
    return False


def _drawings(resources: Any) -> Mapping[str, Any]:
    """Return the pictures and drawings that a page, or a drawing within it, can show."""
    named = resources.get_object().get("/XObject") if resources is not None else None
    found: Mapping[str, Any] = named.get_object() if named is not None else {}
    return found


def _has_inline(page: Any) -> bool:
    contents = page.get_contents()
    return contents is not None and b"BI" in contents.get_data()


def _images(page: Any) -> list[tuple[float, float, float]]:
    """Return how wide and how high each picture on a page is, and where its lower edge is."""
    boxes: list[tuple[float, float, float]] = []
    # A drawing may hold words and pictures, and is none itself.
    forms = {name for name, each in _drawings(page.get("/Resources")).items()
             if each.get_object().get("/Subtype") == "/Form"}  # fmt: skip

    def take(operator: bytes, operands: Any, cm: Any, _: Any) -> None:
        is_image = operator == b"Do" and operands and str(operands[0]) not in forms
        if is_image or operator == b"INLINE IMAGE":
            # A picture is drawn into a square of one by one, put where the page wants it.
            xs = [cm[4] + x * cm[0] + y * cm[2] for x in (0, 1) for y in (0, 1)]
            ys = [cm[5] + x * cm[1] + y * cm[3] for x in (0, 1) for y in (0, 1)]
            boxes.append((max(xs) - min(xs), max(ys) - min(ys), min(ys)))

    page.extract_text(visitor_operand_before=take)
    return boxes
