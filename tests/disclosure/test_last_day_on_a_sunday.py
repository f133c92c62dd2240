"""A period that ends when nobody works: judged by its last day, with tasks on the day before."""

from datetime import date, datetime, time
from importlib import import_module

import pytest
import time_machine as times
from django.apps import apps

from forthright.accounts.models import Role
from forthright.disclosure.models import Delivery, DisclosureDuty, DutyDate, Serving
from forthright.disclosure.selectors.compliance import compliance_of
from forthright.disclosure.selectors.duties import waiting_for
from forthright.disclosure.selectors.evidence import evidence_of
from forthright.disclosure.services.correcting import Trigger, correct_trigger
from forthright.disclosure.services.serving import serve
from forthright.rules.disclosure_compliance import Month
from forthright.rules.rubric import Level
from forthright.rules.words import LONDON
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
SENT = date(2026, 9, 5)
FRIDAY, SATURDAY, SUNDAY = date(2026, 10, 23), date(2026, 10, 24), date(2026, 10, 25)
MONDAY = date(2026, 10, 26)
MIGRATION = import_module("forthright.disclosure.migrations.0010_the_last_day_and_the_working_day")


SAID = import_module("forthright.disclosure.migrations.0012_said_only_where_it_is_judged")


def served_on(day, method="HAND", hour=11):
    duty = duties.approved(sent=SENT)
    at = datetime.combine(day, time(hour), LONDON)
    serve(duty, duties.a_service(duty, served_at=at, method=method), by=duties.a_lawyer(), at=at)
    return duties.fresh(duty)


def marked(duty, today=MONDAY):
    mine = DisclosureDuty.objects.filter(pk=duty.pk)
    return compliance_of(mine, Delivery.objects.none(), Month(2026, 10), today).duties


def test_tasks_aim_at_the_friday_and_the_duty_is_judged_by_the_sunday():
    duty = duties.a_duty(sent=SENT)

    assert (duty.serve_by, duty.due_on) == (FRIDAY, SUNDAY)


def test_what_is_served_on_the_saturday_is_a_day_early():
    [found] = marked(served_on(SATURDAY))

    assert found.facts.days_late == -1
    assert found.marks[1] is Level.FULLY
    assert "late" not in found.failing


def test_what_is_served_on_the_monday_is_a_day_late():
    [found] = marked(served_on(MONDAY), today=date(2026, 10, 27))

    assert (found.facts.days_late, found.failing) == (1, "1 day late")


def test_nothing_is_judged_before_the_sunday_is_over():
    assert marked(duties.a_duty(sent=SENT), today=SUNDAY) == ()


def test_the_page_says_both_days_and_which_is_which():
    duty = duties.a_duty(sent=SENT)

    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/")

    page.see(
        "Sunday 25 October 2026, the last day of its period, by which it is judged; tasks aim at "
        "Friday 23 October 2026, the last working day before it"
    )
    page.see("it stays the last day, by which this is judged")


def test_a_duty_is_a_task_a_week_before_the_working_day_and_overdue_after_its_last_day():
    duty = duties.endorsed(sent=SENT)
    lawyer = duties.a_lawyer()

    assert duty in waiting_for(lawyer, date(2026, 10, 16))
    with times.travel(datetime.combine(SATURDAY, time(12), LONDON), tick=False):
        as_(lawyer).open("/disclosure/").see("Serve by").not_see("Overdue")
    with times.travel(datetime.combine(MONDAY, time(12), LONDON), tick=False):
        as_(lawyer).open("/disclosure/").see("Overdue")


@pytest.mark.parametrize("hour", [11, 18], ids=["in the morning", "after hours"])
def test_electronic_service_on_the_last_days_is_judged_by_its_day_and_says_when_it_counts(hour):
    duty = served_on(SATURDAY, method="DCS", hour=hour)

    [found] = marked(duty)
    told = " ".join(words for _, said in evidence_of(duty, MONDAY) for words in said)

    assert found.marks[1] is Level.FULLY
    for words in (
        "judged by the day on which it was served and by the last day of its period",
        "For the defence it counts on Monday 26 October 2026.",
        "Judged by that day it would be 1 day late.",
        "Criminal Procedure Rules, rule 4.11",
    ):
        assert words in told
        as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/").see(words)


def test_the_page_of_a_month_says_by_which_day_it_judges():
    manager = given.a_person(Role.LEGAL_MANAGER)

    as_(manager).open("/disclosure/compliance/", month="2026-10").see(
        "judged by the day on which it was served and by the last day of its period"
    )


def test_a_date_that_moved_after_the_service_is_not_called_the_one_that_judges():
    duty = served_on(FRIDAY)
    back = Trigger(triggered_on=duty.triggered_on, moved_on=date(2026, 10, 25),
                   court="MAGISTRATES", remand="CUSTODY",
                   reason="Sent back to be tried summarily")  # fmt: skip
    correct_trigger(duty, back, by=None, at=given.at("2026-10-27 12:00"))
    moved = duty.dates.get(key="stage_1")

    assert moved.day not in {moved.serve_by, duties.fresh(duty).due_on}
    assert "The last working day before it is" in moved.arithmetic[-1]
    assert "judged" not in " ".join(moved.arithmetic)


def test_the_words_leave_what_was_kept_before_where_nothing_is_judged_by_it():
    duty = duties.a_duty(sent=SENT)
    said = "That is a Sunday, and it stays the last day, by which this is judged. Tasks aim at the "
    said += "last working day before it, Friday 23 October 2026."
    DutyDate.objects.filter(duty=duty).update(arithmetic=[said])

    SAID.say_only_where_it_is(apps, None)

    of = {each.key: each.arithmetic[-1] for each in duty.dates.all()}
    assert of.pop("stage_1") == said
    end = "stays the last day. The last working day before it is Friday 23 October 2026."
    assert all(each.endswith(end) for each in of.values())


def as_kept_before(duty):
    """Keep a duty as it was kept when the last working day was both."""
    DisclosureDuty.objects.filter(pk=duty.pk).update(due_on=FRIDAY, serve_by=date(2000, 1, 1))
    Serving.objects.filter(duty=duty).update(due_on=FRIDAY)
    row = DutyDate.objects.get(duty=duty, key="stage_1")
    row.arithmetic = [
        *row.arithmetic[:-1],
        "That is a Sunday, so the last working day is Friday 23 October 2026.",
    ]
    row.save()


def test_what_was_judged_before_by_the_working_day_is_judged_by_the_last_day():
    duty = served_on(SATURDAY)
    as_kept_before(duty)

    MIGRATION.part_the_days(apps, None)

    duty = duties.fresh(duty)
    assert (duty.serve_by, duty.due_on, duty.servings.get().due_on) == (FRIDAY, SUNDAY, SUNDAY)
    assert "Tasks aim at the last working day" in duty.dates.get(key="stage_1").arithmetic[-1]


def test_so_is_one_whose_dates_changed_since():
    duty = served_on(SATURDAY)
    as_kept_before(duty)
    later = date(2026, 11, 20)
    DutyDate.objects.filter(duty=duty, key="stage_1").update(day=later, serve_by=later)

    MIGRATION.part_the_days(apps, None)

    assert duties.fresh(duty).due_on == SUNDAY
