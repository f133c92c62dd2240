"""What cannot be shown is explained in plain words."""

from datetime import date

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client, RequestFactory

from forthright.accounts.models import Role
from forthright.reviews.models import Dispute
from forthright.schemes.models import CalendarSpan
from forthright.web import errors
from tests import given
from tests.client import as_, as_nobody
from tests.page_checks import faults_of

pytestmark = pytest.mark.django_db


def test_an_address_that_leads_nowhere_says_so_to_a_person_and_to_a_stranger():
    as_(given.a_person(Role.LINE_MANAGER)).open("/nowhere/", status=404).see("Page not found")
    as_nobody().open("/nowhere/", status=404).see("Page not found")


def test_words_sent_to_an_address_that_leads_nowhere_are_not_shown_there():
    """Whoever sent them may have been led there by another site, and nobody asked for a token."""
    browser = as_(given.a_person(Role.LINE_MANAGER))
    too_long = f"/letters/{2**64}/note/write/"

    for address in ("/nowhere/", too_long):
        page = browser.post(address, status=404, facts="Ring this number, please.")
        page.see("Page not found").not_see("What you had typed", "Ring this number")


def test_where_the_calendar_ends_a_page_says_who_adds_to_it_and_gives_back_what_was_typed():
    """No page fails for want of a bank holiday, whichever day it was about to count to."""
    with time_machine.travel(given.NOON, tick=True):
        told = given.a_told_drafter()
        mark = told.review.marks.get(criterion__code="B1")
        page = as_(told.drafter).open(f"/feedback/{told.pk}/dispute/{mark.pk}/")
        CalendarSpan.objects.update(known_until=date(2026, 10, 7))
        why = "The note gave no fact to use."

        page.press("Dispute this mark", reason=why, status=409).see(
            "runs from 1 January 2012 to 7 October 2026", "an administrator adds the bank holidays",
            "What you had typed", why,
        )  # fmt: skip

    assert not Dispute.objects.exists()


def test_a_fault_of_ours_is_told_without_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = errors.server_fault(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert faults_of(answer.content.decode()) == []


@pytest.mark.parametrize(
    ("view", "status", "words"),
    [
        (errors.bad_request, 400, "could not read"),
        (errors.form_too_old, 403, "Nothing was saved"),
    ],
)
def test_a_refusal_is_a_whole_page(view, status, words):
    answer = view(RequestFactory().get("/"), "")

    assert answer.status_code == status
    assert words in answer.content.decode()
    assert faults_of(answer.content.decode()) == []


@pytest.mark.parametrize("address", ["/help/", "/accessibility/"])
def test_help_is_open_to_anybody(address):
    as_nobody().open(address)


def test_a_form_without_its_token_is_refused_in_words():
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(given.a_person(Role.LINE_MANAGER))

    answer = strict.post("/help/")

    assert answer.status_code == 403
    assert "open for too long" in answer.content.decode()


def test_every_person_sees_their_name_area_and_only_their_rooms():
    person = given.a_person(Role.PROSECUTOR)

    page = as_(person).open("/")

    assert person.full_name in page.text
    assert "Mercia" in page.text
    assert "People" not in page.links


@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [
        (OperationalError("database is locked"), 503, "Somebody else’s work is being saved"),
        (OperationalError("disk I/O error"), 500, "Something went wrong"),
        (ValueError("locked"), 500, "Something went wrong"),
    ],
)
def test_a_database_that_is_busy_for_too_long_is_told_apart_from_a_fault(fault, status, words):
    def fails():
        try:
            raise fault
        except type(fault):
            return errors.server_fault(RequestFactory().get("/"))

    answer = fails()

    assert answer.status_code == status
    assert answer.headers.get("Retry-After") == ("10" if status == 503 else None)
    assert words in answer.content.decode()
    assert faults_of(answer.content.decode()) == []


@pytest.mark.parametrize("address", ["/help/", "/nowhere/", "/letters/"])
def test_no_page_that_names_whoever_is_signed_in_is_kept_by_a_browser(address):
    client = Client()
    client.force_login(given.a_person(Role.LINE_MANAGER))

    assert "no-store" in client.get(address).headers["Cache-Control"]


@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        pytest.param("http://testserver/letters/", "http%3A//testserver/letters/", id="ours"),
        pytest.param("https://elsewhere.test/letters/", "/", id="another site"),
        pytest.param("", "/", id="nowhere"),
    ],
)
def test_a_button_pressed_after_the_session_ran_out_does_nothing_and_says_so(came_from, leads_to):
    client = Client(SERVER_NAME="testserver")

    answer = client.post("/samples/plans/1/stop/", headers={"referer": came_from})

    assert answer.status_code == 302
    assert answer["Location"] == f"/sign-in/?next={leads_to}"
    assert "nothing was done" in client.get("/sign-in/").content.decode()


def test_the_address_of_a_button_opened_as_a_link_says_that_nothing_was_done():
    browser = as_(given.a_person(Role.ADMINISTRATOR))

    browser.open("/jobs/1/ask-again/", status=405).see("Nothing was done", "press the button there")


def test_something_sent_to_a_page_that_only_shows_is_refused_in_words():
    as_nobody().post("/help/", status=405).see("Nothing was done", "changes nothing")


def test_a_refused_method_names_the_ones_that_are_allowed():
    answer = Client().put("/help/")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")
