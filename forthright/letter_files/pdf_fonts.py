"""Whether the fonts of a PDF say which letters they show, so that its words can be searched.

A page holds numbers of drawings; which letter each is stands in its font. Where a font does not
say it, a program reads other letters than everybody sees, and finds no name among them.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from forthright.letter_files.pdf_objects import at
from forthright.letter_files.reading import FileRefused

# What a step is given, and what it does.
Drawn = tuple[Any, bytes]
SHOWS = frozenset({b"Tj", b"TJ", b"'", b'"'})
PRINT_AGAIN = (
    "Use the letter as Word (.docx) or as plain text, or print it from Word or LibreOffice without "
    "pictures, drawn signs and emoji: a browser draws lines, bullets and tables as shapes."
)
# Fonts whose letters stand as numbers, and the ways of writing these that are two bytes each.
NUMBERED, TWO_BYTES = "/Type0", ("/Identity-H", "/Identity-V")
FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
# A font whose letters are none of the usual ones tells by itself which it holds.
OF_ITS_OWN = 4
# No letters: what no program shows, and halves of signs.
NO_LETTER, BLANKS = frozenset({"Cc", "Cs"}), "\t\n\r"
# Letters that each font draws as it likes, that no table of signs has, and of which nobody knows
# more than that it is one.
NOBODYS, UNKNOWN = frozenset({"Co", "Cn"}), "\ufffd"
# Bullets and ticks of Word, which begin a line.
BULLET = re.compile("^[^\\S\n]*[\uf02d\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc\uf0fe]", re.MULTILINE)


def check_words_are_letters(words: str, number: int) -> None:
    """Refuse the words of a page among which stand signs that are no letters.

    A bullet, a tick or another sign that its font draws as it likes stands alone, and says nothing.

    :raises FileRefused: with which page
    """
    sorts = {each: unicodedata.category(each) for each in frozenset(words)}
    is_strange = any(sort in NO_LETTER and each not in BLANKS for each, sort in sorts.items())
    unknown = {each for each, sort in sorts.items() if sort in NOBODYS or each == UNKNOWN}
    if is_strange or (unknown and _word_of(unknown).search(BULLET.sub("", words))):
        raise FileRefused(_refused(number))


def _word_of(unknown: Iterable[str]) -> re.Pattern[str]:
    """Return the shape of a word in which such signs stand, or that is of several of them."""
    one = f"[{re.escape(''.join(sorted(unknown)))}]"
    return re.compile(rf"\w{one}|{one}\w|({one})\s*(?!\1){one}")


def check_letters_are_told(drawn: Iterable[Drawn], resources: Any, number: int) -> None:
    """Refuse a drawing that shows a letter of which its font does not say which it is.

    :raises FileRefused: with which page
    """
    told = list(letters_shown(drawn, resources))
    for place, each in enumerate(told):
        # Several drawings that are one sign together say it once: beside them, and as long.
        if each is None or (not each and not _is_part_of_sign(told, place)):
            raise FileRefused(_refused(number))


def _refused(number: int) -> str:
    return (
        f"Page {number} shows letters of which its font does not say which they are, so that "
        f"nobody can search it. {PRINT_AGAIN}"
    )


def _is_part_of_sign(told: Sequence[str | None], place: int) -> bool:
    for step in (1, -1):
        at_end = place
        while 0 <= at_end < len(told) and told[at_end] == "":
            at_end += step
        if 0 <= at_end < len(told) and len(told[at_end] or "") > abs(at_end - place):
            return True
    return False


def letters_shown(drawn: Iterable[Drawn], resources: Any) -> Iterator[str | None]:
    """Yield what each letter that is shown is said to be, or None where nothing says it."""
    chosen = _Chosen(at(resources, "/Font"), at(resources, "/ExtGState"))
    for operands, operator in drawn:
        if operator not in SHOWS:
            chosen.step(operands, operator)
            continue
        for string in _strings(operands):
            yield from chosen.now.of(string) if chosen.now else [None] * len(string)


class _Chosen:
    """The font that is chosen while something is drawn."""

    def __init__(self, fonts: Any, states: Any) -> None:
        self.fonts, self.states = fonts, states
        self.read: dict[str, _Letters | None] = {}
        self.now: _Letters | None = None
        self.before: list[_Letters | None] = []

    def step(self, operands: Sequence[Any], operator: bytes) -> None:
        if operator == b"q":
            self.before.append(self.now)
        elif operator == b"Q" and self.before:
            self.now = self.before.pop()
        elif operator == b"Tf" and operands:
            self.now = self._named(str(operands[0]))
        elif operator == b"gs" and operands and at(at(self.states, str(operands[0])), "/Font"):
            self.now = None  # by a font that was chosen so no words are read

    def _named(self, name: str) -> "_Letters | None":
        if name not in self.read:
            font = at(self.fonts, name)
            self.read[name] = None if font is None else _Letters(font)
        return self.read[name]


def _strings(operands: Iterable[Any]) -> Iterator[bytes]:
    for each in operands:
        if isinstance(each, list):
            yield from _strings(each)
        elif isinstance(each, bytes):
            yield each


class _Letters:
    """Which letters a font says that it shows, by the number of each."""

    def __init__(self, font: Any) -> None:
        # The very reading that the words of a page are put together by.
        from pypdf._cmap import get_encoding

        way, self.told = get_encoding(font)
        # By which way numbers of two bytes are read, or what each number of one byte is.
        self.way, self.by_number = (way, {}) if isinstance(way, str) else ("", way)
        named = at(font, "/Encoding")
        self.is_readable = at(font, "/Subtype") != NUMBERED or named in TWO_BYTES
        differing = at(named, "/Differences") or ()
        self.is_usual = isinstance(named, str) or at(named, "/BaseEncoding") is not None
        self.is_usual |= not _is_of_its_own(font)
        self.named = {number for number, _ in _numbered(differing)}

    def of(self, string: bytes) -> Iterator[str | None]:
        """Yield each letter of a string; None where nothing says which it is."""
        if not self.is_readable:
            yield from [None] * len(string)
        elif self.way:
            # Two numbers of letters can look like the halves of one sign.
            for letter in string.decode(self.way, "surrogatepass"):
                yield self.told.get(letter)
        else:
            yield from map(self._by_one_byte, string)

    def _by_one_byte(self, number: int) -> str | None:
        said = str(self.by_number.get(number, chr(number)))
        if said in self.told:
            return str(self.told[said])
        is_said = number in self.named or (self.is_usual and number in self.by_number)
        # A name that stands for no letter that anybody knows is read as that name: “/g17”.
        return said if is_said and not (len(said) > 1 and said.startswith("/")) else None


def _is_of_its_own(font: Any) -> bool:
    about = at(font, "/FontDescriptor")
    is_within = any(at(about, key) is not None for key in FONT_FILES)
    return is_within and bool(int(at(about, "/Flags") or 0) & OF_ITS_OWN)


def _numbered(differing: Iterable[Any]) -> Iterator[tuple[int, str]]:
    number = 0
    for each in differing:
        if isinstance(each, int):
            number = each
        else:
            yield number, str(each)
            number += 1


def check_fonts(objects: Iterable[Any]) -> None:
    """Refuse a font whose letters cannot be told from its drawings of them.

    :raises FileRefused: if one is drawn by hand or says nowhere which letters it holds
    """
    for held in objects:
        sort = at(held, "/Subtype") if at(held, "/Type") == "/Font" else ""
        if sort == "/Type3" or (sort == NUMBERED and at(held, "/ToUnicode") is None):
            raise FileRefused(f"A font of it does not say which letters it shows. {PRINT_AGAIN}")
