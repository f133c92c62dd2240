import pytest
from django.db import DataError, connection

from forthright.accounts.models import Area
from tests.as_strict import limits_of

pytestmark = pytest.mark.django_db
LONG = "x" * 10_000


def test_text_that_is_too_long_for_its_column_is_kept_on_no_database():
    with pytest.raises(DataError):
        Area.objects.create(name=LONG)


def test_nor_is_it_by_a_change():
    area = Area.objects.create(name="Mercia")
    with pytest.raises(DataError):
        Area.objects.filter(pk=area.pk).update(name=LONG)


def test_nor_among_many():
    with pytest.raises(DataError):
        Area.objects.bulk_create([Area(name="Mercia"), Area(name=LONG)])


def test_a_nul_is_in_no_text():
    # psycopg refuses it before the database sees it.
    with pytest.raises((DataError, ValueError)):
        Area.objects.create(name="Mer\0cia")


def test_what_a_statement_asks_for_is_held_to_nothing():
    assert limits_of("SELECT 1") == ()
    assert connection.vendor == "postgresql" or not Area.objects.filter(name=LONG).exists()
