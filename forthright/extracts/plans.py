"""What an import would do, row by row, in the words that the page and the command print."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from forthright.rules.words import count_words, list_words
from forthright.table_files.problems import Problem


class Kind(StrEnum):
    AUTO = "auto"
    CASES = "cases"
    DECISIONS = "decisions"
    SPI = "spi"

    @property
    def words(self) -> str:
        """Say the kind of file: "Decisions, with the letters owed for them"."""
        return KIND_WORDS[self]


KIND_WORDS = {
    Kind.AUTO: "Work it out from the file",
    Kind.CASES: "Cases and the people to be told",
    Kind.DECISIONS: "Decisions, with the people to be told and what was done about each letter",
    Kind.SPI: "A new case message from the police (SPI, .xml)",
}


class Outcome(StrEnum):
    ADD = "ADD"
    CHANGE = "CHANGE"
    UNCHANGED = "UNCHANGED"
    REFUSED = "REFUSED"

    @property
    def words(self) -> str:
        """Say what would become of a row: "Add"."""
        return OUTCOME_WORDS[self]


OUTCOME_WORDS = {
    Outcome.ADD: "Add",
    Outcome.CHANGE: "Change",
    Outcome.UNCHANGED: "No change",
    Outcome.REFUSED: "Refused",
}


class Near(StrEnum):
    """What is meant by rows that nearly name something held: that, corrected, or another."""

    CORRECTED = "corrected"
    ANOTHER = "another"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What whoever handed a file over said of all rows of it that a question was asked about."""

    # Rows that repeat a name are about one person.
    repeats_are_one: bool = False
    # What rows mean that give a near decision, or a near name; None while nobody has said.
    near_decisions: Near | None = None
    near_names: Near | None = None


UNANSWERED = Answers()


class ImportRefused(Exception):
    """An import that may not be done now; the message is for people."""


class NotChecked(ImportRefused):
    """A file of which there is no whole plan: it is being checked, or it was removed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many rows would be added, changed, left as they are, or are refused."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0

    @property
    def total(self) -> int:
        """Return how many rows were read."""
        return self.added + self.changed + self.unchanged + self.refused

    @property
    def changes_nothing(self) -> bool:
        """Say whether every row is already held as it stands."""
        return not (self.added or self.changed or self.refused)

    @property
    def words(self) -> str:
        """Say the counts of what was done: "3 rows added and 2 rows unchanged"."""
        return self._said("added", "changed", "unchanged")

    @property
    def words_before(self) -> str:
        """Say the counts of what would be done: "3 rows to add and 2 rows refused"."""
        return self._said("to add", "to change", "without change")

    def _said(self, added: str, changed: str, unchanged: str) -> str:
        parts = [
            f"{count_words(number, 'row')} {word}"
            for number, word in (
                (self.added, added),
                (self.changed, changed),
                (self.unchanged, unchanged),
                (self.refused, "refused"),
            )
            if number
        ]
        return list_words(parts) or "no rows"


def letters_words(owed: int, moved: int) -> str:
    """Say what an import does to the letters owed: "3 letters become owed"."""
    parts = []
    if owed:
        parts.append(f"{count_words(owed, 'letter')} {'becomes' if owed == 1 else 'become'} owed")
    if moved:
        parts.append(f"{count_words(moved, 'due date')} {'changes' if moved == 1 else 'change'}")
    return list_words(parts) or "no letter becomes owed and no due date changes"


@dataclass(slots=True, kw_only=True)
class RowFacts:
    """One row of a file as it was read: what it says of a case and those in it."""

    sheet: str
    row: int
    urn: str = ""
    urn_suffix: str = ""
    case: dict[str, Any] = field(default_factory=dict)
    people: list[dict[str, Any]] = field(default_factory=list)
    defendants: list[dict[str, Any]] = field(default_factory=list)
    decision: dict[str, Any] | None = None
    letter: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        """Say whether something in the row stops the import."""
        return any(problem.stops for problem in self.problems)
