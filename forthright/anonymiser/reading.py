"""Reads a letter as people see it, and tells where in what was given each place of it stands.

Characters that nobody sees, accents in two pieces and hyphens at the end of a line are another
number of characters in a file than in the eye. Each step of reading keeps where it came from.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace

from forthright.anonymiser.spans import Found
from forthright.rules.letter_checks.text import OTHER_SHAPES, folded
from forthright.rules.unseen_characters import UNSEEN
from forthright.rules.word_marks import ACCENTS, EVERY_MARK, MARKS, SIGNS

LINE_ENDS = re.compile(r"\r\n?")
NOT_SEEN = re.compile(f"[{''.join(sorted(UNSEEN))}]+")
# What may be composed of several characters: a letter with its marks, a syllable of Korean.
PIECES = re.compile(rf"[^{MARKS}]?[{MARKS}\u1161-\u11ff]+|[^\x00-\u02ff]")
HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012", "-"))
# A word that was taken apart where its line ended: “Grif-fiths” over two lines is one in every eye.
# Looked for by its hyphen, of which a letter has few.
BROKEN = re.compile(rf"-(?:(?<=[^\W\d_]-)|(?<=[{MARKS}]-))[ \t]*\n[ \t]*(?=[^\W\d_])")
# Blanks of one character that a pattern is to read as a plain one.
BLANKS = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f\u2002\u2003", " "))
SIGNED = re.compile(rf"(?<=[^\W_])[{MARKS}]+")
ACCENTED = re.compile(rf"(?P<letter>[^\W_])[{ACCENTS}]+")
# A letter for each sign without which a word is another: rare ones that no letter to anybody has.
AS_LETTERS = str.maketrans({sign: chr(0x20000 + at) for at, sign in enumerate(SIGNS)})
# A word with a letter that is none of ours; in most letters few or none.
OTHER_WORD = re.compile(r"(?<![^\W\d_])[a-zA-Z]*+(?![a-zA-Z])[^\W\d_]+")
# What text files say of looks, within a word: “Si**ob**han”, “Si<b>ob</b>han”.
LOOKS = re.compile(
    rf"(?:(?<=[^\W_])|(?<=[{MARKS}]))(?:\*{{1,3}}|_{{1,3}}|~~|`{{1,2}}|</?[a-zA-Z][^<>\n]{{0,100}}>)+(?=[^\W_])"
)


@dataclass(frozen=True, slots=True)
class Read:
    """A text as it is read, and of each of its characters where it stands in what was given.

    Without `at` each stands where it stood.
    """

    text: str
    at: tuple[tuple[int, int], ...] | None = None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where in what was given a place of the text begins and ends."""
        if self.at is None or start >= end:
            return start, end
        return self.at[start][0], self.at[end - 1][1]

    def as_read(self, place: slice) -> slice:
        """Return where in the text a place of what was given stands."""
        if self.at is None:
            return place
        start, stop = (
            bisect_left(self.at, each, key=lambda stood: stood[0])
            for each in (place.start, place.stop)
        )
        return slice(start, stop)

    def as_given(self, found: Found) -> Found:
        """Return a place that was found in the text as one of what was given."""
        if self.at is None:
            return found
        start, end = self.place(found.start, found.end)
        return replace(found, start=start, end=end)

    def changed(self, shape: re.Pattern[str], into: Callable[[re.Match[str]], str]) -> "Read":
        """Return the text with other characters wherever a shape is found.

        Of as many characters each stands for one; of more or fewer each stands for them all.
        """
        said: list[str] = []
        at: list[tuple[int, int]] = []
        told, were = 0, self.at
        for match in shape.finditer(self.text):
            new = into(match)
            if new == match[0]:
                continue
            if were is None:
                were = tuple((place, place + 1) for place in range(len(self.text)))
            start, end = match.span()
            said += [self.text[told:start], new]
            at += were[told:start]
            is_each = len(new) == end - start
            at += were[start:end] if is_each else [self.place(start, end)] * len(new)
            told = end
        if were is None or not told:
            return self
        return Read("".join([*said, self.text[told:]]), (*at, *were[told:]))


def read_composed(text: str) -> Read:
    """Return a letter composed, without characters that nobody sees, its lines ended by one sign.

    A zero-width space within a name would hide it from every layer, and from nobody's eye. So would
    the end of a line: what a hyphen joins over it stands on one.
    """
    read = Read(text).changed(LINE_ENDS, lambda _: "\n")
    if not UNSEEN.isdisjoint(text):
        read = read.changed(NOT_SEEN, lambda _: "")
    if not unicodedata.is_normalized("NFC", read.text):
        read = read.changed(PIECES, lambda piece: unicodedata.normalize("NFC", piece[0]))
    return Read(read.text.translate(HYPHENS), read.at).changed(BROKEN, lambda _: "-")


def read_for_layers(text: str) -> Read:
    """Return a composed letter as the layers and the gate read it: each word made of letters alone.

    What they go by says that a word ends where a mark stands. So an accent that has no letter of
    its own is left out, as it is where names are compared, and a vowel sign is a letter. A letter
    that only looks like one of ours is ours where it stands among them: nobody sees a difference.
    """
    plain = Read(text.translate(BLANKS))
    if plain.text.isascii():
        return plain
    read = plain
    if not EVERY_MARK.isdisjoint(text):
        read = read.changed(SIGNED, lambda signs: signs[0].translate(AS_LETTERS))
        read = read.changed(ACCENTED, lambda accented: accented["letter"])
    return read.changed(OTHER_WORD, lambda word: folded(word[0]) if _is_ours(word[0]) else word[0])


def _is_ours(word: str) -> bool:
    return any(each.isascii() or each in OTHER_SHAPES for each in word)


def read_together(text: str, last: slice, first: slice) -> Read:
    """Return what stands in two places of a composed text, as on two lines of which one goes on."""
    places = (*range(last.start, last.stop), last.stop, *range(first.start, first.stop))
    read = Read(f"{text[last]}\n{text[first]}", tuple((each, each + 1) for each in places))
    return read.changed(BROKEN, lambda _: "-")


def read_without_looks(text: str) -> Read:
    """Return a text without what says of a part of a word how it looks: “Siobhan”."""
    return Read(text).changed(LOOKS, lambda _: "")


def as_compared(words: str) -> str:
    """Return words that are known, or stand in a letter, as the layers read them."""
    return words if words.isascii() else read_for_layers(read_composed(words).text).text
