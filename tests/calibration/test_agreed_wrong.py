"""Agreed marks that are wrong are held against nobody, and those of a worn-out letter go on."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.calibration.models import AgreedMark, GoldLetter, LeniencyRun
from forthright.calibration.selectors.comparing import compared_in
from forthright.calibration.services.gold import RetiringRefused, call_marks_wrong, retire_gold
from forthright.calibration.services.leniency import make_leniency_run
from tests import given
from tests.calibration.rounds_given import LATER, a_gold_letter, a_leader
from tests.client import as_

pytestmark = pytest.mark.django_db
AT = LATER + timedelta(hours=1)
SINCE = given.NOON - timedelta(weeks=26)


@pytest.fixture(autouse=True)
def _on_the_day():
    with time_machine.travel(AT, tick=True):
        yield


def holds_agreed(gold):
    [of_each] = compared_in(gold.area, SINCE).levels.values()
    return None in of_each


def take_out(gold, answer, reason="Typed one row down."):
    page = as_(gold.made_by).open("/calibration/agreed/").follow(f"Take it out: {called(gold)}")
    return page.press("Take it out", are_marks_wrong=answer, reason=reason)


def called(gold):
    return gold.letter.review.drawn_letter.duty.reference


def test_wrong_ones_are_held_against_nobody_from_then_on_and_what_was_worked_out_stays():
    gold = a_gold_letter()
    make_leniency_run(gold.area, by=None, at=AT)
    before = LeniencyRun.objects.values().get()
    assert holds_agreed(gold)

    take_out(gold, "yes").see("Its agreed marks are wrong", "Typed one row down.")

    assert not holds_agreed(gold)
    assert all(each.marker for each in compared_in(gold.area, SINCE).verdicts())
    run = make_leniency_run(gold.area, by=None, at=AT + timedelta(days=7))
    assert "The agreed marks of 1 letter that were found wrong are left out" in run.method
    assert LeniencyRun.objects.filter(pk=before["id"]).values().get() == before
    assert AgreedMark.objects.filter(letter=gold.letter).exists()
    said = f"/calibration/{gold.letter.round_id}/letters/{gold.letter_id}/"
    as_(gold.made_by).open(said).see("The agreed marks are wrong, said", "Typed one row down.")
    events = Event.objects.filter(name__startswith="gold.", subject_id=str(gold.pk))
    assert {"gold.retired", "gold.marks_wrong"} <= set(events.values_list("name", flat=True))


def test_those_of_a_letter_that_is_only_worn_out_are_held_against_marks_as_before():
    gold = a_gold_letter()

    take_out(gold, "no", "Everybody knows it.").not_see("marks are wrong, said")

    assert holds_agreed(gold)
    assert not Event.objects.filter(name="gold.marks_wrong").exists()


def test_which_of_the_two_is_asked_and_not_taken_for_granted():
    gold = a_gold_letter()
    page = as_(gold.made_by).open(f"/calibration/agreed/{gold.pk}/retire/")

    page.press("Take it out", reason="Well known.").see("Choose whether its agreed marks are right")

    assert GoldLetter.objects.get().retired_at is None


def test_of_one_that_was_taken_out_before_it_is_said_later_once():
    gold = a_gold_letter()
    retire_gold(gold, reason="Typed wrong.", by=gold.made_by, at=LATER)
    assert holds_agreed(gold)

    page = as_(gold.made_by).open("/calibration/agreed/")
    page = page.follow(f"Say that its agreed marks are wrong: {called(gold)}").see("Typed wrong.")
    page = page.press("They are wrong", reason="B1 was met.")
    page.see("Typed wrong.", "(B1 was met.)")

    assert not holds_agreed(gold)
    kept = GoldLetter.objects.get()
    assert (kept.retired_because, kept.marks_wrong_because) == ("Typed wrong.", "B1 was met.")
    assert as_(gold.made_by).try_("GET", f"/calibration/agreed/{gold.pk}/wrong/") == 403


def test_it_is_said_with_a_reason_by_who_leads_rounds_and_of_what_goes_out_no_more():
    gold, leader = a_gold_letter(), a_leader()
    with pytest.raises(NotAllowed, match="still goes out"):
        call_marks_wrong(gold, reason="Wrong.", by=leader, at=AT)
    retire_gold(gold, reason="Well known.", by=leader, at=AT)
    with pytest.raises(RetiringRefused, match="what is wrong"):
        call_marks_wrong(gold, reason="-", by=leader, at=AT)
    manager = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.RASSO))
    with pytest.raises(NotAllowed, match="lead a calibration round"):
        call_marks_wrong(gold, reason="Wrong.", by=manager, at=AT)
    assert as_(manager).try_("GET", f"/calibration/agreed/{gold.pk}/wrong/") == 403
    assert as_(leader).try_("GET", "/calibration/agreed/0/wrong/") == 404
