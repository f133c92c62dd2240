"""The paragraphs of a part of a Word file, each as the pieces of which its line is made."""

from typing import Any, NamedTuple

from forthright.letter_files.file_parts import SOFT_END
from forthright.letter_files.reading import letter_of_sign
from forthright.letter_files.word_unseen import (
    HIDDEN,
    PLAIN,
    child_of,
    is_hidden_by_style,
    is_on,
    marks_of_run,
    value_of,
)

PARAGRAPH = "}p"
# What a paragraph says, also where it was struck out or stands in a field.
SAID = ("}t", "}delText", "}instrText", "}delInstrText")
CODES = ("}instrText", "}delInstrText")
BLANKS, SOFT_ENDS = ("}tab", "}ptab"), ("}br", "}cr")
# What stands in a line and says nothing there, or shows what Word itself counts or draws.
BORDERS = frozenset((
    "softHyphen", "footnoteReference", "endnoteReference", "footnoteRef", "endnoteRef",
    "annotationRef", "commentReference", "fldChar", "fldSimple", "drawing", "pict", "object",
    "pgNum", "contentPart", "AlternateContent", "ruby", "hyperlink", "sdt", "oMath",
))  # fmt: skip
# A letter that Word keeps as a sign of a font, by its number; those of a font of signs are these.
OF_FONT_OF_SIGNS = frozenset(map(chr, range(0xF020, 0xF100)))
# Words that stand by themselves: no line goes on from what is before them to what is in them.
STORIES = ("}tc", "}footnote", "}endnote", "}comment", "}txbxContent")
PUT_IN = ("}ins", "}moveTo")
TAKEN_OUT = ("}del", "}moveFrom")
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# Marks of a piece besides those of its run: each may be left out of a reading.
CODE, SIGN, STRAY, TRIMMED = "code", "sign", "stray", "trimmed"
ABOVE_OTHERS, BELOW_OTHERS = "above others", "below others"


class Piece(NamedTuple):
    """Words of one line that are shown or left out together."""

    words: str
    marks: frozenset[str] = PLAIN
    # Who put it in and who took it out, where these changes are kept in the file.
    put_in: frozenset[str] = PLAIN
    taken_out: frozenset[str] = PLAIN
    # Of several ways to show one thing, which it is, and of how many.
    ways: tuple[tuple[int, int], ...] = ()
    is_border: bool = False


BORDER = Piece("", is_border=True)
NOTHING = Piece("")
Line = list[Piece]


class _Place(NamedTuple):
    """Where the walk stands: the line, what holds for its pieces, and the line that may go on."""

    line: Line | None
    like: Piece
    is_hidden: bool
    goes_on: list[Line | None]


def lines_of(root: Any, hiding: frozenset[str]) -> list[Line]:
    """Return each paragraph as pieces; one within another, as in a box of text, by itself.

    Where the end of a paragraph may be gone, or is not seen, the next one stands in its line.
    """
    walk = _Walk(hiding)
    walk.read(root, _Place(None, NOTHING, is_hidden=False, goes_on=[None]))
    return walk.lines


class _Walk:
    def __init__(self, hiding: frozenset[str]) -> None:
        self.lines: list[Line] = []
        self.hiding = hiding

    def read(self, node: Any, place: _Place) -> None:
        """Read a node with all in it into the line in which it stands."""
        tag = str(node.tag)
        if tag.endswith(PARAGRAPH):
            self._read_paragraph(node, place)
            return
        name = tag.rpartition("}")[2]
        line = place.line
        if line is not None:
            _add_own(line, node, tag, place.like)
            if name in BORDERS:
                line.append(BORDER)
        self._read_within(node, self._inside(node, tag, place))
        if name == "tbl":
            place.goes_on[0] = None
        if line is not None and name in BORDERS:
            line.append(BORDER)

    def _read_within(self, node: Any, place: _Place) -> None:
        is_choice = str(node.tag).endswith("}AlternateContent")
        for at, child in enumerate(node):
            inside = place
            if is_choice:
                # Without one for old programs, these show nothing.
                ways = len(node) + (child_of(node, "}Fallback") is None)
                like = place.like._replace(ways=(*place.like.ways, (at, ways)))
                inside = place._replace(like=like)
            self.read(child, inside)
            after = (child.tail or "").strip()
            if after and place.line is not None:
                place.line.append(_marked(place.like, STRAY)._replace(words=f" {child.tail} "))

    def _read_paragraph(self, node: Any, place: _Place) -> None:
        line = place.goes_on[0]
        if line is None:
            self.lines.append(line := [])
        if place.line is not None:
            place.line.append(BORDER)
        is_hidden = is_hidden_by_style(node, self.hiding)
        like = place.like._replace(words="", ways=())
        self._read_within(node, _Place(line, like, is_hidden, goes_on=[None]))
        end = _end_of(child_of(node, "}pPr"), is_hidden=is_hidden)
        place.goes_on[0] = line if end else None
        if end:
            line.append(end)

    def _inside(self, node: Any, tag: str, place: _Place) -> _Place:
        """Return what holds for all in a node."""
        like = place.like
        if tag.endswith("}r"):
            like = _marked(like, *marks_of_run(node, self.hiding, is_hidden=place.is_hidden))
        elif tag.endswith(PUT_IN):
            like = like._replace(put_in=like.put_in | {value_of(node, "}author")})
        elif tag.endswith(TAKEN_OUT):
            like = like._replace(taken_out=like.taken_out | {value_of(node, "}author")})
        elif tag.endswith("}rt"):
            like = _marked(like, ABOVE_OTHERS)
        elif tag.endswith("}rubyBase"):
            like = _marked(like, BELOW_OTHERS)
        elif tag.endswith(STORIES):
            return place._replace(goes_on=[None])
        return place if like is place.like else place._replace(like=like)


def _marked(piece: Piece, *marks: str) -> Piece:
    return piece._replace(marks=piece.marks.union(marks)) if marks else piece


def _add_own(line: Line, node: Any, tag: str, like: Piece) -> None:
    """Add what a node itself says to its line."""
    if tag.endswith(SAID):
        said = node.text or ""
        if tag.endswith(CODES):
            like = _marked(like, CODE)
        elif said != (shown := said.strip()) and not _keeps_blanks(node):
            # Word shows blanks at the ends of a text only where it is told to keep them.
            before, _, after = said.partition(shown) if shown else (said, "", "")
            line.append(_marked(like, TRIMMED)._replace(words=before))
            line.append(like._replace(words=shown))
            like, said = _marked(like, TRIMMED), after
        line.append(like._replace(words=said))
    elif tag.endswith(BLANKS):
        line.append(like._replace(words=" "))
    elif tag.endswith(SOFT_ENDS):
        line.append(like._replace(words=SOFT_END))
    elif tag.endswith("}noBreakHyphen"):
        line.append(like._replace(words="-"))
    elif tag.endswith("}sym"):
        line.append(_marked(like, SIGN)._replace(words=_letter(node)))


def _keeps_blanks(text: Any) -> bool:
    if "wordprocessingml" not in str(text.tag):
        return True
    kept = (each.get(SPACE) for each in (text, *text.iterancestors()))
    return next((each for each in kept if each), "") == "preserve"


def _letter(sign: Any) -> str:
    """Return the letter that a sign shows; a font of signs has its own in a place apart."""
    letter = letter_of_sign(sign)
    return chr(ord(letter) & 0xFF) if letter in OF_FONT_OF_SIGNS else letter


def _end_of(properties: Any, *, is_hidden: bool) -> Piece | None:
    """Return the end of a paragraph, where not each reading of its line has it; or None.

    A first letter that is set large stands in a paragraph of its own, which nobody sees as one.
    """
    marks = child_of(properties, "}rPr")
    put_in, taken_out = (
        frozenset(value_of(e, "}author") for e in marks if str(e.tag).endswith(kinds))
        if marks is not None else PLAIN
        for kinds in (PUT_IN, TAKEN_OUT)
    )  # fmt: skip
    own = is_on(marks, "}vanish", "}specVanish")
    is_drop_cap = value_of(child_of(properties, "}framePr"), "}dropCap") not in ("", "none")
    if is_drop_cap or (is_hidden if own is None else own):
        return Piece("\n", frozenset((HIDDEN,)), put_in, taken_out)
    return Piece("\n", PLAIN, put_in, taken_out) if put_in or taken_out else None
