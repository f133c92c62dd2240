"""Nothing that comes or is left over after a service is lost from sight, and no day is made up."""

from datetime import date, timedelta

import pytest

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.disclosure.selectors.duties import waiting_for
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.answering import StatementRefused, record_statement
from forthright.disclosure.services.correcting import Trigger, correct_trigger
from forthright.disclosure.services.endorsing import Written, endorse_item, set_aside
from forthright.disclosure.services.reckoning import DateRefused
from forthright.disclosure.services.serving import ServingRefused, approve_duty, serve, tell_court
from forthright.disclosure.services.starting import DutyRefused, close_duty
from forthright.disclosure.services.triage import (
    TriageRefused,
    find_adequate,
    return_to_police,
)
from forthright.rules.disclosure_duty import DutyState
from tests import given
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON, TODAY = given.NOON, given.NOON.date()
LATER = "Diary of Mr Hall for May 2026, noting who hired the van"


def waits(duty, today=TODAY):
    return waiting_for(duties.a_lawyer(), today).filter(pk=duty.pk).exists()


def test_a_served_duty_waits_for_nobody():
    assert not waits(duties.court_told())


def test_schedules_that_come_after_service_wait_until_each_item_is_endorsed_and_served():
    duty = duties.court_told()
    delivery = duties.received(duty, mg6c_csv=duties.a_schedule(LATER, first=4))
    assert waits(duty)
    find_adequate(delivery, reason="Enough for this case", by=None,
                  at=NOON + timedelta(hours=1))  # fmt: skip
    assert waits(duty)
    line = next(each for each in lines_of(duty) if each.item.number == 4)
    wish = Written(item_id=line.item.pk, code="D", reason="It names who hired it")
    endorse_item(duty, wish, by=None, at=NOON + timedelta(hours=1))
    assert waits(duty)

    duties.approve_since(duty)
    assert waits(duty)
    later = duties.a_service(duty, served_at=NOON + timedelta(hours=1))
    serving = serve(duties.fresh(duty), later, by=None, at=NOON + timedelta(hours=1))
    assert waits(duty)
    tell_court(serving, NOON + timedelta(hours=1), by=None, at=NOON + timedelta(hours=1))

    assert not waits(duty)


def test_an_item_set_aside_waits_again_once_its_day_has_passed():
    duty = duties.with_an_item_set_aside()
    tell_court(duty.servings.get(), NOON, by=None, at=NOON)
    duty.state = DutyState.CONTINUING
    duty.save()

    assert not waits(duty, date(2026, 10, 9))
    assert waits(duty, date(2026, 10, 10))


def test_a_duty_is_not_closed_while_an_item_that_was_set_aside_is_not_decided():
    duty = duties.with_an_item_set_aside()
    duty.state = DutyState.COURT_TOLD
    duty.save()
    record_statement(duty, TODAY, (), by=None, at=NOON)

    with pytest.raises(DutyRefused, match="nobody has decided"):
        close_duty(duties.fresh(duty), reason="Acquitted on 5 October", by=None, at=NOON)


def test_it_cannot_have_been_served_before_it_was_approved():
    duty = duties.approved()

    with pytest.raises(ServingRefused, match="It was approved Monday 5 October 2026"):
        serve(duty, duties.a_service(duty, served_at=NOON - timedelta(days=3)), by=None, at=NOON)


def test_who_set_an_item_aside_does_not_approve():
    duty = duties.reviewing()
    manager = duties.a_lawyer(Role.LEGAL_MANAGER)
    [first, *rest] = lines_of(duty)
    set_aside(duty, first.item.pk, reason="The court ordered service by today",
              decide_by=date(2026, 10, 9), by=manager, at=NOON)  # fmt: skip
    for line in rest:
        code = "SN" if line.form == "MG6D" else "ND"
        wish = Written(item_id=line.item.pk, code=code, reason="Of another address")
        endorse_item(duty, wish, by=duties.a_lawyer(), at=NOON)
    again = [line.item.pk for line in lines_of(duty)]

    with pytest.raises(NotAllowed, match="somebody else approves"):
        approve_duty(duties.fresh(duty), looked_again=again, by=manager, at=NOON)


def test_who_endorsed_an_item_that_another_endorsed_since_does_not_approve():
    manager = duties.a_lawyer(Role.LEGAL_MANAGER)
    duty = duties.endorse_all(duties.reviewing(), by=manager)
    duty = duties.endorse_all(duty, by=duties.a_lawyer())
    again = [line.item.pk for line in lines_of(duty)]

    with pytest.raises(NotAllowed, match="somebody else approves"):
        approve_duty(duty, looked_again=again, by=manager, at=NOON)


def test_a_schedule_that_lists_nothing_leads_to_the_statement_that_there_is_nothing():
    nothing = "MG6C SCHEDULE\nItem No.,Description,Location\nThere is no unused material\n"
    duty = duties.adequate(duties.a_duty(), mg6c_csv=nothing)

    assert duty.state == DutyState.ENDORSED
    duty = duties.approve_and_serve_nothing(duty)
    assert (duty.state, duty.servings.get().kind) == (DutyState.SERVED, "NIL")


def test_what_was_said_to_be_disclosed_does_not_go_with_a_version_that_leaves_it_out():
    duty = duties.endorsed()
    delivery = duties.received(duty, mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS[:2]))

    with pytest.raises(TriageRefused, match="MG6C item 3 of the version before"):
        find_adequate(delivery, reason="", by=None, at=NOON)
    find_adequate(delivery, reason="It is a statement now, served as evidence", by=None, at=NOON)


def test_words_written_anew_are_not_taken_for_left_out():
    duty = duties.endorsed()
    items = [*duties.OPEN_ITEMS[:2], f"{duties.OPEN_ITEMS[2]} (two pages)"]
    delivery = duties.received(duty, mg6c_csv=duties.a_schedule(*items))
    if any(each["level"] == "stop" for each in delivery.findings):
        delivery.findings = []
        delivery.save()

    find_adequate(delivery, by=None, at=NOON)

    assert duties.fresh(duty).state == DutyState.REVIEWING


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), date(2026, 10, 6)])
def test_a_duty_cannot_be_made_to_begin_in_the_future(day):
    with pytest.raises(DateRefused, match="today or in the past"):
        correct_trigger(
            duties.served(),
            Trigger(triggered_on=day, remand="BAIL", reason="A mistake in it"),
            by=None,
            at=NOON,
        )


def test_a_defence_statement_did_not_come_before_what_it_answers():
    duty = duties.court_told()

    with pytest.raises(StatementRefused, match="served, on Monday 5 October 2026: the defence"):
        record_statement(duty, date(2026, 10, 4), [], by=None, at=NOON)
    assert not duty.statements.exists()
    assert not record_statement(duty, TODAY, [], by=None, at=NOON).is_late


def test_a_duty_does_not_end_while_schedules_wait_to_be_looked_through_or_mended():
    duty = duties.court_told()
    record_statement(duty, TODAY, [], by=None, at=NOON)
    delivery = duties.received(duty, mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS, LATER))

    with pytest.raises(DutyRefused, match="nobody has looked through"):
        close_duty(duties.fresh(duty), reason="Found guilty", by=None, at=NOON)

    asked = {"Schedules of unused material not completed correctly": ["Say what item 4 shows."]}
    return_to_police(delivery, asked, unit=duties.a_police_unit(), answer_by=date(2026, 10, 12),
                     by=None, at=NOON)  # fmt: skip
    with pytest.raises(DutyRefused, match="back with the police"):
        close_duty(duties.fresh(duty), reason="Found guilty", by=None, at=NOON)
