"""No outcome goes by the order in which markers tell: a watch waits for what they have to tell."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.people.services.invitations import invite_person
from forthright.people.services.people import PersonDetails, change_person, close_account
from forthright.reports.selectors.loop import loop_of
from forthright.reviews.services.telling import tell_drafter
from forthright.rules.weeks import week_of
from forthright.schemes.models import Duty
from forthright.schemes.services import name_drafter
from forthright.watches.selectors.watching import watches_of
from tests import given
from tests.calibration.rounds_given import adopt
from tests.client import as_
from tests.reviews import twice
from tests.watches.faults import a_letter_marked, told_by_a_marking

pytestmark = pytest.mark.django_db
WAITS = "it waits for feedback on letters that were written before the last"
LATER = given.NOON + timedelta(hours=3)


@pytest.fixture
def told():
    """Return what an author was told of; the next letter was marked badly and not told, two were.

    The next two letters are watched.
    """
    author = given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=given.a_unit(Unit.Kind.VLU))
    feedback = told_by_a_marking(marker=twice.a_manager(), author=author)
    adopt(feedback.area, letters_watched=2)
    feedback.other = twice.a_manager(Unit.Kind.CROWN_COURT)
    feedback.bad = a_letter_marked(
        feedback, marker=feedback.other, minutes=10, again=True, is_told=False
    )
    for minutes in (20, 30):
        a_letter_marked(feedback, marker=feedback.told_by, minutes=minutes)
    return feedback


def after(minutes):
    return given.NOON + timedelta(minutes=minutes)


def the_watch(feedback, now=LATER):
    duty = feedback.review.drawn_letter.duty_id
    [found] = [each for each in watches_of(feedback.area, now=now) if each.of.duty_id == duty]
    return found


def test_the_next_letters_are_those_written_next_whichever_is_told_of_last(told):
    before = the_watch(told)
    tell_drafter(told.bad, by=told.other, at=after(40), text="Say why it ended.")

    found = the_watch(told)

    assert not before.is_complete
    assert before.watch.words == (
        "2 of the next 2 letters looked at: so far the fault has not come again. It is not "
        "complete: it waits for feedback on letters that were written before the last."
    )
    assert found.watch.words == "2 of the next 2 letters looked at: the fault came again in 1."
    assert found.complete_at == after(40)


def test_pages_and_reports_say_that_it_waits_and_count_it_as_open(told):
    manager = given.a_person(Role.LINE_MANAGER, unit=told.drafter.unit)
    with time_machine.travel(LATER, tick=False):
        own = as_(told.drafter).open("/watches/")
        one = as_(told.drafter).open(f"/watches/review/{told.pk}/B1/")
        others = as_(told.told_by).open("/watches/")
        rate = as_(manager).open("/watches/rates/B1/")
    reported = loop_of(told.area, week_of(given.NOON.date()), as_of=given.at("2026-10-07").date())

    for page in (own, one, others, rate):
        page.see(WAITS).not_see("It came again", "Did not come again")
    one.see("in the order in which they were written")
    others.not_see("so far the fault")
    assert not any(each.is_complete for each in reported.watches)


def test_what_is_told_after_a_report_ends_no_wait_in_it(told):
    as_of = given.at("2026-10-07").date()
    tell_drafter(told.bad, by=told.other, at=given.at("2026-10-08 12:00"), text="Say why.")

    reported = loop_of(told.area, week_of(given.NOON.date()), as_of=as_of)

    assert [each.is_complete for each in reported.watches] == [False]
    assert the_watch(told, now=given.at("2026-10-09 12:00")).watch.again


def administrator():
    return given.a_person(Role.ADMINISTRATOR)


def closes_the_marker(told):
    close_account(told.other, by=administrator(), at=after(50))


def gives_the_marker_another_role(told):
    details = PersonDetails(str(told.other), Role.PROSECUTOR, told.other.unit)
    change_person(told.other, details=details, by=administrator(), at=after(50))


def closes_the_author(told):
    close_account(told.drafter, by=administrator(), at=after(50))


def names_another_author(told):
    other = given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=told.drafter.unit)
    duty = Duty.objects.get(pk=told.bad.drawn_letter.duty_id)
    name_drafter(duty, other, by=None, at=after(50))


@pytest.mark.parametrize(
    "act", [closes_the_marker, gives_the_marker_another_role, closes_the_author,
            names_another_author],
)  # fmt: skip
def test_nothing_waits_for_a_marking_of_which_its_author_can_be_told_no_more(told, act):
    before = the_watch(told)
    act(told)

    found = the_watch(told)

    assert not before.is_complete
    assert found.watch.words == "2 of the next 2 letters looked at: the fault has not come again."


def test_an_account_that_is_opened_again_opens_no_outcome_again(told):
    closes_the_marker(told)
    saw = the_watch(told)
    invite_person(told.other, by=administrator(), at=after(60))
    told.other.refresh_from_db()
    tell_drafter(told.bad, by=told.other, at=after(70), text="Say why it ended.")

    assert saw.complete_at == after(50)
    assert the_watch(told) == saw


def test_a_marking_whose_marker_had_an_account_again_in_time_is_waited_for(told):
    close_account(told.other, by=administrator(), at=after(15))
    invite_person(told.other, by=administrator(), at=after(18))

    assert WAITS in the_watch(told).watch.words


def test_who_is_named_later_as_who_wrote_a_letter_opens_no_outcome_again(told):
    closes_the_marker(told)
    saw = the_watch(told)
    stranger = given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=told.drafter.unit)
    theirs = told_by_a_marking(marker=told.told_by, author=stranger)
    another = a_letter_marked(theirs, marker=told.told_by, minutes=5, is_told=False)
    name_drafter(
        Duty.objects.get(pk=another.drawn_letter.duty_id), told.drafter, by=None, at=after(60)
    )

    assert the_watch(told) == saw
