"""That an answer which tells of what is sensitive by now went all the same is recorded as such."""

import pytest

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.disclosure.models import AnswersSending, DefenceRequest
from forthright.disclosure.selectors.answers import telling_of, to_send
from forthright.disclosure.selectors.promises import told_of, unsent_of
from forthright.disclosure.services.answering import answer_request
from forthright.disclosure.services.reopening import open_again
from forthright.disclosure.services.sending import SendingRefused, Sent, record_told
from forthright.disclosure.services.starting import close_duty, end_duty
from forthright.disclosure.services.taking_back import ask_to_take_back, take_back
from forthright.web.meanwhile import ChangedMeanwhile
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
SECRET = "Heronsgate"
BUTTON = "Keep that it went"
LINK = "Record that it went all the same: the answer to request 1"
LOOK = "in which an answer told the defence of sensitive material: look into it"
WHO = (
    "a lawyer of the unit looks into an answer that told the defence of sensitive material: tells "
    "the legal manager and the officer in the case"
)
TOLD = "The answer to request 1 told the defence of sensitive material."
LATER = given.at("2026-10-06 10:00")
HOW = {"method": "POST", "proof": "Receipt 9"}


@pytest.fixture
def duty(time_machine):
    time_machine.move_to(given.NOON, tick=False)
    duty = duties.with_an_answer_that_tells()
    time_machine.move_to(LATER, tick=False)
    return duty


def request_of(duty):
    return DefenceRequest.objects.get(statement__duty=duty)


def record(duty, *, by=None, at=given.NOON, **more):
    sent = Sent(**{**HOW, "sent_at": at, **more})
    return record_told(request_of(duty), sent, by=by or duties.a_lawyer(), at=LATER)


def test_a_lawyer_records_it_as_a_disclosure_to_be_looked_into(duty):
    lawyer = as_(duties.a_lawyer())
    page = lawyer.open(f"/disclosure/{duty.pk}/statement/").follow(LINK)
    page.see("By keeping that it went you record that the defence was told of sensitive material",
             duties.TELLS)  # fmt: skip

    page = page.press(BUTTON, hour="9:15", **HOW)

    page.see("Kept that it went. It is to be looked into today.", TOLD,
             "It went 6 October 2026, 9:15am, post",
             "Tell the legal manager and the officer in the case today")  # fmt: skip
    page.not_see(SECRET)
    assert not unsent_of(duty).exists()
    lawyer.open("/").see(f"1 duty {LOOK}")
    lawyer.open(f"/disclosure/{duty.pk}/record/").see(
        "1 request, which tells of sensitive material"
    )


def test_neither_the_record_nor_anybody_else_says_its_words(duty):
    kept = record(duty)

    event = Event.objects.get(name="answers.sent")
    assert event.detail["is_told"] is True
    assert event.detail["requests"] == [request_of(duty).pk]
    assert SECRET not in str(event.detail)
    manager = as_(duties.a_lawyer(Role.LINE_MANAGER))
    for page in ("", "statement/", "record/"):
        manager.open(f"/disclosure/{duty.pk}/{page}").not_see(SECRET)
    assert kept.papers == {}


def test_no_paper_is_made_of_it_again(duty):
    kept = record(duty)
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/statement/")

    page.see("An answer that told of sensitive material, sent 5 October 2026, midday")

    assert not [words for words in page.links if ".docx" in words]
    page.browser.open(f"/disclosure/{duty.pk}/statement/answers/{kept.pk}/", status=404)
    assert to_send(duty, LATER) == []


def test_it_stands_until_the_request_is_answered_again(duty):
    record(duty)
    lawyer = as_(duties.a_lawyer())
    page = lawyer.open(f"/disclosure/{duty.pk}/").see(TOLD)

    page = page.follow("answer request 1 again")
    page.press("Answer it", outcome="NOT_HELD", answer="None is held here.").not_see(TOLD)

    lawyer.open(f"/disclosure/{duty.pk}/").not_see(TOLD)
    lawyer.open("/").not_see(LOOK)
    assert [each.newest for each in to_send(duty, LATER)] == ["None is held here."]


def test_once_the_sending_is_taken_back_it_waits_as_before(duty):
    kept = record(duty)
    taking = ask_to_take_back(duty, f"sending-{kept.pk}", reason="It was another case's",
                              by=duties.a_lawyer(), at=LATER)  # fmt: skip
    take_back(taking, by=duties.a_lawyer(), at=LATER)

    assert telling_of(duty) == {request_of(duty).pk}
    assert not told_of(duty).exists()


def test_in_a_closed_duty_the_page_says_to_open_it_first(duty):
    record(duty)
    close_duty(duties.fresh(duty), reason="Found guilty", by=None, at=LATER)
    lawyer = as_(duties.a_lawyer())

    lawyer.open(f"/disclosure/{duty.pk}/").see(TOLD, "open the duty again and have request 1")


@pytest.mark.parametrize("is_ended", [False, True])
def test_it_stays_in_sight_once_the_duty_is_closed_until_it_is_looked_into(duty, is_ended):
    record(duty)
    duty, lawyer = duties.fresh(duty), as_(duties.a_lawyer())
    if is_ended:
        end_duty(duty, LATER.date(), reason="Pleaded guilty", by=None, at=LATER)
    else:
        close_duty(duty, reason="Found guilty", by=None, at=LATER)

    lawyer.open("/").see(f"1 duty {LOOK}", WHO).not_see("closed, and new material came")
    lawyer.open("/disclosure/").see("Needs you now", "Mr Dean Marsden", WHO).not_see(
        "New material came since"
    )
    open_again(duty, reason="An answer told of what is sensitive", by=None, at=LATER)
    answer_request(request_of(duty), "NOT_HELD", answer="None is held.", by=None, at=LATER)
    close_now = duties.fresh(duty)
    end_duty(close_now, LATER.date(), reason="Pleaded guilty", by=None, at=LATER)
    lawyer.open("/").not_see(LOOK)


def test_the_next_step_says_who_must_do_what_of_it(duty):
    record(duty)
    lawyer = as_(duties.a_lawyer())

    lawyer.open("/disclosure/").see(WHO)
    lawyer.open("/").see(WHO).not_see("sees to what the defence asked")
    counted = lawyer.open("/").words.count("1 duty")
    assert counted == 1, "it is not counted under its state as well"


def test_it_is_for_those_alone_who_may_read_it(duty):
    manager = duties.a_lawyer(Role.LINE_MANAGER)
    address = f"/disclosure/{duty.pk}/statement/{request_of(duty).pk}/"

    page = as_(manager).open(f"/disclosure/{duty.pk}/statement/").see("Cannot be sent")
    assert LINK not in page.links
    as_(manager).open(address).see("a lawyer of the unit records that first")
    as_(manager).open(f"{address}went/", status=403).not_see(SECRET)
    with pytest.raises(NotAllowed):
        record(duty, by=manager)
    assert not AnswersSending.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [({"at": given.at("2026-10-06 10:01")}, "has not come"),
     ({"at": given.at("2026-10-05 11:00")}, "was given only at"),
     ({"method": "PIGEON"}, "Choose how"), ({"proof": " "}, "Write what proves")],
)  # fmt: skip
def test_a_sending_that_cannot_be_is_refused(duty, wrong, says):
    with pytest.raises(SendingRefused, match=says):
        record(duty, **wrong)


def test_what_tells_of_nothing_or_went_is_no_disclosure(duty):
    record(duty)
    with pytest.raises(SendingRefused, match="recorded as sent already"):
        record(duty)
    page = as_(duties.a_lawyer()).open(
        f"/disclosure/{duty.pk}/statement/{request_of(duty).pk}/went/"
    )
    page.see("tells of nothing sensitive, or is recorded as sent")


def test_an_answer_given_anew_meanwhile_is_not_recorded_unread(duty):
    lawyer, asked = as_(duties.a_lawyer()), request_of(duty)
    page = lawyer.open(f"/disclosure/{duty.pk}/statement/{asked.pk}/went/")
    DefenceRequest.objects.filter(pk=asked.pk).update(answered_at=LATER)

    page = page.press(BUTTON, **HOW)

    page.see("was answered after you opened the page")
    assert not AnswersSending.objects.exists()
    page.press(BUTTON, **HOW).see(TOLD)


def test_the_page_that_serves_leads_there_too(duty):
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/serve/")

    page.follow("Record that the answer to request 1 went all the same").see(duties.TELLS)


def test_a_stamp_of_another_answer_is_refused(duty):
    sent = Sent(**HOW, sent_at=given.NOON)
    with pytest.raises(ChangedMeanwhile):
        record_told(request_of(duty), sent, by=None, at=LATER, opened="another")
    answer_request(request_of(duty), "NOT_HELD", answer="None.", by=None, at=LATER)
    with pytest.raises(SendingRefused):
        record(duty)
