"""The report as a file of its own: read by a tool that finds what shuts people out, and narrow."""

import pytest

from forthright.reports import documents, services
from forthright.schemes.models import Duty
from tests import given
from tests.journeys.test_axe import Looking
from tests.reports.test_make_report import MONDAY_AFTER, WEEK, letters_of_the_week

pytestmark = pytest.mark.journey


def test_a_report_kept_as_a_file_is_read_by_everybody_and_on_a_telephone(served, chromium):
    area = given.an_area_that_reports()
    for weeks in range(4):
        for _ in range(10):
            given.a_letter_owed(decided_at=given.at(f"2026-09-{3 + 7 * weeks:02d} 10:00"))
    letters_of_the_week(number=12, sent=8)
    Duty.objects.filter(due_week=WEEK.monday).update(entitlement="UNKNOWN")
    report = services.make_weekly_report(area, WEEK, by=None, at=MONDAY_AFTER)
    looking = Looking(chromium, served)
    looking.page.set_content(documents.html_of(report))

    faults = list(looking.faults_here())
    looking.context.close()

    assert faults == []
