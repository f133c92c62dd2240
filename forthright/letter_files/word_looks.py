"""How words of a Word file stand out: what a letter keeps, and what it leaves out in words."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from forthright.rules.letter_blocks.composed import Look, ParagraphKind
from forthright.rules.words import list_words

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
OFF = {"0", "false", "off", "none", "nil"}
# What a letter does not hold, each by the marks that Word and LibreOffice give it.
LEFT_OUT = (
    ("underlining", ("u",)),
    ("highlighting", ("highlight", "shd")),
    ("colour", ("color",)),
    ("raised or lowered letters", ("vertAlign",)),
)
# Colours that are black, as every letter is.
BLACK = {"auto", "000000", "clear", "FFFFFF", "baseline"}
LONGEST_QUOTED = 60


def looks_of_styles(document: Any) -> Mapping[str, Look]:
    """Return how each style for characters makes words stand out, by its id."""
    return {
        style.style_id: Look(bool(style.font.bold), bool(style.font.italic))
        for style in document.styles
        if getattr(style, "font", None) is not None and style.type is not None
    }


def look_of(run: Any, looks: Mapping[str, Look]) -> Look:
    """Return how words stand out, by their own marks or else by their style."""
    styled = looks.get(run._r.style or "", Look())
    return Look(
        styled.is_bold if run.bold is None else run.bold,
        styled.is_italic if run.italic is None else run.italic,
    )


def kinds_of_lists(document: Any) -> Mapping[str, ParagraphKind]:
    """Return for the number of each list whether it has points or steps."""
    try:
        numbering = document.part.numbering_part.element
    except (KeyError, NotImplementedError):  # a file without lists has no such part
        return {}
    looks = {
        each.get(f"{W}abstractNumId"): _kind_of_list(each)
        for each in numbering.iter(_w("abstractNum"))
    }
    return {
        each.get(f"{W}numId"): looks.get(
            _value(each.find(_w("abstractNumId"))), ParagraphKind.BULLET
        )
        for each in numbering.iter(_w("num"))
    }


def kind_by_list(paragraph: Any, lists: Mapping[str, ParagraphKind]) -> ParagraphKind | None:
    """Return whether a paragraph is a point or a step of a list; None where it is neither."""
    number = paragraph._p.find(f"{_w('pPr')}/{_w('numPr')}/{_w('numId')}")
    return None if number is None else lists.get(_value(number))


def words_marked(body: Any, *tags: str) -> str:
    """Return the first words of a body that bear one of these marks, or none."""
    return next(_marked(body, tags), "")


def looks_left_out(content: bytes) -> str:
    """Say which looks of a Word file a letter does not keep, with words that had them."""
    from docx import Document

    body = Document(BytesIO(content)).element.body
    found = [(name, words_marked(body, *tags)) for name, tags in LEFT_OUT]
    lost = [f"{name} (“{words}”)" for name, words in found if words]
    if not lost:
        return ""
    return (
        f"A letter keeps headings, lists, bold and italics. Left out: {list_words(lost)}. The "
        "words themselves are all there."
    )


def _marked(body: Any, tags: tuple[str, ...]) -> Iterator[str]:
    for run in body.iter(_w("r")):
        marks = [mark for tag in tags for mark in run.iterfind(f"{_w('rPr')}/{_w(tag)}")]
        words = "".join(text.text or "" for text in run.iter(_w("t"))).strip()
        if words and any(_is_on(mark) for mark in marks):
            yield words if len(words) <= LONGEST_QUOTED else f"{words[:LONGEST_QUOTED]}…"


def _is_on(mark: Any) -> bool:
    value = _value(mark)
    is_shade = mark.tag == _w("shd")
    shown = mark.get(f"{W}fill", "auto") if is_shade else value
    return shown.lower() not in OFF and shown not in BLACK


def _kind_of_list(look: Any) -> ParagraphKind:
    first = next(look.iter(_w("numFmt")), None)
    is_points = first is None or _value(first) in {"bullet", "none"}
    return ParagraphKind.BULLET if is_points else ParagraphKind.NUMBERED


def _value(mark: Any) -> str:
    return "" if mark is None else str(mark.get(VAL, ""))


def _w(tag: str) -> str:
    return f"{W}{tag}"
