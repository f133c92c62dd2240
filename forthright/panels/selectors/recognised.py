"""The letters that members put aside because they may know whom they are about."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.audit.models import Event
from forthright.panels.models import (
    AnonymisedLetter,
    Meeting,
    PackLetter,
    Reading,
    Recognition,
    Seat,
)
from forthright.panels.selectors.being_read import being_read
from forthright.panels.selectors.judged import keepers_besides
from forthright.panels.selectors.letters import letters_visible_to
from forthright.rules.words import count_words
from forthright.web import clock


def recognitions_kept(user: User) -> "QuerySet[Recognition]":
    """Return what members said to those who keep the panel of their Area."""
    if not has_permission(user, Permission.PANEL_KEEP):
        return Recognition.objects.none()
    rows = Recognition.objects.filter(seat__meeting__area=user.area_id)
    related = ("seat__member", "seat__meeting__area", "letter__duty__case", "letter__duty__unit",
               "letter__duty__decision", "letter__meeting", "decided_by")  # fmt: skip
    return rows.select_related(*related)


def recognitions_undecided(user: User) -> "QuerySet[Recognition]":
    """Return those of which whoever keeps the panel has not decided what follows."""
    return recognitions_kept(user).filter(outcome=Recognition.Outcome.OPEN)


def recognition_for(user: User, meeting_id: int, recognition_id: int) -> Recognition:
    """Return one letter that a member put aside.

    :raises Http404: if there is none, or it is hidden from this person
    """
    rows = recognitions_kept(user).filter(seat__meeting=meeting_id)
    if (found := rows.filter(pk=recognition_id).first()) is None:
        raise Http404
    return found


def letters_recognised(user: User) -> "QuerySet[AnonymisedLetter]":
    """Return the letters that this person released and of which it is not decided what follows."""
    undecided = Recognition.objects.filter(
        letter__duty=OuterRef("duty"), outcome=Recognition.Outcome.OPEN
    )
    rows = _newest_visible_to(user).filter(Exists(undecided), confirmations__confirmed_by=user.pk)
    return rows.distinct()


def letters_to_correct(user: User) -> "QuerySet[AnonymisedLetter]":
    """Return the letters of packs that are read in which more is to be hidden before that."""
    waiting = Recognition.objects.filter(
        being_read(clock.today(), "letter__meeting"), letter__duty=OuterRef("duty"),
        outcome=Recognition.Outcome.TO_CORRECT,
    )  # fmt: skip
    since = waiting.filter(decided_at__gte=OuterRef("released_at"))
    return _newest_visible_to(user).filter(
        Exists(since) | Q(Exists(waiting), released_at=None),
    )


def _newest_visible_to(user: User) -> "QuerySet[AnonymisedLetter]":
    newer = AnonymisedLetter.objects.filter(
        duty=OuterRef("duty"), taken_at__gt=OuterRef("taken_at")
    )
    return letters_visible_to(user).filter(~Exists(newer))


@dataclass(frozen=True, slots=True)
class OnTheirWord:
    """That somebody who keeps the panel put a letter aside for a member, as they had said."""

    letter: PackLetter
    by: User
    at: datetime
    # Whom the member tells if they had said no such thing.
    others: list[User]


def put_aside_on_word(seat: Seat) -> list[OnTheirWord]:
    """Return what was put aside for a member by somebody else, as the record has it."""
    rows = Event.objects.filter(
        name="pack.letter_put_aside", subject_kind=Seat._meta.label, subject_id=str(seat.pk)
    ).exclude(by=seat.member_id)
    found = {each.detail["letter"]: each for each in rows.select_related("by")}
    if not found:
        return []
    letters = PackLetter.objects.filter(pk__in=found).order_by("position")
    return [
        OnTheirWord(letter, by, found[letter.pk].at, keepers_besides(by))
        for letter in letters
        if (by := found[letter.pk].by) is not None
    ]


@dataclass(frozen=True, slots=True)
class ReadBy:
    """How many members a letter's marks are of, and how many put it aside."""

    answered: int
    aside: int

    @property
    def words(self) -> str:
        """Say it beside the marks."""
        said = count_words(self.answered, "member")
        return f"{said}, {self.aside} put it aside" if self.aside else said


def read_by(meeting: Meeting, readings: Sequence[Reading]) -> dict[int, ReadBy]:
    """Return by position how many members the marks of each letter of a pack are of."""
    answered = Counter(each.letter_id for each in readings)
    aside = Counter(_aside_at([meeting.pk]).values_list("letter", flat=True))
    letters = meeting.letters.filter(left_out_because="")
    return {each.position: ReadBy(answered[each.pk], aside[each.pk]) for each in letters}


def number_put_aside(meetings: Collection[int]) -> dict[int, tuple[int, int]]:
    """Return by meeting how often a letter was put aside, and how many letters were."""
    found: dict[int, list[int]] = {each: [] for each in meetings}
    for meeting, letter in _aside_at(meetings).values_list("seat__meeting", "letter"):
        found[meeting].append(letter)
    return {meeting: (len(letters), len(set(letters))) for meeting, letters in found.items()}


def _aside_at(meetings: Collection[int]) -> "QuerySet[Recognition]":
    """Return what was put aside by the time that the marks were closed, where they are."""
    rows = Recognition.objects.filter(seat__meeting__in=meetings, letter__left_out_because="")
    is_in_time = Q(said_at__lte=F("seat__meeting__closed_at"))
    return rows.filter(Q(seat__meeting__closed_at=None) | is_in_time)
