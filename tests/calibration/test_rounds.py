"""A round is marked blind, closed, talked about and agreed; nobody sees a mark too early."""

from dataclasses import replace
from datetime import timedelta

import pytest

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.calibration.models import AgreedMark, GoldLetter, Round, RoundMark
from forthright.calibration.selectors import rounds as selectors
from forthright.calibration.services import rounds as services
from forthright.calibration.services.rounds import Agreed, RoundDraft, RoundRefused
from forthright.reviews.selectors.lists import reviews_visible_to
from forthright.reviews.services import see_review
from tests import given
from tests.calibration.rounds_given import (
    FRIDAY,
    LATER,
    a_closed_round,
    a_leader,
    a_round,
    agreed_levels,
    levels_for,
    mark_all,
    markers,
)
from tests.reviews import twice

pytestmark = pytest.mark.django_db


def draft_of(review, people, **changed):
    draft = RoundDraft(
        name="Reasons", reviews={review.pk}, people={p.pk for p in people}, mark_by=FRIDAY
    )
    return replace(draft, **changed)


def test_a_round_hides_its_letters_marks_from_who_marks_in_it():
    review = given.a_marked_letter()
    [one, other] = markers(Unit.Kind.VLU, Unit.Kind.RASSO)
    assert reviews_visible_to(one).filter(pk=review.pk).exists()

    held = a_round(reviews=[review], people=[one, other])

    assert not reviews_visible_to(one).filter(pk=review.pk).exists()
    assert Event.objects.filter(name="round.made", subject_id=str(held.pk)).exists()
    assert Event.objects.filter(name="marks.hidden").count() == 2


def test_the_marks_are_seen_again_when_the_round_is_closed():
    review = given.a_marked_letter()
    [one, other] = markers(Unit.Kind.VLU, Unit.Kind.RASSO)

    a_closed_round(reviews=[review], people=[one, other])

    assert reviews_visible_to(one).filter(pk=review.pk).exists()


def test_who_marked_a_letter_before_marks_the_others_of_the_round():
    first = twice.a_manager(Unit.Kind.CROWN_COURT)
    mine, others = given.a_marked_letter(marker=first), given.a_marked_letter()
    people = [first, *markers()]

    held = a_round(reviews=[mine, others], people=people)

    assert [each.review for each in selectors.letters_of(selectors.marker_in(held, first))] == [
        others
    ]
    letter = held.letters.get(review=mine)
    assert letter.left_out == {str(first.pk): "marked this letter"}
    with pytest.raises(NotAllowed, match="marked this letter"):
        services.open_letter_in_round(letter, by=first, at=LATER)


def test_who_has_seen_the_marks_cannot_mark_as_if_for_the_first_time():
    review = given.a_marked_letter()
    [one, other] = markers(Unit.Kind.VLU, Unit.Kind.RASSO)
    see_review(review, by=one, at=given.NOON)

    with pytest.raises(RoundRefused, match="has seen the marks of this letter"):
        a_round(reviews=[review], people=[one, other])

    assert not Round.objects.exists()


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"name": "."}, "name"),
        ({"reviews": set()}, "Choose letters"),
        ({"reviews": {999}}, "Choose letters"),
        ({"mark_by": FRIDAY - timedelta(days=30)}, "over already"),
    ],
)
def test_a_round_that_cannot_be_is_refused_in_words(changed, why):
    review = given.a_marked_letter()

    with pytest.raises(RoundRefused, match=why):
        services.make_round(
            review.area, draft_of(review, markers(), **changed), by=a_leader(), at=given.NOON
        )

    assert not Round.objects.exists()


def test_a_round_needs_two_people_of_the_area():
    review = given.a_marked_letter()
    stranger = given.a_person(Role.LINE_MANAGER, area=given.an_area("Wessex"))

    with pytest.raises(RoundRefused, match="two people"):
        services.make_round(
            review.area, draft_of(review, [markers()[0], stranger]), by=a_leader(), at=given.NOON
        )

    assert not Round.objects.exists()


def test_a_letter_that_waits_for_second_marks_is_not_offered():
    marking = twice.a_second_marking()

    offered = selectors.letters_offered(marking.area, marking.review.edition)

    assert offered == []


def test_a_line_manager_makes_no_round():
    review = given.a_marked_letter()

    with pytest.raises(NotAllowed, match="lead a calibration round"):
        services.make_round(
            review.area, draft_of(review, markers()), by=markers()[0], at=given.NOON
        )

    assert not Round.objects.exists()


def test_nothing_is_shown_of_anybodys_marks_before_the_round_is_closed():
    held = a_round()
    [one, other] = [each.person for each in held.markers.order_by("pk")]
    mark_all(held, one, {"B1": "NOT_MET"})

    sheet = services.open_letter_in_round(held.letters.get(), by=other, at=LATER)

    assert sheet.levels == {}
    assert selectors.marks_by_letter(held) == {}


def test_finished_marks_no_longer_change():
    held = a_round()
    person = held.markers.first().person
    mark_all(held, person)

    with pytest.raises(NotAllowed, match="have finished your marks"):
        services.save_marks_in_round(held.letters.get(), {"B1": "NOT_MET"}, by=person, at=LATER)

    assert not RoundMark.objects.filter(level="NOT_MET").exists()


def test_a_letter_that_is_not_wholly_marked_is_not_finished():
    held = a_round()
    person = held.markers.first().person
    services.save_marks_in_round(held.letters.get(), {"B1": "FULLY"}, by=person, at=LATER)

    with pytest.raises(RoundRefused, match="Letter 1 is not wholly marked"):
        services.finish_marks_in_round(held, by=person, at=LATER)

    assert held.markers.get(person=person).finished_at is None


def test_a_level_that_the_standard_has_not_is_refused():
    held = a_round()
    person = held.markers.first().person

    with pytest.raises(RoundRefused, match="no level SPLENDID of B1"):
        services.save_marks_in_round(held.letters.get(), {"B1": "SPLENDID"}, by=person, at=LATER)

    assert not RoundMark.objects.exists()


def test_a_round_closes_with_two_and_needs_a_reason_where_somebody_has_not_finished():
    people = markers(Unit.Kind.MAGISTRATES, Unit.Kind.RASSO, Unit.Kind.VLU)
    held = a_round(people=people)
    mark_all(held, people[0])
    with pytest.raises(RoundRefused, match="1 person has finished"):
        services.close_round(held, by=held.made_by, at=LATER)
    mark_all(held, people[1])
    mark_all(held, people[2], {"B1": "NOT_MET"}, finish=False)
    with pytest.raises(RoundRefused, match="Not everybody has finished"):
        services.close_round(held, because="..", by=held.made_by, at=LATER)

    closed = services.close_round(held, because="She is on leave.", by=held.made_by, at=LATER)

    [letter] = selectors.marks_by_letter(closed).values()
    assert set(letter["B1"]) == {people[0].pk, people[1].pk}


def test_agreed_marks_need_a_reason_where_marks_differed_and_stay():
    held = a_closed_round(changed={"B1": "NOT_MET"})
    letter = held.letters.get()
    agreed = agreed_levels(letter)
    with pytest.raises(RoundRefused, match="B1 was marked differently"):
        services.agree_marks(
            letter, agreed | {"B1": Agreed(level="NOT_MET")}, by=held.made_by, at=LATER
        )
    assert not AgreedMark.objects.exists()

    services.agree_marks(letter, agreed, by=held.made_by, at=LATER)

    assert letter.agreed.count() == len(agreed)
    with pytest.raises(RoundRefused, match="agreed already"):
        services.agree_marks(letter, agreed, by=held.made_by, at=LATER)


def test_no_level_is_agreed_that_the_record_rules_out():
    held = a_closed_round()
    letter = held.letters.get()
    agreed = agreed_levels(letter, {"A5": "FULLY"})

    with pytest.raises(RoundRefused, match="A5: “Fully meets” is ruled out by what the record"):
        services.agree_marks(letter, agreed, by=held.made_by, at=LATER)

    assert not AgreedMark.objects.exists()
    assert not GoldLetter.objects.exists()


def test_nothing_is_agreed_while_a_round_is_open():
    held = a_round()

    with pytest.raises(NotAllowed, match="when the round is closed"):
        services.agree_marks(held.letters.get(), {}, by=held.made_by, at=LATER)

    assert not AgreedMark.objects.exists()


def test_levels_offered_are_those_that_the_letter_can_have():
    held = a_round()
    marker = held.markers.first()
    letter = held.letters.get()

    levels = levels_for(letter, marker)

    assert levels["A5"] == "NOT_APPLICABLE"
    assert levels["B1"] == "FULLY"
