"""A panel member's session reaches their own pack, and no other page, file, route or search."""

import re
from itertools import islice

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from forthright.accounts.models import Role, User
from forthright.accounts.permissions import TABLE, Permission
from forthright.cases.models import Case, Defendant, PersonToTell
from forthright.panels.models import Seat
from tests import given
from tests.journeys import addresses, world
from tests.panels import sittings
from tests.test_matrix import EVERY_PAGE

pytestmark = pytest.mark.django_db
THEIRS = TABLE[Role.PANEL_MEMBER]
CLOSED = [page for page in EVERY_PAGE
          if page[1].permission is not None and page[1].permission not in THEIRS]  # fmt: skip
OWN = [page for page in EVERY_PAGE if page[1].permission in THEIRS]
OPEN = [page for page in EVERY_PAGE if page[1].permission is None]
# Of each page so many addresses of things that exist are tried, besides one of nothing.
MOST_OF_A_PAGE = 4
METHODS = ["GET", "POST"]


@pytest.fixture
def whole_area(tmp_path, settings):
    """Return what addresses can be filled with, in an Area in which everything exists."""
    settings.ROOT_URLCONF = "tests.journeys.bare"
    with time_machine.travel(given.NOON, tick=True):
        world.fill(tmp_path)
        yield addresses.arguments()


def a_reader(seat: Seat) -> Client:
    client = Client()
    client.force_login(seat.member)
    return client


def asked(client: Client, method: str, address: str):
    """Return the answer to one request; what it changed is undone."""
    before = transaction.savepoint()
    answer = client.generic(method, address)
    transaction.savepoint_rollback(before)
    return answer


def names_of_the_area() -> set[str]:
    """Return what says who letters are about, long enough to be found by no chance."""
    told = [*Case.objects.values_list("urn", flat=True)]
    for model in (PersonToTell, Defendant):
        told += model.objects.values_list("family_name", flat=True)
    told += [line for text in PersonToTell.objects.values_list("address", flat=True)
             for line in text.splitlines()]  # fmt: skip
    return {each for each in told if len(each) > 4 and not each[0].isspace()}


def reached_by(client: Client, known) -> list[str]:
    """Return each address of others' pages that answered otherwise than closed."""
    reached = []
    for pattern, _ in CLOSED:
        found = list(islice(addresses.addresses(pattern, known), MOST_OF_A_PAGE))
        for address in [*found, "/" + re.sub(r"<[^>]+>", "999999999", pattern)]:
            for method in METHODS:
                status = asked(client, method, address).status_code
                if status not in {403, 404, 405}:
                    reached.append(f"{method} {address}: {status}")
    return reached


def told_by(client: Client, known) -> dict[str, set[str]]:
    """Return by address the names that stand in what a member can open or search."""
    names, shown = names_of_the_area(), {}
    for pattern, _ in [*OWN, *OPEN]:
        for address in islice(addresses.addresses(pattern, known), MOST_OF_A_PAGE):
            for query in ("", "?q=Osei&urn=20&show=all"):
                text = b"".join(asked(client, "GET", address + query)).decode(errors="ignore")
                if told := {each for each in names if each in text}:
                    shown[address] = told
    return shown


# Slow: a whole Area is made, and every page of it is asked for.
@pytest.mark.slow
def test_a_member_reaches_their_pack_and_nothing_else_and_nothing_names_anybody(whole_area):
    seat = Seat.objects.filter(declared_at__isnull=False, handed_in_at=None).latest("pk")
    client = a_reader(seat)

    letter = asked(client, "GET", f"/panel/packs/{seat.pk}/letters/1/")
    reached, told = reached_by(client, whole_area), told_by(client, whole_area)

    assert letter.status_code == 200
    assert reached == []
    assert told == {}


def test_the_pack_of_another_member_is_not_there():
    with time_machine.travel(given.NOON, tick=True):
        ada, ben = sittings.a_member(), sittings.a_member()
        meeting = sittings.opened(ada, ben, letters=1)
        theirs = meeting.seats.get(member=ben)
        sittings.declared(theirs)
        client = a_reader(meeting.seats.get(member=ada))

        statuses = {
            rest: client.generic("POST" if rest in ("promise/", "hand-in/") else "GET",
                                 f"/panel/packs/{theirs.pk}/{rest}").status_code
            for rest in ("", "promise/", "hand-in/", "file/", "invitation/", "letters/1/")
        }  # fmt: skip

    assert set(statuses.values()) == {404}


def test_a_member_of_no_meeting_has_nothing_to_read():
    member = sittings.a_member()
    client = Client()
    client.force_login(member)

    answer = client.get("/panel/packs/")

    assert "There is nothing for you to read now" in answer.content.decode()


def test_no_member_may_do_more_than_read():
    assert set(THEIRS) == {
        Permission.OVERVIEW_SEE, Permission.ACCOUNT_KEEP, Permission.PANEL_READ
    }  # fmt: skip
    assert not User.objects.exists()
