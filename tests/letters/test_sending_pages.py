"""The pages on which a letter is telephoned about, sent, printed, and known to have arrived."""

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from forthright.accounts.models import Role, Unit
from forthright.letters.models import Dispatch
from forthright.letters.services.facts import Wishes, set_wishes
from forthright.schemes.models import Duty
from forthright.schemes.services import record_stage
from tests import given
from tests.client import as_
from tests.fakes.mail import a_bounce
from tests.letters.outgoing import LATER, S, asked, carry_out

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def an_afternoon():
    with time_machine.travel(LATER, tick=True):
        yield


@pytest.fixture
def officer():
    return given.a_liaison_officer()


def a_manager():
    return given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))


def test_telephone_first_then_the_letter_leads_the_page(officer):
    duty = given.an_approved_letter(person={"phone": "01632 960 777"})
    page = as_(officer).open(f"/letters/{duty.pk}/")

    page = page.follow("Record a call").see("01632 960 777")
    page = page.press("Record the call", outcome="NO_ANSWER")

    page.see("The call is recorded", "1 of up to 3 tried")
    page.follow("Sending").see("Send the letter")


def test_an_email_is_asked_for_goes_and_bounces_and_the_letter_is_owed_again(officer):
    duty = given.an_approved_letter()
    set_wishes(duty, Wishes(channel="EMAIL"), by=None, at=given.NOON)
    page = as_(officer).open(f"/letters/{duty.pk}/").follow("Send the letter")
    page.see("By e-mail", "amira.osei@example.test")
    page = page.press("Send it", way="EMAIL")
    page.see("The letter goes by e-mail", "Waits to go")

    dispatch = carry_out(Dispatch.objects.get())
    assert [each.to for each in mail.outbox] == [["amira.osei@example.test"]]
    file = SimpleUploadedFile("bounce.eml", a_bounce(dispatch.message_id))
    page = as_(officer).post("/letters/bounces/", file=file)

    page.see("1 letter is owed again", "Letters that came back", str(duty.person))
    page = as_(officer).open("/").see("1 letter came back")
    as_(officer).open(f"/letters/{duty.pk}/").see("Not delivered by e-mail", "Send it another way")


def test_a_file_that_is_no_mailbox_is_refused(officer):
    page = as_(officer).post("/letters/bounces/", file=SimpleUploadedFile("x.pdf", b"\x89PDF"))

    assert page.errors == ["The file is no mailbox (mbox) and no message (.eml)."]


def test_a_locked_way_is_not_offered_and_a_manager_may_overrule_it(officer):
    duty = given.an_approved_letter(wishes=Wishes(channel="VIA_POLICE"))
    page = as_(officer).open(f"/letters/{duty.pk}/send/")

    page.see("Ways that are locked", "go through the police, not by post", "A manager may")
    as_(officer).open(f"/letters/{duty.pk}/send/overrule/OTHER_ROUTE/", status=403)

    page = as_(a_manager()).open(f"/letters/{duty.pk}/send/overrule/OTHER_ROUTE/")
    assert page.press("Overrule it for this letter", reason="ok").errors
    page.press("Overrule it for this letter", reason="She rang and asked for post.")
    page = as_(officer).open(f"/letters/{duty.pk}/send/")
    page.see("She rang and asked for post.").press("Send it", way="PRINT").see(
        "The letter goes by post, printed here"
    )


def test_what_has_not_gone_is_called_off_and_another_way_is_offered(officer):
    dispatch = asked()
    page = as_(officer).open(f"/letters/{dispatch.duty_id}/").follow("See what became of it")

    page = page.press("Call it off and choose another way")

    page.see("It is called off", "Send the letter")


def test_that_nobody_knows_whether_it_went_is_said_with_what_to_do(officer):
    dispatch = asked()
    for state in (S.SENDING, S.UNSURE):
        Dispatch.objects.filter(pk=dispatch.pk).update(state=state)
    page = as_(officer).open(f"/letters/{dispatch.duty_id}/dispatches/{dispatch.pk}/")

    page.see("We were cut off", dispatch.message_id)
    page.press("Record it", kind="SENT").see("Recorded: sent")

    assert Duty.objects.get().sent_at is not None


# Makes a real PDF, which takes a second.
@pytest.mark.slow
def test_letters_are_printed_in_a_batch_and_sent_when_they_are_posted(officer):
    wishes = Wishes(plain_envelope=True)
    duty = given.an_approved_letter(wishes=wishes)
    as_(officer).open(f"/letters/{duty.pk}/send/").press("Send it", way="PRINT")
    as_(officer).open("/").see("1 letter waits to be printed")

    page = as_(officer).open("/letters/print/").press("Make a batch to print")

    page.see("Batch 1", "Plain envelope")
    file = as_(officer).client.get(page.links["Download the file to print"])
    assert file.content.startswith(b"%PDF")
    page.press("These letters are in the post").see("recorded as sent", "Posted")
    page = as_(officer).open(f"/letters/{duty.pk}/").follow("Say what became of it")
    page.press("Record it", kind="RETURNED", detail="Gone away").see("Came back by post")


@pytest.mark.parametrize("form", ["docx", "txt"])
def test_the_letter_is_handed_out_as_a_file(officer, form):
    duty = given.an_approved_letter()

    answer = as_(officer).client.get(f"/letters/{duty.pk}/file/{form}/")

    assert answer.status_code == 200
    assert "version-1" in answer["Content-Disposition"]


class TestWaiting:
    """Each person's overview says what waits for them, and leads there."""

    def test_a_prosecutor_is_told_which_decisions_wait_for_reasons(self):
        given.a_letter_to_write()
        page = as_(given.a_person(Role.PROSECUTOR)).open("/")

        page.follow("1 decision waits for your reasons").see("Decisions that wait for reasons")

    def test_an_officer_drafts_and_sends_and_a_manager_approves(self, officer):
        given.an_explained_letter()
        version = given.a_draft(by=officer)
        given.an_approved_letter()
        as_(officer).open(f"/letters/{version.letter.duty_id}/draft/").press(
            "Keep it and hand over for approval"
        )

        as_(officer).open("/").see("1 letter can be drafted", "1 approved letter is to be sent")
        page = as_(a_manager()).open("/").follow("1 letter waits for your approval")
        page.see(str(version.letter.duty.person))

    def test_a_list_of_something_else_is_not_there_and_one_of_others_is_refused(self, officer):
        as_(officer).open("/letters/waiting/nothing/", status=404)
        as_(officer).open("/letters/waiting/approve/", status=403)


def test_a_letter_approved_elsewhere_leads_to_recording_that_it_was_sent(officer):
    duty = given.a_letter_owed(unit=given.a_unit())
    for step in ("drafted", "approved"):
        record_stage(duty, step, given.NOON, by=None, at=given.NOON)

    page = as_(officer).open(f"/letters/{duty.pk}/").see("Its words were approved elsewhere")
    page.follow("Sending")
    page = as_(officer).open(f"/letters/{duty.pk}/send/").see("so it cannot go from here")
    assert ">Send it<" not in page.text
