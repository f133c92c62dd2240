"""What the panel found comes back to it with its answer, however late, and shows how late."""

from datetime import date, timedelta

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.panels.models import Meeting
from forthright.panels.services.changing import Moved, move_meeting
from forthright.panels.services.findings import answer_finding, give_finding_on
from forthright.panels.services.meeting import (
    PanelRefused,
    close_marks,
    draw_letters,
    open_pack,
    plan_meeting,
)
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
SAID, DID = "Letters give parents no reasons.", "We write the reasons first since January."


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def meets(member, keeper, family, day, at):
    """Return a member's seat at a meeting whose pack was opened at a moment."""
    made.a_sent_letter(family, unit=keeper.unit)
    meeting = sittings.planned(
        by=keeper, starts_at=given.at(f"{day} 14:00"), pack_until=date.fromisoformat(day), size=1
    )
    draw_letters(meeting, by=keeper, at=given.NOON)
    for line in meeting.letters.all():
        made.released(line.duty, by=keeper)
    [seat] = open_pack(meeting, [member], by=keeper, at=at)
    return sittings.declared(seat)


def closed(seat, keeper):
    sittings.handed_in(seat)
    close_marks(seat.meeting, by=keeper, at=given.NOON)


def test_a_finding_that_is_answered_after_the_next_meeting_is_shown_at_the_one_after():
    ada, keeper = sittings.a_member(), made.a_keeper()
    days = [given.NOON + timedelta(hours=hours) for hours in (1, 2, 3, 4, 5)]
    first = meets(ada, keeper, "Osei", "2026-10-20", days[0])
    closed(first, keeper)
    finding = sittings.found(first.meeting, said=SAID)
    second = meets(ada, keeper, "Ashby", "2026-12-15", days[1])
    as_(ada).open(f"/panel/packs/{second.pk}/").see(SAID, "is to answer by")
    closed(second, keeper)

    answer_finding(finding, DID, by=finding.manager, at=days[2])

    third = meets(ada, keeper, "Moss", "2027-02-16", days[3])
    page = as_(ada).open(f"/panel/packs/{third.pk}/")
    page.see("Said at the panel of Tuesday 20 October 2026, and not answered then", SAID, DID)
    closed(third, keeper)
    fourth = meets(ada, keeper, "Teale", "2027-04-20", days[4])
    as_(ada).open(f"/panel/packs/{fourth.pk}/").not_see(SAID)


def test_by_when_a_finding_was_first_to_be_answered_stays_when_it_is_given_on():
    meeting = sittings.closed(letters=1)
    finding = sittings.found(meeting)
    first, others = finding.reply_by, [
        given.a_person(Role.LEGAL_MANAGER, unit=made.a_unit()) for _ in range(2)
    ]  # fmt: skip

    for days, other in zip((40, 60), others, strict=True):
        late = given.NOON + timedelta(days=days)
        finding = give_finding_on(finding, other, by=meeting.planned_by, at=late)

    assert (finding.first_reply_by, finding.manager) == (first, others[1])
    page = as_(meeting.planned_by).open(f"/panel/meetings/{meeting.pk}/note/")
    page.see("It was first to be answered by Monday 19 October 2026, and was given on.")


@pytest.mark.parametrize(
    ("starts_at", "until", "said"),
    [
        ("2020-01-06 14:00", date(2026, 10, 20), "would be in the past"),
        ("2026-10-05 11:00", date(2026, 10, 20), "would be in the past"),
        ("2026-10-20 14:00", date(2026, 10, 19), "closes before the meeting"),
        ("2026-10-20 14:00", date(2099, 1, 1), "pack close by Thursday 19 November 2026"),
    ],
)
def test_a_meeting_is_to_come_and_its_pack_closes_soon_after_it(starts_at, until, said):
    moment = given.at(starts_at)
    with pytest.raises(PanelRefused, match=said):
        plan_meeting(
            sittings.a_plan(starts_at=moment, pack_until=until), by=made.a_keeper(), at=given.NOON
        )
    meeting = sittings.planned()
    moved = Moved(starts_at=moment, place="Room 4", pack_until=until)
    with pytest.raises(PanelRefused, match=said):
        move_meeting(meeting, moved, by=meeting.planned_by, at=given.NOON)

    assert Meeting.objects.get().starts_at == given.at("2026-10-20 14:00")
