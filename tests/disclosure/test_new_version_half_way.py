"""A new version that comes in half way says why items wait, and takes what is the same."""

import json

import pytest

from forthright.accounts.policies import NotAllowed
from forthright.disclosure.models import Delivery, Endorsement
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.endorsing import set_aside
from forthright.disclosure.services.triage import find_adequate
from tests.client import as_
from tests.disclosure import duties
from tests.given import NOON

pytestmark = pytest.mark.django_db
REASON = "It is about another address"
DIARY = "Diary of Mr Hall for May 2026, noting who hired the van"
# Item 2 is now item 3 in the same words; item 1 has other words.
MENDED = duties.a_schedule("Custody record of Mr Hall, signed on 3 June 2026", DIARY,
                           *duties.OPEN_ITEMS[1:])  # fmt: skip


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def bring_new(duty):
    return duties.received(duty, mg6c_csv=MENDED)


def found_adequate(duty):
    find_adequate(bring_new(duty), reason="Enough for it", by=None, at=NOON)


def keep(browser, duty, item, code="ND", reason=REASON):
    said = {f"code_{item}": code, f"reason_{item}": reason, f"opened_{item}": "0"}
    answer = browser.client.post(f"/disclosure/{duty.pk}/endorse/{item}/keep/", said)
    return answer.status_code, json.loads(answer.content)


def ids(duty):
    return [line.item.pk for line in lines_of(duty) if line.form == "MG6C"]


def test_the_grid_says_that_a_new_version_waits_and_that_what_was_typed_stays():
    duty = duties.reviewing()
    first = ids(duty)[0]
    bring_new(duty)

    status, said = keep(as_(duties.a_lawyer()), duty, first)

    assert (status, said["item"]) == (403, None)
    assert "nobody has looked through yet" in said["refusal"]
    assert "What you typed stays on this page" in said["refusal"]
    assert not Endorsement.objects.exists()


def test_what_is_the_same_is_kept_under_its_new_number_and_what_is_not_is_refused():
    duty = duties.reviewing()
    browser, (first, second, *_) = as_(duties.a_lawyer()), ids(duty)
    found_adequate(duty)

    status, said = keep(browser, duty, second)

    assert (status, said["item"]["named"], said["item"]["code"]) == (200, "MG6C item 3", "ND")
    assert said["item"]["id"] == ids(duty)[2] != second
    assert Endorsement.objects.get().item_id == second, "the thing keeps its first id"
    status, said = keep(browser, duty, first)
    assert (status, said["item"]) == (409, None)
    assert "do not have this item, or have it in other words" in said["refusal"]


def test_another_defendant_of_another_case_is_given_nothing_by_an_old_number():
    duty, other = duties.reviewing(), duties.reviewing()
    second = ids(duty)[1]
    found_adequate(duty)

    status, _ = keep(as_(duties.a_lawyer()), other, second)

    assert status == 409
    assert not Endorsement.objects.exists()


def test_the_plain_form_keeps_what_is_the_same_and_says_of_how_many_it_did_not():
    duty = duties.reviewing()
    first, second, third = ids(duty)[:3]
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/endorse/")
    found_adequate(duty)

    page = page.press("Keep these endorsements", **{
        f"code_{first}": "CND", f"code_{second}": "ND", f"reason_{second}": REASON,
        f"code_{third}": "ND", f"reason_{third}": "",
    })  # fmt: skip

    page.see("1 endorsement kept.", "1 item not kept. The schedules that stand now",
             "MG6C item 4: ")  # fmt: skip
    assert [each.item_id for each in Endorsement.objects.all()] == [second]


def test_the_plain_form_gives_back_what_was_typed_of_an_item_that_has_other_words_now():
    duty = duties.reviewing()
    first, second = ids(duty)[:2]
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/endorse/")
    found_adequate(duty)

    page = page.press("Keep these endorsements", **{
        f"code_{first}": "ND", f"reason_{first}": REASON, f"code_{second}": "ND",
        f"reason_{second}": REASON,
    })  # fmt: skip

    page.see("1 endorsement kept.", "1 item not kept.", f"MG6C item 1 as it was: ND, {REASON}")
    assert [each.item_id for each in Endorsement.objects.all()] == [second]


def test_the_plain_form_gives_back_what_was_typed_while_the_new_version_waits():
    duty = duties.reviewing()
    first = ids(duty)[0]
    bring_new(duty)

    said = {f"code_{first}": "ND", f"reason_{first}": REASON, f"opened_{first}": "0"}
    answer = as_(duties.a_lawyer()).client.post(f"/disclosure/{duty.pk}/endorse/", said)

    assert answer.status_code == 403
    assert REASON in answer.content.decode()


def test_what_nobody_wrote_anew_of_an_item_that_stands_no_more_is_not_named():
    duty = duties.reviewing()
    first, second = ids(duty)[:2]
    line = next(each for each in lines_of(duty) if each.item.pk == first)
    duties.endorse(duty, line.item, "ND", reason=REASON, by=duties.a_lawyer())
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/endorse/")
    found_adequate(duty)

    page = page.press("Keep these endorsements", **{
        f"code_{second}": "ND", f"reason_{second}": REASON,
    })  # fmt: skip

    page.see("1 endorsement kept.").not_see("not kept", "as it was")


def test_after_service_an_item_waits_for_its_new_version_too():
    duty = duties.served()
    second = ids(duty)[1]
    bring_new(duty)

    status, said = keep(as_(duties.a_lawyer()), duty, second)

    assert status == 409
    assert "nobody has looked through yet" in said["refusal"]
    with pytest.raises(NotAllowed, match="nobody has looked through yet"):
        set_aside(duty, second, reason="The log is with the force", decide_by=NOON.date(), by=None,
                  at=NOON)  # fmt: skip
    assert Delivery.objects.filter(state="RECEIVED").exists()
