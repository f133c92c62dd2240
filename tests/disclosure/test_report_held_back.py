"""What the officer's report, a file name or another paper tells is for the lawyers of the unit."""

import pytest

from forthright.accounts.models import Role
from forthright.disclosure.models import Delivery
from forthright.disclosure.selectors.secrets import secrets_of
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db

HEAD = "MG6E DISCLOSURE OFFICER’S REPORT\nItem No.,Reason why it undermines,Copy attached\n"
TOLD = "Xenopus told the police"
OPEN = "The caller speaks of two men"


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


def a_report(*entries, head=HEAD):
    return head + "".join(f'{number},"{words}",Yes\n' for number, words in entries)


def page_of(delivery, role=Role.INSPECTOR):
    person = given.a_person(role, unit=delivery.unit)
    return as_(person).open(f"/disclosure/deliveries/{delivery.pk}/")


def with_open_items(duty, **files):
    return duties.checked(duty, mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS), **files)


def test_an_entry_about_an_open_item_is_for_everybody():
    report = a_report((2, OPEN), ("C3", "She saw two men"))

    page = page_of(with_open_items(duties.a_duty(), mg6e_csv=report))

    page.see(OPEN, "She saw two men")


@pytest.mark.parametrize("number", ["21", "D2", "MG6D item 2", "item 2 of the MG6D", "2-3", "?2"])
def test_an_entry_that_is_matched_to_no_open_item_is_held_back(number):
    delivery = with_open_items(duties.a_duty(), mg6e_csv=a_report((number, TOLD)))

    page_of(delivery).not_see("Xenopus").see("For the lawyers of the unit")
    page_of(delivery, Role.PROSECUTOR).see("Xenopus")


def test_a_sensitive_schedule_that_comes_later_hides_what_a_report_said_of_its_items():
    duty = duties.a_duty()
    delivery = with_open_items(duty, mg6e_csv=a_report((2, TOLD), (3, OPEN)))
    page_of(delivery).see("Xenopus")

    duties.checked(duty, mg6d_csv=duties.a_schedule("Note", first=2, form="MG6D"))

    page_of(delivery).not_see("Xenopus").see(OPEN)
    assert TOLD in secrets_of(duty)
    assert OPEN not in secrets_of(duty)


def test_a_sensitive_item_whose_number_cannot_be_read_may_be_any():
    secret = (
        'MG6D SCHEDULE\nItem No.,Description,Reason for sensitivity\nD1,"Note","He fears them"\n'
    )

    delivery = with_open_items(duties.a_duty(), mg6d_csv=secret, mg6e_csv=a_report((1, TOLD)))

    page_of(delivery).not_see("Xenopus")


def test_an_entry_about_an_item_that_is_held_back_is_held_back_too():
    items = (*duties.OPEN_ITEMS, "Intelligence report of 3 May about the van")

    delivery = duties.checked(
        duties.a_duty(), mg6c_csv=duties.a_schedule(*items), mg6e_csv=a_report((4, TOLD))
    )

    page_of(delivery).not_see("Xenopus")


@pytest.mark.parametrize(
    ("column", "cell", "is_seen"),
    [
        ("Schedule", "MG6C", True),
        ("Schedule", "MG6D", False),
        ("Schedule", "sens", False),
        ("Sensitive?", "Y", False),
    ],
)
def test_an_entry_that_names_its_form_names_an_open_one_or_is_held_back(column, cell, is_seen):
    report = f"MG6E REPORT\nItem No.,{column},Reason why it undermines,Copy\n2,{cell},{TOLD},Yes\n"

    page = page_of(with_open_items(duties.a_duty(), mg6e_csv=report))

    (page.see if is_seen else page.not_see)("Xenopus")


def test_an_entry_about_an_open_item_that_speaks_of_an_informant_is_held_back():
    report = a_report((2, f"{TOLD}, says the informant handler"))

    page_of(with_open_items(duties.a_duty(), mg6e_csv=report)).not_see("Xenopus")


def test_what_stands_beside_the_items_of_a_schedule_is_for_the_lawyers():
    report = a_report((2, OPEN)) + "I looked at what Xenopus said,,\n"

    delivery = with_open_items(duties.a_duty(), mg6e_csv=report)

    page_of(delivery).not_see("Xenopus").see("certificate, and what could not be read")
    page_of(delivery, Role.PROSECUTOR).see("Xenopus")


@pytest.mark.parametrize("role", [Role.LINE_MANAGER, Role.SENIOR_MANAGER, Role.INSPECTOR])
def test_no_outsider_reads_a_file_name_or_another_paper(role):
    duty = duties.a_duty()
    files = {
        "mg6c MARMOT informant_csv": duties.a_schedule(*duties.OPEN_ITEMS),
        "mg5 MARMOT_txt": "The informant MARMOT was filmed on CCTV from the shop.\n",
    }
    delivery = duties.checked(duty, **files)
    assert "MARMOT" in str(Delivery.objects.get().findings)

    page_of(delivery, role).not_see("MARMOT")
    page_of(delivery, Role.PROSECUTOR).see("MARMOT was filmed", "mg6c MARMOT informant.csv")


def test_no_outsider_reads_why_a_file_was_not_read():
    delivery = with_open_items(duties.a_duty())
    Delivery.objects.filter(pk=delivery.pk).update(
        files=[{"name": "a.xlsx", "sha256": "", "unread": "The sheet MARMOT holds a formula."}]
    )

    page_of(delivery).not_see("MARMOT").see("A file was not read")
    page_of(delivery, Role.PROSECUTOR).see("The sheet MARMOT holds a formula")


def test_no_outsider_reads_a_comment_that_the_check_quotes():
    words = (
        'MG6C\nItem No.,Description,Location,Comments\n1,"Receipt for a van",Store,"Ask Marmot"\n'
    )

    delivery = duties.checked(duties.a_duty(), mg6c_csv=words)

    page_of(delivery).not_see("Marmot").see("Receipt for a van")
    page_of(delivery, Role.PROSECUTOR).see("Marmot")


def test_why_a_delivery_is_adequate_is_for_the_lawyers():
    duty = duties.adequate(duties.a_duty(), mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS))
    delivery = Delivery.objects.get(case=duty.case)

    page_of(delivery).not_see("Good enough").see("A reason was given why it is adequate")
