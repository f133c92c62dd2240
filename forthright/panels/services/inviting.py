"""Who reads a pack: their seats, and the letters that one of them is not given."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.panels.models import Meeting, NotGiven, Seat
from forthright.panels.services.meeting import PanelRefused, locked_meeting
from forthright.panels.services.seats import nothing_for, seated
from forthright.rules.words import day_words
from forthright.rules.written import LEAST_WEIGHED, reason_in
from forthright.web import clock


@transaction.atomic
def add_seats(meeting: Meeting, members: Sequence[User], *, by: User, at: datetime) -> list[Seat]:
    """Give the open pack to members who come later, as where another left.

    :raises NotAllowed: if this person does not keep the panel
    :raises PanelRefused: if the pack is not open or ran out, nobody new is chosen, or one of them
        would be given no letter
    """
    meeting = locked_meeting(meeting, by)
    if meeting.state != Meeting.State.OPEN or clock.day_of(at) > meeting.pack_until:
        raise PanelRefused(
            f"Members are added while the pack is open, until {day_words(meeting.pack_until)}."
        )
    there = set(meeting.seats.values_list("member", flat=True))
    new = [each for each in members if each.pk not in there]
    if not new:
        raise PanelRefused("Choose a member who has no seat at this meeting yet.")
    last = meeting.seats.aggregate(last=Max("number"))["last"] or 0
    seats = seated(meeting, new, first=last + 1, at=at)
    if refusal := nothing_for(seats):
        raise PanelRefused(refusal)
    audit.record("panel.seats_added", meeting, by=by, at=at, members=[each.pk for each in new])
    return seats


@transaction.atomic
def give_after_all(kept: NotGiven, reason: str, *, by: User, at: datetime) -> NotGiven:
    """Give a member a letter after all: whom the record names is somebody else of that name.

    Once the marks are closed it is read out before them too.

    :raises NotAllowed: if this person does not keep the panel
    :raises PanelRefused: if the pack is not open, they had a part in the letter, or the reason
        says nothing
    """
    meeting = locked_meeting(kept.seat.meeting, by)
    if meeting.state not in {Meeting.State.OPEN, Meeting.State.CLOSED}:
        raise PanelRefused("The pack is not open, so what its members are given stays as it is.")
    if kept.why != NotGiven.Why.NAME:
        raise PanelRefused(
            f"{kept.seat.member} had a part in this letter and knows whom it is about, so they do "
            "not judge it by its words alone."
        )
    if not (said := reason_in(reason, least=LEAST_WEIGHED)):
        raise PanelRefused(
            f"Say how you know that {kept.seat.member} is not whom the case of letter "
            f"{kept.letter.position} names; it stands on the page of the meeting."
        )
    if kept.given_at is None:
        kept.given_at, kept.given_by, kept.given_because = at, by, said[:300]
        kept.save(update_fields=["given_at", "given_by", "given_because"])
        audit.record("panel.letter_given_after_all", kept.seat, by=by, at=at, area=meeting.area,
                     letter=kept.letter_id)  # fmt: skip
    return kept
