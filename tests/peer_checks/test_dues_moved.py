"""The moment by which a letter is to be looked at moves with the letter's own date."""

from datetime import date, timedelta

import pytest
import time_machine

from forthright.accounts.models import User
from forthright.audit.models import Event
from forthright.peer_checks.models import LookDueChange, PeerCheck
from forthright.peer_checks.services.giving import give_checks
from forthright.reports import services
from forthright.rules.weeks import week_of
from forthright.schemes.models import Duty
from forthright.schemes.services import NewClosedDay, add_closed_day
from forthright.schemes.services.correcting import correct_entitlement
from forthright.web.models import Job
from forthright.worker import steps
from forthright.worker.kinds import Work
from tests import given
from tests.client import as_
from tests.peer_checks.looked_at import a_check, a_letter_put_forward, answered, passed

pytestmark = pytest.mark.django_db
# A Tuesday; four office hours end on Wednesday at 10am, and an enhanced letter is due on Tuesday.
FORWARD, CORRECTED = given.at("2026-10-06 14:00"), given.at("2026-10-06 14:05")
AT_FIRST, SINCE = given.at("2026-10-07 10:00"), given.at("2026-10-06 15:00")
GIVEN_OUT = given.at("2026-10-06 14:15")
WEEK = week_of(given.NOON.date())


@pytest.fixture(autouse=True)
def _a_tuesday():
    with time_machine.travel(given.at("2026-10-06 14:30"), tick=False):
        yield


def a_look(*, at=FORWARD, **person):
    """Return a look at a letter that was put forward on Tuesday, and its one colleague has it."""
    given.a_liaison_officer()
    letter = a_letter_put_forward(duty=given.an_explained_letter(**person), at=at)
    give_checks(letter.area, by=None, at=at)
    return PeerCheck.objects.get(letter=letter)


def corrected(check, entitlement="ENHANCED", *, at=CORRECTED):
    duty = Duty.objects.get(pk=check.letter.duty_id)
    correct_entitlement(duty, entitlement, by=None, at=at, because="She was vulnerable.")


def given_out(check, *, at=GIVEN_OUT):
    give_checks(check.area, by=None, at=at)
    return PeerCheck.objects.get(pk=check.pk)


def test_it_moves_with_the_letter_and_keeps_the_old_moment_with_the_reason():
    check = a_look()
    assert check.due_at == AT_FIRST
    before = check.due_because

    corrected(check)
    check = given_out(check)

    assert check.due_at == SINCE
    assert check.due_because[0] == before[0]
    assert "due Tuesday 6 October 2026, so it is looked at by 3pm" in check.due_because[2]
    change = LookDueChange.objects.get(check_of=check)
    assert (change.old_at, change.new_at, change.old_because) == (AT_FIRST, SINCE, before)
    assert change.reason == "The entitlement was corrected"
    noted = Event.objects.get(name="peer_check.due_moved")
    assert noted.detail["reason"] == "The entitlement was corrected."


def test_its_pages_say_since_when_and_why():
    check = a_look()
    corrected(check)
    check = given_out(check)
    said = (
        "The entitlement was corrected: until 6 October 2026, 2:15pm it was to be looked at by "
        "7 October 2026, 10am, and since then by 6 October 2026, 3pm."
    )

    as_(check.checker).open(f"/checks/{check.pk}/").see("Look at it by 6 October 2026, 3pm", said)
    as_(check.checker).open(f"/checks/letters/{check.letter_id}/").see(said)


def test_nothing_moves_twice():
    check = a_look()
    corrected(check)

    given_out(check)
    given_out(check, at=given.at("2026-10-06 14:30"))

    assert LookDueChange.objects.count() == 1


def test_it_moves_back_where_the_correction_was_wrong():
    check = a_look()
    corrected(check)
    given_out(check)
    corrected(check, "STANDARD", at=given.at("2026-10-06 14:20"))

    check = given_out(check, at=given.at("2026-10-06 14:30"))

    assert check.due_at == AT_FIRST
    assert [each.new_at for each in check.due_changes.all()] == [SINCE, AT_FIRST]


def test_who_opens_it_before_letters_are_given_out_again_sees_the_moment_that_stands():
    check = a_look()
    corrected(check)

    as_(check.checker).open(f"/checks/{check.pk}/").see("Look at it by 6 October 2026, 3pm")


def test_a_moment_that_had_passed_stays():
    check = a_look(person={"entitlement": "ENHANCED"}, at=given.at("2026-10-06 11:30"))
    assert check.due_at == SINCE

    corrected(check, "STANDARD", at=given.at("2026-10-06 15:30"))

    assert given_out(check, at=given.at("2026-10-06 15:45")).due_at == SINCE


def test_an_hour_that_had_gone_by_before_the_letter_moved_is_not_asked_for():
    check = a_look(at=given.at("2026-10-06 16:00"))

    corrected(check, at=given.at("2026-10-06 16:30"))

    check = given_out(check, at=given.at("2026-10-06 16:45"))
    assert check.due_at == given.at("2026-10-07 09:30")


def test_a_look_with_its_answer_stays_as_it_is():
    check = passed(a_look(), at=given.at("2026-10-06 14:04"))
    corrected(check)

    assert given_out(check).due_at == AT_FIRST


def test_a_new_closed_day_moves_it_too():
    check = a_look(at=given.at("2026-10-06 16:00"))
    assert check.due_at == given.at("2026-10-07 12:00")
    jubilee = NewClosedDay(day=date(2026, 10, 7), name="Jubilee", source="GOV.UK")
    add_closed_day(check.area, jubilee, by=None, at=given.at("2026-10-06 16:05"))

    with time_machine.travel(given.at("2026-10-06 16:10"), tick=False):
        for job in Job.objects.filter(name="reviews.move_days"):
            steps.move_dispute_days(
                Work(job.pk, job.name, job.key, job.arguments, job.asked_by_id, job.area_id)
            )

    check.refresh_from_db()
    assert check.due_at == given.at("2026-10-08 12:00")
    assert "Jubilee" in check.due_changes.get().reason


def test_the_weekly_report_counts_by_the_moment_that_stands():
    area = given.an_area_that_reports()
    first = passed(a_check(), at=given.NOON + timedelta(hours=1))
    User.objects.filter(pk=first.checker_id).update(is_active=False)
    author = given.a_liaison_officer()
    given.a_liaison_officer()
    letter = a_letter_put_forward(duty=given.an_explained_letter(), at=FORWARD, by=author)
    give_checks(area, by=None, at=FORWARD)
    check = PeerCheck.objects.get(letter=letter)
    assert check.due_at == AT_FIRST
    corrected(check)

    answered(check, "PASSED", at=given.at("2026-10-07 09:50"))

    report = services.make_weekly_report(area, WEEK, by=None, at=given.NOON + timedelta(days=7))
    assert report.figures["figures"]["peer-checks-in-time"]["words"].startswith("1 of 2")
