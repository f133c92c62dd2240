"""An answer that promises an item goes nowhere once the item is not to be disclosed any more."""

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forthright.accounts.models import Role
from forthright.disclosure.documents import pack_of
from forthright.disclosure.models import DefenceRequest, Delivery
from forthright.disclosure.selectors.broken import broken_of
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.answering import answer_request
from forthright.disclosure.services.endorsing import Written, endorse_item
from forthright.disclosure.services.sending import SendingRefused, Sent, send_answers
from forthright.letter_files.reading import words_of_file
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
TEN, HALF = given.at("2026-10-06 10:00"), given.at("2026-10-06 10:30")
ELEVEN, TWELVE = given.at("2026-10-06 11:00"), given.at("2026-10-06 12:00")
PAPER = "answers-to-the-defence-statement.docx"
NOW_ND = "MG6C item 2 stands as ND (not disclosable) now"
NOWHERE = "MG6C item 2 stands on no open schedule that may be used now"


def item_2(duty):
    return next(x.item for x in lines_of(duty) if (x.item.number, x.form) == (2, "MG6C"))


def endorse(duty, code, reason, at):
    endorse_item(duty, Written(item_id=item_2(duty).pk, code=code, reason=reason),
                 by=duties.a_lawyer(), at=at)  # fmt: skip


def answer(number, duty, outcome, said, *, items=(), at):
    request = DefenceRequest.objects.get(statement__duty=duty, number=number)
    return answer_request(request, outcome, answer=said, items=items, by=duties.a_lawyer(), at=at)


def promised(*requests):
    """Return a duty whose first request was answered by its item 2, at ten."""
    duty = duties.stated(*(requests or ("The log",)))
    endorse(duty, "D", "It helps his alibi", TEN)
    answer(1, duty, "DISCLOSED", "You get the log.", items=[item_2(duty).pk], at=TEN)
    return duties.fresh(duty)


def send(duty, sent_at, *, at=TWELVE, **said):
    """Record what was sent; `went` and `stayed` are numbers of requests."""
    requests = dict(DefenceRequest.objects.filter(statement__duty=duty).values_list("number", "pk"))
    said = {word: frozenset(requests[each] for each in those) for word, those in said.items()}
    sent = Sent(method="POST", proof="Receipt 4471", sent_at=sent_at, **said)
    return send_answers(duties.fresh(duty), sent, by=duties.a_lawyer(), at=at)


def test_a_promise_of_an_item_endorsed_otherwise_is_refused_until_it_is_answered_again(
    time_machine,
):
    duty = promised()
    time_machine.move_to(TWELVE, tick=False)
    assert not broken_of(duty, TWELVE)
    endorse(duty, "ND", "On reflection it shows nothing", ELEVEN)
    lawyer, manager = as_(duties.a_lawyer()), as_(duties.a_lawyer(Role.LEGAL_MANAGER))

    manager.open(f"/disclosure/{duty.pk}/approve/").see("Request 1 was answered", NOW_ND)
    duties.approve_since(duties.fresh(duty))

    page = lawyer.open(f"/disclosure/{duty.pk}/statement/")
    page.see("Cannot be sent", NOW_ND, "Answer request 1 again", "Nothing can be sent")
    page.follow("record that it was sent").see(NOW_ND, "Did the answer to request 1 go with them?")
    lawyer.open(f"/disclosure/{duty.pk}/statement/answers/").see(NOW_ND)
    with pytest.raises(SendingRefused, match=r"item 2 stands as ND \(not disclosable\) now"):
        send(duty, TWELVE)
    assert PAPER not in pack_of(duty, by=None, at=TWELVE)

    answer(1, duty, "NOT_DISCLOSABLE", "It is about another call.", at=TWELVE)
    assert not broken_of(duty, TWELVE)
    assert send(duty, TWELVE).answers.count() == 1


def test_what_went_before_the_item_changed_is_kept_as_it_went(time_machine):
    duty = promised()
    time_machine.move_to(TWELVE, tick=False)
    endorse(duty, "ND", "On reflection it shows nothing", ELEVEN)

    assert send(duty, HALF).answers.count() == 1

    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/statement/")
    page.see(NOW_ND, "Owed", "Sent").not_see("Cannot be sent", "goes on no paper")
    page.see("The defence has this answer. Answer request 1 again.")


def test_a_query_keeps_back_that_answer_alone_and_the_page_of_serving_says_so(time_machine):
    duty = promised("The log", "The notes")
    answer(2, duty, "NOT_HELD", "There are no notes.", at=TEN)
    time_machine.move_to(TWELVE, tick=False)
    endorse(duty, "Q", "It may name somebody", ELEVEN)

    said = words_of_file(io.BytesIO(pack_of(duty, by=None, at=TWELVE)[PAPER]), PAPER)

    assert "There are no notes." in said
    assert "You get the log" not in said
    assert "item 2" not in said
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/statement/answers/send/")
    page.see("There are no notes.", "MG6C item 2 stands as Q")
    assert send(duty, TWELVE, stayed=frozenset([1])).answers.count() == 1


def test_an_item_that_came_again_as_sensitive_is_told_to_the_unit_and_not_to_the_defence(
    time_machine,
):
    duty = promised("The log", "The notes")
    answer(2, duty, "NOT_HELD", "There are no notes.", at=TEN)
    time_machine.move_to(ELEVEN, tick=False)
    third = f'3,"{duties.OPEN_ITEMS[2]}","Property store"\n'
    duty = duties.adequate(
        duty, mg6c_csv=duties.a_schedule(duties.OPEN_ITEMS[0]) + third,
        mg6d_csv=duties.a_schedule(duties.SECRET, duties.OPEN_ITEMS[1], form="MG6D"),
    )  # fmt: skip
    time_machine.move_to(TWELVE, tick=False)

    as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/statement/").see(NOWHERE)
    said = words_of_file(io.BytesIO(pack_of(duty, by=None, at=TWELVE)[PAPER]), PAPER)

    assert "There are no notes." in said
    assert "item 2" not in said
    assert "schedule" not in said.lower()


def queries_of_broken(number, time_machine):
    """Return what it takes to ask of so many promises, then and now; all are broken by now."""
    time_machine.move_to(TEN, tick=False)
    duty = promised(*(f"Log {each}" for each in range(number)))
    item = item_2(duty).pk
    for each in range(2, number + 1):
        within = HALF + timedelta(seconds=each)
        answer(each, duty, "DISCLOSED", f"You get {each}.", items=[item], at=within)
    time_machine.move_to(TWELVE, tick=False)
    endorse(duty, "ND", "On reflection it shows nothing", ELEVEN)
    with CaptureQueriesContext(connection) as then:
        assert not broken_of(duty, HALF)
    with CaptureQueriesContext(connection) as now:
        assert len(broken_of(duty, TWELVE)) == number
    return len(then), len(now)


def test_many_promises_take_as_many_queries_as_two(time_machine):
    assert queries_of_broken(12, time_machine) == queries_of_broken(2, time_machine)


def test_a_promise_holds_at_a_moment_of_which_no_schedule_is_kept(time_machine):
    duty = promised()
    time_machine.move_to(ELEVEN, tick=False)
    again = duties.a_schedule(*duties.OPEN_ITEMS, "Diary of Mr Hall for May 2026")
    duties.find_adequate(
        duties.take_in(duties.checked(duty, mg6c_csv=again), by=None, at=ELEVEN), by=None, at=ELEVEN
    )
    # Of what was taken in long ago it is not kept which schedules it found.
    Delivery.objects.filter(received_at=ELEVEN).update(compared_with=[])
    time_machine.move_to(TWELVE, tick=False)

    assert not broken_of(duty, HALF)
    assert not broken_of(duty, TWELVE)
    assert send(duty, HALF).answers.count() == 1
