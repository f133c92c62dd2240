"""The demonstration opens on a believable morning."""

from random import Random
from types import SimpleNamespace

import pytest

from forthright.accounts.models import Role, Unit
from forthright.demo.loading import Scale, load_areas
from forthright.demo.mornings import begin_the_day
from forthright.demo.progress import Progress
from forthright.morning_lists.models import Cover, DigestChoice, Reminder
from forthright.morning_lists.selectors.covers import covering_on
from forthright.morning_lists.selectors.morning import morning_list
from forthright.rules.bank_holidays import published_bank_holidays
from tests import given

pytestmark = pytest.mark.django_db


# Slow: it loads a made-up Area.
@pytest.mark.slow
def test_the_morning_of_the_demonstration_has_something_to_do_of_every_kind():
    scale = Scale(areas=1, cases_a_week=2, has_letters=True)
    loaded = load_areas(scale, seed=1, until=given.NOON, tell=lambda *_: None)[0]

    begin_the_day(loaded, seed=1, until=given.NOON)

    found = morning_list(loaded.units[Unit.Kind.CROWN_COURT], given.NOON)
    parts = {each.key: each for each in found.sections}
    assert len(parts["new"].decisions) == 2
    assert parts["today"].number >= 3
    assert parts["tomorrow"].number >= 2
    assert parts["unexplained"].number >= 1
    cover = Cover.objects.get()
    assert cover.spoc.role == Role.LEGAL_SPOC
    assert covering_on(cover.deputy, given.NOON.date())
    assert Reminder.objects.exists()
    assert DigestChoice.objects.get().is_wanted


def test_a_decision_of_the_evening_is_told_of_after_it_was_made():
    calendar = published_bank_holidays().calendar
    progress = Progress([], calendar, Random(1), until=given.NOON)
    evening = given.at("2026-10-02 17:10")

    told = progress.told_only(SimpleNamespace(decided_at=evening))["told_at"]

    assert told >= evening
