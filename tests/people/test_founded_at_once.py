"""An Area that two people found at one moment."""

from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from forthright.accounts.models import Area


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_of_two_who_found_an_area_at_one_moment_the_second_is_told(emptied_after):
    told = []

    def second():
        try:
            call_command("found_area", "KENT", "pat@example.test", "Pat Chief")
        except CommandError as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    with transaction.atomic():
        call_command("found_area", "Kent", "kim@example.test", "Kim Chief")
        meanwhile = Thread(target=second)
        meanwhile.start()
        # Long enough for the second to have come as far as it can.
        meanwhile.join(1)
        assert meanwhile.is_alive()
    meanwhile.join(300)

    assert told == ["There is an Area called Kent already."]
    assert [each.name for each in Area.objects.all()] == ["Kent"]
