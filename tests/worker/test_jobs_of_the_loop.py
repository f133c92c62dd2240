"""Jobs of the daily loop that are killed half-way leave nothing, and run twice do nothing twice."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Unit
from forthright.audit import services as audit
from forthright.audit.models import Event
from forthright.calibration.models import (
    GoldGiven,
    LeniencyFigure,
    LeniencyRun,
    SystemicFinding,
)
from forthright.morning_lists.models import Reminder
from forthright.peer_checks.models import PeerCheck
from forthright.reviews.models import SecondMarking
from forthright.worker import mornings as morning_steps
from forthright.worker import steps
from forthright.worker.kinds import Work
from tests import given
from tests.calibration.rounds_given import a_companion, a_gold_letter, adopt
from tests.morning_lists import mornings
from tests.peer_checks.looked_at import a_letter_put_forward
from tests.reviews import twice

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The end of a worker that nobody asked."""


def letters_put_forward():
    """Return an Area where two letters wait for a colleague."""
    drafter = given.a_liaison_officer()
    given.a_liaison_officer()
    for _ in range(2):
        letter = a_letter_put_forward(by=drafter)
    return letter.area


def letters_marked_once():
    twice.a_manager()
    area = given.a_marked_letter().area
    given.a_marked_letter()
    adopt(area, share_percent=100, new_marker_percent=100)
    return area


def letters_marked_twice():
    return twice.a_finished_second_marking().review.area


def letters_that_fail():
    for _ in range(3):
        review = given.a_marked_letter(levels={"B1": "NOT_MET"})
    return review.area


def decisions_to_explain():
    prosecutor = mornings.a_prosecutor()
    for _ in range(2):
        letter = mornings.a_letter("2026-10-02 10:00", by=prosecutor)
    return letter.area


JOBS = [
    pytest.param(letters_put_forward, steps.give_peer_checks,
                 [PeerCheck.objects.exclude(checker=None)], id="peer checks"),
    pytest.param(letters_marked_twice, steps.work_out_leniency, [LeniencyRun, LeniencyFigure],
                 id="leniency"),
    pytest.param(letters_that_fail, steps.look_for_findings, [SystemicFinding], id="findings"),
]  # fmt: skip


def counted(kept):
    return [getattr(each, "objects", each).all().count() for each in kept]


@pytest.mark.parametrize(("made", "step", "kept"), JOBS)
def test_a_job_that_is_killed_leaves_nothing_and_run_twice_does_nothing_twice(
    made, step, kept, monkeypatch
):
    work = Work(1, "a job", "a", {}, None, made().pk)
    with time_machine.travel(given.NOON + timedelta(hours=3), tick=True):
        before, events = counted(kept), Event.objects.count()
        with monkeypatch.context() as patch:
            patch.setattr(audit, "record", _killed_at(audit.record, 1))
            with pytest.raises(Killed):
                step(work)
        assert (counted(kept), Event.objects.count()) == (before, events)

        step(work)
        after = counted(kept)
        step(work)

    assert all(now > then for now, then in zip(after, before, strict=True))
    assert counted(kept) == after


def _killed_at(record, number):
    """Return what records, and on the call of that number is killed after it recorded."""
    calls = []

    def recording(*arguments, **named):
        found = record(*arguments, **named)
        calls.append(found)
        if len(calls) == number:
            raise Killed
        return found

    return recording


def test_second_marks_chosen_by_a_job_that_ran_twice_are_given_once():
    area = letters_marked_once()
    work = Work(1, "reviews.choose_second", "a", {}, None, area.pk)
    with time_machine.travel(given.NOON + timedelta(hours=3), tick=True):
        first = steps.choose_second_marks(work)
        again = steps.choose_second_marks(work)

    assert (first, again) == (2, 0)
    assert SecondMarking.objects.count() == 2


def test_letters_with_agreed_marks_are_handed_out_once_on_a_day():
    gold = a_gold_letter()
    a_companion(gold)
    adopt(gold.letter.round.area, gold_percent=100, share_percent=100, new_marker_percent=100)
    twice.a_manager(Unit.Kind.FRAUD)
    twice.draw_lot(given.a_marked_letter())
    area = gold.letter.round.area
    work = Work(1, "a job", "a", {}, None, area.pk)
    with time_machine.travel(given.NOON + timedelta(hours=4), tick=True):
        steps.choose_second_marks(work)
        steps.hand_out_gold(work)
        handed = (GoldGiven.objects.count(), SecondMarking.objects.count())
        steps.hand_out_gold(work)

    assert handed[0] == 1
    assert (GoldGiven.objects.count(), SecondMarking.objects.count()) == handed


def test_reminders_that_are_asked_for_twice_go_once():
    area = decisions_to_explain()
    work = Work(1, "a job", "a", {}, None, area.pk)
    with time_machine.travel(given.at("2026-10-05 15:30"), tick=True):
        first = morning_steps.remind_prosecutors(work)
        again = morning_steps.remind_prosecutors(work)

    assert (first, again) == (2, 0)
    assert Reminder.objects.count() == 2
