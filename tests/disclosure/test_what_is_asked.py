"""What is asked of the police repeats nothing that is for the lawyers, whenever it became so."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forthright.accounts.models import Role
from forthright.disclosure.models import Delivery, Item
from forthright.disclosure.services.holding import hold_back
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db

THIN = ("CCTV Peregrine", "Notebook of Kestrel", "Receipt Mallard")


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


def return_page(delivery, role=Role.LINE_MANAGER):
    return as_(given.a_person(role)).open(f"/disclosure/deliveries/{delivery.pk}/return/")


def test_it_repeats_the_words_of_open_items():
    delivery = duties.received(duties.a_duty(), mg6c_csv=duties.a_schedule(*THIN))

    return_page(delivery).see("Peregrine", "Kestrel", "Mallard")


def test_an_item_that_stands_on_the_sensitive_schedule_too_is_asked_about_by_its_number():
    sensitive = duties.a_schedule(*THIN[:2], form="MG6D")
    delivery = duties.received(
        duties.a_duty(), mg6c_csv=duties.a_schedule(*THIN), mg6d_csv=sensitive
    )

    for role in (Role.LINE_MANAGER, Role.PROSECUTOR):
        return_page(delivery, role).not_see("Peregrine", "Kestrel").see(
            "MG6C item 1: ", "MG6C item 2: ", "Receipt Mallard"
        )


def test_an_item_that_was_held_back_by_hand_after_the_check_is_asked_about_so_too():
    duty = duties.a_duty()
    delivery = duties.received(duty, mg6c_csv=duties.a_schedule(*THIN))
    hold_back(Item.objects.get(number=1), reason="A source", by=duties.a_lawyer(), at=given.NOON)

    return_page(delivery).not_see("Peregrine").see("MG6C item 1: ", "Kestrel")


def test_what_the_officer_reports_about_an_item_is_not_repeated():
    report = (
        "MG6E DISCLOSURE OFFICER REPORT\nItem No.,Schedule,Reason why it undermines,Copy attached\n"
        '1,MG6C,"It may undermine the case","Merlin keeps it"\n'
    )
    delivery = duties.received(
        duties.a_duty(), mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS), mg6e_csv=report,
        mg6d_csv=duties.a_schedule(duties.SECRET, form="MG6D"),
    )  # fmt: skip
    assert [each for each in delivery.findings if "Merlin" in each["message"]]

    return_page(delivery).not_see("Merlin").see("MG6E item 1: ")


def test_the_page_of_the_police_repeats_none_of_it_either():
    duty = duties.a_duty()
    returned = duties.returned(duty)
    officer = as_(given.a_person(Role.POLICE_PARTNER, unit=duties.a_police_unit()))
    file = SimpleUploadedFile("mg6c.csv", duties.a_schedule(*THIN).encode())
    page = officer.open(f"/returned-schedules/{returned.pk}/").follow("Hand in the new version")
    page.press("Hand it in", schedules=file).see("Still to mend", "Peregrine")
    came = Delivery.objects.latest("pk")

    hold_back(Item.objects.get(schedule__delivery=came, number=1), by=duties.a_lawyer(),
              at=given.NOON)  # fmt: skip

    officer.open(f"/returned-schedules/{returned.pk}/").not_see("Peregrine").see(
        "Still to mend", "MG6C item 1: ", "Kestrel"
    )
