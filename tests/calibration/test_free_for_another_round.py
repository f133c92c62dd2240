"""A letter that fewer than two finished in a closed round is free for another one."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Unit
from forthright.calibration.models import GoldLetter
from forthright.calibration.selectors.rounds import (
    finished_by_one_at_most,
    letters_offered,
    reasons_against,
    reviews_in_rounds,
)
from forthright.calibration.services import rounds as services
from tests.calibration.rounds_given import LATER, a_closed_round, a_round, agreed_levels, mark_all
from tests.calibration.test_one_alone import closed, nearly_closed
from tests.client import as_
from tests.reviews import twice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day():
    with time_machine.travel(LATER, tick=True):
        yield


def letters_of(held):
    return [letter.review for letter in held.letters.order_by("position")]


def test_it_is_free_once_the_round_is_closed_and_what_two_finished_is_not():
    held = nearly_closed()
    both, alone = letters_of(held)
    assert not {both, alone} & set(letters_offered(held.area, held.edition))

    closed(held)

    offered = letters_offered(held.area, held.edition)
    assert alone in offered
    assert both not in offered
    assert reviews_in_rounds([both.pk, alone.pk]) == [both.pk]
    assert [each.review for each in finished_by_one_at_most()] == [alone]


def test_two_others_agree_on_it_in_another_round():
    held = closed(nearly_closed())
    _, alone = letters_of(held)
    people = [twice.a_manager(Unit.Kind.FRAUD), twice.a_manager(Unit.Kind.VLU)]
    again = a_round(reviews=[alone], people=people, leader=held.made_by, at=LATER)
    for each in people:
        mark_all(again, each)
    services.close_round(again, by=held.made_by, at=LATER)
    letter = again.letters.select_related("round__edition", "review").get()

    services.agree_marks(letter, agreed_levels(letter), by=held.made_by, at=LATER)

    assert GoldLetter.objects.get().letter == letter
    assert alone not in letters_offered(held.area, held.edition)


def test_whoever_marked_it_there_or_saw_how_that_round_was_marked_does_not_mark_it_again():
    held = nearly_closed()
    _, alone = letters_of(held)
    first, second, ill = [each.person for each in held.markers.order_by("pk")]
    closed(held)
    third = twice.a_manager(Unit.Kind.FRAUD)
    as_(ill).open(f"/calibration/{held.pk}/")

    against = reasons_against([alone], [first, second, ill, third])[alone.pk]

    assert set(against) == {str(first.pk), str(second.pk), str(ill.pk)}
    assert against[str(second.pk)] == "marked this letter"


def test_whoever_only_was_asked_and_looked_at_the_open_round_may_mark_it():
    held = nearly_closed()
    held.markers.last().marks.all().delete()
    _, alone = letters_of(held)
    ill = held.markers.last().person
    as_(ill).open(f"/calibration/{held.pk}/")
    later = LATER + timedelta(hours=1)
    services.close_round(held, because="One is ill for a month.", by=held.made_by, at=later)

    assert reasons_against([alone], [ill])[alone.pk] == {}


def test_whoever_saw_a_round_that_has_nothing_of_a_letter_may_mark_that():
    held = a_closed_round()
    other = a_round(name="Others")
    person = held.markers.first().person
    as_(person).open(f"/calibration/{held.pk}/")

    assert reasons_against([other.letters.get().review], [person]) == {
        other.letters.get().review_id: {}
    }
