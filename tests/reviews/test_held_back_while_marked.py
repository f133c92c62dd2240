"""What is held back once a marking has begun is read on no page of it; what was kept stays kept."""

from dataclasses import replace

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.cases.models import PersonToTell
from forthright.disclosure.selectors.papers import papers_of
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.bringing import check_delivery, take_in
from forthright.disclosure.services.holding import hold_back
from forthright.disclosure.services.managing import write_document
from forthright.reviews.models import MarkedPapers, SecondMarking
from forthright.reviews.services import Answer, finish_review, open_review, save_marks
from forthright.reviews.services.marking import save_summary
from forthright.reviews.services.second_marking import open_second_marking
from tests import given
from tests.client import as_
from tests.disclosure import duties, sampled

pytestmark = pytest.mark.django_db

LOG = "Storm incident log 1881"
BESIDE = "First account of Mrs Oduya to PC Khan"


def begun(role=Role.LINE_MANAGER, kind=Unit.Kind.CROWN_COURT):
    """Return a marking that has begun, and its duty."""
    duty = sampled.a_served_duty()
    marker = sampled.a_marker(role=role, unit=given.a_unit(kind))
    return duty, open_review(sampled.drawn(duty, marker), by=marker, at=sampled.LATER)


def held(duty):
    item = next(line.item for line in lines_of(duty) if line.item.number == 2)
    hold_back(item, reason="It names her", by=duties.a_lawyer(), at=sampled.LATER)


def moved(duty):
    """Let the item come on a sensitive schedule that is taken in; whom it names the case knows."""
    PersonToTell.objects.create(case=duty.case, key="oduya", title="Mrs", family_name="Oduya")
    sensitive = duties.a_schedule(duties.SECRET, duties.OPEN_ITEMS[1], form="MG6D")
    came = check_delivery(
        duty, duties.written(mg6d_csv=sensitive), police_unit=duties.a_police_unit(),
        is_whole=False, by=None, at=sampled.LATER,
    )  # fmt: skip
    take_in(came, let_go=duties.letting_go(came), by=None, at=sampled.LATER)


def screen(review, person=None):
    with time_machine.travel(sampled.LATER, tick=False):
        person = as_(person or review.marker)
        return person.open(f"/reviews/{review.drawn_letter_id}/mark/")


@pytest.mark.parametrize("hide", [held, moved])
@pytest.mark.parametrize(
    ("role", "kind"),
    [(Role.LINE_MANAGER, Unit.Kind.CROWN_COURT), (Role.LEGAL_MANAGER, Unit.Kind.RASSO)],
)
def test_its_marker_reads_it_no_more(hide, role, kind):
    duty, review = begun(role, kind)
    screen(review).see(LOG)

    hide(duty)

    page = screen(review).see("MG6C item 2: its words are left out here.", BESIDE)
    page.not_see(LOG, "It is about another address")
    assert LOG in MarkedPapers.objects.get(review=review).text


def test_what_was_quoted_of_it_is_left_out_and_kept_when_the_marks_are_saved_again():
    duty, review = begun()
    answer = Answer(level="PARTIALLY", quotation=LOG, note="Which?")
    beside = Answer(level="PARTIALLY", quotation=BESIDE, note="Whose?")
    save_marks(review, {"D4": answer, "D5": beside}, by=review.marker, at=sampled.LATER)
    held(duty)

    page = screen(review).not_see(LOG).see(BESIDE)
    with time_machine.travel(sampled.LATER, tick=False):
        page.press("Save and go on later")

    kept = dict(review.marks.values_list("criterion__code", "quotation"))
    assert (kept["D4"], kept["D5"]) == (LOG, BESIDE)
    saved = save_marks(
        review, {"D3": Answer(level="PARTIALLY", quotation=LOG)}, by=review.marker,
        at=sampled.LATER,
    )  # fmt: skip
    assert set(saved.problems) == {"D3"}


def test_nobody_listeds_it_in_finished_marks_or_gives_second_marks_on_it():
    duty, review = begun()
    answers = sampled.answers_for(review, {"D4": "PARTIALLY"})
    answers["D4"] = Answer(level="PARTIALLY", quotation=LOG, note="Which?")
    save_marks(review, answers, by=review.marker, at=sampled.LATER)
    save_summary(review, sampled.SUMMARY, by=review.marker, at=sampled.LATER)
    finish_review(review, by=review.marker, at=sampled.LATER)
    second = sampled.a_marker(unit=given.a_unit(Unit.Kind.RASSO))
    marking = SecondMarking.objects.create(
        area=review.area, unit=review.unit, review=review, marker=second, chosen_at=sampled.LATER,
    )  # fmt: skip
    held(duty)

    sheet = open_second_marking(marking, by=second, at=sampled.LATER)

    assert LOG not in sheet.text
    assert BESIDE in sheet.text
    with time_machine.travel(sampled.LATER, tick=False):
        as_(review.marker).open(f"/reviews/{review.drawn_letter_id}/").not_see(LOG)


def test_a_document_that_repeats_it_is_in_no_papers():
    duty = duties.approved()
    write_document(
        duty, {"issues": f"Whether the {LOG.lower()} of 1 June shows who was there."},
        by=duties.a_lawyer(), at=given.NOON,
    )  # fmt: skip
    duty = duties.served_after_approval(duty)
    marker = sampled.a_marker(role=Role.LINE_MANAGER)
    review = open_review(sampled.drawn(duty, marker), by=marker, at=sampled.LATER)
    screen(review).see("storm incident log 1881")

    held(duty)

    assert "storm incident log" not in papers_of(duty, given.NOON.date())
    page = screen(review).not_see("storm incident log")
    page.see("The case and its issues: its words are left out here.")


@pytest.mark.parametrize(
    ("role", "reads"), [(Role.LINE_MANAGER, False), (Role.LEGAL_MANAGER, True)]
)
def test_what_was_written_of_it_is_left_out_for_who_may_not_see_it_and_is_kept(role, reads):
    duty, review = begun(role)
    words = f"The {LOG.lower()} of Quarmby Lane"
    answer = Answer(level="PARTIALLY", note=words)
    save_marks(review, {"D4": answer}, by=review.marker, at=sampled.LATER)
    whole = replace(sampled.SUMMARY, to_change=words)
    save_summary(review, whole, by=review.marker, at=sampled.LATER)
    held(duty)

    page = screen(review)
    if reads:
        page.see(words)
    else:
        page.not_see(LOG.lower(), "Quarmby").see("These words are left out here")
    with time_machine.travel(sampled.LATER, tick=False):
        page = page.press("Save and go on later")
    # Who reads them is asked to mend them; who does not changes nothing by saving.
    page.see("say it without “storm incident log”" if reads else "Saved.")

    review.refresh_from_db()
    assert (review.marks.get().note, review.to_change) == (words, words)


def test_a_reason_beside_another_item_that_had_told_of_it_is_left_out_too():
    duty = duties.reviewing()
    lawyer = duties.a_lawyer()
    codes = duties.CODES | {1: ("ND", "The storm incident log 1881 of Quarmby says so")}
    duty = duties.approve_and_serve(duties.endorse_all(duty, by=lawyer, codes=codes))
    marker = sampled.a_marker(role=Role.LINE_MANAGER)
    review = open_review(sampled.drawn(duty, marker), by=marker, at=sampled.LATER)
    record = f"/disclosure/{duty.pk}/record/"
    screen(review).see("Quarmby")
    as_(marker).open(record).see("Quarmby")

    held(duty)

    assert "Quarmby" not in papers_of(duty, given.NOON.date())
    screen(review).not_see("Quarmby").see("MG6C item 1: its words are left out here.")
    as_(marker).open(record).not_see("Quarmby")
    as_(lawyer).open(record).see("Quarmby")
