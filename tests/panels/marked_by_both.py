"""A panel that marked by the standard a letter which a line manager had marked before."""

from datetime import date, timedelta

from forthright.panels.models import AnonymisedLetter, Meeting
from forthright.panels.services.meeting import close_marks, open_pack
from forthright.panels.services.reading import declare, hand_in, keep_reading
from forthright.reviews.models import Review
from tests import given
from tests.panels import made, sittings

READ_AT = given.at("2026-10-07 10:00")


def usual(review: Review) -> dict[str, str]:
    """Return “fully met” for every criterion that applied by the manager."""
    marks = review.marks.exclude(level="").values_list("criterion__code", "level")
    return {code: level if level == "NOT_APPLICABLE" else "FULLY" for code, level in marks}


def closed(
    *members: dict[str, str], levels=None, keeper=None, people=(), marker=None, sent_at=None,
    at=READ_AT, **window,
) -> Meeting:  # fmt: skip
    """Return a closed panel of one letter; each member gives “fully” but where they differ.

    What does not apply by the manager does not apply by them either.
    """
    review = given.a_marked_letter(levels=levels or {}, marker=marker, sent_at=sent_at)
    keeper = keeper or made.a_keeper()
    meeting = sittings.drawn(by=keeper, letters=0, scoring=Meeting.Scoring.RUBRIC, **window)
    for line in meeting.letters.all():
        made.released(line.duty, by=keeper)
    people = people or [sittings.a_member() for _ in members]
    open_pack(meeting, people, by=keeper, at=given.NOON)
    meeting.refresh_from_db()
    for seat, changed in zip(meeting.seats.order_by("number"), members, strict=True):
        declare(seat, by=seat.member, at=at)
        answers = usual(review) | changed
        for letter in meeting.letters.all():
            keep_reading(seat, letter, answers, "", by=seat.member, at=at)
        hand_in(seat, by=seat.member, at=at)
    return close_marks(meeting, by=keeper, at=at)


def closed_yesterday(*members: dict[str, str], people, keeper, marker) -> Meeting:
    """Return a panel that closed the day before NOON, so that it is counted on that day."""
    day = date(2026, 9, 24)
    meeting = closed(
        *members, people=people, keeper=keeper, marker=marker, at=given.NOON, size=1,
        sent_at=given.at(f"{day} 16:00"), sent_from=day, sent_until=day,
    )  # fmt: skip
    duties = meeting.letters.values("duty")
    before = given.NOON - timedelta(days=2)
    Review.objects.filter(drawn_letter__duty__in=duties).update(marked_at=before)
    AnonymisedLetter.objects.filter(duty__in=duties).update(taken_at=before)
    Meeting.objects.filter(pk=meeting.pk).update(closed_at=given.NOON - timedelta(days=1))
    meeting.refresh_from_db()
    return meeting
