"""A drafter reads and answers feedback; somebody else decides a dispute."""

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.reviews.models import Dispute
from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(given.NOON, tick=False):
        yield


# The drafter


def test_the_drafter_reads_each_mark_with_its_words_and_what_it_looks_for():
    feedback = given.a_told_drafter()

    page = as_(feedback.drafter).open("/feedback/").see("Waiting for your answer")
    page = page.follow(f"Letter {feedback.review.drawn_letter.duty.reference}")

    page.see("Well begun. Say why.", "no longer a realistic prospect of conviction")
    page.see("What B1 looks for", "by the end of Monday 19 October 2026")
    assert Event.objects.filter(name="review.seen", by=feedback.drafter).count() == 1


def test_the_drafter_acknowledges():
    feedback = given.a_told_drafter()

    page = as_(feedback.drafter).open(f"/feedback/{feedback.pk}/")
    page = page.press("I have read this and take it as it is")

    page.see("Your manager can see that you have read it.", "You have read it")
    assert "Dispute this mark: B1" not in page.links
    page.browser.post(f"/feedback/{feedback.pk}/acknowledge/").see("Not done")


def test_the_drafter_disputes_and_somebody_else_decides():
    feedback = given.a_told_drafter()
    legal = as_(given.a_person(Role.LEGAL_MANAGER))

    page = as_(feedback.drafter).open(f"/feedback/{feedback.pk}/").follow("Dispute this mark: B1")
    page = page.press("Dispute this mark", reason="The note gave no fact.")
    page.see("Somebody else decides by the end of Monday 19 October", "The note gave no fact.")

    page = legal.open("/reviews/").follow("1 dispute to decide")
    page = page.follow(
        f"B1 Explains this decision, letter {feedback.review.drawn_letter.duty.reference}"
    )
    page.see("There was no longer a realistic prospect", "The note gave no fact.")
    page = page.press("Decide", new_level="PARTIALLY", reason="It hints.")
    page.see("The first mark stays beside the outcome.", "Accepted")

    page = as_(feedback.drafter).open(f"/feedback/{feedback.pk}/")
    page.see("Does not meet", "After the dispute: Partly meets", "Quality after dispute")


def test_a_dispute_without_a_reason_or_too_long_is_refused():
    feedback = given.a_told_drafter()
    mark = feedback.review.marks.get(criterion__code="B1")
    browser = as_(feedback.drafter)

    page = browser.post(f"/feedback/{feedback.pk}/dispute/{mark.pk}/", reason="x" * 201)

    assert page.errors == ["The reason may have 200 letters and spaces; this has 201"]
    assert not Dispute.objects.exists()


def test_a_decision_says_which_and_why():
    dispute = given.a_disputed_mark()
    browser = as_(given.a_person(Role.LEGAL_MANAGER))

    page = browser.post(f"/disputes/{dispute.pk}/", reason="")

    assert page.errors == ["Choose whether the mark stands", "Write the reason"]


def test_a_decided_dispute_is_read_and_not_decided_again():
    dispute = given.a_disputed_mark()
    browser = as_(given.a_person(Role.LEGAL_MANAGER))
    browser.post(f"/disputes/{dispute.pk}/", new_level="STANDS", reason="It stands.")

    page = browser.open(f"/disputes/{dispute.pk}/")

    page.see("Refused: the mark stands.", "It stands.")
    assert not page.tree.xpath("//main//button")
    browser.post(f"/disputes/{dispute.pk}/", status=403, new_level="STANDS", reason="x")
