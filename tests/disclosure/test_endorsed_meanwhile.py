"""On the plain pages nothing is lost to, or mixed with, what happens meanwhile."""

import pytest

from forthright.accounts.models import Role
from forthright.disclosure.models import Endorsement
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.endorsing import Written, endorse_item
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
RECEIPTS = duties.a_schedule(
    *(f"Receipt {place} for the hire of a van in Dunsby on 3 May 2026" for place in (1, 2, 3))
)
TOGETHER = "Endorse the ticked items CND"


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


def test_ticks_stay_where_a_colleague_endorsed_one_of_the_items_meanwhile():
    duty = duties.adequate(duties.a_duty(), mg6c_csv=RECEIPTS)
    first, second, _ = (line.item.pk for line in lines_of(duty))
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/endorse/obvious/")
    colleague = duties.a_lawyer()
    written = Written(item_id=second, code="D", reason="It names who hired it")
    endorse_item(duty, written, by=colleague, at=given.NOON)

    page = page.press(TOGETHER, item=[first, second])

    page.see(
        f"MG6C item 2 was endorsed D by {colleague}, and stays so. Nothing was endorsed. Your "
        "other ticks stay on this page"
    ).not_see("Receipt 2")
    assert Endorsement.objects.count() == 1
    page.press(TOGETHER).see("1 item endorsed as clearly not disclosable")
    assert duties.fresh(duty).endorsements.get(code="CND").item_id == first


def test_pressed_twice_nothing_is_said_of_ticks_where_none_is_left():
    duty = duties.adequate(duties.a_duty(), mg6c_csv=RECEIPTS)
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/endorse/obvious/")
    every = [line.item.pk for line in lines_of(duty)]
    page.press(TOGETHER, item=every)

    page.press(TOGETHER, item=every).see(
        "MG6C item 1 was endorsed CND by", "Nothing was endorsed.", "No obvious item waits."
    ).not_see("Your other ticks stay")


def test_what_was_ticked_in_a_version_before_counts_for_the_same_words_of_the_next():
    duty = duties.adequate(duties.a_duty(), mg6c_csv=RECEIPTS)
    first, second, third = (line.item.pk for line in lines_of(duty))
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/endorse/obvious/")
    duties.adequate(duty, mg6c_csv=RECEIPTS.replace("Receipt 2 for", "Receipt 2, signed, for"))

    again = page.press(TOGETHER, item=[first, second, third])

    again.see("1 item that you ticked stands on no schedule any more, or not in the same words")
    assert not Endorsement.objects.exists()
    again.press(TOGETHER).see("2 items endorsed as clearly not disclosable")


def test_nothing_of_a_colleague_is_mixed_with_what_was_written_without_an_endorsement():
    duty = duties.adequate(duties.a_duty(), mg6c_csv=RECEIPTS)
    first = lines_of(duty)[0].item
    duties.endorse(duty, first, "ND", reason="It is about another van", by=duties.a_lawyer())
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/endorse/")
    duties.endorse(duty, first, "D", reason="It helps his alibi", by=duties.a_lawyer())

    for _ in range(2):
        page = page.press("Keep these endorsements", **{f"code_{first.pk}": ""})
        page.see("Stands now: D It helps his alibi")

    assert [each.code for each in duty.endorsements.all()] == ["ND", "D"]


def test_the_decision_that_stands_pressed_again_in_the_grid_leaves_the_approval():
    duty = duties.approved()
    line = lines_of(duty)[0]
    stands, place = line.endorsement, line.item.pk
    manager = as_(duties.a_lawyer(Role.LEGAL_MANAGER))
    sent = {
        f"code_{place}": stands.code, f"reason_{place}": f" {stands.reason} ",
        f"inspected_{place}": stands.inspected, f"opened_{place}": str(stands.pk),
    }  # fmt: skip
    before = duty.endorsements.count()

    answer = manager.client.post(f"/disclosure/{duty.pk}/endorse/{place}/keep/", sent)

    assert answer.json()["item"]["code"] == stands.code
    assert duty.endorsements.count() == before
    assert duties.fresh(duty).state == "APPROVED"
