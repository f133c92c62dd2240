"""Cuts a text into the pieces of words that the model knows, each with its place.

The rules are those of BERT's uncased tokenizer: small letters without accents, signs by themselves,
and each word as its longest known beginnings. Written out here, they spare a library and all that
it brings along.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

UNKNOWN = "[UNK]"
LONGEST = 100
MARK = "Mn"
GOES_ON = "##"


@dataclass(frozen=True, slots=True)
class Cut:
    """The pieces of a text: their numbers, and where each begins and ends."""

    ids: list[int]
    places: list[tuple[int, int]]


class Vocabulary:
    """The pieces that the model knows, by their numbers."""

    def __init__(self, words: list[str]) -> None:
        """Keep the words of a vocabulary in their order."""
        self.numbers = {word: number for number, word in enumerate(words)}
        self.begins, self.ends = self.numbers["[CLS]"], self.numbers["[SEP]"]
        self._pieces_of = lru_cache(maxsize=50_000)(self._cut_word)

    def cut(self, text: str) -> Cut:
        """Return the pieces of a text."""
        ids: list[int] = []
        places: list[tuple[int, int]] = []
        for start, end in words_in(text):
            for number, first, last in self._pieces_of(text[start:end]):
                ids.append(number)
                places.append((start + first, start + last))
        return Cut(ids, places)

    def _cut_word(self, word: str) -> tuple[tuple[int, int, int], ...]:
        """Return the number, beginning and end of each piece of a word; an unknown one is whole."""
        plain, at = _plain(word)
        if len(plain) > LONGEST:
            return ((self.numbers[UNKNOWN], 0, len(word)),)
        pieces: list[tuple[int, int, int]] = []
        start = 0
        while start < len(plain):
            before = GOES_ON if start else ""
            end = len(plain)
            while end > start and before + plain[start:end] not in self.numbers:
                end -= 1
            if end == start:
                pieces = []
                break
            pieces.append((self.numbers[before + plain[start:end]], at[start], at[end - 1] + 1))
            start = end
        if pieces:
            return tuple(pieces)
        return ((self.numbers[UNKNOWN], 0, len(word)),) if plain else ()


def _plain(word: str) -> tuple[str, list[int]]:
    """Return a word in small letters without accents, and where each letter stood."""
    letters: list[str] = []
    at: list[int] = []
    for place, letter in enumerate(word):
        for each in unicodedata.normalize("NFD", letter):
            if unicodedata.category(each) != MARK:
                small = each.lower()
                letters.append(small)
                at.extend([place] * len(small))
    return "".join(letters), at


def words_in(text: str) -> list[tuple[int, int]]:
    """Return where the words and the signs of a text stand."""
    found, start = [], -1
    for place, letter in enumerate(text):
        if letter.isalnum():
            start = place if start < 0 else start
            continue
        sort = _sort(letter)
        if sort == "word":
            start = place if start < 0 else start
            continue
        if start >= 0:
            found.append((start, place))
            start = -1
        if sort == "sign":
            found.append((place, place + 1))
    return [*found, (start, len(text))] if start >= 0 else found


@lru_cache(maxsize=5_000)
def _sort(letter: str) -> str:
    """Say whether a character is a blank, a sign by itself, or part of a word."""
    kind = unicodedata.category(letter)
    if letter.isspace() or kind in ("Cc", "Cf", "Zs"):
        return "blank"
    is_sign = kind.startswith("P") or ("!" <= letter <= "~")
    return "sign" if is_sign else "word"
