"""The calendar and the time limits change; open letters follow, and nothing past is touched."""

from dataclasses import replace
from datetime import date, time

import pytest

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.cases.models import PersonToTell
from forthright.schemes import services
from forthright.schemes.models import ClosedDay, DueChange, Duty, RuleSet
from forthright.schemes.selectors.area_clock import calendar_warning_for
from forthright.schemes.selectors.redating import moves_if_closed
from forthright.schemes.selectors.rule_drafts import RulesRefused, draft_from
from tests import given

pytestmark = pytest.mark.django_db

JUBILEE = services.NewClosedDay(day=date(2026, 10, 8), name="Jubilee", source="Proclamation")


def test_an_added_bank_holiday_moves_open_letters_and_keeps_the_old_date():
    duty = given.a_letter_owed()

    moved = services.add_closed_day(duty.area, JUBILEE, by=None, at=given.NOON)

    duty.refresh_from_db()
    change = DueChange.objects.get(duty=duty)
    assert moved == 1
    assert duty.due_on == date(2026, 10, 13)
    assert "Jubilee does not count." in duty.due_because
    assert change.old_due_on == date(2026, 10, 12)
    assert "Jubilee, Thursday 8 October 2026, was added" in change.reason
    assert Event.objects.get(name="calendar.day_added").detail["moved"] == 1


def test_a_sent_letter_keeps_its_due_date():
    duty = given.a_letter_owed()
    Duty.objects.filter(pk=duty.pk).update(state=Duty.State.MET, sent_at=given.NOON)

    moved = services.add_closed_day(duty.area, JUBILEE, by=None, at=given.NOON)

    duty.refresh_from_db()
    assert moved == 0
    assert duty.due_on == date(2026, 10, 12)


def test_the_preview_says_what_would_move_and_moves_nothing():
    duty = given.a_letter_owed()

    redating = moves_if_closed(duty.area, JUBILEE.day, JUBILEE.name, today=date(2026, 10, 13))

    duty.refresh_from_db()
    assert redating.words == ("This moves the due date of 1 letter; 1 would no longer be overdue.")
    assert duty.due_on == date(2026, 10, 12)


def test_a_day_taken_out_moves_letters_back():
    duty = given.a_letter_owed()
    services.add_closed_day(duty.area, JUBILEE, by=None, at=given.NOON)
    closed = ClosedDay.objects.get(name="Jubilee")

    moved = services.remove_closed_day(closed, reason="Cancelled", by=None, at=given.NOON)

    duty.refresh_from_db()
    assert moved == 1
    assert duty.due_on == date(2026, 10, 12)
    assert duty.due_changes.count() == 2


@pytest.mark.parametrize(
    ("day", "words"),
    [
        pytest.param(date(2026, 10, 10), "weekends never count", id="a Saturday"),
        pytest.param(date(2026, 12, 25), "in the calendar already", id="Christmas Day"),
        pytest.param(date(1999, 12, 31), "begins on", id="before the calendar"),
    ],
)
def test_a_day_that_does_not_count_already_is_refused(day, words):
    area = given.a_started_area()

    with pytest.raises(services.DayRefused, match=words):
        services.add_closed_day(area, replace(JUBILEE, day=day), by=None, at=given.NOON)


def test_the_calendar_warns_before_it_runs_out_until_it_is_extended():
    area = given.a_started_area()

    assert "ends on 31 December 2028" in calendar_warning_for(area, date(2028, 10, 1))
    later = given.at("2028-10-01 10:00")
    services.extend_calendar(area, date(2029, 12, 31), source="GOV.UK", by=None, at=later)
    assert calendar_warning_for(area, date(2028, 10, 1)) is None


def test_only_an_administrator_changes_the_calendar():
    area = given.a_started_area()
    manager = given.a_person(Role.LINE_MANAGER)

    with pytest.raises(NotAllowed):
        services.add_closed_day(area, JUBILEE, by=manager, at=given.NOON)


def a_draft(area, **changes):
    current = RuleSet.objects.filter(area=area).first()
    draft = draft_from(current, today=date(2026, 10, 5))
    return replace(draft, **{"source": "Area board", "reason": "Agreed in October", **changes})


def test_new_limits_apply_to_open_letters_decided_since_they_are_in_force():
    before = given.a_letter_owed(decided_at=given.at("2026-10-02 10:00"))
    after = given.a_letter_owed()

    rule_set, moved = services.change_rule_set(
        after.area, a_draft(after.area, standard_days=3), by=None, at=given.NOON
    )

    before.refresh_from_db()
    after.refresh_from_db()
    assert moved == 1
    assert rule_set.version == 2
    assert (before.due_on, before.rule_set.version) == (date(2026, 10, 9), 1)
    assert (after.due_on, after.rule_set.version) == (date(2026, 10, 8), 2)
    limit = rule_set.limits.get(entitlement=PersonToTell.Entitlement.STANDARD)
    assert (limit.source, limit.status) == ("Area board", "UNVERIFIED")


def test_a_cut_off_hour_moves_what_was_decided_after_it():
    early = given.a_letter_owed(decided_at=given.at("2026-10-05 10:00"))
    late = given.a_letter_owed(decided_at=given.at("2026-10-05 17:30"))

    services.change_rule_set(
        early.area, a_draft(early.area, cut_off=time(17)), by=None, at=given.NOON
    )

    early.refresh_from_db()
    late.refresh_from_db()
    assert early.due_on == date(2026, 10, 12)
    assert late.due_on == date(2026, 10, 13)


def test_confirming_marks_every_setting_that_was_not():
    area = given.a_started_area()

    rule_set, _ = services.change_rule_set(
        area, a_draft(area, is_confirmed=True), by=None, at=given.NOON
    )

    assert rule_set.sources["cut_off"] == {
        "source": "Area board", "source_address": "", "status": "confirmed",
    }  # fmt: skip
    assert {limit.status for limit in rule_set.limits.all()} == {"PUBLISHED"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({}, "Nothing is changed", id="nothing changed"),
        pytest.param({"standard_days": 3, "reason": ""}, "Say why", id="no reason"),
        pytest.param({"standard_days": 3, "in_force_from": date(2019, 1, 1)}, "cannot begin",
                     id="before the first rules"),
    ],
)  # fmt: skip
def test_a_rule_set_that_makes_no_sense_is_refused(changes, words):
    area = given.a_started_area()

    with pytest.raises(RulesRefused, match=words):
        services.change_rule_set(area, a_draft(area, **changes), by=None, at=given.NOON)


def test_a_corrected_decision_time_moves_even_a_sent_letter():
    duty = given.a_letter_owed()
    sent = services.StageTimes(sent_at=given.at("2026-10-12 09:00"))
    times = {(duty.decision_id, duty.person_id): sent}
    services.record_stages_bulk(duty.area, times, by=None, at=given.at("2026-10-20 09:00"))
    duty.decision.made_at = given.at("2026-10-01 09:00")
    duty.decision.save()

    moved = services.reckon_again([duty], reason="Wrong day", by=None, at=given.NOON)

    duty.refresh_from_db()
    assert moved == 1
    assert duty.due_on == date(2026, 10, 8)
    assert duty.state == Duty.State.LATE
