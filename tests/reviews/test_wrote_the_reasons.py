"""Whoever wrote the reasons of a letter had a hand in it: they mark it at no time."""

from dataclasses import replace

import pytest
import time_machine

from forthright.accounts.covering import let_cover
from forthright.accounts.models import Role, User
from forthright.accounts.policies import NotAllowed
from forthright.calibration.selectors.rounds import reasons_against
from forthright.letters.models import ReasonsNote
from forthright.letters.services.notes import write_note
from forthright.morning_lists.selectors.covers import covering_on
from forthright.morning_lists.services.covering import NewCover, name_deputy
from forthright.peer_checks.models import PartTold
from forthright.reviews.selectors.saw_marks import saw_marks
from forthright.reviews.selectors.second_marks import second_marks_to_give
from forthright.reviews.services import (
    finish_review,
    open_review,
    save_marks,
    save_summary,
    tell_drafter,
)
from forthright.reviews.services.second_marking import choose_letters_to_mark_again
from forthright.samples.models import DrawnLetter
from forthright.samples.selectors.hands import hands_of, went_through_its_marker
from tests import given
from tests.client import as_
from tests.reviews.twice import LATER, a_manager, draw_lot

pytestmark = pytest.mark.django_db
TODAY = LATER.date()


@pytest.fixture(autouse=True)
def at_the_hour():
    with time_machine.travel(LATER, tick=True):
        yield


def write_reasons(duty, writer):
    """Let somebody stand in for the legal SPOC of a unit, write the reasons, and be themselves."""
    spoc, legal = (
        given.a_person(role, unit=duty.unit) for role in (Role.LEGAL_SPOC, Role.LEGAL_MANAGER)
    )
    cover = NewCover(spoc=spoc, deputy=writer, first_day=TODAY, last_day=TODAY)
    name_deputy(duty.unit, cover, by=legal, at=given.NOON)
    let_cover(writer, covering_on(writer, TODAY))
    write_note(duty, given.REASONS, by=writer, at=given.NOON)
    return User.objects.get(pk=writer.pk)


def told_of_reasons(review):
    """Return what the first marker told whoever wrote the reasons."""
    given_to = {"by": review.marker, "at": given.NOON}
    save_marks(review, given.answers_for(review, {"B1": "NOT_MET"}), **given_to)
    save_summary(review, replace(given.SUMMARY, root_cause="EXPLANATION"), **given_to)
    tell_drafter(finish_review(review, **given_to), **given_to, text="Say why.")
    return PartTold.objects.get(review_number=review.pk)


def test_the_writer_of_the_reasons_gives_no_first_marks():
    drawn = given.a_drawn_letter()
    writer = write_reasons(drawn.duty, drawn.marker)

    assert hands_of(drawn).acts_of(writer.pk) == ("wrote the reasons of",)
    assert DrawnLetter.objects.filter(went_through_its_marker(), pk=drawn.pk).exists()
    with pytest.raises(NotAllowed, match="You wrote the reasons of this letter, so somebody else"):
        open_review(drawn, by=writer, at=given.NOON)


def test_the_writer_of_the_reasons_is_not_chosen_for_the_second_marks():
    review, writer = given.a_marked_letter(), a_manager()
    writer = write_reasons(review.drawn_letter.duty, writer)

    choose_letters_to_mark_again(draw_lot(review).area, by=None, at=LATER)

    assert not second_marks_to_give(writer).exists()


def test_another_of_the_same_unit_is_chosen():
    review, writer = given.a_marked_letter(), a_manager()
    write_reasons(review.drawn_letter.duty, writer)
    other = given.a_person(Role.LINE_MANAGER, unit=writer.unit)

    choose_letters_to_mark_again(draw_lot(review).area, by=None, at=LATER)

    assert second_marks_to_give(other).exists()


def test_the_writer_of_the_reasons_marks_it_in_no_round():
    review = given.a_marked_letter()
    writer = write_reasons(review.drawn_letter.duty, a_manager())

    against = reasons_against([review], [writer])

    assert against == {review.pk: {str(writer.pk): "wrote the reasons of this letter"}}


@pytest.mark.parametrize("is_listed", [False, True])
def test_who_opened_what_a_marking_told_them_has_seen_the_marks(is_listed):
    review = given.a_started_review()
    writer = write_reasons(review.drawn_letter.duty, a_manager())
    part = told_of_reasons(review)
    assert not saw_marks([review], [writer])

    assert as_(writer).open("/feedback/" if is_listed else f"/checks/told/{part.pk}/").text

    assert saw_marks([review], [writer]) == {(review.pk, writer.pk)}
    # The record stands for itself, whoever wrote the reasons.
    ReasonsNote.objects.update(written_by=None)
    assert "seen the marks" in reasons_against([review], [writer])[review.pk][str(writer.pk)]
