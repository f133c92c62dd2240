"""The record sheet says each step in words, whole, and no reason of a secret to an outsider."""

from datetime import date

import pytest

from forthright.accounts.models import Role, Unit
from forthright.audit import services as audit
from forthright.audit.models import Event
from forthright.disclosure.selectors.record_sheet import entries_of, events_of
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.endorsing import endorse_obvious, set_aside
from forthright.disclosure.services.serving import send_back
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db


def sheet(duty, role=Role.INSPECTOR):
    return as_(given.a_person(role)).open(f"/disclosure/{duty.pk}/record/")


def test_it_tells_every_step_in_words_and_names_nothing_sensitive():
    page = sheet(duties.stated())

    page.see(
        "Not for the defence", "The duty began: Crown Court", "Schedules checked: MG6C and MG6D",
        "Schedules found adequate", "MG6C item 2 endorsed ND: not disclosable",
        "It is about another address", "Approved by a second person",
        "Served: Initial disclosure: 1 item", "Court told", "Defence statement received",
    )  # fmt: skip
    page.not_see("Heronsgate", "Disclosure seen", "It names a source")


def test_the_reason_of_a_sensitive_item_is_for_the_lawyers():
    duty = duties.stated()

    sheet(duty, Role.PROSECUTOR).see("MG6D item 1 endorsed S", "It names a source")
    sheet(duty).see("MG6D item 1 endorsed S", "The reason is for the lawyers of the unit")


def test_why_a_duty_was_sent_back_is_for_the_lawyers_of_the_unit_wherever_it_is_told():
    duty = duties.endorsed()
    send_back(duty, reason="MG6D item 1: Heronsgate is a registered source, so apply for immunity",
              by=duties.a_lawyer(Role.LEGAL_MANAGER), at=given.NOON)  # fmt: skip
    elsewhere = given.a_unit(Unit.Kind.RASSO)
    outsiders = [
        *(given.a_person(role, unit=duty.unit)
          for role in (Role.LINE_MANAGER, Role.INSPECTOR, Role.SENIOR_MANAGER)),
        given.a_person(Role.LEGAL_MANAGER, unit=elsewhere),
    ]  # fmt: skip

    for person in outsiders:
        for page in ("", "record/"):
            as_(person).open(f"/disclosure/{duty.pk}/{page}").see(
                "Sent back", "The reason is for the lawyers of the unit"
            ).not_see("Heronsgate")
    for role in (Role.INSPECTOR, Role.SENIOR_MANAGER, Role.ADMINISTRATOR):
        as_(given.a_person(role)).open("/record/").see("Disclosure sent back").not_see("Heronsgate")
    lawyer = as_(duties.a_lawyer())
    for page in ("", "record/", "endorse/"):
        lawyer.open(f"/disclosure/{duty.pk}/{page}").see("Heronsgate is a registered source")


def test_what_was_set_aside_and_endorsed_together_is_named():
    duty = duties.reviewing()
    [first, second, *_] = lines_of(duty)
    endorse_obvious(duty, [first.item.pk], by=duties.a_lawyer(), at=given.NOON)
    set_aside(duty, second.item.pk, reason="The court ordered service by today",
              decide_by=date(2026, 10, 9), by=duties.a_lawyer(), at=given.NOON)  # fmt: skip

    sheet(duty).see("1 obvious item endorsed together CND", "MG6C item 1",
                    "MG6C item 2 set aside, to be decided by Friday 9 October 2026",
                    "The court ordered service by today")  # fmt: skip
    as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/").see("1 of 4 items, and 1 set aside")


def test_every_event_of_a_duty_has_words():
    duty = duties.stated()

    said = entries_of(duty, list(events_of(duty)), with_sensitive=True, is_theirs=True)

    assert not [each for each in said if "_" in each.what or each.details.startswith("item:")]
    assert Event.objects.filter(name="item.endorsed").count() == 4


def test_a_long_sheet_goes_on_to_a_second_page():
    duty = duties.a_duty()
    for number in range(205):
        audit.record("court.told", duty, by=None, at=given.NOON, serving=number)

    page = sheet(duty)

    assert len(page.tree.xpath("//tbody/tr")) == 200
    page.follow("Next page").see("Court told")
