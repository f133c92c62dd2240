"""The weekly report tells of checks, feedback and recurrence, and each figure opens its letters."""

import json
from datetime import timedelta

import pytest

from forthright.accounts.models import Role, Unit
from forthright.letters.services.drafting import hand_over
from forthright.peer_checks.models import PeerCheck
from forthright.peer_checks.services.giving import give_checks
from forthright.reports import documents, selectors, services
from forthright.reports.selectors.records import records_behind
from forthright.reviews.services.second_marking import hide_marks
from forthright.rules.weeks import week_of
from forthright.schemes.models import Duty
from forthright.watches.selectors.watching import watches_of
from forthright.watches.services.seeing import see_watch
from tests import given
from tests.calibration.rounds_given import adopt
from tests.client import as_
from tests.peer_checks.looked_at import a_check, changes_asked, passed
from tests.reviews import twice
from tests.watches.faults import a_letter_marked, told_by_a_marking

pytestmark = pytest.mark.django_db
WEEK = week_of(given.NOON.date())
AFTER = given.NOON + timedelta(days=7)
SOON = given.NOON + timedelta(minutes=15)


def a_report(at=AFTER):
    given.an_area_that_reports()
    first = changes_asked(a_check())
    passed(a_check(by=given.a_liaison_officer()))
    return services.make_weekly_report(first.area, WEEK, by=None, at=at), first


def test_the_figures_are_frozen_and_open_their_letters():
    report, asked = a_report()

    figures = report.figures["figures"]
    rows, number = records_behind(report, "peer-checks-changed", given.a_person(Role.LEGAL_MANAGER))
    assert figures["peer-checks-changed"]["words"] == "1 of 2 (too few to say)"
    assert figures["parts-read"]["words"] == "Not said: one person was told all of it"
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


def watched(*, is_again):
    """Return the feedback by which somebody was told of a fault, watched to its end."""
    teller, other = twice.a_manager(), twice.a_manager(Unit.Kind.CROWN_COURT)
    author = given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=given.a_unit(Unit.Kind.VLU))
    feedback = told_by_a_marking(marker=teller, author=author)
    for number in range(2):
        again = is_again and number == 1
        a_letter_marked(feedback, marker=other, minutes=10 + number, again=again)
    later = given.NOON + timedelta(hours=1)
    duty = feedback.review.drawn_letter.duty_id
    [watch] = [each for each in watches_of(feedback.area, now=later) if each.of.duty_id == duty]
    see_watch(watch, by=author, at=later)
    return feedback


@pytest.fixture
def reported():
    """Return a report that counts a fault that came again, and the feedback that told of it."""
    area = given.an_area_that_reports()
    adopt(area, letters_watched=2)
    feedback, _ = watched(is_again=True), watched(is_again=False)
    return services.make_weekly_report(area, WEEK, by=None, at=AFTER), feedback


def test_of_one_author_alone_a_report_says_nothing_of_what_came_of_it_and_opens_its_letter():
    area = given.an_area_that_reports()
    adopt(area, letters_watched=2)
    duty = watched(is_again=True).review.drawn_letter.duty

    report = services.make_weekly_report(area, WEEK, by=None, at=AFTER)

    assert report.records["recurred-B1:counted-from"] == [duty.pk]
    assert report.records["recurred-B1"] == []
    page = as_(given.a_person(Role.SENIOR_MANAGER)).open(f"/reports/{report.pk}/")
    page.see("Not said: all that is complete is one author’s")
    page.browser.open(f"/reports/{report.pk}/figures/recurred-B1/").see(duty.reference)


def test_in_which_letters_a_fault_came_again_no_page_and_no_file_of_a_report_says(reported):
    report, feedback = reported
    duty = feedback.review.drawn_letter.duty
    assert report.records["recurred-B1"] == [duty.pk]

    for role in (Role.LEGAL_MANAGER, Role.SENIOR_MANAGER):
        browser = as_(given.a_person(role))
        page = browser.open(f"/reports/{report.pk}/figures/recurred-B1/")
        page.see(duty.reference, "is for their authors").not_see("Stood Counted")
        file = browser.client.get(f"/reports/{report.pk}/files/json/").json()
        assert "recurred-B1" not in file["records"]
        assert duty.pk in file["records"]["recurred-B1:counted-from"]
        assert "that is for their authors" in file["records_left_out"]
        assert "counted from are here" in file["records_left_out"]
    assert (
        json.loads(documents.figures_of(report, reader=None, at=given.NOON))["records"]
        == report.records
    )


def test_the_file_says_of_no_letters_that_they_are_here_which_it_leaves_out(reported):
    report, feedback = reported
    reader = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))
    hide_marks(feedback.review, reader, by=None, at=AFTER)

    file = as_(reader).client.get(f"/reports/{report.pk}/files/json/").json()

    assert "recurred-B1:counted-from" not in file["records"]
    assert "are here" not in file["records_left_out"]


def test_a_letter_that_was_looked_at_twice_is_said_to_be_so():
    given.an_area_that_reports()
    asked = changes_asked(a_check())
    hand_over(Duty.objects.get(pk=asked.letter.duty_id), by=asked.drafter, at=SOON)
    give_checks(asked.area, by=None, at=SOON)
    again = PeerCheck.objects.get(letter=asked.letter, answer="")
    passed(again, at=SOON + timedelta(minutes=30))
    report = services.make_weekly_report(asked.area, WEEK, by=None, at=AFTER)
    browser = as_(given.a_person(Role.LEGAL_MANAGER))

    browser.open(f"/reports/{report.pk}/").see("Colleagues looked at 1 letter, 2 times in all")
    page = browser.open(f"/reports/{report.pk}/figures/peer-checks/")
    page.see("colleagues looked more than once at it").not_see("two plans drew")
