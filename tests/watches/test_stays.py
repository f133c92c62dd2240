"""A complete watch stays as its author saw it, and counts nowhere before they could see it."""

from datetime import date, timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.peer_checks.models import PartTold
from forthright.peer_checks.services.telling import decide_part, dispute_part
from forthright.reports.selectors.loop import loop_of
from forthright.reviews.services.disputing import accept_dispute, dispute_mark
from forthright.reviews.services.telling import tell_drafter
from forthright.rules.weeks import week_of
from forthright.watches.models import OutcomeSeen
from forthright.watches.selectors.rates import rates_for
from forthright.watches.selectors.watching import watches_of
from forthright.watches.services.seeing import see_watch
from tests import given
from tests.calibration.rounds_given import adopt
from tests.client import as_
from tests.reviews import twice
from tests.watches.faults import a_letter_marked, another_letter, told_by_a_marking, told_of_a_fault

pytestmark = pytest.mark.django_db
LATER = given.NOON + timedelta(hours=3)
TOO_LATE = given.NOON + timedelta(days=8)


@pytest.fixture
def told():
    """Return what an author was told of, where the next two letters are watched."""
    author = given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=given.a_unit(Unit.Kind.VLU))
    feedback = told_by_a_marking(marker=twice.a_manager(), author=author)
    adopt(feedback.area, letters_watched=2)
    return feedback


def the_watch(feedback, now=LATER):
    duty = feedback.review.drawn_letter.duty_id
    [found] = [each for each in watches_of(feedback.area, now=now) if each.of.duty_id == duty]
    return found


def marked(told, *, minutes, **letter):
    return a_letter_marked(told, marker=told.told_by, minutes=minutes, **letter)


def test_a_letter_that_is_marked_later_changes_no_outcome_that_its_author_saw(told):
    for minutes in (20, 30):
        marked(told, minutes=minutes)
    saw = the_watch(told)
    see_watch(saw, by=told.drafter, at=LATER)
    marked(told, minutes=240, written=10, again=True)

    found = the_watch(told, now=LATER + timedelta(hours=2))

    assert found.watch == saw.watch
    assert found.watch.words == "2 of the next 2 letters looked at: the fault has not come again."
    assert (found.complete_at, found.seen_at) == (given.NOON + timedelta(minutes=30), LATER)


def test_a_marking_counts_once_its_author_was_told_of_it(told):
    marked(told, minutes=20)
    untold = marked(told, minutes=30, again=True, is_told=False)

    before = the_watch(told)
    tell_drafter(untold, by=told.told_by, at=LATER - timedelta(hours=1), text="Say why it ended.")

    assert len(before.watch.seen) == 1
    assert the_watch(told).watch.words == (
        "2 of the next 2 letters looked at: the fault came again in 1."
    )


def test_a_look_at_what_was_no_outcome_yet_opens_it_to_nobody_and_the_next_look_does(told):
    for minutes in (20, 30):
        marked(told, minutes=minutes, again=True)
    see_watch(the_watch(told), by=told.drafter, at=LATER)
    OutcomeSeen.objects.update(seen_at=given.NOON + timedelta(minutes=25))
    assert not the_watch(told).is_open_to_others(LATER)

    see_watch(the_watch(told), by=told.drafter, at=LATER)

    assert the_watch(told).is_open_to_others(LATER)
    assert OutcomeSeen.objects.get().seen_at == LATER
    assert Event.objects.filter(name="watch.outcome_seen").count() == 2


def test_no_rate_and_no_report_counts_an_outcome_that_its_author_is_to_see_first(told):
    for minutes in (20, 30):
        marked(told, minutes=minutes, again=True)
    manager = given.a_person(Role.LEGAL_MANAGER)

    first, later = (rates_for(manager, at).rates[0] for at in (LATER, TOO_LATE))
    with time_machine.travel(LATER, tick=False):
        page = as_(manager).open("/watches/rates/")

    # Those told of meanwhile share letters with the first, or wait for theirs.
    assert (first.repeated.counts.n, first.for_author_first) == (0, 1)
    assert (later.repeated.counts.n, later.for_author_first) == (1, 0)
    page.see("For the author to see first")
    reported = loop_of(told.area, week_of(given.NOON.date()), as_of=given.at("2026-10-07").date())
    assert [each.is_shown for each in reported.watches if each.is_complete] == [False]


def test_a_new_edition_of_the_numbers_changes_no_outcome_of_what_was_told_before(told):
    for minutes in (20, 30):
        marked(told, minutes=minutes)
    see_watch(the_watch(told), by=told.drafter, at=LATER)
    saw = the_watch(told)
    adopt(told.area, at=LATER, letters_watched=3, author_first_days=20)

    found = the_watch(told, now=LATER + timedelta(hours=1))
    told_since = marked(told, minutes=240, again=True)
    newest = watches_of(told.area, now=LATER + timedelta(hours=2))[0]

    assert found == saw
    assert (newest.of.duty_id, newest.watch.wanted) == (told_since.drawn_letter.duty_id, 3)
    rules = rates_for(given.a_person(Role.LEGAL_MANAGER), LATER + timedelta(hours=2)).rules
    for words in ("next 2 letters", "next 3 letters", "in force when each was told"):
        assert words in rules


def accept_dispute_of_check(asked):
    again = another_letter(asked, days=1, again=True)
    part = PartTold.objects.get(check_of=again, about=PartTold.About.WORDS)
    at, decider = again.answered_at, given.a_person(Role.LEGAL_MANAGER)
    yield
    dispute_part(part, reason="It stands in the second part.", by=part.recipient, at=at)
    decide_part(part, "ACCEPTED", reason="It does stand there.", by=decider, at=at)


def accept_dispute_of_marking(told):
    review = marked(told, minutes=20, again=True)
    feedback, mark = review.feedback, review.marks.get(criterion__code="B1")
    at, decider = given.NOON + timedelta(minutes=40), given.a_person(Role.LEGAL_MANAGER)
    yield
    dispute = dispute_mark(feedback, mark, by=feedback.drafter, at=at, reason="It says why.")
    accept_dispute(dispute, by=decider, at=at, reason="It does say why.", new_level="FULLY")


@pytest.mark.parametrize("code", ["A6", "B1"])
def test_an_accepted_dispute_takes_the_fault_out_of_watch_rate_and_report(told, code):
    source = told_of_a_fault() if code == "A6" else told
    adopt(source.area, letters_watched=1)
    accept = accept_dispute_of_check if code == "A6" else accept_dispute_of_marking
    next(steps := accept(source))

    def found():
        told_of = watches_of(source.area, now=TOO_LATE)
        [first, *_] = [each for each in reversed(told_of) if each.of.told.criterion == code]
        rates = rates_for(given.a_person(Role.LEGAL_MANAGER), TOO_LATE).rates
        [rate] = [each for each in rates if each.criterion == code]
        reported = loop_of(source.area, week_of(TOO_LATE.date()), as_of=date(2026, 10, 20))
        said = [each.is_again for each in reported.watches if each.criterion == code]
        return len(first.watch.again), rate.repeated.counts.met, any(said)

    assert found() == (1, 1, True)
    next(steps, None)
    assert found() == (0, 0, False)
