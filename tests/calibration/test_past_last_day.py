"""A round past its last day, or that a dispute waits for, is on the overview of who leads it."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit, User
from forthright.calibration.selectors.leading import rounds_to_lead
from forthright.calibration.services.rounds import close_round
from forthright.reviews.selectors import disputes_waiting
from forthright.reviews.services import dispute_mark, tell_drafter
from tests import given
from tests.calibration.rounds_given import a_leader, a_round, mark_all, markers
from tests.client import as_
from tests.disclosure import sampled
from tests.reviews import twice

pytestmark = pytest.mark.django_db
AFTER = given.at("2026-11-30 09:00")
AT = sampled.LATER + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _on_its_day():
    with time_machine.travel(twice.LATER, tick=False):
        yield


def of_three():
    held = a_round(people=[*markers(), twice.a_manager(Unit.Kind.VLU)], leader=a_leader())
    return held, [each.person for each in held.markers.order_by("pk")]


def may_no_longer_mark(person):
    User.objects.filter(pk=person.pk).update(role=Role.LEGAL_SPOC)


def test_once_its_last_day_is_over_the_leader_is_told_who_has_not_finished():
    held, (first, second, third) = of_three()
    mark_all(held, first)
    mark_all(held, second)
    assert rounds_to_lead(held.made_by) == []

    with time_machine.travel(given.at("2026-10-09 12:00"), tick=False):
        assert rounds_to_lead(held.made_by) == []
    with time_machine.travel(AFTER, tick=False):
        as_(held.made_by).open("/").see(
            f"Calibration round “{held}” to close", "past its last day, Friday 9 October 2026",
            f"without the marks of {third}. Close it with a reason, or give it up.",
        )  # fmt: skip


def test_where_fewer_than_two_have_finished_by_then_it_is_waited_for_or_given_up():
    held, (first, *_) = of_three()
    mark_all(held, first)

    with time_machine.travel(AFTER, tick=False):
        as_(held.made_by).open("/").see(
            "fewer than two have finished. Wait for them, or give it up."
        )


def test_the_leader_is_told_at_once_where_only_somebody_is_missing_who_may_no_longer_mark():
    held, (first, second, third) = of_three()
    mark_all(held, first)
    may_no_longer_mark(third)
    assert rounds_to_lead(held.made_by) == []

    mark_all(held, second)

    as_(held.made_by).open("/").see(
        f"{third} may no longer mark in it. Close it with a reason, or give it up."
    )


def test_a_round_of_two_of_whom_one_may_no_longer_mark_is_to_be_given_up():
    held = a_round(leader=a_leader())
    _, second = [each.person for each in held.markers.order_by("pk")]
    may_no_longer_mark(second)

    as_(held.made_by).open("/").see(
        f"{second} may no longer mark in it, so fewer than two can finish. Give it up"
    )


@pytest.mark.parametrize("left", [{"is_active": False}, {"role": Role.PROSECUTOR}])
def test_a_round_whose_leader_leads_no_more_is_told_to_the_others_who_do(left):
    held, _ = of_three()
    other = given.a_person(Role.SENIOR_MANAGER)
    with time_machine.travel(AFTER, tick=False):
        assert rounds_to_lead(other) == []

        User.objects.filter(pk=held.made_by_id).update(**left)

        assert rounds_to_lead(other) == [held]


def disputed_in_a_round(*, leader):
    """Return a round, and a dispute that only two of those who mark in it could decide."""
    review = sampled.marked(sampled.a_served_duty(), {"D1": "PARTIALLY"})
    deciders = [
        given.a_person(Role.LEGAL_MANAGER, unit=given.a_unit(kind))
        for kind in (Unit.Kind.RASSO, Unit.Kind.MAGISTRATES)
    ]
    others = User.objects.filter(role=Role.LEGAL_MANAGER).exclude(pk=review.marker_id)
    others.exclude(pk__in=[each.pk for each in deciders]).update(is_active=False)
    feedback = tell_drafter(review, by=review.marker, at=AT, text="Say which log.")
    late = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.FRAUD))
    held = a_round(reviews=[review], people=[*deciders, late], leader=leader(deciders), at=AT)
    dispute = dispute_mark(feedback, review.marks.get(criterion__code="D1"), by=feedback.drafter,
                           at=AT, reason="The log is named in item 3.")  # fmt: skip
    for each in deciders:
        mark_all(held, each, at=AT)
    return held, dispute, deciders


def test_a_dispute_that_only_people_in_the_round_could_decide_is_named_to_its_leader():
    with time_machine.travel(AT, tick=False):
        held, dispute, deciders = disputed_in_a_round(
            leader=lambda _: given.a_person(Role.SENIOR_MANAGER)
        )
        assert not any(disputes_waiting(each).exists() for each in deciders)

        as_(held.made_by).open("/").see(
            f"Calibration round “{held}” to close", "1 dispute waits for it to close"
        )

        close_round(held, because="A dispute waits for it.", by=held.made_by, at=AT)
        assert all(list(disputes_waiting(each)) == [dispute] for each in deciders)
        as_(held.made_by).open("/").not_see("dispute waits")


def test_a_leader_who_marks_in_it_is_not_told_of_the_dispute_and_another_is():
    with time_machine.travel(AT, tick=False):
        held, _, _ = disputed_in_a_round(leader=lambda deciders: deciders[0])
        other = given.a_person(Role.SENIOR_MANAGER)

        assert rounds_to_lead(held.made_by) == []
        assert rounds_to_lead(other) == [held]


def test_a_dispute_that_somebody_else_can_decide_waits_for_no_round():
    with time_machine.travel(AT, tick=False):
        held, dispute, _ = disputed_in_a_round(leader=lambda _: given.a_person(Role.SENIOR_MANAGER))
        free = given.a_person(Role.LEGAL_MANAGER, unit=given.a_unit(Unit.Kind.FRAUD))

        assert list(disputes_waiting(free)) == [dispute]
        assert rounds_to_lead(held.made_by) == []
