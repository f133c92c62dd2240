"""The police read the day that the unit works to, listed or expected, the nearest first."""

from datetime import timedelta

import pytest

from forthright.accounts.models import Role
from forthright.hard_media.models import ForcePartner
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
TODAY = NOON.date()
DAY = timedelta(days=1)


def owed():
    officer = given.a_person(Role.POLICE_PARTNER)
    ForcePartner.objects.create(person=officer, area=officer.area, force="20", set_at=NOON)
    return as_(officer).open("/owed/").rows()


def test_an_expected_day_is_told_as_expected_and_sorts_with_the_listed_ones():
    for urn, on, sent_on in (
        ("20AB7000126", None, TODAY - 26 * DAY),
        ("20AB7000226", TODAY + 60 * DAY, None),
        ("20AB7000326", TODAY + DAY, None),
    ):
        media.a_requested_item(media.a_hearing(on=on, sent_on=sent_on, urn=urn))

    first, second, third = owed()

    assert [row[0][:11] for row in (first, second, third)] == [
        "20AB7000326", "20AB7000126", "20AB7000226",
    ]  # fmt: skip
    assert "expected, not listed yet; 2 days left" in second[2]
    assert "expected" not in first[2] + third[2]
