"""An answer that was wrong is given again: what was answered before stays, the newest goes."""

import pytest

from forthright.audit.models import Event
from forthright.disclosure.documents import pack_of
from forthright.disclosure.models import DefenceRequest
from forthright.disclosure.selectors.promises import unsent_of
from forthright.disclosure.selectors.record_words import names_of, words_of
from forthright.disclosure.services.answering import StatementRefused, answer_request
from forthright.disclosure.services.sending import send_answers
from forthright.disclosure.services.starting import DutyRefused, close_duty, end_duty
from forthright.rules.disclosure_duty import DutyState
from forthright.web.meanwhile import ChangedMeanwhile
from tests.client import as_
from tests.disclosure import duties
from tests.disclosure.test_answers_sent import (
    AFTER,
    NOT_HELD,
    ONE,
    PAPER,
    TWO,
    answer,
    answered,
    asked,
    by_post,
    serve_item_2,
    words,
)

pytestmark = pytest.mark.django_db
RIGHT = "The film of the gate does not show the yard."
LATER = AFTER.replace(hour=15)


def anew(duty, *, at=TWO, said=RIGHT):
    return answer(duty, 1, "NOT_DISCLOSABLE", said, at=at)


def test_an_answer_that_was_not_sent_is_given_again_and_the_newest_alone_goes(time_machine):
    time_machine.move_to(TWO, tick=False)
    duty = answered()
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/statement/")

    page = page.follow("Answer again request 1").see("was not sent yet", NOT_HELD).press(
        "Answer it", outcome="NOT_DISCLOSABLE", answer=RIGHT
    )  # fmt: skip

    page.see(f"Does not meet the test: {RIGHT}", "Not sent yet")
    page.see(f"Answered before: {NOT_HELD} (Not held by the prosecution)")
    serving = serve_item_2(duty, at=TWO)
    paper = words(pack_of(duty, serving.pk, by=None, at=TWO)[PAPER])
    assert f"Does not meet the test. {RIGHT}" in paper
    assert NOT_HELD not in paper
    assert "In place of" not in paper


def test_the_record_says_what_came_before():
    duty = answered()

    anew(duty)

    [event] = [each for each in Event.objects.filter(name="request.answered")
               if "before" in each.detail]  # fmt: skip
    assert words_of(event, names_of(duty, [event], with_sensitive=False, is_theirs=True)) == (
        "Request of the defence answered again",
        "Does not meet the test, before: Not held by the prosecution",
    )


def test_an_answer_that_was_sent_is_corrected_and_the_defence_reads_that_it_is(time_machine):
    time_machine.move_to(AFTER, tick=False)
    duty, lawyer = answered(), duties.a_lawyer()
    send_answers(duty, by_post(), by=lawyer, at=TWO)
    page = as_(lawyer).open(f"/disclosure/{duty.pk}/statement/").follow("Answer again request 1")

    page = page.see("went to the defence").press(
        "Answer it", outcome="NOT_DISCLOSABLE", answer=RIGHT
    )

    page.see("Sent 7 October 2026, 10am, post (the answer before).", "Not sent yet", NOT_HELD)
    assert [each.number for each in unsent_of(duty)] == [1]
    with pytest.raises(DutyRefused, match="did not go yet"):
        close_duty(duty, reason="Found guilty", by=lawyer, at=AFTER)
    paper = words(pack_of(duty, by=None, at=AFTER)[PAPER])
    assert (
        "In place of the answer sent on Wednesday 7 October 2026: Does not meet the test. "
        f"{RIGHT}" in paper
    )  # fmt: skip
    kept = send_answers(duty, by_post(AFTER), by=lawyer, at=AFTER)
    file = as_(lawyer).client.get(f"/disclosure/{duty.pk}/statement/answers/{kept.pk}/")
    assert "In place of the answer sent on Wednesday 7 October 2026" in words(file.content)


def test_an_answer_that_goes_again_with_its_item_is_in_place_of_none():
    duty = duties.stated()

    def promise(line):
        answer(duty, 1, at=ONE)
        send_answers(duty, by_post(ONE), by=duties.a_lawyer(), at=ONE)
        answer(duty, 1, "DISCLOSED", "It comes.", items=[line.item.pk], at=TWO)
        send_answers(duty, by_post(TWO), by=duties.a_lawyer(), at=TWO)

    serving = serve_item_2(duty, at=AFTER, before=promise)

    paper = words(pack_of(duty, serving.pk, by=None, at=AFTER)[PAPER])
    assert "Disclosed. It comes." in paper
    assert "In place of" not in paper


def test_the_same_answer_is_not_given_twice():
    duty = answered()

    with pytest.raises(StatementRefused, match="answered so already"):
        answer(duty, 1, at=TWO)

    assert asked(duty, 1).answer == NOT_HELD


def test_who_answers_from_a_page_of_before_is_shown_what_was_answered_since(time_machine):
    time_machine.move_to(TWO, tick=False)
    duty = answered()
    mine = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/statement/")
    mine = mine.follow("Answer again request 1")
    anew(duty)

    page = mine.press("Answer it", outcome="NOT_HELD", answer="There is none.")

    page.see("answered after you opened the page", RIGHT)
    assert asked(duty, 1).newest == RIGHT
    page.press("Answer it", outcome="NOT_HELD", answer="There is none.").see("There is none.")
    assert asked(duty, 1).newest == "There is none."
    with pytest.raises(ChangedMeanwhile):
        answer_request(asked(duty, 1), "NOT_HELD", answer="None.", by=None, at=AFTER, opened="x")


def test_what_was_promised_by_a_slip_is_not_owed_any_more():
    duty = duties.stated("The CCTV of the yard")
    answer(duty, 1, "DISCLOSED", "You get item 2.")

    anew(duty)

    assert unsent_of(duty).get() == asked(duty, 1)
    assert DefenceRequest.objects.get().outcome == "NOT_DISCLOSABLE"
    assert duties.fresh(duty).stands is not DutyState.STATEMENT


def test_in_a_closed_duty_nothing_is_answered_again():
    duty = answered()
    end_duty(duty, TWO.date(), reason="He died", by=duties.a_lawyer(), at=TWO)

    with pytest.raises(StatementRefused, match="is closed"):
        anew(duty, at=LATER)

    as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/statement/").not_see("Answer again")
