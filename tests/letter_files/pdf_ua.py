"""What a program can check of PDF/UA-1 (ISO 14289-1): whether a PDF can be read aloud.

A person has still to judge whether the order and the words make sense.
"""

import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Object, Page, Pdf

PAINTS = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh",
          "INLINE IMAGE"}  # fmt: skip
STANDARD = {
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index",
    "NonStruct", "Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl",
    "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Span", "Quote", "Note",
    "Reference", "BibEntry", "Code", "Link", "Annot", "Figure", "Formula", "Form",
}  # fmt: skip
INSIDE = {"LI": {"L"}, "LBody": {"LI"}, "TR": {"Table", "THead", "TBody", "TFoot"},
          "TD": {"TR"}, "TH": {"TR"}}  # fmt: skip


def faults_of(content: bytes) -> list[str]:
    """Return what is wrong with a PDF, each once; nothing is as it should be."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        checks = (_document, _structure, _marking, _annotations, _fonts)
        return list(dict.fromkeys(fault for check in checks for fault in check(pdf)))


def _document(pdf: Pdf) -> Iterator[str]:
    root = pdf.Root
    if root.get("/MarkInfo", Dictionary()).get("/Marked") is not True:
        yield "it does not say that it is tagged"
    if not str(root.get("/Lang", "")):
        yield "it says no language"
    if root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle") is not True:
        yield "its title is not shown"
    if "/StructTreeRoot" not in root:
        yield "it has no structure"
    if pdf.is_encrypted:
        yield "it is encrypted"
    with pdf.open_metadata() as xmp:
        if not xmp.get("dc:title"):
            yield "it has no title"
        if xmp.get("pdfuaid:part") != "1":
            yield "it does not call itself PDF/UA-1"


def _structure(pdf: Pdf) -> Iterator[str]:
    depth = 0
    for kind, element, above in elements_of(pdf):
        if kind not in STANDARD:
            yield f"{kind} is no standard kind of element"
        if above not in INSIDE.get(kind, {above}):
            yield f"{kind} stands in {above}"
        if kind in ("Figure", "Formula") and not str(element.get("/Alt", "")).strip():
            yield f"{kind} has no words in its place"
        if kind[0] == "H" and kind[1:].isdecimal():
            if int(kind[1:]) > depth + 1:
                yield f"{kind} comes after a heading of depth {depth}"
            depth = int(kind[1:])


def elements_of(pdf: Pdf) -> Iterator[tuple[str, Object, str]]:
    """Yield each element in the order it is read aloud: its kind, itself, the kind above it."""
    root = pdf.Root.get("/StructTreeRoot", Dictionary())
    roles = {str(key): str(value) for key, value in root.get("/RoleMap", Dictionary()).items()}
    waiting = [(each, "") for each in reversed(_kids(root))]
    while waiting:
        element, above = waiting.pop()
        if not isinstance(element, Dictionary) or "/S" not in element:
            continue
        kind = str(element.S)
        kind = roles.get(kind, kind).removeprefix("/")
        yield kind, element, above
        waiting += [(each, kind) for each in reversed(_kids(element))]


def _kids(element: Object) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _marking(pdf: Pdf) -> Iterator[str]:
    """Yield what is drawn outside any mark, and marks that the structure does not hold once."""
    held = Counter(_marks_held(pdf))
    pages = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    drawn = set()
    for page in pdf.pages:
        number = pages[page.objgen]
        for fault, mark in _marks_drawn(page):
            if fault:
                yield f"page {number}: {fault}"
            elif held[(page.objgen, mark)] != 1:
                yield f"page {number}: mark {mark} stands {held[(page.objgen, mark)]} times"
            drawn.add((page.objgen, mark))
        if "/StructParents" not in page.obj:
            yield f"page {number}: it does not lead to the structure"
    if lost := set(held) - drawn:
        yield f"{len(lost)} marks of the structure stand on no page"


def _marks_held(pdf: Pdf) -> Iterator[tuple[tuple[int, int], int]]:
    for _, element, _ in elements_of(pdf):
        for each in _kids(element):
            if isinstance(each, int):
                yield element.Pg.objgen, each
            elif isinstance(each, Dictionary) and each.get("/Type") == Name.MCR:
                yield each.get("/Pg", element.get("/Pg")).objgen, int(each.MCID)


def _marks_drawn(page: Page) -> Iterator[tuple[str, int]]:
    """Yield a fault and no mark for what is drawn outside, and each mark that is begun."""
    properties = page.obj.get("/Resources", Dictionary()).get("/Properties", Dictionary())
    open_marks: list[bool] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        act = str(operator)
        if act in ("BDC", "BMC"):
            said = operands[1] if len(operands) > 1 else Dictionary()
            said = properties.get(str(said), Dictionary()) if isinstance(said, Name) else said
            mark = said.get("/MCID")
            open_marks.append(mark is not None or operands[0] == Name.Artifact)
            if mark is not None:
                yield "", int(mark)
        elif act == "EMC":
            open_marks.pop()
        elif act in PAINTS and not any(open_marks):
            yield f"something is drawn ({act}) that is neither tagged nor an artifact", -1


def _annotations(pdf: Pdf) -> Iterator[str]:
    for page in pdf.pages:
        notes = list(page.obj.get("/Annots", []))
        if notes and page.obj.get("/Tabs") != Name.S:
            yield "the tab key does not follow the structure"
        for each in notes:
            if not str(each.get("/Contents", "")).strip():
                yield "a link does not say where it leads"
            if "/StructParent" not in each:
                yield "a link stands outside the structure"


def _fonts(pdf: Pdf) -> Iterator[str]:
    for page in pdf.pages:
        for font in page.obj.get("/Resources", Dictionary()).get("/Font", Dictionary()).values():
            if "/ToUnicode" not in font:
                yield f"the letters of {font.BaseFont} cannot be read out"
            for each in font.get("/DescendantFonts", [font]):
                held = each.get("/FontDescriptor", Dictionary())
                if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(held.keys()):
                    yield f"{font.BaseFont} is not in the file"
