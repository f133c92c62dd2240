"""What a second marker alone finds critical is somebody's to act on the same day."""

from datetime import timedelta

import pytest

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.reviews.models import SecondMarking
from forthright.reviews.services import UrgentActsMissing
from forthright.reviews.services.second_urgent import record_what_follows
from tests import given
from tests.client import as_
from tests.reviews import twice

pytestmark = pytest.mark.django_db
LINE = "Second marks of 1 letter found something critical"
NOTE = "Told Ms Hill of the unit at 10am"
SOON = twice.LATER + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def soon(time_machine):
    time_machine.move_to(SOON, tick=False)


def critical(changed=None):
    return twice.a_finished_second_marking(changed or {"A1": "NOT_MET"})


def a_colleague(marking, role=Role.LINE_MANAGER):
    return given.a_person(role, unit=marking.unit)


@pytest.mark.parametrize(
    ("changed", "found"),
    [({"A1": "NOT_MET"}, "A1"), ({"B2": "NOT_MET"}, ""), ({"A1": "PARTIALLY"}, "")],
)
def test_only_what_is_critical_and_the_first_marks_met_asks_for_an_act(changed, found):
    assert critical(changed).found == found


def test_whoever_marked_first_and_who_marks_for_the_unit_are_asked_until_one_says_it():
    marking = critical()
    first, colleague = marking.review.marker, a_colleague(marking)
    as_(colleague).open("/").see(LINE)

    page = as_(first).open("/").see(LINE).follow(f"{LINE}: say today what follows")
    page.see("Do this today", "A1", "only the second marker found that it is not met")
    done = page.press("Record what is set going", acts=["CORRECT"], urgent_note=NOTE).see(
        "Recorded. Both marks stay as they are."
    )

    done.see("A correcting letter is being sent", NOTE).not_see("Do this today")
    as_(colleague).open("/").not_see(LINE)
    as_(first).open("/").not_see(LINE)
    event = Event.objects.get(name="second_marking.acts_recorded")
    assert NOTE not in str(event.detail)


def test_that_nothing_is_to_be_done_needs_why():
    marking = critical()
    first = marking.review.marker
    page = as_(first).open(f"/second-marks/{marking.pk}/")

    refused = page.press("Record what is set going")
    refused.see("Choose what has been set going today, or write why nothing has to be.")
    with pytest.raises(UrgentActsMissing, match="who you told"):
        record_what_follows(marking, ["RECALL"], "", by=first, at=SOON)
    said = "The name is as the record had it on the day of the letter."
    refused.press("Record what is set going", urgent_note=said).see("Nothing was set going.", said)


def test_the_second_marker_and_who_does_not_mark_are_told_who_is_asked():
    marking = critical()

    page = as_(marking.marker).open(f"/second-marks/{marking.pk}/")
    page.see("Whoever marked first is asked what follows").not_see("Record what is set going")
    as_(marking.marker).open("/").not_see(LINE)
    as_(given.a_person(Role.SENIOR_MANAGER)).open("/").not_see(LINE)
    with pytest.raises(NotAllowed, match="whoever marked first"):
        record_what_follows(marking, ["RECALL"], NOTE, by=marking.marker, at=SOON)


def test_of_two_who_say_it_at_once_the_first_stands():
    marking = critical()
    first, colleague = marking.review.marker, a_colleague(marking)
    page = as_(colleague).open(f"/second-marks/{marking.pk}/")
    record_what_follows(marking, ["CORRECT"], NOTE, by=first, at=SOON)

    page.press("Record what is set going", acts=["RECALL"], urgent_note="Told nobody yet").see(
        "Somebody else has said what follows", NOTE
    )

    marking.refresh_from_db()
    assert (marking.urgent_by, marking.urgent_acts) == (first, ["CORRECT"])


def test_agreed_marks_ask_for_nothing(monkeypatch):
    marking = twice.a_second_marking()
    SecondMarking.objects.filter(pk=marking.pk).update(words="Dear [the victim]")
    marking.refresh_from_db()

    assert twice.mark_again(marking, {"A1": "NOT_MET"}).found == ""
