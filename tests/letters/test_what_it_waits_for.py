"""The page of a letter says once what the letter waits for."""

import pytest

from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db


def test_what_a_letter_waits_for_is_said_once():
    duty = given.a_letter_to_write()

    page = as_(given.a_liaison_officer()).open(f"/letters/{duty.pk}/")

    page.see("Waits for: the prosecutor’s reasons.")
    assert page.words.count("Waits for the prosecutor") == 1  # beside the step itself
