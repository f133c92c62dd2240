"""Looks again who of a panel may be somebody of a case, or had a part, once its pack is open."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.anonymiser.known import Known
from forthright.audit import services as audit
from forthright.panels.models import Meeting, NotGiven, PackLetter, Seat
from forthright.panels.selectors.being_read import being_read
from forthright.panels.selectors.conflicts import Conflict, conflicts_of
from forthright.web import clock


def keep_back(
    meeting: Meeting, *, seat: Seat | None = None, only: PackLetter | None = None,
    known: Mapping[int, Known] | None = None, at: datetime,
) -> list[NotGiven]:  # fmt: skip
    """Keep from each member of a pack what by now they should not read; return what is new.

    The record learns names while a pack is read, and people take on other work. Whom who keeps the
    panel knows to be somebody else is not kept back again. `seat` and `only` are the one member and
    the one letter that are looked at; `known` is what is known, where the caller has just asked.
    """
    seats = [seat] if seat else list(meeting.seats.select_related("member"))
    members = [each.member for each in seats]
    return _keep(meeting, seats, conflicts_of(meeting, members, known, only=only), at=at)


@transaction.atomic
def _keep(
    meeting: Meeting, seats: Sequence[Seat], conflicts: Sequence[Conflict], *, at: datetime
) -> list[NotGiven]:
    by_member = {each.member_id: each for each in seats}
    new = []
    for each in conflicts:
        kept, is_new = NotGiven.objects.get_or_create(
            seat=by_member[each.member.pk], letter=each.letter,
            defaults={"why": each.why, "kept_at": at, "is_found_later": True},
        )  # fmt: skip
        if is_new:
            new.append(kept)
            audit.record("panel.letter_kept_back", kept.seat, by=None, at=at, area=meeting.area,
                         letter=kept.letter_id, why=str(kept.why))  # fmt: skip
    return new


def keep_back_in_open_packs(area: Area, *, at: datetime) -> int:
    """Look again in every pack of an Area that is being read; return how much is kept back anew."""
    rows = Meeting.objects.filter(being_read(clock.day_of(at)), area=area).select_related("area")
    return sum(len(keep_back(each, at=at)) for each in rows.order_by("pk"))


@transaction.atomic
def note_seen(meeting: Meeting, *, by: User, at: datetime) -> None:
    """Keep that whoever keeps the panel saw what is kept back since the pack was opened."""
    rows = NotGiven.objects.filter(seat__meeting=meeting.pk, is_found_later=True, seen_at=None)
    if rows.update(seen_at=at):
        audit.record("panel.kept_back_seen", meeting, by=by, at=at)
