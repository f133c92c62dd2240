"""Agreement by criterion, from second marks; each figure opens the letters one may see."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.calibration.selectors.agreement import agreement_in
from forthright.reports.services import make_weekly_report
from forthright.reviews.models import SecondMarking
from forthright.reviews.services.second_marking import give_second_marks_of
from forthright.rules.second_marks import MARKED_BEFORE
from forthright.rules.weeks import Week
from forthright.samples.models import DrawnLetter
from tests import given
from tests.client import as_
from tests.reviews import twice
from tests.reviews.test_marked_twice import marked_again

pytestmark = pytest.mark.django_db
TUESDAY = given.at("2026-10-06 09:00")
TWO_HOURS_LATER = twice.LATER + timedelta(hours=2)


@pytest.fixture(autouse=True)
def _a_tuesday():
    with time_machine.travel(TUESDAY, tick=True):
        yield


def line_of(area, code):
    lines = agreement_in(area, until=TUESDAY.date()).lines
    return next(each for each in lines if each.criterion.code == code)


def test_below_thirty_letters_only_counts_are_said():
    marking = twice.a_finished_second_marking({"B1": "NOT_MET"})

    split, alike = (line_of(marking.area, code) for code in ("B1", "B2"))

    assert split.said.words == (
        "0 of 1 letters were marked alike (too few to say more: 30 are needed)"
    )
    assert alike.alike == (marking.review_id,)


def marked_twice(first, second, *, sent_at=None, because="by lot, 20 in 100"):
    """Return a letter with the first and second level given on A5; in time, the record gives it."""
    sent = {"sent_at": sent_at, "levels": {"A5": first}} if sent_at else {}
    review = given.a_marked_letter(**sent)
    marking = give_second_marks_of(
        review, twice.a_manager(Unit.Kind.FRAUD), because=because, by=None, at=twice.LATER
    )
    twice.mark_again(marking, {"A5": second} if sent_at else None)
    return review


@pytest.mark.parametrize("because", ["by lot, 20 in 100", MARKED_BEFORE])
def test_what_the_record_alone_gives_is_no_agreement(because):
    in_time = marked_twice("NOT_APPLICABLE", "NOT_APPLICABLE", because=because)
    late = [
        marked_twice("FULLY", level, sent_at=given.at("2026-09-30 09:00"), because=because)
        for level in ("FULLY", "NOT_MET")
    ]
    is_by_lot = because != MARKED_BEFORE

    lines = {code: line_of(in_time.area, code) for code in ("A5", "A10")}
    shown = as_(given.a_person(Role.SENIOR_MANAGER)).open("/agreement/A5/")

    counted = [
        (set(line.alike), set(line.reviews))
        if is_by_lot
        else (set(line.others_alike), set(line.others))
        for line in lines.values()
    ]
    assert counted[0] == ({late[0].pk}, {each.pk for each in late})
    assert len(shown.rows()) == 2
    shown.see("What nobody judged on A5").not_see(in_time.drawn_letter.duty.reference)
    # Of an answer to a complaint a marker may say otherwise than the record.
    assert counted[1][1] == {in_time.pk, *(each.pk for each in late)}


def test_where_nobody_judged_anything_the_report_has_no_agreement_of_it():
    area = marked_twice("NOT_APPLICABLE", "NOT_APPLICABLE").area

    report = make_weekly_report(area, Week(2026, 40), by=None, at=TUESDAY)

    figures = report.figures["figures"]
    assert "agree-A5" not in figures
    judged = figures["agree-A10"]
    assert judged["words"] == "1 of 1 (too few to say)"
    assert "then by lot for second marks, judged on A10" in judged["population"]


@pytest.mark.parametrize("because", ["by lot, 20 in 100", MARKED_BEFORE])
def test_a_letter_that_two_plans_drew_is_one_letter(because):
    first = given.a_marked_letter(levels={"B1": "FULLY"})
    both = [first, marked_again(first, {"B1": "FULLY"})]
    markings = [
        give_second_marks_of(
            each, twice.a_manager(kind), because=because, by=None, at=twice.LATER
        )
        for each, kind in zip(both, (Unit.Kind.FRAUD, Unit.Kind.RASSO), strict=True)
    ]  # fmt: skip
    # That of the later marking is finished first, and otherwise than the other.
    twice.mark_again(markings[1], {"B1": "NOT_MET"})

    waits = make_weekly_report(first.area, Week(2026, 40), by=None, at=TUESDAY)
    twice.mark_again(markings[0], {"B1": "FULLY"})
    SecondMarking.objects.filter(pk=markings[0].pk).update(marked_at=TWO_HOURS_LATER)
    done = make_weekly_report(first.area, Week(2026, 39), by=None, at=TUESDAY)
    shown = as_(given.a_person(Role.SENIOR_MANAGER)).open("/agreement/B1/")

    said = [each.figures["figures"]["second-done"] for each in (waits, done)]
    assert [(each["count"], each["n"]) for each in said] == [(0, 1), (1, 1)]
    [section] = [each for each in done.figures["sections"] if each["key"] == "agreement"]
    assert "1 letter was chosen for second marks; 1 have all of them." in section["sentences"][0]
    line = line_of(first.area, "B1")
    counted = (
        (line.others_alike, line.others) if because == MARKED_BEFORE else (line.alike, line.reviews)
    )
    assert counted == ((), (both[1].pk,))
    assert [row[3] for row in shown.rows()] == ["No"]


@pytest.mark.parametrize("chosen", ["in doubt", "on purpose", "marked before"])
def test_what_chance_did_not_choose_is_counted_apart_and_opens_its_letters_too(chosen):
    by_lot = twice.a_finished_second_marking()
    other = given.a_marked_letter(levels={"B1": "NOT_MET"}, marker=by_lot.review.marker)
    because = {"in doubt": "a critical pass is in doubt: A1", "marked before": MARKED_BEFORE}
    if chosen == "on purpose":
        DrawnLetter.objects.filter(pk=other.drawn_letter_id).update(part="TARGETED")
    twice.mark_again(
        give_second_marks_of(
            other, by_lot.marker, because=because.get(chosen, "by lot, 20 in 100"), by=None,
            at=twice.LATER,
        ),
        {"B1": "FULLY"},
    )  # fmt: skip

    line = line_of(by_lot.area, "B1")
    page = as_(by_lot.marker).open("/agreement/")

    assert (line.alike, line.reviews) == ((by_lot.review_id,),) * 2
    assert (line.others_alike, line.others) == ((), (other.pk,))
    page.see("said of 1 of these: of letters drawn at random", "0 of 1")
    letters = page.follow("0 of 1 letters chosen otherwise marked alike on B1")
    assert sorted(row[-1] for row in letters.rows()) == ["Beside it", "By lot"]


def test_a_figure_opens_its_letters_for_who_may_see_them():
    marking = twice.a_finished_second_marking({"B1": "NOT_MET"})
    reference = marking.review.drawn_letter.duty.reference

    page = (
        as_(marking.review.marker).open("/agreement/").follow("0 of 1 letters marked alike on B1")
    )

    page.see(reference, "Does not meet").not_see("not yours to see")
    assert Event.objects.filter(name="agreement.opened").count() == 1


def test_who_may_not_see_the_letters_is_told_how_many_there_are():
    marking = twice.a_finished_second_marking()
    stranger = twice.a_manager(Unit.Kind.FRAUD)

    page = as_(stranger).open("/agreement/B1/")

    page.see("1 more is counted and is not yours to see.")
    page.not_see(marking.review.drawn_letter.duty.reference)


def test_another_area_has_its_own_figures():
    twice.a_finished_second_marking()
    given.an_area_that_reports("Wessex")
    stranger = given.a_person(Role.LINE_MANAGER, area=given.an_area("Wessex"))

    as_(stranger).open("/agreement/").see("No second marks were finished")

    assert as_(stranger).try_("GET", "/agreement/B1/") == 404


def test_the_wrong_role_and_the_wrong_method_are_turned_away():
    assert as_(given.a_liaison_officer()).try_("GET", "/agreement/") == 403
    assert as_(given.a_person(Role.LINE_MANAGER)).try_("POST", "/agreement/") == 405
