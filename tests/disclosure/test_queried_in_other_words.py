"""What was queried stays with the lawyers when it comes in other words and those are decided."""

import pytest

from forthright.accounts.models import Role
from forthright.disclosure.models import Delivery, Item
from forthright.disclosure.selectors.hidden import queried_items
from forthright.disclosure.selectors.papers import papers_of
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db

FIRST = "Diary of Mr Koski for May 2026 with the page on which Heron is named as the caller"
OLD = "Diary of Mr Koski for May 2026 with the pages that name Heron as the caller"
NEW = "Diary of Mr Koski for May 2026 with pages about a telephone call"
WHY = "Heron is the covert source; take his name off"
OUTSIDERS = (Role.LINE_MANAGER, Role.SENIOR_MANAGER, Role.INSPECTOR)


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


def version(duty, words):
    """Return the item in a new version of its schedule, taken in and adequate."""
    duties.adequate(duty, mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS, words))
    return Item.objects.filter(description=words).latest("pk")


def decide(duty, item, code="ND", reason="It does not help"):
    duties.endorse(duties.fresh(duty), item, code, reason=reason, by=duties.a_lawyer())


def queried(duty, words=OLD):
    item = version(duty, words)
    decide(duty, item, "Q", WHY)
    return item


def pages_of(duty, role):
    person = as_(given.a_person(role, unit=duty.unit))
    addresses = [f"/disclosure/deliveries/{each.pk}/" for each in Delivery.objects.order_by("pk")]
    return [person.open(address) for address in (*addresses, f"/disclosure/{duty.pk}/record/")]


def test_the_words_that_were_queried_and_why_are_shown_to_nobody_else_once_the_new_are_decided():
    duty = duties.a_duty()
    version(duty, FIRST)
    old = queried(duty)
    new = version(duty, NEW)
    assert new.before == old
    assert new.pk in queried_items(duty.case_id)

    decide(duty, new)

    for role in OUTSIDERS:
        for page in pages_of(duty, role):
            page.not_see("Heron", "covert source")
        pages_of(duty, role)[-2].see(NEW)
    assert NEW in papers_of(duties.fresh(duty), given.NOON.date())
    as_(duties.a_lawyer()).open(f"/disclosure/deliveries/{old.schedule.delivery_id}/").see(OLD)
    as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/record/").see(WHY)


def test_a_later_version_in_words_that_nobody_decided_waits_with_the_lawyers_too():
    duty = duties.a_duty()
    old = queried(duty)
    decide(duty, version(duty, NEW))
    again = version(duty, OLD.replace("pages", "page"))

    assert queried_items(duty.case_id) == {old.pk, again.pk}


def test_a_second_query_holds_every_version_until_it_is_answered_itself():
    duty = duties.a_duty()
    old = queried(duty)
    new = version(duty, NEW)
    decide(duty, new)
    decide(duty, new, "Q", "Which call?")
    assert queried_items(duty.case_id) == {old.pk, new.pk}

    decide(duty, new)

    assert queried_items(duty.case_id) == {old.pk}


def test_a_query_that_is_answered_in_the_same_words_shows_them_and_never_why():
    duty = duties.a_duty()
    version(duty, FIRST)
    decide(duty, queried(duty))

    assert not queried_items(duty.case_id)
    sheet = pages_of(duty, Role.INSPECTOR)[-1]
    sheet.see("endorsed Q: query to the police", "It does not help").not_see("covert source")
