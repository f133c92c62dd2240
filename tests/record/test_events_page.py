"""The record page: what was done in the Area, for those who may see it."""

from datetime import timedelta
from typing import Any

import pytest

from forthright.accounts.models import Role
from forthright.audit import services as audit
from forthright.audit.models import Event, Head
from tests import given
from tests.audit.tampering import cut_after
from tests.client import as_

pytestmark = pytest.mark.django_db
ADDRESS = "/record/"


def some_acts(person, *, count=1, name="letter.sent", at=given.NOON):
    for number in range(count):
        audit.record(name, person, by=person, at=at, reason=f"reason {number}")


def test_it_says_what_was_done_by_whom_and_when():
    inspector = given.a_person(Role.INSPECTOR)
    some_acts(inspector, name="letter.not_required")

    page = as_(inspector).open(ADDRESS)

    page.see("Letter not required", inspector.full_name, "5 October 2026, midday")
    page.see("Reason: reason 0", f"Person {inspector.pk}", "Head of the record: event 1")


def test_what_an_act_was_done_to_is_opened_from_it_and_only_by_whoever_may():
    duty = given.a_letter_owed()
    inspector, administrator = given.a_person(Role.INSPECTOR), given.a_person(Role.ADMINISTRATOR)
    audit.record("letter.sent", duty, by=inspector, at=given.NOON)

    as_(inspector).open(ADDRESS).follow(f"Letter owed {duty.pk}").see(str(duty.person))
    page = as_(administrator).open(ADDRESS).see(f"Letter owed {duty.pk}")
    assert f"Letter owed {duty.pk}" not in page.links
    page = as_(administrator).open(f"/letters/{duty.pk}/", status=403)
    page.see("you may not see the letters that are owed", "That belongs to other roles")
    page.not_see("Ask an administrator")


def test_what_the_product_did_by_itself_is_said_so():
    leader = given.a_person(Role.SENIOR_MANAGER)
    audit.record("report.made", by=None, area=leader.area, at=given.NOON)

    as_(leader).open(ADDRESS).see("Report made", "Forthright, by itself")


def test_a_wrong_role_is_refused():
    as_(given.a_person(Role.PROSECUTOR)).open(ADDRESS, status=403).see("you may not see the record")


def test_another_area_is_never_shown():
    some_acts(given.a_person(Role.ADMINISTRATOR, area=given.an_area("Wessex")))
    here = given.a_person(Role.ADMINISTRATOR)

    page = as_(here).open(ADDRESS)

    page.see("Nothing was done that fits").not_see("Letter sent")


def test_a_person_of_another_area_cannot_be_looked_for():
    there = given.a_person(Role.ADMINISTRATOR, area=given.an_area("Wessex"))
    here = given.a_person(Role.ADMINISTRATOR)

    page = as_(here).open(ADDRESS, person=there.pk)

    assert page.errors
    page.not_see(there.full_name)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_wrong_method_is_refused(method):
    assert as_(given.a_person(Role.ADMINISTRATOR)).try_(method, ADDRESS) == 405


def test_it_asks_the_database_as_often_for_many_as_for_one(django_assert_num_queries):
    leader = given.a_person(Role.CHIEF_CROWN_PROSECUTOR)
    browser = as_(leader)
    some_acts(leader)
    with django_assert_num_queries(11):
        browser.open(ADDRESS)

    for _ in range(3):
        some_acts(given.a_person(Role.PROSECUTOR), count=5)

    with django_assert_num_queries(11):
        browser.open(ADDRESS)


def test_it_can_be_narrowed_to_a_person_and_that_look_is_recorded():
    leader, other = given.a_person(Role.SENIOR_MANAGER), given.a_person(Role.PROSECUTOR)
    some_acts(leader, name="sample.drawn")
    some_acts(other, name="letter.drafted")

    page = as_(leader).open(ADDRESS).press("Apply filters", person=other.pk)

    page.see("Letter drafted", f"done by {other.full_name}").not_see("Sample drawn")
    look = Event.objects.latest("sequence")
    assert (look.name, look.subject_id, look.by) == ("record.seen", str(other.pk), leader)


def test_it_can_be_narrowed_to_days_and_the_last_day_is_included():
    leader = given.a_person(Role.SENIOR_MANAGER)
    for days, name in enumerate(["plan.made", "sample.drawn", "letter.sent"]):
        some_acts(leader, name=name, at=given.NOON + timedelta(days=days))
    answers: dict[str, Any] = {"first_day": "6", "first_month": "10", "first_year": "2026",
               "last_day": "6", "last_month": "October", "last_year": "2026"}  # fmt: skip

    page = as_(leader).open(ADDRESS).press("Apply filters", **answers)

    page.see("Sample drawn", "from 6 October 2026").not_see("Plan made", "Letter sent")


def test_it_can_be_narrowed_to_a_kind_of_thing():
    leader = given.a_person(Role.SENIOR_MANAGER)
    some_acts(leader)
    audit.record("area.renamed", leader.area, by=leader, at=given.NOON)

    page = as_(leader).open(ADDRESS, kind="accounts.Area")

    page.see("Area renamed").not_see("Letter sent")


def test_a_day_that_is_none_is_told_and_narrows_nothing():
    leader = given.a_person(Role.SENIOR_MANAGER)
    some_acts(leader)

    page = as_(leader).open(ADDRESS, first_day="31", first_month="2", first_year="2026")

    assert page.errors == ["From must be a real date, like 27 3 2026"]
    page.see("Letter sent")


def test_a_long_record_is_paged():
    leader = given.a_person(Role.SENIOR_MANAGER)
    some_acts(leader, count=60)

    first = as_(leader).open(ADDRESS)
    second = first.follow("Next page")

    assert len(first.rows()) == 50
    assert len(second.rows()) == 10
    assert len(second.follow("Previous page").rows()) == 50


def test_the_record_can_be_checked_and_the_check_is_recorded():
    leader = given.a_person(Role.SENIOR_MANAGER)
    some_acts(leader, count=3)

    page = as_(leader).open(ADDRESS).press("Check the record")

    assert page.heading == "No tampering was found"
    page.see("3 of 3 events checked")
    assert Event.objects.latest("sequence").name == "record.checked"


def test_only_those_who_may_see_the_record_may_check_it():
    as_(given.a_person(Role.PROSECUTOR)).post("/record/check/", status=403)
    assert as_(given.a_person(Role.INSPECTOR)).try_("GET", "/record/check/") == 405


def test_tampering_is_shown_on_both_pages():
    leader = given.a_person(Role.SENIOR_MANAGER)
    some_acts(leader, count=3)
    Head.objects.update(hash="f" * 64)

    page = as_(leader).open(ADDRESS).see("The record is not as it should be")

    page = page.press("Check the record")
    assert page.heading == "The record is not as it should be"
    page.see("The head of the record is not the hash of the last event.")


def test_a_cut_tail_is_shown_with_what_to_do(tmp_path, settings):
    leader = given.a_person(Role.SENIOR_MANAGER)
    settings.RECORD_HEADS = [tmp_path / "record_heads.txt"]
    some_acts(leader, count=5)
    audit.keep_head(at=given.NOON)
    cut_after(3)

    page = as_(leader).open(ADDRESS).press("Check the record")

    page.see("reached event 5", "Events 4 to 5 are missing", "audit accept-restore")


def test_the_check_says_what_the_record_was_compared_with(tmp_path, settings):
    leader = given.a_person(Role.SENIOR_MANAGER)
    settings.RECORD_HEADS = [tmp_path / "record_heads.txt"]
    some_acts(leader)
    audit.keep_head(at=given.NOON)

    as_(leader).open(ADDRESS).press("Check the record").see("Compared with 1 head kept in")
