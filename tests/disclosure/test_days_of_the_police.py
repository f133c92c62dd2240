"""The days until a return was mended are those of the police, not those of who takes it in."""

import io
import zipfile
from datetime import date, timedelta

import docx
import pytest

from forthright.accounts.models import Role
from forthright.disclosure.models import Delivery, DisclosureDuty
from forthright.disclosure.selectors.compliance import compliance_of, return_facts
from forthright.disclosure.services.bringing import check_delivery, take_in
from forthright.disclosure.services.handing_in import hand_in
from forthright.rules.disclosure_compliance import Month
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON = given.NOON
LOOKED = given.at("2026-11-02 09:00")
OCTOBER = Month(2026, 10)
OPEN = duties.a_schedule(*duties.OPEN_ITEMS)
REPORT = duties.a_report("3,MG6C,She says that two other men did it,Yes")


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)
    return time_machine


def handed_in(returned, days, words=OPEN):
    files = duties.written(a_csv=words)
    at = NOON + timedelta(days=days)
    return hand_in(returned, files, by=duties.a_police_partner(), at=at)


def turnaround():
    found = compliance_of(
        DisclosureDuty.objects.all(), Delivery.objects.all(), OCTOBER, LOOKED.date()
    )
    return next(each for each in found.figures if each.key == "turnaround_1")


def days(as_of=None):
    facts = return_facts(Delivery.objects.all(), OCTOBER.first, OCTOBER.last, as_of=as_of)
    return [each.days for each in facts if each.is_returned]


def evidence(duty):
    answer = as_(given.a_person(Role.INSPECTOR)).client.get(f"/disclosure/{duty.pk}/evidence/")
    files = zipfile.ZipFile(io.BytesIO(answer.content))
    paper = docx.Document(io.BytesIO(files.read("evidence.docx")))
    return "\n".join(each.text for each in paper.paragraphs)


def test_what_nobody_took_in_counts_from_when_the_police_handed_it_in(at_noon):
    for _ in range(7):
        handed_in(duties.returned(duties.a_duty()), 3)
    at_noon.move_to(LOOKED, tick=False)

    before = turnaround()
    for each in Delivery.objects.filter(answers__isnull=False):
        take_in(each, by=None, at=LOOKED)

    assert before.words == turnaround().words == "3 (of 7; 95% interval 3 to 3)"
    assert "counts from when the police handed it in" in before.population


def brought_in(duty, days):
    return check_delivery(
        duty, duties.written(mg6c_csv=OPEN), police_unit=duties.a_police_unit(), is_whole=False,
        by=None, at=NOON + timedelta(days=days),
    )  # fmt: skip


def test_what_the_unit_had_before_it_returned_another_took_no_days():
    duty = duties.a_duty()
    duties.returned(duty)
    came = brought_in(duty, -2)

    take_in(came, by=None, at=NOON + timedelta(days=3))

    assert days() == [0]


def test_what_the_unit_brought_in_counts_from_when_it_had_it():
    duty = duties.a_duty()
    returned = duties.returned(duty)
    came = brought_in(duty, 1)
    assert days() == [None]

    take_in(came, by=None, at=NOON + timedelta(days=24))

    returned.refresh_from_db()
    assert returned.mended_by == came
    assert days() == [1]
    assert days(as_of=date(2026, 10, 20)) == [None]
    assert "or the unit had it checked that brought it in" in turnaround().population


def test_a_better_one_in_its_place_takes_none_of_the_days_back():
    returned = duties.returned(duties.a_duty())
    handed_in(returned, 3)

    handed_in(returned, 20)

    assert days() == days(as_of=date(2026, 10, 20)) == [3]
    assert days(as_of=date(2026, 10, 8)) == [None]


def test_a_form_that_did_not_go_back_mends_nothing():
    returned = duties.returned(duties.a_duty())

    handed_in(returned, 3, REPORT)

    assert days() == [None]
    handed_in(returned, 5)
    assert days() == [5]


def test_the_evidence_says_that_it_was_handed_in():
    duty = duties.a_duty()
    delivery = handed_in(duties.returned(duty), 3)

    assert "handed a new version in Thursday 8 October 2026, midday, which nobody" in evidence(duty)
    take_in(delivery, by=None, at=LOOKED)
    assert "mended by a new version that the police handed in Thursday 8 October" in evidence(duty)
