"""Of an answer that promised what did not hold when the answers went, a person says if it went."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.disclosure.models import AnswersSending, Item
from forthright.disclosure.selectors.answers import kept_from
from forthright.disclosure.selectors.promises import unsent_of
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.sending import SendingRefused
from forthright.letter_files.reading import words_of_file
from tests import given
from tests.client import as_
from tests.disclosure import duties
from tests.disclosure import test_broken_promises as prior
from tests.disclosure.test_broken_promises import (
    ELEVEN,
    HALF,
    NOW_ND,
    PAPER,
    TEN,
    TWELVE,
    answer,
    endorse,
    item_2,
    promised,
    send,
)

pytestmark = pytest.mark.django_db
MINUTES_PAST = [given.at(f"2026-10-06 12:0{minute}") for minute in range(6)]
QUARTER = given.at("2026-10-06 11:15")


@pytest.fixture
def duty(time_machine):
    """Return a duty with two answers, of which the first promises what is withheld since."""
    duty = promised("The log", "The notes")
    answer(2, duty, "NOT_HELD", "There are no notes.", at=TEN)
    time_machine.move_to(TWELVE, tick=False)
    endorse(duty, "ND", "On reflection it shows nothing", ELEVEN)
    return duties.fresh(duty)


def page_of(duty):
    return as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/statement/answers/send/")


def keep(page, hour, **more):
    return page.press("Keep that they were sent", hour=hour, method="POST", proof="Receipt 9",
                      **more)  # fmt: skip


def first(duty) -> int:
    return duty.statements.get().requests.get(number=1).pk


def test_nothing_is_left_out_unless_somebody_says_that_it_did_not_go(duty):
    with pytest.raises(SendingRefused, match=r"whether it went all the same: of request 1: MG6C"):
        send(duty, QUARTER)

    page = keep(page_of(duty), "11:15")

    page.see("Say whether the answer to request 1 went")
    assert not AnswersSending.objects.exists()

    page = keep(page, "11:15", **{f"went_{first(duty)}": "STAYED"})

    page.see("Kept that the answers were sent.", "The answer to request 1 is not kept as sent: "
             "MG6C item 2 stood as ND (not disclosable) then.", "Cannot be sent")  # fmt: skip
    assert [each.number for each in unsent_of(duty)] == [1]


def test_what_went_all_the_same_is_kept_with_its_paper_and_answered_again(duty):
    page = keep(page_of(duty), "11:15", **{f"went_{first(duty)}": "WENT"})

    page.see("Kept that the answers were sent.", NOW_ND).not_see("Cannot be sent", "not kept")
    assert not unsent_of(duty).exists()
    detail = Event.objects.get(name="answers.sent").detail
    assert detail["although"] == [first(duty)]
    record = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/record/")
    record.see("2 requests, 1 with a promise that did not hold any more")
    kept = AnswersSending.objects.get()
    paper = page.browser.client.get(f"/disclosure/{duty.pk}/statement/answers/{kept.pk}/").content
    assert "You get the log." in words_of_file(io.BytesIO(paper), PAPER)
    answer(1, duty, "NOT_DISCLOSABLE", "It is about another call.", at=TWELVE)
    assert [each.number for each in unsent_of(duty)] == [1]


def test_what_holds_now_and_did_not_when_it_went_is_asked_about_at_that_moment(duty):
    endorse(duty, "D", "It helps his alibi after all", given.at("2026-10-06 11:30"))
    page = page_of(duty).not_see("Did the answer to request 1")

    page = keep(page, "11:15")

    page.see("Did the answer to request 1 go with them?",
             "MG6C item 2 stood as ND (not disclosable) then")  # fmt: skip
    keep(page, "11:15", **{f"went_{first(duty)}": "WENT"}).see("Kept that the answers were sent.")
    assert not unsent_of(duty).exists()


def test_an_answer_given_anew_since_it_was_asked_about_is_not_kept_as_gone_unread(
    duty, time_machine
):
    page = page_of(duty).see("You get the log.")
    _, one, two, three, _, five = MINUTES_PAST
    endorse(duty, "D", "It helps after all", one)
    time_machine.move_to(five, tick=False)
    answer(1, duty, "DISCLOSED", "You get the log and its film.", items=[item_2(duty).pk], at=two)
    endorse(duty, "Q", "It may name somebody", three)

    page = keep(page, "12:05", **{f"went_{first(duty)}": "WENT"})

    page.see("The answers to send were changed after you opened the page", "and its film.")
    assert not AnswersSending.objects.exists()
    page = keep(page, "12:05").see("Say whether the answer to request 1 went")
    keep(page, "12:05", **{f"went_{first(duty)}": "WENT"}).see("Kept that the answers were sent.")


def test_that_an_answer_went_before_it_was_given_is_refused(time_machine):
    duty, late = promised("The log", "The notes"), given.at("2026-10-06 10:45")
    answer(2, duty, "NOT_HELD", "There are no notes.", at=TEN)
    answer(1, duty, "DISCLOSED", "You get all of the log.", items=[item_2(duty).pk], at=late)
    time_machine.move_to(TWELVE, tick=False)
    endorse(duty, "ND", "On reflection it shows nothing", ELEVEN)

    page = keep(page_of(duty), "10:30", **{f"went_{first(duty)}": "WENT"})

    page.see("The answer to request 1 was given only at Tuesday 6 October 2026, 10:45am")
    assert not AnswersSending.objects.exists()
    keep(page, "10:45", **{f"went_{first(duty)}": "WENT"}).see("Kept that the answers were sent.")
    assert not unsent_of(duty).exists()


def test_a_day_to_come_is_refused_however_far_it_is(duty):
    for year in ("2027", "9999"):
        page = page_of(duty)
        page = keep(page, "23:59", day_day="31", day_month="12", day_year=year,
                    **{f"went_{first(duty)}": "STAYED"})  # fmt: skip
        page.see("That time has not come.")


def test_that_none_went_is_no_sending(duty):
    with pytest.raises(SendingRefused, match="there is nothing to record"):
        send(duty, QUARTER, stayed=[1, 2])


def test_before_the_item_changed_all_went_unless_somebody_says_otherwise(duty):
    assert send(duty, HALF, stayed=[1]).answers.count() == 1
    assert send(duty, HALF).answers.get().request.number == 1


def test_that_an_answer_did_not_go_is_kept_and_said_also_where_it_held_at_that_moment(duty):
    page = keep(page_of(duty), "10:30", **{f"went_{first(duty)}": "STAYED"})

    page.see("The answer to request 1 is not kept as sent: you said that it did not go.")
    assert Event.objects.get(name="answers.sent").detail["stayed"] == [first(duty)]
    record = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/record/")
    record.see("1 request, 1 more of which it was said that its answer did not go")


def test_who_records_a_service_is_told_which_answer_is_not_kept_with_it(duty):
    line = next(x for x in lines_of(duty) if x.item.number == 1 and x.form == "MG6C")
    duties.endorse(duty, line.item, "D", reason="Now it helps", by=duties.a_lawyer())
    duties.approve_since(duties.fresh(duty))
    browser = as_(duties.a_lawyer(Role.PROSECUTOR))

    page = browser.open(f"/disclosure/{duty.pk}/serve/").press(
        f"Record service on {duty.defendant}", method="POST", proof="Receipt 10"
    )

    page.see("Served. Now tell the court", "The answer to request 1 is not kept as sent: MG6C item "
             "2 stands as ND (not disclosable) now. If it went all the same, record that on"
             ).not_see("answer it again without")  # fmt: skip
    assert [each.number for each in unsent_of(duty)] == [1]


def test_after_a_service_an_answer_that_tells_of_what_is_sensitive_leads_to_another(time_machine):
    duty = promised("The log", "The notes")
    secret = Item.objects.filter(schedule__form="MG6D")
    secret.update(description="A card of Mr Penrose at the bar")
    answer(2, duty, "NOT_HELD", "It is the debrief of the source Heronsgate.", at=TEN)
    secret.update(description=duties.SECRET)
    time_machine.move_to(TWELVE, tick=False)
    line = next(x for x in lines_of(duty) if x.item.number == 1 and x.form == "MG6C")
    duties.endorse(duty, line.item, "D", reason="Now it helps", by=duties.a_lawyer())
    duties.approve_since(duties.fresh(duty))
    browser = as_(duties.a_lawyer(Role.PROSECUTOR))

    page = browser.open(f"/disclosure/{duty.pk}/serve/").press(
        f"Record service on {duty.defendant}", method="POST", proof="Receipt 10"
    )

    page.see("The answer to request 2 is not kept as sent: it repeats words of sensitive material, "
             "or speaks of it. An answer that tells of sensitive material goes on no paper: answer "
             "it again without those words, on the page of the defence statement.")  # fmt: skip
    page.not_see("If it went all the same")
    browser.open(f"/disclosure/{duty.pk}/statement/").follow("Answer again request 2").see(
        "Answer again without them"
    )


def test_an_answer_that_tells_of_what_is_sensitive_is_named_where_it_is_left_out(time_machine):
    duty = promised("The log", "The notes")
    secret = Item.objects.filter(schedule__form="MG6D")
    secret.update(description="A card of Mr Penrose at the bar")
    answer(2, duty, "NOT_HELD", "It is the debrief of the source Heronsgate.", at=TEN)
    secret.update(description=duties.SECRET)
    time_machine.move_to(TWELVE, tick=False)
    left_out = "The answer to request 2 goes on no paper: it repeats words of sensitive material"
    as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/serve/").see(left_out)
    page = page_of(duty).see(left_out)

    page = keep(page, "11:15")

    page.see("Kept that the answers were sent.", "The answer to request 2 is not kept as sent: it "
             "repeats words of sensitive material")  # fmt: skip


def test_an_answer_that_tells_what_became_sensitive_is_read_by_lawyers_of_the_unit_alone(
    time_machine,
):
    duty = promised("The log", "The notes")
    secret = Item.objects.filter(schedule__form="MG6D")
    secret.update(description="A card of Mr Penrose at the bar")
    answer(2, duty, "NOT_HELD", "It is the debrief of the source Heronsgate.", at=TEN)
    secret.update(description=duties.SECRET)
    time_machine.move_to(TWELVE, tick=False)
    request = duty.statements.get().requests.get(number=2)

    for page in ("statement/", f"statement/{request.pk}/"):
        there = f"/disclosure/{duty.pk}/{page}"
        as_(duties.a_lawyer()).open(there).see("Heronsgate")
        seen = as_(duties.a_lawyer(Role.LINE_MANAGER)).open(there)
        seen.see("[words for the lawyers of the unit]").not_see("Heronsgate")

    answer(2, duty, "NOT_HELD", "None is held here.", at=TWELVE)
    for page in ("statement/", f"statement/{request.pk}/"):
        seen = as_(duties.a_lawyer(Role.LINE_MANAGER)).open(f"/disclosure/{duty.pk}/{page}")
        seen.see("None is held here.").not_see("Heronsgate")


def test_what_is_kept_from_others_takes_as_many_queries_for_many_answers_as_for_two(time_machine):
    time_machine.move_to(TEN, tick=False)
    manager, taken = duties.a_lawyer(Role.LINE_MANAGER), []
    for number in (2, 12):
        duty = duties.stated(*(f"Log {each}" for each in range(number)))
        for each in range(number):
            answer(each + 1, duty, "NOT_HELD", "There are none.", at=TEN)
        with CaptureQueriesContext(connection) as queries:
            assert not kept_from(manager, duties.fresh(duty))["kept_from"]
        taken.append(len(queries))
    assert taken[0] == taken[1]


def test_an_answer_given_since_the_page_to_serve_was_opened_is_not_kept_with_it(time_machine):
    duty = promised("The log", "The notes")
    answer(2, duty, "NOT_HELD", "There are no notes.", at=TEN)
    time_machine.move_to(ELEVEN, tick=False)
    first = next(each.item for each in lines_of(duty) if each.standing.named == "MG6C item 1")
    duties.endorse(duty, first, "D", reason="Now it helps", by=duties.a_lawyer())
    duties.approve_since(duties.fresh(duty))
    page = as_(duties.a_lawyer(Role.LINE_MANAGER)).open(f"/disclosure/{duty.pk}/serve/")
    time_machine.move_to(QUARTER, tick=False)
    answer(2, duty, "NOT_DISCLOSABLE", "There are notes, and they help nobody.", at=QUARTER)

    button = f"Record service on {duty.defendant}"
    page = page.press(button, method="POST", proof="Receipt 10", hour="11:20")

    page.see("was changed after you opened the page", "with the answers, then keep it")
    assert not AnswersSending.objects.exists()


def test_an_answer_that_went_and_tells_by_now_does_not_go_again_with_what_it_promised(
    time_machine,
):
    duty, secret = duties.stated("The log"), Item.objects.filter(schedule__form="MG6D")
    secret.update(description="A card of Mr Penrose at the bar")
    prior.endorse(duty, "D", "It helps his alibi", TEN)
    told = "You get the log. It is the debrief of the source Heronsgate."
    answer(1, duty, "DISCLOSED", told, items=[prior.item_2(duty).pk], at=TEN)
    time_machine.move_to(ELEVEN, tick=False)
    send(duties.fresh(duty), HALF, at=ELEVEN)
    secret.update(description=duties.SECRET)
    time_machine.move_to(TWELVE, tick=False)
    duties.approve_since(duties.fresh(duty))
    her = as_(duties.a_lawyer())

    page = her.open(f"/disclosure/{duty.pk}/serve/")

    page.see("The answer to request 1 goes on no paper: it repeats words of sensitive material")
    pack = her.client.get(f"/disclosure/{duty.pk}/pack/")
    assert PAPER not in str(pack.content)
