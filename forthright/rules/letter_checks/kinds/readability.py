"""How easy a text is to read, which advises and never judges: kindness has no score."""

import re
from collections.abc import Sequence
from functools import lru_cache

VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(r"(?:[^laeiouy]e|[^aeiouydt]ed|[^aeiouylsxzcg]es)$")
PASSIVE = re.compile(
    r"\b(?:am|is|are|was|were|be|been|being)\s+(?:not\s+|also\s+|then\s+)?"
    r"(?:\w{2,}ed|made|given|taken|told|shown|found|heard|held|known|"
    r"seen|sent|brought|done|said|written|kept|left|lost|paid|put|read|set|thought|understood)\b"
)
NOT_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been)\s+(?:\w+\s+)?(?:concerned|worried|pleased|interested|supposed|"
    r"entitled|disappointed|upset|related|limited)\b"
)


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """Return about how many syllables an English word has."""
    small = word.lower()
    number = len(VOWELS.findall(small)) - (1 if SILENT.search(small) else 0)
    return max(1, number)


def reading_ease(sentences: Sequence[Sequence[str]]) -> float:
    """Return the Flesch reading ease: 100 is very easy, 60 is plain, under 50 is hard."""
    words = [word for sentence in sentences for word in sentence if word[:1].isalpha()]
    if not words:
        return 100.0
    length = len(words) / len(sentences)
    weight = sum(syllables(word) for word in words) / len(words)
    return 206.835 - 1.015 * length - 84.6 * weight


def passive_share(sentences: Sequence[str]) -> tuple[float, int]:
    """Return the share of sentences in which something is done by nobody, and the first one."""
    passive = [
        number
        for number, sentence in enumerate(sentences)
        if PASSIVE.search(sentence) and not NOT_PASSIVE.search(sentence)
    ]
    return len(passive) / max(1, len(sentences)), passive[0] if passive else 0
