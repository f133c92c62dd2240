"""What a person wrote in a box: without the characters that nobody can see."""

import unicodedata

KEPT = {"\n", "\t"}
# Control, format (zero width, direction), surrogate, unassigned and private characters.
UNSEEN_KINDS = {"Cc", "Cf", "Cs", "Cn", "Co"}
# Blank letters and marks that Unicode files among those that are seen.
BLANKS = {
    "\u034f", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u2800", "\u3164", "\uffa0",
    *map(chr, range(0xFE00, 0xFE10)),
}  # fmt: skip


def cleaned(text: str) -> str:
    """Return what can be read of a written text; blank where nothing can.

    Lines stay apart. Spaces of every kind are taken off both ends.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(each for each in lines if each in KEPT or _is_seen(each)).strip()


def letters_in(text: str) -> int:
    """Return how many letters and digits a text holds."""
    return sum(1 for each in text if each.isalnum())


def _is_seen(character: str) -> bool:
    return character not in BLANKS and unicodedata.category(character) not in UNSEEN_KINDS
