"""Agreed letters rest by themselves: what one alone agreed, and what is asked otherwise by now."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Unit
from forthright.audit.models import Event
from forthright.calibration.models import AgreedMark, GoldGiven, GoldLetter, LeniencyRun
from forthright.calibration.selectors.comparing import MarksOf, compared_in
from forthright.calibration.services.gold import hand_out_letters_marked_before
from forthright.calibration.services.leniency import make_leniency_run
from forthright.calibration.services.resting import ONE_ALONE
from forthright.reviews.models import SecondMarking
from forthright.reviews.services.second_marking import give_second_marks_of, save_second_levels
from forthright.rules.second_marks import MARKED_BEFORE
from tests import given
from tests.calibration.rounds_given import (
    LATER,
    a_companion,
    a_gold_letter,
    agreed_levels,
)
from tests.calibration.test_one_alone import closed, nearly_closed
from tests.client import as_
from tests.reviews import twice
from tests.standards.a_new_wording import adopt_another

pytestmark = pytest.mark.django_db
AT = LATER + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _on_the_day():
    with time_machine.travel(AT, tick=True):
        yield


def agreed_by_one_alone():
    """Return a letter as it was kept before agreed marks took two people."""
    held = closed(nearly_closed())
    letter = held.letters.get(position=2)
    said = agreed_levels(letter)
    for criterion in held.edition.criteria.filter(code__in=said):
        AgreedMark.objects.create(
            letter=letter, criterion=criterion, level=said[criterion.code].level,
            reason="Everybody who marked it gave this level.", agreed_at=LATER,
            agreed_by=held.made_by,
        )  # fmt: skip
    return GoldLetter.objects.create(
        area=held.area, letter=letter, made_at=LATER, made_by=held.made_by
    )


def given_out(gold, *, person=None):
    """Give an agreed letter to somebody, as the look of each morning does."""
    marking = give_second_marks_of(
        gold.letter.review, person or twice.a_manager(Unit.Kind.FRAUD), because=MARKED_BEFORE,
        by=None, at=AT,
    )  # fmt: skip
    GoldGiven.objects.create(gold=gold, marking=marking)
    return marking


def look_through(gold, **besides):
    return hand_out_letters_marked_before(gold.area, by=None, at=AT, **besides)


def test_what_one_alone_agreed_goes_out_no_more_and_the_page_and_the_record_say_why():
    gold = agreed_by_one_alone()

    assert look_through(gold) == look_through(gold) == 0

    gold.refresh_from_db()
    assert (gold.retired_at, gold.retired_by) == (AT, None)
    event = Event.objects.get(name="gold.rested")
    assert (event.subject_id, event.by, event.area) == (str(gold.pk), None, gold.area)
    as_(gold.made_by).open("/calibration/agreed/").see(ONE_ALONE)
    as_(gold.made_by).open(f"/calibration/{gold.letter.round_id}/letters/{gold.letter_id}/").see(
        "One person alone had finished letter 2 when its marks were agreed"
    )


def test_what_was_given_on_it_counts_as_second_marks_and_is_held_against_no_agreed_ones():
    gold = agreed_by_one_alone()
    twice.mark_again(given_out(gold), {"B1": "NOT_MET"})
    make_leniency_run(gold.area, by=None, at=AT)
    before = LeniencyRun.objects.values().get()
    duty = gold.letter.review.drawn_letter.duty_id
    since = given.NOON - timedelta(weeks=26)
    assert None in compared_in(gold.area, since).levels[MarksOf(duty, is_picked=True)]

    look_through(gold)

    levels = compared_in(gold.area, since).levels[MarksOf(duty, is_picked=True)]
    assert None not in levels
    # Who finished it in the round, and whoever marked it since; the first marks stand apart.
    assert len(levels) == 2
    run = make_leniency_run(gold.area, by=None, at=AT + timedelta(hours=1))
    assert "The agreed marks of 1 letter that one person alone had finished are left out" in (
        run.method
    )
    assert LeniencyRun.objects.filter(pk=before["id"]).values().get() == before


def test_one_that_a_leader_took_out_keeps_its_reason_and_says_besides_that_it_was_one_alone():
    gold = agreed_by_one_alone()
    gold.retired_at, gold.retired_because, gold.retired_by = LATER, "Well known.", gold.made_by
    gold.save()

    look_through(gold)

    gold.refresh_from_db()
    assert (gold.is_by_one, gold.retired_because) == (True, "Well known.")
    as_(gold.made_by).open("/calibration/agreed/").see("Well known.", "One person alone")


def test_what_two_agreed_and_what_another_room_agreed_goes_on():
    gold = a_gold_letter()

    look_through(gold, by_one_elsewhere=[gold.letter.review_id])

    gold.refresh_from_db()
    assert gold.retired_at is None


def test_what_another_room_kept_by_the_marks_of_one_rests_too():
    gold = a_gold_letter()
    gold.letter.round.markers.all().delete()
    look_through(gold)
    assert GoldLetter.objects.get().retired_at is None

    look_through(gold, by_one_elsewhere=[gold.letter.review_id])

    assert GoldLetter.objects.get().retired_because == ONE_ALONE


def test_what_is_out_when_the_standard_asks_otherwise_is_taken_back_with_its_companion():
    gold = a_gold_letter()
    companion = a_companion(gold)
    marking = given_out(gold)
    other = give_second_marks_of(
        companion, twice.a_manager(Unit.Kind.RASSO), because=MARKED_BEFORE, by=None, at=AT
    )
    save_second_levels(marking, {"B1": "FULLY"}, by=marking.marker, at=AT)
    adopt_another(gold.letter.review.edition, of=AT.date())

    look_through(gold)

    assert not SecondMarking.objects.filter(pk__in=[marking.pk, other.pk]).exists()
    event = Event.objects.get(name="gold.taken_back")
    assert (event.subject_id, event.detail) == (str(gold.pk), {"marking": marking.pk})
    as_(gold.made_by).open("/calibration/agreed/").see(
        "Rests: its marks were agreed by edition 1 of the standard",
        "Taken back from who had not finished it: 1 time, last on",
    )
    assert as_(marking.marker).try_("POST", f"/second-marks/{marking.pk}/mark/") == 403


def test_what_was_finished_by_the_old_words_stays_and_counts():
    gold = a_gold_letter()
    done = twice.mark_again(given_out(gold))
    ordinary = give_second_marks_of(
        given.a_marked_letter(), twice.a_manager(Unit.Kind.RASSO), because="by lot", by=None, at=AT
    )
    adopt_another(gold.letter.review.edition, of=AT.date())

    look_through(gold)

    assert set(SecondMarking.objects.all()) == {done, ordinary}
    levels = compared_in(gold.area, given.NOON - timedelta(weeks=26)).levels
    assert {None, done.marker_id} <= set(
        levels[MarksOf(gold.letter.review.drawn_letter.duty_id, is_picked=True)]
    )
