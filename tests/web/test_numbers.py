"""An address with a number that no record can have is no such page, in every room."""

import pytest

from forthright.accounts.models import Role
from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", [2**63, 10**39])
@pytest.mark.parametrize(
    "address", ["/reviews/{}/", "/reviews/{}/check/", "/reviews/{}/feedback/", "/letters/{}/"]
)
def test_a_number_too_long_for_any_record_is_no_such_page(address, number):
    client = as_(given.a_person(Role.LEGAL_MANAGER)).client

    assert client.get(address.format(number)).status_code == 404
