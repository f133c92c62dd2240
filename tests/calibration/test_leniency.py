"""A marker sees their own leniency first, a manager their unit's, and nobody a league table."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.calibration.models import FigureLook, LeniencyFigure, LeniencyRun
from forthright.calibration.selectors.leniency import (
    figures_of_unit,
    number_kept_back,
    own_figure_not_seen,
)
from forthright.calibration.services.leniency import make_leniency_run
from forthright.reviews.models import Review, SecondMarking
from tests import given
from tests.calibration.rounds_given import LATER, a_closed_round, a_leader, adopt
from tests.client import as_
from tests.reviews import twice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(given.NOON, tick=True):
        yield


def a_figure(marker, *, value=0.21, drift="", look_at=(), words="more lenient than the average"):
    """Return a figure of a marker, as if it had been worked out at noon."""
    run = LeniencyRun.objects.filter(area=marker.area).first() or make_leniency_run(
        marker.area, by=None, at=given.NOON
    )
    LeniencyFigure.objects.filter(run=run, marker=marker).delete()
    return LeniencyFigure.objects.create(
        run=run, area=marker.area, unit=marker.unit, marker=marker, letters=14, value=value,
        low=0.05, high=0.37, words=words, drift=drift, look_at=list(look_at),
        others_from=(given.NOON + timedelta(days=5)).date(),
    )  # fmt: skip


def test_nobody_has_a_figure_below_ten_letters():
    held = a_closed_round(letters=3)

    run = make_leniency_run(held.area, by=None, at=LATER)

    assert {each.value for each in run.figures.all()} == {None}
    assert all("too few to say (3 letters" in each.words for each in run.figures.filter(letters=3))
    assert "not adjusted, too few to say" in run.words
    assert run.raw_n == 3


def test_marks_of_before_the_time_that_is_named_are_said_to_count():
    done = twice.a_finished_second_marking()
    Review.objects.filter(pk=done.review_id).update(marked_at=given.NOON - timedelta(days=500))

    run = make_leniency_run(done.area, by=None, at=LATER)

    assert run.method.endswith("for whoever gave them: 1 of 2 markings was given before it.")
    page = as_(a_leader()).open("/leniency/")
    page.see("marked again since", "with all marks that each has had", "1 of 2 markings was given")
    Review.objects.filter(pk=done.review_id).update(marked_at=given.NOON)
    assert "given before it" not in make_leniency_run(done.area, by=None, at=LATER).method


def test_what_was_chosen_because_it_passed_in_doubt_makes_nobody_lenient():
    done = twice.a_finished_second_marking()
    assert make_leniency_run(done.area, by=None, at=LATER).reviews == [done.review_id]

    SecondMarking.objects.update(because="a critical pass is in doubt: A1")

    run = make_leniency_run(done.area, by=None, at=LATER)
    assert run.reviews == []
    assert "passed it in doubt, and not by lot, is left out" in run.method
    assert "passed it in doubt, and not by lot, is left out" in run.area_method


# Slow: each of the ten letters goes through the whole of marking four times.
@pytest.mark.slow
def test_ten_letters_give_a_figure_with_its_interval():
    held = a_closed_round(letters=10, changed={"B1": "NOT_MET", "B2": "PARTIALLY"})
    severe, other = [each.person for each in held.markers.order_by("pk")]

    run = make_leniency_run(held.area, by=None, at=LATER)

    of_severe, of_other = (run.figures.get(marker=each) for each in (severe, other))
    assert of_severe.letters == 10
    assert of_severe.value < of_other.value
    assert of_severe.low < of_severe.value < of_severe.high


def test_a_marker_sees_their_own_before_their_manager():
    marker = twice.a_manager(Unit.Kind.CROWN_COURT)
    figure, leader = a_figure(marker), a_leader()
    assert list(figures_of_unit(leader, given.NOON.date())) == []
    as_(leader).open("/leniency/").see("1 figure waits for its marker to see it first.")
    assert own_figure_not_seen(marker) == figure

    as_(marker).open("/").follow("A new figure of how lenient your marks are").see(
        "More lenient than the average."
    )

    assert list(figures_of_unit(leader, given.NOON.date())) == [figure]
    assert own_figure_not_seen(marker) is None


def test_a_manager_sees_it_after_some_days_though_its_marker_never_looked():
    figure = a_figure(twice.a_manager(Unit.Kind.CROWN_COURT))

    seen = figures_of_unit(a_leader(), figure.others_from)

    assert list(seen) == [figure]


@pytest.mark.parametrize("first_days", [3, 7, 10])
def test_a_manager_sees_the_figure_before_until_the_newest_is_theirs_to_see(first_days):
    marker, leader = twice.a_manager(Unit.Kind.CROWN_COURT), a_leader()
    adopt(marker.area, first_days=first_days)
    monday = given.NOON.date()
    shown = []
    for week in range(4):
        make_leniency_run(marker.area, by=None, at=given.NOON + timedelta(weeks=week))
        for day in range(7):
            today = monday + timedelta(days=7 * week + day)
            of_marker = figures_of_unit(leader, today).filter(marker=marker)
            shown.append([(each.run.made_at.date() - monday).days for each in of_marker])

    # From the first day on which one is theirs to see, there always is one: the newest such.
    assert shown == [[]] * first_days + [
        [(number - first_days) // 7 * 7] for number in range(first_days, 28)
    ]


def test_the_figure_before_is_shown_with_its_day_and_its_signal_of_a_change():
    marker, leader = twice.a_manager(Unit.Kind.CROWN_COURT), a_leader()
    figure = a_figure(marker, drift="Marks more leniently than before.")
    later = given.NOON + timedelta(weeks=1)
    make_leniency_run(marker.area, by=None, at=later)

    with time_machine.travel(later, tick=True):
        page = as_(leader).open("/leniency/")

    page.see(marker.full_name, "More lenient than the average.", "Marks more leniently")
    page.see("1 figure waits for its marker to see it first", "Worked out 5 October 2026")
    assert figure.looks.filter(person=leader).exists()


def test_a_manager_sees_their_own_unit_and_by_name():
    names = ["Ada Zell", "Bea Young"]
    for name, value in zip(names, (0.9, -0.9), strict=True):
        marker = twice.a_manager(Unit.Kind.CROWN_COURT)
        marker.full_name = name
        marker.save(update_fields=["full_name"])
        FigureLook.objects.create(
            figure=a_figure(marker, value=value), person=marker, seen_at=given.NOON
        )
    elsewhere = twice.a_manager(Unit.Kind.RASSO)
    FigureLook.objects.create(figure=a_figure(elsewhere), person=elsewhere, seen_at=given.NOON)

    page = as_(a_leader()).open("/leniency/")

    page.see(*names).not_see(elsewhere.full_name)
    assert page.words.index(names[0]) < page.words.index(names[1])


def test_whoever_moved_is_seen_by_who_manages_them_now():
    marker, before = twice.a_manager(Unit.Kind.CROWN_COURT), a_leader()
    new = given.a_person(Role.LEGAL_MANAGER, unit=given.a_unit(Unit.Kind.RASSO))
    figure = a_figure(marker)
    assert list(figures_of_unit(new, figure.others_from)) == []

    marker.unit = new.unit
    marker.save(update_fields=["unit"])

    assert list(figures_of_unit(new, figure.others_from)) == [figure]
    assert list(figures_of_unit(before, figure.others_from)) == []
    kept_back = [number_kept_back(each, given.NOON.date()) for each in (new, before)]
    assert kept_back == [1, 0]


@pytest.mark.parametrize("role", [Role.SENIOR_MANAGER, Role.CHIEF_CROWN_PROSECUTOR])
def test_who_leads_the_area_sees_the_areas_figure_and_no_markers(role):
    marker = twice.a_manager(Unit.Kind.CROWN_COURT)
    a_figure(marker)
    with time_machine.travel(given.NOON + timedelta(days=9)):
        page = as_(given.a_person(role)).open("/leniency/")

    page.see("The Area", "too few to say").not_see(marker.full_name)


def test_a_change_says_what_to_do_and_leads_to_the_letters():
    marking = twice.a_finished_second_marking({"B1": "NOT_MET"})
    marker = marking.review.marker
    drift = "Marks more leniently than before. Look at the 1 letters that others marked too."
    a_figure(marker, drift=drift, look_at=[marking.pk])

    page = as_(marker).open("/leniency/").see(drift)

    page.follow(marking.review.drawn_letter.duty.reference).see("Marked differently")


def test_a_change_that_was_told_stays_while_its_letters_are_compared():
    marking = twice.a_finished_second_marking({"B1": "NOT_MET"})
    marker = a_closed_round(letters=10).markers.first().person
    told = "Marks more leniently than before."
    a_figure(marker, drift=told, look_at=[marking.pk])

    [kept] = make_leniency_run(marker.area, by=None, at=LATER).figures.filter(marker=marker)
    assert (kept.drift, kept.look_at) == (told, [marking.pk])

    SecondMarking.objects.filter(pk=marking.pk).update(marked_at=LATER - timedelta(weeks=40))
    over = make_leniency_run(marker.area, by=None, at=LATER + timedelta(days=7))
    assert over.figures.get(marker=marker).drift == ""


def test_a_person_takes_out_what_is_held_about_their_marks_and_nothing_of_others():
    marking = twice.a_finished_second_marking({"B1": "NOT_MET"})
    figure = a_figure(marking.marker)
    leader = a_leader()
    FigureLook.objects.create(figure=figure, person=leader, seen_at=given.NOON)
    browser = as_(marking.marker)

    page = browser.open("/my-marks/").see("You gave 14 marks.", leader.full_name)
    answer = browser.client.get(page.links["Download as spreadsheet"])

    book = openpyxl.load_workbook(io.BytesIO(answer.content), read_only=True)
    marks = list(book["Marks"].values)[1:]
    assert {row[2] for row in marks} == {"Second marks"}
    assert ("B1", "Does not meet") in {row[3:5] for row in marks}
    assert len(list(book["Leniency"].values)) == 2
    assert list(book["Who saw it"].values)[1][1] == leader.full_name
    everything = " ".join(str(cell) for sheet in book for row in sheet.values for cell in row)
    assert marking.review.marker.full_name not in everything
    assert Event.objects.filter(name="own_marks.exported", by=marking.marker).count() == 1


def test_the_lines_for_another_program_say_the_same():
    marking = twice.a_finished_second_marking()

    answer = as_(marking.marker).client.get("/my-marks/file/csv/")

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    # Each mark, and the marking as a whole.
    assert sum(row[2:3] == ["Second marks"] for row in rows) == 14 + 1


def test_there_is_no_file_of_another_kind():
    marker = twice.a_manager(Unit.Kind.CROWN_COURT)

    assert as_(marker).try_("GET", "/my-marks/file/exe/") == 404
    assert as_(marker).try_("POST", "/my-marks/file/csv/") == 405


def test_the_wrong_role_does_not_see_leniency():
    assert as_(given.a_liaison_officer()).try_("GET", "/leniency/") == 403
