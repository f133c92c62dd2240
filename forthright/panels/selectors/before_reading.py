"""What whoever keeps the panel has to know of a letter before it is read out at the meeting."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from forthright.accounts.models import User
from forthright.panels.models import (
    Alarm,
    AnonymisedLetter,
    Meeting,
    NotGiven,
    PackLetter,
    Recognition,
)
from forthright.panels.selectors.judged import alarms_unanswered_of_each
from forthright.panels.selectors.meetings import PackLine, anonymised_of, pack_lines
from forthright.web import clock

PUT_ASIDE = "put it aside: they may know whom it is about"


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeReading:
    """A letter that could be read out, with who is not to hear it and the warnings unanswered.

    Each member stands with why: what was kept from them in the pack is not said to them aloud.
    """

    letter: PackLetter
    anonymised: AnonymisedLetter
    not_to_hear: list[tuple[User, str]]
    alarms: list[Alarm]


def before_reading(letter: PackLetter) -> BeforeReading | None:
    """Return what is to be known before one letter is read out, if anything is."""
    return next(iter(_before([PackLine(letter, anonymised_of(letter))])), None)


def before_reading_at(meeting: Meeting) -> list[BeforeReading]:
    """Return the letters of a meeting of which something is to be known before."""
    return _before([each for each in pack_lines(meeting) if not each.is_left_out])


def _before(lines: Sequence[PackLine]) -> list[BeforeReading]:
    not_to_hear = _not_to_hear([each.letter for each in lines])
    read = [(e.letter, e.anonymised) for e in lines if e.anonymised is not None and e.is_ready]
    alarms = alarms_unanswered_of_each([anonymised for _, anonymised in read])
    found = [
        BeforeReading(
            letter=letter, anonymised=anonymised, not_to_hear=not_to_hear[letter.pk],
            alarms=alarms[anonymised.pk],
        )
        for letter, anonymised in read
    ]  # fmt: skip
    return [each for each in found if each.alarms or each.not_to_hear]


def _not_to_hear(letters: Sequence[PackLetter]) -> dict[int, list[tuple[User, str]]]:
    """Return by letter who is not given it or put it aside, and has a seat still."""
    has_seat = Q(seat__ends_on=None) | Q(seat__ends_on__gt=clock.today())
    kept = NotGiven.objects.filter(has_seat, letter__in=letters, given_at=None)
    aside = Recognition.objects.filter(has_seat, letter__in=letters)
    found: dict[int, dict[int, tuple[User, str]]] = defaultdict(dict)
    for each in aside.select_related("seat__member").order_by("seat__number"):
        found[each.letter_id][each.seat_id] = (each.seat.member, PUT_ASIDE)
    for row in kept.select_related("seat__member").order_by("seat__number"):
        why = f"is not given it: {row.get_why_display()}"
        found[row.letter_id][row.seat_id] = (row.seat.member, why)
    return defaultdict(list, {letter: list(seats.values()) for letter, seats in found.items()})
