"""A service counts by how it was made, and what nobody confirmed is said wherever it is used."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.disclosure.models import DisclosureDuty, LimitEdition
from forthright.disclosure.selectors.limits import limits_of_area
from forthright.disclosure.selectors.record_words import names_of, words_of
from forthright.disclosure.services.counting_anew import count_anew
from forthright.disclosure.services.limiting import LimitChange, change_limit
from forthright.disclosure.services.mending import correct_service
from forthright.disclosure.services.reckoning import DateRefused
from forthright.disclosure.services.serving import serve
from forthright.rules.disclosure_limits import SERVED, published_disclosure_limits
from tests import given
from tests.client import as_
from tests.disclosure import duties
from tests.disclosure.test_time_for_statement import paper

pytestmark = pytest.mark.django_db
MIGRATION = import_module("forthright.disclosure.migrations.0007_rulings_and_ways_of_service")


def served_by(method, at, time_machine):
    duty, at = duties.approved(), given.at(at)
    time_machine.move_to(at, tick=False)
    wish = duties.a_service(duty, served_at=at, method=method)
    serve(duty, wish, by=duties.a_lawyer(), at=at)
    return duties.fresh(duty)


@pytest.mark.parametrize(
    ("method", "at", "due", "is_sure"),
    [
        ("DCS", "2026-10-09 14:30", date(2026, 11, 5), True),
        ("DCS", "2026-10-09 15:00", date(2026, 11, 8), False),
        ("CJSM", "2026-10-09 15:00", date(2026, 11, 8), False),
        ("POST", "2026-10-09 10:00", date(2026, 11, 9), False),
        ("HAND", "2026-10-09 18:00", date(2026, 11, 5), False),
    ],
)
def test_each_way_counts_by_its_own_rule(method, at, due, is_sure, time_machine):
    duty = served_by(method, at, time_machine)

    row = duty.dates.get(key="defence_statement")
    assert duty.statement_due_on == row.day == due
    assert row.is_confirmed == is_sure
    letter = paper(duty, "covering-letter", given.at(at))
    assert ("has yet to confirm the rule by which that day is counted" in letter) != is_sure
    assert "rule 4.11" not in letter


def test_the_page_says_that_the_day_of_the_statement_is_not_confirmed(time_machine):
    duty = served_by("POST", "2026-10-09 10:00", time_machine)
    duty.dates.exclude(key="defence_statement").delete()

    as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/").see(
        "Unverified limit", "Posted on Friday 9 October 2026, 10am", "to be confirmed"
    )


def test_the_way_of_a_service_is_corrected_and_the_day_of_the_statement_follows(time_machine):
    duty = served_by("DCS", "2026-10-09 10:00", time_machine)
    assert duty.statement_due_on == date(2026, 11, 5)
    serving = duty.servings.get()

    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/correct/")
    page = page.press("Correct it", what=f"service-{serving.pk}", method="POST",
                      reason="The receipt is of the post")  # fmt: skip

    page.see("Corrected", "Post", "Monday 9 November 2026", "The receipt is of the post")
    after = duties.fresh(duty)
    assert (after.statement_due_on, after.served_at) == (date(2026, 11, 9), duty.served_at)
    assert not after.dates.get(key="defence_statement").is_confirmed
    [change] = after.date_changes.filter(reason__contains="How a service was made was corrected")
    assert change.title.startswith("Defence statement")
    [event] = Event.objects.filter(name="disclosure.service_corrected")
    assert words_of(event, names_of(after, [event], with_sensitive=False, is_theirs=True)) == (
        "What was typed of a service was corrected",
        "Post, before: Crown Court Digital Case System, section UND2",
    )


def test_day_and_way_of_a_service_are_corrected_together(time_machine):
    serving = served_by("DCS", "2026-10-09 10:00", time_machine).servings.get()
    at = given.at("2026-10-09 12:00")

    correct_service(serving, given.at("2026-10-08 10:00"), method="HAND", reason="By its receipt",
                    by=None, at=at)  # fmt: skip

    duty = duties.fresh(serving.duty)
    assert duty.statement_due_on == date(2026, 11, 4)
    [event] = Event.objects.filter(name="disclosure.service_corrected")
    _, said = words_of(event, names_of(duty, [event], with_sensitive=False, is_theirs=True))
    assert said == (
        "served Thursday 8 October 2026, 10am, before: Friday 9 October 2026, 10am; By hand, "
        "before: Crown Court Digital Case System, section UND2"
    )


@pytest.mark.parametrize(("method", "says"), [("", "recorded so already"), ("FAX", "Choose how")])
def test_a_way_is_corrected_to_another_that_there_is(method, says, time_machine):
    serving = served_by("DCS", "2026-10-09 10:00", time_machine).servings.get()

    with pytest.raises(DateRefused, match=says):
        correct_service(serving, serving.served_at, method=method, reason="By its receipt",
                        by=None, at=given.at("2026-10-09 12:00"))  # fmt: skip


def test_the_page_asks_for_the_day_unless_the_way_alone_was_wrong(time_machine):
    duty = served_by("DCS", "2026-10-09 10:00", time_machine)
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/correct/")
    choice = f"service-{duty.servings.get().pk}"

    page.press("Correct it", what=choice, reason="By its receipt").see("Enter the right day")
    page.press("Correct it", what=choice, hour="9am", method="POST", reason="By its receipt").see(
        "Enter the right day"
    )


def place_of(area, key):
    rows = limits_of_area(area).limits
    return next(place for place, row in enumerate(rows) if row.key == key)


def test_an_administrator_sets_the_time_to_the_minute(time_machine):
    time_machine.move_to(given.NOON, tick=False)
    area = duties.a_duty().area
    her = as_(given.a_person(Role.ADMINISTRATOR))
    her.open("/disclosure/limits/").see("until 2:30pm")

    page = her.open(f"/disclosure/limits/{place_of(area, 'deemed_service')}/change/")
    page = page.press("Change it", until="3:15pm", reason="The rule changed", is_confirmed="on")

    page.see("until 3:15pm")
    row = limits_of_area(area).limits[place_of(area, "deemed_service")]
    assert f"{row.until:%H:%M}" == "15:15"


def test_once_the_area_confirmed_the_rule_the_day_says_no_more(time_machine):
    time_machine.move_to(given.NOON, tick=False)
    area = duties.a_duty().area
    sent = duties.SENT
    change = LimitChange(changes={"status": "confirmed"}, applies_from=sent, is_correction=True,
                         reason="Read in the rules")  # fmt: skip
    change_limit(area, place_of(area, "deemed_post"), change,
                 by=given.a_person(Role.ADMINISTRATOR), at=given.NOON)  # fmt: skip

    duty = served_by("POST", "2026-10-09 10:00", time_machine)

    assert duty.dates.get(key="defence_statement").is_confirmed


def test_an_edition_that_has_5pm_as_it_was_shipped_has_each_way_from_now_on():
    area = duties.a_duty().area
    shipped = {
        "key": "deemed_service", "title": "Service after the hour", "event": SERVED, "days": 1,
        "counted": "AFTER", "until_hour": 17, "court": "CROWN", "remand": None,
        "like_period": False, "source": "As practitioners state it", "source_address": "",
        "status": "to be confirmed", "in_force_from": "2016-01-05", "in_force_until": None,
        "confirmed_by": "",
    }  # fmt: skip
    own = shipped | {"court": "MAGISTRATES", "status": "confirmed", "until_hour": 16}
    others = [
        row.model_dump(mode="json")
        for row in published_disclosure_limits().limits if row.event != SERVED
    ]  # fmt: skip
    edition = LimitEdition.objects.create(
        area=area, number=1, rows=[*others, shipped, own], reason="Our own", made_at=given.NOON
    )

    MIGRATION.count_each_way_by_itself(apps, None)

    edition.refresh_from_db()
    assert len(edition.rows) == len(others) + 5
    rows = [row for row in limits_of_area(area).limits if row.event == SERVED]
    assert [(row.key, row.court, row.way and row.way.value) for row in rows] == [
        ("deemed_service", "CROWN", "ELECTRONIC"), ("deemed_service", "MAGISTRATES", None),
        ("deemed_later", "CROWN", "ELECTRONIC"), ("deemed_post", "CROWN", "POST"),
        ("deemed_hand", "CROWN", "HAND"),
    ]  # fmt: skip
    shipped_now = [row for row in published_disclosure_limits().limits if row.court == "CROWN"]
    assert {row for row in rows if row.court == "CROWN"} <= set(shipped_now)


def test_what_an_earlier_version_counted_is_counted_anew(time_machine):
    duty = served_by("POST", "2026-10-09 10:00", time_machine)
    wrong = {"day": date(2026, 11, 5), "serve_by": date(2026, 11, 5), "is_confirmed": True}
    duty.dates.filter(key="defence_statement").update(**wrong)
    DisclosureDuty.objects.update(statement_due_on=date(2026, 11, 5))

    MIGRATION.mark_to_be_counted_anew(apps, None)
    assert count_anew(at=given.at("2026-10-12 09:00")) == 1

    after = duties.fresh(duty)
    assert after.statement_due_on == date(2026, 11, 9)
    assert not after.dates.get(key="defence_statement").is_confirmed
    assert "were corrected" in after.date_changes.first().reason
    assert count_anew(at=given.at("2026-10-12 09:10")) == 0


def test_the_number_of_the_receipt_alone_proves_it(time_machine):
    time_machine.move_to(given.NOON, tick=False)
    duty = duties.approved()
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/serve/")

    page = page.press("Record service on Mr Dean Marsden", method="DCS", proof="17")
    page.see("Say more, in 4 letters or digits or more")
    page.press("Record service on Mr Dean Marsden", method="DCS", proof="4471")

    assert duty.servings.get().proof == "4471"
