"""What the defence was told that it gets is owed until it was served, and the court knows."""

from datetime import timedelta

import pytest

from forthright.disclosure.selectors.duties import waiting_for
from forthright.disclosure.selectors.promises import requests_owed
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.answering import StatementRefused, answer_request
from forthright.disclosure.services.sending import Sent, send_answers
from forthright.disclosure.services.serving import serve, tell_court
from forthright.disclosure.services.starting import DutyRefused, close_duty
from forthright.rules.disclosure_duty import DutyState
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON = given.NOON


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def item_of(duty, number, form="MG6C"):
    return next(
        each.item for each in lines_of(duty) if (each.item.number, each.form) == (number, form)
    )


def close(duty):
    return close_duty(duties.fresh(duty), reason="Found guilty", by=None, at=NOON)


def test_what_is_to_be_disclosed_without_an_item_is_owed_until_an_item_is_named():
    duty = duties.stated("The first account of Mrs Oduya")
    lawyer = duties.a_lawyer()
    page = as_(lawyer).open(f"/disclosure/{duty.pk}/statement/").follow("Answer request 1")
    page.press("Answer it", outcome="DISCLOSED", answer="You get it.").see("Owed", "You get it.")

    with pytest.raises(DutyRefused, match="in answer to request 1, and was not served"):
        close(duty)
    as_(lawyer).open(f"/disclosure/{duty.pk}/").see("1 request is answered", "and owed")
    assert waiting_for(lawyer, NOON.date()).filter(pk=duty.pk).exists()
    page = (
        as_(lawyer)
        .open(f"/disclosure/{duty.pk}/statement/")
        .follow("Name the items that answer request 1")
    )
    page = page.press("Answer it", outcome="DISCLOSED", answer="It was served at first.",
                      items=[item_of(duty, 3).pk])  # fmt: skip

    page.see("You get it.", "It was served at first.", "By MG6C item 3")
    page.not_see("Owed")
    sent = Sent(method="POST", proof="Receipt 4471", sent_at=NOON)
    send_answers(duty, sent, by=lawyer, at=NOON)
    assert close(duty).state == DutyState.CLOSED


def test_an_item_that_answers_a_request_is_owed_until_it_was_served():
    duty = duties.stated("The log of the call")
    asked = duty.statements.get().requests.get()
    item = item_of(duty, 2)

    with pytest.raises(StatementRefused, match="endorsed to be disclosed first"):
        answer_request(asked, "DISCLOSED", answer="Item 2.", items=[item.pk], by=None, at=NOON)
    duties.endorse(duty, item, "D", reason="It answers the request", by=None)
    answer_request(asked, "DISCLOSED", answer="Item 2.", items=[item.pk], by=None, at=NOON)
    assert requests_owed(duty) == [asked]
    duties.endorse(duty, item, "ND", reason="On a second thought", by=None)

    with pytest.raises(DutyRefused, match="in answer to request 1, and was not served"):
        close(duty)

    answer_request(asked, "NOT_DISCLOSABLE", answer="It is about another call.", by=None, at=NOON)
    asked.refresh_from_db()
    assert requests_owed(duty) == []
    assert asked.answer.startswith("Item 2. (To be disclosed)\n")


def test_nothing_sensitive_answers_a_request_and_items_go_with_no_other_answer():
    duty = duties.stated("The debrief")
    asked = duty.statements.get().requests.get()
    secret, given_one = item_of(duty, 1, "MG6D"), item_of(duty, 3)

    with pytest.raises(StatementRefused, match="endorsed to be disclosed first"):
        answer_request(
            asked, "DISCLOSED", answer="The debrief.", items=[secret.pk], by=None, at=NOON
        )
    with pytest.raises(StatementRefused, match="only where something is to be disclosed"):
        answer_request(
            asked, "NOT_HELD", answer="We have none.", items=[given_one.pk], by=None, at=NOON
        )
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/statement/")
    page.follow("Answer request 1").see(duties.OPEN_ITEMS[2]).not_see(duties.SECRET)


def test_a_duty_does_not_end_while_the_court_was_not_told_of_a_service():
    duty = duties.stated("The log of the call")
    asked = duty.statements.get().requests.get()
    duties.endorse(duty, item_of(duty, 2), "D", reason="It answers the request", by=None)
    answer_request(asked, "DISCLOSED", answer="Item 2.", items=[item_of(duty, 2).pk], by=None,
                   at=NOON)  # fmt: skip
    duty = duties.approve_since(duty)
    serving = serve(duty, duties.a_service(duty), by=None, at=NOON)
    lawyer = duties.a_lawyer()
    assert waiting_for(lawyer, NOON.date()).filter(pk=duty.pk).exists()

    with pytest.raises(DutyRefused, match="1 service without notice to the court"):
        close(duty)
    page = as_(lawyer).open(f"/disclosure/{duty.pk}/").see("1 service not told yet")
    assert page.follow("Court told").heading == "When was the court told?"
    tell_court(serving, NOON + timedelta(hours=1), by=None, at=NOON + timedelta(hours=1))

    assert close(duty).state == DutyState.CLOSED
