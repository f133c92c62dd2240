"""What a Word file shows beside its rows, or hides: notes, boxes, pictures, files, struck words."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree

from forthright.letter_files.reading import PASTE, FileRefused, open_word_file
from forthright.schedule_files.drafting import number_in
from forthright.schedule_files.naming import calls_for_care, forms_in
from forthright.table_files.beside_cells import CREST_HEIGHT, is_crest
from forthright.table_files.colours import is_pale

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PLAIN_XML = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
# How a word is taken from sight, or struck out (ECMA-376, part 1, 17.3.2).
UNSEEN = ("vanish", "specVanish", "strike", "dstrike")
# Under what name the style is kept that a line has which names none; no style is called so.
OF_ALL = ""
# The largest size that is taken for unseen, in half points.
SMALLEST = 4
OFF = frozenset({"0", "false", "off", "none"})
# How a theme calls the colour of the paper (ECMA-376, part 1, 17.18.97).
PAPER = frozenset({"background1", "light1"})
# The kinds of note that are lines between words and notes, and say nothing.
OF_LINES = frozenset({"separator", "continuationSeparator", "continuationNotice"})
NOTES = (("comments", "comment", "comment in the margin"), ("footnotes", "footnote", "footnote"),
         ("endnotes", "endnote", "endnote"))  # fmt: skip
# A size as older drawings write it: "width:451pt;height:30.5pt".
SIZE = re.compile(
    r"(?:^|;)\s*(width|height)\s*:\s*(\d+(?:\.\d*)?)\s*(pt|in|cm|mm|px)?", re.IGNORECASE
)
EMU = {"pt": 12_700, "in": 914_400, "cm": 360_000, "mm": 36_000, "px": 9_525, "": 9_525}
CALLED = {"object": "embedded file", "altChunk": "embedded document", "txbxContent": "text box"}
# Rows of styles that rest on each other; a file may make a ring of them.
MOST_STYLES = 20


def beside_in_word(path: Path) -> Mapping[str, list[str]]:
    """Return what stands beside the words of a Word file, by what one is called, and where.

    Those are its comments and notes (ECMA-376, part 1, 17.11 and 17.13.4), text boxes that do not
    only name the form, and pictures larger than a crest, charts, drawings and embedded files.

    :raises FileRefused: if a part of the file is damaged
    """
    document = open_word_file(path.read_bytes())
    found: dict[str, list[str]] = {}
    kept = {link.reltype.rpartition("/")[2]: link.target_part for link in links(document)}
    for kind, name, one in NOTES:
        if kind in kept:
            found[one] = [""] * _notes(kept[kind], name)
    for root in parts(document):
        for one, place in _drawn(root):
            found.setdefault(one, []).append(place)
    return found


def unseen_in_word(path: Path) -> Mapping[str, list[str]]:
    """Return in how many lines and rows words are hidden or struck through, and of which items."""
    document = open_word_file(path.read_bytes())
    lines = {id(line): line for run in _unseen_runs(document) if _words(run).strip()
             for line in [_line_of(run)]}  # fmt: skip
    return {"line with words struck through or hidden": [place_of(each)
                                                         for each in lines.values()]}  # fmt: skip


def take_unseen(document: Any) -> None:
    """Take out of a document the words that do not show in it, or are struck through."""
    for run in _unseen_runs(document):
        run.getparent().remove(run)


def links(document: Any) -> Iterator[Any]:
    """Yield what the words of a Word file are linked with within the file."""
    return (link for link in document.part.rels.values() if not link.is_external)


def parts(document: Any) -> Iterator[Any]:
    """Yield the words of a document, and those of each of its headers and footers."""
    yield document.element.body
    for link in links(document):
        if link.reltype.endswith(("/header", "/footer")):
            yield link.target_part.element


def _notes(part: Any, name: str) -> int:
    try:
        root = etree.fromstring(part.blob, etree.XMLParser(**PLAIN_XML))
    except etree.XMLSyntaxError as fault:
        raise FileRefused("The Word file is damaged. Save it again in Word. " + PASTE) from fault
    return sum(1 for each in root.iter(f"{W}{name}") if each.get(f"{W}type") not in OF_LINES)


def _drawn(root: Any) -> Iterator[tuple[str, str]]:
    """Yield what each thing is called that is drawn or embedded, and of which item it is."""
    is_margin = not root.tag.endswith("}body")
    boxes: set[str] = set()
    for each in root.iter("{*}inline", "{*}anchor", "{*}object", "{*}imagedata", "{*}altChunk",
                          f"{W}txbxContent"):  # fmt: skip
        # Word keeps a drawing twice, for itself and for older programs.
        if any(above.tag.endswith("}Fallback") for above in each.iterancestors()):
            continue
        one, place = _kind_of(each, is_margin=is_margin), place_of(_line_of(each))
        if one == "text box":
            words = " ".join(part.text or "" for part in each.iter(f"{W}t"))
            is_told = words in boxes or (bool(forms_in(words)) and not calls_for_care(words))
            boxes.add(words)
            one = "" if is_told or not words.strip() else one
        if one:
            yield one, place


def _kind_of(each: Any, *, is_margin: bool) -> str:
    name = etree.QName(each).localname
    if name == "imagedata":
        is_of_object = any(above.tag == f"{W}object" for above in each.iterancestors())
        width, height = _older_size(each)
        return "" if is_of_object or _is_little(width, height, is_margin) else "picture"
    if name in CALLED:
        return CALLED[name]
    within = {etree.QName(part).localname for part in each.iter("{*}pic", "{*}chart", "{*}relIds")}
    if within & {"chart", "relIds"}:
        return "chart" if "chart" in within else "drawing"
    size = each.find("{*}extent")
    height, width = (_whole(size, name) for name in ("cy", "cx"))
    return "picture" if "pic" in within and not _is_little(width, height, is_margin) else ""


def _older_size(image: Any) -> tuple[int, int]:
    written = SIZE.findall(image.getparent().get("style") or "")
    sizes = {name.lower(): float(number) * EMU[(unit or "").lower()]
             for name, number, unit in written}  # fmt: skip
    return int(sizes.get("width", 0)), int(sizes.get("height", 0))


def _is_little(width: int, height: int, is_margin: bool) -> bool:
    """Say whether a picture lists nothing: a crest, or what forms print on top of each page."""
    if not (width and height):
        return False
    return height <= CREST_HEIGHT if is_margin else is_crest(width, height)


def _whole(size: Any, name: str) -> int:
    written = size.get(name, "") if size is not None else ""
    return int(written) if written.isdecimal() else 0


def _unseen_runs(document: Any) -> list[Any]:
    """Return the runs of words that are hidden or struck through, by themselves or their style."""
    by_style = {each.style_id: each.element for each in document.styles}
    first = next(filter(_is_of_all, by_style.values()), None)
    if first is not None:
        by_style[OF_ALL] = first
    rows = [row for root in parts(document) for row in root.iter(f"{W}tr")
            if _is_set(row.find(f"{W}trPr"), "hidden")]  # fmt: skip
    in_hidden = {run for row in rows for run in row.iter(f"{W}r")}
    of_file = document.styles.element.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    by_default = {name for name in UNSEEN if _is_set(of_file, name)}
    return [
        run for root in parts(document) for run in root.iter(f"{W}r")
        if run in in_hidden or _is_too_small(run) or _is_white_on_white(run)
        or any(_is_unseen(run, name, by_style, default=name in by_default) for name in UNSEEN)
    ]  # fmt: skip


def _is_too_small(run: Any) -> bool:
    """Say whether a run is set in letters that nobody can read; sizes are in half points."""
    size = run.find(f"{W}rPr/{W}sz")
    written = (size.get(f"{W}val") or "") if size is not None else ""
    return written.isdecimal() and int(written) <= SMALLEST


def _is_white_on_white(run: Any) -> bool:
    """Say whether words are white where nothing behind them is filled with another colour.

    The first row of a table is filled by the style of most tables, and heads it.
    """
    settings = run.find(f"{W}rPr")
    colour = settings.find(f"{W}color") if settings is not None else None
    if colour is None or not _is_white(colour, "val"):
        return False
    above = [run, *run.iterancestors(f"{W}p", f"{W}tc")]
    kept = (each.find(f"{W}{each.tag.rpartition('}')[2]}Pr") for each in above)
    fills = [fill for each in kept if each is not None for fill in each.iterfind(f"{W}shd")]
    if any(fill.get(f"{W}fill", "auto") != "auto" and not _is_white(fill, "fill")
           for fill in fills):  # fmt: skip
        return False
    row = next(run.iterancestors(f"{W}tr"), None)
    table = next(run.iterancestors(f"{W}tbl"), None)
    if row is None or table is None or row is not table.find(f"{W}tr"):
        return True
    return table.find(f"{W}tblPr/{W}tblStyle") is None


def _is_white(element: Any, name: str) -> bool:
    """Say whether a colour is white: by itself, or as that of the paper of a theme."""
    of_theme = element.get(f"{W}theme{name.capitalize() if name != 'val' else 'Color'}")
    if of_theme is not None:
        is_changed = element.get(f"{W}themeShade") is not None
        return of_theme in PAPER and not is_changed
    return is_pale(element.get(f"{W}{name}"))


def _is_unseen(run: Any, name: str, by_style: Mapping[str, Any], *, default: bool) -> bool:
    own = run.find(f"{W}rPr")
    said = _is_set(own, name)
    if said is not None:
        return said
    line = next(run.iterancestors(f"{W}p"), None)
    settings = line.find(f"{W}pPr") if line is not None else None
    for holder, kind in ((own, "rStyle"), (settings, "pStyle")):
        said = _by_style(holder.find(f"{W}{kind}") if holder is not None else None, name, by_style)
        if said is not None:
            return said
    # What names no style is in the one that the file begins with.
    names_none = settings is None or settings.find(f"{W}pStyle") is None
    first = by_style.get(OF_ALL) if names_none else None
    said = _is_set(first.find(f"{W}rPr"), name) if first is not None else None
    table = next(run.iterancestors(f"{W}tbl"), None)
    if said is None and table is not None:
        said = _by_style(table.find(f"{W}tblPr/{W}tblStyle"), name, by_style)
    return default if said is None else said


def _is_of_all(style: Any) -> bool:
    """Say whether a style is that of each line that names none."""
    default = (style.get(f"{W}default") or "0").lower()
    return style.get(f"{W}type") == "paragraph" and default not in OFF


def _by_style(named: Any, name: str, by_style: Mapping[str, Any]) -> bool | None:
    for _ in range(MOST_STYLES):
        style = by_style.get(named.get(f"{W}val")) if named is not None else None
        if style is None:
            return None
        said = _is_set(style.find(f"{W}rPr"), name)
        if said is not None:
            return said
        named = style.find(f"{W}basedOn")
    return None


def _is_set(settings: Any, name: str) -> bool | None:
    """Return whether settings turn something on or off; nothing where they do not say."""
    found = settings.find(f"{W}{name}") if settings is not None else None
    return None if found is None else (found.get(f"{W}val") or "1").lower() not in OFF


def _words(run: Any) -> str:
    return "".join(part.text or "" for part in run.iter(f"{W}t"))


def _line_of(element: Any) -> Any:
    """Return the row of a table in which something stands, or else its line."""
    found = next(element.iterancestors(f"{W}tr"), None)
    return found if found is not None else next(element.iterancestors(f"{W}p"), element)


def place_of(line: Any) -> str:
    """Say of which item a row is, where its first cell numbers one."""
    cell = line.find(f"{W}tc")
    words = "".join(part.text or "" for part in cell.iter(f"{W}t")) if cell is not None else ""
    number = number_in(words)
    return f"item {number}" if number is not None else ""
