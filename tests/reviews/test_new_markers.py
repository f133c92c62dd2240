"""Who is a new marker: by what they marked of the same kind, letters or disclosure, alone."""

import pytest
import time_machine

from forthright.reviews.models import Review
from forthright.reviews.selectors.marked_once import first_marks
from tests import given
from tests.disclosure import sampled

pytestmark = pytest.mark.django_db


def marked_before(review):
    [found] = first_marks([review])
    return found.marked_before


def test_disclosure_that_somebody_marked_does_not_make_them_old_in_letters_nor_letters_in_it():
    with time_machine.travel(given.NOON, tick=True):
        letters = [given.a_marked_letter(), given.a_marked_letter()]
    with time_machine.travel(sampled.LATER, tick=True):
        disclosed = sampled.marked(sampled.a_served_duty())
        letters.append(given.a_marked_letter())
    Review.objects.update(marker=disclosed.marker)
    for each in [*letters, disclosed]:
        each.refresh_from_db()

    assert [marked_before(each) for each in letters] == [0, 1, 2]
    assert marked_before(disclosed) == 0
