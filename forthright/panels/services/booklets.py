"""Keeps what became of each booklet that was printed for a member of the panel."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.panels.models import BookletSaid, Seat
from forthright.panels.selectors.booklets import What, booklet_of
from forthright.panels.services.meeting import PanelRefused, held_seat
from forthright.panels.services.paper import check_keeps
from forthright.rules.written import reason_in
from forthright.web.meanwhile import ChangedMeanwhile


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a booklet, and how that is known or why it does not come."""

    what: str
    because: str = ""


@transaction.atomic
def say_of_booklet(
    seat: Seat, issue: int, became: Became, *, opened: str | None = None, by: User, at: datetime
) -> BookletSaid:
    """Keep that a booklet is back, was destroyed, does not come back, or is out after all.

    Said twice, the first stands. What was said before stays in the record.

    :param opened: the stamp of what was said of it when the page was opened
    :raises NotAllowed: if this person does not keep this panel
    :raises PanelRefused: if there is no such booklet, it is out as it is, or nobody says why
    :raises ChangedMeanwhile: if somebody said something else of it meanwhile
    """
    what, said = became.what, reason_in(became.because)
    check_keeps(seat, by=by)
    seat = held_seat(seat)
    if what not in What.values or (booklet := booklet_of(seat, issue)) is None:
        raise PanelRefused("There is no such booklet. Look at the page of the meeting as it is.")
    if opened not in {None, booklet.stamp}:
        raise ChangedMeanwhile(
            f"Since you opened the page something else was said of this booklet: {booklet.words} "
            "Press again to say yours instead, or leave the page.",
            stands=booklet.stamp,
        )
    if what == What.OUT and booklet.is_out:
        raise PanelRefused("It counts as still out already: there is nothing to put right.")
    before = booklet.said
    if before is not None and (what, said) == (before.what, before.known_because):
        return before
    if what != What.BACK and not said:
        raise PanelRefused(
            "Write how you know that it was destroyed, why it does not come back, or why it is "
            "still out: it stands on the page of the meeting."
        )
    kept = BookletSaid.objects.create(
        seat=seat, issue=issue, what=what, known_because=said[:300], said_at=at, said_by=by
    )
    audit.record("pack.booklet_said", seat, by=by, at=at, area=seat.meeting.area,
                 issue=issue, what=what)  # fmt: skip
    return kept
