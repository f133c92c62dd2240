"""Changes of court of before their day was asked are told apart by the record of acts."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from forthright.audit import services as audit
from forthright.disclosure.models import DisclosureDuty, EarlierCourt
from forthright.disclosure.services.correcting import Trigger, correct_trigger
from tests import given
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON, TODAY, SENT = given.NOON, given.NOON.date(), duties.SENT
OCTOBER_21 = date(2026, 10, 21)
MIGRATION = import_module("forthright.disclosure.migrations.0025_earlier_courts")


def test_changes_of_before_are_told_apart_by_the_record_of_acts():
    duty = duties.served()
    audit.record(
        "disclosure.trigger_corrected", duty, by=None, at=NOON, day=TODAY,
        court="MAGISTRATES", remand="BAIL", day_then=SENT, court_then="CROWN",
        remand_then="CUSTODY",
    )  # fmt: skip
    DisclosureDuty.objects.filter(pk=duty.pk).update(
        court="MAGISTRATES", triggered_on=TODAY, remand="BAIL"
    )

    MIGRATION.keep_earlier_courts(apps, None)

    left = EarlierCourt.objects.get()
    assert (left.court, left.triggered_on, left.remand) == ("CROWN", SENT, "CUSTODY")
    assert left.serving_id == duty.servings.get().pk
    never_was = Trigger(triggered_on=TODAY, court="CROWN", remand="BAIL", was_typed_wrong=True,
                        reason="It was another case")  # fmt: skip
    correct_trigger(duties.fresh(duty), never_was, by=None, at=NOON)
    duty = duties.fresh(duty)
    assert (duty.court, duty.triggered_on, duty.due_on) == ("CROWN", SENT, OCTOBER_21)


def test_a_court_that_was_typed_wrong_was_no_change_of_court():
    duty = duties.a_duty()
    audit.record(
        "disclosure.trigger_corrected", duty, by=None, at=NOON, day=SENT, court="MAGISTRATES",
        remand="CUSTODY", day_then=SENT, court_then="MAGISTRATES", remand_then="CUSTODY",
    )  # fmt: skip
    DisclosureDuty.objects.filter(pk=duty.pk).update(court="MAGISTRATES")

    MIGRATION.keep_earlier_courts(apps, None)

    assert not EarlierCourt.objects.exists()
