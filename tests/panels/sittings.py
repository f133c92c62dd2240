"""Meetings of the panel in every state, each reached through the product."""

from datetime import date, timedelta

from forthright.accounts.models import Role
from forthright.panels.models import Meeting, PanelFinding, Seat
from forthright.panels.services.findings import NOTHING, answer_finding, give_finding
from forthright.panels.services.meeting import (
    Plan,
    close_marks,
    draw_letters,
    open_pack,
    plan_meeting,
    publish_note,
)
from forthright.panels.services.reading import declare, hand_in, keep_reading
from forthright.rules.panel_questions import YES
from tests import given
from tests.panels import made

NOON = given.NOON
FAMILIES = (("Osei", "Marsden", "4 Quarry Close"), ("Ashby", "Farrow", "9 Mill Rise"))


def a_member(**person):
    return given.a_person(Role.PANEL_MEMBER, **person)


def a_plan(**changed) -> Plan:
    """Return the plan of a meeting at which two letters are read."""
    plan = {
        "starts_at": given.at("2026-10-20 14:00"), "place": "Room 4, second floor",
        "sent_from": date(2026, 9, 1), "sent_until": date(2026, 10, 4), "size": 2,
        "pack_until": date(2026, 10, 20), "may_download": True,
    }  # fmt: skip
    return Plan(**plan | changed)


def planned(*, by=None, **changed) -> Meeting:
    return plan_meeting(a_plan(**changed), by=by or made.a_keeper(), at=NOON)


def drawn(*, by=None, letters=2, **changed) -> Meeting:
    """Return a meeting whose letters are drawn and not released yet."""
    keeper = by or made.a_keeper()
    moments = {name: changed.pop(name) for name in ("decided_at", "sent_at") if name in changed}
    for family, accused, street in FAMILIES[:letters]:
        made.a_sent_letter(family, accused, street, unit=keeper.unit or made.a_unit(), **moments)
    meeting = planned(by=keeper, **changed)
    draw_letters(meeting, seed=7, by=keeper, at=NOON)
    meeting.refresh_from_db()
    return meeting


def opened(*members, by=None, letters=2, **changed) -> Meeting:
    """Return a meeting whose pack its members can read."""
    keeper = by or made.a_keeper()
    meeting = drawn(by=keeper, letters=letters, **changed)
    for line in meeting.letters.all():
        made.released(line.duty, by=keeper)
    open_pack(meeting, members or [a_member()], by=keeper, at=NOON)
    meeting.refresh_from_db()
    return meeting


def declared(seat: Seat) -> Seat:
    return declare(seat, by=seat.member, at=NOON)


def handed_in(seat: Seat, answer: str = YES, remark: str = "") -> Seat:
    """Return a seat whose member answered everything alike."""
    declared(seat)
    answers = {key: answer for key, _ in seat.meeting.questions}
    for letter in seat.meeting.letters.all():
        keep_reading(seat, letter, answers, remark, by=seat.member, at=NOON)
    return hand_in(seat, by=seat.member, at=NOON)


def closed(*members, by=None, **changed) -> Meeting:
    keeper = by or made.a_keeper()
    meeting = opened(*members, by=keeper, **changed)
    for seat in meeting.seats.all():
        handed_in(seat)
    return close_marks(meeting, by=keeper, at=NOON)


def closed_without_others(meeting: Meeting, *, by=None, at=NOON) -> Meeting:
    """Close the marks of a meeting without those of whoever has not handed in."""
    left = meeting.seats.filter(handed_in_at=None).values_list("pk", flat=True)
    return close_marks(meeting, without=list(left), by=by or made.a_keeper(), at=at)


def found(
    meeting: Meeting, manager=None, said="Three letters give no reasons.", ticked=NOTHING
) -> PanelFinding:  # fmt: skip
    manager = manager or given.a_person(Role.LEGAL_MANAGER, unit=made.a_unit())
    return give_finding(meeting, said, manager, ticked=ticked, by=made.a_keeper(), at=NOON)


def answered(finding: PanelFinding, did="We wrote the reasons anew in each.") -> PanelFinding:
    return answer_finding(finding, did, by=finding.manager, at=NOON)


def met(meeting: Meeting) -> Meeting:
    """Return a meeting that met on the morning of NOON."""
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=NOON - timedelta(hours=2))
    meeting.refresh_from_db()
    return meeting


def published(*members, by=None, **changed) -> Meeting:
    meeting = closed(*members, by=by, **changed)
    answered(found(meeting))
    return publish_note(met(meeting), by=made.a_keeper(), at=NOON)
