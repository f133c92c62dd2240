"""What an open item repeats of the MG6D leaves only once a second person says so of it."""

from datetime import date

import pytest

from forthright.accounts.models import Role
from forthright.cases.models import PersonToTell
from forthright.disclosure.documents import pack_of, zipped
from forthright.disclosure.models import Delivery, Item
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.bringing import check_delivery, take_in
from forthright.disclosure.services.checking_again import compare_again
from forthright.disclosure.services.endorsing import (
    EndorsementRefused,
    Written,
    endorse_item,
    endorse_obvious,
    set_aside,
)
from forthright.disclosure.services.reading import HandedOver
from forthright.disclosure.services.serving import ServingRefused, approve_duty
from forthright.disclosure.services.triage import TriageRefused, find_adequate
from tests import given
from tests.client import as_
from tests.disclosure import duties
from tests.disclosure.test_pack import everything_in

pytestmark = pytest.mark.django_db

NOTE = "Note of a meeting with Heronsgate about the van on 4 May 2026"
STATEMENT = "Statement of Mrs Quillfeather of 14 Mill Lane on who comes and goes at the yard"
POST = "Observation post log from 14 Mill Lane given by the householder Mrs Quillfeather"
OPEN = duties.a_schedule(*duties.OPEN_ITEMS[:2], NOTE, STATEMENT)
SENSITIVE = duties.a_schedule(duties.SECRET, POST, form="MG6D")
NAMES = ("Heronsgate", "Quillfeather")
CODES = {1: ("CND", ""), 2: ("ND", "It is of another address"), 3: ("D", "It bears on the van"),
         4: ("CND", "")}  # fmt: skip


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


def held(form="MG6C"):
    rows = Item.objects.filter(is_held_back=True, schedule__form=form).order_by("pk")
    return list(rows.values_list("number", flat=True))


def items():
    return list(Item.objects.values_list("pk", flat=True))


def found(delivery, rule):
    return [each for each in delivery.findings if each["rule"] == rule]


def both():
    duty = duties.a_duty()
    return duties.adequate(duty, mg6c_csv=OPEN, mg6d_csv=SENSITIVE)


def test_the_check_warns_of_it_holds_it_back_and_says_which_words():
    delivery = duties.checked(duties.a_duty(), mg6c_csv=OPEN, mg6d_csv=SENSITIVE)

    told = [(each["item"], each["words"], each["level"]) for each in found(delivery, "R11l")]
    assert told == [(3, "Heronsgate", "warn"), (4, "Quillfeather", "warn")]
    assert held() == [3, 4]
    assert not [each for each in NAMES if each in str(delivery.note)]
    page = as_(duties.a_lawyer()).open(f"/disclosure/deliveries/{delivery.pk}/")
    page.see("“Quillfeather” stands on the MG6D (item 2) too")


@pytest.mark.parametrize("role", [Role.LINE_MANAGER, Role.INSPECTOR])
def test_no_outsider_reads_it(role):
    both()

    page = as_(given.a_person(role)).open(f"/disclosure/deliveries/{Delivery.objects.get().pk}/")

    page.not_see(*NAMES, "Mill Lane").see("Receipt for the hire")


def test_it_is_never_obvious_and_its_words_leave_only_once_a_second_person_says_so():
    duty = both()
    item = Item.objects.get(schedule__form="MG6C", number=4)
    with pytest.raises(EndorsementRefused, match="takes a decision of its own"):
        endorse_obvious(duty, [item.pk], by=duties.a_lawyer(), at=given.NOON)

    duty = duties.endorse_all(duty, by=duties.a_lawyer(), codes=CODES)
    manager = duties.a_lawyer(Role.LEGAL_MANAGER)
    page = as_(manager).open(f"/disclosure/{duty.pk}/approve/")
    page.see("May these words go to the defence?", NOTE, STATEMENT)
    with pytest.raises(ServingRefused, match="The words of MG6C item 3 and MG6C item 4 may be"):
        approve_duty(duty, looked_again=items(), by=manager, at=given.NOON)


def test_no_reason_beside_another_item_repeats_the_name():
    duty = both()
    item = Item.objects.get(schedule__form="MG6C", number=2)
    wish = Written(item_id=item.pk, code="ND", reason="It was told by Heronsgate")

    with pytest.raises(EndorsementRefused, match="heronsgate"):
        endorse_item(duty, wish, by=duties.a_lawyer(), at=given.NOON)


def test_one_that_is_queried_leaves_without_its_words():
    duty = both()
    codes = {**CODES, 3: ("Q", "May it go?"), 4: ("Q", "May it go?")}
    duty = duties.endorse_all(duty, by=duties.a_lawyer(), codes=codes)
    for item in Item.objects.filter(schedule__form="MG6C", number__in=(3, 4)):
        set_aside(duty, item.pk, reason="The court ordered service by today",
                  decide_by=date(2026, 10, 9), by=duties.a_lawyer(), at=given.NOON)  # fmt: skip
    duty = duties.approve_and_serve(duties.fresh(duty), is_nil=True)

    said = everything_in(zipped(pack_of(duty, by=None, at=given.NOON)))

    assert [words for words in NAMES if words in said] == []


def test_a_sensitive_schedule_that_comes_later_asks_about_what_came_before_and_was_decided():
    duty = duties.adequate(duties.a_duty(), mg6c_csv=OPEN)
    duty = duties.endorse_all(duty, by=duties.a_lawyer(), codes=CODES)

    later = duties.checked(duty, mg6d_csv=SENSITIVE)

    told = [(each["item"], each["message"]) for each in found(later, "R11m")]
    assert [number for number, _ in told] == [1, 2]
    assert "stand in item 3 of the MG6C that came before too" in told[0][1]
    assert not [each for each in NAMES if each in str(later.findings) + str(later.note)]
    assert held() == [3, 4]
    assert held("MG6D") == []
    codes = {line.item.number: line.endorsement.code for line in lines_of(duties.fresh(duty))}
    assert codes == {1: "CND", 2: "ND", 3: "Q", 4: "Q"}


def test_an_open_schedule_that_comes_after_the_sensitive_one_is_asked_about():
    duty = duties.adequate(duties.a_duty(), mg6d_csv=SENSITIVE)

    assert len(found(duties.checked(duty, mg6c_csv=OPEN), "R11l")) == 2
    assert held() == [3, 4]


def test_what_was_let_go_is_not_asked_again_where_the_sensitive_schedule_comes_anew():
    duty = duties.endorse_all(both(), by=duties.a_lawyer(), codes=CODES)
    manager = duties.a_lawyer(Role.LEGAL_MANAGER)
    approve_duty(duty, looked_again=items(), released=items(), by=manager, at=given.NOON)

    again = duties.checked(duty, mg6d_csv=duties.a_schedule(duties.SECRET, POST, form="MG6D"))

    assert found(again, "R11m") == []
    assert {line.endorsement.code for line in lines_of(duties.fresh(duty))} == {"CND", "ND", "D",
                                                                                "SN"}  # fmt: skip


def test_two_deliveries_that_wait_are_compared_once_one_is_taken_in():
    duty = duties.a_duty()
    open_one = duties.checked(duty, mg6c_csv=OPEN)
    sensitive = duties.checked(duty, mg6d_csv=SENSITIVE)
    assert held() == []

    take_in(sensitive, by=None, at=given.NOON)
    compare_again(open_one, by=None, at=given.NOON)
    compare_again(open_one, by=None, at=given.NOON)

    open_one.refresh_from_db()
    assert [each["item"] for each in found(open_one, "R11l")] == [3, 4]
    assert held() == [3, 4]


def test_the_same_in_the_very_same_words_stops_until_somebody_says_why():
    duty = duties.a_duty()
    received = duties.received(
        duty, mg6c_csv=duties.a_schedule(duties.OPEN_ITEMS[0], POST), mg6d_csv=SENSITIVE
    )

    assert [(each["item"], each["level"]) for each in found(received, "R11k")] == [(2, "stop")]
    assert found(received, "R11l") == []
    with pytest.raises(TriageRefused, match="should stop this delivery"):
        find_adequate(received, by=None, at=given.NOON)


def test_whom_the_record_of_the_case_names_is_no_secret():
    duty = duties.a_duty()
    PersonToTell.objects.create(case=duty.case, key="q", title="Mrs", family_name="Quillfeather")
    said = ("Threat that was made against Dean Marsden", "Notes on how Mrs Quillfeather fares")
    listed = ("Receipt of 3 May of Mr Marsden for the van", *duties.OPEN_ITEMS[1:],
              "First account of Mrs Quillfeather to an officer")  # fmt: skip

    delivery = duties.checked(
        duty, mg6d_csv=duties.a_schedule(*said, form="MG6D"), mg6c_csv=duties.a_schedule(*listed)
    )

    assert found(delivery, "R11l") == []


@pytest.mark.parametrize(("name", "asked"), [("MG5.csv", []), ("Note to the lawyer.csv", [4])])
def test_whom_a_paper_that_the_defence_has_names_is_no_secret(name, asked):
    duty = duties.a_duty()
    files = duties.written(mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS, STATEMENT),
                           mg6d_csv=SENSITIVE)  # fmt: skip
    paper = files[0].path.with_name(name)
    paper.write_text("Summary\nMrs Quillfeather of 14 Mill Lane saw two men from her window.\n")

    delivery = check_delivery(
        duty, [*files, HandedOver(name, paper)], police_unit=None, is_whole=False, by=None,
        at=given.NOON,
    )  # fmt: skip

    assert [each["item"] for each in found(delivery, "R11l")] == asked
