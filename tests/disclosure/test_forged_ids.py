"""A number that no item can have is read as none, and never ends in an error."""

from urllib.parse import urlencode

import pytest

from forthright.disclosure.models import Endorsement
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
FORGED = ("9223372036854775808", "9" * 20, "9" * 5000)


@pytest.mark.parametrize("number", FORGED)
def test_a_number_that_no_item_can_have_is_read_as_none(number, time_machine):
    time_machine.move_to(given.NOON, tick=False)
    duty = duties.reviewing()
    client = as_(duties.a_lawyer()).client
    there = f"/disclosure/{duty.pk}/endorse/"

    together = client.post(f"{there}obvious/", {"item": [number]})
    sent = urlencode({f"code_{number}": "ND", f"reason_{number}": "It shows nothing"})
    rows = client.post(there, sent, content_type="application/x-www-form-urlencoded")
    far = client.get(there, {"page": number})

    assert "Tick at least one item." in together.content.decode()
    assert (together.status_code, rows.status_code, far.status_code) == (200, 302, 200)
    assert not Endorsement.objects.exists()
