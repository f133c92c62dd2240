"""All the words that a Word file holds: each text and each attribute of each of its parts."""

import re
import zipfile
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from io import BytesIO
from typing import Any

from forthright.letter_files.file_parts import HOUR, WRITTEN_BY, FilePart
from forthright.letter_files.reading import FileRefused, check_is_safe_word_file
from forthright.letter_files.word_package import check_nothing_lies_between
from forthright.letter_files.word_pieces import PARAGRAPH, SAID
from forthright.letter_files.word_readings import readings_of
from forthright.letter_files.word_unseen import PLAIN, hiding_styles
from forthright.letter_files.writing import docx_of
from forthright.rules.letter_blocks.composed import Composed, Paragraph, ParagraphKind, Run
from forthright.rules.letter_checks.spelling import common_words, is_small_word

# What a style that hides words says.
HIDES = b"vanish"
# Folders of a Word file in which another file lies whole, words and all.
WITHIN = ("word/embeddings/", "word/activex/", "word/afchunk")
PICTURES = ("word/media/",)
# Parts that are no XML and hold no words: a font, cut down to the letters that are used.
FONTS = (".odttf",)
IMAGES = (".jpeg", ".jpg", ".png", ".emf", ".wmf", ".gif", ".bmp", ".tif", ".tiff", ".svg")
# The picture of an empty page that python-docx puts into every file that it begins.
BLANK_PAGE = "96367138dc44ce09bf2c8f0f8e49348a1478d2c5c0af69bbc2bbc38b63cdcead"
MOST_PARTS = 500
# What the format itself writes into attributes, and nobody's words: measures, colours, stamps of a
# save, links within the file, the names of its own kinds. A number as long as one of a telephone
# is read.
MEASURE = r"-?(?:0|[1-9]\d{0,8})(?:\.\d+)?(?:%|pt|in|mm|cm|px|em)?"
STAMP = r"(?=[A-F]*\d)(?:[0-9A-Fa-f]{4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8}|[0-9A-Fa-f]{20})"
GUID = r"\{[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\}"
KIND = r"(?:http://(?:schemas\.\w+\.\w+|purl\.org|www\.w3\.org)/|urn:schemas-)[\w./:#-]*"
FORMAL = re.compile(rf"{MEASURE}|{STAMP}|{GUID}|{KIND}|rId\d+")
# A number by which a part of the letter is told from the others.
NUMBERED = ("}id", "}anchorId", "}editId", "}durableId")
NUMBER = re.compile(r"-?\d{1,10}")
# What Word numbers and names by itself where a letter has a field to fill in: the field, the words
# that stand in it before anybody fills it in, and how these look, in the field and among the looks.
# It draws none above 2,147,483,647; most numbers of patients and of telephones are longer.
DRAWN_BY_WORD = r"-?(?:[1-9]\d{0,8}|1\d{9}|2[01]\d{8})"
PLACEHOLDER = re.compile(rf"DefaultPlaceholder_{DRAWN_BY_WORD}|(?=[A-F]*\d)[0-9A-F]{{32}}\d{{0,2}}")
BY_WORD_ITSELF: dict[tuple[str, ...], re.Pattern[str]] = {
    ("sdtPr", "id", "val"): re.compile(DRAWN_BY_WORD),
    ("placeholder", "docPart", "val"): PLACEHOLDER,
    ("docPartPr", "name", "val"): PLACEHOLDER,
    ("pPr", "pStyle", "val"): PLACEHOLDER,
    ("styles", "style", "styleId"): PLACEHOLDER,
    ("style", "name", "val"): PLACEHOLDER,
}
# How something is drawn: of these only what is no number can be words.
DRAWN = ("style", "path", "coordsize", "adj", "eqn", "points", "from", "to", "textboxrect",
         "connectlocs", "control1", "control2")  # fmt: skip
NUMBERS = re.compile(r"[@#]?-?\d[\d.,]*")
# Counts that Word keeps of a letter, and measures of what is drawn.
COUNTED = ("}TotalTime", "}Pages", "}Words", "}Characters", "}CharactersWithSpaces", "}Lines",
           "}Paragraphs", "}posOffset", "}pctWidth", "}pctHeight", "}pctPosHOffset",
           "}pctPosVOffset")  # fmt: skip
OWN_KINDS = re.compile(r"http://(?:schemas\.\w+\.\w+|purl\.org|www\.w3\.org)/|urn:schemas-")
# Attributes in which a small word may be somebody's; in any other it is a word of the format.
FREE = ("string", "descr", "title", "alt", "author", "initials", "displayText", "tooltip", "instr")
FREE_IN_VAL = ("}alias", "}tag", "}docVar", "}statusText", "}helpText", "}default", "}listEntry",
               "}placeholder", "}result", "}lvlText", "}attr", "}query", "}name")  # fmt: skip
# Who wrote or saved a file, a comment or a change, as a text and as an attribute.
BY_WHOM = ("}creator", "}lastModifiedBy", "}Manager")
AUTHOR = "author"
CALLED = {
    "word/document.xml": "the letter", "docProps/core.xml": "its properties",
    "docProps/app.xml": "its properties", "docProps/custom.xml": "its properties",
    "word/comments.xml": "its comments",
}  # fmt: skip
# What a Word file's own format says, by the element, the attribute or none, and the words.
Said = tuple[str, str, str]


def parts_of_word_file(content: bytes) -> Iterator[FilePart]:
    """Yield every part of a Word file that holds words.

    What a letter of the product's own holds before anybody writes a word in it, such as the names
    of its styles, says nothing of anybody and is left out.

    :raises FileRefused: if it cannot be read whole
    """
    check_is_safe_word_file(content)
    with zipfile.ZipFile(BytesIO(content)) as package:
        names = [each for each in package.namelist() if not each.endswith("/")]
        if len(names) > MOST_PARTS:
            raise FileRefused("The Word file has far more parts than a letter.")
        if len({each.lower() for each in names}) < len(names):
            raise FileRefused("Two parts of it have one name, so that one would go unread.")
        check_nothing_lies_between(content, package)
        notes = [package.comment, *(each.comment for each in package.infolist())]
        said = "\n".join(each.decode("utf-8", "replace") for each in notes if each)
        if said:
            yield FilePart("a comment on the file as a whole", said)
        if strange := [each for each in package.namelist() if each not in _own_names()]:
            yield FilePart("the names of its parts", "\n".join(strange))
        hiding = _hiding_styles(package)
        for name in names:
            part = package.read(name)
            if (name, part) not in _silent_parts():
                yield from _words_within(name, part, hiding)


def _hiding_styles(package: zipfile.ZipFile) -> frozenset[str]:
    parts = [each for each in package.namelist() if each.lower().endswith("styles.xml")]
    # Few styles hide words; that one may is seen before it is read, whatever its letters.
    told = [each for each in parts if HIDES in package.read(each).replace(b"\0", b"")]
    return PLAIN.union(*(hiding_styles(_tree_of(each, package.read(each))) for each in told))


def _words_within(
    name: str, content: bytes, hiding: frozenset[str] = PLAIN,
) -> Iterator[FilePart]:  # fmt: skip
    """Yield the words of one part of a Word file, and refuse a part that cannot be searched."""
    small = name.lower()
    if small.startswith(WITHIN):
        raise FileRefused(f"Another file lies within it ({name}). Take it out.")
    if small.startswith(PICTURES) or small.endswith(IMAGES):
        if sha256(content).hexdigest() != BLANK_PAGE:
            raise FileRefused(f"It holds a picture ({name}), whose words nobody can search.")
    elif small.endswith((".xml", ".rels")):
        yield from _words_of_part(name, _tree_of(name, content), hiding)
    elif not small.endswith(FONTS):
        raise FileRefused(f"A part of it is of no kind that can be searched ({name}).")


def _tree_of(name: str, content: bytes) -> Any:
    from lxml import etree

    # What is outside may be read by the parser only if it is asked to; it is not.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as fault:
        raise FileRefused(f"A part of it cannot be read ({name}).") from fault
    if root.getroottree().docinfo.internalDTD is not None:
        raise FileRefused(f"A part of it stores words as Word never does ({name}).")
    return root


def _words_of_part(name: str, root: Any, hiding: frozenset[str]) -> Iterator[FilePart]:
    """Yield the words of a part: its lines in each of their readings, then what is behind them."""
    where, own = CALLED.get(name, name), _own_words()
    lines, *others = readings_of(root, hiding)
    said = [(key, words) for key, words in _texts(root) if (key, "", words) not in own]
    authors = [words for key, words in said if key.endswith(BY_WHOM)]
    lines += [words for key, words in said if not key.endswith(BY_WHOM)]
    for each in (lines, *others):
        if words := "\n".join(each):
            yield FilePart(where, HOUR.sub("", words))
    hidden: list[str] = []
    for key, attribute, kept in _attributes(root):
        if (key, attribute, kept) not in own and (words := _as_words(key, attribute, kept)):
            is_author = attribute.rpartition("}")[2] == AUTHOR
            (authors if is_author else hidden).append(words)
    if authors:
        yield FilePart(f"{where}{WRITTEN_BY}", "\n".join(dict.fromkeys(authors)))
    # Notes of whoever wrote the XML, which no program shows, and what nobody but them calls so.
    notes = root.xpath("//comment() | //processing-instruction()")
    hidden += [text for each in notes if (text := str(each.text or "").strip())]
    hidden += _strange_names(root)
    if hidden:
        yield FilePart(f"{where}, behind the words", "\n".join(dict.fromkeys(hidden)))


def _texts(root: Any) -> Iterator[tuple[str, str]]:
    """Yield the text of each element that is no piece of a paragraph's line."""
    from lxml import etree

    paragraphs = [each for each in root.iter() if str(each.tag).endswith(PARAGRAPH)]
    within = {node for each in paragraphs for node in each.iter() if node is not each}
    for node in root.iter(etree.Element):
        tag = str(node.tag)
        held, after = (node.text or "").strip(), (node.tail or "").strip()
        is_line = tag.endswith(SAID) and node in within
        if held and not is_line and not (tag.endswith(COUNTED) and FORMAL.fullmatch(held)):
            yield tag, held
        if after and node not in within:
            yield "", after


def _attributes(root: Any) -> Iterator[Said]:
    from lxml import etree

    for node in root.iter(etree.Element):
        for key, said in node.attrib.items():
            if not _is_by_word_itself(node, str(key), str(said)):
                yield str(node.tag), str(key), str(said)


def _is_by_word_itself(node: Any, attribute: str, said: str) -> bool:
    """Say whether an attribute is a number or a name that Word drew for a field to fill in."""
    parent = node.getparent()
    if parent is None:
        return False
    where = tuple(each.rpartition("}")[2] for each in (str(parent.tag), str(node.tag), attribute))
    shape = BY_WORD_ITSELF.get(where)
    return shape is not None and shape.fullmatch(said) is not None


def _as_words(tag: str, attribute: str, said: str) -> str:
    """Return what an attribute says, or nothing where only the format speaks."""
    if FORMAL.fullmatch(said):
        return ""
    bare = attribute.rpartition("}")[2]
    if NUMBER.fullmatch(said) and f"}}{bare}".endswith(NUMBERED):
        return ""
    if bare in DRAWN:
        return NUMBERS.sub(" ", said).strip()
    is_free = bare in FREE or (bare == "val" and tag.endswith(FREE_IN_VAL))
    # “left”, “page”, “single”: names that are words have a capital where they are names.
    is_small = said.isalpha() and said.islower()
    if is_small and not is_free and (said in common_words() or is_small_word(said)):
        return ""
    return HOUR.sub("", said)


def _strange_names(root: Any) -> list[str]:
    """Return what elements and attributes are called that are none of the format's own."""
    from lxml import etree

    # Most names stand in a file hundreds of times; each is looked at once, in their order.
    names = dict.fromkeys(str(node.tag) for node in root.iter(etree.Element))
    # An attribute without a kind is the element's own.
    names |= dict.fromkeys(
        key for node in root.iter(etree.Element) for key in node.attrib if "}" in key
    )
    found = []
    for name in names:
        space, _, bare = str(name).rpartition("}")
        found += [] if OWN_KINDS.match(space[1:]) else [bare, space[1:]]
    kinds = dict.fromkeys(space for _, (_, space) in etree.iterwalk(root, events=("start-ns",)))
    found += [each for each in kinds if not OWN_KINDS.match(each)]
    return [each for each in dict.fromkeys(found) if each]


@cache
def _own_letters() -> tuple[bytes, ...]:
    """Return the product's own Word file with a line of each kind and no words in it."""
    runs = (Run(text=""), Run(text="", is_bold=True, is_italic=True))
    lines = tuple(Paragraph(kind=kind, runs=runs) for kind in ParagraphKind)
    return tuple(
        docx_of(Composed(paragraphs=lines, language=language), title="", is_large_print=is_large)
        for language in ("en-GB", "cy")
        for is_large in (False, True)
    )


@cache
def _own_names() -> frozenset[str]:
    with zipfile.ZipFile(BytesIO(_own_letters()[0])) as package:
        return frozenset(package.namelist())


@cache
def _silent_parts() -> frozenset[tuple[str, bytes]]:
    """Return the parts that letters of the product have alike, and in which nothing is said.

    Such as its styles: they are most of a file, and would say as little each time they are read.
    """
    found: set[tuple[str, bytes]] = set()
    for content in _own_letters():
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = [(name, package.read(name)) for name in package.namelist()]
            found.update(part for part in parts if not list(_words_within(*part)))
    return frozenset(found)


@cache
def _own_words() -> frozenset[Said]:
    """Return all that stands in the product's own Word file before anybody writes in it."""
    found: set[Said] = set()
    for content in _own_letters():
        with zipfile.ZipFile(BytesIO(content)) as package:
            for name in package.namelist():
                if name.endswith((".xml", ".rels")):
                    root = _tree_of(name, package.read(name))
                    found.update(_attributes(root))
                    found.update((tag, "", words) for tag, words in _texts(root))
    return frozenset(found)
