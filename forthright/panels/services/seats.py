"""Makes the seats of members at a meeting, each without the letters that they should not judge."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from forthright.accounts.models import User
from forthright.anonymiser.known import Known
from forthright.panels.models import Meeting, NotGiven, Seat
from forthright.panels.selectors.conflicts import conflicts_of
from forthright.panels.selectors.meetings import not_given_to


def seated(
    meeting: Meeting, members: Sequence[User], known: Mapping[int, Known] | None = None, *,
    first: int, at: datetime,
) -> list[Seat]:  # fmt: skip
    """Return new seats, numbered from the first; who may be somebody of a case is not given it.

    `known` is what is known of the cases this minute, where the caller has asked already.
    """
    seats = Seat.objects.bulk_create(
        Seat(meeting=meeting, member=member, number=number)
        for number, member in enumerate(members, first)
    )
    by_member = {each.member_id: each for each in seats}
    NotGiven.objects.bulk_create(
        NotGiven(seat=by_member[each.member.pk], letter=each.letter, why=each.why, kept_at=at)
        for each in conflicts_of(meeting, members, known)
    )
    return seats


def nothing_for(seats: Sequence[Seat]) -> str:
    """Say whose seat would be given no letter and what to do, or nothing where each has some."""
    for seat in seats:
        letters = seat.meeting.letters.filter(left_out_because="")
        if not letters.exclude(pk__in=not_given_to(seat)).exists():
            return (
                f"No letter of this pack is to be given to {seat.member}: they had a part in it, "
                "or the record of its case holds their name. Invite somebody else."
            )
    return ""
