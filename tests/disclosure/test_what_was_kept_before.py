"""What was kept before approvals were rows is carried over as it was, and no better."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from forthright.disclosure.models import Approval, Delivery, Serving
from forthright.disclosure.selectors.schedules import live_schedules
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.endorsing import Written, endorse_item
from tests import given
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
MIGRATION = import_module("forthright.disclosure.migrations.0003_looked_at_again_and_requested")
LATER = given.NOON + timedelta(hours=1)


def test_an_approval_of_before_covers_what_was_endorsed_by_then_alone():
    duty = duties.court_told()
    approver = duty.approved_by
    line = next(each for each in lines_of(duty) if each.item.number == 1)
    wish = Written(item_id=line.item.pk, code="ND", reason="On a second thought")
    endorse_item(duty, wish, by=None, at=LATER)
    Approval.objects.all().delete()

    MIGRATION.keep_what_stood(apps, None)

    assert Approval.objects.get().made_by == approver
    unseen = [each.item.number for each in lines_of(duty) if each.standing.waits_for_second]
    assert unseen == [1]


def test_a_delivery_that_waits_was_compared_with_what_stood_when_it_was_checked():
    duty = duties.endorsed()
    waiting = duties.checked(duty)
    Delivery.objects.filter(pk=waiting.pk).update(compared_with=[])

    MIGRATION.keep_what_stood(apps, None)

    waiting.refresh_from_db()
    assert waiting.compared_with == sorted(each.pk for each in live_schedules(duty.case_id))


def test_a_first_service_of_before_around_what_was_set_aside_is_called_purported():
    duty = duties.with_an_item_set_aside()
    Serving.objects.update(items_aside=0)

    MIGRATION.keep_what_stood(apps, None)

    assert duty.servings.get().items_aside == 1


def test_a_date_of_the_defence_of_before_ends_on_its_own_day():
    statement = duties.served().dates.get(key="defence_statement")
    statement.serve_by = statement.day - timedelta(days=2)
    statement.arithmetic = [*statement.arithmetic[:-1], "So the last working day is Friday."]
    statement.save()

    MIGRATION.let_the_defence_have_its_days(apps, None)

    statement.refresh_from_db()
    assert statement.serve_by == statement.day
    assert "Friday" not in " ".join(statement.arithmetic)
