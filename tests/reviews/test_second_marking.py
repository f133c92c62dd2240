"""Second marks are given by lot to another unit, blind, and stand beside the first."""

import pytest
from django.http import Http404

from forthright.accounts.models import Role, Unit
from forthright.accounts.permissions import TABLE, Permission
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.reviews.models import LetterCheck, SecondMarking
from forthright.reviews.selectors import review_for
from forthright.reviews.selectors.second_marks import (
    both_levels,
    levels_to_compare,
    second_marking_for,
    second_marks_to_give,
)
from forthright.reviews.services.second_marking import (
    NoSuchLevel,
    choose_letters_to_mark_again,
    finish_second_marking,
    open_second_marking,
    save_second_levels,
)
from forthright.rules.leniency import study_leniency
from forthright.rules.rubric import Level
from forthright.rules.scoring import MarksHaveProblems
from tests import given
from tests.reviews.twice import (
    LATER,
    a_finished_second_marking,
    a_manager,
    a_second_marking,
    draw_lot,
    levels_for,
)

pytestmark = pytest.mark.django_db


def test_a_letter_chosen_by_lot_goes_to_a_manager_of_another_unit():
    own_unit = given.a_person(Role.LINE_MANAGER, unit=given.a_unit())
    marking = a_second_marking()

    assert marking.marker not in {marking.review.marker, own_unit}
    assert marking.because == "by lot, 50 in 100 while the first marker is new"
    assert Event.objects.filter(name="second_marking.chosen").count() == 1
    assert Event.objects.filter(name="second_marking.given").count() == 1


def test_choosing_again_chooses_nothing_else():
    marking = a_second_marking()
    again = choose_letters_to_mark_again(marking.area, by=None, at=LATER)

    assert again == 0
    assert SecondMarking.objects.count() == 1


def test_a_letter_whose_lot_is_not_drawn_stays_so():
    a_manager()
    review = draw_lot(given.a_marked_letter(), chosen=False)

    times = [choose_letters_to_mark_again(review.area, by=None, at=LATER) for _ in range(2)]

    assert times == [0, 0]


@pytest.mark.parametrize(
    ("level", "because"),
    [
        pytest.param("stop", ["a critical pass is in doubt: A1"], id="a stop"),
        pytest.param("warn", [], id="a warning"),
    ],
)
def test_a_critical_pass_goes_whatever_its_lot_where_a_check_would_stop_the_letter(level, because):
    a_manager()
    review = draw_lot(given.a_marked_letter(), chosen=False)
    rule = next(
        rule
        for rule, said in review.letter_check.check_set.rules.items()
        if (said["criterion"], said["level"]) == ("A1", level)
    )
    LetterCheck.objects.update(fired={rule: 1})

    choose_letters_to_mark_again(review.area, by=None, at=LATER)

    assert list(SecondMarking.objects.values_list("because", flat=True)) == because


def test_without_anybody_of_another_unit_the_letter_waits_and_is_offered_anew():
    review = draw_lot(given.a_marked_letter())
    choose_letters_to_mark_again(review.area, by=None, at=LATER)
    waiting = SecondMarking.objects.get().marker

    newcomer = a_manager()
    choose_letters_to_mark_again(review.area, by=None, at=LATER)

    assert waiting is None
    assert SecondMarking.objects.get().marker == newcomer


@pytest.mark.parametrize("role", Role.values)
def test_who_may_choose_letters_for_second_marks(role):
    review = draw_lot(given.a_marked_letter())
    person = given.a_person(role)

    if Permission.SAMPLE_DRAW in TABLE[role]:
        assert choose_letters_to_mark_again(review.area, by=person, at=LATER) == 1
    else:
        with pytest.raises(NotAllowed):
            choose_letters_to_mark_again(review.area, by=person, at=LATER)


@pytest.mark.parametrize("role", Role.values)
def test_nobody_but_the_second_marker_reaches_marks_that_are_not_done(role):
    marking = a_second_marking()
    save_second_levels(marking, {"A1": "FULLY"}, by=marking.marker, at=LATER)
    person = given.a_person(role)

    with pytest.raises(Http404):
        second_marking_for(person, marking.pk)
    with pytest.raises(NotAllowed):
        open_second_marking(marking, by=person, at=LATER)
    with pytest.raises(NotAllowed):
        save_second_levels(marking, {"A1": "NOT_MET"}, by=person, at=LATER)
    with pytest.raises(NotAllowed):
        finish_second_marking(marking, by=person, at=LATER)
    assert both_levels(marking) == []


@pytest.mark.parametrize("role", Role.values)
def test_when_both_are_done_whoever_reaches_the_first_reaches_the_second(role):
    marking = a_finished_second_marking()
    person = given.a_person(role, unit=given.a_unit())
    reaches = Permission.REVIEW_SEE in TABLE[role]

    if reaches:
        assert second_marking_for(person, marking.pk) == marking
    else:
        with pytest.raises(Http404):
            second_marking_for(person, marking.pk)


def test_nothing_of_another_area_is_reached():
    marking = a_finished_second_marking()
    elsewhere = given.a_unit(area=given.an_area("Elsewhere"))
    stranger = given.a_person(Role.LINE_MANAGER, unit=elsewhere, area=elsewhere.area)

    with pytest.raises(Http404):
        second_marking_for(stranger, marking.pk)


def test_even_one_who_reaches_every_letter_sees_the_first_marks_only_when_both_are_done():
    """The managers of the Victim Liaison Unit reach the marks of the whole Area."""
    liaison = a_manager(Unit.Kind.VLU)
    review = draw_lot(given.a_marked_letter())
    letter = review.drawn_letter_id
    before = review_for(liaison, letter)

    choose_letters_to_mark_again(review.area, by=None, at=LATER)
    marking = second_marks_to_give(liaison).get()
    with pytest.raises(Http404):
        review_for(liaison, letter)
    save_second_levels(marking, levels_for(marking), by=liaison, at=LATER)
    finish_second_marking(marking, by=liaison, at=LATER)

    assert before == review_for(liaison, letter) == review


def test_what_the_second_marker_sees_holds_nothing_of_the_first_marks():
    marking = a_second_marking(levels={"B1": "NOT_MET"})
    sheet = open_second_marking(marking, by=marking.marker, at=LATER)

    assert sheet.text == given.LETTER
    assert sheet.levels == {}
    assert "B1" in {each.code for each in sheet.criteria}
    assert Event.objects.filter(name="letter.words_seen", by=marking.marker).count() == 1


def test_both_marks_stay_side_by_side():
    marking = a_finished_second_marking({"B1": "NOT_MET"}, levels={"B2": "PARTIALLY"})
    review = review_for(marking.review.marker, marking.review.drawn_letter_id)
    both = {each.criterion.code: (each.first, each.second) for each in both_levels(marking)}

    assert both["B1"] == (Level.FULLY, Level.NOT_MET)
    assert both["B2"] == (Level.PARTIALLY, Level.FULLY)
    assert marking.overall == Level.PARTIALLY
    assert review.overall == given.a_marked_letter(levels={"B2": "PARTIALLY"}).overall


def test_second_marks_are_finished_only_whole():
    marking = a_second_marking()
    levels = levels_for(marking)
    del levels["B3"]
    save_second_levels(marking, levels, by=marking.marker, at=LATER)

    with pytest.raises(MarksHaveProblems, match="Mark B3"):
        finish_second_marking(marking, by=marking.marker, at=LATER)

    marking.refresh_from_db()
    assert marking.marked_at is None


def test_finished_second_marks_no_longer_change():
    marking = a_finished_second_marking()

    with pytest.raises(NotAllowed, match="no longer change"):
        save_second_levels(marking, {"A1": "NOT_MET"}, by=marking.marker, at=LATER)


@pytest.mark.parametrize(
    "levels",
    [{"A1": "PERFECT"}, {"Z9": "FULLY"}, {"A4": "FULLY"}],
    ids=["level", "code", "in time"],
)
def test_what_the_standard_has_not_is_refused(levels):
    marking = a_second_marking()

    with pytest.raises(NoSuchLevel):
        save_second_levels(marking, levels, by=marking.marker, at=LATER)


def test_a_level_that_the_record_rules_out_is_neither_kept_nor_finished():
    marking = a_second_marking()
    levels = levels_for(marking)
    assert levels["A5"] == "NOT_APPLICABLE"

    with pytest.raises(NoSuchLevel, match="A5: “Fully meets” is ruled out by what the record says"):
        save_second_levels(marking, {"A5": "FULLY"}, by=marking.marker, at=LATER)
    assert not marking.levels.exists()
    save_second_levels(marking, levels, by=marking.marker, at=LATER)
    marking.levels.filter(criterion__code="A5").update(level="FULLY")
    with pytest.raises(MarksHaveProblems, match="A5: “Fully meets” is ruled out"):
        finish_second_marking(marking, by=marking.marker, at=LATER)


def test_whoever_has_since_approved_the_letter_gives_no_second_marks():
    marking = a_second_marking()
    duty = marking.review.drawn_letter.duty
    duty.drafter = marking.marker
    duty.save()

    with pytest.raises(NotAllowed, match="You drafted this letter"):
        open_second_marking(SecondMarking.objects.get(), by=marking.marker, at=LATER)


def test_what_was_marked_twice_tells_leniency_and_below_ten_nobody_has_a_figure():
    marking = a_finished_second_marking({"B1": "NOT_MET"})
    levels = levels_to_compare(marking.area, since=given.NOON)
    study = study_leniency(levels)

    assert {each.marker for each in levels} == {marking.marker_id, marking.review.marker_id}
    assert [each.letters for each in study.of_each] == [1, 1]
    assert all("too few to say" in each.words for each in study.of_each)
