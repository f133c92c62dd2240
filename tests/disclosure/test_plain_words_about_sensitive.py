"""Plain words about sensitive material reach neither the defence nor the court."""

import pytest

from forthright.disclosure.documents import pack_of
from forthright.disclosure.models import DefenceRequest
from forthright.disclosure.selectors.answers import telling_of
from forthright.disclosure.selectors.packs import NoPackYet
from forthright.disclosure.services.answering import StatementRefused, answer_request
from forthright.disclosure.services.managing import DocumentRefused, write_document
from forthright.disclosure.services.sending import SendingRefused, Sent, send_answers
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON = given.NOON
PLAINLY = "It stands on the schedule of sensitive material, so you will not get it."


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def answered(duty, words):
    request = DefenceRequest.objects.get(statement__duty=duty)
    return answer_request(request, "NOT_HELD", answer=words, by=duties.a_lawyer(), at=NOON)


def test_the_document_is_not_kept_with_them():
    duty = duties.endorsed()

    with pytest.raises(DocumentRefused, match="speaks of sensitive material: “schedule of"):
        write_document(duty, {"other": PLAINLY}, by=duties.a_lawyer(), at=NOON)
    words = {"other": "All items on the schedule of non‑sensitive unused material were read."}
    write_document(duty, words, by=duties.a_lawyer(), at=NOON)


def test_an_answer_is_not_kept_with_them_and_the_page_says_what_to_take_out():
    duty = duties.stated("The film of the yard")

    with pytest.raises(StatementRefused, match="The answer speaks of sensitive material"):
        answered(duty, PLAINLY)
    with pytest.raises(StatementRefused, match="“mg6d”"):
        answered(duty, "It is on the MG6D.")
    answered(duty, "Every item of the non-sensitive schedule was read: no film was made.")


def test_what_was_kept_before_does_not_go():
    duty = duties.stated("The film of the yard")
    request = answered(duty, "No film was made.")
    DefenceRequest.objects.update(answer=PLAINLY, newest=PLAINLY)

    assert telling_of(duty) == {request.pk}
    sent = Sent(method="POST", proof="Receipt 88", sent_at=NOON)
    with pytest.raises(SendingRefused):
        send_answers(duty, sent, by=duties.a_lawyer(), at=NOON)
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/statement/")
    page.see("Cannot be sent", "It repeats words of sensitive material, or speaks of it.")


def test_a_document_that_was_kept_before_goes_with_no_service():
    duty = duties.approved()
    document = write_document(duty, {"other": "Nothing else."}, by=duties.a_lawyer(), at=NOON)
    document.written = {"other": "No sensitive material is held."}
    document.save()

    with pytest.raises(NoPackYet, match="or speaks of it, so it cannot go out"):
        pack_of(duty, by=duties.a_lawyer(), at=NOON)
