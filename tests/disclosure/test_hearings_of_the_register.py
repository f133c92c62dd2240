"""A hearing that is listed or moves in the register of recordings moves the dates of disclosure."""

from datetime import date

import pytest

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.disclosure.models import DateChange
from forthright.disclosure.services.dating import Ordered, set_court_date
from forthright.disclosure.services.reopening import open_again
from forthright.disclosure.services.starting import Trigger, end_duty, start_duty
from forthright.hard_media.models import Hearing, SentDayChange
from forthright.hard_media.services.hearings import (
    HearingRefused,
    Listed,
    NewDay,
    move_hearing,
    register_case,
)
from forthright.hard_media.services.sent_days import put_sent_day_right
from forthright.web.meanwhile import ChangedMeanwhile
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
SENT, PTPH = date(2026, 9, 1), date(2026, 10, 27)


@pytest.fixture(autouse=True)
def _at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


def registered(duty, *, on=PTPH, sent_on=SENT):
    return register_case(duty.case, Listed(on=on, sent_on=sent_on), by=None, at=given.NOON)


def moved(hearing, on, reason="Adjourned by the court"):
    return move_hearing(hearing, NewDay(on=on, reason=reason), by=None, at=given.NOON)


def days_of(duty):
    days = dict(duty.dates.values_list("key", "serve_by"))
    return days["hearing"], days["hearing_pack"]


def page_of(duty):
    return as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/")


def test_a_duty_that_begins_after_its_case_was_registered_counts_from_the_listed_hearing():
    defendant = duties.a_defendant()
    register_case(defendant.case, Listed(on=PTPH, sent_on=SENT), by=None, at=given.NOON)
    trigger = Trigger(court="CROWN", triggered_on=SENT, remand="CUSTODY")

    duty = start_duty(defendant, trigger, by=None, at=given.NOON)

    assert days_of(duty) == (PTPH, date(2026, 10, 20))
    page_of(duty).see("The register of recordings has it listed on Tuesday 27 October 2026")


def test_a_hearing_that_is_taken_out_of_the_list_is_counted_from_sending_again():
    duty = duties.a_duty()
    before = days_of(duty)
    hearing = registered(duty)

    moved(hearing, None, "Vacated by the court")

    assert days_of(duties.fresh(duty)) == before
    page_of(duty).see("taken out of the list in the register: Vacated by the court")


def test_a_hearing_that_is_listed_and_moves_counts_the_dates_of_each_open_duty_anew():
    duty = duties.a_duty()
    due = duty.due_on
    assert days_of(duty) == (date(2026, 9, 29), date(2026, 9, 22))

    hearing = registered(duty)
    assert days_of(duties.fresh(duty)) == (PTPH, date(2026, 10, 20))
    moved(hearing, date(2026, 11, 10))

    duty = duties.fresh(duty)
    assert (*days_of(duty), duty.due_on) == (date(2026, 11, 10), date(2026, 11, 3), due)
    reasons = set(DateChange.objects.values_list("reason", flat=True))
    assert reasons == {
        "The register has it listed on Tuesday 27 October 2026",
        "The hearing is on Tuesday 10 November 2026 in the register: Adjourned by the court",
    }
    assert Event.objects.filter(name="disclosure.dated", subject_id=str(duty.pk)).count() == 3
    page_of(duty).see("Adjourned by the court")


def test_why_it_moved_while_the_duty_was_closed_stands_beside_why_that_was_opened_again():
    duty = duties.a_duty()
    hearing = registered(duty)
    end_duty(duty, given.NOON.date(), reason="Pleaded guilty", by=None, at=given.NOON)
    later = given.at("2026-10-06 12:00")
    to = NewDay(on=date(2026, 11, 10), reason="Adjourned by the court")
    move_hearing(hearing, to, by=None, at=later)

    open_again(duties.fresh(duty), reason="The plea was vacated by leave", by=None, at=later)

    assert days_of(duties.fresh(duty))[0] == date(2026, 11, 10)
    moved_on = DateChange.objects.get(old_day=PTPH, new_day=date(2026, 11, 10))
    assert moved_on.reason == (
        "The hearing is on Tuesday 10 November 2026 in the register: Adjourned by the court. "
        "Opened again: The plea was vacated by leave"
    )


def test_so_does_that_its_case_was_registered_meanwhile():
    duty = duties.a_duty()
    end_duty(duty, given.NOON.date(), reason="Pleaded guilty", by=None, at=given.NOON)
    later = given.at("2026-10-06 12:00")
    register_case(duty.case, Listed(on=PTPH, sent_on=SENT), by=None, at=later)

    open_again(duties.fresh(duty), reason="The plea was vacated by leave", by=None, at=later)

    moved_on = DateChange.objects.get(new_day=PTPH)
    assert moved_on.reason == (
        "The register has it listed on Tuesday 27 October 2026. "
        "Opened again: The plea was vacated by leave"
    )


@pytest.mark.parametrize(("held", "stays"), [("done", True), ("yes", False), ("no", False)])
def test_a_hearing_that_was_done_with_stays_the_one_that_disclosure_counts_from(
    held, stays, time_machine
):
    duty, trial = duties.a_duty(), date(2027, 3, 1)
    registered(duty, on=date(2026, 10, 6))
    before = days_of(duty)
    time_machine.move_to(given.at("2026-10-07 12:00"), tick=False)
    keeper = as_(given.a_person(Role.PROSECUTOR, unit=duty.unit))
    day = {"on_day": "1", "on_month": "3", "on_year": "2027"}

    page = keeper.open(f"/recordings/cases/{duty.case_id}/hearing/")
    page = page.press("Continue", **day, reason="Set down for trial", was_held=held)
    if stays:
        page.see("It was done with, so disclosure goes on counting from it")
    said = page.press("Move the hearing")

    assert days_of(duties.fresh(duty)) == (before if stays else (trial, date(2027, 2, 22)))
    assert Hearing.objects.get().on == trial
    assert DateChange.objects.filter(new_day=trial).exists() is not stays
    if stays:
        said.see("It took place on 6 October 2026 and was done with")
        page_of(duty).see("it took place on Tuesday 6 October 2026 and was done with")


def test_a_day_of_the_court_on_which_it_was_done_with_asks_nobody():
    duty, on = duties.a_duty(), date(2026, 10, 5)
    hearing = registered(duty, on=on)
    set_court_date(duty, Ordered(key="hearing", day=on, reason="Order of 1 October"), by=None,
                   at=given.NOON)  # fmt: skip
    to = NewDay(on=date(2027, 3, 1), reason="Set down for trial", was_held=True, is_done=True)

    move_hearing(hearing, to, by=None, at=given.NOON)

    page_of(duty).not_see("on two days")


def test_a_date_that_the_court_set_wins_over_the_register():
    duty = duties.a_duty()
    hearing = registered(duty)
    ordered = Ordered(key="hearing", day=date(2026, 11, 2), reason="Order of 1 October")
    set_court_date(duty, ordered, by=duties.a_lawyer(), at=given.NOON)

    moved(hearing, date(2026, 11, 10))

    assert days_of(duties.fresh(duty))[0] == date(2026, 11, 2)
    keeper = given.a_person(Role.PROSECUTOR, unit=duty.unit)
    both = ("The hearing is on two days.", "Monday 2 November 2026", "Tuesday 10 November 2026")
    page_of(duty).see(*both)
    as_(keeper).open(f"/recordings/cases/{duty.case_id}/").see(*both)


def test_once_the_day_of_the_court_is_taken_back_the_register_counts_and_nobody_is_asked():
    duty = duties.a_duty()
    hearing = registered(duty)
    ordered = Ordered(key="hearing", day=date(2026, 11, 2), reason="Moved to 2 November")
    set_court_date(duty, ordered, by=None, at=given.NOON)
    moved(hearing, date(2026, 12, 10))

    page = page_of(duty).follow("take the day here back")
    page = page.press("Set the date", key="hearing", reason="Adjourned since")

    assert days_of(duties.fresh(duty))[0] == date(2026, 12, 10)
    page.not_see("on two days")
    keeper = given.a_person(Role.PROSECUTOR, unit=duty.unit)
    as_(keeper).open(f"/recordings/cases/{duty.case_id}/").not_see("on two days")


def test_a_day_of_the_court_that_the_register_has_too_asks_nobody():
    duty = duties.a_duty()
    registered(duty)
    ordered = Ordered(key="hearing", day=PTPH, reason="Order of 1 October")

    set_court_date(duty, ordered, by=None, at=given.NOON)

    page_of(duty).not_see("on two days")


def test_a_duty_before_magistrates_stays_as_it_is():
    before_magistrates = duties.a_duty(court="MAGISTRATES")
    before = list(before_magistrates.dates.values_list("key", "serve_by"))

    registered(before_magistrates)

    duty = duties.fresh(before_magistrates)
    assert list(duty.dates.values_list("key", "serve_by")) == before
    assert not DateChange.objects.exists()


def test_a_move_that_the_dates_cannot_follow_is_refused_and_nothing_of_it_is_kept():
    duty = duties.a_duty()
    hearing = registered(duty)
    far = NewDay(on=date(2199, 3, 4), reason="Typed wrong", odd_because="It is so")

    with pytest.raises(HearingRefused, match="The dates of disclosure cannot follow"):
        move_hearing(hearing, far, by=None, at=given.NOON)

    assert Hearing.objects.get().on == PTPH
    assert days_of(duties.fresh(duty))[0] == PTPH


def test_two_days_of_sending_are_said_on_both_pages_until_one_is_put_right():
    duty = duties.a_duty()
    hearing = registered(duty, sent_on=date(2026, 9, 3))
    keeper = given.a_person(Role.PROSECUTOR, unit=duty.unit)
    page_of(duty).see("The case was sent on two days.", "Thursday 3 September 2026")

    page = as_(keeper).open(f"/recordings/cases/{duty.case_id}/")
    page.see("The case was sent on two days.", "Tuesday 1 September 2026")
    page = page.follow("Put right the day it was sent, 3 September 2026")
    page = page.press(
        "Keep the day", on_day="1", on_month="9", on_year="2026", reason="Typed wrong"
    )

    page.see("The day is kept, with the one before it.", "Typed wrong").not_see("on two days")
    page_of(duty).not_see("on two days")
    change = SentDayChange.objects.get(hearing=hearing)
    assert (change.old_day, change.new_day) == (date(2026, 9, 3), SENT)
    assert Event.objects.filter(name="hearing.sent_day").count() == 1


def test_of_two_defendants_sent_on_two_days_the_register_keeps_one_and_nobody_is_asked():
    duty = duties.a_duty()
    other = duties.a_duty(case=duty.case, name="Hollis", sent=date(2026, 9, 3))

    registered(duty, sent_on=date(2026, 9, 3))

    for each in (duty, other):
        page_of(each).not_see("on two days")


@pytest.mark.parametrize(
    ("day", "reason", "said"),
    [
        (SENT, "Typed wrong", "on that day already"),
        (date(2026, 9, 2), " ", "Say why the day was wrong"),
        (date(2027, 1, 4), "Typed wrong", "still to come"),
        (date(2025, 9, 2), "Typed wrong", "before the case was there"),
    ],
)
def test_a_day_of_sending_that_cannot_be_is_refused(day, reason, said):
    hearing = registered(duties.a_duty())

    with pytest.raises(HearingRefused, match=said):
        put_sent_day_right(hearing, day, reason, by=None, at=given.NOON)

    assert not SentDayChange.objects.exists()


def test_it_is_not_put_after_its_hearing_nor_over_what_somebody_else_did_meanwhile():
    hearing = registered(duties.a_duty(), on=date(2026, 10, 6), sent_on=None)
    Hearing.objects.update(on=date(2026, 10, 2))

    with pytest.raises(HearingRefused, match="The hearing cannot be before that"):
        put_sent_day_right(hearing, date(2026, 10, 3), "", by=None, at=given.NOON)
    put_sent_day_right(hearing, SENT, "", by=None, at=given.NOON, opened="")
    with pytest.raises(ChangedMeanwhile):
        put_sent_day_right(
            hearing, date(2026, 9, 2), "Typed wrong", by=None, at=given.NOON, opened=""
        )

    assert Hearing.objects.get().sent_on == SENT


def test_the_day_is_offered_from_the_other_room():
    duty = duties.a_duty()
    registered(duty, sent_on=None)
    keeper = given.a_person(Role.PROSECUTOR, unit=duty.unit)

    form = as_(keeper).open(f"/recordings/cases/{duty.case_id}/sent/")
    assert 'value="1"' in form.text
    assert 'value="9"' in form.text

    case = given.a_case(unit=duty.unit)
    duties.a_defendant(case)
    register_case(case, Listed(on=PTPH, sent_on=date(2026, 9, 7)), by=None, at=given.NOON)
    begun = as_(duties.a_lawyer()).open("/disclosure/start/", urn=case.urn)
    assert 'value="7"' in begun.text
