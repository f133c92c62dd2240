"""What a sample holds and a marker marks, in the words of its field: letters, or disclosure."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectWords:
    """How pages and sentences speak of one kind of thing that is marked."""

    thing: str
    things: str
    # What the list of a week holds, whether or not it was done.
    all_owed: str
    author: str
    authors: str
    sent: str
    # What a marker may quote.
    words_of: str
    # What is chosen where something is not met.
    failing: str


class Subject(StrEnum):
    LETTERS = "LETTERS"
    DISCLOSURE = "DISCLOSURE"

    @property
    def words(self) -> SubjectWords:
        """Return how this kind is spoken of."""
        return WORDS[self]


WORDS = {
    Subject.LETTERS: SubjectWords(
        thing="letter",
        things="letters",
        all_owed="letters owed",
        author="drafter",
        authors="drafters",
        sent="sent",
        words_of="the letter",
        failing="Where the fault began",
    ),
    Subject.DISCLOSURE: SubjectWords(
        thing="disclosure",
        things="disclosures",
        all_owed="duties to disclose",
        author="prosecutor",
        authors="prosecutors",
        sent="served",
        words_of="the papers",
        failing="Most significant failing",
    ),
}
