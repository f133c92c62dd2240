"""Nothing is served around an item by a day that has passed; it is set aside anew, or decided."""

from datetime import date

import pytest

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.disclosure.documents import pack_of
from forthright.disclosure.models import SetAside
from forthright.disclosure.selectors.packs import NoPackYet
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.endorsing import EndorsementRefused, set_aside
from forthright.disclosure.services.serving import ServingRefused, approve_duty, second_looks, serve
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
PASSED = "1 item set aside until a day that has passed: MG6C item 2"
LATER = given.at("2027-04-12 12:00")
FIRST_WHY, SECOND_WHY = (
    "The log is still with the force",
    "The force lost it and looks again",
)


@pytest.fixture
def first():
    return duties.a_lawyer(Role.LEGAL_MANAGER)


@pytest.fixture
def duty(first, time_machine):
    """Return a duty that is endorsed around one item, months after the day of that item."""
    time_machine.move_to(given.NOON, tick=False)
    begun = duties.reviewing()
    for line in lines_of(begun):
        if line.item.number == 2:
            set_aside(begun, line.item.pk, reason=FIRST_WHY, decide_by=date(2026, 10, 9), by=first,
                      at=given.NOON)  # fmt: skip
            continue
        code, reason = duties.CODES[line.item.number] if line.form == "MG6C" else ("SN", "A source")
        duties.endorse(begun, line.item, code, reason=reason, by=duties.a_lawyer())
    time_machine.move_to(LATER, tick=False)
    return duties.fresh(begun)


def approve(duty, by):
    again = [line.item.pk for line in second_looks(lines_of(duty))]
    approve_duty(duty, looked_again=again, by=by, at=LATER)
    return duties.fresh(duty)


def test_nothing_is_served_and_no_papers_are_made_by_a_day_that_has_passed(duty):
    duty = approve(duty, duties.a_lawyer(Role.LEGAL_MANAGER))

    with pytest.raises(NoPackYet, match=PASSED):
        pack_of(duty, by=None, at=LATER)
    with pytest.raises(ServingRefused, match=PASSED):
        serve(duty, duties.a_service(duty, served_at=LATER), by=duties.a_lawyer(), at=LATER)
    page = as_(given.a_person(Role.LINE_MANAGER)).open(f"/disclosure/{duty.pk}/serve/")
    page.see(PASSED).not_see("Record service on Mr Dean Marsden")


def test_it_is_set_aside_anew_in_another_name_and_neither_of_them_approves(duty, first):
    second = duties.a_lawyer(Role.LEGAL_MANAGER)
    item = next(line.item for line in lines_of(duty) if line.item.number == 2)
    page = as_(second).open(f"/disclosure/{duty.pk}/endorse/{item.pk}/")
    page = page.see(FIRST_WHY, "That day has passed")

    said = {"decide_by_day": "30", "decide_by_month": "4", "decide_by_year": "2027"}
    page = page.press("Set it aside in my name", reason=SECOND_WHY, **said)

    page.see(FIRST_WHY, "Until Friday 9 October 2026", SECOND_WHY).not_see("Set it aside in my")
    for person in (first, second):
        with pytest.raises(NotAllowed, match="somebody else approves"):
            approve(duty, person)
    duty = approve(duty, duties.a_lawyer(Role.LEGAL_MANAGER))
    assert pack_of(duty, by=None, at=LATER)
    serving = serve(duty, duties.a_service(duty, served_at=LATER), by=duties.a_lawyer(), at=LATER)
    [row] = [row for row in serving.papers["items"] if row["number"] == 2]
    assert (row["decide_by"], serving.items_aside) == ("2027-04-30", 1)


def test_what_waits_until_a_day_to_come_is_not_set_aside_anew(duty):
    item = next(line.item for line in lines_of(duty) if line.item.number == 2)

    with pytest.raises(EndorsementRefused, match="until Friday 9 October 2026 already"):
        set_aside(duty, item.pk, reason=SECOND_WHY, decide_by=date(2026, 10, 12), by=None,
                  at=given.NOON)  # fmt: skip
    assert SetAside.objects.get().reason == FIRST_WHY


@pytest.fixture
def approved_in_time(time_machine):
    """Return a duty that was approved around an item before its day, which has passed since."""
    time_machine.move_to(given.NOON, tick=False)
    duty = duties.endorsed_around_an_item()
    again = [line.item.pk for line in second_looks(lines_of(duty))]
    manager = duties.a_lawyer(Role.LEGAL_MANAGER)
    approve_duty(duty, looked_again=again, by=manager, at=given.NOON)
    time_machine.move_to(given.at("2026-10-12 12:00"), tick=False)
    return duties.fresh(duty)


def test_what_went_before_the_day_is_recorded_at_its_moment_once_it_has_passed(approved_in_time):
    duty = approved_in_time
    page = as_(given.a_person(Role.LINE_MANAGER)).open(f"/disclosure/{duty.pk}/serve/")
    page.see(PASSED, "Was something served before that?", "Enter the moment at which it went")
    said = {"method": "DCS", "proof": "Receipt 4471", "hour": "15:00"}

    refused = page.press("Record service on Mr Dean Marsden", **said, day_day="10",
                         day_month="10", day_year="2026")  # fmt: skip

    refused.see(PASSED)
    page.press("Record service on Mr Dean Marsden", **said, day_day="6", day_month="10",
               day_year="2026")  # fmt: skip
    assert duties.fresh(duty).served_at == given.at("2026-10-06 15:00")
    assert duty.servings.get().items_aside == 1


def test_a_lawyer_is_led_to_set_the_item_aside_anew(approved_in_time):
    page = as_(duties.a_lawyer()).open(f"/disclosure/{approved_in_time.pk}/serve/")

    page.follow("Decide MG6C item 2, or set it aside anew").see("That day has passed")
