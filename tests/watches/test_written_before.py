"""What an author wrote before they were told of a fault is none of their next letters."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.letters.models import LetterVersion
from forthright.letters.services.words import keep_words
from forthright.peer_checks.models import PeerCheck
from forthright.reviews.services import finish_review, open_review, save_marks, save_summary
from forthright.reviews.services.telling import tell_drafter
from forthright.schemes.models import Duty
from forthright.watches.selectors.rates import rates_for
from forthright.watches.selectors.watching import watches_of
from tests import given
from tests.client import as_
from tests.reviews import twice
from tests.watches.faults import another_letter, told_by_a_marking, told_of_a_fault

pytestmark = pytest.mark.django_db
LATER = given.NOON + timedelta(days=2)
SOON = given.NOON + timedelta(days=9)


def the_watch(of):
    [first, *_] = reversed(watches_of(of.area, now=SOON))
    return first


def put_in_and_marked(drawn, *, by):
    """Mark a letter that went long ago, whose words are put in for it; the fault is in it."""
    keep_words(drawn.duty, text=given.LETTER, by=by, at=LATER)
    review = open_review(drawn, by=by, at=LATER)
    save_marks(review, given.answers_for(review, {"B1": "NOT_MET"}), by=by, at=LATER)
    save_summary(review, given.SUMMARY, by=by, at=LATER)
    tell_drafter(finish_review(review, by=by, at=LATER), by=by, at=LATER, text="Well begun.")


def test_a_letter_that_had_gone_before_is_none_of_the_next_whenever_its_words_are_put_in():
    author = given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=given.a_unit(Unit.Kind.VLU))
    told = told_by_a_marking(marker=twice.a_manager(), author=author)
    drawn = given.a_drawn_letter(
        marker=told.told_by, unit=told.told_by.unit, drafter=author, words=""
    )
    assert drawn.duty.sent_at < told.told_at
    put_in_and_marked(drawn, by=told.told_by)

    watched = the_watch(told)
    with time_machine.travel(SOON, tick=False):
        page = as_(author).open(f"/watches/review/{told.pk}/B1/")

    assert watched.watch.seen == ()
    page.see("None of the next 5 letters has been looked at yet").not_see("It came again")
    page.see("counts by when it was drafted or sent")
    [rate] = rates_for(given.a_person(Role.LEGAL_MANAGER), SOON).rates
    assert (rate.repeated.counts.n, rate.criterion) == (0, "B1")


def test_a_draft_from_before_that_is_put_in_and_looked_at_is_none_of_the_next():
    asked = told_of_a_fault()
    check = another_letter(asked, again=True)
    assert len(the_watch(asked).watch.again) == 1
    LetterVersion.objects.filter(pk=check.version_id).update(composed=None)
    Duty.objects.filter(pk=check.letter.duty_id).update(drafted_at=given.NOON - timedelta(hours=2))

    assert the_watch(asked).watch.seen == ()


def test_words_that_were_only_left_as_they_are_were_written_when_they_were_first_kept():
    asked = told_of_a_fault()
    check = another_letter(asked, again=True)
    version = check.version
    before = LetterVersion.objects.get(pk=version.pk)
    LetterVersion.objects.filter(pk=version.pk).update(added_at=given.NOON)
    before.pk, before.number = None, version.number + 1
    before.save()
    PeerCheck.objects.filter(pk=check.pk).update(version=before.pk)

    assert the_watch(asked).watch.seen == ()
