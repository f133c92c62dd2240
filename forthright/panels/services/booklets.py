"""Keeps what became of each booklet that was printed for a member of the panel."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.panels.models import BookletSaid, Seat
from forthright.panels.selectors.booklets import What, booklet_of
from forthright.panels.services.meeting import PanelRefused, held_seat
from forthright.panels.services.paper import Written, check_keeps, type_in
from forthright.rules.written import reason_in
from forthright.web.meanwhile import ChangedMeanwhile


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a booklet, and how that is known or why it does not come."""

    what: str
    because: str = ""
    # The stamp of what was said of it when the page was opened.
    opened: str | None = None


class BookletRefused(PanelRefused):
    """What was said of one booklet beside its answers is not kept, so that neither is the rest."""

    def __init__(self, issue: int, words: str, *, stands: str | None = None) -> None:
        """Keep of which booklet, and the stamp of what was said of it meanwhile."""
        self.issue, self.stands = issue, stands
        super().__init__(words)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed in by letter, and what became of the booklets that it stands in."""

    written: Mapping[int, Written]
    became: Mapping[int, Became]
    has_promised: bool = False


@transaction.atomic
def type_in_from(
    seat: Seat, typed: Typed, *, opened: str | None = None, by: User, at: datetime
) -> Seat:  # fmt: skip
    """Keep what a member wrote and what became of their booklets, or nothing of it.

    :raises NotAllowed: if this person does not keep this panel
    :raises PanelRefused: as where it is typed in alone
    :raises BookletRefused: if what is said of a booklet is not whole, or another was said meanwhile
    :raises ChangedMeanwhile: if somebody else typed meanwhile
    """
    has_promised = typed.has_promised
    seat = type_in(seat, typed.written, has_promised=has_promised, opened=opened, by=by, at=at)
    for issue, each in typed.became.items():
        try:
            say_of_booklet(seat, issue, each, by=by, at=at)
        except ChangedMeanwhile as refusal:
            raise BookletRefused(issue, str(refusal), stands=refusal.stands) from refusal
        except PanelRefused as refusal:
            raise BookletRefused(issue, str(refusal)) from refusal
    return seat


@transaction.atomic
def say_of_booklet(
    seat: Seat, issue: int, became: Became, *, by: User, at: datetime
) -> BookletSaid:  # fmt: skip
    """Keep that a booklet is back, was destroyed, does not come back, or is out after all.

    Said twice, the first stands. What was said before stays in the record.

    :raises NotAllowed: if this person does not keep this panel
    :raises PanelRefused: if there is no such booklet, it is out as it is, or nobody says why
    :raises ChangedMeanwhile: if somebody said something else of it meanwhile
    """
    what, said = became.what, reason_in(became.because)
    check_keeps(seat, by=by)
    seat = held_seat(seat)
    if what not in What.values or (booklet := booklet_of(seat, issue)) is None:
        raise PanelRefused("There is no such booklet. Look at the page of the meeting as it is.")
    if became.opened not in {None, booklet.stamp}:
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
