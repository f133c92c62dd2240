"""Once a case ended for everybody, nobody waits for what the police were asked in it."""

from datetime import date

import pytest

from forthright.disclosure.models import Delivery, DisclosureDuty
from forthright.disclosure.selectors.answered import answered_returns
from forthright.disclosure.selectors.compliance import compliance_of, return_facts
from forthright.disclosure.selectors.evidence import evidence_of
from forthright.disclosure.selectors.over import CaseEnd, over_on
from forthright.disclosure.services.handing_in import hand_in
from forthright.disclosure.services.reopening import open_again
from forthright.disclosure.services.starting import Trigger, end_duty, start_duty
from forthright.disclosure.services.triage import answer_return, return_to_police
from forthright.rules.disclosure_compliance import Month
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NINTH = given.at("2026-10-09 10:00")
LATER = given.at("2026-10-14 10:00")
OCTOBER = Month(2026, 10)
ENDED = "The case ended on Friday 9 October 2026."


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)
    return time_machine


def end(duty, at=NINTH):
    return end_duty(
        duties.fresh(duty), at.date(), reason="Discontinued by notice", by=duties.a_lawyer(), at=at
    )


@pytest.fixture
def duty(at_noon):
    duty = duties.a_duty()
    duties.returned(duty)
    end(duty)
    at_noon.move_to(LATER, tick=False)
    return duty


def pages():
    officer = as_(duties.a_police_partner())
    return officer.open("/"), officer.open("/returned-schedules/")


def returned_of(duty):
    return Delivery.objects.get(case=duty.case_id, answers=None).police_returns.get()


def turnaround():
    found = compliance_of(
        DisclosureDuty.objects.all(), Delivery.objects.all(), OCTOBER, date(2026, 12, 9)
    )
    return next(each for each in found.figures if each.key == "turnaround_1")


def test_the_police_are_asked_for_nothing_and_read_why(duty):
    overview, returns = pages()

    overview.not_see("to mend", "overdue")
    returns.see("Nothing waits for your unit", "The case ended 9 October 2026")
    page = returns.follow(f"{duty.case}, returned 5 October 2026")
    page.see(ENDED, "Nothing is asked of you by this return any more", "What was asked")
    page.not_see("Answer by", "Or answer in words")
    page.follow("Hand in the new version").see(ENDED, "may help the defence")


def test_the_page_of_the_duty_waits_for_nobody_either(duty):
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/")

    page.see("and not mended when the case ended on 9 October 2026").not_see("no answer by")


def test_where_a_duty_is_opened_again_it_waits_again(duty):
    open_again(duties.fresh(duty), reason="The stay was lifted", by=duties.a_lawyer(), at=LATER)

    overview, returns = pages()

    overview.see("1 delivery of schedules to mend", "1 overdue")
    returns.follow(f"{duty.case}, returned 5 October 2026").not_see(ENDED)
    assert turnaround().words.startswith("not mended (of 1, of which 1 not mended")


def test_while_another_defendant_goes_on_it_waits(at_noon):
    first = duties.a_duty()
    second = duties.a_duty(case=first.case, name="Okafor")
    duties.returned(first)
    end(first)

    assert over_on([first.case_id]) == {}
    pages()[0].see("1 delivery of schedules to mend")
    end(second, LATER)
    assert over_on([first.case_id]) == {first.case_id: CaseEnd(LATER.date(), LATER)}
    pages()[0].not_see("to mend")


def test_an_answer_in_words_waits_for_nobody_then():
    duty = duties.a_duty()
    returned = duties.returned(duty)
    answer_return(returned, "The log is lost.", by=duties.a_police_partner(), at=given.NOON)
    assert answered_returns().exists()

    end(duty)

    assert not answered_returns().exists()


def test_the_days_of_a_unit_leave_it_out_and_say_so(duty):
    kept = duties.a_duty()
    returned = duties.returned(kept)
    files = duties.written(mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS))
    hand_in(returned, files, by=duties.a_police_partner(), at=given.at("2026-10-08 12:00"))
    end(duties.fresh(kept))

    figure = turnaround()

    assert figure.words == "3 (of 1; too few for an interval)"
    assert "without 1 whose case ended for everybody before they were mended" in figure.population
    returned_share = compliance_of(
        DisclosureDuty.objects.all(), Delivery.objects.all(), OCTOBER, date(2026, 12, 9)
    )
    share = next(each for each in returned_share.figures if each.key == "returned_1")
    assert (share.count, share.n) == (2, 2)


def test_what_was_not_known_on_a_day_is_not_counted_as_of_it(duty):
    ask = (Delivery.objects.all(), OCTOBER.first, OCTOBER.last)

    assert [each.is_over for each in return_facts(*ask)] == [True]
    assert [each.is_over for each in return_facts(*ask, as_of=date(2026, 10, 9))] == [False]
    assert [each.is_over for each in return_facts(*ask, as_of=date(2026, 10, 10))] == [True]


def test_a_duty_that_began_since_takes_back_nothing_that_was_counted(duty):
    trigger = Trigger(court="CROWN", triggered_on=duties.SENT, remand="CUSTODY")
    start_duty(duties.a_defendant(duty.case, "Okafor"), trigger, by=None, at=LATER)

    assert over_on([duty.case_id]) == {}
    as_it_was = over_on([duty.case_id], known_before=date(2026, 10, 12))
    assert as_it_was == {duty.case_id: CaseEnd(NINTH.date(), NINTH)}


def test_the_evidence_says_that_the_case_ended_first(duty):
    parts = dict(evidence_of(duties.fresh(duty), date(2026, 12, 9)))

    [said] = parts["Returned to the police"]
    assert "not mended when the case ended on Friday 9 October 2026" in said


def test_what_the_police_hand_in_then_is_said_where_the_closed_duty_needs_somebody(duty):
    files = duties.written(mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS, "A letter"))
    hand_in(returned_of(duty), files, by=duties.a_police_partner(), at=LATER)

    page = as_(duties.a_lawyer()).open("/disclosure/")

    page.see("Needs you now", "Schedules came that nobody has taken in")


@pytest.fixture
def asked_since(duty):
    """What the police handed in after the end went back to them, with a day to answer by."""
    letter = duties.a_schedule(*duties.OPEN_ITEMS, "A letter of June that he lied")
    files, officer = duties.written(mg6c_csv=letter), duties.a_police_partner()
    came = hand_in(returned_of(duty), files, by=officer, at=LATER)
    asked = {"Schedules of unused material not completed correctly": ["Say what item 4 is."]}
    return return_to_police(
        came, asked, unit=duties.a_police_unit(), answer_by=date(2026, 10, 20),
        by=duties.a_lawyer(), at=LATER,
    )  # fmt: skip


def test_what_is_asked_after_the_end_waits_for_the_police(duty, asked_since):
    overview, returns = pages()

    overview.see("1 delivery of schedules to mend")
    page = returns.follow(f"{duty.case}, returned 14 October 2026")
    page.see("Answer by Tuesday 20 October 2026", "Say what item 4 is.", "Or answer in words")
    page.not_see(ENDED)
    # What went back before the end is over all the same.
    officer = as_(duties.a_police_partner())
    officer.open("/returned-schedules/").not_see("returned 5 October 2026 Answer by")
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/")
    page.see("answer due 20 October 2026").not_see("returned 14 October 2026, and not mended")
    parts = dict(evidence_of(duties.fresh(duty), date(2026, 12, 9)))
    assert "not mended when" not in parts["Returned to the police"][-1]


def test_the_unit_is_told_that_its_day_passed_or_what_was_answered(duty, asked_since, at_noon):
    as_(duties.a_lawyer()).open("/").not_see("To be answered by")
    at_noon.move_to(given.at("2026-10-22 10:00"), tick=False)

    lawyer = as_(duties.a_lawyer())
    lawyer.open("/").see("To be answered by Tuesday 20 October 2026")
    lawyer.open("/disclosure/").see("The police are late to answer: it was due 20 October 2026")

    officer = duties.a_police_partner()
    answer_return(asked_since, "It was thrown away.", by=officer, at=given.at("2026-10-22 10:00"))
    assert answered_returns().exists()
    lawyer.open("/disclosure/").see("The police answered a return: read what they say")
    lawyer.open(f"/disclosure/{duty.pk}/").see("The police answered a return in words")


def test_it_is_in_the_days_of_the_unit_and_over_once_the_case_ends_again(duty, asked_since):
    facts = return_facts(Delivery.objects.all(), OCTOBER.first, OCTOBER.last)
    assert [each.is_over for each in facts] == [False, False]
    open_again(duties.fresh(duty), reason="The letter", by=duties.a_lawyer(), at=LATER)

    end(duty, given.at("2026-10-15 10:00"))

    pages()[0].not_see("to mend")
    assert not answered_returns().exists()
    facts = return_facts(Delivery.objects.all(), OCTOBER.first, OCTOBER.last)
    assert [each.is_over for each in facts] == [False, True]
