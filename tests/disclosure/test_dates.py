from datetime import date

import pytest

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.disclosure.services.answering import answer_request, record_statement
from forthright.disclosure.services.dating import (
    DateRefused,
    Ordered,
    change_limit,
    correct_trigger,
    court_stamp,
    set_court_date,
)
from forthright.web.meanwhile import ChangedMeanwhile
from tests import given
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON = given.NOON
WHY = "Ordered at the hearing"


def day_of(duty, key):
    return duty.dates.get(key=key).day


def test_a_duty_has_its_dates_with_their_arithmetic():
    duty = duties.a_duty()

    assert duty.due_on == date(2026, 10, 21)
    assert duty.dates.get(key="stage_1").arithmetic == [
        "Sent to the Crown Court, in custody, on Tuesday 1 September 2026.",
        "50 days after that day is Wednesday 21 October 2026.",
    ]
    assert not duty.date_changes.exists()


def test_a_court_date_wins_and_each_date_that_moved_is_kept_with_why():
    duty = duties.a_duty()
    ordered = Ordered(key="stage_1", day=date(2026, 11, 2), reason=WHY)

    moved = set_court_date(duty, ordered, by=None, at=NOON)

    assert duties.fresh(duty).due_on == date(2026, 11, 2)
    assert moved == duty.date_changes.count() == 4
    change = duty.date_changes.get(title__startswith="Initial")
    assert (change.old_day, change.new_day, change.reason) == (
        date(2026, 10, 21), date(2026, 11, 2), WHY
    )  # fmt: skip


def test_a_hearing_that_moves_moves_what_is_counted_from_it():
    duty = duties.a_duty()

    set_court_date(duty, Ordered(key="hearing", day=date(2026, 10, 12), reason=WHY), by=None,
                   at=NOON)  # fmt: skip

    assert day_of(duty, "hearing_pack") == date(2026, 10, 5)


def test_an_order_that_is_taken_back_lets_the_rules_count_again():
    duty = duties.a_duty()
    for day in (date(2026, 11, 2), None):
        set_court_date(duty, Ordered(key="stage_1", day=day, reason=WHY), by=None, at=NOON)

    assert duties.fresh(duty).due_on == date(2026, 10, 21)


@pytest.mark.parametrize(
    ("key", "day", "reason", "says"),
    [
        pytest.param("trial_by_combat", date(2026, 11, 2), WHY, "which date", id="no such step"),
        pytest.param("stage_1", date(2026, 8, 2), WHY, "on or after", id="before the trigger"),
        pytest.param("stage_1", date(2026, 11, 2), ".", "Write why", id="no reason"),
    ],
)
def test_a_court_date_that_cannot_be(key, day, reason, says):
    with pytest.raises(DateRefused, match=says):
        set_court_date(duties.a_duty(), Ordered(key=key, day=day, reason=reason), by=None, at=NOON)


def test_of_two_who_set_a_date_at_once_the_second_is_told():
    duty = duties.a_duty()
    opened = court_stamp(duty)
    ordered = Ordered(key="stage_1", day=date(2026, 11, 2), reason=WHY)
    set_court_date(duty, ordered, by=None, at=NOON, opened=opened)

    with pytest.raises(ChangedMeanwhile):
        set_court_date(duty, ordered, by=None, at=NOON, opened=opened)


def test_a_defendant_who_is_bailed_has_other_dates():
    duty = duties.a_duty()

    correct_trigger(duty, duty.triggered_on, "BAIL", reason="Bailed today", by=None, at=NOON)

    assert duties.fresh(duty).due_on == date(2026, 11, 10)
    assert not duty.dates.filter(key="custody_limit").exists()


def test_service_gives_the_defence_its_day():
    assert day_of(duties.served(), "defence_statement") == date(2026, 11, 1)


def test_before_magistrates_the_defence_has_14_days():
    duty = duties.served(court="MAGISTRATES")

    assert duty.statement_due_on == date(2026, 10, 18)


def test_an_area_sets_its_own_limit_and_open_duties_are_counted_anew():
    duty = duties.a_duty()
    place = 2  # initial disclosure in custody
    head = given.a_person(Role.ADMINISTRATOR)

    edition = change_limit(duty.area, place, {"days": 40, "status": "confirmed"}, by=head, at=NOON,
                           reason="Agreed with the court")  # fmt: skip

    duty = duties.fresh(duty)
    assert (edition.number, duty.due_on) == (1, date(2026, 10, 9))
    assert duty.dates.get(key="stage_1").is_confirmed
    assert "Time limits changed" in duty.date_changes.first().reason
    with pytest.raises(DateRefused, match="cannot be kept"):
        change_limit(duty.area, place, {"days": 0}, reason="None at all", by=head, at=NOON)
    with pytest.raises(NotAllowed):
        change_limit(duty.area, place, {"days": 9}, reason="Faster",
                     by=given.a_person(Role.PROSECUTOR), at=NOON)  # fmt: skip


def test_a_late_defence_statement_moves_stage_three_with_the_reason():
    duty = duties.court_told(sent=date(2026, 7, 1))
    at = given.at("2026-11-20 12:00")
    before, stage_2 = day_of(duty, "stage_3"), day_of(duty, "stage_2")

    record_statement(duty, date(2026, 11, 19), ["The CCTV of the yard"], by=None, at=at)

    assert day_of(duty, "stage_3") - before == date(2026, 11, 19) - stage_2
    change = duty.date_changes.get(title__startswith="Stage 3", changed_at=at)
    assert change.reason == "The defence statement came on Thursday 19 November 2026"


def test_a_statement_in_time_and_one_brought_up_to_date_move_nothing():
    duty = duties.stated()
    before = day_of(duty, "stage_3")
    for request in duty.statements.get().requests.all():
        answer_request(request, "NOT_HELD", answer="It is not held.", by=None, at=NOON)

    record_statement(duty, date(2027, 1, 4), [], by=None, at=given.at("2027-01-05 12:00"))

    assert day_of(duty, "stage_3") == before
