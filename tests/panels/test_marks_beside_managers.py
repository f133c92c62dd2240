"""What the panel marked is set beside the line managers' marks, and is reported."""

from datetime import date
from xml.etree import ElementTree

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.panels.drawing import against_chart
from forthright.panels.models import Meeting, Reading
from forthright.panels.selectors.against import given_on, panel_against_managers, panel_facts
from forthright.reports import services as reports
from forthright.reviews.models import Review
from forthright.reviews.services.second_marking import give_second_marks_of
from forthright.rules.panel_against import BothMarks, panel_against
from forthright.rules.rubric import Criterion, Level
from forthright.rules.sampling import Part
from forthright.rules.weeks import Week
from forthright.samples.models import DrawnLetter
from tests import given
from tests.client import as_
from tests.panels import made, marked_by_both, sittings
from tests.reviews import twice

pytestmark = pytest.mark.django_db
F, P = Level.FULLY, Level.PARTIALLY
THURSDAY = given.at("2026-10-08 09:00")
LATER = THURSDAY.date()


@pytest.fixture(autouse=True)
def _a_thursday():
    with time_machine.travel(THURSDAY, tick=True):
        yield


def line_of(area, code, until=THURSDAY):
    found = panel_against_managers(area, until=until.date())
    return next(each for each in found.lines if each.code == code)


def test_the_panel_is_stricter_where_its_members_gave_less():
    meeting = marked_by_both.closed({"B1": "NOT_MET"}, {"B1": "PARTIALLY"})
    review = Review.objects.get()

    assert line_of(meeting.area, "B1").stricter == (review.pk,)
    assert line_of(meeting.area, "B2").alike == (review.pk,)


def test_the_panel_is_milder_where_the_manager_gave_less():
    meeting = marked_by_both.closed({}, levels={"B1": "NOT_MET"})

    assert line_of(meeting.area, "B1").milder == (Review.objects.get().pk,)


def test_the_page_says_on_the_day_that_the_marks_are_closed_from_when_they_count():
    meeting = marked_by_both.closed({"B1": "NOT_MET"}, at=THURSDAY)
    reader = as_(meeting.planned_by)

    page = reader.open("/panel/against/").see("1 panel closed its marks today")

    page.see("counted from tomorrow", "to the end of yesterday no panel marked by the standard")
    page.not_see("since")


def test_a_panel_of_the_same_day_is_not_counted_before_the_day_is_over():
    meeting = marked_by_both.closed({"B1": "NOT_MET"})

    assert panel_against_managers(meeting.area, until=date(2026, 10, 7)).meetings == 0


def test_a_marking_finished_after_the_panel_closed_is_not_compared():
    meeting = marked_by_both.closed({"B1": "NOT_MET"})
    Review.objects.update(marked_at=given.at("2026-10-07 12:00"))

    found = panel_against_managers(meeting.area, until=THURSDAY.date())

    assert (found.letters, found.not_compared) == ((), 1)


def test_who_did_not_hand_in_is_not_counted():
    meeting = marked_by_both.closed({"B1": "NOT_MET"}, {})
    meeting.seats.filter(number=1).update(handed_in_at=None)

    assert line_of(meeting.area, "B1").stricter == ()


def test_who_marked_a_letter_is_not_set_against_themselves():
    meeting = marked_by_both.closed({"B1": "NOT_MET"})
    Review.objects.update(marker=meeting.seats.get().member)

    assert panel_against_managers(meeting.area, until=LATER).read == 0


def test_a_member_who_cannot_tell_says_nothing_of_a_criterion():
    meeting = marked_by_both.closed({"B1": "NOT_SURE"}, {"B1": "NOT_MET", "B2": "NOT_SURE"}, {})
    line = line_of(meeting.area, "B1")
    review = Review.objects.get()

    assert (line.stricter, line.n) == ((review.pk,), 1)
    assert line_of(meeting.area, "B2").alike == (review.pk,)
    [letter] = meeting.letters.all()
    assert given_on(letter, review)["B1"] == ["FULLY", "NOT_MET", "FULLY"]


def test_what_the_case_record_alone_decides_is_neither_asked_nor_compared():
    meeting = marked_by_both.closed({"B1": "NOT_MET"})
    Reading.objects.update(answers={"A1": "NOT_MET", "B1": "NOT_MET"})

    codes = {each.code for each in panel_against_managers(meeting.area, until=LATER).lines}

    assert not {"A1", "A2", "A9", "B5"} & {*codes, *dict(meeting.questions)}
    [letter] = meeting.letters.all()
    assert given_on(letter, Review.objects.get())["A1"] == ["FULLY"]


def test_a_member_may_say_of_each_criterion_that_the_letter_does_not_tell_it():
    given.an_area_that_reports()
    ada, keeper = sittings.a_member(), made.a_keeper()
    meeting = sittings.opened(ada, by=keeper, letters=1, scoring=Meeting.Scoring.RUBRIC)
    seat = sittings.declared(meeting.seats.get())
    page = as_(ada).open(f"/panel/packs/{seat.pk}/letters/1/")
    page.see("I cannot tell from the letter")

    page.press("Keep and stop here", **{key: "NOT_SURE" for key, _ in meeting.questions})

    as_(ada).open(f"/panel/packs/{seat.pk}/").press("Hand in my answers").see("Handed in.")


def test_a_panel_that_answered_questions_is_not_compared():
    meeting = sittings.closed()

    assert panel_facts(meeting.area, as_of=THURSDAY.date()) is None


def test_the_report_has_a_section_whose_figures_open_their_records():
    meeting = marked_by_both.closed({"B1": "NOT_MET"}, {"B1": "PARTIALLY"})
    review = Review.objects.get()

    report = reports.make_weekly_report(
        meeting.area, Week(2026, 40), by=None, at=given.at("2026-10-08 08:00")
    )

    [section] = [each for each in report.figures["sections"] if each["key"] == "panel"]
    assert section["sentences"] == [
        "Since 9 October 2025, 1 panel marked 1 letter by edition 1 of the standard.",
        "Line managers had marked 1 of them by then; 0 cannot be compared.",
    ]
    figure = report.figures["figures"]["panel-B1-stricter"]
    assert (figure["count"], figure["n"], figure["record_kind"]) == (1, 1, "review")
    assert figure["rules"] == "panel against managers 3; weekly report 21"
    assert report.records["panel-B1-stricter"] == [review.pk]
    assert report.figures["figures"]["panel-B1-mean"]["words"] == "too few to say"
    assert str(review.drawn_letter.duty_id) in report.standing
    assert any("Student’s t over letters" in each for each in report.figures["method"])


@pytest.mark.parametrize("whose", ["panel", "manager"])
def test_a_letter_that_was_chosen_is_counted_apart(whose):
    meeting = marked_by_both.closed({"B1": "NOT_MET"})
    review = Review.objects.get()
    if whose == "panel":
        meeting.letters.update(part=Part.TARGETED)
    else:
        review.drawn_letter.part = Part.TARGETED
        review.drawn_letter.save()

    line = line_of(meeting.area, "B1")

    assert (line.n, line.chosen.stricter) == (0, (review.pk,))
    page = as_(given.a_person(Role.INSPECTOR)).open("/panel/against/")
    page.see("0 came by lot both to the panel", "drawn for a theme or looked for")
    as_(review.marker).open("/panel/against/B1/").see("chosen")
    report = reports.make_weekly_report(
        meeting.area, Week(2026, 40), by=None, at=given.at("2026-10-08 08:00")
    )
    figures = report.figures["figures"]
    assert "panel-B1-mean" not in figures
    assert figures["panel-B1-chosen"]["words"].startswith("stricter on 1")
    assert report.records["panel-B1-chosen"] == [review.pk]


def test_a_report_without_a_panel_by_the_standard_has_no_such_section():
    meeting = sittings.closed()

    report = reports.make_weekly_report(
        given.an_area_that_reports(meeting.area.name), Week(2026, 40), by=None, at=THURSDAY
    )

    assert "panel" not in [each["key"] for each in report.figures["sections"]]


def test_a_figure_opens_its_letters_for_who_may_see_them():
    marked_by_both.closed({"B1": "NOT_MET"}, {"B1": "PARTIALLY"})
    review = Review.objects.get()

    page = (
        as_(review.marker)
        .open("/agreement/")
        .follow("how the independent panel marks against line managers")
    )
    page.see("Counted by panel against managers 3", "1 panel marked 1 letter")
    page = page.follow("1 letter that both marked on B1")

    page.see(review.drawn_letter.duty.reference, "Fully meets", "1 × Does not meet", "−1.50")
    assert Event.objects.filter(name="panel.against_opened", by=review.marker).count() == 1


def test_who_may_not_see_the_letters_is_told_how_many_there_are():
    marked_by_both.closed({"B1": "NOT_MET"})
    stranger = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.FRAUD))

    page = as_(stranger).open("/panel/against/B1/")

    page.see("1 more is counted and is not yours to see.")
    page.not_see(Review.objects.get().drawn_letter.duty.reference)


def test_a_member_of_the_panel_never_sees_what_managers_gave():
    meeting = marked_by_both.closed({"B1": "NOT_MET"})
    member = meeting.seats.get().member

    for address in ("/panel/against/", "/panel/against/B1/"):
        as_(member).open(address, status=403)


@pytest.mark.parametrize("part", [Part.RANDOM, Part.TARGETED])
@pytest.mark.parametrize("level", ["FULLY", "NOT_APPLICABLE"])
def test_who_has_yet_to_mark_a_letter_blind_is_shown_no_figure_and_no_letter(part, level):
    # On A10 it may count for nothing, which would tell how it was marked.
    marked_by_both.closed({"B1": "NOT_MET", "A10": level})
    second = twice.a_manager(Unit.Kind.MAGISTRATES)
    review = Review.objects.get()
    DrawnLetter.objects.filter(pk=review.drawn_letter_id).update(part=part)
    marking = give_second_marks_of(
        review, second, because="by lot, 20 in 100", by=None, at=given.NOON
    )
    browser = as_(second)

    whole, *by_criterion = (
        browser.open(f"/panel/against/{each}") for each in ("", "A10/", "B1/", "B2/")
    )

    held_back = "You have yet to mark 1 of the letters behind these figures"
    whole.see(held_back, "1 panel marked 1 letter").not_see("that both marked on", "1.50")
    for page in by_criterion:
        page.see(held_back, "edition 1 of the standard. Counted by panel against managers 3")
        page.not_see(review.drawn_letter.duty.reference, "stricter", "not yours to see")
    twice.mark_again(marking)
    browser.open("/panel/against/").not_see(held_back).follow(
        "1 letter that both marked on B1" if part == Part.RANDOM else
        "1 letter drawn for a theme or looked for, on B1"
    ).see("stricter on 1, alike on 0")  # fmt: skip


def test_ten_letters_and_more_are_drawn_as_signed_bars():
    lines = panel_against(
        [
            BothMarks(review=n, manager={"B1": F}, members=[{"B1": (F, P)[n % 2]}])
            for n in range(12)
        ],
        [Criterion(code="B1", title="Reasons", levels={})],
    )

    drawn = against_chart(lines)

    assert "−0.50 (−0.83 to −0.17), 12 letters" in drawn
    # The bar ends at the middle line, to the left of which the panel was stricter.
    bar = ElementTree.fromstring(drawn).find("{*}rect").attrib
    assert float(bar["x"]) + float(bar["width"]) == pytest.approx(240, abs=0.2)
