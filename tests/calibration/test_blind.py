"""No list behind a figure tells whoever is in an open round how its letters were marked first."""

import pytest
import time_machine

from forthright.accounts.models import Unit
from forthright.calibration.services.findings import raise_findings, take_finding
from forthright.calibration.services.leniency import make_leniency_run
from forthright.reports.services import make_weekly_report
from forthright.rules.weeks import week_of
from forthright.web import clock
from tests import given
from tests.calibration.rounds_given import LATER, a_leader, a_round
from tests.client import as_
from tests.reviews import twice

pytestmark = pytest.mark.django_db
WAITS = "1 of the letters that this is counted from waits for your second marks"


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(LATER, tick=True):
        yield


@pytest.fixture
def reader():
    """Return a manager who reaches every letter."""
    return twice.a_manager(Unit.Kind.VLU)


def in_a_round(review, reader):
    return a_round(reviews=[review], people=[reader, twice.a_manager(Unit.Kind.RASSO)])


@pytest.mark.parametrize("is_failing", [True, False])
def test_a_finding_names_no_letter_while_one_that_it_counted_is_to_be_marked(reader, is_failing):
    failing = [given.a_marked_letter(levels={"B1": "NOT_MET"}) for _ in range(3)]
    good = given.a_marked_letter()
    [finding] = raise_findings(good.area, by=None, at=LATER)
    in_a_round(failing[0] if is_failing else good, reader)

    page = as_(reader).open(f"/findings/{finding.pk}/")

    page.see("B1", WAITS).not_see("not yours to see", "None that you may see")
    # Where all failed, how many of how many says that this one did.
    for shown in (page, as_(reader).open("/findings/")):
        shown.see("once you have marked a letter that it counts").not_see("3 of 4", "3 letters")
    as_(a_leader()).open("/findings/").see("3 of 4")
    for path, words in (("/", "failed again"), (f"/findings/{finding.pk}/take/", "Take on B1")):
        as_(reader).open(path).see(words).not_see("3 of")
    take_finding(finding, plan="Tell the team.", by=reader, at=LATER)
    as_(reader).open(f"/findings/{finding.pk}/close/").see("Close B1").not_see("3 of")
    page.not_see(*(each.drawn_letter.called for each in failing))
    as_(a_leader()).open(f"/findings/{finding.pk}/").see(failing[1].drawn_letter.called)


def test_the_share_of_the_area_names_none(reader):
    good, bad = given.a_marked_letter(), given.a_marked_letter(levels={"B1": "NOT_MET"})
    make_leniency_run(good.area, by=None, at=LATER)
    in_a_round(bad, reader)

    page = as_(reader).open("/leniency/letters/")

    page.see("yet to mark 1 of the letters").not_see("1 of 2", "not yours to see")
    page.not_see(good.drawn_letter.called)
    as_(a_leader()).open("/leniency/letters/").see(good.drawn_letter.called)


def test_agreement_names_none():
    done = twice.a_finished_second_marking()
    reader = twice.a_manager(Unit.Kind.VLU)
    with time_machine.travel(given.at("2026-10-06 12:00"), tick=True):
        held = in_a_round(done.review, reader)
        page = as_(reader).open("/agreement/B1/")
        leaders = as_(held.made_by).open("/agreement/B1/")

    page.see("yet to mark 1 of the letters behind these figures")
    page.not_see("not yours to see", "By lot:", done.review.drawn_letter.called)
    leaders.see(done.review.drawn_letter.called)


def test_nor_does_the_share_that_was_marked_alike_tell_of_one():
    done = twice.a_finished_second_marking({"B1": "NOT_MET"})
    reader = twice.a_manager(Unit.Kind.VLU)
    with time_machine.travel(given.at("2026-10-06 12:00"), tick=True):
        held = in_a_round(done.review, reader)
        page = as_(reader).open("/agreement/")
        leaders = as_(held.made_by).open("/agreement/")

    page.see("From 1 second marking", "yet to mark 1 of the letters behind these figures")
    page.not_see("0 of 1", "1 of 1", "Agreement by criterion")
    leaders.see("0 of 1", "Agreement by criterion").not_see("yet to mark")


def read(reader, path):
    as_(reader).open(path)


def open_finding(reader, review):
    [finding] = raise_findings(review.area, by=None, at=LATER)
    read(reader, f"/findings/{finding.pk}/")


def open_share(reader, review):
    make_leniency_run(review.area, by=None, at=LATER)
    read(reader, "/leniency/letters/")


def open_list(reader, review):
    read(reader, "/reviews/")


def open_figure(reader, review):
    report = make_weekly_report(
        review.area, week_of(clock.day_of(review.marked_at)), by=None,
        at=given.at("2026-10-12 07:00"),
    )  # fmt: skip
    read(reader, f"/reports/{report.pk}/figures/failed-B1/")


def take_out_figures(reader, review):
    report = make_weekly_report(
        review.area, week_of(clock.day_of(review.marked_at)), by=None,
        at=given.at("2026-10-12 07:00"),
    )  # fmt: skip
    assert as_(reader).client.get(f"/reports/{report.pk}/files/json/").status_code == 200


@pytest.mark.parametrize(
    "look", [open_finding, open_share, open_list, open_figure, take_out_figures]
)
def test_who_has_read_in_a_list_how_a_letter_was_marked_marks_it_in_no_round(reader, look):
    reviews = [given.a_marked_letter(levels={"B1": "NOT_MET"}) for _ in range(3)]
    other, third = twice.a_manager(Unit.Kind.RASSO), twice.a_manager(Unit.Kind.FRAUD)
    look(reader, reviews[0])
    unread = given.a_marked_letter()

    held = a_round(reviews=[reviews[0], unread], people=[reader, other, third])

    left_out = {each.review_id: each.left_out for each in held.letters.all()}
    assert left_out[reviews[0].pk] == {str(reader.pk): "has seen the marks of this letter"}
    assert left_out[unread.pk] == {}


def test_nor_does_who_has_read_both_marks_behind_agreement_mark_it():
    done = twice.a_finished_second_marking()
    reader, other = twice.a_manager(Unit.Kind.VLU), twice.a_manager(Unit.Kind.RASSO)
    third = twice.a_manager(Unit.Kind.FRAUD)
    with time_machine.travel(given.at("2026-10-06 12:00"), tick=True):
        read(reader, "/agreement/B1/")

        held = a_round(reviews=[done.review], people=[reader, other, third])

    assert "has seen the marks" in held.letters.get().left_out[str(reader.pk)]
