"""A change that was seen in letters of rounds alone stays, as others do, and leads to them."""

from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps

from forthright.calibration.models import LeniencyFigure, Round, RoundLetter
from forthright.calibration.selectors import comparing
from forthright.calibration.services.leniency import make_leniency_run
from forthright.rules.leniency_watch import Drift
from forthright.web import clock
from tests import given
from tests.calibration.rounds_given import LATER, a_closed_round, a_round, markers
from tests.client import as_

pytestmark = pytest.mark.django_db
TOLD = "Marking may have become more lenient."
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(LATER, tick=True):
        yield


@pytest.fixture
def held():
    """Return a closed round whose letters say something of each of its markers."""
    return a_closed_round(letters=10)


def marker_of(held):
    return held.markers.order_by("pk").first().person


def letters_of(held):
    return list(held.letters.order_by("pk").values_list("pk", flat=True))


def a_change_told(held, **fields):
    """Return the figure of a marker of whom a change was told in the run of that day."""
    run = make_leniency_run(held.area, by=None, at=LATER)
    figure = run.figures.get(marker=marker_of(held))
    LeniencyFigure.objects.filter(pk=figure.pk).update(drift=TOLD, **fields)
    return LeniencyFigure.objects.get(pk=figure.pk)


def next_run(held, weeks):
    run = make_leniency_run(held.area, by=None, at=LATER + weeks * WEEK)
    return run.figures.get(marker=marker_of(held))


def a_signal(monkeypatch, marker):
    """Let a change in how somebody marks be signalled in the first week."""
    signal = Drift(marker=marker.pk, since=0, seen=0, is_lenient=True, letters=10)
    monkeypatch.setattr(comparing, "new_since", lambda weeks, since: [signal])


def drift_of(held):
    compared = comparing.compared_in(held.area, clock.start_of(given.NOON.date()))
    return compared.drifts(LATER)[marker_of(held).pk]


def test_a_change_keeps_the_letters_of_rounds_that_it_was_seen_in(held, monkeypatch):
    a_signal(monkeypatch, marker_of(held))

    found = drift_of(held)

    assert (found.look_at, found.look_at_rounds) == ([], letters_of(held))
    kept = make_leniency_run(held.area, by=None, at=LATER).figures.get(marker=marker_of(held))
    assert kept.look_at_rounds == letters_of(held)


def test_it_keeps_none_of_a_round_of_others(held, monkeypatch):
    others = a_closed_round(people=markers(), name="Of others")
    a_signal(monkeypatch, marker_of(held))

    assert set(drift_of(held).look_at_rounds).isdisjoint(letters_of(others))


def test_it_stays_week_by_week_while_its_letters_are_compared(held):
    a_change_told(held, look_at_rounds=letters_of(held)[:3])

    for weeks in (1, 2):
        kept = next_run(held, weeks)
        assert (kept.drift, kept.look_at_rounds) == (TOLD, letters_of(held)[:3])

    Round.objects.update(closed_at=LATER - 40 * WEEK)
    assert next_run(held, 3).drift == ""


def test_it_leads_its_marker_to_those_letters_and_nobody_who_may_not_open_them(held):
    figure = a_change_told(held, look_at_rounds=letters_of(held)[:1])
    called = RoundLetter.objects.get(pk=letters_of(held)[0]).review.drawn_letter.called

    page = as_(figure.marker).open("/leniency/").see(TOLD, f"{called}, in the round {held.name}")
    assert page.follow(called).address == f"/calibration/{held.pk}/letters/{letters_of(held)[0]}/"

    held.markers.filter(person=figure.marker).delete()
    as_(figure.marker).open("/leniency/").see(TOLD).not_see(called)


def test_what_was_told_of_rounds_before_stays_by_the_letters_that_its_marker_marked(held):
    figure = a_change_told(held)
    a_round(people=[figure.marker, *markers()], name="Open still")
    migration = import_module(
        "forthright.calibration.migrations.0005_letters_of_rounds_behind_changes"
    )

    migration.keep_letters_of_rounds(apps, None)

    figure.refresh_from_db()
    assert figure.look_at_rounds == letters_of(held)
    assert next_run(held, 1).drift == TOLD
