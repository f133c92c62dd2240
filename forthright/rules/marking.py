"""What a marking asks for beyond its marks: time counted fairly, acts of the same day, feedback."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from forthright.rules.rubric import Criterion, Level
from forthright.rules.words import list_words

# A longer silence between two saves was an interruption, so it is not counted as marking.
LONGEST_PAUSE = timedelta(minutes=10)
FAULTS = frozenset({Level.PARTIALLY, Level.NOT_MET})


class UrgentAct(StrEnum):
    """What is set going the same day when a letter fails on a critical criterion."""

    RECALL = "RECALL"
    CORRECT = "CORRECT"
    BREACH = "BREACH"
    SAFETY = "SAFETY"

    @property
    def words(self) -> str:
        """Say the act as a thing done."""
        return {
            UrgentAct.RECALL: "The letter is being stopped or recalled",
            UrgentAct.CORRECT: "A correcting letter is being sent",
            UrgentAct.BREACH: "It is reported as a personal data breach",
            UrgentAct.SAFETY: "The officer in the case is told that somebody may be at risk",
        }[self]

    @property
    def when(self) -> str:
        """Say when the act is called for."""
        return {
            UrgentAct.RECALL: "If it has not arrived yet.",
            UrgentAct.CORRECT: "If it left out or misstated a right, a fact or a name.",
            UrgentAct.BREACH: "If it told anybody something that was not theirs to know.",
            UrgentAct.SAFETY: "If it went to an address that the record says is not safe.",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkGiven:
    """One mark as far as it has come."""

    level: Level | None
    has_quotation: bool
    has_note: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeLetter:
    """What was said of the letter as a whole, as far as it has come."""

    done_well: str
    to_change: str
    has_root_cause: bool
    is_urgent_recorded: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """What stands in the way of finishing, and the place on the page that mends it."""

    place: str
    words: str


def counted_seconds(before: datetime | None, now: datetime) -> int:
    """Return the seconds of marking between two signs of life; a long silence counts for none."""
    if before is None or now <= before or now - before > LONGEST_PAUSE:
        return 0
    return round((now - before).total_seconds())


def spent_words(seconds: int) -> str:
    """Say how long a marking took: "under a minute", "4 minutes"."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return "under a minute"
    return f"{minutes} minute{'' if minutes == 1 else 's'}"


def finishing_problems(
    marks: Mapping[str, MarkGiven],
    criteria: Sequence[Criterion],
    whole: WholeLetter,
) -> tuple[Problem, ...]:
    """Return what is missing before marks can be finished, in the order of the page."""
    problems = _mark_problems(marks, criteria)
    if not whole.done_well.strip():
        problems.append(Problem("done_well", "Write one thing that was done well."))
    if not whole.to_change.strip():
        problems.append(Problem("to_change", "Write one thing to change."))
    if not whole.has_root_cause and any(each.level is Level.NOT_MET for each in marks.values()):
        problems.append(Problem("root_cause", "Choose where the fault began."))
    if critical_failures(marks, criteria) and not whole.is_urgent_recorded:
        problems.append(Problem("urgent", "Record what has been set going today."))
    return tuple(problems)


def _mark_problems(marks: Mapping[str, MarkGiven], criteria: Sequence[Criterion]) -> list[Problem]:
    problems = []
    for each in criteria:
        given = marks.get(each.code)
        name = f"{each.code}, {each.title.lower()}"
        if given is None or given.level is None:
            problems.append(Problem(each.code, f"Choose a level for {name}."))
        elif given.level is Level.NOT_APPLICABLE and not each.may_not_apply:
            problems.append(Problem(each.code, f"{name} applies to every letter: choose a level."))
        elif given.level in FAULTS and not (given.has_quotation or given.has_note):
            problems.append(
                Problem(
                    each.code,
                    f"Show the drafter why {name} is not fully met: quote the letter, or write a "
                    "note if something is missing from it.",
                )
            )
    return problems


def critical_failures(
    marks: Mapping[str, MarkGiven], criteria: Sequence[Criterion]
) -> tuple[Criterion, ...]:
    """Return the critical criteria that the letter does not meet."""
    return tuple(
        each
        for each in criteria
        if each.is_critical
        and (given := marks.get(each.code)) is not None
        and given.level is Level.NOT_MET
    )


def feedback_text(
    *, done_well: str, to_change: str, overall: str, because: Sequence[str], faults: Sequence[str]
) -> str:
    """Return the words to tell a drafter with, for the marker to make their own."""
    parts = [f"Done well: {done_well.strip()}", f"To change: {to_change.strip()}"]
    if faults:
        parts.append(f"Not yet fully met: {list_words(faults)}. Your marks show the words I mean.")
    result = f"Quality: {overall.lower()}."
    parts.append(" ".join([result, *because]))
    return "\n\n".join(part for part in parts if part)
