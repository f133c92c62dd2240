"""The report counts marks as they stand after disputes, and feedback as it was given."""

import json
from datetime import timedelta

import pytest

from forthright.accounts.models import Role
from forthright.reports import selectors, services
from forthright.reviews.models import Dispute
from forthright.reviews.services import accept_dispute
from forthright.rules.weekly_report.pieces import population_key
from forthright.rules.weeks import week_of
from forthright.samples.models import DrawnLetter
from forthright.web import clock
from tests import given
from tests.client import as_
from tests.reviews import twice

pytestmark = pytest.mark.django_db


def facts_of(drawn: DrawnLetter):
    week = week_of(drawn.draw.week)
    facts, _ = selectors.facts_for_week(drawn.area, week, as_of=week.plus(4).monday)
    return next(each for each in facts.drawn if each.id == drawn.pk), facts


def test_a_marked_letter_is_counted_with_its_level_and_marks():
    review = given.a_marked_letter(levels={"B1": "NOT_MET"})

    drawn, facts = facts_of(review.drawn_letter)

    assert drawn.is_marked
    assert drawn.overall == review.overall
    assert {mark.code: mark.level for mark in drawn.marks}["B1"] == "NOT_MET"
    assert [each.is_told for each in facts.feedback] == [False]


def test_an_accepted_dispute_changes_what_is_counted():
    dispute = given.a_disputed_mark(levels={"B1": "NOT_MET"})
    manager = given.a_person(Role.LEGAL_MANAGER)
    accept_dispute(
        dispute, by=manager, at=dispute.raised_at, new_level="FULLY", reason="It is there."
    )

    drawn, _ = facts_of(dispute.feedback.review.drawn_letter)

    assert {mark.code: mark.level for mark in drawn.marks}["B1"] == "FULLY"
    assert drawn.overall == "FULLY"


def test_a_dispute_accepted_on_the_day_of_the_report_changes_nothing_in_it_yet():
    dispute = given.a_disputed_mark(levels={"B1": "NOT_MET"})
    drawn_letter = dispute.feedback.review.drawn_letter
    as_of = week_of(drawn_letter.draw.week).plus(4).monday
    accept_dispute(
        dispute, by=given.a_person(Role.LEGAL_MANAGER), at=given.NOON, new_level="FULLY",
        reason="It is there.",
    )  # fmt: skip
    Dispute.objects.update(decided_at=given.at(f"{as_of} 06:00"))

    drawn, _ = facts_of(drawn_letter)

    assert {mark.code: mark.level for mark in drawn.marks}["B1"] == "NOT_MET"
    assert drawn.overall != "FULLY"


def test_told_and_unanswered_feedback_is_counted_as_waiting():
    feedback = given.a_told_drafter()
    drawn = feedback.review.drawn_letter

    week = week_of(drawn.draw.week)
    report = services.make_weekly_report(
        drawn.area, week.plus(1), by=None, at=given.at(f"{week.plus(4).monday} 07:00")
    )

    assert report.records["feedback-silent"] == [feedback.review_id]
    assert report.records["sample-RANDOM-marked"] + report.records["sample-TARGETED-marked"] == [
        drawn.pk
    ]


def test_what_was_marked_and_told_on_the_day_of_the_report_is_not_known_to_it_yet():
    feedback = given.a_told_drafter()
    drawn = feedback.review.drawn_letter
    day_of_marking = clock.day_of(feedback.review.marked_at)

    facts, _ = selectors.facts_for_week(drawn.area, week_of(drawn.draw.week), as_of=day_of_marking)
    next_day, _ = selectors.facts_for_week(
        drawn.area, week_of(drawn.draw.week), as_of=day_of_marking + timedelta(days=1)
    )

    assert [each.is_marked for each in facts.drawn] == [False]
    assert facts.feedback == ()
    assert [each.is_marked for each in next_day.drawn] == [True]
    assert [each.is_told for each in next_day.feedback] == [True]


def test_an_older_weeks_report_knows_nothing_of_how_soon_later_drafters_were_told():
    feedback = given.a_told_drafter()
    drawn = feedback.review.drawn_letter
    marked = week_of(clock.day_of(feedback.review.marked_at))
    as_of = marked.plus(30).monday

    weeks = [marked.plus(-1), marked, marked.plus(11), marked.plus(12)]
    found = [selectors.facts_for_week(drawn.area, week, as_of=as_of)[0] for week in weeks]

    known = [[f.days_to_tell is not None for f in facts.feedback] for facts in found]
    # It waits for an answer, so it is outstanding in each; its wait counts in twelve weeks.
    assert known == [[False], [True], [True], [False]]


def test_a_letter_swapped_before_it_was_sent_is_told_of_and_opens_as_it_stood():
    drawn = given.a_drawn_letter()
    DrawnLetter.objects.filter(pk=drawn.pk).update(
        state=DrawnLetter.State.SUBSTITUTED, substituted_at=drawn.draw.drawn_at,
        substitution_reason="The file is with the court.", was_sent=False,
    )  # fmt: skip
    week = week_of(drawn.draw.week)

    report = services.make_weekly_report(
        drawn.area, week.plus(1), by=None, at=given.at(f"{week.plus(2).monday} 07:00")
    )
    rows, _ = selectors.records_behind(
        report, "sample-substituted-unsent", given.a_person(Role.SENIOR_MANAGER)
    )

    assert report.records["sample-substituted-unsent"] == [drawn.pk]
    assert [row.duty for row in rows] == [drawn.duty_id]
    assert rows[0].stood != "Not kept in this version"


def test_no_list_tells_who_is_to_mark_a_letter_again_how_it_was_first_marked():
    marking = twice.a_second_marking(levels={"B1": "NOT_MET"})
    drawn = marking.review.drawn_letter
    week = week_of(clock.day_of(marking.review.marked_at))
    report = services.make_weekly_report(
        drawn.area, week, by=None, at=given.at(f"{week.plus(1).monday} 07:00")
    )
    of_marks = [
        key
        for key, figure in report.figures["figures"].items()
        if figure["record_kind"] in selectors.OF_MARKS and figure["count"]
    ]
    browser = as_(marking.marker)

    for key in of_marks:
        page = browser.open(f"/reports/{report.pk}/figures/{key}/")
        page.see("1 of the letters that this is counted from waits for your second marks")
        page.not_see(drawn.duty.reference, "not shown")
    twice.mark_again(marking)

    assert of_marks
    for key in of_marks:
        browser.open(f"/reports/{report.pk}/figures/{key}/").not_see("waits for your second marks")


def test_nor_does_the_file_of_figures():
    marking = twice.a_second_marking(levels={"B1": "NOT_MET"})
    drawn = marking.review.drawn_letter
    week = week_of(clock.day_of(marking.review.marked_at))
    report = services.make_weekly_report(
        drawn.area, week, by=None, at=given.at(f"{week.plus(1).monday} 07:00")
    )
    browser = as_(marking.marker)
    path = f"/reports/{report.pk}/files/json/"

    waiting = json.loads(browser.open(path).response.content)
    twice.mark_again(marking)
    done = json.loads(browser.open(path).response.content)

    assert report.records["failed-B1"] == done["records"]["failed-B1"] == [drawn.pk]
    assert "records_left_out" not in done
    assert "1 letter of this report waits for your second marks" in waiting["records_left_out"]
    of_marks = {
        name for key in selectors.figures_of_marks(report) for name in (key, population_key(key))
    }
    assert set(waiting["records"]) == set(report.records) - of_marks
    assert "owed-all-due" in waiting["records"]
