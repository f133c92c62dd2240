"""What belongs to a word beside its letters: vowel signs, tones, accents that stand by themselves.

In Python a word ends before each of them, so that “ਕੌਰ” would be two words with a vowel between,
and “Bọ́lá” two names.
"""

import unicodedata
from collections.abc import Iterable

# No mark of a script that is written today stands behind these.
LAST = 0x1F000


def _shape_of(marks: Iterable[str]) -> str:
    """Return characters as they stand between the brackets of a pattern."""
    runs: list[list[int]] = []
    for code in map(ord, marks):
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in runs)


_MARKS = [each for each in map(chr, range(0x300, LAST))
          if unicodedata.category(each) in {"Mn", "Mc"}]  # fmt: skip
MARKS = _shape_of(_MARKS)
