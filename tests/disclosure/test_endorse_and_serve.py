from datetime import date, timedelta

import pytest

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.disclosure.models import Endorsement, Item, ServedItem
from forthright.disclosure.selectors.standings import history_of, lines_of
from forthright.disclosure.services.answering import (
    StatementRefused,
    answer_request,
    record_no_statement,
    record_statement,
)
from forthright.disclosure.services.endorsing import (
    EndorsementRefused,
    Written,
    endorse_item,
    endorse_obvious,
    set_aside,
    stamp_of,
)
from forthright.disclosure.services.serving import (
    ServingRefused,
    approve_duty,
    second_looks,
    send_back,
    serve,
    tell_court,
)
from forthright.disclosure.services.starting import DutyRefused, Trigger, close_duty, start_duty
from forthright.rules.disclosure_duty import DutyState
from forthright.web.meanwhile import ChangedMeanwhile
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON = given.NOON


def item_of(duty, number, form="MG6C"):
    lines = lines_of(duty)
    return next(each.item for each in lines if (each.item.number, each.form) == (number, form))


def endorse(duty, number, code, reason="She saw two men", by=None, **more):
    item = item_of(duty, number, more.pop("form", "MG6C"))
    wish = Written(item_id=item.pk, code=code, reason=reason, **more)
    return endorse_item(duty, wish, by=by, at=NOON)


def test_the_last_endorsement_moves_the_duty_on():
    duty = duties.reviewing()

    assert duties.endorse_all(duty, by=duties.a_lawyer()).state == DutyState.ENDORSED


def test_a_changed_endorsement_stands_beside_the_first():
    duty = duties.reviewing()
    endorse(duty, 1, "CND")
    endorse(duty, 1, "D", reason="It names who hired the van")

    assert [each.code for each in history_of(duty, item_of(duty, 1))] == ["CND", "D"]


def test_of_two_who_endorse_at_once_the_second_is_told():
    duty = duties.reviewing()
    first, second = duties.a_lawyer(), duties.a_lawyer()
    endorse(duty, 1, "CND", by=first, opened=stamp_of(None))

    with pytest.raises(ChangedMeanwhile, match=first.full_name):
        endorse(duty, 1, "D", by=second, opened=stamp_of(None))
    assert Endorsement.objects.count() == 1


def test_a_rule_that_refuses_an_endorsement_keeps_nothing():
    duty = duties.reviewing()

    with pytest.raises(EndorsementRefused, match="presumed"):
        endorse(duty, 2, "CND", reason="")
    assert not Endorsement.objects.exists()


def test_a_manager_who_is_no_lawyer_endorses_nothing():
    duty = duties.reviewing()

    with pytest.raises(NotAllowed, match="you may not endorse"):
        endorse(duty, 1, "CND", by=given.a_person(Role.LINE_MANAGER))


LOG = "Investigation log 13/2020 kept by DC Hall of each enquiry made and its result"


def test_presumed_material_is_not_endorsed_together_and_is_counted_when_served():
    duty = duties.adequate(duties.a_duty(), mg6c_csv=duties.a_schedule(LOG))

    with pytest.raises(EndorsementRefused, match="a decision of its own"):
        endorse_obvious(duty, [item_of(duty, 1).pk], by=None, at=NOON)
    endorse(duty, 1, "CND", reason="It is of another inquiry")
    duty = duties.approve_and_serve(duties.fresh(duty), is_nil=True)

    serving = duty.servings.get()
    assert (serving.presumed_total, serving.presumed_given) == (1, 0)


@pytest.mark.parametrize("is_approved", [False, True])
def test_what_was_withheld_before_its_kind_was_known_is_endorsed_again(is_approved):
    duty = duties.adequate(duties.a_duty(), mg6c_csv=duties.a_schedule(duties.OPEN_ITEMS[0]))
    endorse_obvious(duty, [item_of(duty, 1).pk], by=duties.a_lawyer(), at=NOON)
    manager = duties.a_lawyer(Role.LEGAL_MANAGER)
    if is_approved:
        approve_duty(duties.fresh(duty), by=manager, at=NOON)
    Item.objects.update(description=LOG)
    duty = duties.fresh(duty)

    with pytest.raises(ServingRefused, match="MG6C item 1: of a kind that is presumed"):
        if is_approved:
            serve(duty, duties.a_service(duty, is_nil=True), by=None, at=NOON)
        else:
            approve_duty(duty, looked_again=[item_of(duty, 1).pk], by=manager, at=NOON)

    endorse(duty, 1, "CND", reason="It is of another inquiry", opened=None)
    assert duties.approve_and_serve(duties.fresh(duty), is_nil=True).stands is DutyState.SERVED


def test_the_obvious_is_endorsed_together_and_nothing_else_is():
    duty = duties.reviewing()

    made = endorse_obvious(duty, [item_of(duty, 1).pk], by=None, at=NOON)

    assert [(each.code, each.is_one_of_many) for each in made] == [("CND", True)]
    with pytest.raises(EndorsementRefused, match="a decision of its own"):
        endorse_obvious(duty, [item_of(duty, 2).pk], by=None, at=NOON)
    with pytest.raises(EndorsementRefused, match="Tick at least one"):
        endorse_obvious(duty, [], by=None, at=NOON)


def test_whoever_endorsed_cannot_approve_and_presumed_items_are_looked_at_again():
    lawyer = duties.a_lawyer(Role.LEGAL_MANAGER)
    duty = duties.endorse_all(duties.reviewing(), by=lawyer)
    other = duties.a_lawyer(Role.LEGAL_MANAGER)

    with pytest.raises(NotAllowed, match="somebody else approves"):
        approve_duty(duty, by=lawyer, at=NOON)
    with pytest.raises(ServingRefused, match="presumed"):
        approve_duty(duty, by=other, at=NOON)
    again = [line.item.pk for line in second_looks(lines_of(duty))]
    assert approve_duty(duty, looked_again=again, by=other, at=NOON).state == DutyState.APPROVED


def test_an_endorsement_after_approval_opens_it_again():
    duty = duties.approved()

    endorse(duty, 1, "D")

    duty = duties.fresh(duty)
    assert (duty.state, duty.approved_by) == (DutyState.ENDORSED, None)


def test_what_is_sent_back_says_what_to_look_at():
    duty = duties.endorsed()
    lawyer = duties.a_lawyer(Role.LEGAL_MANAGER)

    with pytest.raises(ServingRefused, match="what to look at"):
        send_back(duty, reason="", by=lawyer, at=NOON)
    assert send_back(duty, reason="Item 2", by=lawyer, at=NOON).state == DutyState.REVIEWING


def test_service_keeps_what_was_served_and_starts_the_clock_of_the_defence():
    duty = duties.approved()

    serving = serve(duty, duties.a_service(duty), by=duties.a_lawyer(), at=NOON)

    duty = duties.fresh(duty)
    assert duty.state == DutyState.SERVED
    assert duty.statement_due_on == date(2026, 11, 1)  # 28 days with that of the service
    assert (serving.items_total, serving.items_endorsed) == (4, 4)
    assert (serving.presumed_total, serving.presumed_given) == (2, 1)
    assert ServedItem.objects.get().item == item_of(duty, 3)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param({"things": frozenset()}, "was said to be disclosed", id="kept back"),
        pytest.param({"proof": ""}, "What proves|what proves", id="no proof"),
        pytest.param({"method": "PIGEON"}, "how it was served", id="no method"),
        pytest.param({"served_at": NOON + timedelta(days=1)}, "not in the future", id="tomorrow"),
        pytest.param({"things": frozenset(), "is_nil": True}, "goes alone", id="nil"),
    ],
)
def test_what_cannot_be_served(change, says):
    duty = duties.approved()

    with pytest.raises(ServingRefused, match=says):
        serve(duty, duties.a_service(duty, **change), by=None, at=NOON)
    assert duties.fresh(duty).state == DutyState.APPROVED


def test_a_sensitive_item_cannot_be_served():
    duty = duties.approved()
    secret = item_of(duty, 1, "MG6D")

    with pytest.raises(ServingRefused, match="a sensitive item"):
        serve(duty, duties.a_service(duty, things=frozenset({secret.pk})), by=None, at=NOON)


def test_an_item_is_set_aside_by_name_with_a_reason_and_a_day():
    duty = duties.reviewing()
    for number in (1, 3):
        endorse(duty, number, *duties.CODES[number])
    endorse(duty, 1, "SN", form="MG6D")
    item = item_of(duty, 2)

    with pytest.raises(EndorsementRefused, match="Write why"):
        set_aside(duty, item.pk, reason="late", decide_by=date(2026, 10, 9), by=None, at=NOON)
    set_aside(duty, item.pk, reason="The log is still with the force", by=None, at=NOON,
              decide_by=date(2026, 10, 9))  # fmt: skip

    assert duties.fresh(duty).state == DutyState.ENDORSED


def test_the_court_is_told_once_and_not_before_the_service():
    duty = duties.served()
    serving = duty.servings.get()

    with pytest.raises(ServingRefused, match="on the day of the service"):
        tell_court(serving, NOON - timedelta(days=1), by=None, at=NOON)
    tell_court(serving, NOON, by=duties.a_lawyer(), at=NOON)

    assert duties.fresh(duty).state == DutyState.COURT_TOLD
    with pytest.raises(ServingRefused, match="already"):
        tell_court(serving, NOON, by=None, at=NOON)


def test_each_request_is_answered_before_the_duty_goes_on():
    duty = duties.stated("The CCTV of the yard", "The notes of PC Khan")
    first, second = duty.statements.get().requests.all()

    with pytest.raises(StatementRefused, match="Write the answer"):
        answer_request(first, "NOT_HELD", answer="", by=None, at=NOON)
    answer_request(first, "NOT_HELD", answer="There is no camera.", by=None, at=NOON)
    assert duties.fresh(duty).state == DutyState.STATEMENT
    answer_request(second, "DISCLOSED", answer="Item 4, served today.", by=None, at=NOON)

    assert duties.fresh(duty).state == DutyState.CONTINUING
    with pytest.raises(StatementRefused, match="already"):
        answer_request(first, "NOT_HELD", answer="There is no camera.", by=None, at=NOON)


def test_silence_is_recorded_only_once_the_time_is_over():
    duty = duties.court_told()

    with pytest.raises(StatementRefused, match="until Sunday 1 November 2026"):
        record_no_statement(duty, by=None, at=NOON)
    record_no_statement(duty, by=None, at=given.at("2026-11-02 09:00"))

    assert duties.fresh(duty).state == DutyState.CONTINUING


def test_a_statement_that_brings_one_up_to_date_is_not_called_late():
    duty = duties.court_told()
    at = given.at("2026-11-20 09:00")
    first = record_statement(duty, date(2026, 10, 20), [], by=None, at=at)

    later = record_statement(duty, date(2026, 11, 20), ["The tests of the phone"], by=None, at=at)

    assert (first.is_late, later.is_late) == (False, False)
    as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/statement/").not_see(", late")


def test_of_a_late_statement_and_one_that_brings_it_up_to_date_the_first_alone_is_late():
    duty = duties.court_told()
    at = given.at("2026-11-20 09:00")
    later = record_statement(duty, date(2026, 11, 20), ["The tests of the phone"], by=None, at=at)
    assert later.is_late

    first = record_statement(duty, date(2026, 11, 3), [], by=None, at=at)

    later.refresh_from_db()
    assert (first.is_late, later.is_late) == (True, False)


def test_a_late_statement_is_called_late():
    duty = duties.court_told()
    at = given.at("2026-11-03 09:00")

    assert record_statement(duty, date(2026, 11, 3), [], by=None, at=at).is_late
    assert duties.fresh(duty).state == DutyState.CONTINUING


def test_continuing_disclosure_is_endorsed_and_served_and_only_then_the_duty_ends():
    duty = duties.stated_nothing(duties.court_told())
    new = duties.a_schedule("Diary of Mr Hall for May 2026, noting the van", first=4)
    duty = duties.adequate(duties.fresh(duty), mg6c_csv=new)
    endorse(duty, 4, "D")

    with pytest.raises(DutyRefused, match="not served as it stands now"):
        close_duty(duty, reason="Found guilty on 4 October", by=None, at=NOON)
    duty = duties.approve_since(duty)
    serving = serve(duty, duties.a_service(duty), by=None, at=NOON)
    assert serving.kind == "CONTINUING"
    tell_court(serving, NOON, by=None, at=NOON)
    assert close_duty(duty, reason="Found guilty", by=None, at=NOON).state == DutyState.CLOSED


def test_what_was_served_stays_so():
    duty = duties.served()

    with pytest.raises(EndorsementRefused, match="stays so"):
        endorse(duty, 3, "CND")


def test_a_defendant_who_joins_later_begins_with_the_schedules_that_came():
    duty = duties.endorsed()
    trigger = Trigger(court="CROWN", triggered_on=duties.SENT, remand="BAIL")

    joined = start_duty(duties.a_defendant(duty.case, "Hollis"), trigger, by=None, at=NOON)

    assert joined.state == DutyState.REVIEWING
    assert not any(line.endorsement for line in lines_of(joined))
    with pytest.raises(DutyRefused, match="already"):
        start_duty(joined.defendant, trigger, by=None, at=NOON)
