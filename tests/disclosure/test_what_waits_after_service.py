"""What waits once disclosure was served: each is named, and let go once it is done."""

from datetime import timedelta

import pytest

from forthright.accounts.models import Role
from forthright.disclosure.models import DefenceRequest
from forthright.disclosure.selectors.duties import waiting_for
from forthright.disclosure.selectors.evidence import evidence_of
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.answering import (
    StatementRefused,
    answer_request,
    record_statement,
)
from forthright.disclosure.services.endorsing import set_aside
from forthright.disclosure.services.reopening import open_again
from forthright.disclosure.services.sending import Sent, send_answers
from forthright.disclosure.services.serving import serve, tell_court
from forthright.disclosure.services.starting import DutyRefused, close_duty
from forthright.disclosure.services.triage import answer_return
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON, TODAY = given.NOON, given.NOON.date()


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def waits(duty, today=TODAY):
    return waiting_for(duties.a_lawyer(), today).filter(pk=duty.pk).exists()


def with_two_more_services():
    """Return a duty that was served three times, the court told of the first alone."""
    duty = duties.court_told()
    for number in (1, 2):
        item = next(line.item for line in lines_of(duty) if line.item.number == number)
        duties.endorse(duty, item, "D", reason="It assists", by=duties.a_lawyer())
        duty = duties.approve_since(duty)
        at = NOON + timedelta(hours=number)
        serve(duty, duties.a_service(duty, served_at=at), by=None, at=at)
        duty = duties.fresh(duty)
    return duty


def test_the_page_names_the_service_it_asks_about_and_each_can_be_told(time_machine):
    duty = with_two_more_services()
    time_machine.move_to(NOON + timedelta(hours=3), tick=False)
    browser = as_(duties.a_lawyer())
    second, third = duty.servings.filter(court_told_at=None).order_by("pk")

    page = browser.open(f"/disclosure/{duty.pk}/court/?service={third.pk}")
    page.see("Of the service of Monday 5 October 2026, 2pm: continuing disclosure.")
    page.press("Keep it", hour="2:30pm").see("Of 1 other service it was not told yet")

    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.court_told_at, third.court_told_at is not None) == (None, True)
    page = browser.open(f"/disclosure/{duty.pk}/").see("tell the court of it")
    page.follow("tell the court of it: Continuing disclosure of 5 October 2026").see(
        "1pm: continuing"
    )
    browser.open(f"/disclosure/{duty.pk}/court/?service={third.pk}").see("of that service already")


def test_after_a_service_the_page_asks_about_that_service():
    duty = duties.approved()
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/serve/")

    page.press("Record service on Mr Dean Marsden", method="DCS", proof="Receipt 4471").see(
        "When was the court told?", "initial disclosure."
    )


def test_what_left_the_schedules_waits_for_nobody():
    duty = duties.court_told()
    soon, later = TODAY + timedelta(days=1), TODAY + timedelta(days=2)
    lines = {line.item.number: line.item for line in lines_of(duty) if line.form == "MG6C"}
    duties.endorse(duty, lines[1], "D", reason="It assists", by=duties.a_lawyer())
    duties.endorse(duty, lines[2], "Q", reason="Which log?", by=duties.a_lawyer())
    set_aside(duty, lines[2].pk, reason="The log is with the force", decide_by=soon,
              by=duties.a_lawyer(), at=NOON)  # fmt: skip
    assert waits(duties.approve_since(duty), later)

    duties.adequate(duty, mg6c_csv=duties.a_schedule(duties.OPEN_ITEMS[2], first=3))

    assert not waits(duty, later)


def test_what_is_queried_after_service_waits_as_before_it():
    duty, lawyer = duties.court_told(), duties.a_lawyer()
    item = next(line.item for line in lines_of(duty) if line.item.number == 2)
    assert not waits(duty)

    duties.endorse(duty, item, "Q", reason="Which fight is the log about?", by=lawyer)

    assert waits(duty)
    as_(lawyer).open("/").see("1 duty served, and waiting for the defence statement")
    set_aside(duty, item.pk, reason="The log is with the force", by=lawyer, at=NOON,
              decide_by=TODAY + timedelta(days=7))  # fmt: skip
    assert not waits(duty)


def answered_by_the_police():
    """Return a duty of whose two requests one was asked of the police."""
    duty = duties.stated()
    for asked, outcome in zip(DefenceRequest.objects.order_by("number"),
                              ("WITH_THE_POLICE", "NOT_HELD"), strict=True):  # fmt: skip
        answer_request(asked, outcome, answer="We have asked.", by=None, at=NOON)
    return duties.fresh(duty)


def test_what_was_asked_of_the_police_waits_until_their_reply_is_recorded():
    duty, lawyer = answered_by_the_police(), duties.a_lawyer()
    assert waits(duty)
    with pytest.raises(DutyRefused, match="1 request asked of the police"):
        close_duty(duty, reason="Found guilty", by=None, at=NOON)
    browser = as_(lawyer)
    browser.open(f"/disclosure/{duty.pk}/").see("1 request of the defence waits for the police")

    page = browser.open(f"/disclosure/{duty.pk}/statement/").follow(
        "Answer with what they replied to request 1"
    )
    page.press("Answer it", outcome="NOT_HELD", answer="The police hold none.")

    request = DefenceRequest.objects.get(number=1)
    assert request.outcome == "NOT_HELD"
    assert request.answer.startswith("We have asked. (Asked of the police)\n")
    assert request.answer.endswith("\nMonday 5 October 2026: The police hold none.")
    assert waits(duty)
    sent = Sent(method="POST", proof="Receipt 88", sent_at=NOON)
    send_answers(duty, sent, by=lawyer, at=NOON)
    assert not waits(duty)
    assert close_duty(duties.fresh(duty), reason="Guilty", by=None, at=NOON).state == "CLOSED"


def test_the_court_is_told_of_a_service_once():
    duty = duties.served()
    tell_court(duty.servings.get(), NOON, by=None, at=NOON)

    as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/court/").see("told of every service")


def test_schedules_that_the_police_do_not_mend_wait_for_somebody():
    duty = duties.a_duty()
    back = duties.returned(duty)
    assert not waits(duty)
    assert waits(duty, back.answer_by + timedelta(days=1))
    officer = given.a_person(Role.POLICE_PARTNER, unit=back.unit)
    answer_return(back, "We do not agree: the description is full.", by=officer, at=NOON)

    assert waits(duty)
    as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/").see("read what the police say")


def test_a_case_that_ends_in_the_time_of_the_defence_is_closed():
    duty = duties.court_told()
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/").follow("Close the duty")

    page.press("Close the duty", reason="Pleaded guilty on 5 October")

    assert duties.fresh(duty).state == "CLOSED"
    open_again(duty, reason="The plea was vacated", by=None, at=NOON)
    assert duties.fresh(duty).state == "COURT_TOLD"


def test_a_second_statement_comes_while_things_asked_wait_and_none_is_kept_twice():
    duty = duties.stated("The CCTV of the yard")

    with pytest.raises(StatementRefused, match="kept already"):
        record_statement(duty, TODAY, ["The CCTV of the yard"], by=None, at=NOON)
    record_statement(duty, TODAY, [], by=None, at=NOON)

    assert duties.fresh(duty).state == "STATEMENT"
    answer_request(DefenceRequest.objects.get(), "NOT_HELD", answer="None.", by=None, at=NOON)
    assert duties.fresh(duty).state == "CONTINUING"


def test_the_evidence_of_a_later_service_names_no_day_it_was_due_by():
    duty = with_two_more_services()

    said = dict(evidence_of(duty, TODAY))["Served on the defence"]

    assert ["; due" in each for each in said] == [True, False, False]
