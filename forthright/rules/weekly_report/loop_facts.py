"""The facts of the daily loop: letters looked at before they went, what was told, what came again.

They stand apart from the other facts, because an Area that has nothing looked at has none.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerCheckFact:
    """One check that was answered in the week."""

    id: int
    letter: int
    found_faults: bool
    in_time: bool
    seconds: int
    # Who looked; what came of it is said of nobody alone.
    checker: int
    # Who wrote it, where that is known.
    drafter: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartFact:
    """One piece of feedback that was told in the pooled weeks, and what became of it."""

    id: int
    is_read: bool
    is_disputed: bool
    # Of a dispute: decided by its day, or its day has not come; None where there is none.
    is_decided_in_time: bool | None = None
    # Who was told; what they did with it is said of nobody alone.
    recipient: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchFact:
    """One watch of a fault: the letter whose author was told of it, and what was seen since."""

    duty: int
    # The criterion as one edition of the standard or several word it, and how it is said.
    criterion: str
    label: str
    is_complete: bool
    is_again: bool
    author: str
    # Not one that shares letters with an earlier one of the same author.
    is_counted: bool = True
    # Where it is complete: others than its author may see the outcome.
    is_shown: bool = True
    # How many letters it is of.
    letters: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterToldFact:
    """One letter that its author was told of, and whether it fails one criterion."""

    duty: int
    letter: str
    criterion: str
    author: str
    is_failed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopFacts:
    """All that the three sections of the loop are made from."""

    checks: tuple[PeerCheckFact, ...]
    # Checks of the week that ended unanswered because the letter was changed, went or was not
    # required: after their hour had passed, and before.
    missed: tuple[int, ...]
    overtaken: tuple[int, ...]
    # Letters that were put forward, and wait to be looked at past their hour.
    late: tuple[int, ...]
    waiting: int
    # Letters that went in the week and were not to go before a colleague had looked at them, and
    # those of them that somebody let go without, by name.
    bound: tuple[int, ...]
    waived: tuple[int, ...]
    escaped: tuple[int, ...]
    parts: tuple[PartFact, ...]
    watches: tuple[WatchFact, ...]
    # All letters of the Area by a criterion of which so many are watched that a share is given.
    letters_told: tuple[LetterToldFact, ...]
    # By which rules letters are looked at, and faults watched.
    check_rules: str
    watch_rules: str
