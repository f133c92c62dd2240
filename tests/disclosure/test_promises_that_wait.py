"""An answer whose item cannot be judged yet waits, and the pages say for what and where."""

from datetime import date

import pytest

from forthright.accounts.models import Role
from forthright.disclosure.documents import pack_of
from forthright.disclosure.models import Delivery
from forthright.disclosure.selectors.broken import broken_of
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.bringing import take_in
from forthright.disclosure.services.triage import (
    find_adequate,
    return_to_police,
    take_adequate_back,
)
from tests.client import as_
from tests.disclosure import duties
from tests.disclosure.test_broken_promises import (
    ELEVEN,
    HALF,
    PAPER,
    TWELVE,
    answer,
    endorse,
    item_2,
    promised,
)

pytestmark = pytest.mark.django_db
WAITS = "MG6C item 2 cannot be judged now: MG6C version 2 waits to be looked through"
DIARY = "Diary of Mr Hall for May 2026, noting who hired the van"
OTHER = "Storm incident log 1881 of 1 June 2026, with the times of each call"


@pytest.fixture
def duty(time_machine):
    duty = promised()
    time_machine.move_to(ELEVEN, tick=False)
    return duty


def comes(duty, *items) -> Delivery:
    """Return a new version of the open schedule that was taken in."""
    came = duties.checked(duty, mg6c_csv=duties.a_schedule(*items))
    return take_in(came, let_go=duties.letting_go(came), by=None, at=ELEVEN)


def adequate(delivery, *, at=ELEVEN):
    find_adequate(delivery, reason="Good enough for this case", by=None, at=at)


def said(duty, at=TWELVE) -> str:
    return str(broken_of(duties.fresh(duty), at)[duty.statements.get().requests.first().pk])


def open_page(duty, name, role=Role.PROSECUTOR):
    return as_(duties.a_lawyer(role)).open(f"/disclosure/{duty.pk}/{name}")


def test_every_page_says_to_look_through_what_came_and_leads_there(duty):
    came = comes(duty, *duties.OPEN_ITEMS, DIARY)
    request = duty.statements.get().requests.get().pk

    for page in (
        open_page(duty, "approve/", Role.LEGAL_MANAGER),
        open_page(duty, "serve/"),
        open_page(duty, "statement/"),
        open_page(duty, "statement/answers/send/"),
        open_page(duty, f"statement/{request}/"),
    ):
        page.see(WAITS, "Look through what came: until then this answer goes on no paper.")
        page.not_see("Where you would decide otherwise", "Nothing is said to be disclosed")
        page.follow("Look through what came for request 1").see("Is it adequate?")
    open_page(duty, "serve/").see("Nothing can be served now.").not_see("Answer request 1 again")
    open_page(duty, "statement/").see("Cannot be sent yet", "Answer request 1 otherwise")
    open_page(duty, "statement/answers/").see(WAITS, "Look through what came")
    assert PAPER not in pack_of(duty, by=None, at=TWELVE)

    adequate(came)

    assert not broken_of(duties.fresh(duty), TWELVE)


def test_a_verdict_that_was_taken_back_lets_the_promise_wait(duty):
    came = comes(duty, *duties.OPEN_ITEMS)
    adequate(came)
    assert not broken_of(duties.fresh(duty), TWELVE)

    take_adequate_back(came, reason="It was meant to go back", by=None, at=ELEVEN)

    assert WAITS in said(duty)


def test_an_item_that_a_new_version_leaves_out_waits_until_that_is_adequate(duty):
    came = comes(duty, duties.OPEN_ITEMS[0], DIARY, duties.OPEN_ITEMS[2])
    assert WAITS in said(duty)
    assert "again" not in said(duty)

    adequate(came)

    assert "MG6C item 2 stands on no open schedule that may be used now" in said(duty)
    assert "Answer request 1 again: until then" in said(duty)


def test_what_is_back_with_the_police_is_waited_for_or_answered_otherwise(duty):
    came = comes(duty, *duties.OPEN_ITEMS)
    asked = {"Schedules of unused material not completed correctly": ["Say what item 1 shows."]}
    return_to_police(came, asked, unit=duties.a_police_unit(), answer_by=date(2026, 10, 12),
                     by=duties.a_lawyer(), at=ELEVEN)  # fmt: skip

    page = open_page(duty, "statement/")

    page.see("MG6C version 2 is back with the police",
             "Wait for what they send, or answer request 1 again")  # fmt: skip
    page.follow("See what went back to the police for request 1").see("Returned to the police")
    again = comes(duty, *duties.OPEN_ITEMS, DIARY)
    assert again.pk in [each.delivery.pk for each in broken_of(duty, TWELVE).popitem()[1].waiting]
    assert "MG6C version 3 waits to be looked through" in said(duty)


def test_an_item_in_other_words_is_decided_before_the_request_is_answered_again(duty):
    adequate(comes(duty, duties.OPEN_ITEMS[0], OTHER, duties.OPEN_ITEMS[2]))

    page = open_page(duty, "serve/")

    page.see("MG6C item 2 came again in other words, and is not decided now",
             "Decide MG6C item 2, then answer request 1 again: until then")  # fmt: skip
    page.follow("Decide MG6C item 2 for request 1").see(OTHER)
    open_page(duty, "statement/", Role.LINE_MANAGER).not_see("Decide MG6C item 2 for")
    endorse(duty, "D", "It helps his alibi", ELEVEN)
    assert "and stands as D" in said(duty)
    answer(1, duty, "DISCLOSED", "You get it.", items=[item_2(duty).pk], at=TWELVE)
    assert not broken_of(duties.fresh(duty), TWELVE)


def test_a_queried_item_is_decided_or_the_request_answered_again(duty):
    endorse(duty, "Q", "It may name somebody", ELEVEN)

    page = open_page(duty, "statement/")

    page.see("MG6C item 2 stands as Q", "Decide MG6C item 2, or answer request 1 again")
    page.follow("Decide MG6C item 2 for request 1").see(next(
        line.item.description for line in lines_of(duty) if line.item == item_2(duty)
    ))  # fmt: skip
    assert not broken_of(duty, HALF)
