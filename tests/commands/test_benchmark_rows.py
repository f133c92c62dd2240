"""What the benchmarks measure with is written past the services: it must fit today's tables."""

from datetime import date

import pytest

from benchmarks import letters_owed, recordings_registered
from forthright.accounts.models import Area, Unit
from forthright.hard_media.models import SentFile
from forthright.letters.models import Letter
from forthright.schemes.models import Duty
from tests import given

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 5)


def test_letters_owed_and_recordings_of_a_benchmark_fit_the_tables():
    letters_owed.start(TODAY)
    area = Area.objects.order_by("pk")[0]

    letters_owed.fill_to(420, TODAY)
    letters_owed.fill_to(700, TODAY)
    letters_owed.write_some(given.NOON)
    letters_owed.decide_with_nobody(Unit.objects.filter(area=area)[0], 3, given.NOON)

    assert Duty.objects.filter(area=area).count() == 50
    assert Letter.objects.filter(duty__area=area).exists()
    assert recordings_registered.fill(area) == SentFile.objects.filter(area=area).count() > 10
    kept = {str(said) for each in Duty.objects.filter(area=area)
            for said in (each.came_back, each.in_post, each.reopened)}  # fmt: skip
    assert kept == {"[]"}
