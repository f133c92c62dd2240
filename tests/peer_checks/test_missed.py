"""A look that nobody took by its hour is missed, and a letter that goes after it hides nothing."""

from datetime import timedelta

import pytest
import time_machine

from forthright.letters.models import Letter, LetterVersion
from forthright.letters.services.steps import give_back
from forthright.peer_checks.models import PeerCheck
from forthright.peer_checks.services.giving import give_checks
from forthright.reports.selectors.records import records_behind
from forthright.reports.services import make_weekly_report
from forthright.rules.weeks import week_of
from forthright.schemes.models import Duty
from tests import given
from tests.client import as_
from tests.peer_checks.looked_at import a_check, a_manager, passed

pytestmark = pytest.mark.django_db
WEEK = week_of(given.NOON.date())
DAYS_LATER = given.NOON + timedelta(days=3)
MONDAY = given.at("2026-10-12 09:00")


def went(check, at):
    Duty.objects.filter(pk=check.letter.duty_id).update(approved_at=at, sent_at=at, state="MET")


def changed(check, at):
    newest = LetterVersion.objects.get(pk=check.version_id)
    newest.pk, newest.number, newest.added_at = None, newest.number + 1, at
    newest.save()


def not_required(check, at):
    Duty.objects.filter(pk=check.letter.duty_id).update(
        state="NOT_REQUIRED", not_required_at=at, not_required_reason="She has moved abroad."
    )


def came_back(check, at):
    letter = Letter.objects.select_related("duty").get(pk=check.letter_id)
    give_back(letter, "Say how to ask.", why="It does not say how to ask.", by=None, at=at)


def looks():
    """Return one of two that were taken in time, and one that waits for its colleague."""
    passed(a_check())
    taken = passed(a_check(by=given.a_liaison_officer()))
    waits = a_check(by=given.a_liaison_officer())
    assert given.NOON < waits.due_at < DAYS_LATER
    return taken, waits


def ends(check, what, at):
    """End a look three days later, by what happened to its letter at this moment."""
    with time_machine.travel(DAYS_LATER, tick=False):
        what(check, at)
        give_checks(check.area, by=None, at=DAYS_LATER)
    check.refresh_from_db()
    assert (check.answer, check.answered_at) == ("OVERTAKEN", DAYS_LATER)


@pytest.mark.parametrize("what", [went, changed, not_required, came_back])
def test_what_ends_after_its_hour_was_not_in_time(what):
    given.an_area_that_reports()
    taken, missed = looks()
    ends(missed, what, missed.due_at + timedelta(hours=1))

    report = make_weekly_report(taken.area, WEEK, by=None, at=MONDAY)
    with time_machine.travel(MONDAY, tick=False):
        page = as_(a_manager()).open("/checks/unit/")
        listed = page.follow("1 not looked at: list them")

    figures = report.figures["figures"]
    assert figures["peer-checks-in-time"]["words"] == "2 of 3 (too few to say)"
    assert [figures[f"peer-checks-{key}"]["count"] for key in ("missed", "overtaken")] == [1, 0]
    rows, number = records_behind(report, "peer-checks-missed", a_manager())
    assert (number, rows[0].reference) == (1, missed.letter.duty.reference)
    page.see("2 of 3 (too few to say)", "the 1 that ended unanswered after their hour")
    assert [row[0].split(",")[0] for row in listed.rows()] == [missed.letter.duty.reference]


@pytest.mark.parametrize("what", [went, changed, not_required, came_back])
def test_what_its_letter_overtook_before_its_hour_is_not_missed_though_it_is_noticed_later(what):
    given.an_area_that_reports()
    taken, overtaken = looks()
    ends(overtaken, what, overtaken.due_at)

    report = make_weekly_report(taken.area, WEEK, by=None, at=MONDAY)
    with time_machine.travel(MONDAY, tick=False):
        page = as_(a_manager()).open("/checks/unit/")

    figures = report.figures["figures"]
    assert figures["peer-checks-in-time"]["words"] == "2 of 2 (too few to say)"
    assert [figures[f"peer-checks-{key}"]["count"] for key in ("missed", "overtaken")] == [0, 1]
    page.see("0 not looked at").not_see("2 of 3")


def test_where_all_were_missed_the_page_of_the_unit_says_so():
    _, missed = looks()
    PeerCheck.objects.exclude(pk=missed.pk).delete()
    ends(missed, went, DAYS_LATER)

    with time_machine.travel(MONDAY, tick=False):
        page = as_(a_manager()).open("/checks/unit/")

    page.see("0 of 1", "1 not looked at").not_see("None was answered")
