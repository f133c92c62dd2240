"""Whoever passed the words of a letter does not approve them too, in whichever order."""

import pytest
import time_machine

from forthright.accounts.models import Role, Unit, User
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.letters.models import Letter, LetterVersion, ReasonsNote
from forthright.letters.selectors.holding import why_words_may_not_go
from forthright.letters.selectors.letter import latest_words
from forthright.letters.services.approving import approve
from forthright.peer_checks import policies
from forthright.peer_checks.selectors import checks_to_do
from forthright.peer_checks.services.checking import open_check
from forthright.peer_checks.services.giving import give_checks
from forthright.schemes.models import Duty
from forthright.web.models import Job
from tests import given
from tests.client import as_
from tests.morning_lists.mornings import a_spoc
from tests.peer_checks.looked_at import LATER, a_check, passed, required

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(LATER, tick=True):
        yield


def approves(check, person):
    duty = Duty.objects.get(pk=check.letter.duty_id)
    approve(duty, latest_words(duty).number, by=person, at=LATER)


def test_whoever_passed_the_words_is_refused_to_approve_them_and_told_whom_to_ask():
    spoc = a_spoc(given.a_unit())
    check = passed(a_check(checker=spoc))
    other = given.a_person(Role.LINE_MANAGER)

    with pytest.raises(NotAllowed, match="You looked at these words before and passed them") as no:
        approves(check, spoc)
    assert f"Ask {other} to approve it." in str(no.value)
    address = f"/letters/{check.letter.duty_id}/approve/"
    assert as_(spoc).try_("GET", address) == 403


def test_another_who_approves_letters_approves_what_was_passed():
    check = passed(a_check(checker=a_spoc(given.a_unit())))
    other = given.a_person(Role.LINE_MANAGER)

    approves(check, other)

    assert Letter.objects.get(pk=check.letter_id).approved_by == other


def test_in_the_other_order_whoever_approved_is_refused_the_look():
    check = a_check()
    spoc = a_spoc(given.a_unit())
    approves(check, spoc)
    check.refresh_from_db()
    check.letter.refresh_from_db()

    assert policies.reasons_against(spoc, check) == (
        "You approved this letter, so somebody else must check it.",
    )


@pytest.mark.parametrize("has_opened", [False, True])
def test_the_look_of_whoever_approved_goes_to_somebody_else(has_opened):
    spoc, other = a_spoc(given.a_unit()), given.a_liaison_officer()
    check = a_check(checker=spoc)
    if has_opened:
        open_check(check, by=spoc, at=LATER)
    approves(check, spoc)
    jobs = Job.objects.filter(name="peer_checks.give")

    give_checks(check.area, by=None, at=LATER)

    check.refresh_from_db()
    assert check.checker == other
    assert Event.objects.get(name="peer_check.taken_back").detail["why"] == "may not look"
    # One for the handing over, and one at once for the approval.
    assert jobs.count() == 2
    assert give_checks(check.area, by=None, at=LATER) == 0
    assert not checks_to_do(spoc).exists()
    passed(check)
    letter = Letter.objects.get(pk=check.letter_id)
    assert why_words_may_not_go(letter, letter.approved_version_id) == ""


def test_the_look_of_whoever_works_elsewhere_now_goes_to_somebody_else():
    spoc, other = a_spoc(given.a_unit()), given.a_liaison_officer()
    check = a_check(checker=spoc)
    User.objects.filter(pk=spoc.pk).update(unit=given.a_unit(Unit.Kind.RASSO))

    give_checks(check.area, by=None, at=LATER)

    check.refresh_from_db()
    assert check.checker == other


def test_the_look_of_whoever_wrote_newer_reasons_goes_to_somebody_else():
    spoc, other = a_spoc(given.a_unit()), given.a_liaison_officer()
    check = a_check(checker=spoc)
    LetterVersion.objects.filter(pk=check.version_id).update(note=None)
    ReasonsNote.objects.update(written_by=spoc)

    give_checks(check.area, by=None, at=LATER)

    check.refresh_from_db()
    assert check.checker == other


def test_where_nobody_else_may_look_it_goes_to_nobody_and_says_why():
    spoc = a_spoc(given.a_unit())
    check = a_check(checker=spoc)
    approves(check, spoc)

    give_checks(check.area, by=None, at=LATER)
    give_checks(check.area, by=None, at=LATER)

    check.refresh_from_db()
    assert check.checker is None
    assert check.given_because.endswith("each drafted, wrote or approved this one.")
    assert Event.objects.filter(name="peer_check.taken_back").count() == 1


def test_until_it_is_taken_back_its_page_says_what_becomes_of_it():
    spoc = a_spoc(given.a_unit())
    check = a_check(checker=spoc)
    approves(check, spoc)

    page = as_(spoc).open(f"/checks/{check.pk}/", status=403)

    assert "You approved this letter, so somebody else must check it. It goes to " in page.words


def test_the_page_of_the_approval_warns_whoever_is_to_look_too():
    spoc = a_spoc(given.a_unit())
    required(spoc.area)
    check = a_check(checker=spoc)
    manager = given.a_person(Role.LINE_MANAGER)
    address = f"/letters/{check.letter.duty_id}/approve/"
    alone = as_(spoc).open(address).words
    given.a_liaison_officer()

    assert "Nobody else may look at it, so the letter could not go: look at it, and ask" in alone
    page = as_(spoc).open(address)
    assert "the look goes to somebody else, and the letter waits for them." in page.words
    assert "You are to look" not in as_(manager).open(address).words
    done = page.press("Record your decision", answer="APPROVE")
    assert "The letter is approved. A colleague is to look at this letter" in done.words
