"""All the words that a PDF holds: its pages, and every string of every object behind them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from forthright.letter_files.file_parts import HOUR, WRITTEN_BY, FilePart
from forthright.letter_files.pdf_fonts import (
    check_fonts,
    check_letters_are_told,
    check_words_are_letters,
)
from forthright.letter_files.pdf_notes import notes_of_set, notes_within, words_outside
from forthright.letter_files.pdf_objects import at, shapes_of
from forthright.letter_files.pdf_page_ends import over_page_ends
from forthright.letter_files.pdf_pages import (
    check_draws_words,
    check_shows_no_picture,
    drawn_by_name,
    hidden_in_page,
    read_page,
    written_alone,
)
from forthright.letter_files.reading import MOST_PAGES, FileRefused, open_pdf

if TYPE_CHECKING:
    from pypdf import PdfReader

ANOTHER = "Another file lies within it. Take it out."
ENDS = b"%%EOF"
# A file made to be shown before it has come whole has an end after its first page.
IN_TWO = re.compile(rb"startxref\s+0\s+%%EOF")
# “D:20260314103000+00'00'”.
MOMENT = re.compile(r"D:(\d{4})(\d\d)(\d\d)\d*(?:Z|[+-]\d\d'?(?:\d\d'?)?)?")
# A browser that printed the file says its own name and edition: “Chrome/156.0.0.0”.
PROGRAM = re.compile(
    r"\b(AppleWebKit|Chrome|Chromium|Edg|Firefox|Gecko|HeadlessChrome|Mozilla|Safari|Version)"
    r"/\d+(?:\.\d+)*\b"
)
# Strings of the format's own: how a font is drawn and what its sets of letters are called.
OF_FORMAT = frozenset({"/ID", "/Registry", "/Ordering", "/Panose", "/DA", "/CharSet", "/Lang",
                       "/FontFamily", "/FontName",
                       "/OutputConditionIdentifier", "/RegistryName"})  # fmt: skip
# Names, which are no strings, that somebody may have chosen: what is ticked, where a link goes.
CHOSEN = frozenset({"/V", "/DV", "/AS", "/Opt", "/Dest", "/D"})
NOT_CHOSEN = frozenset({"/Off", "/Yes", "/On", "/XYZ", "/Fit", "/FitH", "/FitV", "/FitR",
                        "/FitB", "/FitBH", "/FitBV", "/DeviceRGB", "/DeviceGray"})  # fmt: skip
AUTHOR = "/Author"
# What an XMP packet calls whoever wrote a file or a part of it: “dc:creator”, “pdfx:Author”.
WROTE = frozenset({"author", "authors", "captionwriter", "contributor", "creator", "lastmodifiedby",
                   "lastsavedby", "owner"})  # fmt: skip
PROPERTIES = frozenset({"/Title", AUTHOR, "/Subject", "/Keywords", "/Creator", "/Producer",
                        "/CreationDate", "/ModDate", "/Trapped"})  # fmt: skip
# What a stream may be that is no file and no picture, by a key that it has.
NO_WORDS = ("/Length1", "/Length2", "/Length3", "/CMapName", "/FunctionType", "/ShadingType")
NO_WORDS_TYPES = ("/XRef", "/CMap")
FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3", "/ToUnicode", "/CIDToGIDMap", "/CIDSet",
              "/Encoding", "/DestOutputProfile")  # fmt: skip


def parts_of_pdf(content: bytes, *, most_pages: int = MOST_PAGES) -> Iterator[FilePart]:
    """Yield every part of a PDF that holds words.

    :raises FileRefused: if something in it cannot be searched: a picture, words drawn as lines,
        another file, an earlier state of it; or it has more pages
    """
    _check_is_one_state(content)
    with open_pdf(content, most_pages=most_pages) as reader:
        pages = list(_parts_of_pages(reader))
        if reader.attachments:
            raise FileRefused(ANOTHER)
        about, authors = _properties(reader)
        titles = [str(each.title) for each in _flat(reader.outline)]
        yield from pages
        yield FilePart("its properties", about)
        yield FilePart(f"its properties{WRITTEN_BY}", authors)
        yield FilePart("its bookmarks", "\n".join(titles))
        told = {line for part in pages for line in part.words.split("\n")}
        told |= {*about.split("\n"), *authors.split("\n"), *titles}
        yield from _outside(content, reader)
        yield from _behind(reader, told)


def _check_is_one_state(content: bytes) -> None:
    """Refuse a file to which something was added when it was saved: what it hid is still there."""
    ends = content.count(ENDS) - (b"/Linearized" in content[:2048] and bool(IN_TWO.search(content)))
    if ends > 1:
        raise FileRefused(
            "It still holds an earlier state of itself, with whatever was taken out since. "
            "Print it to a new PDF."
        )
    if content[content.rfind(ENDS) + len(ENDS) :].strip(b"\r\n \t\0") and ends:
        raise FileRefused("Something is written behind its end. Print it to a new PDF.")


def _parts_of_pages(reader: "PdfReader") -> Iterator[FilePart]:
    pages = []
    for number, page in enumerate(reader.pages, 1):
        words, drawn = read_page(page, reader)
        check_shows_no_picture(page, number, words)
        drawings = [(drawn, at(page, "/Resources")), *drawn_by_name(page, reader)]
        drawn = [step for steps, _ in drawings for step in steps]
        check_draws_words(drawn, number, words)
        for steps, resources in drawings:
            check_letters_are_told(steps, resources, number)
        check_words_are_letters(words, number)
        pages.append(words)
        yield FilePart(f"page {number}", words)
        yield from _notes(at(page, "/Annots") or (), f"the notes of page {number}")
        yield FilePart(f"behind the words of page {number}", hidden_in_page(drawn))
    yield from over_page_ends(pages)


def _notes(notes: Iterable[Any], where: str) -> Iterator[FilePart]:
    """Yield the words of notes, and by themselves who wrote each of them."""
    held = [each.get_object() for each in notes]
    authors = list(dict.fromkeys(name for each in held for name in _wrote(each)))
    said = [words for each in held for words in dict.fromkeys(_strings(each))]
    yield FilePart(where, "\n".join(each for each in said if each and each not in authors))
    yield FilePart(f"{where}{WRITTEN_BY}", "\n".join(authors))


def _wrote(held: Any) -> list[str]:
    """Return who wrote a note, or whom a packet of properties keeps as having written something.

    A field to fill in has its own name where a note has who wrote it.
    """
    if at(held, "/Type") == "/Metadata" and hasattr(held, "get_data"):
        return _words_of_packet(held.get_data())[1]
    if at(held, "/Subtype") in (None, "/Widget"):
        return []
    return [each for each in _strings(at(held, "/T")) if each.strip()]


def _properties(reader: "PdfReader") -> tuple[str, str]:
    """Return what a file keeps about itself, and whom it keeps as having written it."""
    held: Mapping[str, Any] = reader.metadata or {}
    # What somebody called a property of their own may name them too.
    about = [str(key)[1:] for key in held if key not in PROPERTIES]
    about += [str(value) for key, value in held.items() if key != AUTHOR]
    found = reader.xmp_metadata
    written, authors = _words_of_packet(found.stream.get_data()) if found else ([], [])
    authors = list(dict.fromkeys([str(held.get(AUTHOR, "")), *authors]))
    return _formal("\n".join([*about, *written])), "\n".join(filter(None, authors))


def _formal(words: str) -> str:
    """Return words without what of them is of no case: when, and by which edition, it was saved."""
    return PROGRAM.sub(r"\1", HOUR.sub("", MOMENT.sub(r"\1-\2-\3", words)))


def _outside(content: bytes, reader: "PdfReader") -> Iterator[FilePart]:
    """Yield the notes of whoever wrote the file, which no program shows, and what no object has."""
    said: list[str] = []
    for each in words_outside(content, reader):
        said += [each] if isinstance(each, str) else [*_strings(each)]
    if words := "\n".join(filter(None, dict.fromkeys(said))):
        yield FilePart("the notes between its parts", _formal(words))


def _behind(reader: "PdfReader", told: set[str]) -> Iterator[FilePart]:
    """Yield what no page, note or property says: every other string of every object."""
    objects = dict(_objects(reader))
    check_fonts(objects.values())
    drawn, fonts = _drawn_by_pages(reader), _of_fonts(objects.values())
    authors = [name for held in objects.values() for name in _wrote(held)]
    said: list[str] = []
    for number, held in objects.items():
        said += _strings(held)
        if not hasattr(held, "get_data"):
            continue
        if number in drawn:
            said += notes_within(held.get_data())
        elif at(held, "/Type") == "/ObjStm":
            said += notes_of_set(held, number, reader)
        elif number not in fonts:
            said += _words_of_stream(held, reader)
    told.add("")
    wrote = [each for each in dict.fromkeys(authors) if each not in told]
    told.update(wrote)
    fresh = [_formal(each) for each in dict.fromkeys(said) if each not in told]
    if fresh:
        yield FilePart("behind its words", "\n".join(fresh))
    yield FilePart(f"behind its words{WRITTEN_BY}", "\n".join(wrote))


def _objects(reader: "PdfReader") -> Iterator[tuple[int, Any]]:
    from pypdf.generic import IndirectObject

    numbers = {(number, gen) for gen, held in reader.xref.items() for number in held if number}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    for number, gen in sorted(numbers):
        held = reader.get_object(IndirectObject(number, gen, reader))
        if held is not None:
            yield number, held


def _strings(held: Any) -> Iterator[str]:
    """Yield the strings of an object, and the names in it that somebody may have chosen."""
    from pypdf.generic import DictionaryObject

    waiting = [("", held)]
    while waiting:
        key, each = waiting.pop()
        if isinstance(each, DictionaryObject):
            waiting += [(name, value) for name, value in each.items() if name not in OF_FORMAT]
        elif isinstance(each, list):
            waiting += [(key, value) for value in each]
        else:
            yield from _string(each, is_chosen=key in CHOSEN)


def _string(held: Any, *, is_chosen: bool) -> Iterator[str]:
    from pypdf.generic import ByteStringObject, NameObject, TextStringObject

    if isinstance(held, TextStringObject):
        yield str(held)
    elif isinstance(held, ByteStringObject):
        yield bytes(held).decode("utf-8", "replace")
    elif isinstance(held, NameObject) and is_chosen and held not in NOT_CHOSEN:
        yield str(held)[1:]


def _words_of_stream(held: Any, reader: "PdfReader") -> list[str]:
    """Return the words of a stream that no page draws, and refuse one that nobody can search."""
    kind, sort = at(held, "/Type"), at(held, "/Subtype")
    if sort == "/Image":
        raise FileRefused("It holds a picture, whose words nobody can search.")
    if kind == "/EmbeddedFile":
        raise FileRefused(ANOTHER)
    if kind == "/Metadata":
        said, authors = _words_of_packet(held.get_data())
        return [*said, *authors]
    if kind in NO_WORDS_TYPES or any(key in held for key in NO_WORDS):
        return []
    if sort == "/Form":
        return written_alone(held, reader)
    raise FileRefused(
        "It holds something that no page shows and that nobody can search. Print it to a new PDF."
    )


def _drawn_by_pages(reader: "PdfReader") -> set[int]:
    """Return the numbers of the streams that are the pages, and of what pages draw by name."""
    found: set[int] = set()
    for page in reader.pages:
        whole = page.raw_get("/Contents") if "/Contents" in page else None
        parts = at(page, "/Contents")
        found |= _numbers([whole, *(parts if isinstance(parts, list) else [])])
        seen: set[int] = set()
        waiting = [at(page, "/Resources")]
        while waiting:
            shapes = [each for each in shapes_of(waiting.pop()) if _numbers([each]) - seen]
            seen |= _numbers(shapes)
            waiting += [at(each.get_object(), "/Resources") for each in shapes]
        found |= seen
    return found


def _of_fonts(objects: Iterable[Any]) -> set[int]:
    """Return the numbers of the streams that are the letters of a font or a set of colours."""
    from pypdf.generic import DictionaryObject

    found: set[int] = set()
    waiting = list(objects)
    while waiting:
        held = waiting.pop()
        if isinstance(held, DictionaryObject):
            found |= _numbers(value for key, value in held.items() if key in FONT_FILES)
            waiting += held.values()
        elif isinstance(held, list):
            if len(held) > 1 and held[0] == "/ICCBased":
                found |= _numbers(held[1:2])
            waiting += held
    return found


def _numbers(references: Iterable[Any]) -> set[int]:
    from pypdf.generic import IndirectObject

    return {each.idnum for each in references if isinstance(each, IndirectObject)}


def _words_of_packet(packet: bytes) -> tuple[list[str], list[str]]:
    """Return what an XMP packet says, and whom it names as having written something.

    The addresses that name its own kinds of words are none. A packet that is no XML is given back
    as it is, so that nothing in it goes unseen.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(packet, parser)
    except etree.XMLSyntaxError:
        return [packet.decode("utf-8", "replace")], []
    said: list[str] = []
    authors: list[str] = []
    writing = {node for each in root.iter() if _is_who_wrote(each.tag) for node in each.iter()}
    for node in root.iter():
        (authors if node in writing else said).append(node.text or "")
        (authors if node.getparent() in writing else said).append(node.tail or "")
        for key, value in node.attrib.items():
            (authors if _is_who_wrote(key) else said).append(value)
    return _told(said), _told(authors)


def _is_who_wrote(name: Any) -> bool:
    return str(name).rpartition("}")[2].lower() in WROTE


def _told(said: Iterable[str]) -> list[str]:
    return [each.strip() for each in said if each.strip()]


def _flat(outline: Sequence[Any]) -> Iterator[Any]:
    for each in outline:
        if isinstance(each, list):
            yield from _flat(each)
        else:
            yield each
