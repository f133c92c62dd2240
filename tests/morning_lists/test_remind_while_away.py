"""Nobody is reminded of what they cannot do because they are away, without somebody being told."""

from datetime import date

import pytest
import time_machine
from django.core import mail

from forthright.accounts.models import Unit, User
from forthright.letters.services.notes import write_note
from forthright.morning_lists.models import Cover, Reminder
from forthright.morning_lists.services.reminding import (
    NotReminded,
    remind_by_itself,
    remind_of_explanation,
    send_reminder,
)
from tests import given
from tests.client import as_
from tests.morning_lists import mornings
from tests.morning_lists.mornings import MORNING, a_cover, a_letter, covering

pytestmark = pytest.mark.django_db
LAST = date(2026, 10, 16)
AWAY = "is away until the end of Friday 16 October 2026"
# The explanation is wanted by Tuesday 10am; two working hours before is Monday 4pm.
DECIDED, BEFORE_LATE = "2026-10-05 10:00", given.at("2026-10-05 16:00")


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def spoc():
    return mornings.a_spoc()


@pytest.fixture
def deputy():
    return mornings.a_prosecutor(given.a_unit(Unit.Kind.RASSO))


def the_line():
    lines = [line for part in mornings.the_list().sections for line in part.lines]
    return lines[0]


def go_out(duty):
    """Let what goes by itself go, and return the e-mails by whom they are to."""
    for each in Reminder.objects.filter(decision=duty.decision_id).order_by("pk"):
        send_reminder(each, address="https://here.test/", by=None, at=BEFORE_LATE)
    return {each.to[0]: each for each in mail.outbox}


def test_the_list_says_until_when_whoever_decided_is_away_and_lets_somebody_be_chosen(spoc, deputy):
    a_cover(spoc, deputy, last=LAST)
    a_letter(by=spoc)

    line = the_line()

    assert line.action == "choose"
    assert f"{spoc} {AWAY}, and {deputy} covers for them" in line.notes


def test_once_they_are_back_one_press_reminds_them_again(spoc, deputy):
    a_cover(spoc, deputy)
    a_letter(by=spoc)

    [line] = [
        line
        for part in mornings.the_list(now=given.at("2026-10-06 09:30")).sections
        for line in part.lines
    ]

    assert (line.action, line.notes) == ("remind", ())


def test_by_hand_nobody_away_is_reminded_until_somebody_chooses_them(spoc, deputy):
    a_cover(spoc, deputy, last=LAST)
    duty, by = a_letter(by=spoc), covering(deputy)

    with pytest.raises(NotReminded, match=f"{spoc} {AWAY}, and {deputy} covers for them. Choose"):
        remind_of_explanation(duty, by=by, at=MORNING)
    assert not Reminder.objects.exists()

    assert remind_of_explanation(duty, by=by, at=MORNING, to=spoc).to == spoc
    assert the_line().action == "choose"


@pytest.mark.parametrize("who", ["a prosecutor of the unit", "the deputy"])
def test_somebody_who_is_here_is_reminded_in_their_place(who, spoc, deputy):
    a_cover(spoc, deputy, last=LAST)
    duty = a_letter(by=spoc)
    to = deputy if who == "the deputy" else mornings.a_prosecutor()

    reminder = remind_of_explanation(duty, by=spoc, at=MORNING, to=to)
    words = go_out(duty)[to.email]

    assert reminder.to == to
    assert (the_line().action, words.subject) == ("reminded", "A decision waits to be explained")
    assert f"{spoc} {AWAY}, and {deputy} covers for them. Please give the reasons here:" in (
        words.body
    )
    assert "https://here.test/" in words.body


def test_the_page_says_who_is_away_and_offers_whoever_can_explain_it(spoc, deputy):
    a_cover(spoc, deputy, last=LAST)
    duty, other = a_letter(by=spoc), mornings.a_prosecutor()
    elsewhere = mornings.a_prosecutor(given.a_unit(Unit.Kind.FRAUD))
    browser = as_(deputy)

    listed = browser.open(f"/morning/{duty.unit_id}/")
    page = listed.follow(f"Choose whom to remind of letter {duty.reference}")
    page.see(f"{spoc} made it. {spoc} {AWAY}, and {deputy} covers for them.",
             str(other), str(deputy), ", away until the end of Friday 16 October 2026")  # fmt: skip
    page.not_see(str(elsewhere), "cannot open this letter now")
    page.press("Send the reminder", to=str(other.pk)).see(f"{other} is reminded by e-mail")

    assert Reminder.objects.get().to == other


def test_by_itself_whoever_stands_in_is_reminded_too_and_can_explain_it(spoc, deputy):
    a_cover(spoc, deputy, last=LAST)
    duty = a_letter(DECIDED, by=spoc)

    assert remind_by_itself(duty.area, by=None, at=BEFORE_LATE) == 1
    words = go_out(duty)

    assert set(words) == {spoc.email, deputy.email}
    assert words[spoc.email].subject == "A decision of yours waits to be explained"
    assert "you do not write reasons there" not in words[deputy.email].body
    assert f"{spoc} {AWAY}" in words[deputy.email].body
    assert the_line().action == "reminded"
    assert remind_by_itself(duty.area, by=None, at=given.at("2026-10-06 09:30")) == 0
    write_note(duty, given.REASONS, by=covering(deputy), at=BEFORE_LATE)


def closed(deputy):
    User.objects.filter(pk=deputy.pk).update(is_active=False)


def away_too(deputy):
    Cover.objects.filter(deputy=deputy).update(deputy=other_spoc_away())


def other_spoc_away():
    other = mornings.a_spoc(given.a_unit(Unit.Kind.CCU))
    a_cover(other, mornings.a_prosecutor(given.a_unit(Unit.Kind.FRAUD)), last=LAST)
    return other


@pytest.mark.parametrize("happens", [closed, away_too])
def test_where_nobody_stands_in_the_list_says_so_and_whoever_decided_alone_is_asked(
    happens, spoc, deputy
):
    a_cover(spoc, deputy, last=LAST)
    duty = a_letter(DECIDED, by=spoc)
    happens(deputy)

    assert f"{spoc} {AWAY}, and nobody covers for them here" in the_line().notes
    remind_by_itself(duty.area, by=None, at=BEFORE_LATE)

    assert list(Reminder.objects.values_list("to", flat=True)) == [spoc.pk]
    assert the_line().action == "choose"


def test_who_is_to_be_told_is_asked_of_whoever_decided_and_the_page_says_that_they_are_away(
    spoc, deputy
):
    given.a_started_area()
    a_cover(spoc, deputy, last=LAST)
    decision = given.a_decision(given.a_case(), made_at=given.at("2026-10-02 15:00"), made_by=spoc)

    page = as_(deputy).post(f"/morning/{spoc.unit_id}/decisions/{decision.pk}/ask/")

    page.see(f"{spoc} is asked by e-mail who is to be told. {spoc} {AWAY}, and {deputy} covers")
