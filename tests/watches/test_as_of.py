"""What the weekly report tells of watches stays as it was at the end of the day before it."""

from datetime import date, timedelta

import pytest

from forthright.accounts.models import Role, Unit
from forthright.peer_checks.models import PartTold
from forthright.peer_checks.services.telling import decide_part, dispute_part
from forthright.reports.selectors.loop import loop_of
from forthright.reviews.services.disputing import accept_dispute, dispute_mark
from forthright.rules.weeks import week_of
from forthright.watches.selectors.watching import watches_of
from tests import given
from tests.calibration.rounds_given import adopt
from tests.reviews import twice
from tests.watches.faults import a_letter_marked, another_letter, told_by_a_marking, told_of_a_fault

pytestmark = pytest.mark.django_db
MADE_ON = date(2026, 10, 12)
THAT_MORNING = given.at("2026-10-12 06:30")
SUNDAY = given.at("2026-10-11 09:00")
WEEK = week_of(given.NOON.date())


def lift_check(check, at):
    part = PartTold.objects.get(check_of=check, about=PartTold.About.WORDS)
    dispute_part(part, reason="It stands in the second part.", by=part.recipient,
                 at=check.answered_at)  # fmt: skip
    legal = given.a_person(Role.LEGAL_MANAGER)
    decide_part(part, "ACCEPTED", reason="It does stand there.", by=legal, at=at)


def lift_mark(feedback, at):
    mark = feedback.review.marks.get(criterion__code="B1")
    raised = dispute_mark(
        feedback, mark, by=feedback.drafter, at=feedback.told_at, reason="It says why."
    )
    legal = given.a_person(Role.LEGAL_MANAGER)
    accept_dispute(raised, by=legal, at=at, reason="It does say why.", new_level="FULLY")


def told_by_a_mark():
    marker = twice.a_manager()
    author = given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=given.a_unit(Unit.Kind.VLU))
    return told_by_a_marking(marker=marker, author=author)


def again_by_a_check(source):
    lifted = another_letter(source, again=True)
    return lambda at: lift_check(lifted, at)


def again_by_a_mark(source):
    review = a_letter_marked(source, marker=source.told_by, minutes=20, again=True)
    return lambda at: lift_mark(review.feedback, at)


def reported(area):
    loop = loop_of(area, WEEK, as_of=MADE_ON)
    watches = loop.watches if loop else ()
    return [(each.is_complete, each.is_again) for each in watches]


@pytest.mark.parametrize(
    ("tell", "lift"), [(told_of_a_fault, lift_check), (told_by_a_mark, lift_mark)]
)
@pytest.mark.parametrize(("at", "is_known"), [(SUNDAY, True), (THAT_MORNING, False)])
def test_a_fault_whose_dispute_is_accepted_on_the_day_of_the_report_is_still_watched(
    tell, lift, at, is_known
):
    source = tell()
    before = reported(source.area)
    lift(source, at)

    assert before == [(False, False)]
    assert reported(source.area) == ([] if is_known else before)
    assert watches_of(source.area, now=at + timedelta(minutes=1)) == []


@pytest.mark.parametrize(
    ("tell", "again"), [(told_of_a_fault, again_by_a_check), (told_by_a_mark, again_by_a_mark)]
)
@pytest.mark.parametrize(("at", "is_known"), [(SUNDAY, True), (THAT_MORNING, False)])
def test_a_fault_that_came_again_did_until_the_day_on_which_its_dispute_is_accepted(
    tell, again, at, is_known
):
    source = tell()
    adopt(source.area, letters_watched=1)
    lift = again(source)
    before = reported(source.area)
    lift(at)

    assert (True, True) in before
    assert ((True, True) in reported(source.area)) is not is_known
