"""Letters that are picked by how they were marked make nobody who marked them first lenient."""

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import numpy as np
import pytest
import time_machine
from django.apps import apps

from forthright.calibration.models import GoldGiven, LeniencyRun
from forthright.calibration.selectors.comparing import Compared, MarksOf, compared_in
from forthright.calibration.services.leniency import make_leniency_run
from forthright.reviews.services.second_marking import give_second_marks_of
from forthright.rules.leniency import study_leniency
from forthright.rules.rubric import Level
from forthright.rules.second_marks import MARKED_BEFORE
from forthright.web.models import Job
from tests import given
from tests.calibration.rounds_given import LATER, a_closed_round, a_gold_letter, a_leader, markers
from tests.calibration.test_change_in_rounds import a_change_told
from tests.client import as_
from tests.reviews import twice

pytestmark = pytest.mark.django_db
SINCE = given.NOON - timedelta(weeks=26)
CUTS, CRITERIA, RUNS = (-1.3, -0.3), 12, 60
LEVELS = (Level.NOT_MET, Level.PARTIALLY, Level.FULLY)


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(LATER, tick=True):
        yield


def test_first_marks_of_a_letter_of_a_round_are_held_against_nothing_that_was_given_there():
    held = a_closed_round(letters=2)
    first = held.letters.first().review.marker

    compared = compared_in(held.area, SINCE)

    in_round = set(held.markers.values_list("person", flat=True))
    assert [set(each) for each in compared.levels.values()] == [in_round, in_round]
    assert {each.marker for each in compared.verdicts()} == in_round
    run = make_leniency_run(held.area, by=None, at=LATER)
    assert "0 letters" in run.figures.get(marker=first).words
    assert len(run.reviews) == 2


def test_nor_against_its_agreed_marks_when_it_goes_out_again():
    gold = a_gold_letter()
    person = twice.a_manager(twice.Unit.Kind.FRAUD)
    marking = give_second_marks_of(
        gold.letter.review, person, because=MARKED_BEFORE, by=None, at=LATER
    )
    GoldGiven.objects.create(gold=gold, marking=marking)
    twice.mark_again(marking)

    [of_each] = compared_in(gold.area, SINCE).levels.values()

    assert {None, person.pk} < set(of_each)
    assert gold.letter.review.marker_id not in of_each


def test_first_and_second_marks_by_lot_stay_compared_though_the_letter_is_picked_later():
    done = twice.a_finished_second_marking()
    a_closed_round(reviews=[done.review], people=markers(twice.Unit.Kind.FRAUD,
                                                         twice.Unit.Kind.RASSO))  # fmt: skip

    levels = compared_in(done.area, SINCE).levels

    duty = done.review.drawn_letter.duty_id
    assert set(levels[MarksOf(duty)]) == {done.review.marker_id, done.marker_id}
    assert levels[MarksOf(duty, is_picked=True)].keys().isdisjoint(levels[MarksOf(duty)])
    assert make_leniency_run(done.area, by=None, at=LATER).reviews == [done.review_id]


def test_the_page_says_so():
    held = a_closed_round()
    make_leniency_run(held.area, by=None, at=LATER)

    as_(a_leader()).open("/leniency/").see(
        "Letters of calibration rounds are picked by somebody who could read how they were marked"
    )


def test_a_change_told_by_first_marks_of_letters_of_a_round_is_told_no_more():
    held = a_closed_round(letters=10)
    letters = list(held.letters.values_list("pk", flat=True))
    figure = a_change_told(held, look_at_rounds=letters)
    again = make_leniency_run(held.area, by=None, at=LATER + timedelta(days=7))
    assert again.figures.get(marker=figure.marker).drift == figure.drift

    # As one who marked these letters first, and not in the round, was told of before.
    held.markers.get(person=figure.marker).marks.all().delete()

    compared = compared_in(held.area, SINCE)
    told = SimpleNamespace(look_at=[], look_at_rounds=letters)
    assert not compared.still_compares(figure.marker_id, told)


def test_leniency_of_before_is_worked_out_anew():
    area = given.a_marked_letter().area
    make_leniency_run(area, by=None, at=LATER)
    asking = import_module(
        "forthright.calibration.migrations.0009_leniency_without_what_was_picked"
    )

    asking.ask_for_leniency(apps, None)
    asking.ask_for_leniency(apps, None)

    assert LeniencyRun.objects.count() == 1
    assert [each.area_id for each in Job.objects.filter(name="calibration.leniency")] == [area.pk]


def called(seed, order):
    """Return who is called lenient or severe of six who mark alike, as letters are picked.

    One of them marks sixty letters first; every fourth is marked again by lot, and the twelve that
    come first in the order are marked by three others in a round.
    """
    chance = np.random.default_rng(seed)
    found = Compared()

    def gave(item):
        seen = item + chance.normal(0, 0.2) + chance.normal(0, 0.5, CRITERIA)
        return np.searchsorted(CUTS, seen)

    def add(letter, marker, levels, **picked):
        edition = SimpleNamespace(pk=1)
        review = SimpleNamespace(
            drawn_letter=SimpleNamespace(owed_id=letter), edition=edition, edition_id=1
        )
        codes = {f"A{number}": LEVELS[each] for number, each in enumerate(levels)}
        found.add(review, marker, codes, LATER, **picked)

    hardness = chance.normal(0, 0.6, CRITERIA)
    items = [chance.normal(0, 0.5) + hardness + chance.normal(0, 0.5, CRITERIA) for _ in range(60)]
    first = [gave(each) for each in items]
    for letter in range(0, 60, 4):
        add(letter, 0, first[letter])
        add(letter, 4 + letter // 4 % 2, gave(items[letter]))
    for letter in sorted(range(60), key=lambda each: order * first[each].sum())[:12]:
        for marker in (1, 2, 3):
            add(letter, marker, gave(items[letter]), is_picked=True)
    study = study_leniency(found.given())
    return [each.is_shown for each in study.of_each if each.interval]


@pytest.mark.parametrize("order", [pytest.param(-1, id="best"), pytest.param(1, id="worst")])
def test_of_markers_who_are_alike_at_most_one_in_twenty_is_called_lenient_or_severe(order):
    shown = [each for seed in range(RUNS) for each in called(seed, order)]

    assert len(shown) >= 4 * RUNS
    assert sum(shown) / len(shown) <= 0.05
