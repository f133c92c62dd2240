"""A new version that comes in half way says why items wait, and takes what is the same."""

import json

import pytest

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.disclosure.models import Delivery, Endorsement
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.endorsing import is_obvious, set_aside
from forthright.disclosure.services.triage import find_adequate
from tests import given
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


def test_the_plain_form_gives_back_what_was_chosen_while_the_new_version_waits():
    duty = duties.reviewing()
    first, second, third = ids(duty)[:3]
    line = next(each for each in lines_of(duty) if each.item.pk == third)
    duties.endorse(duty, line.item, "ND", reason=REASON, by=duties.a_lawyer())
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/endorse/")
    bring_new(duty)

    page = page.press("Keep these endorsements", status=409, **{
        f"code_{first}": "ND", f"reason_{first}": "Of another street", f"code_{second}": "CND",
    })  # fmt: skip

    page.see("Not kept: the schedules wait", "nobody has looked through yet",
             "MG6C item 1 as it was: ND, Of another street",
             "MG6C item 2 as it was: CND")  # fmt: skip
    page.not_see("You may not do that", "MG6C item 3")
    assert Endorsement.objects.count() == 1
    page.follow("Look through the new version").see("MG6C")


def test_the_ticks_of_obvious_items_are_given_back_while_the_new_version_waits():
    duty = duties.reviewing()
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/endorse/obvious/")
    first = next(each for each in lines_of(duty) if is_obvious(each)).item
    bring_new(duty)

    page = page.press("Endorse the ticked items CND", status=409, item=[str(first.pk)])

    page.see("Nothing that you sent was kept", f"MG6C {first} as it was: CND")
    assert not Endorsement.objects.exists()


@pytest.mark.parametrize("is_served", [False, True])
def test_why_an_item_was_to_be_set_aside_is_given_back_while_the_new_version_waits(is_served):
    duty = duties.with_an_item_set_aside() if is_served else duties.reviewing()
    item = next(each.item for each in lines_of(duty) if not each.standing.is_decided)
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/endorse/{item.pk}/")
    bring_new(duty)
    day = {"decide_by_day": "6", "decide_by_month": "10", "decide_by_year": "2026"}

    button = "Keep the nearer day in my name" if is_served else "Set it aside in my name"
    page = page.press(button, status=409, reason="The log is with the force", **day)

    page.see("Nothing that you sent was kept", f"{item.schedule.form} {item}:",
             "The log is with the force", "By which day is it decided? 6 10 2026")  # fmt: skip


def test_while_the_police_have_a_schedule_what_was_chosen_is_given_back_too():
    duty = duties.reviewing()
    first = ids(duty)[0]
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/endorse/")
    duties.returned(duty)

    page = page.press("Keep these endorsements", status=409, **{
        f"code_{first}": "ND", f"reason_{first}": REASON,
    })  # fmt: skip

    page.see("waiting for the police, who have a schedule back", "MG6C item 1 as it was: ND")
    page.not_see("Look through the new version")


def test_nobody_of_another_unit_is_shown_the_page():
    duty = duties.reviewing()
    first = ids(duty)[0]
    bring_new(duty)
    elsewhere = given.a_person(Role.PROSECUTOR, unit=given.a_unit(Unit.Kind.MAGISTRATES))

    said = {f"code_{first}": "ND", f"reason_{first}": REASON}
    answer = as_(elsewhere).client.post(f"/disclosure/{duty.pk}/endorse/", said)

    assert answer.status_code == 404


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
