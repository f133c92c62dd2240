"""Agreed letters go out after second marks of letters, and by the standard in force alone."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from forthright.accounts.models import Unit
from forthright.calibration.models import GoldGiven
from forthright.calibration.services.gold import hand_out_letters_marked_before
from forthright.reviews.services.second_marking import give_second_marks_of
from forthright.standards.selectors.wordings import editions_asked_alike
from tests import given
from tests.calibration.rounds_given import a_companion, a_gold_letter, adopt
from tests.client import as_
from tests.disclosure import sampled
from tests.reviews import twice
from tests.standards.a_new_wording import adopt_another

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


def test_one_agreed_by_an_edition_that_asked_otherwise_rests_and_the_list_says_so(gold):
    adopt_another(gold.letter.review.edition, of=AT.date())
    marked_again(given.a_marked_letter())

    assert hand_out_letters_marked_before(gold.area, by=None, at=AT) == 0
    as_(gold.made_by).open("/calibration/agreed/").see(
        "Rests: its marks were agreed by edition 1 of the standard, and that in force asks"
    ).not_see("Goes out.")


def test_one_agreed_by_an_edition_of_the_same_words_goes_out(gold):
    adopt_another(gold.letter.review.edition, of=AT.date(), guidance="Look at the second page.")
    marked_again(given.a_marked_letter())

    assert hand_out_letters_marked_before(gold.area, by=None, at=AT) == 2
    as_(gold.made_by).open("/calibration/agreed/").see("Goes out.").not_see("Rests")
    given_out = GoldGiven.objects.get().marking
    as_(given_out.marker).open(reverse("reviews:second_mark", args=[given_out.pk])).see(
        "What is asked is that of edition 1 of the standard, by which it was marked first."
    )


def test_none_goes_out_where_no_edition_is_in_force(gold):
    before = given.NOON.date().replace(year=2020)

    assert editions_asked_alike(gold.area, before) == set()
