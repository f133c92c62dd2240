"""Where a person can be reached is changed by name, with who said so; never to what is unsafe."""

import pytest

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.cases.models import PersonToTell
from forthright.letters.selectors.holding import why_it_may_not_go
from forthright.letters.selectors.sending import ways_out
from forthright.letters.services.details import Details, DetailsRefused, change_details
from forthright.letters.services.facts import Wishes, set_wishes
from forthright.rules.contact_lock import Way
from tests import given
from tests.client import as_
from tests.letters.outgoing import LATER, asked

pytestmark = pytest.mark.django_db
REASON = "She gave it on the telephone on 5 October."
HOME = "4 Quarry Close, Worcester, WR5 3XX"


@pytest.fixture
def officer():
    return given.a_liaison_officer()


def change(duty, by, reason=REASON, **details):
    known = {name: getattr(duty.person, name) for name in ("email", "phone", "address")}
    return change_details(duty, Details(**known | details), reason=reason, by=by, at=given.NOON)


def test_an_email_address_is_added_and_opens_a_way(officer):
    duty = given.an_approved_letter(person={"email": ""})
    set_wishes(duty, Wishes(channel="EMAIL"), by=None, at=given.NOON)
    assert Way.EMAIL not in {each.way for each in ways_out(duty, LATER.date())}

    change(duty, officer, email="amira@example.org")

    assert PersonToTell.objects.get(pk=duty.person_id).email == "amira@example.org"
    assert Way.EMAIL in {each.way for each in ways_out(duty, LATER.date())}
    event = Event.objects.get(name="person_to_tell.details_changed")
    assert event.detail["changed"] == ["email"]
    assert "amira@" not in str(event.detail)


@pytest.mark.parametrize(
    ("unsafe", "field", "value"),
    [
        ("sam@example.org", "email", "Sam@example.org"),
        ("01632 960 777", "phone", "01632 960777"),
        ("9 Foundry Street, Worcester", "address", "9 Foundry Street\nWorcester"),
    ],
)
def test_what_must_not_be_used_is_refused(officer, unsafe, field, value):
    duty = given.a_letter_to_write()
    set_wishes(duty, Wishes(unsafe=(unsafe,)), by=None, at=given.NOON)

    with pytest.raises(DetailsRefused, match="must not be used") as refused:
        change(duty, officer, **{field: value})

    assert refused.value.field == field


def test_nobody_changes_it_without_saying_who_said_so(officer):
    duty = given.a_letter_to_write()

    with pytest.raises(DetailsRefused, match="Say who told you"):
        change(duty, officer, reason="ok", phone="01632 960 111")
    with pytest.raises(DetailsRefused, match="Nothing is different"):
        change(duty, officer)
    with pytest.raises(NotAllowed):
        change(duty, given.a_person(Role.AREA_LEAD), phone="01632 960 111")


def test_a_letter_that_waits_to_go_to_the_old_address_is_held_back(officer):
    dispatch = asked(given.an_approved_letter(), Way.PRINT)

    change(dispatch.duty, officer, address="7 Mill Lane, Worcester, WR1 2AB")

    assert why_it_may_not_go(dispatch, LATER.date()) == "The address was changed since."


def test_the_page_of_the_letter_leads_to_it_and_shows_what_is_not_safe(officer):
    duty = given.a_letter_to_write()
    set_wishes(duty, Wishes(unsafe=("sam@example.org",)), by=None, at=given.NOON)
    page = (
        as_(officer)
        .open(f"/letters/{duty.pk}/")
        .follow("Change the address, telephone number or e-mail address")
    )

    page = page.see("Must not be used: sam@example.org").press(
        "Change it", email="sam@example.org", reason=REASON
    )
    page = page.see("is marked as one that must not be used")
    page = page.press("Change it", email="amira@example.org", reason=REASON)

    page.see("Where this person can be reached is changed", "amira@example.org")
    assert Event.objects.get(name="person_to_tell.details_changed").detail["changed"] == ["email"]
