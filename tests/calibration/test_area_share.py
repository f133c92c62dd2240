"""The Area's share as marked and adjusted open the letters they are of, for who may see them."""

from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.calibration.selectors.comparing import sampled
from forthright.calibration.selectors.reporting import trust_facts
from forthright.calibration.services.leniency import make_leniency_run
from forthright.reports import selectors as reports
from forthright.reviews.services import accept_dispute
from forthright.rules.weeks import week_of
from forthright.web.models import Job
from tests import given
from tests.calibration.rounds_given import LATER, a_leader
from tests.client import as_
from tests.reviews import twice
from tests.standards.a_new_wording import adopt_another

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(LATER, tick=True):
        yield


def worked_out():
    good, bad = given.a_marked_letter(), given.a_marked_letter(levels={"B1": "NOT_MET"})
    return good, bad, make_leniency_run(good.area, by=None, at=LATER)


def test_both_figures_open_the_letters_that_they_are_of():
    good, bad, run = worked_out()
    assert (run.raw_met, run.raw_n) == (1, 2)

    page = as_(a_leader()).open("/leniency/")
    page.see("As marked".lower(), "trust 11, numbers", "too few to say (of 2 letters)")
    letters = page.follow("1 of 2 (too few to say)")

    letters.see(f"{good.drawn_letter.called}, {good.unit}", "fully meets the standard",
                f"{bad.drawn_letter.called}, {bad.unit}", "does not fully meet it")  # fmt: skip
    opened = Event.objects.get(name="leniency.letters_opened")
    assert opened.detail["reviews"] == [good.pk, bad.pk]


def test_both_are_by_one_edition_of_the_standard_and_say_how_many_are_left_out():
    before = given.a_marked_letter()
    adopt_another(before.edition, of=given.NOON.date())
    after = given.a_marked_letter(levels={"B1": "NOT_MET"})

    run = make_leniency_run(before.area, by=None, at=LATER)

    assert (run.raw_met, run.raw_n) == (0, 1)
    said = "by edition 2 of the standard; 1 by other editions left out"
    as_(a_leader()).open("/leniency/").see(said)
    letters = as_(a_leader()).open("/leniency/letters/")
    letters.see(said, after.drawn_letter.called).not_see(before.drawn_letter.called)
    day = LATER.date() + timedelta(days=1)
    held = trust_facts(before.area, week_of(given.NOON.date()), as_of=day).leniency
    assert (held.sampled, held.edition, held.other_editions) == ((after.pk,), 2, 1)


def a_decided_letter(at=given.NOON):
    """Return a marking that a dispute made meet the standard, decided at a moment."""
    dispute = given.a_disputed_mark()
    decider = given.a_person(Role.LEGAL_MANAGER)
    accept_dispute(dispute, by=decider, at=at, new_level="FULLY", reason="It is there.")
    return dispute.feedback.review


def test_a_letter_counts_as_decided_where_a_dispute_was_accepted_in_every_share_of_the_report():
    good, decided = given.a_marked_letter(), a_decided_letter()

    run = make_leniency_run(good.area, by=None, at=LATER)

    assert (run.raw_met, run.raw_n) == (2, 2)
    assert "counts as decided where a dispute was accepted" in run.area_method
    drawn = decided.drawn_letter
    week = week_of(drawn.draw.week)
    day = LATER.date() + timedelta(days=1)
    facts, _ = reports.facts_for_week(drawn.area, week, as_of=day)
    pooled = {each.id for each in facts.drawn if each.overall == "FULLY"}
    assert pooled == {drawn.pk, good.drawn_letter_id}
    assert trust_facts(drawn.area, week, as_of=day).leniency.met == (good.pk, decided.pk)
    letters = as_(a_leader()).open("/leniency/letters/")
    letters.see("as decided where a dispute was accepted").not_see("does not fully meet it")


def test_what_was_decided_after_a_share_was_worked_out_changes_none_of_its_letters():
    review = a_decided_letter(at=LATER + timedelta(days=1))
    since = given.NOON - timedelta(days=1)

    before = sampled(review.area, since, LATER).verdicts[review.pk]
    after = sampled(review.area, since, LATER + timedelta(days=2)).verdicts[review.pk]

    assert (before.is_met, before.marker) == (False, review.marker_id)
    # Whoever decided is no marker, and their leniency is not what is taken off.
    assert (after.is_met, after.marker) == (True, None)


def test_of_two_decisions_the_first_counts_before_the_second():
    review = given.a_marked_letter(levels={"B1": "NOT_MET", "B2": "NOT_MET"})
    feedback = given.tell_drafter(review, by=review.marker, at=given.NOON, text="Say why.")
    decider = given.a_person(Role.LEGAL_MANAGER)
    for days, code in enumerate(("B1", "B2")):
        mark = review.marks.get(criterion__code=code)
        dispute = given.dispute_mark(
            feedback, mark, by=feedback.drafter, at=given.NOON, reason="It is there."
        )
        accept_dispute(
            dispute, by=decider, at=given.NOON + timedelta(days=days), new_level="FULLY",
            reason="It is.",
        )  # fmt: skip

    met = [
        sampled(review.area, given.NOON - timedelta(days=1), given.NOON + timedelta(hours=hours))
        .verdicts[review.pk]
        .is_met
        for hours in (0, 1, 25)
    ]

    assert met == [False, False, True]


def test_shares_of_before_are_worked_out_anew_by_the_next_version():
    *_, run = worked_out()
    ask = import_module("forthright.calibration.migrations.0004_shares_as_decided").ask_for_shares

    ask(apps, None)
    ask(apps, None)

    assert [job.area_id for job in Job.objects.filter(name="calibration.leniency")] == [run.area_id]


def test_what_was_marked_after_it_was_worked_out_is_not_among_them():
    worked_out()
    later = given.a_marked_letter()
    type(later).objects.filter(pk=later.pk).update(marked_at=LATER.replace(hour=23))

    as_(a_leader()).open("/leniency/letters/").not_see(later.drawn_letter.called)


def test_letters_out_of_reach_are_counted_and_not_named():
    good, bad, _ = worked_out()
    elsewhere = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.RASSO))

    page = as_(elsewhere).open("/leniency/letters/")

    page.see("2 are not yours to see.").not_see(good.drawn_letter.called, bad.drawn_letter.called)


def test_neither_share_is_shown_to_whoever_has_yet_to_mark_one_of_the_letters_blind():
    marking = twice.a_second_marking()
    make_leniency_run(marking.area, by=None, at=LATER)

    for address in ("/leniency/", "/leniency/letters/"):
        page = as_(marking.marker).open(address)
        page.see("yet to mark 1 of the letters behind the Area’s shares").not_see("of 1 (too few")
        as_(a_leader()).open(address).see("of 1 (too few").not_see("yet to mark")


def test_before_anything_is_worked_out_it_says_so():
    given.a_marked_letter()

    page = as_(a_leader()).open("/leniency/letters/")

    assert page.address == "/leniency/"
    assert "Nothing is worked out yet" in page.text


def test_the_wrong_role_does_not_reach_it():
    assert as_(given.a_liaison_officer()).try_("GET", "/leniency/letters/") == 403
