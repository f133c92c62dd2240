"""What was recorded of the wrong defendant, or never was, is taken back by two people."""

from datetime import date, timedelta

import pytest

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.disclosure.models import (
    DefenceRequest,
    DefenceStatement,
    Delivery,
    DisclosureDuty,
    ServedItem,
    Serving,
    TakingBack,
)
from forthright.disclosure.selectors.compliance import compliance_of, duty_facts_as_of
from forthright.disclosure.selectors.corrected import corrected_of
from forthright.disclosure.selectors.duties import waiting_for
from forthright.disclosure.selectors.evidence import evidence_of
from forthright.disclosure.selectors.judged_by import first_service
from forthright.disclosure.selectors.packs import NoPackYet, pack_facts
from forthright.disclosure.selectors.promises import requests_owed, untold_of
from forthright.disclosure.selectors.standings import lines_of, served_things
from forthright.disclosure.selectors.stood import passed_approvals
from forthright.disclosure.selectors.trends import trends_of
from forthright.disclosure.services.answering import (
    answer_request,
    record_no_statement,
    record_statement,
)
from forthright.disclosure.services.dating import Ordered, set_court_date
from forthright.disclosure.services.reckoning import DateRefused
from forthright.disclosure.services.reopening import open_again
from forthright.disclosure.services.serving import Service, serve, tell_court
from forthright.disclosure.services.starting import end_duty
from forthright.disclosure.services.taking_back import (
    ask_to_take_back,
    take_back,
)
from forthright.rules.disclosure_compliance import Month
from forthright.rules.disclosure_duty import DutyState
from forthright.rules.disclosure_limits import INITIAL
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON, TODAY = given.NOON, given.NOON.date()
LATER = given.at("2026-11-20 12:00")
WHY = "It was served on the co-defendant Marsden"


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def asked(duty, key, *, by=None, at=NOON):
    return ask_to_take_back(duty, key, reason=WHY, by=by or duties.a_lawyer(), at=at)


def taken_back(duty, key, *, at=NOON):
    return take_back(asked(duty, key, at=at), by=duties.a_lawyer(), at=at)


def service_of(duty):
    return f"service-{duty.servings.earliest('pk').pk}"


def failings():
    everything = (DisclosureDuty.objects.all(), Delivery.objects.all())
    month = compliance_of(*everything, Month(2026, 10), date(2026, 12, 1))
    return [each.failing for each in month.duties]


def served_on_the_wrong_one(clerk):
    """Return a duty of which a service was recorded that another was given, and told the court."""
    his = duties.approved(name="Hale")
    page = as_(clerk).open(f"/disclosure/{his.pk}/serve/")
    page.see("Serve on the defence of Mr Dean Hale")
    page.press("Record service on Mr Dean Hale", method="DCS", proof="Receipt 4471")
    duty = duties.fresh(his)
    tell_court(duty.servings.get(), NOON, by=clerk, at=NOON)
    return duty


def test_a_service_on_the_wrong_defendant_is_taken_back_on_the_pages():
    clerk, second = given.a_person(Role.LINE_MANAGER), duties.a_lawyer()
    his = served_on_the_wrong_one(clerk)

    page = as_(clerk).open(f"/disclosure/{his.pk}/take-back/")
    page = page.press("Ask to take it back", what=service_of(his), reason=WHY)
    page.see("Asked", WHY, "counts until a second person confirms")
    assert duties.fresh(his).stands is DutyState.COURT_TOLD
    taking = TakingBack.objects.get()
    address = f"/disclosure/{his.pk}/take-back/{taking.pk}/"
    as_(clerk).open(address).see("somebody else of the unit").not_see(
        "Confirm that it never happened"
    )
    page = as_(second).open(address)
    page.see("Receipt 4471", WHY, "time of the defence for its statement stops")
    page = page.press("Confirm that it never happened")

    page.see("Taken back", WHY, "Receipt 4471", "With it the notice to the court", str(second))
    duty = duties.fresh(his)
    assert (duty.stands, duty.served_at, duty.statement_due_on) == (DutyState.APPROVED, None, None)
    assert duty.approved_at is not None
    assert not duty.servings.exists()
    assert not served_things(duty)
    assert [line.standing.named for line in lines_of(duty) if line.standing.is_owed]
    as_(second).open(f"/disclosure/{his.pk}/record/").see(
        "Served: Initial disclosure", "A service was taken back: it never was", WHY
    )


def test_what_hung_on_it_is_kept_and_it_is_served_anew():
    clerk = given.a_person(Role.LINE_MANAGER)
    duty = served_on_the_wrong_one(clerk)

    taken_back(duty, service_of(duty))

    kept = Serving.everything.get(duty=duty)
    assert (kept.proof, kept.court_told_on) == ("Receipt 4471", TODAY)
    assert ServedItem.everything.filter(serving=kept).exists()

    page = as_(clerk).open(f"/disclosure/{duty.pk}/serve/").not_see("while it was approved")
    page.press("Record service on Mr Dean Hale", method="DCS", proof="Receipt 4480").see("Served")
    assert duties.fresh(duty).stands is DutyState.SERVED


def test_the_month_follows_and_says_so(time_machine):
    duty = duties.court_told()
    assert failings() == [""]
    facts = (DisclosureDuty.objects.all(), date(2026, 9, 28), date(2026, 12, 1))
    before = duty_facts_as_of(*facts, LATER.date())
    time_machine.move_to(LATER, tick=False)
    taken_back(duty, service_of(duty), at=LATER)

    assert failings() == ["No initial disclosure"]
    as_(duties.a_lawyer()).open("/disclosure/compliance/?month=2026-10").see(
        "the day of a service that was taken back", "it never was", WHY
    )
    trends = trends_of(DisclosureDuty.objects.all(), Delivery.objects.all(), date(2026, 12, 1))
    in_time = next(each for each in trends if each.measure.figure == "q2")
    assert in_time.values[-1].count == 0
    # Before that day nobody knew.
    assert duty_facts_as_of(*facts, LATER.date()) == before
    assert duty_facts_as_of(*facts, LATER.date() + timedelta(days=1)) != before
    assert "Recorded and taken back" in str(evidence_of(duty, LATER.date()))
    assert WHY not in str(evidence_of(duty, LATER.date()))


def test_it_needs_a_second_person_and_a_reason():
    duty, her = duties.served(), duties.a_lawyer()
    with pytest.raises(DateRefused, match="Write why"):
        ask_to_take_back(duty, service_of(duty), reason=" ", by=her, at=NOON)
    taking = asked(duty, service_of(duty), by=her)
    with pytest.raises(DateRefused, match="somebody else of the unit"):
        take_back(taking, by=her, at=NOON)
    with pytest.raises(DateRefused, match="asked for that already"):
        asked(duty, service_of(duty))
    with pytest.raises(NotAllowed):
        take_back(taking, by=given.a_person(Role.VICTIM_LIAISON_OFFICER), at=NOON)
    with pytest.raises(NotAllowed):
        asked(duty, service_of(duty), by=given.a_person(Role.VICTIM_LIAISON_OFFICER))

    take_back(taking, by=duties.a_lawyer(), at=NOON)

    with pytest.raises(DateRefused, match="answered already"):
        take_back(taking, by=duties.a_lawyer(), at=NOON)
    names = Event.objects.filter(subject_id=str(duty.pk)).values_list("name", flat=True)
    assert {"taking_back.asked", "disclosure.service_taken_back"} <= set(names)


def test_it_waits_on_the_overview_of_everybody_but_who_asked():
    duty, her, other = duties.court_told(), duties.a_lawyer(), duties.a_lawyer()
    assert duty not in waiting_for(other, TODAY)

    taking = asked(duty, service_of(duty), by=her)

    assert duty in waiting_for(other, TODAY)
    assert duty not in waiting_for(her, TODAY)
    page = as_(other).open(f"/disclosure/{duty.pk}/take-back/{taking.pk}/")
    page.press("Leave it as it is", reason="").see("Write why it stays")
    page = page.press("Leave it as it is", reason="The receipt names him")
    page.see("Left as it is", "The receipt names him")
    assert duty not in waiting_for(other, TODAY)
    assert duties.fresh(duty).stands is DutyState.COURT_TOLD
    assert asked(duty, service_of(duty)).pk != taking.pk


def test_what_rests_on_a_service_is_taken_back_first():
    duty = duties.stated("The CCTV of the yard")
    with pytest.raises(DateRefused, match="defence statement received"):
        asked(duty, service_of(duty))

    taken_back(duty, f"statement-{duty.statements.get().pk}")
    duty = duties.fresh(duty)
    taking = asked(duty, service_of(duty))
    record_statement(duty, TODAY, ["The notes"], by=None, at=NOON)
    with pytest.raises(DateRefused, match="rests on it"):
        take_back(taking, by=duties.a_lawyer(), at=NOON)


def test_a_statement_on_the_wrong_duty_is_taken_back_with_what_it_asks_for():
    duty = duties.stated("The CCTV of the yard", "The notes")
    statement = duty.statements.get()
    first, second = statement.requests.all()
    answer_request(first, "DISCLOSED", answer="It is given", by=None, at=NOON)
    answer_request(second, "WITH_THE_POLICE", answer="Asked", by=None, at=NOON)
    duty = duties.fresh(duty)
    assert requests_owed(duty)

    taken_back(duty, f"statement-{statement.pk}")

    duty, her = duties.fresh(duty), duties.a_lawyer()
    assert duty.stands is DutyState.COURT_TOLD
    assert not requests_owed(duty)
    assert not DefenceRequest.objects.exists()
    assert duty not in waiting_for(her, TODAY)
    assert DefenceStatement.everything.get().requests.model.everything.count() == 2
    as_(her).open(f"/disclosure/{duty.pk}/").see("Defence statement received", WHY)
    as_(her).open(f"/disclosure/{duty.pk}/record/").see("was taken back", WHY)
    again = record_statement(duty, TODAY, [], by=None, at=NOON)
    assert again.pk != statement.pk


def test_a_second_statement_leaves_the_first_where_it_stood():
    duty = duties.stated("The CCTV of the yard")
    wrong = record_statement(duty, TODAY, ["The notes"], by=None, at=NOON)

    taken_back(duty, f"statement-{wrong.pk}")

    assert duties.fresh(duty).stands is DutyState.STATEMENT


def test_that_none_came_is_taken_back(time_machine):
    duty = duties.court_told()
    time_machine.move_to(LATER, tick=False)
    none = record_no_statement(duty, by=None, at=LATER)

    taken_back(duty, f"statement-{none.pk}", at=LATER)

    duty = duties.fresh(duty)
    assert duty.stands is DutyState.COURT_TOLD
    taken_back(duty, service_of(duty), at=LATER)
    assert duties.fresh(duty).stands is DutyState.APPROVED


def test_a_notice_to_the_court_is_taken_back_and_kept():
    duty = duties.court_told()
    serving = duty.servings.get()

    taken_back(duty, f"notice-{serving.pk}")

    duty, her = duties.fresh(duty), duties.a_lawyer()
    assert duty.stands is DutyState.SERVED
    assert untold_of(duty).exists()
    as_(her).open(f"/disclosure/{duty.pk}/").see("the court told", "Taken back", WHY)
    tell_court(duty.servings.get(), NOON, by=her, at=NOON)
    assert duties.fresh(duty).stands is DutyState.COURT_TOLD


def test_a_notice_is_taken_back_though_a_statement_came_since():
    duty = duties.stated("The CCTV of the yard")
    taken_back(duty, f"notice-{duty.servings.get().pk}")
    duty = duties.fresh(duty)
    assert duty.stands is DutyState.STATEMENT
    assert untold_of(duty).exists()

    end_duty(duty, TODAY, reason="Pleaded guilty", by=None, at=NOON)
    open_again(duty, reason="Closed by mistake", by=None, at=NOON)
    assert duties.fresh(duty).stands is DutyState.STATEMENT
    tell_court(duty.servings.get(), NOON, by=None, at=NOON)
    assert duties.fresh(duty).stands is DutyState.STATEMENT


def test_a_later_service_is_taken_back_and_its_items_are_owed_again():
    duty = duties.court_told()
    line = next(each for each in lines_of(duty) if each.item.number == 1)
    duties.endorse(duty, line.item, "D", reason="It helps him", by=duties.a_lawyer())
    duties.approve_since(duty)
    later = serve(duties.fresh(duty), Service(
        method="DCS", proof="Receipt 4472", served_at=NOON, things=frozenset({line.item.pk}),
    ), by=None, at=NOON)  # fmt: skip
    with pytest.raises(DateRefused, match="1 later service"):
        asked(duty, service_of(duty))

    taken_back(duty, f"service-{later.pk}")

    duty = duties.fresh(duty)
    assert duty.stands is DutyState.COURT_TOLD
    assert duty.served_at == NOON
    assert [each.item.pk for each in lines_of(duty) if each.standing.is_owed] == [line.item.pk]
    taken_back(duty, service_of(duty))
    assert duties.fresh(duty).stands is DutyState.APPROVED


def test_what_was_decided_since_the_service_is_approved_before_it_is_served():
    duty = duties.served()
    line = next(each for each in lines_of(duty) if each.item.number == 1)
    duties.endorse(duty, line.item, "D", reason="It helps him", by=duties.a_lawyer())

    taken_back(duty, service_of(duty))

    duty = duties.fresh(duty)
    assert (duty.stands, duty.approved_at) == (DutyState.ENDORSED, None)


def test_what_came_since_the_service_waits_to_be_looked_through():
    duty = duties.served()
    duties.received(duty, MG6C_csv=duties.a_schedule("A new log of the call", first=4))

    taken_back(duty, service_of(duty))

    assert duties.fresh(duty).stands is DutyState.RECEIVED


def test_an_order_made_while_it_counted_as_served_counts(time_machine):
    duty = duties.court_told()
    was_due = duty.due_on
    longer = was_due + timedelta(days=10)
    ordered = Ordered(key=INITIAL, day=longer, reason="Ordered", odd_because="So said")
    set_court_date(duty, ordered, by=None, at=NOON)
    assert duties.fresh(duty).due_on == was_due
    time_machine.move_to(LATER, tick=False)

    taken_back(duty, service_of(duty), at=LATER)

    assert duties.fresh(duty).due_on == longer


def test_after_it_was_taken_back_and_served_anew_only_the_new_service_counts():
    duty = duties.served()
    old = duty.servings.get()
    taken_back(duty, service_of(duty))
    duty = duties.fresh(duty)
    assert not passed_approvals(duty)
    with pytest.raises(NoPackYet):
        pack_facts(duty, old.pk)
    new = serve(duty, duties.a_service(duty), by=duties.a_lawyer(), at=NOON)
    duty = duties.fresh(duty)

    assert list(duty.servings.all()) == [new]
    assert corrected_of(duty) is None
    assert (
        first_service(duty).sequence
        > Event.objects.get(name="disclosure.service_taken_back").sequence
    )


def test_nothing_of_a_closed_duty_is_taken_back():
    duty = duties.court_told()
    taking = asked(duty, service_of(duty))
    end_duty(duty, TODAY, reason="Pleaded guilty", by=None, at=NOON)

    with pytest.raises(DateRefused, match="Open it again first"):
        take_back(taking, by=duties.a_lawyer(), at=NOON)


def test_there_is_nothing_to_take_back_before_a_service():
    her, duty = duties.a_lawyer(), duties.approved()
    as_(her).open(f"/disclosure/{duty.pk}/").not_see("Take back what was not served")
    as_(her).open(f"/disclosure/{duty.pk}/take-back/").see("Nothing is recorded")
