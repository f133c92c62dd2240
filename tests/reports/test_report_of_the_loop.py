"""The weekly report tells of checks, feedback and recurrence, and each figure opens its letters."""

from datetime import timedelta

import pytest

from forthright.accounts.models import Role
from forthright.reports import selectors, services
from forthright.reports.selectors.records import records_behind
from forthright.rules.weeks import week_of
from tests import given
from tests.client import as_
from tests.peer_checks.looked_at import a_check, changes_asked, passed

pytestmark = pytest.mark.django_db
WEEK = week_of(given.NOON.date())
AFTER = given.NOON + timedelta(days=7)


def a_report(at=AFTER):
    given.an_area_that_reports()
    first = changes_asked(a_check())
    passed(a_check(checker=first.checker, by=first.drafter))
    return services.make_weekly_report(first.area, WEEK, by=None, at=at), first


def test_the_figures_are_frozen_and_open_their_letters():
    report, asked = a_report()

    figures = report.figures["figures"]
    rows, number = records_behind(report, "peer-checks-changed", given.a_person(Role.LEGAL_MANAGER))
    assert figures["peer-checks-changed"]["words"] == "1 of 2 (too few to say)"
    assert figures["parts-read"]["words"] == "0 of 1 (too few to say)"
    assert figures["watched-A6"]["count"] == 1
    assert number == 2
    assert [each.reference for each in rows if each.is_counted] == [asked.letter.duty.reference]


def test_the_page_shows_the_three_sections():
    report, _ = a_report()

    page = as_(given.a_person(Role.SENIOR_MANAGER)).open(f"/reports/{report.pk}/")

    page.see("Letters looked at before they went", "Was what was told read and answered?",
             "Did a fault come again after feedback?")  # fmt: skip
    as_(given.a_person(Role.SENIOR_MANAGER)).open(f"/reports/{report.pk}/figures/watched-A6/").see(
        "still open"
    )


def test_a_check_that_was_answered_on_the_day_of_the_report_or_later_is_not_known_to_it():
    report, _ = a_report(at=given.NOON)

    assert report.figures["figures"].get("peer-checks", {}).get("count", 0) == 0


def test_an_area_where_nothing_was_ever_looked_at_has_none_of_the_sections():
    area = given.an_area_that_reports()

    facts, _ = selectors.facts_for_week(area, WEEK, as_of=AFTER.date())

    assert facts.loop is None
