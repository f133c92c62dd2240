"""What is decided after the first service is looked at by a second person, as what came before."""

from datetime import date

import pytest

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.disclosure.models import Approval
from forthright.disclosure.selectors.duties import waiting_for
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.approving_later import approve_later
from forthright.disclosure.services.endorsing import set_aside
from forthright.disclosure.services.serving import ServingRefused, second_looks, serve
from forthright.disclosure.services.starting import DutyRefused, close_duty
from forthright.rules.disclosure_duty import DutyState
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON = given.NOON
LATER = ("Crime report 42 of 3 June 2026 with the first account of Mrs Dean",
         "Receipt for the hire of another van on 4 May 2026")  # fmt: skip


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def continuing():
    """Return a duty under continuing review, and who decides on all that comes later."""
    duty = duties.stated_nothing(duties.court_told())
    return duties.adequate(duties.fresh(duty), mg6c_csv=duties.a_schedule(*LATER, first=4))


def decide(duty, by):
    codes = {4: ("ND", "It is not relevant"), 5: ("CND", "")}
    for line in lines_of(duty):
        if line.item.number in codes and line.endorsement is None:
            code, reason = codes[line.item.number]
            duties.endorse(duty, line.item, code, reason=reason, by=by)
    return duties.fresh(duty)


def unseen(duty):
    return [line.item.number for line in lines_of(duty) if line.standing.waits_for_second]


def test_one_person_alone_does_not_decide_and_close():
    alone, second = duties.a_lawyer(Role.LEGAL_MANAGER), duties.a_lawyer(Role.LEGAL_MANAGER)
    duty = decide(continuing(), alone)
    page = as_(alone).open(f"/disclosure/{duty.pk}/")
    page.see("2 items decided since, and nobody else has looked", "for a second person")

    with pytest.raises(DutyRefused, match="2 items decided after the first service, and no second"):
        close_duty(duty, reason="Found guilty", by=alone, at=NOON)
    with pytest.raises(NotAllowed, match="somebody else approves"):
        approve_later(duty, by=alone, at=NOON)
    with pytest.raises(ServingRefused, match="presumed"):
        approve_later(duty, by=second, at=NOON)
    assert unseen(duty) == [4, 5]
    again = [line.item.pk for line in second_looks(lines_of(duty))]
    approve_later(duty, looked_again=again, by=second, at=NOON)

    assert unseen(duty) == []
    assert duties.fresh(duty).approved_by != second  # who approved the first stays
    assert close_duty(duty, reason="Found guilty", by=alone, at=NOON).state == DutyState.CLOSED


def test_one_person_alone_does_not_decide_and_serve():
    alone = duties.a_lawyer()
    duty = continuing()
    for line in lines_of(duty):
        if line.endorsement is None:
            duties.endorse(duty, line.item, "D", reason="It helps", by=alone)
    duty = duties.fresh(duty)
    page = f"/disclosure/{duty.pk}/serve/"

    as_(alone).open(page).see("2 items decided after the first service").not_see("Keep that it")
    with pytest.raises(ServingRefused, match="no second person has approved that: MG6C item 4"):
        serve(duty, duties.a_service(duty), by=alone, at=NOON)
    duty = duties.approve_since(duty)

    as_(alone).open(page).see(*LATER).press("Record service on Mr Dean Marsden", method="DCS",
                                            proof="Receipt 4502").see("Served.")  # fmt: skip
    assert duty.servings.latest("pk").items.count() == 2


def test_a_later_service_waits_for_what_nobody_decided_or_set_aside():
    duty = continuing()
    items = {line.item.number: line.item for line in lines_of(duty)}
    duties.endorse(duty, items[5], "D", reason="It helps", by=duties.a_lawyer())
    duty = duties.approve_since(duty)

    with pytest.raises(ServingRefused, match="1 item nobody has decided: MG6C item 4"):
        serve(duty, duties.a_service(duty), by=duties.a_lawyer(), at=NOON)
    as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/serve/").see("nobody has decided")
    set_aside(duty, items[4].pk, reason="The report is still with the force",
              decide_by=date(2026, 10, 9), by=duties.a_lawyer(), at=NOON)  # fmt: skip
    serving = serve(duty, duties.a_service(duty), by=duties.a_lawyer(), at=NOON)

    assert (serving.items_total, serving.items_endorsed, serving.items_aside) == (6, 5, 1)
    rows = {row["number"]: row for row in serving.papers["items"] if row["form"] == "MG6C"}
    assert (rows[4]["code"], rows[4]["decide_by"]) == (None, "2026-10-09")


def test_a_second_person_approves_on_the_page_what_was_decided_since_and_only_that():
    alone, second = duties.a_lawyer(), duties.a_lawyer(Role.LEGAL_MANAGER)
    duty = decide(continuing(), alone)
    assert waiting_for(second, NOON.date()).filter(pk=duty.pk).exists()
    page = as_(second).open(f"/disclosure/{duty.pk}/").follow("Approved by a second person")
    page.see("decided after the first service", LATER[0], LATER[1])
    page.not_see(duties.OPEN_ITEMS[0])

    item = next(line.item.pk for line in lines_of(duty) if line.item.number == 4)
    page.press("Approve", looked_again=[item]).see("What was decided since is approved")

    assert not waiting_for(second, NOON.date()).filter(pk=duty.pk).exists()
    as_(second).open(f"/disclosure/{duty.pk}/record/").see("after the first service", "2 items")


def test_what_is_decided_anew_waits_for_a_second_person_anew():
    alone, second = duties.a_lawyer(), duties.a_lawyer(Role.LEGAL_MANAGER)
    duty = decide(continuing(), alone)
    again = [line.item.pk for line in second_looks(lines_of(duty))]
    approve_later(duty, looked_again=again, by=second, at=NOON)
    line = next(each for each in lines_of(duty) if each.item.number == 1)

    duties.endorse(duty, line.item, "ND", reason="On a second thought", by=alone)

    assert unseen(duty) == [1]
    with pytest.raises(NotAllowed, match="Nothing of this duty waits"):
        approve_later(duties.approved(), by=second, at=NOON)


def test_an_item_that_was_set_aside_is_looked_at_once_it_is_decided():
    duty = duties.with_an_item_set_aside()
    line = next(each for each in lines_of(duty) if each.item.number == 2)

    duties.endorse(duty, line.item, "ND", reason="It is about another address", by=None)

    assert unseen(duty) == [2]


def test_what_was_approved_before_the_first_service_needs_no_second_look():
    duty = duties.served()

    assert unseen(duty) == []
    assert Approval.objects.get().up_to == duty.endorsements.last()
