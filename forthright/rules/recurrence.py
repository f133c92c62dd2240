"""Did feedback work? An author's next letters, watched for the fault they were told of.

When an author has been told that a criterion failed, their next five letters that were looked at
for it are watched: those written after they were told, in the order they were written, by a marking
or a check before sending. A letter to which the criterion does not apply says nothing and is passed
over. The fault came again when one of the five fails the same criterion. Told again of the same
criterion, a new watch begins, and the old one goes on.

The repeat-fault rate of a criterion is how many of the watches that have all five letters saw the
fault again. Watches that are still open are counted beside it and never in it, or the rate would
look the better the fewer letters there were to see.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from forthright.rules.figures import Proportion
from forthright.rules.rubric import Level
from forthright.rules.words import count_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One author, told at a moment that one criterion of one letter failed."""

    author: str
    criterion: str
    letter: str
    told_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """A letter by an author, when it was written, and the level of each criterion looked at."""

    author: str
    letter: str
    written_at: datetime
    levels: dict[str, Level]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What became of one piece of feedback: the letters seen since, and where the fault was."""

    told: Told
    seen: tuple[str, ...]
    again: tuple[str, ...]
    wanted: int

    @property
    def is_complete(self) -> bool:
        """Say whether all the letters to be watched have been seen."""
        return len(self.seen) >= self.wanted

    @property
    def words(self) -> str:
        """Say it for the author and for whoever gave the feedback alike."""
        if not self.seen:
            return f"None of the next {self.wanted} letters has been looked at yet."
        of = f"{len(self.seen)} of the next {count_words(self.wanted, 'letter')} looked at"
        if not self.again:
            return f"{of}: the fault has not come again."
        return f"{of}: the fault came again in {len(self.again)}."


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatRate:
    """How often a fault came again after feedback, by criterion."""

    criterion: str
    repeated: Proportion
    still_open: int

    @property
    def words(self) -> str:
        """Say the rate, its interval, and how many watches are not in it yet."""
        said = f"came again after {self.repeated.words()}"
        waiting = count_words(self.still_open, "watch is", "watches are")
        return f"{said}; {waiting} still open" if self.still_open else said


def watch_recurrence(
    told: Sequence[Told], looked_at: Sequence[LookedAt], *, letters_watched: int
) -> tuple[Watch, ...]:
    """Return a watch for each piece of feedback, in the order given.

    A letter looked at more than once counts once, and fails if any of those who looked found so.
    """
    of_author: dict[tuple[str, str], _Looks] = defaultdict(_Looks)
    for each in sorted(looked_at, key=lambda each: (each.written_at, each.letter)):
        for criterion, level in each.levels.items():
            if level is not Level.NOT_APPLICABLE:
                of_author[each.author, criterion].add(each, failed=level is Level.NOT_MET)
    return tuple(_watch(each, of_author, letters_watched) for each in told)


def repeat_rates(watches: Sequence[Watch]) -> tuple[RepeatRate, ...]:
    """Return the repeat-fault rate of each criterion that was fed back, by its code."""
    of_criterion: dict[str, list[Watch]] = defaultdict(list)
    for each in watches:
        of_criterion[each.told.criterion].append(each)
    return tuple(
        RepeatRate(
            criterion=criterion,
            repeated=Proportion(
                sum(bool(each.again) for each in found if each.is_complete),
                sum(each.is_complete for each in found),
            ),
            still_open=sum(not each.is_complete for each in found),
        )
        for criterion, found in sorted(of_criterion.items())
    )


@dataclass(slots=True)
class _Looks:
    """The looks at one author's letters by one criterion, in the order they were written."""

    written_at: list[datetime] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    # By letter, when the newest words were written in which the criterion failed.
    failed_at: dict[str, datetime] = field(default_factory=dict)

    def add(self, look: LookedAt, *, failed: bool) -> None:
        """Add a look, which is of words written no earlier than those before."""
        self.written_at.append(look.written_at)
        self.letters.append(look.letter)
        if failed:
            self.failed_at[look.letter] = look.written_at


def _watch(told: Told, of_author: Mapping[tuple[str, str], _Looks], wanted: int) -> Watch:
    looks = of_author.get((told.author, told.criterion), _Looks())
    first = bisect_right(looks.written_at, told.told_at)
    seen: dict[str, bool] = {}
    for letter in islice(looks.letters, first, None):
        if len(seen) == wanted:
            break
        if letter != told.letter:
            failed_at = looks.failed_at.get(letter)
            seen[letter] = failed_at is not None and failed_at > told.told_at
    again = tuple(letter for letter, is_again in seen.items() if is_again)
    return Watch(told=told, seen=tuple(seen), again=again, wanted=wanted)
