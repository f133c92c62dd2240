"""The made-up round and findings come about through the same services as real ones."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.calibration.models import AgreedMark, LeniencyRun, SystemicFinding
from forthright.demo.loading import Loaded
from forthright.demo.trusting import Trusting
from tests import given
from tests.reviews import twice

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """Return an Area of three marked letters that fail B1, with people who can mark again."""
    reviews = [given.a_marked_letter(levels={"B1": "NOT_MET"}) for _ in range(3)]
    people = {
        Role.LINE_MANAGER: [
            twice.a_manager(kind) for kind in (Unit.Kind.MAGISTRATES, Unit.Kind.RASSO)
        ],
        Role.LEGAL_MANAGER: [given.a_person(Role.LEGAL_MANAGER)],
    }
    faults = {each.drawn_letter.duty_id: {"B1"} for each in reviews}
    return Trusting(
        Loaded(reviews[0].area, {}, people, faults), seed=1, until=given.NOON + timedelta(days=30)
    )


def test_a_round_is_closed_talked_about_and_agreed(made):
    with time_machine.travel(given.NOON, tick=True):
        held = made.hold_round(given.NOON + timedelta(hours=1))

    assert held.closed_at is not None
    assert all(each.discussion for each in held.letters.all())
    assert AgreedMark.objects.values("letter").distinct().count() == 3


def test_a_fault_is_found_and_somebody_has_taken_it_on(made):
    made.find_faults(given.NOON + timedelta(hours=1))

    assert SystemicFinding.objects.get().state == SystemicFinding.State.MENDING
    assert LeniencyRun.objects.count() == 1
