"""A stop is overruled as it was read: what took its place meanwhile is shown first."""

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.letters.marked_text import marked_text
from forthright.letters.models import Letter, Override
from forthright.letters.selectors.checking import composed_of
from forthright.letters.selectors.letter import latest_words
from forthright.letters.services.drafting import keep_edit
from tests import given
from tests.client import as_
from tests.letters.outgoing import LATER
from tests.letters.test_address_of_the_record import HOUSE, REASON, stops_of, typed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def an_afternoon():
    with time_machine.travel(LATER, tick=True):
        yield


def test_another_stop_in_its_place_is_shown_and_not_overruled():
    officer = given.a_liaison_officer()
    version = typed(officer, HOUSE, "9 Foundry Street")
    duty = version.letter.duty
    page = as_(a_manager()).open(f"/letters/{duty.pk}/overrule/1/").see("9 Foundry Street")
    newer = typed_again(duty, officer, "9 Foundry Street", "14 Quarry Close")
    assert stops_of(newer)[0] != stops_of(version)[0]

    page = page.press("Overrule it", reason=REASON)

    page.see("another stop stands in this place now", "14 Quarry Close", REASON)
    assert not Override.objects.exists()
    page.press("Overrule it").see("The stop is overruled")
    assert Override.objects.get().words == "14 Quarry Close"


def test_the_same_stop_in_newer_words_is_overruled():
    officer = given.a_liaison_officer()
    version = typed(officer, HOUSE, "9 Foundry Street")
    duty = version.letter.duty
    page = as_(a_manager()).open(f"/letters/{duty.pk}/overrule/1/")
    newer = typed_again(duty, officer, "Yours sincerely", "Yours truly")

    page.press("Overrule it", reason=REASON).see("The stop is overruled")

    assert Override.objects.get().version == newer


def a_manager():
    return given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))


def typed_again(duty, officer, old, new):
    """Return the next version of a letter, in which some words were exchanged."""
    was = latest_words(Letter.objects.get(duty=duty, number=1))
    text = marked_text(composed_of(was)).replace(old, new)
    return keep_edit(duty, text, based_on=was.number, by=officer, at=given.NOON)
