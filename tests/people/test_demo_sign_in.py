from urllib.parse import quote

import pytest

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.people.demo import WHAT_TO_TRY
from forthright.people.selectors import demo_people
from tests import given
from tests.client import as_nobody

pytestmark = pytest.mark.django_db


def a_made_up_person(role=Role.LINE_MANAGER):
    person = given.a_person(role)
    person.is_demo = True
    person.set_unusable_password()
    person.save()
    return person


def test_in_the_demonstration_one_button_signs_in_as_a_made_up_person(settings):
    settings.IS_DEMO = True
    person = a_made_up_person()
    page = as_nobody().open("/sign-in/").follow("Choose a made-up person to sign in as")
    page.see(WHAT_TO_TRY[Role.LINE_MANAGER])

    page = page.press(f"{person.full_name}, {person.unit.name}")

    assert page.address == "/"
    event = Event.objects.get(name="person.signed_in")
    assert (event.by, event.detail) == (person, {"ways": ["demo"]})


def test_outside_the_demonstration_neither_page_exists():
    person = a_made_up_person()
    browser = as_nobody()

    assert browser.try_("GET", "/sign-in/demo/") == 404
    assert browser.try_("POST", f"/sign-in/demo/{person.pk}/") == 404
    assert "made-up" not in browser.open("/sign-in/").words
    assert "sessionid" not in browser.client.cookies


def test_even_in_the_demonstration_a_real_account_has_no_button(settings):
    settings.IS_DEMO = True
    person = given.a_person(Role.ADMINISTRATOR)
    browser = as_nobody()

    browser.open("/sign-in/demo/").not_see(person.full_name)
    assert browser.try_("POST", f"/sign-in/demo/{person.pk}/") == 404


def test_choosing_another_person_leaves_the_first(settings):
    settings.IS_DEMO = True
    first, second = a_made_up_person(), a_made_up_person(Role.INSPECTOR)
    browser = as_nobody()
    browser.post(f"/sign-in/demo/{first.pk}/")

    browser.post(f"/sign-in/demo/{second.pk}/")

    names = list(Event.objects.values_list("name", "by"))
    assert names == [
        ("person.signed_in", first.pk),
        ("person.signed_out", first.pk),
        ("person.signed_in", second.pk),
    ]


def test_every_role_has_something_to_try():
    assert set(WHAT_TO_TRY) == set(Role)


def test_the_people_that_run_names_come_first_in_their_roles(settings):
    settings.IS_DEMO = True
    named = a_made_up_person()
    named.full_name = "Zoe Young"
    named.save()
    a_made_up_person()

    assert demo_people()[Role.LINE_MANAGER][0] == named


@pytest.mark.parametrize(
    ("asked", "lands"),
    [
        pytest.param("/letters/?show=overdue", "/letters/?show=overdue", id="a page of ours"),
        pytest.param("https://elsewhere.test/", "/", id="another site"),
    ],
)
def test_signing_in_as_a_made_up_person_leads_on_to_the_page_that_was_asked_for(
    settings, asked, lands
):
    settings.IS_DEMO = True
    person = a_made_up_person()
    browser = as_nobody()
    page = browser.open(f"/sign-in/demo/?next={quote(asked)}")

    page = page.press(f"{person.full_name}, {person.unit.name}")

    assert page.address == lands
