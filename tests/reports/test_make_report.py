"""A weekly report is counted once, frozen, and never changes."""

import json
from datetime import timedelta

import pytest

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.reports import selectors, services
from forthright.reports.models import WeeklyReport
from forthright.reports.selectors import NothingToReport
from forthright.rules.weeks import Week
from forthright.schemes.models import DueChange, Duty, RuleSet
from tests import given

pytestmark = pytest.mark.django_db
WEEK = Week(2026, 40)
MONDAY_AFTER = given.at("2026-10-05 07:00")


def letters_of_the_week(*, number=12, sent=8):
    duties = [given.a_letter_owed(decided_at=given.at("2026-09-24 10:00")) for _ in range(number)]
    Duty.objects.filter(pk__in=[d.pk for d in duties[:sent]]).update(
        sent_at=given.at("2026-09-29 15:00"), state=Duty.State.MET
    )
    return duties


def test_a_report_counts_letters_owed_and_keeps_the_records_of_each_figure():
    area = given.an_area_that_reports()
    duties = letters_of_the_week(number=12, sent=8)

    report = services.make_weekly_report(area, WEEK, by=None, at=MONDAY_AFTER)

    figures = report.figures["figures"]
    assert figures["owed-all-share"]["words"].startswith("66.7% (8 of 12, 95% interval")
    assert report.records["owed-all-unsent"] == [d.pk for d in duties[8:]]
    assert report.standing[str(duties[0].pk)][0] == "MET"


def test_an_older_version_stays_as_it_was_when_the_records_change():
    area = given.an_area_that_reports()
    letters_of_the_week(number=12, sent=8)
    first = services.make_weekly_report(area, WEEK, by=None, at=MONDAY_AFTER)

    Duty.objects.update(state=Duty.State.MET, sent_at=given.at("2026-09-29 15:00"))
    second = services.make_weekly_report(area, WEEK, by=None, at=MONDAY_AFTER)

    first.refresh_from_db()
    assert (first.version, second.version) == (1, 2)
    assert first.figures["figures"]["owed-all-met"]["count"] == 8
    assert second.figures["figures"]["owed-all-met"]["count"] == 12


def test_the_same_job_run_twice_makes_one_report():
    area = given.an_area_that_reports()

    first = services.make_weekly_report(area, WEEK, by=None, at=MONDAY_AFTER, made_for="job 1")
    second = services.make_weekly_report(area, WEEK, by=None, at=MONDAY_AFTER, made_for="job 1")

    assert first == second
    assert WeeklyReport.objects.count() == 1


def test_a_report_of_which_nothing_has_changed_makes_no_new_version():
    area = given.an_area_that_reports()
    letters_of_the_week(number=3, sent=2)

    first = services.make_weekly_report(area, WEEK, by=None, at=MONDAY_AFTER)
    second = services.make_weekly_report(
        area, WEEK, by=None, at=MONDAY_AFTER + timedelta(minutes=5), made_for="job 2"
    )

    assert first == second
    assert Event.objects.filter(name="report.made").count() == 1


def test_a_report_that_was_tampered_with_is_made_anew():
    area = given.an_area_that_reports()
    first = services.make_weekly_report(area, WEEK, by=None, at=MONDAY_AFTER)
    first.figures["week_words"] = "another week"
    first.save()

    assert services.make_weekly_report(area, WEEK, by=None, at=MONDAY_AFTER).version == 2


def test_the_report_holds_the_head_of_the_record_and_a_digest_that_shows_a_change():
    area = given.an_area_that_reports()
    letters_of_the_week()

    report = services.make_weekly_report(area, WEEK, by=None, at=MONDAY_AFTER)

    event = Event.objects.get(name="report.made")
    assert (report.chain_sequence, report.chain_hash) == (event.sequence, event.hash)
    assert event.detail["digest"] == selectors.digest_of(report)
    report.figures["figures"]["owed-all-met"]["count"] += 1
    assert selectors.digest_of(report) != report.digest


def test_a_letter_sent_after_the_report_was_made_is_not_sent_in_it():
    area = given.an_area_that_reports()
    duty = given.a_letter_owed(decided_at=given.at("2026-09-24 10:00"))
    Duty.objects.filter(pk=duty.pk).update(
        sent_at=MONDAY_AFTER + timedelta(days=2), state=Duty.State.LATE
    )

    report = services.make_weekly_report(area, WEEK, by=None, at=MONDAY_AFTER)

    assert report.records["owed-all-unsent"] == [duty.pk]


def test_no_name_or_case_number_is_frozen():
    area = given.an_area_that_reports()
    duties = letters_of_the_week(number=10, sent=5)

    report = services.make_weekly_report(area, WEEK, by=None, at=MONDAY_AFTER)

    frozen = json.dumps([report.figures, report.records, report.standing])
    for duty in duties:
        assert duty.case.urn not in frozen
        assert duty.person.family_name not in frozen


def test_another_area_is_never_counted():
    area = given.an_area_that_reports()
    given.an_area_that_reports("Elsewhere")
    given.a_letter_owed(
        decided_at=given.at("2026-09-24 10:00"), unit=given.a_unit(area=given.an_area("Elsewhere"))
    )

    report = services.make_weekly_report(area, WEEK, by=None, at=MONDAY_AFTER)

    assert report.figures["figures"]["owed-all-due"]["count"] == 0


def test_a_week_to_come_is_refused_in_words():
    area = given.an_area_that_reports()

    with pytest.raises(services.WeekNotOver, match="has not begun"):
        services.make_weekly_report(area, Week(2026, 52), by=None, at=MONDAY_AFTER)

    assert not WeeklyReport.objects.exists()


def test_an_area_without_rules_is_refused_in_words():
    with pytest.raises(NothingToReport, match="Ask an administrator"):
        services.make_weekly_report(given.an_area("New"), WEEK, by=None, at=MONDAY_AFTER)


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.LINE_MANAGER, Role.PROSECUTOR])
def test_some_roles_may_not_make_a_report(role):
    area = given.an_area_that_reports()

    with pytest.raises(NotAllowed):
        services.make_weekly_report(area, WEEK, by=given.a_person(role), at=MONDAY_AFTER)


def test_a_manager_may_not_make_the_report_of_another_area():
    elsewhere = given.an_area_that_reports("Elsewhere")
    given.an_area_that_reports()

    with pytest.raises(NotAllowed, match="own Area"):
        services.make_weekly_report(
            elsewhere, WEEK, by=given.a_person(Role.SENIOR_MANAGER), at=MONDAY_AFTER
        )


def test_an_old_week_is_counted_at_the_same_age_as_the_new_one():
    area = given.an_area_that_reports()
    slow = given.a_letter_owed(decided_at=given.at("2026-09-17 10:00"))  # due in week 39
    Duty.objects.filter(pk=slow.pk).update(
        sent_at=given.at("2026-10-02 10:00"), state=Duty.State.LATE
    )

    facts, _ = selectors.facts_for_week(area, WEEK, as_of=MONDAY_AFTER.date())

    assert [(str(p.week), p.due, p.not_sent) for p in facts.history] == [
        ("2026-W39", 1, 1),
        ("2026-W40", 0, 0),
    ]


def new_rules(area, **changes):
    """Put a second rule set in force, just as the first but for these changes."""
    first = RuleSet.objects.get(area=area)
    limits = list(first.limits.all())
    plain = {field.name: getattr(first, field.name) for field in RuleSet._meta.fields[1:]}
    made = RuleSet.objects.create(
        **plain | {"version": 2, "in_force_from": WEEK.monday + timedelta(days=2)} | changes
    )
    for limit in limits:
        limit.pk, limit.rule_set = None, made
        limit.save()
    return made


def test_each_letter_is_judged_by_the_rules_it_was_owed_under():
    area = given.an_area_that_reports()
    duties = letters_of_the_week(number=4, sent=4)
    reached = new_rules(area, measure=RuleSet.Measure.REACHED)
    Duty.objects.filter(pk=duties[0].pk).update(rule_set=reached, state=Duty.State.OPEN)

    report = services.make_weekly_report(area, WEEK, by=None, at=MONDAY_AFTER)

    assert report.figures["figures"]["owed-all-met"]["count"] == 3
    assert report.figures["rules"].startswith("time limits version 1 and version 2")
    facts, _ = selectors.facts_for_week(area, WEEK, as_of=MONDAY_AFTER.date())
    assert facts.history[-1].rules == "time limits version 1 and time limits version 2"


def test_what_is_not_confirmed_is_said_of_the_time_limits_it_is_true_of():
    area = given.an_area_that_reports()
    duties = letters_of_the_week(number=2, sent=2)
    later = new_rules(area, cut_off="17:00")
    Duty.objects.filter(pk=duties[0].pk).update(rule_set=later)

    facts, _ = selectors.facts_for_week(area, WEEK, as_of=MONDAY_AFTER.date())

    cut_offs = [each for each in facts.warnings if "cut-off" in each]
    assert len(cut_offs) == 2
    assert "used in what is counted by time limits version 1: " in cut_offs[0]
    assert "used in what is counted by time limits version 2: " in cut_offs[1]
    assert any("used in every figure: " in each for each in facts.warnings)


def test_rules_that_count_alike_do_not_break_a_chart():
    area = given.an_area_that_reports()
    new_rules(area, reason="The Area confirmed the source.")

    names = selectors.ways_of_counting(RuleSet.objects.filter(area=area))

    assert set(names.values()) == {"time limits version 1"}


def test_a_sent_letter_that_waits_to_be_reached_is_not_a_letter_not_sent():
    area = given.an_area_that_reports()
    RuleSet.objects.filter(area=area).update(measure=RuleSet.Measure.REACHED)
    slow = given.a_letter_owed(decided_at=given.at("2026-09-17 10:00"))  # due in week 39
    Duty.objects.filter(pk=slow.pk).update(sent_at=given.at("2026-09-22 10:00"))

    facts, _ = selectors.facts_for_week(area, WEEK, as_of=MONDAY_AFTER.date())

    assert [(p.due, p.not_sent) for p in facts.history] == [(1, 0), (0, 0)]


def redate(duty, day, *, rule_set=None):
    """Give a letter another due date, as a change of time limits does."""
    DueChange.objects.create(
        duty=duty, old_due_on=duty.due_on, new_due_on=day, reason="New time limits.",
        changed_at=MONDAY_AFTER, changed_by=None,
    )  # fmt: skip
    duty.due_on, duty.due_week = day, day - timedelta(days=day.weekday())
    duty.rule_set = rule_set or duty.rule_set
    duty.save()


def test_a_letter_moved_out_of_a_reported_week_is_told_of_with_the_rules_that_moved_it():
    area = given.an_area_that_reports()
    out, within, into_and_back, _ = letters_of_the_week(number=4, sent=0)
    later = new_rules(area)
    redate(out, WEEK.plus(1).monday, rule_set=later)
    redate(within, WEEK.sunday)
    redate(into_and_back, WEEK.plus(1).monday)
    redate(into_and_back, WEEK.monday)

    report = services.make_weekly_report(area, WEEK, by=None, at=MONDAY_AFTER)

    assert report.figures["figures"]["owed-all-due"]["count"] == 3
    assert report.records["owed-moved-out"] == [out.pk]
    assert report.records["owed-moved-within"] == [within.pk, into_and_back.pk]
    assert report.standing[str(out.pk)][2] == str(WEEK.plus(1).monday)
    assert report.figures["rules"].startswith("time limits version 1 and version 2")


def test_letters_of_earlier_weeks_that_were_given_another_due_date_are_told_of():
    area = given.an_area_that_reports()
    within = given.a_letter_owed(decided_at=given.at("2026-09-10 10:00"))
    out = given.a_letter_owed(decided_at=given.at("2026-09-10 10:00"))
    redate(within, within.due_on + timedelta(days=1))
    redate(out, WEEK.monday)

    report = services.make_weekly_report(area, WEEK, by=None, at=MONDAY_AFTER)

    figure = report.figures["figures"]["owed-moved-before"]
    assert report.records["owed-moved-before"] == [within.pk, out.pk]
    assert (figure["count"], figure["n"]) == (2, 2)
    assert report.standing[str(within.pk)][2] == str(within.due_on)


def test_a_letter_sent_on_the_day_of_the_report_is_not_sent_in_it_whatever_the_hour():
    area = given.an_area_that_reports()
    older = given.a_letter_owed(decided_at=given.at("2026-09-17 10:00"))  # due in week 39
    newer = given.a_letter_owed(decided_at=given.at("2026-09-24 10:00"))
    at_7 = given.at("2026-10-05 06:30")
    Duty.objects.filter(pk=newer.pk).update(sent_at=at_7, state=Duty.State.LATE)
    Duty.objects.filter(pk=older.pk).update(sent_at=at_7 - timedelta(days=7), state=Duty.State.LATE)

    report = services.make_weekly_report(area, WEEK, by=None, at=MONDAY_AFTER)
    facts, _ = selectors.facts_for_week(area, WEEK, as_of=MONDAY_AFTER.date())

    assert report.records["owed-all-unsent"] == [newer.pk]
    assert [(point.due, point.not_sent) for point in facts.history] == [(1, 1), (1, 1)]


def test_a_letter_excused_since_was_owed_in_the_weeks_before():
    area = given.an_area_that_reports()
    older = given.a_letter_owed(decided_at=given.at("2026-09-17 10:00"))
    Duty.objects.filter(pk=older.pk).update(
        state=Duty.State.NOT_REQUIRED, not_required_at=given.at("2026-10-01 10:00"),
        not_required_reason="The person asked for none.",
    )  # fmt: skip

    facts, _ = selectors.facts_for_week(area, WEEK, as_of=MONDAY_AFTER.date())

    assert [(point.due, point.not_sent) for point in facts.history] == [(1, 1), (0, 0)]
