"""A panel that marked by the standard a letter which a line manager had marked before."""

from forthright.panels.models import Meeting
from forthright.panels.services.meeting import close_marks, open_pack
from forthright.panels.services.reading import declare, hand_in, keep_reading
from tests import given
from tests.panels import made, sittings

READ_AT = given.at("2026-10-07 10:00")


def closed(*members: dict[str, str], levels=None, keeper=None) -> Meeting:
    """Return a closed panel of one letter; each member gives “fully” but where they differ."""
    given.a_marked_letter(levels=levels or {})
    keeper = keeper or made.a_keeper()
    meeting = sittings.drawn(by=keeper, letters=0, scoring=Meeting.Scoring.RUBRIC)
    for line in meeting.letters.all():
        made.released(line.duty, by=keeper)
    people = [sittings.a_member() for _ in members]
    open_pack(meeting, people, by=keeper, at=given.NOON)
    meeting.refresh_from_db()
    for seat, changed in zip(meeting.seats.order_by("number"), members, strict=True):
        declare(seat, by=seat.member, at=READ_AT)
        answers = {code: "FULLY" for code, _ in meeting.questions} | changed
        for letter in meeting.letters.all():
            keep_reading(seat, letter, answers, "", by=seat.member, at=READ_AT)
        hand_in(seat, by=seat.member, at=READ_AT)
    return close_marks(meeting, by=keeper, at=READ_AT)
