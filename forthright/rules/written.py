"""What a person wrote in a box: without the characters that nobody can see."""

import re
import unicodedata

from forthright.rules.unseen_characters import BLANKS

KEPT = {"\n", "\t"}
# Control, format (zero width, direction), surrogate, unassigned and private characters.
UNSEEN_KINDS = {"Cc", "Cf", "Cs", "Cn", "Co"}
# Letters that stand for a sound or a word by themselves, and the digits 0 to 9 of any script.
LETTER_KINDS = {"Lu", "Ll", "Lt", "Lo"}
SAID_KINDS = {*LETTER_KINDS, "Nd"}
WORD = re.compile(r"\w+")
# So many letters and digits may say something; "x", "ok" and "n/a" say nothing.
LEAST_SAID = 4
# So many where a reason sets aside what protects a person, or a letter of a fair sample.
LEAST_WEIGHED = 10


def cleaned(text: str) -> str:
    """Return what can be read of a written text; blank where nothing can.

    Lines stay apart. Spaces of every kind are taken off both ends.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    seen = "".join(each for each in lines if each in KEPT or _is_seen(each)).strip()
    return "" if all(each.isspace() or _is_mark(each) for each in seen) else seen


def as_compared(name: str) -> str:
    """Return the form in which two names are one: whatever their case, width and spaces."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(unicodedata.normalize("NFKC", plain).split())


def words_alone(text: str) -> str:
    """Return the words of a text, whatever stands between them and however large they are."""
    return " ".join(WORD.findall(as_compared(text)))


def reason_in(text: str, *, least: int = LEAST_SAID) -> str:
    """Return what can be read of a reason; blank where it holds too few letters to say anything.

    `least` is the number of letters and digits asked for, one letter at least among them. Signs,
    dots, marks and letters that only modify others, such as "ː", do not count.
    """
    read = cleaned(text)
    has_letter = any(unicodedata.category(each) in LETTER_KINDS for each in read)
    return read if has_letter and letters_in(read) >= least else ""


def proof_in(text: str) -> str:
    """Return what can be read of what proves something: the number of a receipt does by itself.

    Blank where it holds fewer letters and digits than any reason.
    """
    read = cleaned(text)
    return read if letters_in(read) >= LEAST_SAID else ""


def letters_in(text: str) -> int:
    """Return how many letters and digits a text holds; letters that only modify others are none."""
    return sum(1 for each in text if unicodedata.category(each) in SAID_KINDS)


def _is_mark(character: str) -> bool:
    """Return whether a character only goes onto the one before it, as an accent does."""
    return unicodedata.category(character).startswith("M")


def _is_seen(character: str) -> bool:
    return character not in BLANKS and unicodedata.category(character) not in UNSEEN_KINDS
