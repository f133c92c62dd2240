"""Where a new version gives items other numbers, the defence is told by those that it holds."""

import pytest

from forthright.disclosure.documents import answers_file, pack_of
from forthright.disclosure.models import DefenceRequest
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.answering import answer_request
from forthright.disclosure.services.serving import serve
from forthright.rules.disclosure_pack import documents_of, pack_facts_of, words_of
from tests import given
from tests.client import as_
from tests.disclosure import duties
from tests.disclosure.test_answers_sent import PAPER, words

pytestmark = pytest.mark.django_db
ONE, TWO = given.at("2026-10-06 10:00"), given.at("2026-10-07 10:00")
RECEIPT, LOG, ACCOUNT = duties.OPEN_ITEMS
REPLY = "Reply of the council about its camera in the yard, of 5 October 2026"


def line(duty, number):
    return next(x for x in lines_of(duty) if x.item.number == number and x.form == "MG6C")


def bring(duty, *items, at=ONE):
    """Take a new version in, a day after the first service."""
    came = duties.checked(duty, mg6c_csv=duties.a_schedule(*items))
    duties.take_in(came, let_go=duties.letting_go(came), by=None, at=at)
    duties.find_adequate(came, reason="Good enough for this case", by=None, at=at)
    return came


def answer(duty, *numbers):
    request = DefenceRequest.objects.get(statement__duty=duty, number=1)
    items = [line(duty, number).item.pk for number in numbers]
    answer_request(request, "DISCLOSED", answer="Here it is.", items=items, by=duties.a_lawyer(),
                   at=ONE)  # fmt: skip


def serve_later(duty, number):
    duties.endorse(duty, line(duty, number).item, "D", reason="It helps", by=duties.a_lawyer())
    duty = duties.approve_since(duty)
    return serve(duty, duties.a_service(duty, served_at=TWO), by=duties.a_lawyer(), at=TWO)


def test_an_item_is_named_by_the_number_under_which_it_was_served():
    duty = duties.stated("Her account")
    bring(duty, ACCOUNT, LOG, RECEIPT)

    answer(duty, 1)

    said = words(pack_of(duty, by=None, at=ONE)[PAPER])
    assert "MG6C item 3 (now item 1): served on Monday 5 October 2026" in said
    as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/statement/").see(
        "By MG6C item 3 (now item 1)"
    )


def test_an_item_that_was_served_and_is_listed_no_more_keeps_its_number():
    duty = duties.stated("Her account")
    answer(duty, 3)
    bring(duty, RECEIPT, LOG)

    said = words(pack_of(duty, by=None, at=ONE)[PAPER])
    assert "MG6C item 3: served on Monday 5 October 2026" in said


def test_an_item_that_is_still_to_follow_is_named_by_both_numbers():
    duty = duties.stated("The log")
    bring(duty, LOG, RECEIPT, ACCOUNT)
    duties.endorse(duty, line(duty, 1).item, "D", reason="It helps", by=duties.a_lawyer())

    answer(duty, 1)

    said = words(answers_file(duty, by=duties.a_lawyer(), at=ONE))
    assert "MG6C item 1 (item 2 on the schedule served on Monday 5 October 2026): to follow" in said


def test_an_item_that_came_between_moves_the_numbers_after_it():
    duty = duties.stated("Her account", "The receipt")
    bring(duty, REPLY, *duties.OPEN_ITEMS)

    answer(duty, 4)

    said = words(pack_of(duty, by=None, at=ONE)[PAPER])
    assert "MG6C item 3 (now item 4): served on Monday 5 October 2026" in said


def test_the_schedule_of_a_later_service_says_which_number_each_item_had():
    duty = duties.court_told()
    bring(duty, REPLY, ACCOUNT, LOG, RECEIPT)

    serving = serve_later(duty, 1)

    schedule = documents_of(pack_facts_of(serving.papers))[1]
    assert "Numbers changed since the schedule that was served on Monday 5 October 2026" in (
        words_of([schedule])
    )
    assert schedule.head[3] == "Number on the schedule served on Monday 5 October 2026"
    assert [(row[0], row[1][:7], row[3]) for row in schedule.rows] == [
        ("MG6C 1", REPLY[:7], "–"), ("MG6C 2", ACCOUNT[:7], "3"), ("MG6C 3", LOG[:7], "2"),
        ("MG6C 4", RECEIPT[:7], "1"),
    ]  # fmt: skip


def test_an_item_that_took_the_number_of_another_is_said_not_to_have_had_it():
    duty = duties.court_told()
    bring(duty, REPLY, LOG, ACCOUNT)

    serving = serve_later(duty, 1)

    schedule = documents_of(pack_facts_of(serving.papers))[1]
    assert [row[3] for row in schedule.rows] == ["–", "2", "3"]


def test_the_schedule_says_nothing_of_numbers_where_each_stands_for_what_it_did():
    duty = duties.court_told()
    bring(duty, RECEIPT, f"{LOG} in Mill Lane", ACCOUNT, REPLY)
    duties.endorse(duty, line(duty, 2).item, "ND", reason="Not his", by=duties.a_lawyer())

    serving = serve_later(duty, 4)

    assert len(documents_of(pack_facts_of(serving.papers))[1].head) == 3


def test_the_delivery_says_which_items_are_renumbered_and_warns():
    duty = duties.court_told()
    came = duties.checked(duty, mg6c_csv=duties.a_schedule(ACCOUNT, LOG, RECEIPT))

    as_(duties.a_lawyer()).open(f"/disclosure/deliveries/{came.pk}/").see(
        "2 renumbered (3 is now 1, 1 is now 3)", "Warning",
        "MG6C: the numbers 1, 3 now stand for something else",
    )  # fmt: skip
