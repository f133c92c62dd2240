"""What goes by a link is shared on the day on which its e-mail goes, and on no day before."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from forthright.audit.models import Event
from forthright.hard_media.models import ShareLink, ShareRecord
from forthright.hard_media.selectors.backlog import backlog_of
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.selectors.links import why_closed
from forthright.hard_media.services import links, sharing, unsent
from forthright.hard_media.services.giving import ShareRefused
from forthright.rules.media_backlog import Came
from forthright.rules.media_rungs import Standing
from forthright.rules.weeks import week_of
from forthright.web.models import Job
from tests import given
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import COURT, shared_by_link, told, with_a_file

pytestmark = pytest.mark.django_db
NOON = given.NOON
TODAY = NOON.date()
DAY = timedelta(days=1)
HELD = TODAY + 14 * DAY
TASK = "1 case with a link whose e-mail has not gone"
NOTE = "The e-mail with the link for the court and Hale LLP has not gone"


@pytest.fixture
def hearing():
    return media.a_hearing(on=HELD, urn="20AB7000126")


@pytest.fixture
def item(hearing):
    item = with_a_file(hearing)
    everybody = [*COURT, *media.parties_of(hearing)[1:]]
    shared_by_link(hearing, item, parties=everybody, until=HELD + 30 * DAY, is_told=False)
    return item


def counted(on):
    week = week_of(on)
    backlog = backlog_of(given.an_area(), week, week.plus(-25), as_of=on + DAY)
    return backlog.recordings


def came(on):
    return [each.came(7) for each in counted(on)]


def test_it_is_with_nobody_in_the_ladder_nor_in_the_figures(hearing, item):
    found = ladder_of(hearing, TODAY)

    assert found.standing is Standing.NOT_READY
    assert any(NOTE in each for each in found.notes)
    assert ladder_of(hearing, HELD).is_missed
    assert came(HELD + 6 * DAY) == [Came.NOT]
    assert [each.left_on for each in counted(TODAY)] == [None]


def test_it_counts_from_the_day_on_which_the_email_went(hearing, item):
    told(hearing, NOON + 9 * DAY)

    found = ladder_of(hearing, TODAY + 9 * DAY)
    assert (found.standing, found.notes) == (Standing.READY, ())
    assert ladder_of(hearing, TODAY + 8 * DAY).standing is Standing.NOT_READY
    assert came(HELD + 6 * DAY) == [Came.BEFORE]
    assert {each.shared_on for each in ShareRecord.objects.all()} == {TODAY + 9 * DAY}


def test_one_that_went_after_the_hearing_makes_no_missed_case_ready(hearing, item):
    told(hearing, NOON + 15 * DAY)

    assert ladder_of(hearing, TODAY + 20 * DAY).is_missed
    assert came(HELD + 6 * DAY) == [Came.LATE]


def test_what_went_another_way_meanwhile_counts(hearing, item):
    media.shared(hearing, item, parties=[*COURT, *media.parties_of(hearing)[1:]])

    assert ladder_of(hearing, TODAY).standing is Standing.READY


def test_nobody_is_recorded_as_having_opened_it(hearing, item):
    with pytest.raises(ShareRefused, match="e-mail with its link has not gone"):
        sharing.record_opened(ShareRecord.objects.first(), on=TODAY, known="TOLD", by=None, at=NOON)


def test_sharing_the_same_again_says_what_can_be_done(hearing, item):
    with pytest.raises(ShareRefused, match=r"has not gone\. Send it again, or to another address"):
        shared_by_link(hearing, item, parties=COURT, until=HELD + 30 * DAY)


def test_after_an_hour_it_is_a_task_of_the_unit_that_ends_once_it_went(hearing, item):
    browser = as_(media.a_lawyer())
    with time_machine.travel(NOON + timedelta(minutes=59), tick=False):
        browser.open("/").not_see(TASK)
    with time_machine.travel(NOON + timedelta(minutes=61), tick=False):
        page = browser.open("/").follow(TASK)
        page = page.see("20AB7000126").follow("20AB7000126")
        page.see("The e-mail with the link for Hale LLP has not gone", "Not shared yet")
        told(hearing, NOON + timedelta(minutes=61))
        browser.open("/").not_see(TASK)
        browser.open(f"/recordings/cases/{hearing.case_id}/").not_see("has not gone")


def test_it_is_sent_again_and_to_another_address(hearing, item):
    old = ShareLink.objects.get(party="COURT")
    browser = as_(media.a_lawyer())
    with time_machine.travel(NOON + 2 * DAY, tick=False):
        page = browser.open(f"/recordings/links/{old.pk}/send/")
        page.press("Send it again", email="list@right.example").see("The e-mail is sent again")
        told(hearing, NOON + 2 * DAY)

        browser.open(f"/recordings/items/{item.pk}/").see(
            "The e-mail to court@court.example never went", "Told at list@right.example"
        )
    old.refresh_from_db()
    new = ShareLink.objects.get(party="COURT", replaced_at=None)
    assert "Another link was made" in why_closed(old, TODAY)
    assert [each.to for each in mail.outbox] == [["rosa.hale@firm.example"], [new.email]]
    assert list(new.shares.all()) == list(old.shares.all())
    assert Job.objects.filter(key=f"link {new.pk}", name="hard_media.tell").exists()
    assert Event.objects.filter(name="link.replaced", subject_id=str(old.pk)).exists()
    assert ladder_of(hearing, TODAY + 2 * DAY).standing is Standing.READY


def test_the_old_one_sends_no_email_any_more(hearing, item):
    old = ShareLink.objects.get(party="COURT")
    unsent.send_anew(old, "list@right.example", by=None, at=NOON)

    links.tell_party(ShareLink.objects.get(pk=old.pk), address="x", by=None, at=NOON)

    assert mail.outbox == []


def test_a_firms_address_that_is_put_right_is_that_of_the_firm(hearing, item):
    old = ShareLink.objects.get(party="DEFENCE")

    new = unsent.send_anew(old, "kay@hale.example", by=None, at=NOON)

    firm = new.representation
    firm.refresh_from_db()
    assert (new.email, firm.email) == ("kay@hale.example", "kay@hale.example")
    assert [each.email for each in firm.former_addresses.all()] == ["rosa.hale@firm.example"]


def test_one_that_went_meanwhile_is_not_sent_again(hearing, item):
    link = ShareLink.objects.get(party="COURT")
    told(hearing)

    with pytest.raises(ShareRefused, match="The e-mail went, so it is not sent again"):
        unsent.send_anew(link, link.email, by=None, at=NOON)

    assert ShareLink.objects.filter(party="COURT").count() == 1
    page = as_(media.a_lawyer()).open(f"/recordings/links/{link.pk}/send/")
    page.see("The e-mail went, so it is not sent again")


def test_one_address_stands_for_one_party_here_too(hearing, item):
    link = ShareLink.objects.get(party="COURT")

    with pytest.raises(ShareRefused, match="stands for two parties"):
        unsent.send_anew(link, "rosa.hale@firm.example", by=None, at=NOON)


@pytest.mark.usefixtures("at_noon")
def test_the_page_to_share_does_not_say_that_they_have_it(hearing, item):
    browser = as_(media.a_lawyer())
    address = f"/recordings/cases/{hearing.case_id}/share/"

    browser.open(address).not_see(f"has {item.exhibit} already")
    told(hearing)
    browser.open(address).see(f"has {item.exhibit} already")
