"""A drafter reads and answers feedback; somebody else decides a dispute."""

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.reviews.models import Dispute
from forthright.reviews.services import acknowledge_feedback
from forthright.reviews.services.reading import reply_to_feedback
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
    page.browser.post(f"/feedback/{feedback.pk}/acknowledge/").see("This was done already")


def test_whoever_acknowledged_is_told_why_no_mark_can_be_disputed_and_what_is_left():
    manager = given.a_person(Role.LEGAL_MANAGER)
    feedback = given.a_told_drafter()
    mark = feedback.review.marks.get(criterion__code="B1")
    browser = as_(feedback.drafter)
    page = browser.open(f"/feedback/{feedback.pk}/")
    page.see("after that no mark of this letter can be disputed")
    page.press("I have read this and take it as it is")

    for ask in (browser.open, browser.post):
        page = ask(f"/feedback/{feedback.pk}/dispute/{mark.pk}/", status=403)

        page.see(
            "You said on Monday 5 October 2026 that you had read this feedback and take it as it "
            "is. That ended the time to dispute its marks.",
            f"Speak to {feedback.review.marker}, who marked the letter",
            f"speak to their manager: {manager}",
        )
        page.follow("Read the feedback again").see("You have read it")


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
    unseen = browser.post(f"/feedback/{feedback.pk}/dispute/{mark.pk}/", reason="\u200b")
    assert unseen.errors == ["Write why this mark is wrong"]
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
    again = browser.post(f"/disputes/{dispute.pk}/", new_level="PARTIALLY", reason="x")
    again.see("This was done already. Your first decision stands", "It stands.")
    other = as_(given.a_person(Role.LEGAL_MANAGER))
    other.post(f"/disputes/{dispute.pk}/", status=403, new_level="STANDS", reason="x")


def test_what_waits_for_an_answer_comes_first():
    drafter = given.a_person(Role.VICTIM_LIAISON_OFFICER)
    waiting, answered = given.a_told_drafter(drafter=drafter), given.a_told_drafter(drafter=drafter)
    acknowledge_feedback(answered, by=drafter, at=given.NOON)

    page = as_(drafter).open("/feedback/")

    references = [each.review.drawn_letter.duty.reference for each in (waiting, answered)]
    places = [page.words.index(f"Letter {each}") for each in references]
    assert places == sorted(places)
    page.see("Waiting for your answer", "Answered")


def test_the_drafter_sees_the_letter_and_its_quoted_words():
    feedback = given.a_told_drafter()
    browser = as_(feedback.drafter)

    page = browser.open(f"/feedback/{feedback.pk}/")
    page.see("I am writing about what happened at your home")
    quoted = page.tree.xpath('//mark[@class="app-evidence"]')[0]
    assert quoted.text == "no longer a realistic prospect of conviction"
    dispute = page.follow("Dispute this mark: B1")
    dispute.see("I am writing about what happened at your home")

    reference = feedback.review.drawn_letter.duty.reference
    assert page.follow(f"Open the page of letter {reference}").heading.startswith("Letter to")


def test_a_mark_that_finds_no_fault_offers_no_dispute():
    feedback = given.a_told_drafter()

    page = as_(feedback.drafter).open(f"/feedback/{feedback.pk}/")

    assert [words for words in page.links if words.startswith("Dispute")] == [
        "Dispute this mark: B1"
    ]


def test_after_the_deadline_the_page_says_that_the_day_has_passed():
    feedback = given.a_told_drafter()

    with time_machine.travel(given.at("2026-10-20 09:00"), tick=False):
        page = as_(feedback.drafter).open(f"/feedback/{feedback.pk}/")

        page.see("until the end of Monday 19 October 2026. That day has passed, so they stand.")
        page.not_see("dispute it below")
        page.press("I have read this and take it as it is").see("You have read it")


def test_a_dispute_sent_twice_is_done_already():
    dispute = given.a_disputed_mark()
    feedback = dispute.feedback

    page = as_(feedback.drafter).post(
        f"/feedback/{feedback.pk}/dispute/{dispute.mark_id}/", reason="Again."
    )

    page.see("This was done already: you have disputed this mark.", "The note gave no fact")
    assert Dispute.objects.count() == 1


# The receipt, and the reply


def test_the_first_look_is_a_receipt_that_the_marker_reads():
    feedback = given.a_told_drafter()
    letter, marker = feedback.review.drawn_letter_id, as_(feedback.review.marker)
    assert "First opened" not in marker.open(f"/reviews/{letter}/").text

    for _ in range(2):
        as_(feedback.drafter).open(f"/feedback/{feedback.pk}/")

    marker.open(f"/reviews/{letter}/").see("First opened 5 October 2026")
    assert Event.objects.filter(name="feedback.read", by=feedback.drafter).count() == 1


def test_a_reply_waits_for_the_marker_until_it_is_opened_and_is_said_once():
    feedback = given.a_told_drafter()
    letter, marker = feedback.review.drawn_letter_id, as_(feedback.review.marker)
    page = as_(feedback.drafter).open(f"/feedback/{feedback.pk}/")

    page.press("Reply", text="").see("Fill in “Your reply”")
    page.press("Reply", text="The note came late.").see("can read your reply", "The note came late")

    assert f"{feedback.drafter} replied to your feedback" in marker.open("/").links
    marker.open(f"/reviews/{letter}/").see("The note came late.")
    assert f"{feedback.drafter} replied to your feedback" not in marker.open("/").links
    again = as_(feedback.drafter).post(f"/feedback/{feedback.pk}/", text="Once more.")
    again.see("You have replied already, and what you said stays as it is.")
    feedback.refresh_from_db()
    assert (feedback.reply, feedback.acknowledged_at) == ("The note came late.", None)
    assert Event.objects.filter(name="feedback.reply_read", by=feedback.review.marker).count() == 1


def test_nobody_but_the_drafter_replies_and_a_managers_look_is_no_receipt():
    feedback = given.a_told_drafter()
    other = given.a_liaison_officer()
    manager = given.a_person(Role.LEGAL_MANAGER)

    as_(other).post(f"/feedback/{feedback.pk}/", text="Mine.", status=404)
    with pytest.raises(NotAllowed):
        reply_to_feedback(feedback, "Mine.", by=other, at=given.NOON)
    as_(manager).open(f"/reviews/{feedback.review.drawn_letter_id}/")

    feedback.refresh_from_db()
    assert (feedback.reply, feedback.read_at, feedback.reply_read_at) == ("", None, None)
