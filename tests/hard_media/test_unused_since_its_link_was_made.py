"""What became unused before the e-mail of its link to the court went is decided on first."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from forthright.audit.models import Event
from forthright.hard_media.models import ShareLink
from forthright.hard_media.selectors.held_back import unsent_of, unused_since
from forthright.hard_media.services import items, unsent
from forthright.hard_media.services.for_the_court import UnusedForCourt
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import COURT, NOON, shared, shared_by_link, told, with_a_file

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=2)
NEW = "list@right.example"


def classified(item, kind, at=LATER):
    items.classify_item(item, kind, reason="Another is clearer.", by=None, at=at)


@pytest.fixture
def link(hearing, item):
    everybody = [*COURT, *media.parties_of(hearing)[1:]]
    shared_by_link(hearing, item, parties=everybody, is_told=False)
    classified(item, "UNUSED")
    return ShareLink.objects.get(party="COURT")


def test_its_email_does_not_go_and_that_of_the_defence_does(hearing, item, link):
    told(hearing, LATER)

    assert [each.to for each in mail.outbox] == [["rosa.hale@firm.example"]]
    link.refresh_from_db()
    assert link.notified_at is None
    assert Event.objects.get(name="link.held_back").detail["recordings"] == [item.pk]


@pytest.mark.parametrize("email", ["court@court.example", NEW])
def test_it_is_sent_again_only_where_that_is_decided(hearing, item, link, email):
    with pytest.raises(UnusedForCourt, match=rf"{item.exhibit} became unused.*take it back"):
        unsent.send_anew(link, email, by=None, at=LATER)
    with pytest.raises(UnusedForCourt, match="after you opened the page"):
        unsent.send_anew(link, email, unused_decided=["0"], by=None, at=LATER)
    assert ShareLink.objects.filter(party="COURT").count() == 1

    new = unsent.send_anew(link, email, unused_decided=[str(item.pk)], by=None, at=LATER)
    told(hearing, LATER)

    new.refresh_from_db()
    assert new.notified_at == LATER
    assert Event.objects.get(name="link.replaced").detail["unused_too"] is True


def test_what_is_relied_on_again_goes(hearing, item, link):
    told(hearing, LATER)
    classified(item, "RELIED_ON", LATER + timedelta(hours=1))

    told(hearing, LATER + timedelta(hours=2))

    assert ["court@court.example"] in [each.to for each in mail.outbox]


def test_what_was_unused_when_it_was_shared_was_decided_then(hearing):
    unused = with_a_file(hearing, kind="UNUSED", content=b"disclosed" * 99)
    shared(hearing, unused, parties=COURT, unused_too=True)
    classified(unused, "UNUSED")

    assert [each.to for each in mail.outbox] == [["court@court.example"]]
    assert not unused_since(ShareLink.objects.get())


def test_the_pages_say_so_and_ask(hearing, item, link):
    browser = as_(media.a_lawyer())
    with time_machine.travel(LATER, tick=False):
        page = browser.open(f"/recordings/cases/{hearing.case_id}/")
        page.see(f"It does not go as it is: {item.exhibit} became unused since")
        page = browser.open(f"/recordings/links/{link.pk}/send/")
        page.see(f"The court is to have what is unused: {item.exhibit}")

        page = page.press("Send it again", email=NEW)

        assert f"{item.exhibit} became unused since this link was made" in page.errors[0]
        page.press("Send it again", email=NEW, unused_too="on").see("The e-mail is sent again")
        other = ShareLink.objects.get(party="DEFENCE")
        browser.open(f"/recordings/links/{other.pk}/send/").not_see("is unused")


def test_the_page_of_the_case_asks_as_often_for_many_links_as_for_one(hearing, count_queries):
    exhibits = []
    for number in range(4):
        one = with_a_file(hearing, content=b"%d" % number * 99)
        shared_by_link(hearing, one, parties=COURT, is_told=False)
        classified(one, "UNUSED")
        exhibits.append(one.exhibit)
        with count_queries() as asked:
            assert [each.unused for each in unsent_of(hearing, NOON.date())] == exhibits
        if number == 0:
            few = len(asked)

    assert len(asked) == few
