"""How often a fault came again is shown beside how often it would have by chance alone."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.reports import services
from forthright.reviews.services.second_marking import hide_marks
from forthright.rules.weeks import week_of
from forthright.watches.selectors.watching import failing_in, watches_of
from tests import given
from tests.calibration.rounds_given import adopt
from tests.client import as_
from tests.reviews import twice
from tests.watches.faults import a_letter_marked, told_by_a_marking

pytestmark = pytest.mark.django_db
LATER = given.NOON + timedelta(days=9)


def an_author():
    return given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=given.a_unit(Unit.Kind.VLU))


@pytest.fixture
def ten_authors():
    """Return the Area in which ten authors were told of a fault, and of one letter since."""
    area = given.an_area_that_reports()
    adopt(area, letters_watched=1, author_first_days=1)
    teller, other = twice.a_manager(), twice.a_manager(Unit.Kind.CROWN_COURT)
    for number in range(10):
        feedback = told_by_a_marking(marker=teller, author=an_author())
        a_letter_marked(feedback, marker=other, minutes=10 + number, again=number < 4)
    # An author whom nobody told of a fault counts among those whose letters may fail.
    told_by_a_marking(marker=teller, author=an_author(), level="FULLY")
    return area


# Slow: 21 letters are marked.
@pytest.mark.slow
def test_page_and_report_say_what_is_expected_by_chance_beside_what_came_again(ten_authors):
    reader = given.a_person(Role.LEGAL_MANAGER)
    with time_machine.travel(LATER, tick=False):
        page = as_(reader).open("/watches/rates/")
    report = services.make_weekly_report(
        ten_authors, week_of(given.NOON.date()), by=None, at=LATER
    )  # fmt: skip
    figures = report.figures["figures"]

    # One letter is watched, so the share expected is that of letters: 14 of 21.
    page.see("4 of 10 watches", "66.7% (14 of 21 letters, of 11 authors", "66.7% (6.7 of 10")
    page.see("no difference from chance shown", "It does not say why", f"in {ten_authors}")
    page.not_see("no criterion has as many")
    assert figures["failing-B1"]["words"].startswith("66.7% (14 of 21 letters, of 11 authors")
    assert figures["by-chance-B1"]["words"].startswith("66.7% (6.7 of 10 watches, 95% interval")
    assert len(report.records["failing-B1:counted-from"]) == 21
    assert set(map(str, report.records["failing-B1:counted-from"])) <= report.standing.keys()
    as_(reader).open(f"/reports/{report.pk}/figures/failing-B1/").see(
        "is for their authors", "The letters it is counted from"
    ).not_see("Stood Counted")


# Slow: 21 letters are marked.
@pytest.mark.slow
def test_a_letter_of_the_area_that_waits_to_be_marked_blind_holds_them_back(ten_authors):
    manager = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))
    elsewhere = told_by_a_marking(
        marker=twice.a_manager(Unit.Kind.FRAUD),
        author=given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=given.a_unit(Unit.Kind.RASSO)),
        level="FULLY",
    )
    browser = as_(manager)
    with time_machine.travel(LATER, tick=False):
        browser.open("/watches/rates/").see("Expected by chance")
        hide_marks(elsewhere.review, manager, by=None, at=LATER)
        page = browser.open("/watches/rates/")

    page.see("yet to mark 1 of the letters behind these figures").not_see("Expected by chance")


def test_of_fewer_than_ten_authors_the_page_says_that_nothing_is_said_of_chance():
    feedback = told_by_a_marking(marker=twice.a_manager(), author=an_author())
    with time_machine.travel(LATER, tick=False):
        page = as_(given.a_person(Role.LEGAL_MANAGER)).open("/watches/rates/")

    page.see("no criterion has as many").not_see("Expected by chance")
    assert failing_in(feedback.area, watches_of(feedback.area, now=LATER), now=LATER) == {}
