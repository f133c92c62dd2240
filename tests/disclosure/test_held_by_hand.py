"""What no list of words knows to be sensitive a person holds back; then it reaches nobody else."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.disclosure.documents import pack_of, zipped
from forthright.disclosure.models import Delivery, Endorsement, Item
from forthright.disclosure.selectors.papers import papers_of, sensitive_lines
from forthright.disclosure.selectors.secrets import known_of, secrets_of
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.endorsing import set_aside
from forthright.disclosure.services.holding import HoldRefused, hold_back
from forthright.disclosure.services.serving import ServingRefused, approve_duty, serve
from tests import given
from tests.client import as_
from tests.disclosure import duties
from tests.disclosure.test_pack import everything_in

pytestmark = pytest.mark.django_db

MIGRATION = import_module("forthright.disclosure.migrations.0008_presumed_is_asked")
DIARY = "Diary of Mr Hall, who meets PC Khan in the park about what the Marsden brothers plan"
TOLD = "who meets PC Khan"
WHY = "Mr Hall is a source and would be killed"
OUTSIDERS = [Role.LINE_MANAGER, Role.SENIOR_MANAGER, Role.INSPECTOR]


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


def with_diary(**more):
    """Return a duty with an item that no rule holds back."""
    schedule = duties.a_schedule(*duties.OPEN_ITEMS, DIARY)
    duty = duties.adequate(duties.a_duty(**more), mg6c_csv=schedule)
    assert not diary().is_held_back
    return duty


def diary():
    return Item.objects.filter(description=DIARY).earliest("pk")


def delivery_page(role, delivery=None):
    delivery = delivery or Delivery.objects.earliest("pk")
    return as_(given.a_person(role, unit=delivery.unit)).open(
        f"/disclosure/deliveries/{delivery.pk}/"
    )


def pack_words(duty):
    return everything_in(zipped(pack_of(duties.fresh(duty), by=None, at=given.NOON)))


def endorse_all_but_diary(duty, code="Q", reason="This is a source"):
    for line in lines_of(duty):
        chosen, why = duties.CODES.get(line.item.number, (code, reason))
        duties.endorse(duty, line.item, chosen, reason=why, by=duties.a_lawyer())
    return duties.fresh(duty)


def put_aside(duty, item):
    set_aside(duty, item.pk, reason="The court ordered service by today",
              decide_by=date(2026, 10, 9), by=duties.a_lawyer(), at=given.NOON)  # fmt: skip
    return duties.fresh(duty)


def test_what_is_queried_leaves_without_its_words_and_no_outsider_reads_them():
    duty = put_aside(endorse_all_but_diary(with_diary()), diary())

    served = duties.approve_and_serve(duty)

    assert TOLD not in pack_words(served)
    for role in OUTSIDERS:
        delivery_page(role).not_see(TOLD).see("For the lawyers of the unit")
        as_(given.a_person(role, unit=duty.unit)).open(f"/disclosure/{duty.pk}/record/").not_see(
            "This is a source"
        )
    delivery_page(Role.PROSECUTOR).see(TOLD)


def test_what_is_queried_for_one_defendant_does_not_leave_for_another():
    first = with_diary()
    second = duties.a_duty(case=first.case, name="Koski")
    duties.endorse(first, diary(), "Q", reason="This is a source", by=duties.a_lawyer())
    second = endorse_all_but_diary(duties.fresh(second), "ND", "Nothing in it helps")
    again = [line.item.pk for line in lines_of(second)]
    approve_duty(second, looked_again=again, by=duties.a_lawyer(Role.LEGAL_MANAGER), at=given.NOON)

    assert TOLD not in pack_words(second)
    assert TOLD not in papers_of(second, given.NOON.date())


def test_what_is_queried_for_one_defendant_is_not_served_on_another_who_was_to_have_it():
    first = with_diary()
    second = duties.a_duty(case=first.case, name="Koski")
    second = endorse_all_but_diary(duties.fresh(second), "D", "It undermines the case")
    duties.endorse(first, diary(), "Q", reason="This is a source", by=duties.a_lawyer())

    with pytest.raises(ServingRefused, match="queried for another defendant"):
        duties.approve_and_serve(second)
    duties.endorse(first, diary(), "D", reason="It is his own diary", by=duties.a_lawyer())

    second = duties.fresh(second)
    serve(second, duties.a_service(second), by=duties.a_lawyer(), at=given.NOON)
    assert duties.fresh(second).served_at


def test_a_query_that_is_answered_shows_its_words_again():
    duty = endorse_all_but_diary(with_diary())
    assert TOLD not in papers_of(duty, given.NOON.date())
    assert [line.item for line in sensitive_lines(duty)] == [diary()]
    assert DIARY in secrets_of(duty)
    assert DIARY not in known_of(duty)

    duties.endorse(duty, diary(), "ND", reason="It is his own diary", by=duties.a_lawyer())

    assert TOLD in papers_of(duty, given.NOON.date())
    assert DIARY in known_of(duty)
    delivery_page(Role.INSPECTOR).see(TOLD)


@pytest.mark.parametrize("role", [Role.PROSECUTOR, Role.LINE_MANAGER])
def test_whoever_takes_schedules_in_holds_an_item_back_in_one_press(role):
    schedule = duties.a_schedule(DIARY, *duties.OPEN_ITEMS)
    delivery = duties.checked(duties.a_duty(), mg6c_csv=schedule)
    page = delivery_page(role, delivery).see(TOLD)

    page.press("Hold back", reason=WHY).see("The words of MG6C item 1 are held back")

    delivery_page(Role.INSPECTOR).not_see(TOLD, WHY)
    delivery_page(Role.LINE_MANAGER).not_see(TOLD, WHY)
    delivery_page(Role.PROSECUTOR).see(TOLD, WHY)
    event = Event.objects.get(name="item.held_back")
    assert event.detail == {"item": diary().pk, "versions": 1}
    assert WHY not in str(event.detail)


def test_one_press_in_the_grid_holds_back_with_or_without_a_reason():
    duty = with_diary()
    lawyer = as_(duties.a_lawyer())
    page = lawyer.open(f"/disclosure/{duty.pk}/endorse/")

    page = page.press("Keep these endorsements", **{f"code_{diary().pk}": "H"})

    page.see("The words of 1 item are held back", "May be sensitive")
    assert diary().sensitive_reason == "Its words may be sensitive or private."
    address = f"/disclosure/{duty.pk}/endorse/{Item.objects.get(number=1).pk}/keep/"
    said = lawyer.client.post(address, {
        f"code_{Item.objects.get(number=1).pk}": "H",
        f"reason_{Item.objects.get(number=1).pk}": WHY,
    }).json()["item"]  # fmt: skip
    assert said["is_held_back"]
    assert Item.objects.get(number=1).sensitive_reason == WHY


def test_held_back_after_it_was_approved_it_waits_and_nothing_leaves_with_its_words():
    duty = endorse_all_but_diary(with_diary(), "ND", "Nothing in it helps")
    again = [line.item.pk for line in lines_of(duty)]
    manager = duties.a_lawyer(Role.LEGAL_MANAGER)
    approve_duty(duty, looked_again=again, by=manager, at=given.NOON)
    assert TOLD in pack_words(duty)

    hold_back(diary(), reason=WHY, by=duties.a_lawyer(), at=given.NOON)

    duty = duties.fresh(duty)
    assert duty.state == "REVIEWING"
    assert TOLD not in papers_of(duty, given.NOON.date())
    duties.endorse(duty, diary(), "ND", reason="Nothing in it helps", by=duties.a_lawyer())
    page = as_(manager).open(f"/disclosure/{duty.pk}/approve/")
    page.see("May these words go to the defence?", WHY)
    page.press("Approve", looked_again=[str(pk) for pk in again]).see("may be sensitive, and go")
    looked = {"looked_again": [str(pk) for pk in again], f"words_{diary().pk}": "RELEASE"}
    page.press("Approve", **looked).see("Approved. It can be served.")
    assert TOLD in pack_words(duty)


def test_it_stays_held_back_in_the_versions_that_come_in_other_words_and_not_what_is_beside_it():
    beside = "Diary of Mr Hill, who meets Ms Khan in the park about what the Marsden sisters plan"
    duty = duties.adequate(duties.a_duty(), mg6c_csv=duties.a_schedule(DIARY, beside))
    hold_back(diary(), reason=WHY, by=duties.a_lawyer(), at=given.NOON)
    other = DIARY.replace("in the park", "at the park")

    delivery = duties.checked(duty, mg6c_csv=duties.a_schedule(beside, other))

    held = Item.objects.filter(schedule__delivery=delivery, is_held_back=True)
    assert [(each.description, each.sensitive_reason) for each in held] == [(other, WHY)]
    delivery_page(Role.LINE_MANAGER, delivery).not_see("meets PC Khan").see("Marsden sisters")


def test_what_is_held_back_or_sensitive_is_not_held_back_once_more():
    duty = duties.reviewing()
    items = {line.form: line.item for line in lines_of(duty)}
    hold_back(items["MG6C"], by=duties.a_lawyer(), at=given.NOON)

    with pytest.raises(HoldRefused, match="held back already"):
        hold_back(items["MG6C"], by=duties.a_lawyer(), at=given.NOON)
    with pytest.raises(HoldRefused, match="Nobody but the lawyers"):
        hold_back(items["MG6D"], by=duties.a_lawyer(), at=given.NOON)
    with pytest.raises(NotAllowed):
        hold_back(items["MG6C"], by=given.a_person(Role.INSPECTOR), at=given.NOON)


@pytest.mark.parametrize(
    "moved",
    [
        pytest.param((4, DIARY), id="the same words and number"),
        pytest.param((1, DIARY), id="the same words under another number"),
        pytest.param((4, "Diary of the source Mr Hall"), id="fewer words, the same number"),
        pytest.param((2, DIARY.replace("in the park", "at a park")), id="nearly the same words"),
    ],
)
def test_what_was_moved_to_the_sensitive_schedule_is_hidden_on_the_one_before(moved):
    duty, (number, words) = with_diary(), moved
    sensitive = duties.a_schedule(words, first=number, form="MG6D")

    duties.adequate(duty, mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS), mg6d_csv=sensitive)

    for role in OUTSIDERS:
        for delivery in Delivery.objects.all():
            delivery_page(role, delivery).not_see("Mr Hall", TOLD)
    delivery_page(Role.INSPECTOR).see("Receipt for the hire", "Storm incident log")


def test_what_comes_on_the_sensitive_schedule_before_the_open_one_is_hidden_there_too():
    duty = duties.a_duty()
    duties.received(duty, mg6d_csv=duties.a_schedule(DIARY, form="MG6D"))

    delivery = duties.checked(duty, mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS, DIARY))

    delivery_page(Role.LINE_MANAGER, delivery).not_see(TOLD).see("Receipt for the hire")


def test_what_was_approved_waits_again_once_its_words_come_on_a_sensitive_schedule():
    duty = endorse_all_but_diary(with_diary(), "ND", "Nothing in it helps")
    again = [line.item.pk for line in lines_of(duty)]
    approve_duty(duty, looked_again=again, by=duties.a_lawyer(Role.LEGAL_MANAGER), at=given.NOON)

    duties.checked(duty, mg6d_csv=duties.a_schedule(DIARY, form="MG6D"))

    assert duties.fresh(duty).state == "REVIEWING"
    assert TOLD not in papers_of(duties.fresh(duty), given.NOON.date())


def test_what_was_approved_after_service_waits_again_once_its_words_come_on_a_sensitive_schedule():
    duty = duties.court_told()
    duty = duties.adequate(duty, mg6c_csv=duties.a_schedule(DIARY, first=4))
    duties.endorse(duty, diary(), "D", reason="It helps", by=duties.a_lawyer())
    duty = duties.approve_since(duties.fresh(duty))
    later = duties.a_service(duty)

    duties.adequate(duty, mg6d_csv=duties.a_schedule(DIARY, first=2, form="MG6D"))

    manager = given.a_person(Role.LINE_MANAGER)
    with pytest.raises(ServingRefused, match="it was not said to be disclosed: MG6C item 4"):
        serve(duties.fresh(duty), later, by=manager, at=given.NOON)
    as_(manager).open(f"/disclosure/{duty.pk}/serve/").not_see(
        TOLD, "Record service on Mr Dean Marsden"
    )
    duties.endorse(duty, diary(), "D", reason="It is his own", by=duties.a_lawyer())
    with pytest.raises(ServingRefused, match="words of MG6C item 4 may be sensitive"):
        duties.approve_since(duty)


def test_whoever_held_words_back_may_be_the_second_person_who_looks():
    duty = endorse_all_but_diary(with_diary(), "ND", "Nothing in it helps")
    manager = duties.a_lawyer(Role.LEGAL_MANAGER)
    hold_back(diary(), reason=WHY, by=manager, at=given.NOON)
    duty = endorse_all_but_diary(duties.fresh(duty), "ND", "Nothing in it helps")
    as_(manager).open(f"/disclosure/{duty.pk}/approve/").not_see("You endorsed items")
    again = [line.item.pk for line in lines_of(duty)]

    approve_duty(duty, looked_again=again, released=again, by=manager, at=given.NOON)

    assert duties.fresh(duty).approved_by == manager


def test_whoever_decides_what_they_held_back_approves_nothing_of_it():
    duty = endorse_all_but_diary(with_diary(), "ND", "Nothing in it helps")
    manager = duties.a_lawyer(Role.LEGAL_MANAGER)
    hold_back(diary(), reason=WHY, by=manager, at=given.NOON)
    duties.endorse(duty, diary(), "ND", reason="Nothing in it helps", by=manager)

    as_(manager).open(f"/disclosure/{duty.pk}/approve/").see("You endorsed items")


def test_what_was_a_hold_before_holds_were_marked_is_known_for_one():
    duty = endorse_all_but_diary(with_diary(), "ND", "Nothing in it helps")
    manager = duties.a_lawyer(Role.LEGAL_MANAGER)
    duties.endorse(duty, diary(), "Q", reason="This is a source", by=manager)
    duties.endorse(duty, diary(), "ND", reason="Nothing in it helps", by=duties.a_lawyer())
    hold_back(diary(), reason=WHY, by=manager, at=given.NOON + timedelta(minutes=5))
    held = Endorsement.objects.latest("pk")
    Endorsement.objects.update(is_hold=False)

    MIGRATION.mark_holds(apps, None)

    assert list(Endorsement.objects.filter(is_hold=True)) == [held]
