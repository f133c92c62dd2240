"""A fault is watched for by the words in which its author was told of it, and by no others."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.calibration.services.findings import close_finding, raise_findings, take_finding
from forthright.reports.services import make_weekly_report
from forthright.rules.weeks import week_of
from forthright.watches.selectors.rates import rates_for
from forthright.watches.selectors.watching import watches_of
from tests import given
from tests.calibration.rounds_given import adopt
from tests.client import as_
from tests.reviews import twice
from tests.standards.a_new_wording import adopt_another
from tests.watches.faults import a_letter_marked, told_by_a_marking

pytestmark = pytest.mark.django_db
LATER = given.NOON + timedelta(hours=3)
AFTER = given.at("2026-10-12 07:00")
GUIDANCE = {"guidance": "Read the note first."}


@pytest.fixture
def told():
    """Return what an author was told of by the first edition; the next letter is watched."""
    with time_machine.travel(LATER, tick=True):
        marker = twice.a_manager(Unit.Kind.CROWN_COURT)
        author = given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=marker.unit)
        feedback = told_by_a_marking(marker=marker, author=author)
        adopt(feedback.area, letters_watched=1)
        yield feedback


def failed_again(told, number=1):
    for minutes in range(10, 10 + number):
        yield a_letter_marked(told, marker=told.told_by, minutes=minutes, again=True)


def the_watch(told):
    [found] = [
        each
        for each in watches_of(told.area, now=LATER)
        if (each.of.source, each.of.number) == ("review", told.pk)
    ]
    return found


def test_what_failed_by_other_words_is_no_fault_that_came_again(told):
    adopt_another(told.review.edition)
    [again] = failed_again(told)
    assert again.edition.number == 2

    watched = the_watch(told)
    page = as_(told.drafter).open(f"/watches/review/{told.pk}/B1/")

    assert watched.watch.words == "None of the next 1 letters has been looked at yet."
    page.see("B1 Explains this decision, as worded in edition 1", "in the same words")


def test_what_failed_by_the_same_words_is_whatever_its_guidance_says(told):
    adopt_another(told.review.edition, **GUIDANCE)
    [again] = failed_again(told)
    assert again.edition.number == 2

    assert the_watch(told).watch.words.endswith("the fault came again in 1.")
    [rate] = rates_for(given.a_person(Role.LEGAL_MANAGER), LATER).rates
    assert rate.criterion == "B1"


def test_rates_and_the_report_keep_the_words_of_two_editions_apart(told):
    adopt_another(told.review.edition)
    assert list(failed_again(told))
    manager = given.a_person(Role.LEGAL_MANAGER)

    rates = rates_for(manager, LATER)
    page = as_(manager).open("/watches/rates/")

    assert [(each.criterion, each.still_open) for each in rates.rates] == [("B1", 1), ("B1-e2", 1)]
    page.see("B1 Offers a telephone call, as worded in edition 2")
    as_(manager).open("/watches/rates/B1-e2/").see("as worded in edition 2")
    given.an_area_that_reports()
    made = make_weekly_report(told.area, week_of(given.NOON.date()), by=None, at=AFTER)
    assert made.figures["figures"]["watched-B1"]["label"] == (
        "B1 Explains this decision, as worded in edition 1: still open"
    )
    assert made.figures["figures"]["watched-B1-e2"]["count"] == 1


def test_a_fault_that_comes_again_counts_letters_that_were_marked_by_its_words_alone(told):
    other = given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=told.unit)
    given.a_marked_letter(
        levels={"B1": "NOT_MET"}, marker=told.told_by, unit=told.unit, drafter=other
    )
    adopt_another(told.review.edition)
    [again] = failed_again(told)
    assert raise_findings(told.area, by=None, at=LATER) == []

    marked = [
        given.a_marked_letter(
            levels={"B1": "NOT_MET"}, marker=told.told_by, unit=told.unit, drafter=other
        )
        for _ in range(2)
    ]
    [found] = raise_findings(told.area, by=None, at=LATER)

    assert found.words.startswith("B1 as worded in edition 2 failed in 3 of 3 letters, by 2 ")
    assert found.criterion == again.marks.get(criterion__code="B1").criterion
    assert set(found.reviews.all()) == {again, *marked}
    assert raise_findings(told.area, by=None, at=LATER) == []


def test_a_finding_that_stands_or_was_closed_holds_back_none_of_other_words(told):
    for _ in range(2):
        given.a_marked_letter(levels={"B1": "NOT_MET"}, marker=told.told_by, unit=told.unit)
    [before] = raise_findings(told.area, by=None, at=LATER)
    adopt_another(told.review.edition)
    for _ in range(3):
        given.a_marked_letter(levels={"B1": "NOT_MET"}, marker=told.told_by, unit=told.unit)
    senior = given.a_person(Role.SENIOR_MANAGER)
    take_finding(before, plan="Talk about it.", by=senior, at=LATER)
    close_finding(before, reason="It was talked about.", by=senior, at=LATER)

    [found] = raise_findings(told.area, by=None, at=LATER)

    assert (found.criterion.edition.number, found.failed, found.of) == (2, 3, 3)
    page = as_(senior).open(f"/findings/{found.pk}/")
    page.see("as worded in edition 2").not_see("the finding before this one")
