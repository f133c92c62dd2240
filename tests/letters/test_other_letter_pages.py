"""The pages of letters besides the one that is owed, as an officer and a manager use them."""

import pytest
import time_machine
from django.core import mail

from forthright.accounts.models import Role, Unit
from forthright.cases.models import Decision
from forthright.letters.models import Dispatch, Letter
from forthright.letters.services.facts import Wishes, set_wishes
from forthright.rules.case_file import LetterKind
from tests import given
from tests.client import as_
from tests.letters import other_letters
from tests.letters.outgoing import carry_out

pytestmark = pytest.mark.django_db
DAY = {"answer_by_day": "19", "answer_by_month": "10", "answer_by_year": "2026"}


@pytest.fixture(autouse=True)
def an_afternoon():
    with time_machine.travel(given.at("2026-10-05 14:00"), tick=True):
        yield


@pytest.fixture
def officer():
    return given.a_liaison_officer()


def begins_a_holding_letter(officer, duty):
    page = as_(officer).open(f"/letters/{duty.pk}/").follow("Write another letter to this person")
    page = page.follow("Holding letter").see("the decision letter stays owed")
    return page.press("Begin the letter", reply_to="your question about the camera", **DAY)


def test_a_holding_letter_goes_out_and_the_letter_with_the_decision_stays_owed(officer):
    duty = given.an_explained_letter(wishes=Wishes(channel="EMAIL"))
    page = begins_a_holding_letter(officer, duty)
    page.see("The letter is begun", "your question about the camera", "19 October 2026",
             "That one stays owed")  # fmt: skip
    page = page.follow("Draft the letter").press("Put the letter together")
    page.see("on or before", "Holding letter")
    page = page.press("Keep it and hand over for approval").see("waits for a second person")

    manager = other_letters.a_manager()
    page = as_(manager).open("/").follow("1 letter waits for your approval")
    page = page.follow(f"{duty.reference}: {duty.person}. Holding letter")
    page = page.follow("Read and approve the letter").see("What it is written from")
    page.press("Record your decision", answer="APPROVE").see("The letter is approved")

    page = as_(officer).open("/").follow("1 approved letter is to be sent")
    page = page.follow(f"{duty.reference}: {duty.person}. Holding letter").follow("Send the letter")
    page.press("Send it", way="EMAIL").see("The letter goes by e-mail", "Waits to go")
    carry_out(Dispatch.objects.get())

    page = as_(officer).open(f"/letters/{duty.pk}/")
    page.see("None of these is the letter with the decision", "due Monday 12 October 2026",
             "Holding letter", ". Sent ", "Draft the letter")  # fmt: skip
    as_(officer).open("/letters/waiting/draft/").see(str(duty.person))


def test_what_is_left_out_of_the_form_is_asked_for(officer):
    duty = given.an_explained_letter()

    page = as_(officer).post(f"/letters/{duty.pk}/others/HOLDING/begin/", reply_to="a reply")

    assert page.errors == ["Fill in “By when will they have the answer?”"]
    assert not Letter.objects.filter(number=2).exists()


def test_a_promised_day_that_is_over_is_refused_at_its_box(officer):
    duty = given.an_explained_letter()
    past = {"answer_by_day": "1", "answer_by_month": "10", "answer_by_year": "2026"}

    page = as_(officer).post(f"/letters/{duty.pk}/others/HOLDING/begin/", reply_to="it", **past)

    assert page.errors == ["Name a day after today."]


def test_a_kind_that_cannot_be_written_says_why_and_offers_no_form(officer):
    duty = given.an_explained_letter()
    page = as_(officer).open(f"/letters/{duty.pk}/others/")
    page.see("Not now. The letter with the decision has not been sent", "Write the decision letter")
    assert "Correction letter" not in page.links

    page = as_(officer).open(f"/letters/{duty.pk}/others/CORRECTION/begin/")
    page.see("This letter cannot be written now", "Change its draft instead")
    as_(officer).post(f"/letters/{duty.pk}/others/CORRECTION/begin/", earlier="1")
    assert not Letter.objects.filter(number=2).exists()


def test_the_letter_to_put_right_is_chosen_of_those_that_went(officer):
    duty = other_letters.a_letter_that_went()
    page = as_(officer).open(f"/letters/{duty.pk}/others/CORRECTION/begin/")
    page.see("Decision letter of 5 October 2026")

    page = page.press(
        "Begin the letter", earlier="1", correction_of="it gave the wrong day",
        correction_right="the day below is right",
    )  # fmt: skip
    page = page.follow("Draft the letter").see("What was decided")
    page = page.press("Put the letter together")

    text = page.tree.find(".//textarea").text
    assert "I am sorry that our letter of 5 October 2026 had a mistake in it: it gave" in text
    assert "What is right is this: the day below is right." in text
    assert text.index("What is right is this") < text.index("We have decided")


def test_facts_are_changed_and_the_letter_is_put_together_again(officer):
    letter = other_letters.drafted(by=officer)
    page = as_(officer).open(f"/letters/{letter.duty_id}/others/2/draft/")
    page = page.follow("change what it is written from")

    page = page.press("Keep this", reply_to="your second question").see("Put the letter together")

    page.press("Put it together again").see("Version 2")


def test_a_letter_that_is_not_needed_is_ended(officer):
    letter = other_letters.drafted(by=officer)
    page = as_(officer).open(f"/letters/{letter.duty_id}/others/2/")
    page = page.follow("This letter is not needed")

    page = page.press("End this letter", reason="The answer is ready.")

    page.see("Nothing of it goes out", "Not needed: The answer is ready.")
    as_(officer).open(f"/letters/{letter.duty_id}/others/2/draft/", status=403)


def test_the_pages_of_a_letter_not_owed_are_its_own(officer):
    letter = other_letters.approved(
        LetterKind.COMPLAINT_REPLY,
        duty=given.an_explained_letter(wishes=Wishes(channel="VIA_POLICE")),
    )
    place = f"/letters/{letter.duty_id}/others/2"
    as_(officer).open(f"{place}/words/1/").see("Reply to a complaint", "Version 1")
    as_(officer).open(f"{place}/send/").see("Ways that are locked")
    as_(other_letters.a_manager()).open(f"{place}/send/overrule/OTHER_ROUTE/").see("complaint")
    page = as_(officer).open(f"{place}/draft/upload/").see("newest version is 1")
    assert page.links["Back to the draft"] == f"{place}/draft/"
    file = as_(officer).client.get(f"{place}/file/docx/")
    assert "reply-to-a-complaint" in file.headers["Content-Disposition"]


@pytest.mark.parametrize("number", [1, 3])
def test_there_is_no_other_letter_of_another_number(officer, number):
    letter = other_letters.begun(by=officer)

    as_(officer).open(f"/letters/{letter.duty_id}/others/{number}/", status=404)


def test_another_unit_sees_nothing_of_it():
    letter = other_letters.begun()
    stranger = given.a_person(Role.PROSECUTOR, unit=given.a_unit(Unit.Kind.RASSO))

    as_(stranger).open(f"/letters/{letter.duty_id}/others/2/", status=404)
    as_(stranger).open(f"/letters/{letter.duty_id}/others/", status=404)


def test_a_letter_before_a_decision_goes_from_its_facts_to_the_person_by_page(officer):
    duty = given.a_letter_to_write(is_rasso=True)
    Decision.objects.filter(pk=duty.decision_id).update(kind=Decision.Kind.ALTERED_DECREASED)
    set_wishes(duty, Wishes(channel="EMAIL"), by=None, at=given.NOON)
    page = as_(officer).open(f"/letters/{duty.pk}/").follow("Write another letter to this person")
    page = page.follow("Letter before the decision").press(
        "Begin the letter", decided="to offer no evidence against Dean Marsden", test="EVIDENCE",
        facts="The camera on Foundry Street was not recording that night\nNobody saw who it was",
    )  # fmt: skip
    page = page.follow("Draft the letter").press("Put the letter together")
    page.see("We have not made the final decision")
    page.press("Keep it and hand over for approval").see("waits for a second person")
    place = f"/letters/{duty.pk}/others/2"
    page = as_(other_letters.a_manager()).open(f"{place}/").follow("Read and approve the letter")
    page.press("Record your decision", answer="APPROVE").see("The letter is approved")
    page = as_(officer).open(f"{place}/").follow("Send the letter")
    page.press("Send it", way="EMAIL").see("The letter goes by e-mail")

    carry_out(Dispatch.objects.get())

    as_(officer).open(f"{place}/").see("Sent")
    assert "thinking of stopping the case" in mail.outbox[0].body


def test_a_reply_that_changes_a_decision_asks_what_happens_next(officer):
    duty = given.an_explained_letter()

    page = as_(officer).post(
        f"/letters/{duty.pk}/others/REVIEW_REPLY/begin/", outcome="CHANGED",
        reply_outcome="The case starts again", facts="A second film was not seen", is_afresh="on",
    )  # fmt: skip

    assert page.errors == ["Answer this: What do we do next because of it?"]


def test_a_holding_letter_that_promises_a_day_too_far_off_is_refused_at_its_box(officer):
    duty = given.an_explained_letter()
    far = {"answer_by_day": "5", "answer_by_month": "10", "answer_by_year": "2027"}

    page = as_(officer).post(f"/letters/{duty.pk}/others/HOLDING/begin/", reply_to="it", **far)

    (error,) = page.errors
    assert "20 working days, so name a day on or before 2 November 2026" in error
