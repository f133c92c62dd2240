"""One line of the overview."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One line of the overview: a count in words, and where it leads."""

    words: str
    address: str
    hint: str = ""
    status: str = ""
