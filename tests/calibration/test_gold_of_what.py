"""Agreed letters go out after second marks of letters, and by the standard in force alone."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Unit
from forthright.calibration.models import GoldGiven
from forthright.calibration.services.gold import hand_out_letters_marked_before
from forthright.reviews.services.second_marking import give_second_marks_of
from tests import given
from tests.calibration.rounds_given import a_companion, a_gold_letter, adopt
from tests.disclosure import sampled
from tests.reviews import twice

pytestmark = pytest.mark.django_db
AT = sampled.LATER + timedelta(hours=1)


@pytest.fixture
def gold():
    """Return a letter with agreed marks, and somebody who may be given it, three weeks ago."""
    with time_machine.travel(given.NOON, tick=True):
        gold = a_gold_letter()
        a_companion(gold)
        twice.a_manager(Unit.Kind.FRAUD)
        adopt(gold.area, gold_percent=100)
    with time_machine.travel(AT, tick=True):
        yield gold


def marked_again(review):
    second = twice.a_manager(Unit.Kind.RASSO)
    return give_second_marks_of(review, second, because="by lot", by=None, at=AT)


def test_second_marks_of_disclosure_make_no_agreed_letter_due(gold):
    marked_again(sampled.marked(sampled.a_served_duty()))
    assert hand_out_letters_marked_before(gold.area, by=None, at=AT) == 0
    assert not GoldGiven.objects.exists()

    marked_again(given.a_marked_letter())
    assert hand_out_letters_marked_before(gold.area, by=None, at=AT) == 2
    assert GoldGiven.objects.get().gold == gold
