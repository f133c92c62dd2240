"""Second marks go to nobody who has seen how the letter was marked, by the record of acts."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.reviews.models import SecondMarking
from forthright.reviews.selectors.saw_marks import saw_marks
from forthright.reviews.services.second_marking import (
    choose_letters_to_mark_again,
    give_second_marks_of,
)
from tests import given
from tests.client import as_
from tests.disclosure import sampled
from tests.reviews import twice
from tests.reviews.test_disclosure_marked import drawn_by_lot
from tests.reviews.test_marked_twice import marked_again

pytestmark = pytest.mark.django_db
MORNING = given.NOON + timedelta(minutes=30)


def looks(reader, path, at=MORNING):
    with time_machine.travel(at, tick=False):
        as_(reader).open(path)


def chosen(review, at=twice.LATER):
    choose_letters_to_mark_again(review.area, by=None, at=at)
    return SecondMarking.objects.get()


def test_whoever_read_the_marks_before_the_lots_were_drawn_is_given_none_and_the_page_says_so():
    reader = twice.a_manager(Unit.Kind.VLU)
    review = twice.draw_lot(given.a_marked_letter(levels={"B1": "NOT_MET"}))
    looks(reader, f"/reviews/{review.drawn_letter_id}/")

    assert chosen(review).marker is None
    with time_machine.travel(twice.LATER, tick=False):
        as_(reader).open("/agreement/").see(
            "1 thing was chosen for second marks and is with nobody",
            "For 1 of 1 there is somebody", "offered again at 5:30am from Monday to Friday",
        )  # fmt: skip

    other = twice.a_manager(Unit.Kind.FRAUD)
    assert chosen(review).marker == other
    with time_machine.travel(twice.LATER, tick=False):
        as_(reader).open("/agreement/").not_see("with nobody")


@pytest.mark.parametrize("path", ["/reviews/", "twin", "letter"])
def test_a_list_and_the_other_marking_of_the_same_letter_count_as_a_look(path):
    reader = twice.a_manager(Unit.Kind.VLU)
    review = twice.draw_lot(given.a_marked_letter(levels={"B1": "NOT_MET"}))
    if path != "/reviews/":
        twin = marked_again(review, {})
        drawn = twin.drawn_letter
        path = f"/reviews/{drawn.pk}/" if path == "twin" else f"/reviews/letters/{drawn.duty_id}/"
    looks(reader, path, at=twice.LATER)

    choose_letters_to_mark_again(review.area, by=None, at=twice.LATER)
    assert SecondMarking.objects.get(review=review).marker != reader


def test_what_is_taken_back_from_a_leaver_goes_to_nobody_who_saw_it_meanwhile():
    first = twice.a_manager(Unit.Kind.RASSO)
    review = twice.draw_lot(given.a_marked_letter(levels={"B1": "NOT_MET"}))
    assert chosen(review).marker == first
    reader = twice.a_manager(Unit.Kind.VLU)
    looks(reader, f"/reviews/{review.drawn_letter_id}/", at=twice.LATER)
    first.is_active = False
    first.save()

    assert chosen(review, given.NOON + timedelta(days=1)).marker is None


def test_what_was_given_before_to_somebody_who_had_seen_it_is_taken_back_unless_begun():
    reader = twice.a_manager(Unit.Kind.VLU)
    review = given.a_marked_letter(levels={"B1": "NOT_MET"})
    looks(reader, f"/reviews/{review.drawn_letter_id}/")
    give_second_marks_of(review, reader, because="by lot", by=None, at=twice.LATER)
    SecondMarking.objects.update(opened_at=twice.LATER)

    assert chosen(review).marker == reader
    SecondMarking.objects.update(opened_at=None)
    assert chosen(review).marker is None


def test_disclosure_goes_to_the_legal_manager_who_has_not_read_its_marks():
    review = sampled.marked(sampled.a_served_duty(), {"D4": "PARTIALLY"})
    reader, other = (
        given.a_person(Role.LEGAL_MANAGER, unit=given.a_unit(Unit.Kind.RASSO)) for _ in range(2)
    )
    looks(reader, f"/reviews/{review.drawn_letter_id}/", at=sampled.LATER)
    drawn_by_lot(review)

    assert chosen(review, sampled.LATER + timedelta(hours=1)).marker == other


def test_whoever_read_a_dispute_s_name_in_a_list_knows_its_marks():
    dispute = given.a_disputed_mark()
    review = dispute.feedback.review
    reader = given.a_person(Role.LEGAL_MANAGER)
    other = given.a_person(Role.LEGAL_MANAGER)

    looks(reader, "/disputes/", at=twice.LATER)

    assert saw_marks([review], [reader, other]) == {(review.pk, reader.pk)}


def test_what_another_plan_s_marker_gave_the_same_letter_is_hidden_too_until_the_marks_are_given():
    first = given.a_marked_letter()
    twin = marked_again(first, {"B1": "NOT_MET"})
    reader = twice.a_manager(Unit.Kind.VLU)
    browser, page = as_(reader), f"/reviews/{twin.drawn_letter_id}/"
    with time_machine.travel(twice.LATER, tick=False):
        marking = give_second_marks_of(first, reader, because="by lot", by=None, at=twice.LATER)
        browser.open(page, status=404)
        browser.open("/reviews/").not_see("Does not meet", "Marked twice")
        as_(twin.marker).open(page)

        twice.mark_again(marking)
        browser.open(page).see("Does not meet")
