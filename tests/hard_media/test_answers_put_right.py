"""A wrong click on what the police answered is put right until the time to dispute is over."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.hard_media.models import AnswerChange, ForcePartner, PoliceFeedback
from forthright.hard_media.services import feedback
from forthright.hard_media.services.feedback import FeedbackRefused, Right
from tests import given
from tests.client import as_
from tests.hard_media import links, media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
LATER = NOON + timedelta(minutes=1)
REASON = "Multi-media CCTV not provided"
WHY = "The wrong answer was chosen."
DISPUTED = "They say that it was sent."


@pytest.fixture
def lawyer():
    return media.a_lawyer()


@pytest.fixture
def answered(lawyer):
    """Return a reason of which somebody recorded that the police accept it."""
    item = links.with_a_file(media.a_hearing(urn="20AB7000126"))
    told = feedback.give_feedback(item, REASON, by=lawyer, at=NOON)
    return feedback.record_answer(told, "ACCEPTED", words="By mail", by=lawyer, at=NOON)


def put_right(told, outcome="DISPUTE_ACCEPTED", *, reason=WHY, at=LATER, by=None):
    right = Right(outcome, DISPUTED, reason)
    return feedback.put_answer_right(told, right, by=by, at=at)


def sent(browser, told, outcome, *, words="", reason=WHY):
    """Send the form as it was opened with an answer, and return the page that follows."""
    return browser.post(
        f"/recordings/feedback/{told.pk}/put-right/", outcome=outcome, words=words, reason=reason,
        opened=feedback.answer_stamp(told),
    )  # fmt: skip


def test_a_wrong_answer_is_put_right_and_the_first_stays_beside_it(answered, lawyer):
    colleague = given.a_person(Role.PROSECUTOR, unit=lawyer.unit)
    with time_machine.travel(LATER, tick=False):
        browser = as_(colleague)
        browser.open("/recordings/feedback/").see("Put it right")
        page = browser.open(f"/recordings/feedback/{answered.pk}/put-right/")
        page.see("Nothing yet: it was recorded here by mistake", "By mail", "Why was it wrong?")
        page = sent(browser, answered, "DISPUTE_ACCEPTED", words=DISPUTED)

    seen = (
        "disputed it, and it was taken back", DISPUTED,
        "Recorded before", f"by {lawyer}: The police accept it: By mail",
        "Put right", f"by {colleague}", WHY,
    )  # fmt: skip
    page.see(*seen)
    browser.open(f"/recordings/items/{answered.item_id}/").see(*seen)
    event = Event.objects.get(name="police_feedback.answer_put_right")
    assert (event.by, event.detail["old_outcome"]) == (colleague, "ACCEPTED")
    assert not [each for each in (WHY, DISPUTED) if each in str(event.detail)]


def test_the_second_of_two_changes_keeps_who_recorded_each(answered, lawyer):
    put_right(answered, by=lawyer)
    change = put_right(answered, "DISPUTE_REFUSED", at=LATER + timedelta(minutes=1))

    assert (change.old_outcome, change.old_words) == ("DISPUTE_ACCEPTED", DISPUTED)
    assert (change.old_by, change.old_at) == (lawyer, LATER)
    assert AnswerChange.objects.count() == 2


def test_an_answer_to_another_reason_is_taken_off_and_the_police_may_dispute_it(answered):
    officer = given.a_person(Role.POLICE_PARTNER)
    ForcePartner.objects.create(person=officer, area=officer.area, force="20", set_at=NOON)
    as_(officer).open("/owed/").not_see(REASON)

    page = sent(as_(media.a_lawyer()), answered, "NONE", reason="It was about another.")

    page.see("None yet. They may dispute it until", "they had not answered")
    kept = PoliceFeedback.objects.get()
    assert (kept.outcome, kept.outcome_words, kept.outcome_at) == ("", "", None)
    as_(officer).open("/owed/").see(REASON, "you may dispute it until")
    assert feedback.record_answer(kept, "DISPUTE_REFUSED", by=None, at=LATER).outcome_at == LATER


def test_it_is_locked_once_the_time_to_dispute_is_over(answered, lawyer):
    put_right(answered, at=answered.dispute_by)

    over = answered.dispute_by + timedelta(minutes=1)
    with pytest.raises(FeedbackRefused, match="locked on Saturday 12 December 2026"):
        put_right(answered, "DISPUTE_REFUSED", at=over)
    with time_machine.travel(over, tick=False):
        as_(lawyer).open("/recordings/feedback/").not_see("Put it right")


def test_what_is_no_putting_right_is_refused(answered):
    with pytest.raises(FeedbackRefused, match="Say why it was wrong"):
        put_right(answered, reason=" . ")
    with pytest.raises(FeedbackRefused, match="recorded already"):
        feedback.put_answer_right(answered, Right("ACCEPTED", "By mail", WHY), by=None, at=LATER)
    with pytest.raises(FeedbackRefused, match="put it right beside the reason"):
        feedback.record_answer(answered, "DISPUTE_REFUSED", by=None, at=LATER)
    other = feedback.give_feedback(answered.item, REASON, by=None, at=NOON)
    with pytest.raises(FeedbackRefused, match="none to put right"):
        put_right(other)
    assert not AnswerChange.objects.exists()


def test_of_two_who_put_it_right_at_once_the_second_is_shown_what_stands(answered, lawyer):
    put_right(answered, by=lawyer)

    # The form holds the answer of before.
    page = sent(as_(lawyer), answered, "DISPUTE_REFUSED")

    page.see(f"changed after you opened the page by {lawyer}", "Now it is: The police disputed it")
    assert AnswerChange.objects.count() == 1


def test_of_a_sensitive_recording_only_its_unit_reads_what_was_written(lawyer):
    item = links.with_a_file(media.a_hearing(), kind="SENSITIVE")
    told = feedback.give_feedback(item, REASON, by=None, at=NOON)
    feedback.record_answer(told, "ACCEPTED", words="The handler said so.", by=None, at=NOON)
    put_right(told)

    written = ("The handler said so.", DISPUTED, WHY)
    page = as_(given.a_person(Role.INSPECTOR)).open(f"/recordings/items/{item.pk}/")
    page.see("Recorded before").not_see(*written)
    as_(lawyer).open("/recordings/feedback/").see("Recorded before").not_see(*written)
    as_(lawyer).open(f"/recordings/items/{item.pk}/").see(*written)


def test_who_may_not_record_is_offered_nothing(answered):
    feedback.give_feedback(answered.item, REASON, by=None, at=NOON)
    stranger = given.a_person(Role.PROSECUTOR, unit=given.a_unit(Unit.Kind.MAGISTRATES))
    inspector = given.a_person(Role.INSPECTOR)

    as_(media.a_lawyer()).open("/recordings/feedback/").see("Put it right", "Record their answer")
    page = as_(inspector).open("/recordings/feedback/").see("The police accept it")
    page.not_see("Put it right", "Record their answer")
    for each, status in ((stranger, 404), (inspector, 403)):
        as_(each).open(f"/recordings/feedback/{answered.pk}/put-right/", status=status)
