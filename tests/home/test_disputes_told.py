"""Whoever marked and whoever disputes are told of a dispute and its outcome until they open it."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.peer_checks.models import PartTold
from forthright.peer_checks.services.telling import decide_part, dispute_part
from forthright.reviews.services import accept_dispute, refuse_dispute
from forthright.reviews.services.disputing import freeze_unanswered_disputes
from tests import given
from tests.client import as_
from tests.peer_checks.looked_at import a_check, changes_asked

pytestmark = pytest.mark.django_db
LATER = given.NOON + timedelta(hours=1)
LONG_AFTER = given.NOON + timedelta(days=40)


def decider():
    return given.a_person(Role.LEGAL_MANAGER, unit=given.a_unit(Unit.Kind.RASSO))


def told_until_opened(person, words):
    """See a line on a person's overview, open it, and see it there no more."""
    browser = as_(person)
    page = browser.open("/")
    address = page.links[words]
    browser.open(address)
    browser.open("/").not_see(words)
    return page


def test_whoever_marked_is_told_of_a_dispute_until_they_have_opened_it():
    raised = given.a_disputed_mark()
    feedback = raised.feedback
    words = f"{feedback.drafter} disputes a mark that you gave"
    with time_machine.travel(LATER, tick=True):
        as_(feedback.drafter).open("/").not_see("dispute of a mark")
        told_until_opened(feedback.told_by, words).see("Somebody else decides by the end of")
        as_(feedback.told_by).open("/").not_see("of a mark that you gave")

    assert Event.objects.filter(name="dispute.opened", by=feedback.told_by).count() == 1


@pytest.mark.parametrize(
    ("decide", "ended"),
    [
        (lambda d: accept_dispute(d, by=decider(), at=LATER, new_level="FULLY", reason="It is."),
         "was accepted"),
        (lambda d: refuse_dispute(d, by=decider(), at=LATER, reason="It is not."), "was refused"),
        (lambda d: freeze_unanswered_disputes(d.feedback.area, by=None, at=LONG_AFTER),
         "was not decided in time"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("opened_before", [True, False])
def test_both_are_told_how_a_dispute_of_a_mark_ended(decide, ended, opened_before):
    raised = given.a_disputed_mark()
    feedback = raised.feedback
    if opened_before:
        with time_machine.travel(given.NOON + timedelta(minutes=5), tick=True):
            told_until_opened(
                feedback.told_by, f"{feedback.drafter} disputes a mark that you gave"
            )  # fmt: skip
    decide(raised)
    with time_machine.travel(LONG_AFTER + timedelta(hours=1), tick=True):
        told_until_opened(feedback.drafter, f"Your dispute of a mark {ended}")
        told_until_opened(feedback.told_by, f"The dispute of a mark that you gave {ended}")


@pytest.mark.parametrize("outcome", ["ACCEPTED", "REFUSED", ""])
def test_so_are_both_of_a_dispute_of_a_look(outcome):
    check = changes_asked(a_check())
    part = PartTold.objects.get(check_of=check)
    ended = {"ACCEPTED": "was accepted", "REFUSED": "was refused", "": "was not decided in time"}
    dispute_part(part, reason="It is there.", by=part.recipient, at=given.NOON)
    with time_machine.travel(LATER, tick=True):
        told_until_opened(part.told_by, f"{part.recipient} disputes what you told them")
        as_(part.recipient).open("/").not_see("Your dispute")
    if outcome:
        at = LATER + timedelta(hours=1)
        decide_part(part, outcome, reason="It was read.", by=decider(), at=at)
    with time_machine.travel(LONG_AFTER, tick=True):
        told_until_opened(
            part.recipient, f"Your dispute of what {part.told_by} told you {ended[outcome]}"
        )  # fmt: skip
        told_until_opened(
            part.told_by, f"The dispute of what you told {part.recipient} {ended[outcome]}"
        )  # fmt: skip

    names = [each.detail for each in Event.objects.filter(name="peer_feedback.dispute_opened")]
    assert len(names) == 3


def test_nobody_else_is_told():
    raised = given.a_disputed_mark()
    refuse_dispute(raised, by=decider(), at=LATER, reason="It is not.")
    with time_machine.travel(LATER + timedelta(hours=1), tick=True):
        as_(given.a_person(Role.LINE_MANAGER)).open("/").not_see("ispute of a mark")
