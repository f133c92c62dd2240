"""Where it is required, no letter goes by any way before a colleague has looked at its words."""

import pytest

from forthright.accounts.policies import NotAllowed
from forthright.letters.marked_text import marked_text
from forthright.letters.models import Dispatch, Letter
from forthright.letters.selectors.addressed import as_a_file
from forthright.letters.selectors.checking import composed_of
from forthright.letters.selectors.checks import check_words, why_unchecked
from forthright.letters.selectors.letter import latest_words
from forthright.letters.services.checks import CheckRefused, note_checked
from forthright.letters.services.drafting import keep_edit
from forthright.letters.services.printing import PrintRefused, make_batch, mark_posted
from forthright.letters.services.recording import answer_step
from forthright.letters.services.sending import SendRefused, send
from forthright.rules.contact_lock import Way
from forthright.schemes.models import Duty
from forthright.schemes.services import StageAnswer
from tests import given
from tests.client import as_
from tests.letters.outgoing import LATER, by_email, carry_out
from tests.peer_checks.looked_at import required

pytestmark = pytest.mark.django_db


def approved(**rule):
    """Return a letter that was approved in an Area where a colleague is to look at it first."""
    required(given.an_area_that_writes(), **rule)
    return given.an_approved_letter()


def letter_of(duty):
    return Letter.objects.get(duty=duty, number=1)


def look_at(duty, by=None):
    letter = letter_of(duty)
    note_checked(letter, latest_words(letter), by=by or given.a_liaison_officer(), at=LATER)


def test_an_unchecked_letter_is_not_sent_and_it_says_why():
    duty = approved()

    with pytest.raises(SendRefused, match="A colleague is to look at this letter"):
        send(duty, Way.PRINT, by=given.a_liaison_officer(), at=LATER)

    assert not Dispatch.objects.exists()


def test_a_letter_that_passed_is_sent():
    duty = approved()
    look_at(duty)

    dispatch = send(duty, Way.PRINT, by=given.a_liaison_officer(), at=LATER)

    assert dispatch.state == Dispatch.State.ASKED


def test_where_it_is_only_asked_for_a_letter_goes_unchecked():
    duty = approved(is_required=False)

    dispatch = send(duty, Way.PRINT, by=given.a_liaison_officer(), at=LATER)

    assert letter_of(duty).check_asked_at is not None
    assert dispatch.state == Dispatch.State.ASKED


def test_a_letter_that_waits_for_print_is_held_back_once_its_check_no_longer_counts():
    duty = approved()
    look_at(duty)
    dispatch = send(duty, Way.PRINT, by=given.a_liaison_officer(), at=LATER)
    Letter.objects.filter(duty=duty).update(checked_version=None)

    batch = make_batch(duty.area, by=given.a_liaison_officer(), at=LATER)

    dispatch.refresh_from_db()
    assert batch is None
    assert dispatch.state == Dispatch.State.CANCELLED
    assert "A colleague is to look at this letter" in dispatch.events.last().detail


def test_a_letter_of_a_batch_is_not_posted_once_its_check_no_longer_counts():
    duty = approved()
    look_at(duty)
    officer = given.a_liaison_officer()
    dispatch = send(duty, Way.PRINT, by=officer, at=LATER)
    batch = make_batch(duty.area, by=officer, at=LATER)
    Letter.objects.filter(duty=duty).update(checked_version=None)

    held = mark_posted(batch, by=officer, at=LATER)

    assert held == [dispatch]
    with pytest.raises(PrintRefused):
        mark_posted(batch, by=officer, at=LATER)


def test_the_worker_hands_over_no_letter_whose_check_no_longer_counts():
    required(given.an_area_that_writes())
    duty = by_email()
    look_at(duty)
    dispatch = send(duty, Way.EMAIL, by=given.a_liaison_officer(), at=LATER)
    Letter.objects.filter(duty=duty).update(checked_version=None)

    dispatch = carry_out(dispatch)

    assert dispatch.state == Dispatch.State.CANCELLED


def test_an_unchecked_letter_is_not_recorded_as_sent_by_hand():
    duty = approved()
    answer = StageAnswer(happened_at=LATER, reason="", opened="")

    with pytest.raises(NotAllowed, match="A colleague is to look at this letter"):
        answer_step(duty, "sent", answer, by=given.a_liaison_officer(), at=LATER)


def test_a_file_of_an_unchecked_letter_says_that_it_is_not_to_be_sent():
    duty = approved()
    letter = letter_of(duty)

    _, may_go = as_a_file(latest_words(letter), letter, given.NOON.date())

    assert not may_go


def test_words_that_were_changed_after_the_check_are_not_checked_and_it_says_so():
    duty = approved()
    checker = given.a_liaison_officer()
    look_at(duty, by=checker)
    text = marked_text(composed_of(latest_words(duty))).replace("Yours", "With regards. Yours")
    version = keep_edit(duty, text, based_on=1, by=duty.drafter, at=LATER)

    why = why_unchecked(letter_of(duty), version.pk)

    assert f"{checker} looked at version 1" in why
    assert "so the check no longer counts: a colleague is to look at version 2." in why


def test_a_letter_that_was_held_stays_held_when_the_rule_is_relaxed():
    duty = approved()

    required(duty.area, is_required=False)

    assert why_unchecked(letter_of(duty), latest_words(duty).pk)


def test_without_a_rule_of_the_area_it_is_asked_for_and_not_in_the_way():
    duty = given.an_approved_letter()

    letter = letter_of(duty)

    assert "has not passed it yet" in check_words(letter, letter.approved_version_id)
    assert why_unchecked(letter, letter.approved_version_id) == ""


def test_a_rule_does_not_begin_in_the_past():
    with pytest.raises(CheckRefused, match="today or later"):
        required(given.an_area_that_writes(), in_force_from=given.at("2026-10-01 09:00").date())


def test_the_pages_say_that_the_letter_waits_for_a_colleague():
    duty = approved()
    browser = as_(given.a_liaison_officer())

    browser.open(f"/letters/{duty.pk}/").see("A colleague’s check", "has not passed it yet")
    page = browser.open(f"/letters/{duty.pk}/send/")

    page.see("It may not go before that", "See who looks at it, and by when")
    assert "Send it" not in page.words
    assert Duty.objects.get(pk=duty.pk).sent_at is None
