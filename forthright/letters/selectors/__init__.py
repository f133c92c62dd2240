"""The reads of the room, gathered so that other rooms need one import."""

from forthright.letters.selectors.letter import (
    LetterPage,
    flags_of,
    latest_words,
    letter_for,
    letter_page,
    limit_of,
    unconfirmed_rules_of,
    version_for,
)

__all__ = [
    "LetterPage",
    "flags_of",
    "latest_words",
    "letter_for",
    "letter_page",
    "limit_of",
    "unconfirmed_rules_of",
    "version_for",
]
