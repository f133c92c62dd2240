"""A letter that was not required for a time is nobody's for that time, once it is opened again."""

import importlib
from datetime import datetime

import pytest
import time_machine
from django.apps import apps

from forthright.accounts.models import Role
from forthright.morning_lists.services.reminding import explanation_limit
from forthright.peer_checks.models import PeerCheck
from forthright.peer_checks.services.checking import answer_check
from forthright.peer_checks.services.giving import give_checks
from forthright.schemes.models import Duty
from forthright.schemes.services import (
    StageTimes,
    mark_not_required,
    record_stages_bulk,
    reopen,
)
from tests import given
from tests.client import as_
from tests.morning_lists.mornings import a_letter, a_spoc, with_steps
from tests.peer_checks import looked_at

pytestmark = pytest.mark.django_db
ENDED, OPENED = given.at("2026-10-05 14:00"), given.at("2026-10-08 09:00")  # Monday, Thursday
NOT_ASKED, AFTER_ALL = "The victim asked not to be told.", "They want it after all."


def opened_again(duty, *, by, ended=ENDED, opened=OPENED):
    """Return a letter that was not required between these two moments."""
    mark_not_required(duty, NOT_ASKED, by=by, at=ended)
    return reopen(Duty.objects.get(pk=duty.pk), AFTER_ALL, by=by, at=opened)


def moments_of(duty):
    """Return when a letter was not required any more and when it was opened again."""
    [moments] = duty.reopened
    return [datetime.fromisoformat(each) for each in moments]


def a_spoc_of(check):
    return given.a_person(Role.LEGAL_SPOC, unit=check.letter.duty.unit)


def test_a_drafter_is_not_late_for_days_on_which_no_letter_was_owed():
    spoc = a_spoc()
    duty = with_steps(a_letter("2026-10-02 10:00"), explained="2026-10-02 11:00")
    drafter = given.a_liaison_officer()
    Duty.objects.filter(pk=duty.pk).update(drafter=drafter)
    opened_again(duty, by=spoc, ended=given.at("2026-10-02 11:30"),
                 opened=given.at("2026-10-08 09:00"))  # fmt: skip

    with time_machine.travel(given.at("2026-10-08 09:30")):
        page = as_(spoc).open(f"/morning/{duty.unit_id}/")

    page.see(duty.reference, "from when the letter was opened again", "It has taken 30 minutes so")
    page.see("since 8 October 2026, 9am").not_see("late.", "2 October 2026, 11am")


def test_whoever_explains_has_their_hours_from_when_it_was_opened_again():
    duty = a_letter("2026-10-02 10:00")
    assert explanation_limit(duty, OPENED).at == given.at("2026-10-05 10:00")

    opened_again(duty, by=a_spoc())

    duty = Duty.objects.get(pk=duty.pk)
    assert explanation_limit(duty, OPENED).at == given.at("2026-10-08 17:00")


def test_the_new_look_has_its_time_from_when_the_letter_was_opened_again():
    check = looked_at.a_check()
    spoc = a_spoc_of(check)
    mark_not_required(check.letter.duty, NOT_ASKED, by=spoc, at=ENDED)
    give_checks(check.area, by=None, at=given.at("2026-10-05 15:00"))
    reopen(Duty.objects.get(pk=check.letter.duty_id), AFTER_ALL, by=spoc, at=OPENED)

    give_checks(check.area, by=None, at=OPENED)

    new = PeerCheck.objects.get(letter=check.letter, answer="")
    assert (new.put_forward_at, new.due_at) == (OPENED, given.at("2026-10-08 13:00"))
    assert "not required after that, and opened again Thursday 8 October" in new.due_because[0]
    with time_machine.travel(given.at("2026-10-08 09:05")):
        as_(new.checker).open("/checks/").not_see("Late")
        ended = as_(check.checker).open("/checks/")
    ended.see("Ended: no letter was required any more").not_see("Overtaken")


def not_required(check):
    mark_not_required(check.letter.duty, NOT_ASKED, by=a_spoc_of(check), at=ENDED)


def sent(check):
    duty = check.letter.duty
    times = StageTimes(drafted_at=ENDED, sent_at=ENDED)
    record_stages_bulk(duty.area, {(duty.decision_id, duty.person_id): times}, by=None, at=ENDED)


def back_with_its_drafter(check):
    Duty.objects.filter(pk=check.letter.duty_id).update(drafted_at=None)


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        (not_required, "Ended: no letter was required any more"),
        (sent, "Overtaken: the letter was sent first"),
        (back_with_its_drafter, "Overtaken: the letter was changed or came back first"),
    ],
)
def test_a_look_that_ends_without_an_answer_says_what_came_first(ends, words):
    check = looked_at.a_check()
    with time_machine.travel(ENDED):
        ends(check)
        ended = answer_check(check, "PASSED", by=check.checker, at=ENDED)

        assert ended.answer_words == words
        as_(check.checker).open("/checks/").see(words)


def test_what_was_opened_again_before_is_read_from_the_record():
    duty = opened_again(a_letter(), by=a_spoc())
    assert moments_of(duty) == [ENDED, OPENED]
    Duty.objects.update(reopened=[])

    made = importlib.import_module("forthright.schemes.migrations.0005_reopened")
    made.note_what_was_reopened(apps, None)

    assert moments_of(Duty.objects.get(pk=duty.pk)) == [ENDED, OPENED]
