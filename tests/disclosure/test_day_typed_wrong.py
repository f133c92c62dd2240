"""A day by which an item is decided that was typed wrong is asked about, and can be put right."""

from datetime import date

import pytest

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.disclosure.documents import pack_of
from forthright.disclosure.models import SetAside
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.endorsing import EndorsementRefused, OddDay, set_aside
from forthright.disclosure.services.serving import approve_duty, second_looks, stamp_of
from forthright.web.meanwhile import ChangedMeanwhile
from tests import given
from tests.client import as_
from tests.disclosure import duties
from tests.given import NOON

pytestmark = pytest.mark.django_db
WHY, SLIP = "The log is still with the force", "The year was typed wrong"
FAR, NEAR = date(2036, 10, 9), date(2026, 10, 9)


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def put_aside(duty, on=FAR, reason=WHY, odd_because="The court rules on it then"):
    item = next(line.item for line in lines_of(duty) if line.item.number == 2)
    return set_aside(duty, item.pk, reason=reason, decide_by=on, odd_because=odd_because,
                     by=duties.a_lawyer(), at=NOON)  # fmt: skip


def endorsed_around(duty):
    """Return a duty of which all but item 2 is decided."""
    for line in lines_of(duty):
        if line.form == "MG6D" or line.item.number != 2:
            code, reason = (
                duties.CODES[line.item.number] if line.form == "MG6C" else ("SN", "A source")
            )
            duties.endorse(duty, line.item, code, reason=reason, by=duties.a_lawyer())
    return duties.fresh(duty)


def test_a_day_of_another_year_is_asked_about_and_kept_with_why_it_is_right():
    duty = duties.reviewing()
    with pytest.raises(OddDay, match="more than 182 days ahead is asked about"):
        put_aside(duty, odd_because="")
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/endorse/{lines_of(duty)[1].item.pk}")
    page.not_see("Why is the day right all the same?")

    said = {"decide_by_day": "9", "decide_by_month": "10", "decide_by_year": "2036"}
    page = page.press("Set it aside in my name", reason=WHY, **said)
    page.see("3,657 days away", "Why is the day right all the same?")
    assert not SetAside.objects.exists()
    page = page.press("Set it aside in my name", odd_because="The court rules on it then")

    page.see("Set aside. Your name", f"{WHY} The day is right all the same: The court rules")
    assert Event.objects.get(name="item.set_aside").detail["odd"]


def test_a_day_that_was_typed_wrong_is_brought_nearer_in_another_name_and_both_are_kept():
    duty = duties.reviewing()
    item = put_aside(duty).item_id
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/endorse/{item}/")
    page.see("Was the day typed wrong, or is it decided sooner?", "Why is the day nearer?")

    said = {"decide_by_day": "9", "decide_by_month": "10", "decide_by_year": "2026"}
    page = page.press("Keep the nearer day in my name", reason=SLIP, **said)

    page.see("Until Thursday 9 October 2036", SLIP, "To be decided by Friday 9 October 2026")
    record = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/record/")
    record.see("decided by Thursday 9 October 2036", "decided by Friday 9 October 2026")


def test_a_later_day_waits_until_the_first_has_passed_and_a_refusal_says_so():
    duty = duties.reviewing()
    put_aside(duty, NEAR)

    with pytest.raises(EndorsementRefused, match="until Friday 9 October 2026 already"):
        put_aside(duty, date(2026, 10, 12), SLIP)
    duties.endorse(duty, lines_of(duty)[1].item, "D", reason="It may assist", by=duties.a_lawyer())
    with pytest.raises(EndorsementRefused, match="decided already"):
        put_aside(duty, date(2026, 10, 8), SLIP)


def test_each_reason_has_room_of_its_own_beside_those_of_before(time_machine):
    duty = endorsed_around(duties.reviewing())
    long = ("The log is still with the force, whose custodian is on leave. " * 7).strip()
    put_aside(duty, reason=long, odd_because="The court rules on it then, by its own order " * 3)

    item = put_aside(duty, NEAR, long).item_id
    later = given.at("2026-10-14 12:00")
    time_machine.move_to(later, tick=False)
    said = {"decide_by_day": "20", "decide_by_month": "10", "decide_by_year": "2026"}
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/endorse/{item}/")
    page = page.press("Set it aside in my name", reason=long, **said)

    page.see("Set aside. Your name", "Until Friday 9 October 2026", "by Tuesday 20 October 2026")
    assert SetAside.objects.get().reason.count(long) == 3
    served = duties.approve_and_serve(duties.fresh(duty), at=later, served_at=later)
    assert duties.fresh(served).state == "SERVED"


def test_a_single_reason_that_is_too_long_is_refused_and_says_which():
    duty = duties.reviewing()
    with pytest.raises(EndorsementRefused, match="why disclosure cannot wait, in at most 500"):
        put_aside(duty, reason=f"{WHY}. " * 20)
    with pytest.raises(EndorsementRefused, match="why the day is right, in at most 500"):
        put_aside(duty, odd_because="The court rules on it then. " * 20)


def test_it_is_brought_nearer_after_service_too_and_after_a_query():
    duty = duties.reviewing()
    put_aside(duty)
    duty = duties.fresh(duties.approve_and_serve(endorsed_around(duty)))
    item = next(line.item for line in lines_of(duty) if line.item.number == 2)
    duties.endorse(duty, item, "Q", reason="Ask the police about it", by=duties.a_lawyer())

    put_aside(duty, NEAR, SLIP)

    assert SetAside.objects.get().decide_by == NEAR


def test_what_was_approved_with_another_day_is_looked_at_again():
    duty = duties.reviewing()
    put_aside(duty)
    duty, second = endorsed_around(duty), duties.a_lawyer(Role.LEGAL_MANAGER)
    opened = stamp_of(lines_of(duty))
    again = [line.item.pk for line in second_looks(lines_of(duty))]
    put_aside(duty, NEAR, SLIP)

    with pytest.raises(ChangedMeanwhile):
        approve_duty(duty, looked_again=again, by=second, at=NOON, opened=opened)
    approve_duty(duty, looked_again=again, by=second, at=NOON)
    put_aside(duties.fresh(duty), date(2026, 10, 8), SLIP)

    assert duties.fresh(duty).state == "ENDORSED"
    approve_duty(duties.fresh(duty), looked_again=again, by=second, at=NOON)
    assert pack_of(duties.fresh(duty), by=None, at=NOON)
