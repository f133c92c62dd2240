"""Of a report, whoever has yet to mark one of its letters blind is told no marks: no page, file."""

import io
import json

import openpyxl
import pytest
import time_machine
from django.core import mail

from forthright.accounts.models import Role, Unit, User
from forthright.accounts.policies import NotAllowed
from forthright.audit import services as audit
from forthright.audit.models import Event
from forthright.calibration.policies import check_can_mark_letter_in_round
from forthright.calibration.services.findings import raise_findings
from forthright.calibration.services.rounds import close_round
from forthright.reports import services
from forthright.reports.models import ReportFile
from forthright.reports.selectors.held_back import report_for_reader
from forthright.reports.selectors.records import OF_MARKS, number_to_mark_blind
from forthright.reviews.models import SecondMarking
from forthright.rules.weekly_report.trust import FINDING
from forthright.rules.weeks import week_of
from forthright.schemes.models import Duty
from forthright.worker.kinds import Work
from forthright.worker.steps import send_report_to_one
from tests import given
from tests.calibration.rounds_given import a_round, mark_all, markers
from tests.client import as_
from tests.reviews import twice
from tests.reviews.test_marked_twice import marked_again

pytestmark = pytest.mark.django_db
HELD = "Held back on"


@pytest.fixture(autouse=True)
def after_it_was_marked():
    with time_machine.travel(twice.LATER, tick=False):
        yield


def a_report_to(marking):
    area = marking.review.area
    week = week_of(twice.MONDAY)
    return services.make_weekly_report(area, week, by=None, at=given.at("2026-10-12 07:00"))


@pytest.fixture
def marking():
    return twice.a_second_marking(levels={"B1": "NOT_MET"})


@pytest.fixture
def report(marking):
    return a_report_to(marking)


def of_marks(report):
    return {
        key: each
        for key, each in report.figures["figures"].items()
        if each["record_kind"] in OF_MARKS
    }


def all_words(report):
    """Return what the sections with figures of marks say, and what others say."""
    marked, rest, hidden = [], [], of_marks(report)
    for section in report.figures["sections"]:
        keys = {key for table in section["tables"] for _, row in table["rows"] for key in row}
        is_told = section["key"] == "unknown" or not keys & set(hidden)
        (rest if is_told else marked).extend(section["sentences"])
    return marked, rest


def test_the_page_holds_back_each_part_with_marks_until_they_are_given(marking, report):
    marked, rest = all_words(report)
    browser = as_(marking.marker)

    page = browser.open(f"/reports/{report.pk}/")

    page.see("1 of the letters that this report counts waits for your second marks", HELD, *rest)
    page.not_see(*marked, "B1", "too few to say")
    page.follow("Give the second marks")
    as_(given.a_person(Role.SENIOR_MANAGER)).open(f"/reports/{report.pk}/").see(*marked).not_see(
        HELD
    )
    twice.mark_again(marking)
    browser.open(f"/reports/{report.pk}/").see(*marked).not_see(HELD)


def test_of_what_is_not_known_only_what_was_not_marked_is_held_back(marking):
    Duty.objects.filter(pk=marking.review.drawn_letter.duty_id).update(entitlement="UNKNOWN")
    waiting = given.a_drawn_letter(unit=marking.review.unit)
    report = a_report_to(marking)
    assert waiting.pk in report.records["unknown-marks"]

    shown, _ = report_for_reader(report, marking.marker, twice.MONDAY)
    page = as_(marking.marker).open(f"/reports/{report.pk}/")
    whole = as_(given.a_person(Role.SENIOR_MANAGER)).open(f"/reports/{report.pk}/")

    [unknown] = [each for each in shown.figures["sections"] if each["key"] == "unknown"]
    assert unknown["sentences"][-1].startswith(HELD)
    [keys] = [{key for _, row in table["rows"] for key in row} for table in unknown["tables"]]
    assert keys == {"unknown-person", "unknown-entitlement", "unknown-drafter"}
    page.see("Entitlement not known", "with no known drafter").not_see("and not marked")
    whole.see("and not marked")


def test_the_page_of_a_figure_says_no_number(marking, report):
    browser = as_(marking.marker)

    for key, figure in of_marks(report).items():
        page = browser.open(f"/reports/{report.pk}/figures/{key}/")
        page.see(figure["label"], "waits for your second marks").not_see("Counted from")


def test_no_file_tells_it(marking, report):
    marked, rest = all_words(report)
    browser, path = as_(marking.marker), f"/reports/{report.pk}/files"

    told = json.loads(browser.open(f"{path}/json/").response.content)
    answer = browser.open(f"{path}/xlsx/").response

    assert not set(told["figures"]) & set(of_marks(report))
    said = [each for section in told["sections"] for each in section["sentences"]]
    assert not set(said) & set(marked)
    assert set(rest) <= set(said)
    assert "-without-marks.xlsx" in answer["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = {str(cell.value) for sheet in book for row in sheet for cell in row}
    assert not cells & (set(marked) | {each["label"] for each in of_marks(report).values()})
    assert any(each.startswith(HELD) for each in cells)
    event = Event.objects.filter(name="report.taken_out").last()
    assert event.detail == {"kind": "xlsx", "duties": [], "without_marks": True}


def test_the_whole_file_is_kept_apart_from_what_one_reader_is_given(marking, report):
    path = f"/reports/{report.pk}/files/pdf/"

    part = as_(marking.marker).open(path).response
    assert not ReportFile.objects.exists()
    whole = as_(given.a_person(Role.SENIOR_MANAGER)).open(path).response

    assert "-without-marks.pdf" in part["Content-Disposition"]
    assert bytes(ReportFile.objects.get().content) == whole.content != part.content
    assert as_(marking.marker).open(path).response.content != whole.content


def test_the_e_mail_to_whoever_is_to_mark_blind_tells_no_marks(marking, report):
    leader = given.a_person(Role.SENIOR_MANAGER)
    SecondMarking.objects.filter(pk=marking.pk).update(marker=leader)
    other = given.a_person(Role.CHIEF_CROWN_PROSECUTOR)
    marked, rest = all_words(report)

    for sending in services.ask_for_sending(report, by=None, at=twice.LATER):
        send_report_to_one(Work(1, "reports.send", "a", {}, None, one=sending.pk))

    by = {mail_.to[0]: mail_ for mail_ in mail.outbox}
    held, whole = by[leader.email], by[other.email]
    assert HELD in held.body
    assert not [each for each in marked if each in held.body]
    assert not [each for each in [*marked, *rest] if each not in whole.body]
    assert held.attachments[0].content != whole.attachments[0].content


def test_a_letter_that_a_fault_is_of_counts_though_no_figure_names_it(marking):
    for _ in range(3):
        given.a_marked_letter(levels={"B2": "NOT_MET"})
    raise_findings(marking.area, by=None, at=twice.LATER)
    report = a_report_to(marking)
    report.figures["figures"] = {
        key: each for key, each in report.figures["figures"].items() if key.startswith(FINDING)
    }

    assert report.figures["figures"]
    assert number_to_mark_blind(report, marking.marker) == 1


def test_a_report_of_before_it_was_marked_is_whole(marking):
    week = week_of(twice.MONDAY).plus(-3)
    given.a_started_area()
    report = services.make_weekly_report(
        marking.area, week, by=None, at=given.at(f"{week.plus(1).monday} 07:00")
    )

    assert report_for_reader(report, marking.marker, twice.MONDAY) == (report, 0)


def reported_in_a_round():
    """Return a round of three people, and a report of its letters that holds back from them."""
    held = a_round(letters=2, people=[*markers(), twice.a_manager(Unit.Kind.VLU)])
    report = services.make_weekly_report(
        held.area, week_of(twice.MONDAY), by=None, at=given.at("2026-10-12 07:00")
    )
    return held, report, [each.person for each in held.markers.order_by("pk")]


def test_whoever_has_yet_to_mark_in_a_round_is_led_to_the_round():
    held, report, (person, *_) = reported_in_a_round()

    page = as_(person).open(f"/reports/{report.pk}/")

    page.see("2 of the letters that this report counts wait for your marks in", f"“{held}”", HELD)
    page.not_see("Give the second marks").follow(f"Mark in the round “{held}”").see(
        "Finish my marks"
    )


def test_whoever_has_finished_reads_that_the_round_is_to_close_until_when_and_who_leads_it():
    held, report, people = reported_in_a_round()
    mark_all(held, people[0])
    mark_all(held, people[1])
    browser, path = as_(people[0]), f"/reports/{report.pk}/"
    waits = (
        f"the calibration round “{held}” to close, in which {{}} have finished (last day Friday 9 "
        f"October 2026, led by {held.made_by})"
    )

    page = browser.open(path)
    told = json.loads(browser.open(f"{path}files/json/").response.content)

    page.see(f"wait for {waits.format('you')}", f"wait for {waits.format('they')}")
    page.not_see("your second marks", "once you have", "for your marks", "for their marks")
    page.follow(f"The round “{held}”").see("You have finished your marks.")
    assert waits.format("you") in told["records_left_out"]
    close_round(held, because="One is ill.", by=held.made_by, at=twice.LATER)
    browser.open(path).not_see(HELD)


def test_the_letters_behind_a_figure_lead_to_the_rounds_too():
    held, report, (person, *_) = reported_in_a_round()
    mark_all(held, person)
    key = next(iter(of_marks(report)))

    page = as_(person).open(f"/reports/{report.pk}/figures/{key}/")

    page.see("or for such a round to close in which you have finished")
    page.follow("calibration rounds").see(held.name)


@pytest.mark.parametrize("finish", [True, False])
def test_from_whoever_may_no_longer_mark_nothing_is_held_back(finish):
    held, report, (person, *_) = reported_in_a_round()
    mark_all(held, person, finish=finish)

    User.objects.filter(pk=person.pk).update(role=Role.SENIOR_MANAGER)

    as_(person).open(f"/reports/{report.pk}/").not_see(
        HELD, "for your second marks", "Give the second marks"
    )


def test_whoever_saw_the_marks_meanwhile_marks_that_letter_in_the_round_no_more():
    held, _, (person, *_) = reported_in_a_round()
    letter = held.letters.select_related("round__edition", "review__drawn_letter").first()
    role, seen = person.role, letter.review
    User.objects.filter(pk=person.pk).update(role=Role.SENIOR_MANAGER)
    audit.record("review.seen", seen, by=person, at=twice.LATER, area=held.area)
    User.objects.filter(pk=person.pk).update(role=role)

    with pytest.raises(NotAllowed, match="You have seen the marks of this letter since"):
        check_can_mark_letter_in_round(person, letter)


def test_a_letter_that_two_plans_drew_waits_once(marking):
    marked_again(marking.review, {})
    report = a_report_to(marking)
    browser = as_(marking.marker)

    page = browser.open(f"/reports/{report.pk}/")
    told = json.loads(browser.open(f"/reports/{report.pk}/files/json/").response.content)

    assert number_to_mark_blind(report, marking.marker) == 1
    page.see("1 of the letters that this report counts waits for your", "1 letter of this report")
    assert "1 letter of this report waits" in told["records_left_out"]
