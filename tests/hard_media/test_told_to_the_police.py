"""The police read on their page what they are told: each reason, its detail, and by when."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.hard_media.models import ForcePartner
from forthright.hard_media.services import feedback, items
from forthright.rules.media_periods import failure_reasons
from forthright.rules.media_states import MediaEvent
from tests import given
from tests.client import as_
from tests.hard_media import links, media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
REASON = failure_reasons()[0]
DETAIL = "The second camera is missing."
WHY = "The sound is missing."


def an_officer(force="20"):
    found = given.a_person(Role.POLICE_PARTNER)
    ForcePartner.objects.create(person=found, area=found.area, force=force, set_at=NOON)
    return found


def told(item):
    return feedback.give_feedback(item, REASON, detail=DETAIL, by=None, at=NOON)


def test_a_reason_about_what_is_not_asked_for_stands_there_until_it_can_no_longer_be_disputed():
    item = links.with_a_file(media.a_hearing(urn="20AB7000126"))
    given_then = told(item)
    browser = as_(an_officer())

    browser.open("/").see("1 reason about recordings that you may dispute")
    page = browser.open("/owed/")

    page.see("What you were told", "20AB7000126", item.exhibit, REASON, DETAIL,
             "you may dispute it until", str(item.unit))  # fmt: skip
    assert Event.objects.filter(name="media.listed", detail__recordings=[item.pk]).exists()
    as_(an_officer("21")).open("/owed/").not_see(REASON)
    with time_machine.travel(given_then.dispute_by + timedelta(minutes=1), tick=False):
        as_(an_officer()).open("/owed/").not_see(REASON)


def test_an_answered_reason_stands_there_no_longer():
    one = told(links.with_a_file(media.a_hearing(urn="20AB7000126")))
    feedback.record_answer(one, "ACCEPTED", by=None, at=NOON)

    as_(an_officer()).open("/owed/").not_see(REASON)


def test_what_is_asked_for_again_says_why_with_the_reason_and_its_detail():
    item = links.with_a_file(media.a_hearing(urn="20AB7000126"))
    told(item)
    items.request_item(item, reason=WHY, by=None, at=NOON)
    browser = as_(an_officer())

    for address in ("/owed/", f"/recordings/items/{item.pk}/send/"):
        browser.open(address).see(WHY, REASON, DETAIL, "you may dispute it until")


def test_why_something_was_asked_for_before_the_police_read_it_stays_here():
    item = links.with_a_file(media.a_hearing(urn="20AB7000126"))
    # As it was kept before the form said who reads it.
    items.step(item, MediaEvent.REQUEST, reason=WHY, by=None, at=NOON)
    item.requested_at = NOON
    item.save()

    page = as_(an_officer()).open("/owed/")

    page.see("Send it").not_see(WHY)


def test_of_a_sensitive_recording_only_the_reason_itself_is_told():
    hearing = media.a_hearing(urn="20AB7000126")
    item = media.a_classified_item(hearing, kind="SENSITIVE", title="The handler meets him")
    told(item)
    browser = as_(an_officer())
    browser.open("/owed/").see(REASON).not_see(DETAIL, "The handler meets him")

    items.request_item(item, reason=WHY, by=None, at=NOON)

    for address in ("/owed/", f"/recordings/items/{item.pk}/send/"):
        browser.open(address).see(REASON).not_see(DETAIL, WHY, "The handler meets him")


ANSWER = "They sent a clip on 3 October"


def test_what_the_police_answered_stands_beside_the_reason():
    item = links.with_a_file(media.a_hearing())
    feedback.record_answer(told(item), "DISPUTE_REFUSED", words=ANSWER, by=None, at=NOON)
    browser = as_(given.a_person(Role.INSPECTOR))

    browser.open(f"/recordings/items/{item.pk}/").see("disputed it, and it stands", ANSWER)
    browser.open("/recordings/feedback/").see("disputed it, and it stands", ANSWER)


def test_what_they_answered_about_a_sensitive_recording_is_read_by_its_unit_alone():
    item = links.with_a_file(media.a_hearing(), kind="SENSITIVE")
    feedback.record_answer(told(item), "ACCEPTED", words=ANSWER, by=None, at=NOON)
    address = f"/recordings/items/{item.pk}/"

    for somebody in (given.a_person(Role.INSPECTOR), media.a_lawyer()):
        as_(somebody).open("/recordings/feedback/").not_see(ANSWER)
    as_(given.a_person(Role.INSPECTOR)).open(address).not_see(ANSWER)
    as_(media.a_lawyer()).open(address).see(ANSWER)
