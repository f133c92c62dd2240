"""What a sheet holds and does not show: hidden rows and columns, struck words, white on white.

What a conditional format shows hangs on formulas that nobody reckons here: one that may hide words
is named by its cells.
"""

import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from lxml import etree

from forthright.table_files import limits
from forthright.table_files.colours import is_pale
from forthright.table_files.places import column_letters, column_number
from forthright.table_files.problems import FileRefused

PLAIN_XML = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
SHOWS_NOTHING = ";;;"
# Points of height of a row, letters of width of a column and points of a letter that show nothing.
LOWEST, NARROWEST, SMALLEST = 2.0, 0.5, 2.0
# White among the colours of a theme and of the old palette (ECMA-376, part 1, 18.8.3 and 18.8.27).
WHITE_OF_THEME, WHITE_OF_PALETTE = "0", frozenset({"1", "9", "65"})

LOOKED_AT = ("{*}col", "{*}row", "{*}conditionalFormatting")


@dataclass(slots=True)
class Unseen:
    """Rows and columns that are hidden, counted from 1, and cells whose words are struck through.

    `struck` tells by row and column what of a cell's words is not struck through; `formats` are the
    cells, "A3 to C9", whose conditional format may hide their words.
    """

    rows: set[int] = field(default_factory=set)
    columns: list[str] = field(default_factory=list)
    struck: dict[tuple[int, int], str] = field(default_factory=dict)
    formats: list[str] = field(default_factory=list)


def unseen_in(archive: zipfile.ZipFile, sheet: str) -> Unseen:
    """Return what of a sheet is hidden or struck through (ECMA-376, part 1, 18.3.1 and 18.8).

    :param sheet: the path of the sheet in the workbook
    :raises FileRefused: if the sheet is too large to be looked through
    """
    if archive.getinfo(sheet).file_size > limits.SHARED_TEXT_BYTES:
        raise FileRefused(
            f"A sheet holds more than {limits.SHARED_TEXT_BYTES // limits.MEGABYTE} MB.",
            "Take empty rows and layout out of it, or hand its parts over as files of their own.",
        )
    styles, texts = _struck_styles(archive), _struck_texts(archive)
    # Read once, and only for a sheet that has a conditional format.
    kept = cache(lambda: _kept_formats(archive))
    found, number = Unseen(), 0
    with archive.open(sheet) as stream:
        for _, element in etree.iterparse(stream, events=("end",), tag=LOOKED_AT, **PLAIN_XML):
            if element.tag.endswith("}conditionalFormatting"):
                found.formats += _hiding(element, kept)
                continue
            if element.tag.endswith("}col"):
                if _is_on(element.get("hidden")) or _is_below(element.get("width"), NARROWEST):
                    found.columns.append(_columns(element))
                continue
            number = int(element.get("r", number + 1))
            if _is_on(element.get("hidden")) or _is_below(element.get("ht"), LOWEST):
                found.rows.add(number)
            of_row = _struck(element, styles, texts)
            found.struck |= {(number, column): kept for column, kept in of_row}
            element.clear()
            # What was looked at is let go: a long sheet takes no more room than a short one.
            while element.getprevious() is not None:
                del element.getparent()[0]
    return found


def _columns(element: "etree._Element") -> str:
    first, last = int(element.get("min", "1")), int(element.get("max", "1"))
    letters = column_letters(first - 1)
    return letters if first == last else f"{letters} to {column_letters(last - 1)}"


def _struck(
    row: "etree._Element", styles: set[int], texts: dict[int, str]
) -> Iterator[tuple[int, str]]:
    """Yield the column of each cell of which some is struck through, and what is left of it."""
    for place, cell in enumerate(row.iterchildren("{*}c")):
        kept = _left_of(cell, styles, texts)
        if kept is not None:
            letters = (cell.get("r") or "").rstrip("0123456789")
            yield column_number(letters) if letters else place, kept


def _left_of(cell: "etree._Element", styles: set[int], texts: dict[int, str]) -> str | None:
    """Return what a cell holds that is not struck through; nothing where none of it is."""
    value = cell.findtext("{*}v")
    is_filled = bool(value) or cell.find("{*}is") is not None
    if is_filled and int(cell.get("s", "0")) in styles:
        return ""
    if cell.get("t") == "s" and value and value.isdecimal():
        return texts.get(int(value))
    inline = cell.find("{*}is")
    return _left(inline) if inline is not None else None


def _left(text: "etree._Element") -> str | None:
    runs = list(text.iterchildren("{*}r"))
    left = [run for run in runs if not _has(run.find("{*}rPr"), "strike")]
    if all(not (run.findtext("{*}t") or "").strip() for run in runs if run not in left):
        return None
    return "".join(run.findtext("{*}t") or "" for run in left)


def _struck_texts(archive: zipfile.ZipFile) -> dict[int, str]:
    """Return what is left of each shared text of which some is struck through, by its number."""
    root = _part(archive, "xl/sharedstrings.xml", b"strike")
    if root is None:
        return {}
    left = ((number, _left(text)) for number, text in enumerate(root.iterchildren("{*}si")))
    return {number: words for number, words in left if words is not None}


def _struck_styles(archive: zipfile.ZipFile) -> set[int]:
    """Return the numbers of the styles whose words are struck through, or do not show at all."""
    root = _part(archive, "xl/styles.xml", b"")
    if root is None:
        return set()
    fonts = list(root.iterfind("{*}fonts/{*}font"))
    struck = {str(number) for number, font in enumerate(fonts)
              if _has(font, "strike") or _is_below(_value(font, "sz"), SMALLEST)}  # fmt: skip
    white = {str(number) for number, font in enumerate(fonts) if _is_white(font.find("{*}color"))}
    fills = enumerate(root.iterfind("{*}fills/{*}fill"))
    on_white = {str(number) for number, fill in fills if _shows_white(fill)}
    blank = {each.get("numFmtId") for each in root.iterfind("{*}numFmts/{*}numFmt")
             if (each.get("formatCode") or "").strip() == SHOWS_NOTHING}  # fmt: skip
    return {
        number for number, style in enumerate(root.iterfind("{*}cellXfs/{*}xf"))
        if style.get("fontId") in struck or style.get("numFmtId") in blank
        or (style.get("fontId") in white and style.get("fillId", "0") in on_white)
    }  # fmt: skip


def _hiding(formats: "etree._Element", kept: Callable[[], Sequence["etree._Element"]]) -> list[str]:
    """Return the cells of a conditional format of which one rule may hide their words.

    Its formats stand among the styles by number; a newer Excel may write one into the rule.
    """
    rules = [rule for rule in formats.iterfind("{*}cfRule") if not _is_of_nothing(rule)]
    numbers = {int(number) for rule in rules if (number := rule.get("dxfId", "")).isdecimal()}
    written = [each for number, each in enumerate(kept()) if number in numbers]
    written += [each for rule in rules for each in rule.iterfind("{*}dxf")]
    bars = [each for rule in rules for name in ("dataBar", "iconSet")
            for each in rule.iterfind(f"{{*}}{name}")]  # fmt: skip
    shows_none = any(_is_off(each.get("showValue")) for each in bars)
    if not shows_none and not any(_may_hide(each) for each in written):
        return []
    cells = formats.get("sqref") or formats.findtext("{*}sqref") or ""
    return [each.replace(":", " to ") for each in cells.split()] or [""]


def _kept_formats(archive: zipfile.ZipFile) -> Sequence["etree._Element"]:
    root = _part(archive, "xl/styles.xml", b"dxf")
    return list(root.iterfind("{*}dxfs/{*}dxf")) if root is not None else []


def _is_of_nothing(rule: "etree._Element") -> bool:
    """Say whether a rule is of empty cells or of noughts alone."""
    is_nought = (rule.get("type"), rule.get("operator")) == ("cellIs", "equal")
    formula = rule.findtext("{*}formula") or rule.findtext("{*}f") or ""
    return rule.get("type") == "containsBlanks" or (is_nought and formula.strip() == "0")


def _may_hide(shape: "etree._Element") -> bool:
    """Say whether a conditional format strikes words, shows nothing, or shows them in no contrast.

    Of its solid fill the ground is the colour of the cell (ECMA-376, part 1, 18.8.14).
    """
    font, number = shape.find("{*}font"), shape.find("{*}numFmt")
    if number is not None and (number.get("formatCode") or "").strip() == SHOWS_NOTHING:
        return True
    colour = font.find("{*}color") if font is not None else None
    if _has(font, "strike") or colour is None:
        return _has(font, "strike")
    ground = shape.find("{*}fill/{*}patternFill/{*}bgColor")
    if ground is None:
        return _is_white(colour)
    return dict(colour.attrib) == dict(ground.attrib) or (_is_white(colour) and _is_white(ground))


def _is_white(colour: "etree._Element | None") -> bool:
    if colour is None or _is_dark_tint(colour.get("tint")):
        return False
    if colour.get("theme") is not None:
        return bool(colour.get("theme") == WHITE_OF_THEME)
    return is_pale(colour.get("rgb")) or colour.get("indexed") in WHITE_OF_PALETTE


def _is_dark_tint(written: str | None) -> bool:
    """Say whether a colour is darkened, by more than nobody sees."""
    try:
        return float(written or "0") < -0.08
    except ValueError:
        return False


def _shows_white(fill: "etree._Element") -> bool:
    """Say whether a cell so filled is white, as one is that nothing fills."""
    pattern = fill.find("{*}patternFill")
    if pattern is None:
        return fill.find("{*}gradientFill") is None
    kind = pattern.get("patternType", "none")
    return kind == "none" or (kind == "solid" and _is_white(pattern.find("{*}fgColor")))


def _value(element: "etree._Element", name: str) -> str | None:
    found = element.find(f"{{*}}{name}")
    return found.get("val") if found is not None else None


def _is_below(written: str | None, least: float) -> bool:
    """Say whether a size is written, and is one that shows nothing."""
    try:
        return written is not None and float(written) < least
    except ValueError:
        return False


def _part(archive: zipfile.ZipFile, path: str, holds: bytes) -> "etree._Element | None":
    for name in archive.namelist():
        if name.lower() == path and archive.getinfo(name).file_size <= limits.SHARED_TEXT_BYTES:
            content = archive.read(name)
            parser = etree.XMLParser(**PLAIN_XML)
            return etree.fromstring(content, parser) if holds in content else None
    return None


def _has(element: "etree._Element | None", name: str) -> bool:
    found = element.find(f"{{*}}{name}") if element is not None else None
    return found is not None and _is_on(found.get("val", "1"))


def _is_off(written: str | None) -> bool:
    return (written or "").lower() in {"0", "false", "off"}


def _is_on(written: str | None) -> bool:
    return (written or "").lower() in {"1", "true", "on"}
