"""Whoever got a link reads which unit sent it, where to write to, and by what it is known there."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.hard_media.models import ShareLink, UnitMailbox
from forthright.hard_media.selectors.ladder import LadderFilters, ladders
from forthright.hard_media.services import settings
from tests import given
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import a_code, address_of, entered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
MAILBOX = "crown.media@cps.example"


@pytest.fixture
def mailbox(hearing):
    return settings.set_mailbox(hearing.unit, MAILBOX, by=None, at=NOON)


def test_both_emails_name_the_unit_and_the_reference_and_answers_go_to_it(mailbox, link):
    a_code(link)

    assert len(mail.outbox) == 2
    for each in mail.outbox:
        assert each.reply_to == [MAILBOX]
        assert str(link.hearing.unit) in each.body
        assert f"write to {MAILBOX}, and give the reference {link.reference}" in each.body
        assert "20AB7000126" not in each.body


def test_without_an_address_the_unit_is_named_and_answers_go_to_the_sender(link):
    (each,) = mail.outbox

    assert each.reply_to == []
    assert f"It was sent by {link.hearing.unit} ({link.area})" in each.body


def test_the_page_says_it_before_the_code_with_it_and_when_the_link_is_closed(mailbox, link):
    said = f"write to {MAILBOX}, and give the reference {link.reference}"
    pages = [
        Client().get(address_of(link)), entered(link).get(address_of(link, "recordings/")),
    ]  # fmt: skip
    ShareLink.objects.update(expires_on=NOON.date() - timedelta(days=1))
    pages.append(Client().get(address_of(link)))

    texts = [" ".join(each.content.decode().split()) for each in pages]
    assert all(said in each for each in texts)
    assert "This link has expired" in texts[-1]
    assert "20AB7000126" not in texts[0] + texts[-1]


def test_the_unit_finds_the_case_by_the_reference(hearing, item, link):
    media.a_hearing(urn="20AB7000226")
    written = (link.reference, link.reference.lower(), f" L {link.pk} ")

    for words in written:
        found = ladders(media.a_lawyer(), LadderFilters(words=words), NOON.date())
        assert [each.hearing.pk for each in found] == [hearing.pk]
    other = media.a_lawyer(unit=given.a_unit(Unit.Kind.RASSO))
    assert ladders(other, LadderFilters(words=link.reference), NOON.date()) == []
    as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/").see(link.reference)


def test_an_administrator_says_where_a_unit_is_written_to(hearing):
    browser = as_(given.a_person(Role.ADMINISTRATOR))
    page = browser.open("/unit-addresses/").see("None yet, so a link names the unit alone")

    page = page.follow(f"Change the address of {hearing.unit}")
    page.press("Record it", email="nonsense").see("Enter an e-mail address")
    page.press("Record it", email=MAILBOX).see(MAILBOX)

    assert UnitMailbox.objects.get(unit=hearing.unit).email == MAILBOX
    assert Event.objects.get(name="unit_mailbox.set").detail == {"is_set": True}
    page = browser.open(f"/unit-addresses/{hearing.unit_id}/").press("Record it", email="")
    page.see("None yet")


def test_an_address_is_not_set_back_unseen(hearing):
    first, second = (
        as_(given.a_person(Role.ADMINISTRATOR)).open(f"/unit-addresses/{hearing.unit_id}/")
        for _ in range(2)
    )
    first.press("Record it", email=MAILBOX)

    second.press("Record it", email="old@cps.example").see(MAILBOX)

    assert UnitMailbox.objects.get().email == MAILBOX


def test_nobody_else_says_it_and_no_unit_of_another_area_is_reached(hearing):
    lawyer = media.a_lawyer()
    as_(lawyer).open("/unit-addresses/", status=403)
    with pytest.raises(NotAllowed):
        settings.set_mailbox(hearing.unit, MAILBOX, by=lawyer, at=NOON)
    as_(given.a_person(Role.ADMINISTRATOR)).open("/unit-addresses/999999/", status=404)
