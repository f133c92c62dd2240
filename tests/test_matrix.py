"""Every page against every role, from the one table of permissions."""

import re

import pytest
from django.db import transaction
from django.test import Client

from forthright.accounts.models import Role
from forthright.accounts.permissions import TABLE
from tests import given
from tests.guards.test_rooms import pages

NOBODY_HAS = {"int": "999999999", "uuid": "00000000-0000-0000-0000-000000000000"}
METHODS = ["HEAD", "GET", "POST", "PUT", "PATCH", "DELETE"]
EVERY_PAGE = sorted({(address, view) for address, view in pages()}, key=lambda page: page[0])
GUARDED = [page for page in EVERY_PAGE if getattr(page[1], "permission", None) is not None]
OPEN = [page for page in EVERY_PAGE if page not in GUARDED]


def filled(address: str) -> str:
    """Return an address of something that does not exist."""
    return "/" + re.sub(
        r"<(?:(\w+):)?\w+>", lambda part: NOBODY_HAS.get(part[1], "nothing"), address
    )


def names(one):
    return one[0] or "overview" if isinstance(one, tuple) else None


def first_method(view) -> str:
    return "GET" if "GET" in view.methods else view.methods[0]


def answers_to(role: str) -> dict[str, int]:
    """Return by address the status with which each page answers a new person of that role.

    What a page changes is undone before the next is asked, and the person signed in as before.
    """
    client = Client()
    client.force_login(given.a_person(role))
    signed_in, answers = str(client.cookies["sessionid"].value), {}
    for address, view in GUARDED:
        before = transaction.savepoint()
        answer = client.generic(first_method(view), filled(address))
        answers[address] = answer.status_code
        transaction.savepoint_rollback(before)
        client.cookies.clear()
        client.cookies["sessionid"] = signed_in
    return answers


def answers_due(role: str, address: str, view) -> set[int]:
    """Return the statuses that the table of permissions leaves open."""
    if not any(each in TABLE[role] for each in view.permissions):
        return {403}
    return {404} if "<" in address else {200, 302, 400}


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role.values)
def test_a_role_opens_the_pages_in_the_table_and_no_other(role):
    answers = answers_to(role)

    wrong = {
        address: answers[address]
        for address, view in GUARDED
        if answers[address] not in answers_due(role, address, view)
    }
    assert wrong == {}


@pytest.mark.django_db
@pytest.mark.parametrize("page", GUARDED, ids=names)
def test_a_page_leads_those_who_are_not_signed_in_to_the_sign_in_page(page):
    address, view = page

    answer = Client().generic(first_method(view), filled(address))

    assert answer.status_code == 302
    assert answer.url.startswith("/sign-in/?next=")


@pytest.mark.django_db
@pytest.mark.parametrize("page", OPEN, ids=names)
def test_an_open_page_asks_nobody_to_sign_in_and_says_why_it_is_open(page):
    address, view = page

    answer = Client().generic(first_method(view), filled(address))

    assert view.open_because
    assert answer.status_code in {200, 302, 404, 410, 502}
    assert "next=" not in answer.headers.get("Location", "")


@pytest.mark.django_db
@pytest.mark.parametrize("page", EVERY_PAGE, ids=names)
def test_a_page_answers_only_the_methods_it_declares(page):
    address, view = page
    client = Client()
    client.force_login(given.a_person(Role.ADMINISTRATOR))

    answers = {
        method: client.generic(method, filled(address)).status_code
        for method in METHODS
        if method not in view.methods
    }

    assert set(answers.values()) == {405}
