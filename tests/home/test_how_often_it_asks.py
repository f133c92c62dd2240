"""The overview asks the database a bounded number of times, whatever waits on it."""

import pytest
import time_machine

from forthright.accounts.models import Role
from tests import given
from tests.client import as_
from tests.hard_media import everything

pytestmark = pytest.mark.django_db
# What is asked today, for a prosecutor with a letter to begin with; whoever adds a question to the
# page looks first whether one can be saved.
WITHOUT_RECORDINGS = {
    Role.VICTIM_LIAISON_OFFICER: 27,
    Role.LINE_MANAGER: 47,
    Role.PROSECUTOR: 37,
    Role.LEGAL_MANAGER: 50,
    Role.SENIOR_MANAGER: 29,
}
WITH_RECORDINGS = {
    Role.LINE_MANAGER: 83,
    Role.PROSECUTOR: 71,
    Role.LEGAL_MANAGER: 89,
    Role.SENIOR_MANAGER: 37,
}


@pytest.fixture(autouse=True)
def at_noon(settings, tmp_path):
    settings.RECORDINGS = tmp_path / "recordings"
    with time_machine.travel(given.NOON, tick=False):
        yield


def number_asked(person, count_queries):
    browser = as_(person)
    browser.open("/")
    with count_queries() as asked:
        browser.open("/")
    return len(asked)


@pytest.mark.parametrize("role", WITHOUT_RECORDINGS)
def test_little_is_asked_where_the_area_registers_no_recordings(role, count_queries):
    given.a_letter_owed()

    assert number_asked(given.a_person(role), count_queries) <= WITHOUT_RECORDINGS[role]


@pytest.mark.parametrize("role", WITH_RECORDINGS)
def test_each_case_of_the_register_is_worked_out_once(role, count_queries):
    everything.register([given.a_person(each) for each in Role])

    assert number_asked(given.a_person(role), count_queries) <= WITH_RECORDINGS[role]
