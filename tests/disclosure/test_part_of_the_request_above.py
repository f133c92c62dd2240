"""A line of a defence statement that became a request by mistake is part of the one above."""

import pytest

from forthright.disclosure.documents import pack_of
from forthright.disclosure.models import DefenceRequest
from forthright.disclosure.selectors.promises import requests_asked, requests_open, unsent_of
from forthright.disclosure.services.answering import StatementRefused
from forthright.disclosure.services.sending import SendingRefused, send_answers
from forthright.disclosure.services.starting import close_duty
from forthright.rules.disclosure_duty import DutyState
from tests.client import as_
from tests.disclosure import duties
from tests.disclosure.test_answers_sent import (
    AFTER,
    NOT_HELD,
    ONE,
    PAPER,
    TWO,
    answer,
    asked,
    by_post,
    words,
)

pytestmark = pytest.mark.django_db
PART, WHY = "PART_OF_ABOVE", "One request over three lines."
LINES = ("The film of the", "zebra crossing at", "the yard", "The log of the call")


def part(duty, number, *, at=ONE):
    return answer(duty, number, PART, WHY, at=at)


def test_lines_of_one_request_are_answered_as_one(time_machine):
    time_machine.move_to(TWO, tick=False)
    duty, lawyer = duties.stated(*LINES), duties.a_lawyer()
    page = as_(lawyer).open(f"/disclosure/{duty.pk}/statement/").follow("Answer request 2")

    page = page.press("Answer it", outcome=PART, answer=WHY)

    page.see("2. zebra crossing at", f"Part of the request above: {WHY}")
    part(duty, 3)
    page.follow("Answer request 1").see(" ".join(LINES[:3])).press(
        "Answer it", outcome="NOT_HELD", answer=NOT_HELD
    )
    assert duties.fresh(duty).stands is DutyState.STATEMENT
    answer(duty, 4, said="It is lost.", at=TWO)
    assert duties.fresh(duty).stands is not DutyState.STATEMENT
    paper = words(pack_of(duty, by=None, at=TWO)[PAPER])
    assert " ".join(LINES[:3]) in paper
    assert WHY not in paper
    as_(lawyer).open(f"/disclosure/{duty.pk}/statement/answers/send/").see(" ".join(LINES[:3]))
    assert [each.number for each in unsent_of(duty)] == [1, 4]
    send_answers(duty, by_post(), by=lawyer, at=TWO)
    assert close_duty(duties.fresh(duty), reason="Found guilty", by=None, at=TWO).state == "CLOSED"


def test_what_went_before_a_line_was_part_of_it_does_not_answer_that_line(time_machine):
    time_machine.move_to(AFTER, tick=False)
    duty = duties.stated(*LINES[2:])
    answer(duty, 1)
    part(duty, 2, at=TWO)

    with pytest.raises(SendingRefused, match="Request 2 was made part of request 1 only at"):
        send_answers(duty, by_post(at=ONE), by=duties.a_lawyer(), at=AFTER)

    answer(duty, 2, said="It is lost.", at=TWO)
    send_answers(duty, by_post(at=ONE), by=duties.a_lawyer(), at=AFTER)
    assert [each.number for each in unsent_of(duty)] == [2]


def test_a_page_that_sends_answers_is_old_once_a_line_is_part_of_one(time_machine):
    time_machine.move_to(TWO, tick=False)
    duty = duties.stated(*LINES[2:])
    answer(duty, 1)
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/statement/answers/send/")
    part(duty, 2)

    page.press("Keep that they were sent", method="POST", proof="Receipt 4471").see(
        "changed after you opened the page"
    )


def test_where_that_was_wrong_it_is_answered_by_itself(time_machine):
    time_machine.move_to(TWO, tick=False)
    duty = duties.stated(*LINES[2:])
    answer(duty, 1)
    part(duty, 2)
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/statement/")

    page = page.follow("Answer again request 2").see("read with the request above").press(
        "Answer it", outcome="NOT_HELD", answer="It is lost."
    )  # fmt: skip

    page.see("It is lost.", f"Answered before: {WHY} (Part of the request above)")
    assert asked(duty, 1).asked == LINES[2]


def test_the_first_request_has_none_above_it(time_machine):
    time_machine.move_to(TWO, tick=False)
    duty = duties.stated(*LINES)

    as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/statement/").follow(
        "Answer request 1"
    ).not_see("Part of the request above")
    with pytest.raises(StatementRefused, match="no request above"):
        part(duty, 1)


def test_what_was_answered_to_the_defence_by_itself_stays_so():
    duty = duties.stated(*LINES[2:])
    answer(duty, 2)
    send_answers(duty, by_post(ONE), by=duties.a_lawyer(), at=ONE)

    with pytest.raises(StatementRefused, match="its own answer"):
        part(duty, 2, at=TWO)


def test_a_line_without_which_the_answer_went_is_not_left_unanswered():
    duty = duties.stated(*LINES)
    part(duty, 2)
    answer(duty, 1)
    send_answers(duty, by_post(ONE), by=duties.a_lawyer(), at=ONE)

    with pytest.raises(StatementRefused, match="The answer to request 1 went without these words"):
        part(duty, 3, at=TWO)

    assert requests_open(duty).count() == 2
    answer(duty, 1, said="Nor is there a film of the yard.", at=TWO)
    part(duty, 3, at=AFTER)
    paper = words(pack_of(duty, by=None, at=AFTER)[PAPER])
    assert " ".join(LINES[:3]) in paper


def test_a_line_is_part_of_a_request_that_was_asked_of_the_police_after_its_answer_went():
    duty = duties.stated(*LINES[:2])
    answer(duty, 1)
    send_answers(duty, by_post(ONE), by=duties.a_lawyer(), at=ONE)
    answer(duty, 1, "WITH_THE_POLICE", "Asked the shop.", at=TWO)

    part(duty, 2, at=TWO)

    assert requests_asked(duty), "its answer is still to come"
    answer(duty, 1, said="The shop has none.", at=AFTER)
    assert [each.number for each in unsent_of(duty)] == [1]
    assert " ".join(LINES[:2]) in words(pack_of(duty, by=None, at=AFTER)[PAPER])


def test_what_the_defence_says_in_any_of_its_lines_it_knows():
    duty = duties.stated("What is there of the", duties.SECRET)
    part(duty, 2)

    answer(duty, 1, said=f"Nothing is there of the {duties.SECRET}.")

    assert DefenceRequest.objects.get(number=1).outcome == "NOT_HELD"
    assert PAPER in pack_of(duty, by=None, at=ONE)
