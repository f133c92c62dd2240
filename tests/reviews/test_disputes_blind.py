"""A dispute says how something was marked, so who is to mark it blind sees it afterwards."""

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.peer_checks.models import PartTold
from forthright.reviews.models import SecondMarking
from forthright.reviews.services import dispute_mark, tell_drafter
from forthright.reviews.services.second_marking import (
    give_second_marks_of,
    hide_marks,
    show_marks,
    take_back,
)
from tests import given
from tests.client import as_
from tests.disclosure import sampled

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_tuesday():
    with time_machine.travel(sampled.LATER, tick=False):
        yield


@pytest.fixture
def dispute():
    review = sampled.marked(sampled.a_served_duty(), {"D4": "PARTIALLY"})
    feedback = tell_drafter(review, by=review.marker, at=sampled.LATER, text="Say what you read.")
    return dispute_mark(
        feedback, review.marks.get(criterion__code="D4"), by=review.drawn_letter.prosecutor,
        at=sampled.LATER, reason="Item 2 says that I read it on 3 October.",
    )  # fmt: skip


def second_marks(review, reader):
    marking = give_second_marks_of(review, reader, because="by lot", by=None, at=sampled.LATER)
    return lambda: take_back(marking, by=None, at=sampled.LATER)


def a_round(review, reader):
    hide_marks(review, reader, by=None, at=sampled.LATER)
    return lambda: show_marks(review, reader, by=None, at=sampled.LATER)


@pytest.mark.parametrize("is_to_mark", [second_marks, a_round])
def test_a_dispute_is_hidden_from_whoever_is_to_mark_it_blind_until_they_have(dispute, is_to_mark):
    reader = given.a_person(Role.LEGAL_MANAGER, unit=given.a_unit(Unit.Kind.RASSO))
    browser, page = as_(reader), f"/disputes/{dispute.pk}/"
    case = dispute.feedback.review.drawn_letter.disclosure.case.urn
    end = is_to_mark(dispute.feedback.review, reader)

    browser.open(page, status=404)
    browser.post(page, status=404, new_level="STANDS", reason="It stands.")
    browser.open("/disputes/").not_see(case)
    browser.open("/").not_see("1 dispute to decide")

    end()
    browser.open(page).see("Partly meets")
    browser.open("/").see("1 dispute to decide")


def test_so_is_what_a_marking_told_whoever_wrote_the_reasons():
    review = given.a_marked_letter(levels={"B1": "NOT_MET"})
    prosecutor = given.a_person(Role.PROSECUTOR)
    part = PartTold.objects.create(
        area=review.area, unit=review.unit, version=review.letter_version,
        about=PartTold.About.REASONS, recipient=prosecutor, review_number=review.pk,
        to_change="Give a fact.", told_by=review.marker, told_at=given.NOON,
        dispute_by=sampled.LATER.date(), dispute_because=[], disputed_at=sampled.LATER,
        dispute_reason="It gives two.", decide_by=sampled.LATER.date(), decide_because=[],
        outcome="OPEN",
    )  # fmt: skip
    reader = given.a_person(Role.LEGAL_MANAGER)
    browser, page = as_(reader), f"/checks/disputes/{part.pk}/"
    browser.open(page).see("Give a fact.")
    # As if given before they had this role, which marks no letters.
    marking = SecondMarking.objects.create(
        review=review, area=review.area, unit=review.unit, marker=reader, because="by lot",
        chosen_at=sampled.LATER,
    )  # fmt: skip

    browser.open(page, status=404)
    browser.open("/checks/disputes/").not_see(review.drawn_letter.duty.reference)

    take_back(marking, by=None, at=sampled.LATER)
    browser.open(page).see("Give a fact.")
