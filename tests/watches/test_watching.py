"""An author's next five letters are watched, and the author is the first to see the outcome."""

from datetime import timedelta

import pytest
import time_machine
from django.http import Http404

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.peer_checks.models import PartTold
from forthright.peer_checks.services.telling import decide_part, dispute_part
from forthright.watches.selectors.rates import rates_for
from forthright.watches.selectors.watching import watch_for, watches_for, watches_of
from forthright.watches.services.seeing import see_watch
from tests import given
from tests.client import as_
from tests.peer_checks.looked_at import LATER
from tests.watches.faults import another_letter, told_of_a_fault

pytestmark = pytest.mark.django_db
SOON = given.NOON + timedelta(days=9)


def the_watch(asked, now=SOON):
    [found] = [
        each
        for each in watches_of(asked.area, now=now)
        if each.of.told.letter == str(asked.letter_id)
    ]
    return found


def test_a_fault_that_an_author_was_told_of_is_watched_in_their_next_letters():
    asked = told_of_a_fault()
    another_letter(asked, days=1)
    another_letter(asked, days=2, again=True)

    watch = the_watch(asked).watch

    assert watch.words == "2 of the next 5 letters looked at: the fault came again in 1."


def test_the_mended_letter_itself_is_not_one_of_the_next():
    asked = told_of_a_fault()

    assert the_watch(asked).watch.seen == ()


def test_a_marking_counts_among_the_next_letters_and_tells_of_faults_too():
    drafter = given.a_liaison_officer()
    feedback = given.a_told_drafter(drafter=drafter)

    [watched] = watches_of(feedback.area, now=SOON)

    assert (watched.of.source, watched.of.told.criterion) == ("review", "B1")
    assert watched.of.author_id == drafter.pk


def test_a_fault_whose_dispute_was_accepted_is_watched_for_no_longer():
    asked = told_of_a_fault()
    part = PartTold.objects.get(check_of=asked)
    dispute_part(part, reason="It stands in the second part.", by=part.recipient, at=LATER)
    decider = given.a_person(Role.LEGAL_MANAGER)

    decide_part(part, "ACCEPTED", reason="It does stand there.", by=decider, at=LATER)

    assert watches_of(asked.area, now=SOON) == []


# Slow: six letters are drafted, put forward and looked at.
@pytest.mark.slow
def test_the_outcome_is_the_authors_first_then_whoever_told_and_the_manager_of_their_unit():
    asked = told_of_a_fault()
    for days in range(1, 6):
        another_letter(asked, days=days, again=days == 3)
    manager = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))
    stranger = given.a_person(Role.LINE_MANAGER)
    watched = the_watch(asked)

    with pytest.raises(Http404):
        watch_for(manager, watched.of.key, SOON)
    with pytest.raises(Http404):
        watch_for(asked.checker, watched.of.key, SOON)
    see_watch(watched, by=asked.drafter, at=SOON)

    assert watch_for(manager, watched.of.key, SOON).watch.again
    assert watch_for(asked.checker, watched.of.key, SOON).watch.again
    with pytest.raises(Http404):
        watch_for(stranger, watched.of.key, SOON)
    assert watches_for(stranger, SOON) == ([], [], [], frozenset())


# Slow: as above.
@pytest.mark.slow
def test_after_some_days_the_outcome_is_open_to_both_though_the_author_did_not_look():
    asked = told_of_a_fault()
    for days in range(1, 6):
        another_letter(asked, days=days)
    watched = the_watch(asked)

    later = SOON + timedelta(days=7)

    assert watch_for(asked.checker, watched.of.key, later).is_complete


def test_a_rate_is_of_complete_watches_and_the_open_ones_stand_beside_it():
    asked = told_of_a_fault()
    another_letter(asked)

    found = rates_for(given.a_person(Role.LEGAL_MANAGER), SOON)

    [rate] = found.rates
    assert (rate.criterion, rate.repeated.counts.n, rate.still_open) == ("A6", 0, 1)
    assert "1 watch is still open" in rate.words


def test_the_pages_show_the_author_and_the_checker_their_own():
    asked = told_of_a_fault()
    another_letter(asked)
    with time_machine.travel(SOON, tick=False):
        page = as_(asked.drafter).open("/watches/")
        page.see("Of your letters", "A6", "1 of the next 5 letters looked at")
        one = as_(asked.drafter).open(page.links[next(k for k in page.links if k.startswith("A6"))])
        one.see("the fault has not come again", "Not again")

        told = as_(asked.checker).open("/watches/")

    told.see("Of what you told others", "Its author sees the outcome first.")
    told.not_see("the fault has not come again")


def test_an_author_who_read_the_outcome_in_their_list_has_seen_it():
    asked = told_of_a_fault()
    for number in range(1, 6):
        another_letter(asked, again=number == 3, days=number)
    told, author = as_(asked.checker), as_(asked.drafter)
    with time_machine.travel(SOON, tick=False):
        told.open("/watches/").see("Complete: its author sees the outcome first.")
        assert not the_watch(asked).is_open_to_others(SOON)
        for _ in range(2):
            author.open("/watches/").see("the fault came again in 1")
        told.open("/watches/").see("the fault came again in 1").not_see("Complete:")

    assert the_watch(asked).seen_at == SOON
    assert Event.objects.filter(name="watch.outcome_seen").count() == 1
    [rate] = rates_for(given.a_person(Role.LEGAL_MANAGER), SOON).rates
    assert (rate.repeated.counts.n, rate.for_author_first) == (1, 0)


def test_the_pages_of_rates_open_their_letters():
    asked = told_of_a_fault()
    with time_machine.travel(SOON, tick=False):
        browser = as_(given.a_person(Role.LEGAL_MANAGER))
        page = browser.open("/watches/rates/")
        rate = browser.open("/watches/rates/A6/")

    page.see("Repeat-fault rate by criterion", "A6", "numbers 2026.2")
    rate.see(asked.letter.duty.reference)


def test_a_prosecutor_sees_no_rates_and_nobody_a_rate_that_is_not_there():
    as_(given.a_person(Role.PROSECUTOR)).open("/watches/rates/", status=403)
    as_(given.a_person(Role.LEGAL_MANAGER)).open("/watches/rates/A6/", status=404)
    as_(given.a_person(Role.LINE_MANAGER)).open("/watches/check/1/A6/", status=404)
