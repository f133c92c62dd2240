"""What whoever keeps the panel has to know of a letter before it is read out at the meeting."""

from dataclasses import dataclass

from forthright.panels.models import Alarm, AnonymisedLetter, Meeting, PackLetter
from forthright.panels.selectors.judged import alarms_unanswered
from forthright.panels.selectors.meetings import PackLine, anonymised_of, pack_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeReading:
    """A letter that could be read out, with the warnings about it that nobody answered."""

    letter: PackLetter
    anonymised: AnonymisedLetter
    alarms: list[Alarm]


def before_reading(letter: PackLetter) -> BeforeReading | None:
    """Return what is to be known before one letter is read out, if anything is."""
    return _before(PackLine(letter, anonymised_of(letter)))


def before_reading_at(meeting: Meeting) -> list[BeforeReading]:
    """Return the letters of a meeting of which something is to be known before."""
    found = [_before(each) for each in pack_lines(meeting) if not each.is_left_out]
    return [each for each in found if each is not None]


def _before(line: PackLine) -> BeforeReading | None:
    if line.anonymised is None or not line.is_ready:
        return None
    alarms = alarms_unanswered(line.anonymised)
    if not alarms:
        return None
    return BeforeReading(letter=line.letter, anonymised=line.anonymised, alarms=alarms)
