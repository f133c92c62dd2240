"""A case that goes to another court: its own day is asked, nothing over moves, all is undone."""

from datetime import date
from itertools import permutations

import pytest

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.disclosure.models import Delivery, DisclosureDuty, EarlierCourt
from forthright.disclosure.selectors.compliance import compliance_of
from forthright.disclosure.services.correcting import Trigger, correct_trigger
from forthright.disclosure.services.dating import OddDate, Ordered, set_court_date
from forthright.disclosure.services.reckoning import DateRefused
from forthright.disclosure.services.serving import serve
from forthright.rules.disclosure_compliance import Month
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON, TODAY, SENT = given.NOON, given.NOON.date(), duties.SENT
OCTOBER_21, NOVEMBER_2, SEPTEMBER_29 = date(2026, 10, 21), date(2026, 11, 2), date(2026, 9, 29)
WHY = "Sent back to be tried summarily"


@pytest.fixture(autouse=True)
def _at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def put(duty, *, by=None, at=NOON, **said):
    duty = duties.fresh(duty)
    as_it_is = {"triggered_on": duty.triggered_on, "remand": duty.remand, "reason": WHY}
    correct_trigger(duty, Trigger(**(as_it_is | said)), by=by, at=at)
    return duties.fresh(duty)


def sent_back(duty, on=TODAY, **said):
    return put(duty, court="MAGISTRATES", moved_on=on, **said)


def undone(duty, court="CROWN", **said):
    return put(duty, court=court, was_typed_wrong=True, **said)


def order(duty, day, on=None, *, key="stage_1", at=NOON, by=None, **said):
    wish = Ordered(key=key, day=day, reason="By the judge", ordered_on=on, **said)
    set_court_date(duties.fresh(duty), wish, by=by, at=at)
    return duties.fresh(duty)


def day_of(duty, key="stage_1"):
    return duty.dates.get(key=key).day


def failings(month, today=date(2026, 12, 31)):
    everything = (DisclosureDuty.objects.all(), Delivery.objects.all())
    return [each.failing for each in compliance_of(*everything, Month(2026, month), today).duties]


def fields(name, day):
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month),
            f"{name}_year": str(day.year)}  # fmt: skip


# The page


def test_the_page_asks_on_which_day_a_case_was_sent_back_and_counts_from_it():
    duty = duties.approved()
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/trigger/")

    page = page.press("Correct it", court="MAGISTRATES", reason=WHY)

    page.see("on which day the plea of not guilty was entered before the magistrates’ court",
             "say that it was typed wrong")  # fmt: skip
    assert duties.fresh(duty).due_on == OCTOBER_21
    page = page.press("Correct it", court="MAGISTRATES", reason=WHY,
                      **fields("moved_on", TODAY))  # fmt: skip
    page.see("due by Monday 2 November 2026", "it was in the Crown Court, where the duty began "
             "Tuesday 1 September 2026").not_see("Overdue")  # fmt: skip
    as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/record/").see(
        "The case went to another court", "Magistrates’ court from Monday 5 October 2026"
    )
    duty = duties.fresh(duty)
    assert (duty.due_on, day_of(duty)) == (NOVEMBER_2, NOVEMBER_2)


def test_a_day_by_which_it_is_over_is_asked_about_and_moves_no_month_unsaid():
    duty = duties.approved()
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/trigger/")
    said = {"court": "MAGISTRATES", "reason": WHY} | fields("moved_on", SENT)

    page = page.press("Correct it", **said)

    page.see("would have been due by Tuesday 29 September 2026. That day is over",
             "If the day is right all the same, say why")  # fmt: skip
    assert duties.fresh(duty).due_on == OCTOBER_21
    assert failings(9) == []
    assert not EarlierCourt.objects.exists()
    page = page.press("Correct it", **said, odd_because="The plea was entered that day")
    page.see("Overdue", "Before it was corrected", "Wednesday 21 October 2026",
             "right all the same: The plea was entered that day")  # fmt: skip
    browser = as_(given.a_person(Role.SENIOR_MANAGER))
    for month in ("2026-09", "2026-10"):
        browser.open(f"/disclosure/compliance/?month={month}").see(
            "Tuesday 29 September 2026", "Wednesday 21 October 2026", WHY
        )


def test_who_left_the_boxes_as_they_stand_undoes_it_whole():
    duty = sent_back(duties.approved(), remand="BAIL")
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/trigger/")

    page.press("Correct it", court="CROWN", was_typed_wrong="on", reason="It was another case")

    duty = duties.fresh(duty)
    assert (duty.court, duty.triggered_on, duty.remand) == ("CROWN", SENT, "CUSTODY")
    assert duty.due_on == day_of(duty) == OCTOBER_21
    assert Event.objects.get(name="disclosure.court_change_taken_back").detail == {
        "court": "MAGISTRATES", "day": "2026-10-05"
    }  # fmt: skip


# Which days are refused


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"court": "MAGISTRATES"}, "on which day the plea of not guilty was entered"),
        ({"court": "MAGISTRATES", "moved_on": date(2026, 8, 31)}, "on or after the day"),
        ({"court": "MAGISTRATES", "moved_on": date(2026, 10, 6)}, "must be today or past"),
        ({"court": "MAGISTRATES", "moved_on": TODAY, "triggered_on": TODAY},
         "has a box of its own"),
        ({"moved_on": TODAY}, "kept only where it went there"),
        ({"court": "MAGISTRATES", "moved_on": TODAY, "was_typed_wrong": True},
         "kept only where it went there"),
        ({"triggered_on": date(2026, 8, 1)}, "would have been due by Sunday 20 September 2026"),
    ],
)  # fmt: skip
def test_a_change_without_its_day_or_on_one_that_cannot_be_is_refused(said, says):
    duty = duties.a_duty()

    with pytest.raises(DateRefused, match=says):
        put(duty, **said)

    assert (duties.fresh(duty).due_on, duties.fresh(duty).court) == (OCTOBER_21, "CROWN")


def test_sent_up_asks_for_the_day_of_sending():
    with pytest.raises(DateRefused, match="on which day it was sent to the Crown Court"):
        put(duties.a_duty(court="MAGISTRATES", sent=date(2026, 9, 20)), court="CROWN")


# Undone


@pytest.mark.parametrize("is_served", [False, True])
def test_one_that_never_was_is_undone_though_its_day_was_over(is_served):
    duty, other = duties.approved(), duties.a_lawyer(Role.LEGAL_MANAGER)
    duty = sent_back(duty, SENT, by=duties.a_lawyer(), odd_because="The plea was that day")
    assert (duty.due_on, failings(9)) == (SEPTEMBER_29, ["No initial disclosure"])
    if is_served:
        serve(duty, duties.a_service(duty), by=duties.a_lawyer(), at=NOON)
        assert failings(9) == ["6 days late"]

    duty = undone(duty, by=other)

    assert duty.due_on == day_of(duty) == OCTOBER_21
    assert failings(9) == []
    [answer] = failings(10)
    assert "late" not in answer


def test_who_recorded_it_does_not_undo_what_makes_a_figure_better():
    her = duties.a_lawyer()
    duty = sent_back(duties.approved(), SENT, by=her, odd_because="The plea was that day")

    with pytest.raises(DateRefused, match="Somebody else of the unit"):
        undone(duty, by=her)

    assert duties.fresh(duty).court == "MAGISTRATES"


def test_the_right_day_of_the_plea_is_corrected_at_once():
    duty = sent_back(duties.approved(), SENT, odd_because="The plea was that day")

    duty = put(duty, triggered_on=TODAY)

    assert duty.due_on == day_of(duty) == NOVEMBER_2
    assert undone(duty).due_on == OCTOBER_21


def test_an_order_that_was_typed_as_past_is_corrected():
    duty = order(duties.approved(), date(2026, 10, 1), odd_because="The judge said so")
    assert duty.due_on == date(2026, 10, 1)

    duty = order(duty, NOVEMBER_2, is_correction=True, by=duties.a_lawyer())

    assert duty.due_on == day_of(duty) == NOVEMBER_2


@pytest.mark.parametrize("on", [None, date(2026, 10, 2)])
def test_what_the_court_had_ordered_binds_again_once_the_change_is_undone(on):
    duty = order(duties.approved(), date(2026, 11, 16), on)
    assert sent_back(duty).due_on == NOVEMBER_2

    duty = undone(duty)

    assert duty.due_on == day_of(duty) == date(2026, 11, 16)


def test_two_changes_are_undone_one_by_one():
    duty = sent_back(duties.approved())
    at = given.at("2026-10-12 12:00")
    duty = put(duty, court="CROWN", moved_on=date(2026, 10, 12), at=at)
    assert duty.due_on == day_of(duty) == date(2026, 12, 1)

    duty = undone(duty, "MAGISTRATES", at=at)
    assert (duty.triggered_on, duty.due_on, day_of(duty)) == (TODAY, NOVEMBER_2, NOVEMBER_2)

    duty = undone(duty, at=at)
    assert (duty.triggered_on, duty.due_on, day_of(duty)) == (SENT, OCTOBER_21, OCTOBER_21)


# In each order


def _back(duty):
    sent_back(duty)


def _undo(duty):
    if duties.fresh(duty).court == "MAGISTRATES":
        undone(duty)


def _order_before(duty):
    if duties.fresh(duty).triggered_on <= date(2026, 10, 2):
        order(duty, date(2026, 11, 16), date(2026, 10, 2))


def _order_now(duty):
    order(duty, date(2026, 11, 20))


def _slip(duty):
    order(duty, TODAY, key="stage_1", odd_because="Said so")
    order(duty, date(2026, 11, 25), is_correction=True)


ACTS = (_back, _undo, _order_before, _order_now, _slip)


@pytest.mark.parametrize("acts", list(permutations(ACTS, 3)), ids=lambda acts: "".join(
    each.__name__ for each in acts))  # fmt: skip
def test_while_nothing_is_over_the_duty_and_its_dates_agree_in_each_order(acts):
    duty = duties.a_duty()

    for act in acts:
        act(duty)
        duty = duties.fresh(duty)
        assert duty.due_on == day_of(duty)
        assert failings(9) == []


@pytest.mark.parametrize("first", [None, date(2026, 10, 2)])
@pytest.mark.parametrize("between", [False, True])
def test_undoing_leads_to_the_same_day_whenever_it_is_done(first, between):
    """A change that was over at once, undone before or after an order is recorded."""
    duty = duties.a_duty()
    sent_back(duty, SENT, odd_because="The plea was that day")
    if not between:
        undone(duty)
    order(duty, date(2026, 11, 16), first)
    if between:
        undone(duty)

    duty = duties.fresh(duty)
    assert duty.due_on == day_of(duty) == date(2026, 11, 16)
    assert failings(9) == []


@pytest.mark.parametrize("moved_on", [date(2026, 10, 5), date(2026, 10, 15), date(2026, 10, 26)])
@pytest.mark.parametrize("is_served", [False, True])
def test_a_month_that_is_over_keeps_its_answer_when_a_change_is_recorded(moved_on, is_served):
    duty, at = duties.approved(), given.at("2026-11-20 12:00")
    if is_served:
        serve(duty, duties.a_service(duty), by=None, at=NOON)
    was = {month: failings(month) for month in (9, 10, 11)}

    duty = sent_back(duty, moved_on, at=at)
    assert {month: failings(month) for month in was} == was
    as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/").see("what changed since")

    duty = undone(duty, at=at)
    assert {month: failings(month) for month in was} == was
    assert duty.due_on == day_of(duty) == OCTOBER_21


def test_a_day_corrected_of_the_court_where_it_is_now_moves_nothing_judged_before():
    duty = duties.served()
    duty = sent_back(duty, at=given.at("2026-10-12 12:00"))

    duty = put(duty, triggered_on=date(2026, 10, 6), at=given.at("2026-10-12 12:00"))

    assert (duty.due_on, day_of(duty)) == (OCTOBER_21, date(2026, 11, 3))
    with pytest.raises(DateRefused, match="before it was sent there: it came from the Crown Court"):
        put(duty, triggered_on=date(2026, 8, 31), at=given.at("2026-10-12 12:00"))


@pytest.mark.parametrize("late", [False, True])
def test_an_order_of_once_the_right_day_was_over_moves_nothing_whenever_that_is_known(late):
    duty, at = duties.a_duty(), given.at("2026-11-20 12:00" if late else "2026-10-06 12:00")
    order(duty, date(2026, 11, 16))

    duty = put(duty, court="MAGISTRATES", was_typed_wrong=True, at=at,
               odd_because="It was a plea from the start")  # fmt: skip

    assert (duty.due_on, day_of(duty)) == (SEPTEMBER_29, date(2026, 11, 16))


# What the court before it ordered


@pytest.mark.parametrize("key", ["stage_1", "defence_statement"])
@pytest.mark.parametrize("on", [None, date(2026, 10, 9)])
def test_an_order_lapses_whether_or_not_its_day_was_typed(key, on):
    duty = duties.court_told() if key == "defence_statement" else duties.approved()
    at, day = given.at("2026-10-09 12:00"), date(2026, 11, 20)
    duty = order(duty, day, on, key=key, at=at)
    assert day_of(duty, key) == day

    duty = sent_back(duty, date(2026, 10, 12), at=given.at("2026-10-12 12:00"))

    assert day_of(duty, key) != day
    assert "binds no more" in " ".join(duty.dates.get(key=key).arithmetic)


@pytest.mark.parametrize("on", [None, date(2026, 10, 9)])
def test_an_order_of_after_the_change_binds_whether_or_not_its_day_was_typed(on):
    duty = order(duties.approved(), date(2026, 11, 20), on, at=given.at("2026-10-09 12:00"))

    duty = sent_back(duty, date(2026, 10, 8), at=given.at("2026-10-12 12:00"))

    assert duty.due_on == day_of(duty) == date(2026, 11, 20)


def test_a_lapsed_order_that_is_corrected_binds_no_more_either():
    duty = sent_back(order(duties.approved(), date(2026, 11, 20)))

    duty = order(duty, date(2026, 11, 25), is_correction=True)

    assert duty.due_on == day_of(duty) == NOVEMBER_2


def test_the_day_is_asked_about_once_and_kept_with_both_reasons():
    duty = duties.approved()

    with pytest.raises(OddDate, match="in the figures of that month"):
        sent_back(duty, SENT)
    sent_back(duty, SENT, odd_because="The plea was that day")

    kept = duty.date_changes.first().reason
    assert kept == f"{WHY} The day is right all the same: The plea was that day"
