"""What may be sensitive on an open form reaches no outsider, nor the defence undecided."""

import json
from datetime import date, timedelta

import pytest

from forthright.accounts.models import Role
from forthright.disclosure.documents import pack_of, zipped
from forthright.disclosure.models import Delivery, Item, PoliceReturn
from forthright.disclosure.selectors.papers import adequate_because, papers_of
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.approving_later import approve_later
from forthright.disclosure.services.endorsing import (
    EndorsementRefused,
    Written,
    endorse_item,
    endorse_obvious,
    is_obvious,
    set_aside,
)
from forthright.disclosure.services.serving import ServingRefused, approve_duty, serve
from forthright.disclosure.services.triage import answer_return
from tests import given
from tests.client import as_
from tests.disclosure import duties
from tests.disclosure.test_pack import everything_in

pytestmark = pytest.mark.django_db

ITEMS = (
    duties.OPEN_ITEMS[0],
    "Email between DC Hart and the source handling unit about tasking of Magpie",
    "Messages from the phone 07700 900123 of the complainant about the evening",
)
REPORT = (
    "MG6E DISCLOSURE OFFICER’S REPORT\nItem No.,Schedule,Reason why it undermines,Copy attached\n"
    '1,MG6D,"Magpie told his handler that the defendant was elsewhere",Yes\n'
)
SECRETS = ("Magpie", "source handling", "07700", "elsewhere", "handler")
LATER = given.NOON + timedelta(hours=1)
OUTSIDERS = [Role.LINE_MANAGER, Role.SENIOR_MANAGER, Role.INSPECTOR]


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


def a_duty():
    return duties.adequate(
        duties.a_duty(), MG6C_csv=duties.a_schedule(*ITEMS), Magpie_csv=REPORT,
        MG6D_csv=duties.a_schedule("Note of Magpie", form="MG6D"),
    )  # fmt: skip


def endorse(duty, number, code, **more):
    line = next(each for each in lines_of(duty) if (each.form, each.item.number) == number)
    wish = Written(item_id=line.item.pk, code=code, reason="A reason of its own", **more)
    return endorse_item(duty, wish, by=duties.a_lawyer(), at=given.NOON)


@pytest.mark.parametrize("role", OUTSIDERS)
def test_no_outsider_reads_it_on_the_page_of_the_delivery(role):
    duty = a_duty()
    address = f"/disclosure/deliveries/{Delivery.objects.get().pk}/"

    page = as_(given.a_person(role, unit=duty.unit)).open(address)

    page.not_see(*SECRETS).see("For the lawyers of the unit", "Receipt for the hire")
    as_(duties.a_lawyer()).open(address).see("Magpie", "07700")


def test_a_check_that_never_said_what_it_holds_back_shows_an_outsider_none_of_it():
    duty = a_duty()
    delivery = Delivery.objects.get()
    for each in delivery.findings:
        del each["holds_back"]
    delivery.save(update_fields=["findings"])

    page = as_(given.a_person(Role.INSPECTOR, unit=duty.unit)).open(
        f"/disclosure/deliveries/{delivery.pk}/"
    )

    page.not_see(*SECRETS).see("For the lawyers of the unit")


def test_the_words_of_a_file_name_and_of_an_answer_are_for_the_lawyers():
    duty = duties.a_duty()
    returned = duties.returned(duty, MG6D_csv=duties.a_schedule("Note", form="MG6D"),
                               Magpie_csv=duties.a_schedule(*ITEMS[:1]))  # fmt: skip
    officer = duties.a_police_partner()
    answer_return(returned, "Magpie is the name of the source", by=officer, at=given.NOON)
    address = f"/disclosure/deliveries/{returned.delivery_id}/"

    as_(given.a_person(Role.LINE_MANAGER)).open(address).not_see("Magpie")
    as_(duties.a_lawyer()).open(address).see("Magpie is the name", "Magpie.csv")


def test_what_is_asked_of_the_police_does_not_repeat_it():
    a_duty()

    assert not [each for each in SECRETS[:3] if each in json.dumps(Delivery.objects.get().note)]
    assert not PoliceReturn.objects.exists()


def test_one_that_is_queried_and_set_aside_leaves_without_its_words():
    duty = a_duty()
    endorse(duty, ("MG6C", 1), "D")
    endorse(duty, ("MG6D", 1), "SN")
    for number in (2, 3):
        endorse(duty, ("MG6C", number), "Q")
        item = Item.objects.get(schedule__form="MG6C", number=number)
        set_aside(duty, item.pk, reason="The court ordered service by today",
                  decide_by=date(2026, 10, 9), by=duties.a_lawyer(), at=given.NOON)  # fmt: skip
    duty = duties.approve_and_serve(duties.fresh(duty))

    said = everything_in(zipped(pack_of(duty, by=None, at=given.NOON)))

    assert [words for words in SECRETS if words in said] == []
    assert "Its description is withheld until it is decided" in said


def test_one_that_is_decided_is_looked_at_again_by_whoever_approves():
    duty = a_duty()
    for number, code in ((("MG6C", 1), "CND"), (("MG6C", 2), "CND"), (("MG6C", 3), "D"),
                         (("MG6D", 1), "SN")):  # fmt: skip
        endorse(duty, number, code)

    manager, again = duties.a_lawyer(Role.LEGAL_MANAGER), Item.objects.values_list("pk", flat=True)
    with pytest.raises(ServingRefused, match="words of MG6C item 2 and MG6C item 3 may be"):
        approve_duty(duties.fresh(duty), looked_again=again, by=manager, at=given.NOON)
    # The report names the sensitive item.
    with pytest.raises(ServingRefused, match="1 item to look at again"):
        approve_duty(duties.fresh(duty), released=again, by=manager, at=given.NOON)
    approve_duty(duties.fresh(duty), looked_again=again, released=again, by=manager, at=given.NOON)


def decided_on_the_wrong_schedule():
    words = "Intelligence report from an informant Flamingo about the van"
    duty = duties.adequate(duties.a_duty(), mg6c_csv=duties.a_schedule(duties.OPEN_ITEMS[0], words))
    endorse(duty, ("MG6C", 1), "D")
    endorse(duty, ("MG6C", 2), "ND")
    return duties.fresh(duty)


def test_words_leave_only_where_who_approves_says_so_of_each_and_the_page_says_no_at_first():
    duty = decided_on_the_wrong_schedule()
    page = as_(duties.a_lawyer(Role.LEGAL_MANAGER)).open(f"/disclosure/{duty.pk}/approve/")
    page.see("May these words go to the defence?", "query it (Q)")
    item = Item.objects.get(number=2)

    refused = page.press("Approve").see("The words of MG6C item 2 may be sensitive")

    assert refused.tree.xpath("//textarea[@name='reason']")[0].text.strip() == (
        "Query (Q) MG6C item 2: the words may be sensitive."
    )
    assert duties.fresh(duty).state == "ENDORSED"
    page.press("Approve", **{f"words_{item.pk}": "RELEASE"}).see("Approved. It can be served.")


def test_no_marker_reads_words_that_nobody_released_nor_the_reason_beside_them():
    duty = decided_on_the_wrong_schedule()
    today = given.NOON.date()

    before = papers_of(duty, today)
    approve_duty(duty, released=[Item.objects.get(number=2).pk],
                 by=duties.a_lawyer(Role.LEGAL_MANAGER), at=LATER)  # fmt: skip
    after = papers_of(duties.fresh(duty), today)

    assert "Flamingo" not in before
    assert "Flamingo" in after
    assert after.count("A reason of its own") == 1
    assert "a reason was given" in after


def test_no_paper_for_a_marker_says_why_a_delivery_is_adequate():
    duty = decided_on_the_wrong_schedule()

    assert "Good enough" not in papers_of(duty, given.NOON.date())
    assert "A reason was given" in papers_of(duty, given.NOON.date())
    assert [reason for _, reason in adequate_because(duty)] == ["Good enough for this case"]


def test_it_is_never_among_the_obvious():
    duty = a_duty()
    item = Item.objects.get(schedule__form="MG6C", number=2)

    with pytest.raises(EndorsementRefused, match="takes a decision of its own"):
        endorse_obvious(duty, [item.pk], by=duties.a_lawyer(), at=given.NOON)


def served_with_two_set_aside():
    duty = a_duty()
    endorse(duty, ("MG6C", 1), "D")
    endorse(duty, ("MG6D", 1), "SN")
    for number in (2, 3):
        item = Item.objects.get(schedule__form="MG6C", number=number)
        set_aside(duty, item.pk, reason="The court ordered service by today",
                  decide_by=date(2026, 10, 9), by=duties.a_lawyer(), at=given.NOON)  # fmt: skip
    return duties.approve_and_serve(duties.fresh(duty))


def decide_later(duty, number, code, by):
    item = Item.objects.get(schedule__form="MG6C", number=number)
    wish = Written(item_id=item.pk, code=code, reason="A reason of its own")
    endorse_item(duty, wish, by=by, at=LATER)


def test_what_was_decided_after_the_service_leaves_only_once_a_lawyer_released_its_words():
    duty, lawyer = served_with_two_set_aside(), duties.a_lawyer()
    decide_later(duty, 2, "Q", lawyer)
    decide_later(duty, 3, "D", lawyer)
    later = duties.a_service(duty, served_at=LATER)
    manager = given.a_person(Role.LINE_MANAGER)
    item = Item.objects.get(schedule__form="MG6C", number=3)

    for person in (lawyer, duties.a_lawyer(), manager):
        with pytest.raises(ServingRefused, match="no second person has approved that: MG6C item 3"):
            serve(duty, later, by=person, at=LATER)
    page = as_(manager).open(f"/disclosure/{duty.pk}/serve/")
    page.see("no second person has approved that: MG6C item 3").not_see("07700", "Keep that it")
    second = duties.a_lawyer(Role.LEGAL_MANAGER)
    with pytest.raises(ServingRefused, match="words of MG6C item 3 may be sensitive"):
        approve_later(duty, by=second, at=LATER)
    approve_later(duty, released=[item.pk], by=second, at=LATER)
    page = as_(manager).open(f"/disclosure/{duty.pk}/serve/")
    page.see("MG6C item 3", "its words are for the lawyers of the unit").not_see("07700")
    serve(duty, later, by=manager, at=LATER)

    said = everything_in(zipped(pack_of(duty, by=None, at=LATER)))
    assert "07700" in said
    assert "Magpie" not in said
    assert "withheld until it is decided and looked at again" in said


@pytest.mark.parametrize(
    "words",
    [
        "Note of what the informant told DC Hall on 3 May 2026 about who had the van",
        "Report of 3 May 2026 by DC Hall on what his source says about the van",
        "Intelligence log of 3 May 2026 on Hall and the yard. There was no intelligence on Marsden",
    ],
)
def test_who_told_the_police_is_for_the_lawyers_in_ordinary_words_too(words):
    storm = "Storm log 1881 of 1 May 2026: the informant rang at 22:10 to say that two men fought"
    duty = duties.adequate(duties.a_duty(), mg6c_csv=duties.a_schedule(words, storm))
    address = f"/disclosure/deliveries/{Delivery.objects.get().pk}/"

    page = as_(given.a_person(Role.INSPECTOR, unit=duty.unit)).open(address)

    page.not_see(words).see("For the lawyers of the unit", "the informant rang at 22:10")
    told, rang = lines_of(duty)
    assert (told.item.is_held_back, is_obvious(told), rang.item.is_held_back) == (
        True,
        False,
        False,
    )
