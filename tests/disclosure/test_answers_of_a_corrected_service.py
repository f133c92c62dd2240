"""What is corrected of a service holds of the answers to the defence that went with it."""

from importlib import import_module

import pytest
from django.apps import apps

from forthright.accounts.models import Role
from forthright.disclosure.models import AnswersSending, Serving
from forthright.disclosure.selectors.promises import unsent_of
from forthright.disclosure.services.mending import correct_service
from forthright.disclosure.services.reckoning import DateRefused
from forthright.disclosure.services.sending import SendingRefused, send_answers
from forthright.disclosure.services.taking_back import ask_to_take_back, take_back
from tests import given
from tests.client import as_
from tests.disclosure import duties
from tests.disclosure.test_answers_sent import (
    AFTER,
    ONE,
    TWO,
    answer,
    answered,
    by_post,
    serve_item_2,
)

pytestmark = pytest.mark.django_db
MIGRATION = import_module("forthright.disclosure.migrations.0026_answers_as_served")


def test_what_is_corrected_of_a_service_is_corrected_of_the_answers_that_went_with_it(time_machine):
    time_machine.move_to(AFTER, tick=False)
    duty = answered()
    serving = serve_item_2(duty)

    correct_service(serving, given.at("2026-10-07 10:30"), method="POST", reason="By its receipt",
                    by=duties.a_lawyer(Role.LEGAL_MANAGER), at=AFTER)  # fmt: skip

    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/statement/")
    page.see("Sent 7 October 2026, 10:30am, post.").not_see("2026, 10am")


def test_a_service_is_not_corrected_to_before_the_answers_that_went_with_it():
    duty = duties.stated()
    answer(duty, 1, at=TWO)
    serving = serve_item_2(duty, at=AFTER)

    with pytest.raises(DateRefused, match=r"An answer that went with it was given .*10am"):
        correct_service(serving, ONE, reason="By its receipt", by=None, at=AFTER)

    correct_service(serving, TWO, reason="By its receipt", by=None, at=AFTER)
    assert AnswersSending.objects.get().sent_at == TWO


def test_a_service_is_not_corrected_to_after_a_newer_answer_was_sent(time_machine):
    time_machine.move_to(AFTER, tick=False)
    duty, sent = answered(), given.at("2026-10-06 13:00")
    serving = serve_item_2(duty, at=ONE)
    answer(duty, 1, said="There is one film after all.", at=given.at("2026-10-06 12:00"))
    sending = send_answers(duties.fresh(duty), by_post(sent), by=None, at=sent)

    with pytest.raises(
        DateRefused, match=r"to request 1 .* sent Tuesday 6 October 2026, 1pm.*back"
    ):
        correct_service(serving, TWO, reason="By its receipt", by=None, at=AFTER)

    correct_service(serving, sent, reason="By its receipt", by=None, at=AFTER)
    taking = ask_to_take_back(duty, f"sending-{sending.pk}", reason="It never left", by=None,
                              at=AFTER)  # fmt: skip
    take_back(taking, by=duties.a_lawyer(), at=AFTER)
    correct_service(serving, TWO, reason="By its receipt", by=None, at=AFTER)
    assert [each.number for each in unsent_of(duties.fresh(duty))] == [1]
    with pytest.raises(
        SendingRefused, match="older answer to request 1 was sent Wednesday 7 October"
    ):
        send_answers(duties.fresh(duty), by_post(sent), by=None, at=AFTER)
    send_answers(duties.fresh(duty), by_post(TWO), by=None, at=AFTER)


def test_answers_of_a_service_that_was_corrected_before_went_when_it_did():
    duty = answered()
    serving = serve_item_2(duty)
    alone = answer(duty, 1, said="There is none.", at=AFTER)
    send_answers(duty, by_post(AFTER), by=None, at=AFTER)
    Serving.objects.filter(pk=serving.pk).update(served_at=ONE, method="HAND")

    MIGRATION.answers_as_served(apps, None)

    sent = AnswersSending.objects.order_by("pk").values_list("sent_at", "method")
    assert list(sent) == [(ONE, "HAND"), (alone.answered_at, "POST")]
