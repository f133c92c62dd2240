"""Whoever has the list of a link open is told that a recording was taken back meanwhile."""

from datetime import timedelta

import pytest
from django.test import Client

from forthright.hard_media.models import ShareLink, ShareRecord
from forthright.hard_media.services import items, sharing
from tests import given
from tests.hard_media import media
from tests.hard_media.links import (
    COURT,
    address_of,
    entered,
    given_of,
    shared_by_link,
    that_plays,
    with_a_file,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
BACK = "This recording was taken back, so it opens nothing more. Delete or return every copy"
ALL_BACK = "What this link opened was taken back, so it opens nothing more. Delete or return every"
STAFF = ("another unit or Area", "Go to your overview")


@pytest.fixture
def other(hearing):
    return with_a_file(hearing, content=b"another recording")


@pytest.fixture
def firm(hearing, item, other):
    """Return the browser of a firm that has two recordings by one link, and the link."""
    shared_by_link(hearing, that_plays(item), other)
    link = ShareLink.objects.get()
    return entered(link), link


def revoked(item):
    sharing.revoke_share(
        ShareRecord.objects.get(item=item), reason="A mistake.", by=None, at=NOON
    )  # fmt: skip


def made_sensitive(item):
    items.classify_item(item, "SENSITIVE", reason="An address is heard.", by=None, at=NOON)


@pytest.mark.parametrize("closed", [revoked, made_sensitive])
@pytest.mark.parametrize(("verb", "more"), [("get", ""), ("post", "take-out/")])
def test_it_says_so_and_what_is_to_become_of_copies(firm, item, closed, verb, more):
    client, link = firm
    place = address_of(link, f"recordings/{given_of(item).pk}/{more}")
    closed(item)

    answer = getattr(client, verb)(place)

    told = " ".join(answer.content.decode().split())
    assert answer.status_code == 404
    assert BACK in told
    assert link.reference in told
    assert not any(each in told for each in (*STAFF, item.exhibit, "sensitive"))


def test_what_still_stands_opens_as_before(firm, item, other):
    client, link = firm
    revoked(item)

    assert client.get(address_of(link, f"recordings/{given_of(other).pk}/")).status_code == 200


def test_what_cannot_be_opened_for_another_reason_is_not_called_taken_back(hearing, firm, other):
    client, link = firm
    place = address_of(link, f"recordings/{given_of(other).pk}/")
    with_a_file(hearing, kind="SENSITIVE", content=b"another recording")

    told = client.get(place).content.decode()

    assert "It cannot be opened now." in told
    assert BACK not in told


def test_nothing_is_said_of_what_the_link_never_opened_nor_without_the_code(hearing, firm, item):
    client, link = firm
    alone = with_a_file(hearing, content=b"for the court alone")
    shared_by_link(hearing, alone, parties=COURT)
    revoked(alone)

    never = client.get(address_of(link, f"recordings/{given_of(alone).pk}/"))
    place = address_of(link, f"recordings/{given_of(item).pk}/")
    revoked(item)

    assert never.status_code == 404
    assert BACK not in never.content.decode()
    assert Client().get(place).status_code == 302


def test_bytes_are_handed_out_no_more(firm, item):
    client, link = firm
    source = client.get(address_of(link, f"recordings/{given_of(item).pk}/")).context["content"]
    revoked(item)

    assert client.get(source).status_code == 404


@pytest.mark.parametrize("closed", [revoked, made_sensitive])
@pytest.mark.parametrize("more", ["", "recordings/", "recordings/{}/", "recordings/{}/take-out/"])
def test_it_says_the_same_where_nothing_else_is_on_the_link(item, link, closed, more):
    client = entered(link)
    place = address_of(link, more.format(given_of(item).pk))
    closed(item)

    verb = client.post if "take-out" in more else client.get
    answer = verb(place, follow=True)

    told = " ".join(answer.content.decode().split())
    assert ALL_BACK in told
    assert link.reference in told
    assert not any(each in told for each in (*STAFF, item.exhibit, "sensitive"))


def test_it_says_so_after_the_link_expired_or_another_firm_came_as_well(item, link):
    revoked(item)
    media.represented(link.hearing, link.representation.defendant, "Orr LLP", since=NOON.date())
    ShareLink.objects.update(expires_on=NOON.date() - timedelta(days=1))

    assert ALL_BACK in Client().get(address_of(link)).content.decode()
