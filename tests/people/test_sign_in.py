from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.urls import reverse

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.people.services.people import close_account, unlock_account
from tests import given
from tests.client import as_, as_nobody

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
WRONG = "That email address and password do not go together"


def sign_in(browser, person, password=PASSWORD, *, address="/sign-in/", status=200):
    page = browser.open(address)
    return page.press("Sign in", login=person.email, password=password, status=status)


def events(name):
    return list(Event.objects.filter(name=name))


def test_a_person_signs_in_and_comes_to_the_overview():
    person = given.a_person(Role.LINE_MANAGER)

    page = sign_in(as_nobody(), person)

    assert page.address == "/"
    (event,) = events("person.signed_in")
    assert (event.by, event.subject_id, event.detail) == (
        person,
        str(person.pk),
        {"ways": ["password"]},
    )


def test_capitals_in_the_address_do_not_matter():
    person = given.a_person(Role.LINE_MANAGER)

    page = as_nobody().open("/sign-in/")
    page = page.press("Sign in", login=person.email.upper(), password=PASSWORD)

    assert page.address == "/"


def test_a_person_comes_back_to_the_page_they_asked_for():
    person = given.a_person(Role.ADMINISTRATOR)
    browser = as_nobody()
    asked = browser.open("/people/")

    page = asked.press("Sign in", login=person.email, password=PASSWORD)

    assert page.address == "/people/"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://elsewhere.test/", "//elsewhere.test/", "/\\elsewhere.test", "javascript:alert(1)",
     "http://127.0.0.1:9/", "https:///elsewhere.test"],
)  # fmt: skip
def test_the_sign_in_page_never_leads_to_another_site(elsewhere):
    person = given.a_person(Role.LINE_MANAGER)
    browser = as_nobody()

    answer = browser.client.post(
        "/sign-in/", {"login": person.email, "password": PASSWORD, "next": elsewhere}
    )

    assert (answer.status_code, answer.url) == (302, "/")


def test_a_wrong_password_is_refused_in_words_and_recorded_without_what_was_typed():
    person = given.a_person(Role.LINE_MANAGER)

    page = sign_in(as_nobody(), person, "a secret typed wrongly")

    assert any(WRONG in error for error in page.errors)
    (event,) = events("person.sign_in_failed")
    assert (event.by, event.subject_id, event.area) == (None, str(person.pk), person.area)
    assert event.detail == {"why": "password"}


def test_an_unknown_address_gets_the_same_words_and_leaves_no_trace_of_itself(settings):
    settings.AXES_ENABLED = True
    page = as_nobody().open("/sign-in/")

    page = page.press("Sign in", login="my.password@typed.here", password="x")

    assert any(WRONG in error for error in page.errors)
    (event,) = events("person.sign_in_failed")
    (attempt,) = AccessAttempt.objects.values()
    assert (event.subject_id, event.detail) == ("", {"why": "password"})
    assert "typed" not in str(attempt)


def test_five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour(settings):
    settings.AXES_ENABLED = True
    person, other = given.a_person(Role.LINE_MANAGER), given.a_person(Role.LINE_MANAGER)
    with time_machine.travel(given.NOON, tick=True) as travel:
        for _ in range(4):
            sign_in(as_nobody(), person, "wrong").see("If you cannot sign in")
        sign_in(as_nobody(), person, "wrong", status=429).see("nobody can sign in", "15 minutes")
        sign_in(as_nobody(), person, status=429)
        assert sign_in(as_nobody(), other).address == "/"

        travel.shift(timedelta(minutes=16))
        assert sign_in(as_nobody(), person).address == "/"

    assert [event.subject_id for event in events("person.locked_out")] == [str(person.pk)]
    reasons = [event.detail["why"] for event in events("person.sign_in_failed")]
    assert reasons == ["password"] * 5 + ["locked"]


def test_an_administrator_ends_the_wait(settings):
    settings.AXES_ENABLED = True
    person = given.a_person(Role.LINE_MANAGER)
    boss = given.a_person(Role.ADMINISTRATOR)
    for _ in range(5):
        as_nobody().client.post("/sign-in/", {"login": person.email, "password": "wrong"})
    page = as_(boss).open(reverse("accounts:person", args=[person.pk]))

    page.see("Waiting 15 minutes").press("End the wait").see("can try again now")

    assert sign_in(as_nobody(), person).address == "/"
    assert events("person.unlocked")


def test_unlocking_another_areas_person_is_refused():
    boss = given.a_person(Role.ADMINISTRATOR)
    stranger = given.a_person(Role.LINE_MANAGER, area=given.an_area("Wessex"))

    with pytest.raises(Exception, match="another Area"):
        unlock_account(stranger, by=boss, at=given.NOON)


def test_a_closed_account_is_told_so_only_with_the_right_password():
    person = given.a_person(Role.LINE_MANAGER)
    person.is_active = False
    person.save()

    sign_in(as_nobody(), person, status=403).see("Your account is closed")
    page = sign_in(as_nobody(), person, "wrong")

    assert any(WRONG in error for error in page.errors)
    assert {event.detail["why"] for event in events("person.sign_in_failed")} == {
        "closed",
        "password",
    }


def test_closing_an_account_ends_its_sessions_for_good():
    person, boss = given.a_person(Role.LINE_MANAGER), given.a_person(Role.ADMINISTRATOR)
    browser = as_(person)
    assert browser.open("/account/").heading == "Your account"

    close_account(person, by=boss, at=given.NOON)
    assert browser.open("/account/").heading == "Sign in"
    person.refresh_from_db()
    person.is_active = True
    person.save()

    assert browser.open("/account/").heading == "Sign in"


def test_signing_out_is_recorded_and_ends_the_session():
    person = given.a_person(Role.LINE_MANAGER)
    browser = as_(person)

    page = browser.open("/").press("Sign out")

    page.see("You are signed out")
    assert browser.open("/account/").heading == "Sign in"
    assert [event.by for event in events("person.signed_out")] == [person]


def test_the_sign_in_page_says_what_to_do_when_one_cannot_get_in():
    page = as_nobody().open("/sign-in/")

    page.see("If you cannot sign in", "You lost your phone", "You have no account")
    page.follow("have a link sent to your email").see("Send the link")


def test_nobody_makes_an_account_for_themselves():
    assert as_nobody().try_("GET", "/accounts/signup/") == 404
    assert as_nobody().try_("GET", "/sign-up/") == 404


def test_the_session_cookie_is_kept_from_scripts_and_from_other_sites():
    browser = as_nobody()
    sign_in(browser, given.a_person(Role.LINE_MANAGER))

    cookie = browser.client.cookies["sessionid"]

    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 28800)


def test_the_sign_in_page_loads_nothing_from_elsewhere_and_stands_in_no_frame():
    answer = as_nobody().client.get("/sign-in/")

    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "form-action 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "no-store" in answer.headers["Cache-Control"]
