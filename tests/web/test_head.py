"""To ask for a page without being shown it does nothing and notes nothing, whatever the page."""

import pytest

from forthright.accounts.models import User
from forthright.accounts.permissions import Role
from forthright.audit.models import Event
from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/people/{}/", "/people/{}/close/"])
def test_a_page_that_is_asked_for_without_being_shown_is_no_button(address):
    officer = given.a_person(Role.VICTIM_LIAISON_OFFICER)
    browser = as_(given.a_person(Role.ADMINISTRATOR)).client
    address = address.format(officer.pk)
    assert browser.get(address).status_code == 200
    before = Event.objects.count()

    answer = browser.head(address)

    assert (answer.status_code, answer.content) == (405, b"")
    assert "GET" in answer.headers["Allow"]
    assert User.objects.get(pk=officer.pk).is_active
    assert Event.objects.count() == before
