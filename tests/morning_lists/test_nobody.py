"""A decision with nobody to tell waits until somebody is recorded, or it is said why nobody is."""

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
import time_machine
from django.apps import apps
from django.db import connection

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.cases.models import Decision
from forthright.morning_lists.models import NobodyToTell, Reminder
from forthright.morning_lists.services.nobody import NobodyRefused, say_nobody_to_tell
from forthright.schemes.models import RuleSet
from forthright.schemes.services import open_duties
from tests import given
from tests.client import as_
from tests.morning_lists.mornings import (
    MORNING,
    a_letter,
    a_prosecutor,
    a_spoc,
    part,
    the_list,
)

pytestmark = pytest.mark.django_db
FILLING = import_module("forthright.morning_lists.migrations.0004_known_who_is_told")
WHY = "The offence has no victim who can be named."


@pytest.fixture(autouse=True)
def in_the_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


def undecided(made="2026-10-02 15:00", **case):
    """Return a decision with nobody to tell."""
    given.a_started_area()
    return given.a_decision(given.a_case(**case), made_at=given.at(made))


def said(decision, by, reason=WHY):
    return say_nobody_to_tell(decision, reason=reason, by=by, at=MORNING)


def waiting():
    return [each.decision.pk for each in part("new").decisions]


@pytest.mark.parametrize(
    "made",
    [
        pytest.param("2026-10-02 15:00", id="on the last working day"),
        pytest.param("2026-10-01 15:00", id="a day before that"),
        pytest.param("2026-09-11 15:00", id="weeks ago, or entered late"),
    ],
)
def test_it_waits_however_long_ago_it_was_made(made):
    decision = undecided(made)

    assert waiting() == [decision.pk]
    assert the_list().number == 1
    as_(a_spoc()).open("/").see("Your morning list: 1 thing")


def test_it_is_off_the_list_once_somebody_to_tell_is_recorded():
    decision = undecided("2026-09-11 15:00")
    given.a_person_to_tell(decision.case)
    open_duties([decision], by=None, at=MORNING)

    assert waiting() == []


def test_it_is_off_the_list_once_the_legal_spoc_says_why_nobody_is_to_be_told():
    decision, spoc = undecided("2026-10-01 15:00"), a_spoc()
    browser = as_(spoc)
    address = f"/morning/{decision.case.unit_id}/decisions/{decision.pk}/nobody/"

    page = browser.open(f"/morning/{decision.case.unit_id}/")
    page.follow(f"Nobody is to be told in case {decision.case}").see("Why is nobody to be told?")
    browser.post(address, reason="").see("Enter why nobody is to be told")
    browser.post(address, reason=WHY).see("waits for nobody to tell any more")

    kept = NobodyToTell.objects.get()
    assert (kept.decision, kept.reason, kept.said_by, waiting()) == (decision, WHY, spoc, [])
    event = Event.objects.get(name="decision.nobody_to_tell")
    assert (event.by_id, event.subject_id) == (spoc.pk, str(decision.pk))
    assert Event.objects.filter(name="decision.seen").exists()


@pytest.mark.parametrize("known", ["told", "nobody", ""])
def test_decisions_held_at_the_upgrade_are_noted_by_what_is_known_of_them(known):
    decision = undecided("2026-09-11 15:00")
    if known == "told":
        given.a_person_to_tell(decision.case)
        open_duties([decision], by=None, at=MORNING)
    elif known:
        said(decision, a_spoc())
    Decision.objects.update(who_is_told_is_known=False)

    FILLING.note_what_is_known(apps, SimpleNamespace(connection=connection))

    decision.refresh_from_db()
    assert decision.who_is_told_is_known == bool(known)
    assert waiting() == ([] if known else [decision.pk])


@pytest.mark.parametrize("known", ["told", "nobody"])
def test_what_is_noted_on_a_decision_only_spares_the_list_a_look(known):
    decision = undecided("2026-09-11 15:00")
    if known == "told":
        given.a_person_to_tell(decision.case)
        open_duties([decision], by=None, at=MORNING)
    else:
        said(decision, a_spoc())
    decision.refresh_from_db()
    assert decision.who_is_told_is_known

    Decision.objects.update(who_is_told_is_known=False)

    assert waiting() == []


def test_it_is_said_once_with_a_reason_and_not_where_a_letter_is_owed():
    decision, spoc = undecided(), a_spoc()
    with pytest.raises(NobodyRefused, match="Say why"):
        said(decision, spoc, ".")
    said(decision, spoc)
    with pytest.raises(NobodyRefused, match="already"):
        said(decision, spoc)

    with pytest.raises(NobodyRefused, match="A letter is owed"):
        said(given.a_letter_owed().decision, spoc)


def test_somebody_recorded_after_it_was_said_is_owed_a_letter_all_the_same():
    decision = undecided()
    said(decision, a_spoc())
    given.a_person_to_tell(decision.case)

    assert open_duties([decision], by=None, at=MORNING)


def test_it_is_said_in_ones_own_unit_alone_and_by_who_may_say_that_no_letter_is_required():
    decision = undecided()
    address = f"/morning/{decision.case.unit_id}/decisions/{decision.pk}/nobody/"
    elsewhere = a_spoc(given.a_unit(Unit.Kind.RASSO))

    with pytest.raises(NotAllowed):
        said(decision, elsewhere)
    assert as_(elsewhere).try_("GET", address) == 404
    assert as_(given.a_person(Role.PROSECUTOR)).try_("GET", address) == 403


def test_rules_of_its_own_day_say_whether_a_letter_would_be_owed():
    decision = undecided("2026-09-11 15:00")
    first = RuleSet.objects.order_by("in_force_from").first()
    later = RuleSet.objects.get(pk=first.pk)
    later.pk, later.version = None, first.version + 1
    later.in_force_from = given.at("2026-09-20 00:00").date()
    later.qualifying_kinds = [Decision.Kind.LEFT_ON_FILE]
    later.save()
    made_since = given.a_decision(given.a_case(), made_at=given.at("2026-09-25 15:00"))

    assert decision.kind == made_since.kind
    assert waiting() == [decision.pk]


def test_more_than_are_shown_are_counted_and_the_newest_come_first():
    case = undecided("2026-09-11 15:00").case
    newest = [
        given.a_decision(case, made_at=given.at(f"2026-10-01 {hour:02}:{minute:02}"))
        for hour in range(9, 15)
        for minute in range(10)
    ]

    new = part("new")

    assert (new.number, new.shown, the_list().number) == (61, 50, 61)
    assert new.decisions[0].decision == newest[-1]


def test_every_decision_with_nobody_to_tell_can_be_reached_the_longest_waiting_first():
    spoc = a_spoc()
    a_letter()
    made = given.at("2026-10-01 10:00")
    cases = [given.a_case() for _ in range(60)]
    for number, case in enumerate(cases):
        given.a_decision(case, made_at=made + timedelta(minutes=number))
    page = as_(spoc).open(f"/morning/{spoc.unit_id}/")
    page.see("50 of 60 decisions with nobody to tell are shown.").not_see(str(cases[0]))

    first = page.follow("See them all: Decisions with nobody to tell")
    second = first.follow("Next page")

    first.see(str(cases[0]), str(cases[49]), "Nobody is to be told in case").not_see(str(cases[50]))
    second.see(str(cases[50]), str(cases[59])).not_see(str(cases[49]))
    listed = Event.objects.filter(name="morning.listed").order_by("-sequence").first()
    assert len(listed.detail["decisions"]) == 10


def test_whoever_asks_from_a_page_of_before_is_told_who_said_that_nobody_is():
    first, second = a_spoc(), a_spoc()
    given.an_area_that_writes()
    prosecutor = a_prosecutor()
    decision = given.a_decision(
        given.a_case(), made_at=given.at("2026-10-02 15:00"), made_by=prosecutor
    )
    page = as_(second).open(f"/morning/{second.unit_id}/")
    said(decision, first)

    page.press(f"Ask who is to be told in case {decision.case}").see(
        f"{first} said on Monday 5 October 2026, ",
        "that nobody is to be told, so nobody was asked.",
        WHY,
    ).not_see("is asked by e-mail")

    assert not Reminder.objects.exists()
    assert not Event.objects.filter(name="reminder.asked").exists()


def test_a_unit_without_such_decisions_says_so():
    spoc = a_spoc()
    a_letter()

    as_(spoc).open(f"/morning/{spoc.unit_id}/decisions/").see("For every decision somebody is to")


def test_nobody_opens_the_decisions_of_a_unit_that_they_do_not_reach():
    elsewhere = given.a_unit(Unit.Kind.RASSO)
    a_letter(unit=elsewhere)

    as_(a_spoc()).open(f"/morning/{elsewhere.pk}/decisions/", status=404)
