"""Whoever is away, with somebody named to stand in, is given no letter to look at that day."""

from datetime import date, timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit, User
from forthright.audit.models import Event
from forthright.letters.models import Letter
from forthright.letters.selectors.approvers import whom_to_ask
from forthright.letters.services.drafting import hand_over
from forthright.morning_lists.services.covering import end_cover
from forthright.peer_checks.models import PeerCheck
from forthright.peer_checks.services.checking import open_check
from forthright.peer_checks.services.giving import GivingRefused, give_checks, give_on
from forthright.schemes.models import Duty
from tests import given
from tests.client import as_
from tests.morning_lists.mornings import a_cover, a_prosecutor, a_spoc, covering
from tests.peer_checks.looked_at import LATER, a_check, a_letter_put_forward, changes_asked, passed

pytestmark = pytest.mark.django_db
TODAY = given.NOON.date()
TOMORROW = given.NOON + timedelta(days=1)


def goes_away(spoc, *, first=TODAY, last=TODAY):
    """Return the cover of a legal SPOC who is away."""
    return a_cover(spoc, a_prosecutor(), first=first, last=last, at=given.NOON)


def given_out(letter, *, at=given.NOON):
    give_checks(letter.area, by=None, at=at)
    return PeerCheck.objects.get(letter=letter, answer="")


def test_whoever_is_away_is_given_nothing_and_who_stands_in_for_them_shares_with_the_others():
    away, here = a_spoc(), a_spoc()
    deputy = goes_away(away).deputy

    drafter = given.a_liaison_officer()
    letters = [a_letter_put_forward(by=drafter) for _ in range(2)]

    assert {given_out(each).checker for each in letters} == {here, deputy}


def deputy_leaves(cover):
    User.objects.filter(pk=cover.deputy_id).update(is_active=False)


def deputy_covers_nobody(cover):
    User.objects.filter(pk=cover.deputy_id).update(role=Role.VICTIM_LIAISON_OFFICER)


def spoc_moves(cover):
    User.objects.filter(pk=cover.spoc_id).update(unit=given.a_unit(Unit.Kind.RASSO))


@pytest.mark.parametrize("happens", [deputy_leaves, deputy_covers_nobody, spoc_moves])
def test_whoever_is_on_leave_is_away_also_where_the_cover_holds_no_longer(happens):
    cover = goes_away(a_spoc())
    happens(cover)
    spoc = User.objects.get(pk=cover.spoc_id)
    letter = a_letter_put_forward(unit=spoc.unit)

    assert given_out(letter).checker != spoc
    with time_machine.travel(given.NOON, tick=False):
        assert not names(whom_to_ask(letter), spoc)[0]
    end_cover(cover, by=spoc, at=given.NOON)
    with time_machine.travel(given.NOON, tick=False):
        assert names(whom_to_ask(letter), spoc)[0]


def test_the_day_after_they_are_given_letters_again_and_their_deputy_has_none():
    spoc = a_spoc()
    deputy = goes_away(spoc).deputy
    letter = a_letter_put_forward()

    assert given_out(letter).checker == deputy
    assert given_out(letter, at=given.NOON + timedelta(days=1)).checker == spoc


def test_once_a_cover_is_ended_early_they_are_given_letters_again():
    spoc = a_spoc()
    end_cover(goes_away(spoc), by=spoc, at=given.NOON)

    assert given_out(a_letter_put_forward()).checker == spoc


def test_where_everybody_who_may_is_away_it_says_so():
    deputy = a_spoc(given.a_unit(Unit.Kind.FRAUD))
    a_cover(a_spoc(), deputy, first=TODAY, last=TODAY, at=given.NOON)
    a_cover(deputy, a_prosecutor(), first=TODAY, last=TODAY, at=given.NOON)

    check = given_out(a_letter_put_forward())

    assert check.given_because == (
        "3 people look at letters of this unit: 2 people are away, and the others drafted, wrote "
        "or approved this one."
    )


def test_who_stands_in_looks_at_a_letter_on_the_days_of_the_cover():
    spoc = a_spoc()
    deputy = goes_away(spoc).deputy
    check = given_out(a_letter_put_forward())

    with time_machine.travel(given.NOON, tick=False):
        page = as_(deputy).open("/checks/").see(check.letter.duty.reference)
        page.follow(f"Look at letter {check.letter.duty.reference}").see("Dear ")
    opened = Event.objects.get(name="peer_check.opened")
    assert opened.detail["deputy_for"] == [spoc.pk]
    check.checker = covering(deputy)
    assert passed(check).answer == "PASSED"


def test_what_a_deputy_had_begun_goes_to_another_once_the_cover_is_over():
    spoc = a_spoc()
    deputy = goes_away(spoc).deputy
    check = given_out(a_letter_put_forward())
    with time_machine.travel(given.NOON, tick=False):
        as_(deputy).open(f"/checks/{check.pk}/")

    with time_machine.travel(TOMORROW, tick=False):
        as_(deputy).open(f"/checks/{check.pk}/", status=403)
    assert given_out(check.letter, at=TOMORROW).checker == spoc


def test_a_look_is_given_on_to_who_stands_in_for_a_spoc_and_to_no_prosecutor_besides():
    check = a_check()
    deputy, other = goes_away(a_spoc()).deputy, a_prosecutor()

    with pytest.raises(GivingRefused, match="does not look at letters of this unit"):
        give_on(check, other, reason="I am in court all day", by=check.checker, at=LATER)
    on = give_on(check, deputy, reason="I am in court all day", by=check.checker, at=LATER)
    assert on.checker == deputy


def test_what_somebody_had_not_opened_goes_to_another_while_they_are_away():
    spoc = a_spoc()
    check = a_check(checker=spoc)
    deputy = goes_away(spoc).deputy
    other = given.a_liaison_officer()

    give_checks(check.area, by=None, at=LATER)

    check.refresh_from_db()
    assert check.checker in {other, deputy}
    assert Event.objects.get(name="peer_check.taken_back").detail["was"] == spoc.pk


def test_what_somebody_has_begun_stays_with_them_with_what_they_found():
    spoc = a_spoc()
    check = a_check(checker=spoc)
    open_check(check, by=spoc, at=given.NOON)
    goes_away(spoc)
    given.a_liaison_officer()

    give_checks(check.area, by=None, at=LATER)

    check.refresh_from_db()
    assert check.checker == spoc


def test_a_mended_letter_goes_to_another_where_who_asked_for_the_changes_is_away():
    spoc = a_spoc()
    asked = changes_asked(a_check(checker=spoc))
    deputy = goes_away(spoc).deputy
    other = given.a_liaison_officer()
    letter = Letter.objects.get(pk=asked.letter_id)
    hand_over(Duty.objects.get(pk=letter.duty_id), by=letter.duty.drafter, at=LATER)

    assert given_out(letter, at=LATER).checker in {other, deputy}


def test_nobody_gives_a_check_on_to_somebody_who_is_away():
    check = a_check()
    spoc = a_spoc()
    goes_away(spoc)

    with pytest.raises(GivingRefused, match=f"{spoc} is away until the end of Monday 5"):
        give_on(check, spoc, reason="I am in court all day", by=check.checker, at=LATER)


def test_a_refusal_names_the_deputy_of_the_unit_and_not_who_is_away():
    draft = given.a_draft()
    spoc, stranger = a_spoc(), a_prosecutor(given.a_unit(Unit.Kind.FRAUD))
    deputy = a_prosecutor(given.a_unit(Unit.Kind.RASSO))
    a_cover(spoc, deputy, at=given.NOON, first=TODAY, last=TODAY)
    manager = given.a_person(Role.LINE_MANAGER)

    with time_machine.travel(given.NOON, tick=False):
        today = whom_to_ask(draft.letter)
    with time_machine.travel(given.NOON + timedelta(days=1), tick=False):
        tomorrow = whom_to_ask(draft.letter)

    assert names(today, manager, deputy, spoc, stranger) == [True, True, False, False]
    assert names(tomorrow, manager, deputy, spoc, stranger) == [True, False, True, False]


def names(words, *people):
    return [str(each) in words for each in people]


def test_a_cover_in_another_area_takes_nobody_away_here():
    spoc = a_spoc()
    elsewhere = given.a_unit(area=given.a_started_area("Wessex"))
    a_cover(a_spoc(elsewhere), a_prosecutor(elsewhere), at=given.NOON,
            first=TODAY, last=date(2026, 10, 9))  # fmt: skip

    assert given_out(a_letter_put_forward()).checker == spoc


@pytest.mark.parametrize("how", ["given on", "taken back"])
def test_what_somebody_else_had_begun_goes_on_while_its_holder_is_away(how):
    begun_by, spoc = given.a_liaison_officer(), a_spoc()
    check = a_check(checker=begun_by)
    open_check(check, by=begun_by, at=given.NOON)
    if how == "given on":
        give_on(check, spoc, reason="I am in court.", by=begun_by, at=given.NOON)
    else:
        begun_by.is_active = False
        begun_by.save()
        give_checks(check.area, by=None, at=given.NOON)
    check.refresh_from_db()
    assert check.checker == spoc
    goes_away(spoc)
    given.a_liaison_officer()

    give_checks(check.area, by=None, at=LATER)

    check.refresh_from_db()
    assert check.checker not in {spoc, None}
