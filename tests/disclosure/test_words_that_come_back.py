"""What the page of a delivery says of an item that it writes again as it was before."""

import pytest

from forthright.accounts.models import Role
from forthright.disclosure.selectors.standings import lines_of
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db

LONGER = duties.OPEN_ITEMS[2] + " (2 pages)"


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


def third(words):
    return duties.a_schedule(*duties.OPEN_ITEMS[:2], words)


def maker(duty, number=3):
    return next(each.endorsement.made_by for each in lines_of(duty)
                if each.form == "MG6C" and each.item.number == number)  # fmt: skip


def page_of(came, role=Role.PROSECUTOR):
    who = duties.a_lawyer() if role is Role.PROSECUTOR else given.a_person(role)
    return as_(who).open(f"/disclosure/deliveries/{came.pk}/")


def test_words_that_were_served_and_come_back_do_not_go_again():
    duty = duties.court_told()
    decided = maker(duty)
    duties.returned(duty, mg6c_csv=third(LONGER))
    came = duties.checked(duty, mg6c_csv=third(duties.OPEN_ITEMS[2]))

    page = page_of(came)

    page.see("Written as before", f"MG6C item 3 (D by {decided}; served so)",
             "what was served in these words does not go again")  # fmt: skip
    page.not_see("in its new words", "falls away")


def test_words_that_were_decided_and_not_served_come_back_with_their_decision():
    duty = duties.endorse_all(duties.reviewing(), by=duties.a_lawyer())
    decided = maker(duty)
    duties.returned(duty, mg6c_csv=third(LONGER))
    came = duties.checked(duty, mg6c_csv=third(duties.OPEN_ITEMS[2]))

    page_of(came).see("Written as before", f"MG6C item 3 (D by {decided})").not_see("served so")


def test_what_is_written_otherwise_a_third_time_goes_again():
    duty = duties.court_told()
    duties.returned(duty, mg6c_csv=third(LONGER))
    came = duties.checked(duty, mg6c_csv=third(LONGER.replace("2 pages", "3 pages")))

    page_of(came).see("With the defence already: MG6C item 3.", "it goes again in its new words")


def test_of_a_sensitive_item_that_comes_back_others_read_its_name_alone():
    duty = duties.court_told()
    secret = f"{duties.SECRET} from the yard"
    duties.returned(duty, mg6d_csv=duties.a_schedule(secret, form="MG6D"))
    came = duties.checked(duty, mg6d_csv=duties.a_schedule(duties.SECRET, form="MG6D"))

    page_of(came, Role.LINE_MANAGER).see("Written as before", "MG6D item 1.").not_see("SN by")
