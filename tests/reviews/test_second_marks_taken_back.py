"""Second marks are waited for from nobody who may not give them any more."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Unit, User
from forthright.reviews.selectors.second_marks import second_marks_to_give
from forthright.reviews.services.second_marking import choose_letters_to_mark_again
from tests import given
from tests.reviews import twice

pytestmark = pytest.mark.django_db
NEXT_DAY = twice.LATER + timedelta(days=1)


@pytest.fixture(autouse=True)
def _a_day_later():
    with time_machine.travel(NEXT_DAY, tick=True):
        yield


def test_who_moved_to_the_letters_unit_is_asked_no_more():
    marking = twice.a_second_marking()
    before = marking.marker
    User.objects.filter(pk=before.pk).update(unit=marking.unit)
    other = twice.a_manager(Unit.Kind.RASSO)

    choose_letters_to_mark_again(marking.area, by=None, at=NEXT_DAY)

    marking.refresh_from_db()
    assert marking.marker == other
    assert not second_marks_to_give(before).exists()


def test_who_may_still_mark_it_keeps_it():
    marking = twice.a_second_marking()
    twice.a_manager(Unit.Kind.RASSO)

    choose_letters_to_mark_again(marking.area, by=None, at=NEXT_DAY)

    assert marking.marker_id == type(marking).objects.get(pk=marking.pk).marker_id
    assert given.an_area() == marking.area
