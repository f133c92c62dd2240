"""The weekly report tells how far marks can be trusted, from frozen records that open by reach."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.calibration.models import SystemicFinding
from forthright.calibration.services.findings import raise_findings, take_finding
from forthright.calibration.services.leniency import make_leniency_run
from forthright.reports import services
from forthright.reports.selectors.records import records_behind
from forthright.reviews.models import SecondLevel
from forthright.reviews.services import accept_dispute
from forthright.reviews.services.second_marking import give_second_marks_of
from forthright.rules.weeks import week_of
from forthright.rules.words import date_words
from forthright.web import clock
from tests import given
from tests.client import as_
from tests.reviews import twice

pytestmark = pytest.mark.django_db
SINCE = "not in the report before, of the week of 5 October 2026"
WEEK = week_of(given.NOON.date())
AFTER = given.NOON + timedelta(days=7)


def a_report():
    """Return the report of a week with one letter marked twice, and the faults that came again."""
    done = twice.a_finished_second_marking(changed={"B1": "PARTIALLY"})
    area = done.review.area
    for _ in range(3):
        given.a_marked_letter(levels={"B1": "NOT_MET"})
    raise_findings(area, by=None, at=twice.LATER)
    make_leniency_run(area, by=None, at=AFTER)
    return services.make_weekly_report(area, WEEK, by=None, at=AFTER), done


def figure(report, key):
    return report.figures["figures"][key]


def sentences(report, key):
    [section] = [each for each in report.figures["sections"] if each["key"] == key]
    return section["sentences"]


def opened(report, key, person):
    """Return what a person opens behind a figure, and how many letters it is of."""
    rows, number = records_behind(report, key, person)
    return {each.reference: each.is_counted for each in rows}, number


def test_each_section_says_how_many_it_is_of_and_by_which_numbers():
    report, _ = a_report()

    assert figure(report, "second-done")["words"] == "1 of 1 (too few to say)"
    assert figure(report, "agree-B1")["words"] == "0 of 1 (too few to say)"
    assert figure(report, "agree-B1-ac1")["words"] == "Too few to say"
    assert figure(report, "leniency-compared")["n"] == 1
    assert {figure(report, key)["record_kind"] for key in ("second-done", "leniency-compared")} == {
        "review"
    }
    for key in ("second-done", "agree-B1", "leniency-compared"):
        assert figure(report, key)["population"]
        assert "trust " in figure(report, key)["rules"]


def test_a_fault_that_comes_again_opens_the_letters_that_failed():
    report, _ = a_report()
    [key] = [each for each in report.figures["figures"] if each.startswith("finding-")]

    rows, number = opened(report, key, given.a_person(Role.SENIOR_MANAGER))

    assert figure(report, key)["count"] == 3
    assert (len(rows), number, set(rows.values())) == (3, 3, {True})


def test_a_fault_found_on_a_monday_is_new_in_the_report_of_that_morning_and_in_no_other():
    for _ in range(3):
        given.a_marked_letter(levels={"B1": "NOT_MET"})
    monday = clock.start_of(WEEK.plus(1).monday) + timedelta(hours=7)
    [finding] = raise_findings(given.an_area(), by=None, at=monday)

    first, second = (
        services.make_weekly_report(
            finding.area, WEEK.plus(weeks), by=None, at=monday + timedelta(weeks=weeks)
        )
        for weeks in range(2)
    )

    said = "1 fault is open or being mended, {} of them {}."
    when = "found in the seven days to Monday 12 October 2026"
    assert sentences(first, "findings") == [said.format(1, when)]
    assert sentences(second, "findings") == [said.format(0, SINCE)]


def test_a_fault_found_on_a_monday_after_its_report_is_new_in_the_next_and_in_no_other():
    monday = clock.start_of(WEEK.plus(1).monday) + timedelta(hours=7)
    for _ in range(3):
        given.a_marked_letter(levels={"B1": "NOT_MET"})
    area = given.an_area()
    services.make_weekly_report(area, WEEK, by=None, at=monday)
    assert raise_findings(area, by=None, at=monday + timedelta(hours=3))

    second, third = (
        services.make_weekly_report(
            area, WEEK.plus(weeks), by=None, at=monday + timedelta(weeks=weeks)
        )
        for weeks in (1, 2)
    )

    assert sentences(second, "findings")[0].endswith(f"mended, 1 of them {SINCE}.")
    assert sentences(third, "findings")[0].startswith("1 fault is open or being mended, 0 of them")


def test_letters_open_within_reach_and_the_number_stays():
    report, done = a_report()
    reference = done.review.drawn_letter.duty.reference
    here, elsewhere = (
        given.a_person(Role.LINE_MANAGER, unit=given.a_unit(kind))
        for kind in (Unit.Kind.CROWN_COURT, Unit.Kind.FRAUD)
    )

    assert opened(report, "agree-B1", here) == ({reference: False}, 1)
    assert opened(report, "agree-B1", elsewhere) == ({}, 1)
    as_(given.a_person(Role.PROSECUTOR)).open(f"/reports/{report.pk}/figures/agree-B1/", status=403)
    wessex = given.an_area_that_reports("Wessex")
    as_(given.a_person(Role.SENIOR_MANAGER, area=wessex)).open(
        f"/reports/{report.pk}/figures/agree-B1/", status=404
    )


def test_the_page_shows_the_three_sections_with_the_method():
    report, _ = a_report()
    with time_machine.travel(AFTER, tick=False):
        page = as_(given.a_person(Role.SENIOR_MANAGER)).open(f"/reports/{report.pk}/")

    page.see("How far marks agree", "How lenient marks are", "Faults that come again",
             "1 letter was chosen for second marks; 1 have all of them.",
             "counts once among those by lot and once among those beside it",
             "AC1 (Gwet) takes from agreement what chance would give")  # fmt: skip


def test_what_becomes_of_marks_and_findings_later_changes_nothing_in_it():
    report, done = a_report()
    before = {key: dict(each) for key, each in report.figures["figures"].items()}
    kept = {key: list(each) for key, each in report.records.items()}
    review = done.review
    finding = SystemicFinding.objects.get()
    leader = given.a_person(Role.LEGAL_MANAGER)
    take_finding(finding, plan="The block is written anew.", by=leader, at=AFTER)
    SecondLevel.objects.filter(marking=done).update(level="NOT_MET")
    make_leniency_run(review.area, by=None, at=AFTER + timedelta(hours=1))

    report.refresh_from_db()

    assert report.figures["figures"] == before
    assert report.records == kept


def test_an_area_that_marks_nothing_twice_says_so_and_has_no_figures():
    area = given.an_area_that_reports()

    report = services.make_weekly_report(area, WEEK, by=None, at=AFTER)

    said = " ".join(
        sentence for each in report.figures["sections"] for sentence in each["sentences"]
    )
    assert "No letter was chosen for second marks since" in said
    assert "Leniency has not been worked out yet." in said
    assert "No fault that came again is open." in said
    assert "second-done" not in report.figures["figures"]


def at_days(finding, *days):
    """Let the letters of a finding be marked so many days after the first day."""
    for review, day in zip(finding.reviews.order_by("pk"), days, strict=True):
        type(review).objects.filter(pk=review.pk).update(marked_at=given.NOON + timedelta(days=day))


def a_fault(**letter):
    for _ in range(3):
        given.a_marked_letter(**{"levels": {"B1": "NOT_MET"}, **letter})
    [finding] = raise_findings(given.an_area(), by=None, at=twice.LATER)
    return finding


def days_said(finding, at=AFTER):
    report = services.make_weekly_report(finding.area, WEEK, by=None, at=at)
    said = [figure(report, f"fault-{what}-{finding.pk}")["words"] for what in ("since", "seen")]
    return said, report


def test_an_open_fault_says_since_when_and_when_it_was_last_seen():
    finding = a_fault()
    at_days(finding, 0, 2, 1)

    said, report = days_said(finding)

    assert said == [date_words(clock.day_of(twice.LATER)), "7 October 2026"]
    [section] = [each for each in report.figures["sections"] if each["key"] == "findings"]
    assert section["tables"][0]["columns"] == (
        "Letters that failed when found", "Lifted since", "Open since", "Last seen",
    )  # fmt: skip
    rows, number = opened(report, f"fault-seen-{finding.pk}", given.a_person(Role.LEGAL_MANAGER))
    assert (len(rows), number) == (1, 1)


def test_a_letter_marked_since_it_was_found_counts_as_seen_and_none_after_the_report():
    finding = a_fault()
    at_days(finding, 0, 0, 0)
    for days in (4, 9):
        later = given.a_marked_letter(levels={"B1": "NOT_MET"})
        type(later).objects.filter(pk=later.pk).update(marked_at=given.NOON + timedelta(days=days))
    given.a_marked_letter()

    assert days_said(finding)[0][1] == "9 October 2026"


def test_a_fault_that_a_dispute_lifted_was_not_seen_in_that_letter():
    finding = a_fault()
    at_days(finding, 0, 1, 2)
    newest = finding.reviews.order_by("-marked_at").first()
    feedback = given.tell_drafter(newest, by=newest.marker, at=given.NOON, text="Say why.")
    raised = given.dispute_mark(
        feedback, newest.marks.get(criterion__code="B1"), by=feedback.drafter, at=given.NOON,
        reason="It is there.",
    )  # fmt: skip
    accept_dispute(
        raised, by=given.a_person(Role.LEGAL_MANAGER), at=given.NOON, new_level="FULLY",
        reason="It is.",
    )  # fmt: skip

    said, report = days_said(finding)

    assert said[1] == "6 October 2026"
    assert figure(report, f"finding-{finding.pk}")["words"] == "3 of 3"
    assert "as found on" in figure(report, f"finding-{finding.pk}")["population"]
    assert figure(report, f"fault-lifted-{finding.pk}")["words"] == "1 of the 3"
    assert sentences(report, "findings")[-1].endswith(
        "so that it stands in 2 of those 3 letters, fewer than raise a fault; whoever has it is to "
        "look whether to close it."
    )
    legal = given.a_person(Role.LEGAL_MANAGER)
    rows, number = opened(report, f"fault-lifted-{finding.pk}", legal)
    assert (len(rows), number) == (1, 1)
    page = as_(legal).open("/findings/")
    page.see("3 of 3 when it was found; disputes were accepted since in 1")


def test_a_letter_has_its_second_marks_once_none_of_them_is_waited_for():
    done = twice.a_finished_second_marking()
    other, why = twice.a_manager(Unit.Kind.FRAUD), "by lot, among letters marked before"
    give_second_marks_of(done.review, other, because=why, by=None, at=twice.LATER)

    report = services.make_weekly_report(done.area, WEEK, by=None, at=AFTER)

    assert figure(report, "second-done")["words"] == "0 of 1 (too few to say)"
    [said] = sentences(report, "agreement")
    assert said.endswith("1 letter was chosen for second marks; 0 have all of them.")


def test_a_fault_of_a_block_is_seen_in_letters_that_hold_it_alone():
    finding = a_fault()
    SystemicFinding.objects.update(block="why-no-charge")

    assert days_said(finding)[0][1] == "In no letter now"
