"""What a marking asks for beyond its marks: time counted fairly, acts of the same day, feedback."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from forthright.rules.applicability import Applicability
from forthright.rules.rubric import Criterion, Level
from forthright.rules.sampled import Subject
from forthright.rules.words import list_words

# A longer silence between two saves was an interruption, so it is not counted as marking.
LONGEST_PAUSE = timedelta(minutes=10)
FAULTS = frozenset({Level.PARTIALLY, Level.NOT_MET})


class UrgentAct(StrEnum):
    """What is set going the same day when a letter fails on a critical criterion."""

    RECALL = "RECALL"
    CORRECT = "CORRECT"
    SERVE = "SERVE"
    CALL_BACK = "CALL_BACK"
    TELL_COURT = "TELL_COURT"
    BREACH = "BREACH"
    SAFETY = "SAFETY"

    @classmethod
    def of(cls, subject: Subject) -> "tuple[UrgentAct, ...]":
        """Return the acts that may be called for after a failed letter, or disclosure."""
        of_letters = {cls.RECALL, cls.CORRECT}
        of_disclosure = {cls.SERVE, cls.CALL_BACK, cls.TELL_COURT}
        left_out = of_letters if subject is Subject.DISCLOSURE else of_disclosure
        return tuple(each for each in cls if each not in left_out)

    @property
    def words(self) -> str:
        """Say the act as a thing done."""
        return {
            UrgentAct.RECALL: "The letter is being stopped or recalled",
            UrgentAct.CORRECT: "A correcting letter is being sent",
            UrgentAct.SERVE: "What should have been disclosed is being served",
            UrgentAct.CALL_BACK: "What went out by mistake is being called back",
            UrgentAct.TELL_COURT: "The court is being told",
            UrgentAct.BREACH: "It is reported as a personal data breach",
            UrgentAct.SAFETY: "The officer in the case is told that somebody may be at risk",
        }[self]

    @property
    def when(self) -> str:
        """Say when the act is called for."""
        return {
            UrgentAct.RECALL: "If it has not arrived yet.",
            UrgentAct.CORRECT: "If it left out or misstated a right, a fact or a name.",
            UrgentAct.SERVE: "If something that meets the test was withheld.",
            UrgentAct.CALL_BACK: "If something went to the defence that must not have left.",
            UrgentAct.TELL_COURT: "If a hearing is near, or has been, that it could change.",
            UrgentAct.BREACH: "If it told anybody something that was not theirs to know.",
            UrgentAct.SAFETY: "If it went where the record says is not safe, or named somebody.",
        }[self]


class Keeping(StrEnum):
    """What becomes of an answer whose page may be older than what is kept."""

    TAKE = "TAKE"
    LEAVE = "LEAVE"
    ASK = "ASK"


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
    subject: Subject = Subject.LETTERS

    def asks_for_failing(self, marks: Mapping[str, MarkGiven]) -> bool:
        """Return whether the failing must be named: of disclosure as soon as one mark is less.

        Inspectors pick the most significant failing wherever a mark is partial or not met.
        """
        levels = FAULTS if self.subject is Subject.DISCLOSURE else {Level.NOT_MET}
        return any(each.level in levels for each in marks.values())


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
    decided: Mapping[str, Applicability],
) -> tuple[Problem, ...]:
    """Return what is missing before marks can be finished, in the order of the page.

    `decided` is what the record says of criteria that may not apply; no mark may contradict it.
    """
    problems = _mark_problems(marks, criteria, decided)
    if not whole.done_well.strip():
        problems.append(Problem("done_well", "Write one thing that was done well."))
    if not whole.to_change.strip():
        problems.append(Problem("to_change", "Write one thing to change."))
    if not whole.has_root_cause and whole.asks_for_failing(marks):
        problems.append(Problem("root_cause", choose_failing(whole.subject)))
    if critical_failures(marks, criteria) and not whole.is_urgent_recorded:
        problems.append(Problem("urgent", "Record what has been set going today."))
    return tuple(problems)


def choose_failing(subject: Subject) -> str:
    """Return what is asked of a marker who has not said where it failed."""
    if subject is Subject.DISCLOSURE:
        return "Choose the most significant failing."
    return "Choose where the fault began."


def said_stamp(*said: str) -> str:
    """Return a short stamp of what was said, the same however its words are spaced.

    A form keeps the stamp of what it was filled from. When what is kept bears another stamp by
    the time the form comes in, somebody changed it meanwhile.
    """
    spaced = json.dumps([" ".join(part.split()) for part in said])
    return hashlib.sha256(spaced.encode()).hexdigest()[:12]


def keeping(*, base: str | None, kept: str, said: str, nothing: str) -> Keeping:
    """Return what to do with what a form says, so that nothing kept meanwhile is undone unseen.

    All are stamps: of what the page was loaded with, of what is kept now, of what the form says,
    and of nothing said. Without a base it came from no page, and is taken.
    """
    if base is None or kept in {base, said}:
        return Keeping.TAKE
    return Keeping.LEAVE if said == base == nothing else Keeping.ASK


def _mark_problems(
    marks: Mapping[str, MarkGiven],
    criteria: Sequence[Criterion],
    decided: Mapping[str, Applicability],
) -> list[Problem]:
    found = ((each, _mark_problem(each, marks.get(each.code), decided)) for each in criteria)
    return [Problem(each.code, words) for each, words in found if words]


def _mark_problem(
    criterion: Criterion, given: MarkGiven | None, decided: Mapping[str, Applicability]
) -> str:
    name = f"{criterion.code}, {criterion.title.lower()}"
    if given is None or given.level is None:
        return f"Choose a level for {name}."
    if given.level is Level.NOT_APPLICABLE and not criterion.may_not_apply:
        return f"{name} applies to every letter: choose a level."
    by_record = decided.get(criterion.code)
    against = by_record.contradiction(given.level, has_note=given.has_note) if by_record else ""
    if against:
        return f"Mark {name}, as the record has it. {against}"
    if given.level in FAULTS and not (given.has_quotation or given.has_note):
        return (
            f"Show the drafter why {name} is not fully met: quote the letter, or write a "
            "note if something is missing from it."
        )
    return ""


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
