"""Which criteria apply to a letter, where the record knows: lateness is read, never judged."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from forthright.rules.rubric import Criterion, Level
from forthright.rules.words import count_words, day_words

# An Area may word these criteria anew, but their codes and what they ask about stay.
SORRY_FOR_BEING_LATE = "A5"
COMPLAINT_ANSWERED = "A10"
SENSITIVE_ITEMS = "D5"
LEVELS = (Level.FULLY, Level.PARTIALLY, Level.NOT_MET)
# Whether these apply is never said by a marker: where they do not, the record gives that itself.
BY_RECORD_ALONE = frozenset({SORRY_FOR_BEING_LATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRecord:
    """What the record says of a letter that decides what applies to it."""

    due_on: date
    sent_on: date | None


@dataclass(frozen=True, slots=True)
class Applicability:
    """Whether a criterion applies by the record, and why.

    `unless` says what a note must say for a level to be given all the same; without it the
    record is certain.
    """

    applies: bool
    because: str
    unless: str = ""

    def contradiction(self, level: Level | None, *, has_note: bool) -> str:
        """Return in words how a level contradicts the record, or nothing."""
        if level is None or self.applies == (level is not Level.NOT_APPLICABLE):
            return ""
        if self.unless:
            return "" if has_note else f"{self.because} {self.unless}"
        return f"{self.because} If the record is wrong, put it right on the letter’s page first."


def applicabilities(
    criteria: Iterable[Criterion], record: LetterRecord
) -> dict[str, Applicability]:
    """Return by code what the record decides; a criterion it says nothing of is left out."""
    decided = {COMPLAINT_ANSWERED: _complaint()}
    if record.sent_on is not None:
        decided[SORRY_FOR_BEING_LATE] = _lateness(record.due_on, record.sent_on)
    return {
        each.code: decided[each.code]
        for each in criteria
        if each.may_not_apply and each.code in decided
    }


def applicabilities_of_disclosure(
    criteria: Iterable[Criterion], *, sensitive: int
) -> dict[str, Applicability]:
    """Return by code what the record decides of a disclosure: if it had sensitive items.

    An Area may word the criterion anew, but its code and what it asks about stay.
    """
    asked = {each.code for each in criteria if each.may_not_apply}
    if SENSITIVE_ITEMS not in asked:
        return {}
    if sensitive:
        said = f"The record says: {count_words(sensitive, 'sensitive item')} on a schedule."
        return {SENSITIVE_ITEMS: Applicability(True, f"{said} So this applies.")}
    said = "The record says: no schedule listed sensitive material, so this does not apply."
    return {SENSITIVE_ITEMS: Applicability(False, said, unless="If one should have, say so.")}


def levels_offered(criterion: Criterion, applicability: Applicability | None) -> list[Level]:
    """Return the levels a criterion may have for this letter, in the order they stand."""
    if not criterion.may_not_apply:
        return list(LEVELS)
    if applicability is None or applicability.unless:
        return [*LEVELS, Level.NOT_APPLICABLE]
    return list(LEVELS) if applicability.applies else [Level.NOT_APPLICABLE]


def markers_say_whether_it_applies(criterion: Criterion) -> bool:
    """Return whether a marker may say that a criterion does not apply."""
    return criterion.may_not_apply and criterion.code not in BY_RECORD_ALONE


def was_judged(criterion: Criterion, levels: Iterable[Level | None]) -> bool:
    """Return whether those who gave a letter these levels on a criterion could have given others.

    Where the record alone says that it does not apply, all have that one level, which tells nothing
    of how anybody marks.
    """
    return markers_say_whether_it_applies(criterion) or Level.NOT_APPLICABLE not in levels


def lateness_before_it_goes(due: date, day: date) -> Applicability:
    """Return whether saying sorry applies to a letter that is looked at on a day, before it goes.

    Whoever looks sees a letter that is late already, or one that has nothing to be sorry for yet.
    """
    said = f"The record says: due {day_words(due)}, not sent yet"
    if day > due:
        return Applicability(True, f"{said}. It is late, so this applies.")
    return Applicability(False, f"{said}. It is not late, so this does not apply.")


def _lateness(due: date, sent: date) -> Applicability:
    said = f"The record says: due {day_words(due)}, sent {day_words(sent)}"
    if sent > due:
        return Applicability(True, f"{said}. It was late, so this applies.")
    return Applicability(False, f"{said}. It was in time, so this does not apply.")


def _complaint() -> Applicability:
    return Applicability(
        False,
        "The record says: this letter tells of a decision and names no complaint, so this does "
        "not apply.",
        unless="If it answers one, write in the note which.",
    )
