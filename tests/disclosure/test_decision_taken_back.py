"""A decision on an item can be taken back to not decided yet; the history keeps both."""

from datetime import date, timedelta

import pytest

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.disclosure.models import Endorsement
from forthright.disclosure.selectors.after_service import next_steps
from forthright.disclosure.selectors.duties import waiting_for
from forthright.disclosure.selectors.hidden import hidden_in
from forthright.disclosure.selectors.packs import facts_now
from forthright.disclosure.selectors.standings import lines_of, standings_of
from forthright.disclosure.services.deciding_anew import take_decision_back
from forthright.disclosure.services.endorsing import (
    EndorsementRefused,
    Written,
    endorse_item,
    set_aside,
)
from forthright.disclosure.services.ruling import Ruling, record_ruling
from forthright.disclosure.services.serving import tell_court
from forthright.disclosure.services.serving_then import serve_when_it_was
from forthright.rules.disclosure_after_service import AfterService
from forthright.rules.disclosure_duty import DutyState
from forthright.rules.disclosure_pack import pack_facts_of
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
WHY = "Decided before the log was read"
BUTTON = "Take this decision back"
NOW = "Taken back: it is not decided yet"


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


def line_of(duty, number, form="MG6C"):
    return next(x for x in lines_of(duty) if x.item.number == number and x.form == form)


def page_of(duty, number, **who):
    address = f"/disclosure/{duty.pk}/endorse/{line_of(duty, number).item.pk}/"
    return as_(duties.a_lawyer(**who)).open(address)


def take_back(duty, number, form="MG6C", **more):
    item = line_of(duty, number, form).item
    by, at = duties.a_lawyer(), given.NOON
    return take_decision_back(duty, item.pk, reason=WHY, by=by, at=at, **more)


def test_what_was_decided_is_not_decided_any_more_and_both_stay_in_the_history():
    duty = duties.endorsed()

    page = page_of(duty, 2).press(BUTTON, **{"back-reason": WHY})

    page.see(NOW, "ND: not disclosable", "TB: decision taken back, not decided yet", WHY)
    page.not_see("Was it decided too early")
    assert not line_of(duty, 2).standing.is_decided
    assert duties.fresh(duty).state == DutyState.REVIEWING
    assert Endorsement.objects.filter(item=line_of(duty, 2).item.thing_id).count() == 2
    event = Event.objects.filter(name="item.endorsed").latest("sequence")
    assert (event.detail["code"], event.detail["before"]) == ("TB", "ND")
    assert WHY not in str(event.detail)
    page.browser.open(f"/disclosure/{duty.pk}/record/").see(
        "MG6C item 2 endorsed TB: decision taken back, not decided yet (before: ND)", WHY
    )


def test_the_list_counts_it_as_waiting_and_it_is_decided_anew():
    duty = duties.endorsed()
    take_back(duty, 2)
    item = line_of(duty, 2).item
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/endorse/").see("1 of 4 items wait")

    page.press("Keep these endorsements", **{
        f"code_{item.pk}": "D", f"reason_{item.pk}": "The log shows another man",
    }).see("1 endorsement kept")  # fmt: skip

    assert line_of(duty, 2).standing.is_decided
    assert duties.fresh(duty).state == DutyState.ENDORSED


def test_an_approval_that_rested_on_it_is_gone():
    duty = duties.approved()

    page_of(duty, 2).see("The approval that rested on it").press(BUTTON, **{"back-reason": WHY})

    now = duties.fresh(duty)
    assert (now.state, now.approved_by) == (DutyState.REVIEWING, None)


def test_after_the_service_it_waits_for_somebody_and_what_was_served_stays():
    duty = duties.court_told()
    lawyer = duties.a_lawyer()
    assert duty not in waiting_for(lawyer, given.NOON.date())

    with pytest.raises(EndorsementRefused, match="MG6C item 3 was served"):
        take_back(duty, 3)
    page_of(duty, 3).not_see(BUTTON)
    take_back(duty, 2)

    assert duty in waiting_for(lawyer, given.NOON.date())


def test_what_was_queried_before_is_for_the_lawyers_of_the_unit_again():
    duty = duties.endorsed()
    item = line_of(duty, 2).item
    duties.endorse(duty, item, "Q", reason="She may be a source", by=duties.a_lawyer())
    duties.endorse(duty, item, "ND", reason="She is none", by=duties.a_lawyer())
    assert not hidden_in(duty.case_id).has(item, "MG6C")

    take_back(duty, 2)

    assert hidden_in(duty.case_id).has(item, "MG6C")
    duties.endorse(duty, item, "ND", reason="She is no source", by=duties.a_lawyer())
    assert not hidden_in(duty.case_id).has(item, "MG6C")


def test_what_was_never_queried_stays_to_be_read():
    duty = duties.endorsed()

    take_back(duty, 2)

    assert not hidden_in(duty.case_id).has(line_of(duty, 2).item, "MG6C")


def test_what_is_not_decided_is_not_taken_back():
    duty = duties.reviewing()
    page_of(duty, 1).not_see(BUTTON)
    with pytest.raises(EndorsementRefused, match="not decided"):
        take_back(duty, 1)
    duties.endorse(duty, line_of(duty, 1).item, "Q", reason="Whose van?", by=duties.a_lawyer())
    with pytest.raises(EndorsementRefused, match="not decided"):
        take_back(duty, 1)


def test_what_a_court_ruled_is_not_taken_back():
    duty = duties.endorsed()
    secret = line_of(duty, 1, "MG6D").item
    duties.endorse(duty, secret, "PII", reason="It harms a source", by=duties.a_lawyer())
    today = given.NOON.date()
    ruling = Ruling(item_id=secret.pk, is_granted=True, ruled_on=today, reason="So held")
    record_ruling(duty, ruling, by=duties.a_lawyer(), at=given.NOON)

    with pytest.raises(EndorsementRefused, match="A court ruled on this item"):
        take_back(duty, 1, "MG6D")


def test_a_reason_is_needed_and_tells_nothing_sensitive():
    duty = duties.endorsed()
    page_of(duty, 2).press(BUTTON).see("Write why the decision is taken back")

    page = page_of(duty, 2).press(BUTTON, **{"back-reason": "It is about the source Heronsgate"})

    page.see("repeats words of sensitive material")
    assert not Endorsement.objects.filter(code="TB").exists()


def test_what_a_colleague_decided_meanwhile_is_not_taken_back_unread():
    duty = duties.endorsed()
    page = page_of(duty, 2)
    duties.endorse(duty, line_of(duty, 2).item, "D", reason="Helps him", by=duties.a_lawyer())

    page = page.press(BUTTON, **{"back-reason": WHY})

    page.see("was changed after you opened the page", "Helps him", WHY)
    assert not Endorsement.objects.filter(code="TB").exists()
    page.press(BUTTON).see(NOW)


def test_it_is_for_those_who_may_endorse():
    duty = duties.endorsed()
    with pytest.raises(NotAllowed):
        take_decision_back(duty, line_of(duty, 2).item.pk, reason=WHY, at=given.NOON,
                           by=given.a_person(Role.LINE_MANAGER))  # fmt: skip


def test_nobody_writes_it_as_an_endorsement():
    duty = duties.reviewing()
    with pytest.raises(EndorsementRefused):
        duties.endorse(duty, line_of(duty, 1).item, "TB", reason=WHY, by=duties.a_lawyer())


LATER = given.NOON + timedelta(hours=1)
UNTIL = date(2026, 10, 9)


def put_aside(duty, number, *, at=given.NOON, decide_by=UNTIL):
    set_aside(duty, line_of(duty, number).item.pk, reason="The log is still with the force",
              decide_by=decide_by, by=duties.a_lawyer(), at=at)  # fmt: skip


def decided_after_it_was_set_aside():
    """Return a duty of which an item was set aside at noon and decided an hour later."""
    duty = duties.endorsed_around_an_item()
    wish = Written(item_id=line_of(duty, 2).item.pk, code="ND", reason="It is another address")
    endorse_item(duty, wish, by=duties.a_lawyer(), at=LATER)
    return duties.fresh(duty)


def test_it_falls_back_under_no_setting_aside_of_before(time_machine):
    duty = decided_after_it_was_set_aside()
    assert duty.state == DutyState.ENDORSED
    time_machine.move_to(LATER, tick=False)

    page = page_of(duty, 2).press(BUTTON, **{"back-reason": WHY})

    page.see("It was decided since, and that does not stand any more", "Set it aside anew?")
    standing = line_of(duty, 2).standing
    assert (standing.is_settled, standing.decide_by) == (False, None)
    assert standings_of(duty)[1].has_override is False
    assert duties.fresh(duty).state == DutyState.REVIEWING
    put_aside(duty, 2, at=LATER + timedelta(hours=1))
    assert line_of(duty, 2).standing.has_override
    assert duties.fresh(duty).state == DutyState.ENDORSED


def test_nor_does_what_is_queried_after_it_was_decided():
    duty = decided_after_it_was_set_aside()
    wish = Written(item_id=line_of(duty, 2).item.pk, code="Q", reason="Whose log is it?")
    endorse_item(duty, wish, by=duties.a_lawyer(), at=LATER)

    assert not line_of(duty, 2).standing.is_settled


def test_after_a_service_the_overview_asks_for_it_and_for_no_day_of_before(time_machine):
    duty = duties.approve_and_serve(decided_after_it_was_set_aside(), at=LATER, served_at=LATER)
    tell_court(duty.servings.get(), LATER, by=duties.a_lawyer(), at=LATER)
    late = given.at("2026-10-12 12:00")
    time_machine.move_to(late, tick=False)

    take_decision_back(duty, line_of(duty, 2).item.pk, reason=WHY, by=duties.a_lawyer(), at=late)

    assert next_steps(duties.a_lawyer(), [duty.pk], late.date()) == {duty.pk: [AfterService.DECIDE]}


def test_what_was_served_reads_so_on_the_next_schedule_though_it_is_to_be_decided_anew():
    """It went at one, the decision was taken back at half past, and the service recorded then."""
    duty = duties.approved()
    half_past = LATER + timedelta(minutes=30)
    for number in (2, 3):
        item = line_of(duty, number).item
        take_decision_back(duty, item.pk, reason=WHY, by=duties.a_lawyer(), at=half_past)
    service = duties.a_service(duty, served_at=LATER)

    serve_when_it_was(duties.fresh(duty), service, by=duties.a_lawyer(), at=half_past)

    duty = duties.fresh(duty)
    put_aside(duty, 2, at=half_past + timedelta(minutes=1))
    said = {each.number: each.decision for each in facts_now(duty).items}
    assert said[2] == "To be decided anew by Friday 9 October 2026"
    assert said[3] == "D: disclose, and served so; to be decided anew"
    assert pack_facts_of(facts_now(duty).as_table()) == facts_now(duty)
    page_of(duty, 3).see("It was served.", "TB: decision taken back, not decided yet")
